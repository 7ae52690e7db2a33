"""What this machine has and lacks for practising, each finding with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from voicecoach.errors import VoicecoachError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.device import LevelCheck, SoundDevice
    from voicecoach.words.catalogue import Ui

LISTEN_S: Final = 2.0
"""So long the microphone is listened to, seconds."""
NOISE_DBFS: Final = -45.0
"""A louder room is told: speech at -25 dBFS is then less than the 20 dB above it that the bands call good
(project's choice)."""
CLIPPED_DBFS: Final = -0.2
"""A peak from here on counts as full scale, as the clipping metric has it (0.98)."""
MISSING_S: Final = 0.2
"""Sound that never came, seconds: less is not told apart from a busy machine."""
LEAST_FREE_BYTES: Final = 200 * 2**20
"""Half an hour of recording at 48 kHz."""
ENOUGH_FREE_BYTES: Final = 2**30
MISSING: Final = 4
"""Exit status when something is missing that practice needs."""

SCHEMA: Final = "voicecoach.doctor/1"
NAMED_MOST: Final = 2
"""So many of the things that are lacking are named."""

State = Literal["ok", "warning", "missing"]
Words = Message | str
"""A message, or a text that is the same in all languages: a name, a version, a command."""


def worded(words: Words, ui: Ui) -> str:
    """The text in the language ``ui``."""
    return words if isinstance(words, str) else words.words(ui)


def first_of(names: Sequence[str], most: int) -> str:
    """At most so many of the names, and a sign when there are more."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


@dataclass(frozen=True, slots=True)
class FolderState:
    """The folder of takes: it can be written to; ``private``: nobody else may look in; ``free_bytes``."""

    path: Path
    private: bool
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, what was found, what to do."""

    name: str
    title: Message
    state: State
    finding: Words
    remedy: Words | None = None

    def to_json(self, ui: Ui) -> dict[str, str | None]:
        """The line for a program or a page, in the language ``ui``."""
        return {
            "name": self.name,
            "title": self.title.words(ui),
            "state": self.state,
            "finding": worded(self.finding, ui),
            "remedy": None if self.remedy is None else worded(self.remedy, ui),
        }


class Machine(Protocol):
    """This machine, as far as practising needs it. Methods raise VoicecoachError for what does not work."""

    def python(self) -> str:
        """Version of Python."""
        ...

    def sound_library(self) -> str:
        """Version of PortAudio."""
        ...

    def sound_devices(self) -> Sequence[SoundDevice]:
        """All devices, inputs and outputs."""
        ...

    def listen(self, duration_s: float) -> LevelCheck:
        """Record the room; zeros alone are a DeviceError."""
        ...

    def neural_voice_lacks(self) -> Sequence[str]:
        """What the neural voice lacks, file by file; nothing when it is installed."""
        ...

    def system_voices(self) -> Mapping[str, int]:
        """How many voices the system has, by language."""
        ...

    def recogniser(self) -> str:
        """The model that is there and whole."""
        ...

    def sentence_encoder(self) -> str:
        """The encoder, after it has encoded something."""
        ...

    def decoder(self) -> str:
        """The decoder of sound files, after it has decoded something."""
        ...

    def cache_folder(self) -> str:
        """Where models and voices are kept, after something was written there."""
        ...

    def data_folder(self) -> FolderState:
        """Where takes are kept, after something was written there."""
        ...

    def calibrations(self) -> Sequence[str]:
        """Names of the calibrated speaker profiles."""
        ...


def diagnose(
    machine: Machine, *, record: bool = True, on_listening: Callable[[], None] = lambda: None
) -> Iterator[Check]:
    """Look at one thing after another; ``record``: listen to the microphone for 2 s.

    ``on_listening`` is called just before that: people should be quiet.
    """
    yield _check("python", "doctor-title-python", lambda: _fine(machine.python()))
    yield from _sound(machine, record=record, on_listening=on_listening)
    yield _check("cache", "doctor-title-cache", lambda: _fine(machine.cache_folder()))
    yield _check("voices", "doctor-title-voices", lambda: _voices(machine))
    yield _check("recogniser", "doctor-title-recogniser", lambda: _fine(machine.recogniser()))
    yield _check("encoder", "doctor-title-encoder", lambda: _fine(machine.sentence_encoder()))
    yield _check("decoder", "doctor-title-decoder", lambda: _fine(machine.decoder()))
    yield from _data(machine)
    yield _check("calibration", "doctor-title-calibration", lambda: _calibrated(machine.calibrations()))


def exit_status(checks: Sequence[Check]) -> int:
    """0 when practice can go on fully, 4 when something that it needs is missing."""
    return MISSING if any(check.state == "missing" for check in checks) else 0


def diagnosis_json(checks: Sequence[Check], ui: Ui) -> dict[str, Any]:
    """The document ``voicecoach.doctor/1``."""
    rows = [check.to_json(ui) for check in checks]
    return {"schema": SCHEMA, "ready": not exit_status(checks), "checks": rows}


_Outcome = tuple[State, Words, Words | None]


def _check(name: str, title: str, look: Callable[[], _Outcome]) -> Check:
    """One line; an error is what is missing, and its hint the remedy."""
    try:
        state, finding, remedy = look()
    except VoicecoachError as exc:
        state, finding, remedy = "missing", exc.told, exc.told_remedy if exc.hint else None
    return Check(name, Message(title), state, finding, remedy)


def _fine(finding: Words) -> _Outcome:
    return "ok", finding, None


def _sound(machine: Machine, *, record: bool, on_listening: Callable[[], None]) -> Iterator[Check]:
    library = _check("portaudio", "doctor-title-portaudio", lambda: _fine(machine.sound_library()))
    yield library
    if library.state == "missing":
        return
    inputs = _check("input", "doctor-title-input", lambda: _inputs(machine.sound_devices()))
    yield inputs
    yield _check("output", "doctor-title-output", lambda: _outputs(machine.sound_devices()))
    if record and inputs.state != "missing":
        on_listening()
        yield _check("level", "doctor-title-level", lambda: judge_level(machine.listen(LISTEN_S)))


def _inputs(devices: Sequence[SoundDevice]) -> _Outcome:
    usable = [(device.name, device.is_default_input) for device in devices if device.n_inputs]
    if not usable:
        return "missing", Message("doctor-no-input"), Message("doctor-connect-input")
    return _chosen(usable)


def _outputs(devices: Sequence[SoundDevice]) -> _Outcome:
    usable = [(device.name, device.is_default_output) for device in devices if device.n_outputs]
    if not usable:
        return "missing", Message("doctor-no-output"), Message("doctor-connect-output")
    return _chosen(usable)


def _chosen(usable: Sequence[tuple[str, bool]]) -> _Outcome:
    """Names of devices, and whether the system has chosen each."""
    names = {"names": ", ".join(f"{'* ' if is_default else ''}{name}" for name, is_default in usable)}
    if not any(is_default for _, is_default in usable):
        return "warning", Message("doctor-none-chosen", names), Message("doctor-choose-device")
    return _fine(Message("doctor-devices", names))


def judge_level(room: LevelCheck) -> _Outcome:
    """State, finding and remedy of a short recording of the room."""
    facts = {
        "rate_hz": room.rate_hz,
        "floor_dbfs": f"{room.noise_floor_dbfs:.0f}",
        "peak_dbfs": f"{room.peak_dbfs:.0f}",
    }
    level = Message("doctor-level", facts)
    if room.n_overflows or room.missing_s > MISSING_S:
        lost = {"level": level, "n": room.n_overflows, "missing_s": f"{room.missing_s:.1f}"}
        return "warning", Message("doctor-level-lost", lost), Message("doctor-close-programs")
    if room.peak_dbfs >= CLIPPED_DBFS:
        return "warning", level, Message("doctor-gain-too-high")
    if room.noise_floor_dbfs > NOISE_DBFS:
        return "warning", level, Message("doctor-room-loud")
    return _fine(level)


def _voices(machine: Machine) -> _Outcome:
    lacking = machine.neural_voice_lacks()
    return (
        _system_voices(machine.system_voices(), lacking) if lacking else _fine(Message("doctor-neural-voice"))
    )


def _system_voices(by_language: Mapping[str, int], lacking: Sequence[str]) -> _Outcome:
    n_voices = ", ".join(f"{language} {number}" for language, number in sorted(by_language.items()))
    finding = Message("doctor-system-voices", {"voices": n_voices, "lacking": first_of(lacking, NAMED_MOST)})
    return "warning", finding, Message("doctor-install-voices")


def _data(machine: Machine) -> Iterator[Check]:
    looked_at: list[FolderState] = []

    def look() -> _Outcome:
        folder = machine.data_folder()
        looked_at.append(folder)
        path = {"path": folder.path}
        if folder.private:
            return _fine(Message("doctor-folder-private", path))
        return "warning", Message("doctor-folder-shared", path), f"chmod 700 '{folder.path}'"

    yield _check("data", "doctor-title-data", look)
    if looked_at:
        free_bytes = looked_at[0].free_bytes
        yield _check("disk", "doctor-title-disk", lambda: _disk(free_bytes))


def _disk(free_bytes: int) -> _Outcome:
    finding = Message("doctor-disk", {"free": f"{free_bytes / 1e9:.1f} GB"})
    if free_bytes >= ENOUGH_FREE_BYTES:
        return _fine(finding)
    return ("missing" if free_bytes < LEAST_FREE_BYTES else "warning"), finding, Message("doctor-free-space")


def _calibrated(names: Sequence[str]) -> _Outcome:
    return _fine(", ".join(names) if names else Message("doctor-not-calibrated"))
