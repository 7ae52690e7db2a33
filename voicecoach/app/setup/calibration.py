"""A calibration from its beginning to its end: the room, the sound path, the reading, the profile kept."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from voicecoach.app.score.streams import load_answer
from voicecoach.app.setup.calibrate import (
    READING,
    READING_LIMIT_S,
    ROOM_S,
    SpeakerShelf,
    check_length,
    profile_of,
    reading_checks,
    room_check,
)
from voicecoach.app.setup.doctor import worded
from voicecoach.app.setup.sound_path import measure_latency
from voicecoach.documents.speaker_profile import encode_speaker_profile
from voicecoach.errors import DeviceError, EngineError, StoreError, VoicecoachError
from voicecoach.words.catalogue import Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from voicecoach.app.setup.calibrate import Circumstances
    from voicecoach.app.setup.doctor import Check, Machine, Words
    from voicecoach.app.setup.sound_path import PathLatency, TimedPlayer
    from voicecoach.model.audio import Waveform
    from voicecoach.model.speaker_profile import SpeakerProfile
    from voicecoach.model.transcript import Language
    from voicecoach.ports import LiveRecording, Recorder
    from voicecoach.words.catalogue import Ui

SCHEMA: Final = "voicecoach.calibration/1"
LIST_SCHEMA: Final = "voicecoach.speakers/1"


class CalibrationFace(Protocol):
    """What the user sees of a calibration, and says to it."""

    def tell(self, message: Message) -> None:
        """Say what goes on, or what to do now."""
        ...

    def text(self, text: str) -> None:
        """Show what is to be read aloud."""
        ...

    def check(self, check: Check) -> None:
        """Show what was found."""
        ...

    def until_read(self, recording: LiveRecording, limit_s: float) -> None:
        """Wait until the user says that it is read, the recording ends, or it is ``limit_s`` long."""
        ...


class KeepingShelf(SpeakerShelf, Protocol):
    """Where profiles are put, too. All raise StoreError."""

    def save(self, profile: SpeakerProfile) -> Path:
        """Keep a profile, in place of one of that name; where it is."""
        ...

    def keep_sound(self, name: str, sound: Path) -> Path:
        """Keep a copy of the reading beside the profile of that name; where it is."""
        ...

    def delete(self, name: str) -> None:
        """Remove a profile, damaged or not, and its reading. Raises UsageError."""
        ...


@dataclass(frozen=True, slots=True)
class CalibrationOptions:
    """How a calibration goes.

    ``aloud``: the text is read aloud first. ``with_latency``: the sound path is measured. ``keep``: the
    recorded reading is kept beside the profile.
    """

    aloud: bool = True
    with_latency: bool = True
    keep: bool = False


@dataclass(frozen=True, slots=True)
class CalibrationPorts:
    """What a calibration needs of the world.

    ``aloud`` gives the sound of a text read calmly (it raises EngineError), ``output_name`` the name of the
    loudspeaker, "" when there is none, ``silent`` the fault of a microphone (named) that gives zeros.
    """

    machine: Machine
    recorder: Recorder
    open_player: Callable[[], AbstractContextManager[TimedPlayer]]
    aloud: Callable[[str, Language], Iterable[Waveform]]
    output_name: Callable[[], str]
    silent: Callable[[str], VoicecoachError]
    shelf: KeepingShelf


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What came of it: the profile and its file, ``sound`` where the reading was kept.

    ``latency`` None: it was not measured, ``latency_reason`` says why there is no figure.
    """

    profile: SpeakerProfile
    path: Path
    sound: Path | None
    checks: tuple[Check, ...]
    latency: PathLatency | None
    latency_reason: Words | None

    def to_json(self, ui: Ui) -> dict[str, Any]:
        """The document ``voicecoach.calibration/1``."""
        latency, reason = self.latency, self.latency_reason
        return {
            "schema": SCHEMA,
            "profile": encode_speaker_profile(self.profile),
            "file": shown(self.path),
            "sound": None if self.sound is None else shown(self.sound),
            "latency": {
                "latency_s": self.profile.latency_s,
                "spread_s": None if latency is None else latency.spread_s,
                "n_heard": 0 if latency is None else latency.n_heard,
                "reason": None if reason is None else worded(reason, ui),
            },
            "checks": [check.to_json(ui) for check in self.checks],
        }


