"""Calibration, voices and models with the adapters of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from voicecoach import wiring
from voicecoach.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from voicecoach.app.practise.say import Line, Rendered
    from voicecoach.app.setup.calibration import Calibration, CalibrationFace, CalibrationOptions
    from voicecoach.model.audio import Waveform
    from voicecoach.model.device import Device
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Voice

CALM_MOOD: Final = 1


@dataclass(frozen=True, slots=True)
class CalibrationRequest:
    """For whom and with what: ``name`` of the profile, ``voice`` None: the usual one reads aloud."""

    name: str
    language: Language = "zh"
    device: Device = None
    voice: str | None = None


def calibration(
    request: CalibrationRequest, options: CalibrationOptions, face: CalibrationFace
) -> Calibration:
    """The calibration that was asked for, shown by ``face``. Raises UsageError for a wrong name."""
    from voicecoach.adapters.sound import device_faults, devices
    from voicecoach.app.practise import say
    from voicecoach.app.setup.calibrate import Circumstances
    from voicecoach.app.setup.calibration import Calibration, CalibrationPorts
    from voicecoach.model.speaker_profile import LONGEST_NAME, is_profile_name
    from voicecoach.model.take import utc_text

    if not is_profile_name(request.name):
        raise UsageError("speaker-profile-name", most=LONGEST_NAME, name=repr(request.name))

    def aloud(text: str, language: Language) -> Iterator[Waveform]:
        line = say.Line("calibrate", 0, text, language, CALM_MOOD, say.INTERVIEWER)
        engine, _ = wiring.choose_engine(line.language, voice=request.voice)
        speaker = wiring.speaker(engine)
        voice = request.voice or say.cast(line, speaker.voices(), known=wiring.neural_voices())
        return speaker.stream(line.text, voice=voice, mood=line.mood)

    def output_name() -> str:
        return next((device.name for device in devices.sound_devices() if device.is_default_output), "")

    ports = CalibrationPorts(
        wiring.machine("base", device=request.device),
        wiring.microphone(request.device),
        wiring.loudspeaker,
        aloud,
        output_name,
        device_faults.silent,
        wiring.speaker_profiles(),
    )
    device = "" if request.device is None else str(request.device)
    about = Circumstances(request.name, utc_text(datetime.now(UTC)), request.language, device)
    return Calibration(ports, face, about, options)


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice of an engine, and whether it can speak."""

    id: str
    language: str
    sex: str
    roles: tuple[str, ...]
    engine: str
    installed: bool


def voices(*, on_fault: Callable[[str, EngineError], None]) -> tuple[VoiceRow, ...]:
    """The voices of the neural engine and of the system; an engine that fails is told to ``on_fault``."""
    from voicecoach.adapters.tts import kokoro_weights
    from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker

    lacking = set(kokoro_weights.missing())
    packages = {what for what in lacking if not what.endswith(".bin")}
    rows = [
        _row(voice, "kokoro", installed=not packages and f"{voice.id}.bin" not in lacking)
        for voice in wiring.neural_voices()
    ]
    try:
        rows += [_row(voice, "pyttsx3", installed=True) for voice in SystemSpeaker().voices(fresh=True)]
    except EngineError as exc:
        on_fault("pyttsx3", exc)
    return tuple(rows)


def _row(voice: Voice, engine: str, *, installed: bool) -> VoiceRow:
    return VoiceRow(voice.id, voice.language, voice.sex, tuple(voice.roles), engine, installed)


def install_voices() -> tuple[int, Path]:
    """Fetch the files of the neural voices; how many, and where they are. Raises EngineError, StoreError."""
    from voicecoach.adapters.tts import kokoro_weights

    return len(kokoro_weights.install()), kokoro_weights.voices_folder()


def check_neural_voice() -> None:
    """Raise EngineError when the neural voice still lacks anything."""
    from voicecoach.adapters.tts import kokoro_weights

    lacking = kokoro_weights.missing()
    if lacking:
        raise EngineError("voice-still-lacks", lacking=", ".join(lacking))


def rendering(lines: Sequence[Line], engine: str) -> Iterator[Rendered]:
    """Make and keep the sound of the lines that is not kept yet. Raises as :func:`say.render`."""
    from voicecoach.app.practise import say

    return say.render(lines, wiring.speaker(engine), known=wiring.neural_voices())


def model_names() -> tuple[str, ...]:
    """The models of the recogniser that can be installed."""
    from voicecoach.adapters.whisper import weights

    return tuple(weights.CATALOGUE)


def models() -> list[dict[str, Any]]:
    """Each model: its name, size in MB, whether it is on this machine and its digest known beforehand."""
    from voicecoach.adapters.whisper import weights

    return [
        {
            "name": entry.name,
            "size_mb": entry.size_mb,
            "installed": weights.installed(entry.name),
            "pinned": "model.bin" in entry.sha256,
        }
        for entry in weights.CATALOGUE.values()
    ]


def install_model(name: str) -> Path:
    """Bring the model to this machine, by the network; where it is. Raises UsageError, EngineError."""
    from voicecoach.adapters.whisper import weights

    return weights.install(name).folder


def verified_models(names: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Name and digest of each model, read again; none named: of all that are installed.

    Raises UsageError, EngineError.
    """
    from voicecoach.adapters.whisper import weights

    for name in names or [name for name in weights.CATALOGUE if weights.installed(name)]:
        model = weights.verify(name)
        yield model.name, model.sha256
