"""The stand-in for a microphone keeps to the port's contract."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fake_recorder import FakeRecorder
from recorder_contract import RecorderContract

from voicecoach.errors import DeviceError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicecoach.ports import LiveRecording

TONE = (np.sin(np.arange(48_000) / 20) * 8000).round() / 32768
ANSWER = Waveform(TONE.astype(np.float32), 48_000)


class TestFakeRecorder(RecorderContract):
    @pytest.fixture
    def recorder(self) -> FakeRecorder:
        return FakeRecorder([ANSWER])

    @pytest.fixture
    def heard(self) -> Callable[[LiveRecording], None]:
        return lambda _: None


def test_faults_are_those_of_the_test(tmp_path: Path) -> None:
    recorder = FakeRecorder(
        [DeviceError("plain", message="gone", remedy=""), ANSWER],
        fault=DeviceError("plain", message="lost", remedy=""),
    )
    with pytest.raises(DeviceError, match="gone"):
        recorder.record(tmp_path / "a.wav")
    with recorder.record(tmp_path / "a.wav") as recording:
        assert isinstance(recording.ended, threading.Event)
        assert recording.ended.is_set()
        assert str(recording.fault) == "lost"
