"""A calibration without a command line: what it asks of the face that shows it, and what comes of it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fake_machine import FakeMachine
from fake_recorder import FakeRecorder
from speaker_profiles_made import profile

from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
from voicecoach.app.setup.calibrate import READING, Circumstances
from voicecoach.app.setup.calibration import (
    Calibration,
    CalibrationOptions,
    CalibrationPorts,
    shelf_content,
)
from voicecoach.audio import decode
from voicecoach.errors import DeviceError, EngineError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.app.setup.doctor import Check
    from voicecoach.words.catalogue import Message

CALM = Path(__file__).parents[3] / "audio_fixtures" / "rate_usual_zh.flac"
READING_S = 14.0
"""Of the fixture: it holds 10 s of speech."""


class Face:
    """Remembers what it was to show, in order."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def tell(self, message: Message) -> None:
        assert message.words("zh") != message.words("en")
        self.shown.append(message.code)

    def text(self, text: str) -> None:
        self.shown.append(text)

    def check(self, check: Check) -> None:
        self.shown.append(check.name)

    def until_read(self, recording: Any, limit_s: float) -> None:
        assert 0.0 < recording.elapsed_s < limit_s
        self.shown.append("read")


def calibration(folder: Path, face: Face, *, aloud: bool = True) -> Calibration:
    reading = Waveform(decode.load(CALM).waveform.samples[: round(READING_S * 16_000)], 16_000)

    def no_voice(_text: str, _language: str) -> Iterator[Waveform]:
        raise EngineError("plain", message="no voice", remedy="")

    @contextlib.contextmanager
    def no_player() -> Iterator[Any]:
        raise DeviceError("plain", message="no loudspeaker", remedy="")
        yield

    ports = CalibrationPorts(
        FakeMachine(),
        FakeRecorder([reading]),
        no_player,
        no_voice,
        lambda: "Speakers",
        lambda device: DeviceError("plain", message=f"zeros from {device}", remedy=""),
        SpeakerProfiles(folder),
    )
    about = Circumstances("me", "2026-11-20T08:00:00.000+00:00", "zh", "USB")
    return Calibration(ports, face, about, CalibrationOptions(aloud=aloud, keep=True))


@pytest.mark.parametrize("aloud", [True, False])
def test_each_step_is_shown_in_its_turn(tmp_path: Path, *, aloud: bool) -> None:
    face = Face()
    done = calibration(tmp_path, face, aloud=aloud).live()
    assert face.shown == [
        "calibrate-room", "room", "calibrate-chirps", READING["zh"],
        *(["calibrate-not-aloud"] if aloud else []),
        "calibrate-read", "read", "voice", "level", "noise", "latency",
    ]  # fmt: skip
    assert (done.profile.device, done.latency) == ("fake microphone", None)
    assert [check.name for check in done.checks] == ["room", "voice", "level", "noise", "latency"]
    assert done.sound is not None
    assert decode.load(done.sound).waveform.duration_s == pytest.approx(READING_S, abs=0.01)
    assert SpeakerProfiles(tmp_path).load("me") == done.profile
    document = done.to_json("en")
    assert (document["file"], document["latency"]["reason"]) == (str(done.path), "no loudspeaker")


def test_a_file_is_measured_without_a_word(tmp_path: Path) -> None:
    face = Face()
    done = calibration(tmp_path, face).from_file(CALM)
    assert face.shown == ["voice", "level", "noise", "latency"]
    assert (done.profile.device, done.sound) == ("USB", None)
    assert done.to_json("zh")["latency"]["reason"] == "档案来自文件"


def test_a_damaged_profile_does_not_hide_the_others(tmp_path: Path) -> None:
    shelf = SpeakerProfiles(tmp_path)
    shelf.save(profile())
    shelf.save(profile(name="broken")).write_text("{", encoding="utf-8")
    content = shelf_content(shelf)
    assert [made.name for made in content.profiles] == ["me"]
    assert len(content.to_json()["damaged"]) == len(content.faults) == 1
