"""A microphone for fast tests: its takes are real files, its sound comes from the test."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Self

import numpy as np

from voicecoach.adapters.sound.live_waveform import LiveWaveform
from voicecoach.adapters.sound.take_file import TakeFile
from voicecoach.errors import VoicecoachError
from voicecoach.units import amplitude_to_db, power_to_db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.model.audio import Waveform

    OnBlock = Callable[[NDArray[np.float32]], None]


class FakeRecorder:
    """Each recording holds the next answer of the queue at once; an error of the queue is raised.

    ``fault`` ends all recordings by itself after their answer. ``recordings`` keeps what was made.
    """

    def __init__(
        self, answers: Iterable[Waveform | VoicecoachError], *, fault: VoicecoachError | None = None
    ) -> None:
        self._answers = deque(answers)
        self._fault = fault
        self.recordings: list[FakeRecording] = []

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> FakeRecording:
        answer = self._answers.popleft()
        if isinstance(answer, VoicecoachError):
            raise answer
        recording = FakeRecording(path, answer, self._fault, on_block)
        self.recordings.append(recording)
        return recording


class FakeRecording:
    device = "fake microphone"
    n_overflows = 0
    missing_s = 0.0

    def __init__(
        self, path: Path, answer: Waveform, fault: VoicecoachError | None, on_block: OnBlock | None
    ) -> None:
        self.rate_hz, self.fault, self.ended = answer.rate_hz, fault, threading.Event()
        self.elapsed_s = answer.duration_s
        self.first_sample_monotonic_s: float | None = time.monotonic()
        self.all_zeros = not answer.samples.any()
        self.silent_zeros = self.all_zeros and self.elapsed_s > 1.0
        self.level_dbfs = power_to_db(float(np.mean(np.square(answer.samples))))
        self.peak_dbfs = amplitude_to_db(float(np.abs(answer.samples).max()))
        self._take = TakeFile(path, answer.rate_hz)
        self._take.write((answer.samples * 32768.0).clip(-32768, 32767).astype("<i2").tobytes())
        self._live = LiveWaveform(answer.rate_hz)
        self._live.add(answer.samples, is_last=True)
        self._path: Path | None = None
        if on_block:
            on_block(answer.samples)
        if fault:
            self.ended.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def waveform_so_far(self) -> Waveform:
        return self._live.so_far()

    def stop(self) -> Path:
        if self._path is None:
            self._path = self._take.finish()
            self.ended.set()
        return self._path