class Calibration:
    """One calibration; ``about`` says for whom and when, and with what it is done as far as that is known."""

    def __init__(
        self,
        ports: CalibrationPorts,
        face: CalibrationFace,
        about: Circumstances,
        options: CalibrationOptions,
    ) -> None:
        self._ports, self._face = ports, face
        self._about, self._options = about, options
        self._checks: list[Check] = []
        self._latency: PathLatency | None = None
        self._reason: Words | None = None

    def from_file(self, sound: Path) -> Calibrated:
        """Make the profile of a recording. Raises InputError, StoreError."""
        self._reason = Message("path-from-file")
        return self._made(sound, keep=False)

    def live(self) -> Calibrated:
        """Listen to the room and to a reading, and make the profile.

        Raises InputError for a reading that cannot be used, DeviceError, StoreError.
        """
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            self._room()
            self._path(Path(folder) / "path.wav")
            return self._made(self._reading(Path(folder) / "reading.wav"), keep=self._options.keep)

    def _room(self) -> None:
        self._face.tell(Message("calibrate-room", {"room_s": f"{ROOM_S:.0f}"}))
        self._add(room_check(self._ports.machine.listen(ROOM_S)))

    def _path(self, recording: Path) -> None:
        """The latency of the sound path, and the loudspeaker it was measured with."""
        if not self._options.with_latency:
            self._reason = Message("path-not-asked")
            return
        self._face.tell(Message("calibrate-chirps"))
        try:
            with self._ports.open_player() as player:
                self._latency = measure_latency(self._ports.recorder, player, recording)
            output = self._ports.output_name()
        except DeviceError as exc:
            self._reason = exc.told
            return
        self._reason = self._latency.reason
        self._about = replace(self._about, output_device=output, latency_s=self._latency.latency_s)

    def _reading(self, path: Path) -> Path:
        """Show the text, read it aloud, and record it read back."""
        text = READING[self._about.language]
        self._face.text(text)
        if self._options.aloud:
            self._read_aloud(text)
        self._face.tell(Message("calibrate-read", {"limit_s": f"{READING_LIMIT_S:.0f}"}))
        with self._ports.recorder.record(path) as recording:
            self._face.until_read(recording, READING_LIMIT_S)
            sound = recording.stop()
        if recording.fault is not None:
            raise recording.fault
        check_length(recording.elapsed_s)
        if recording.all_zeros:
            raise self._ports.silent(recording.device)
        self._about = replace(self._about, device=recording.device)
        return sound

    def _read_aloud(self, text: str) -> None:
        """Say the text; without a voice or a loudspeaker the reader has it in writing."""
        try:
            parts = self._ports.aloud(text, self._about.language)
            self._face.tell(Message("calibrate-listen"))
            with self._ports.open_player() as player:
                player.play(parts)
        except (DeviceError, EngineError) as exc:
            self._face.tell(Message("calibrate-not-aloud", {"cause": exc.told}))

    def _made(self, sound: Path, *, keep: bool) -> Calibrated:
        profile = profile_of(load_answer(sound), self._about)
        path = self._ports.shelf.save(profile)
        kept = self._ports.shelf.keep_sound(profile.name, sound) if keep else None
        for check in reading_checks(profile, latency_reason=self._reason):
            self._add(check)
        return Calibrated(profile, path, kept, tuple(self._checks), self._latency, self._reason)

    def _add(self, check: Check) -> None:
        self._checks.append(check)
        self._face.check(check)


@dataclass(frozen=True, slots=True)
class ShelfContent:
    """The profiles that can be read, and what is wrong with the others."""

    profiles: tuple[SpeakerProfile, ...]
    faults: tuple[StoreError, ...]

    def to_json(self) -> dict[str, Any]:
        """The document ``voicecoach.speakers/1``."""
        rows = [encode_speaker_profile(profile) for profile in self.profiles]
        damaged = [fault.message for fault in self.faults]
        return {"schema": LIST_SCHEMA, "profiles": rows, "damaged": damaged}


def shelf_content(shelf: SpeakerShelf) -> ShelfContent:
    """All that is on the shelf. Raises StoreError when it cannot be looked at."""
    profiles: list[SpeakerProfile] = []
    faults: list[StoreError] = []
    for name in shelf.names():
        try:
            profiles.append(shelf.load(name))
        except StoreError as exc:
            faults.append(exc)
    return ShelfContent(tuple(profiles), tuple(faults))
