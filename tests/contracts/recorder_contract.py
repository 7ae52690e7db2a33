"""What every Recorder keeps to, whatever is behind it.

A test class inherits from :class:`RecorderContract` and gives the fixtures ``recorder``, which hears at least
half a second of sound, and ``heard``, which waits until it has heard that much.
"""

from __future__ import annotations

import time
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.audio import decode
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.ports import LiveRecording, Recorder

LEAST_S = 0.5


class RecorderContract:
    """The fixtures come from the class that inherits."""

    def test_what_was_heard_is_in_the_file_and_in_memory(
        self, recorder: Recorder, heard: Callable[[LiveRecording], None], tmp_path: Path
    ) -> None:
        blocks: list[NDArray[np.float32]] = []
        path = tmp_path / "a.wav"
        with recorder.record(path, on_block=blocks.append) as recording:
            assert path.with_name("a.wav.part").exists()
            heard(recording)
            assert recording.elapsed_s >= LEAST_S
            assert recording.level_dbfs <= recording.peak_dbfs <= 0.0
            assert (recording.device != "", recording.fault) == (True, None)
            assert not recording.ended.is_set()
            assert recording.stop() == path
        assert recording.ended.is_set()
        assert recording.stop() == path
        assert [file.name for file in tmp_path.iterdir()] == ["a.wav"]
        with wave.open(str(path), "rb") as sound:
            assert (sound.getnchannels(), sound.getframerate()) == (1, recording.rate_hz)
            assert sound.getnframes() == sum(map(len, blocks))
            assert sound.getnframes() / sound.getframerate() == pytest.approx(recording.elapsed_s)
        assert {block.dtype for block in blocks} == {np.dtype(np.float32)}
        np.testing.assert_array_equal(recording.waveform_so_far().samples, decode.load(path).waveform.samples)

    def test_the_clock_of_the_first_sample_is_that_of_the_program(
        self, recorder: Recorder, heard: Callable[[LiveRecording], None], tmp_path: Path
    ) -> None:
        before_s = time.monotonic()
        with recorder.record(tmp_path / "a.wav") as recording:
            heard(recording)
            assert recording.first_sample_monotonic_s
            assert before_s - 1.0 < recording.first_sample_monotonic_s < time.monotonic()

    def test_what_was_recorded_is_kept_when_the_block_fails(
        self, recorder: Recorder, heard: Callable[[LiveRecording], None], tmp_path: Path
    ) -> None:
        def fail() -> None:
            with recorder.record(tmp_path / "a.wav") as recording:
                heard(recording)
                raise KeyError("mine")

        with pytest.raises(KeyError, match="mine"):
            fail()
        assert decode.load(tmp_path / "a.wav").waveform.duration_s >= LEAST_S

    def test_a_file_that_cannot_be_made_is_told(self, recorder: Recorder, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="cannot make"):
            recorder.record(tmp_path / "none" / "a.wav")
