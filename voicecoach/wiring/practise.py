"""A practice put together: what was asked for, with the adapters of this machine."""

from __future__ import annotations

import time
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from voicecoach import wiring
from voicecoach.errors import DeviceError, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from voicecoach.app.practise.face import Face
    from voicecoach.app.practise.judge import LiveJudge
    from voicecoach.app.practise.session import PracticeRequest, Session
    from voicecoach.app.practise.voice import SpeakerVoice
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.model.device import Device
    from voicecoach.model.profile import Profile
    from voicecoach.model.speaker_profile import SpeakerProfile
    from voicecoach.ports import Recogniser
    from voicecoach.words.catalogue import Ui

CHECK_S: Final = 0.2
"""So long a microphone is opened to see whether it can be, seconds."""


def session(request: PracticeRequest, face: Face, *, ui: Ui) -> Session:
    """The practice that was asked for, shown by ``face``; ``ui`` is the language of its reports.

    Raises UsageError, PromptFileError, EngineError, StoreError.
    """
    face.note("practise-preparing")
    from voicecoach.adapters.sound import device_faults
    from voicecoach.adapters.sound.take_file import recover
    from voicecoach.app.practise.practice import Practice
    from voicecoach.app.practise.session import Session, prompts_of
    from voicecoach.app.practise.take import CalibratedVoice, TakePorts
    from voicecoach.documents.assessment import encode_assessment
    from voicecoach.report.phrases import reader_language

    options = request.options

    @cache
    def profiles(name: str) -> Profile:
        return wiring.profile(name, options.language)

    store, library = wiring.store(), wiring.prompt_library(request.prompts_folder)
    prompts = prompts_of(request, library, store)
    for name in {options.profile or prompt.profile for prompt in prompts}:
        profiles(name)
    speaker = None if options.text_only else _speaker_profile(request, face)
    ports = TakePorts(
        store,
        wiring.microphone(request.device),
        _judge(request, profiles, speaker),
        to_document=partial(encode_assessment, ui=reader_language(ui)),
        silent=device_faults.silent,
        recover=recover,
    )
    practice = Practice(
        ports,
        face,
        options,
        open_player=wiring.loudspeaker,
        voice=_voice(request, face),
        calibrated=CalibratedVoice(speaker.name, speaker.latency_s or 0.0) if speaker else None,
    )
    return Session(practice, face, library, prompts)


def only_practice() -> AbstractContextManager[bool]:
    """Whether, inside the block, this is the only practice on the user's data folder. Raises StoreError."""
    from voicecoach.adapters.history.practice_lock import alone

    return alone()


def working_microphone(device: Device) -> str:
    """The name of the microphone, after it was open for a moment. Raises DeviceError."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        with wiring.microphone(device).record(Path(folder) / "check.wav") as recording:
            time.sleep(CHECK_S)
        return recording.device


def _judge(
    request: PracticeRequest, profiles: Callable[[str], Profile], speaker: SpeakerProfile | None
) -> LiveJudge:
    """The judge; for spoken answers the recogniser's weights are found, not loaded, at once."""
    from voicecoach.app.practise.judge import LiveJudge, Terms

    @cache
    def parts() -> tuple[Analyser, Recogniser]:
        return wiring.live_parts(request.model)

    options = request.options
    if not options.text_only:
        parts()
    terms = Terms(
        options.language,
        with_total=options.with_score,
        baseline=speaker.baseline() if speaker else None,
        provenance=wiring.rubric_provenance(),
    )
    return LiveJudge(parts, wiring.rubric_engine, profiles, terms)


def _voice(request: PracticeRequest, face: Face) -> SpeakerVoice | None:
    """Who reads aloud; None when nobody can, which is told."""
    from voicecoach.app.practise.voice import SpeakerVoice

    engine, _ = wiring.choose_engine(request.options.language, wanted=request.engine, voice=request.voice)
    try:
        speaker = wiring.speaker(engine)
    except EngineError as exc:
        face.tell(exc)
        face.note("practise-no-engine")
        return None
    noise = None if request.noise is None else wiring.fitted_noise(*request.noise)
    return SpeakerVoice(speaker, voice=request.voice, known=wiring.neural_voices(), noise=noise)


def _speaker_profile(request: PracticeRequest, face: Face) -> SpeakerProfile | None:
    """The calibrated voice of this microphone, or that asked for; what is odd about it is told."""
    from voicecoach.app.setup.calibrate import chosen_profile

    shelf = wiring.speaker_profiles()
    if request.speaker is None and not shelf.names():
        return None
    profile, warning = chosen_profile(
        shelf, request.speaker, _input_name(request.device), language=request.options.language
    )
    if warning is not None:
        face.note(warning.code, **warning.facts)
    return profile


def _input_name(device: Device) -> str | None:
    """The name of the microphone that will be opened; None when it cannot be told."""
    from voicecoach.adapters.sound import devices

    try:
        with devices.quiet():
            return str(devices.entry_of(devices.sounddevice(), device, "input")["name"])
    except DeviceError:  # told when it is to be used
        return None
