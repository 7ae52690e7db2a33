"""A recording that is going on: blocks of sound into a file, with figures for whoever watches.

PortAudio's thread only puts blocks into a queue; a writer thread puts them into the file, then measures them
and hands them on, so that a slow disk loses no sample.

A device that goes away raises nothing in PortAudio: its stream finishes, or its callbacks just stop. Both are
watched. Known failures: where a sound server moves the stream to another microphone, nobody is told; a short
suspension raises no flag and shows only in ``missing_s``.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import numpy as np

from voicecoach.adapters.sound import device_faults
from voicecoach.adapters.sound.sample_clock import SampleClock
from voicecoach.errors import VoicecoachError
from voicecoach.units import amplitude_to_db, power_to_db

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from voicecoach.adapters.sound.take_file import TakeFile
    from voicecoach.model.audio import Waveform

    OnBlock = Callable[[NDArray[np.float32]], None]

LOST_S: Final = 3.0
"""A microphone that has sent nothing for so long is gone, seconds (a suspended one is back in 2 s)."""
DRAIN_LIMIT_S: Final = 0.4
"""So long the end of a recording waits for what was said before it but has not come yet, seconds."""
ZEROS_S: Final = 1.0
"""Exact zeros for so long are no room, however quiet, seconds."""
LEVEL_BLOCKS: Final = 5
"""The level shown is that of the last 0.1 s."""
POLL_S: Final = 0.1
FULL_SCALE: Final = 32_768.0


class _Block(NamedTuple):
    """What PortAudio handed over: 16-bit mono, when, and how long before its first sample was heard."""

    pcm: bytes
    called_s: float
    delay_s: float
    overflowed: bool


class MicrophoneRecording:
    """One recording that is going on; behind ``voicecoach.ports.LiveRecording``."""

    def __init__(self, device: str, on_block: OnBlock | None) -> None:
        self.device = device
        self.rate_hz = 0
        self.n_overflows = 0
        self.fault: VoicecoachError | None = None
        self.ended = threading.Event()
        self._listener = on_block
        self._listener_fault: Exception | None = None
        self._queue: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()
        self._is_lost = threading.Event()
        self._called_s = 0.0
        self._stop_s: float | None = None
        self._levels: deque[tuple[float, float]] = deque(maxlen=LEVEL_BLOCKS)
        self._n_zeros = 0
        self._is_all_zeros = True
        self._stop_lock = threading.Lock()
        self._finished: Path | None = None
        self.release: Callable[[], object] = lambda: None
        """Closes the device."""

    # -- set up by Microphone ------------------------------------------------------------------------------

    def take_callback(self, n_channels: int) -> Callable[..., None]:
        """PortAudio's callback. Of two channels the first is kept: there a single microphone is."""

        def heard(data: Any, _n_frames: int, when: Any, status: Any) -> None:
            self._called_s = time.monotonic()
            pcm = bytes(data)
            if n_channels > 1:
                pcm = np.frombuffer(pcm, "<i2")[::n_channels].tobytes()
            delay_s = when.currentTime - when.inputBufferAdcTime
            self._queue.put(_Block(pcm, self._called_s, delay_s, bool(status.input_overflow)))

        return heard

    def lose(self) -> None:
        """PortAudio's stream has finished; when nobody stopped it, the device is gone."""
        self._is_lost.set()
        self._queue.put(None)

    def start(self, stream: Any, take: TakeFile, rate_hz: int) -> None:
        """Begin. Raises what ``stream.start()`` raises; then nothing has begun."""
        from voicecoach.adapters.sound.live_waveform import LiveWaveform

        self.rate_hz, self._take = rate_hz, take
        self._clock = SampleClock(rate_hz)
        self._live = LiveWaveform(rate_hz)
        self._called_s = time.monotonic()
        stream.start()
        self._writer = threading.Thread(target=self._run, name="take-writer", daemon=True)
        self._writer.start()

    # -- what it tells -------------------------------------------------------------------------------------

    @property
    def elapsed_s(self) -> float:
        """Length of what is on disk, seconds."""
        return self._clock.elapsed_s

    @property
    def first_sample_monotonic_s(self) -> float | None:
        """When the first sample was heard, ``time.monotonic()``; settles in the first second, None before."""
        return self._clock.first_sample_s

    @property
    def missing_s(self) -> float:
        """Sound that never came from the device, seconds."""
        return self._clock.missing_s

    @property
    def level_dbfs(self) -> float:
        """RMS level of the last 0.1 s, dBFS; -inf for zeros and before the first block."""
        powers = [power for power, _ in list(self._levels)]
        return power_to_db(sum(powers) / len(powers)) if powers else -np.inf

    @property
    def peak_dbfs(self) -> float:
        """The loudest sample of the last 0.1 s, dBFS."""
        return amplitude_to_db(max((peak for _, peak in list(self._levels)), default=0.0))

    @property
    def silent_zeros(self) -> bool:
        """Whether the last second, or more, was nothing but exact zeros."""
        return self._n_zeros > ZEROS_S * self.rate_hz

    @property
    def all_zeros(self) -> bool:
        """Whether there was never anything but exact zeros."""
        return self._is_all_zeros

    def waveform_so_far(self) -> Waveform:
        """What came until now, at 16 kHz; after the end, the samples that the finished file gives."""
        return self._live.so_far()

    # -- the end -------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """The recording, which goes on already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, if that has not been done; what was recorded is kept whatever happened."""
        if kind is None:
            self.stop()
        else:
            with contextlib.suppress(VoicecoachError):  # the first failure is the one to tell
                self.stop()

    def stop(self) -> Path:
        """Take in what was said until now, close the device and complete the file; returns its path.

        May be called again, and after a fault. Raises StoreError when the file cannot be completed (the part
        stays), and what the listener raised.
        """
        with self._stop_lock:
            if self._finished is None:
                self._stop_s = self._stop_s or time.monotonic()
                self._queue.put(None)
                self._writer.join()
                self.release()
                self._finished = self._take.finish()
        if self._listener_fault is not None:
            raise self._listener_fault
        return self._finished

    # -- the writer's thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self.fault = self._written()
        except VoicecoachError as exc:  # the disk
            self.fault = exc
        finally:
            self._live.add(np.zeros(0, dtype=np.float32), is_last=True)
            self.ended.set()

    def _written(self) -> VoicecoachError | None:
        """Write until the end; returns the fault of the device that was the end. Raises StoreError."""
        passed_s = time.monotonic()
        while True:
            try:
                block = self._queue.get(timeout=POLL_S)
            except queue.Empty:
                block = None
            now_s = time.monotonic()
            if now_s - passed_s > LOST_S / 2:  # we slept, not the device
                self._called_s = now_s
            passed_s = now_s
            if block is not None:
                self._take_in(block)
            elif self._stop_s is None and self._is_lost.is_set():
                return device_faults.lost("input", self.device)
            elif self._stop_s is None and now_s - self._called_s > LOST_S:
                return device_faults.stalled(self.device, LOST_S)
            if self._stop_s is not None and self._is_whole(self._stop_s, now_s):
                return None

    def _is_whole(self, stop_s: float, now_s: float) -> bool:
        """Whether all that was said until ``stop_s`` is written, or will not come any more."""
        first_s = self._clock.first_sample_s
        if first_s is not None and first_s + self._clock.missing_s + self._clock.elapsed_s >= stop_s:
            return True
        return (self._is_lost.is_set() or now_s - stop_s > DRAIN_LIMIT_S) and self._queue.empty()

    def _take_in(self, block: _Block) -> None:
        """Disk first, then everything else."""
        self._take.write(block.pcm)
        samples = np.frombuffer(block.pcm, "<i2").astype(np.float32) / np.float32(FULL_SCALE)
        self.n_overflows += block.overflowed
        self._levels.append((float(np.mean(np.square(samples))), float(np.abs(samples).max(initial=0.0))))
        if samples.any():
            self._n_zeros, self._is_all_zeros = 0, False
        else:
            self._n_zeros += len(samples)
        self._live.add(samples)
        self._clock.heard(len(samples), called_s=block.called_s, delay_s=block.delay_s)
        if self._listener is not None:
            try:
                self._listener(samples)
            except Exception as exc:  # noqa: BLE001 - a listener must not end a recording; stop() raises it
                self._listener, self._listener_fault = None, exc
