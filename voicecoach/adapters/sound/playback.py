"""The Player port on a loudspeaker, by sounddevice, with a noise bed that runs on between prompts.

One stream for output alone, opened at the device's own rate (some refuse others), in blocks of 20 ms with
0.1 s of latency: one stream for both directions drops out, and smaller blocks do so on a busy machine. Parts
are made in the calling thread while PortAudio's own thread plays; where the next part comes late there
is silence, or the bed.

A device that goes away raises nothing in PortAudio: its callbacks stop. So the age of the last one is
watched.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from voicecoach.adapters.sound import device_faults, devices
from voicecoach.adapters.sound.devices import sounddevice as _sounddevice
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from numpy.typing import NDArray

BLOCK_S: Final = 0.02
LATENCY_S: Final = 0.1
LOST_S: Final = 3.0
"""A device that has asked for no sound for so long is gone, seconds (a suspended one is back in 2 s)."""
POLL_S: Final = 0.02


class Mixer:
    """What is still to be played: parts one after another, over a bed without end. Safe for two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: deque[NDArray[np.float32]] = deque()
        self._bed: NDArray[np.float32] | None = None
        self._place = 0
        self._started_s: float | None = None
        self._last: tuple[float, int] | None = None

    @property
    def last_handed_out(self) -> tuple[float, int] | None:
        """When, ``time.monotonic()``, a block was last begun that held a part, and samples up to its end."""
        return self._last

    @property
    def started_s(self) -> float | None:
        """When the first sample of a part was handed out, ``time.monotonic()``; None before."""
        return self._started_s

    def restart_clock(self) -> None:
        """Forget when the first and the last sample were handed out."""
        self._started_s = self._last = None

    def set_bed(self, samples: NDArray[np.float32] | None) -> None:
        """Let a loop, float32 (n,), run under everything from now on; None ends it."""
        with self._lock:
            self._bed, self._place = samples, 0

    def push(self, samples: NDArray[np.float32]) -> None:
        """Append a part, float32 (n,)."""
        with self._lock:
            self._parts.append(samples)

    def clear(self) -> None:
        """Forget the parts that were not played."""
        with self._lock:
            self._parts.clear()

    @property
    def is_empty(self) -> bool:
        """Whether all parts have been handed out."""
        with self._lock:
            return not self._parts

    @property
    def n_left(self) -> int:
        """Samples of parts that were not handed out yet."""
        with self._lock:
            return sum(len(part) for part in self._parts)

    def pull(self, n_samples: int) -> NDArray[np.float32]:
        """The next samples, float32 (n_samples,), within full scale."""
        out = np.zeros(n_samples, dtype=np.float32)
        filled = 0
        with self._lock:
            while filled < n_samples and self._parts:
                if self._started_s is None:
                    self._started_s = time.monotonic()
                part = self._parts.popleft()
                taken = part[: n_samples - filled]
                out[filled : filled + len(taken)] = taken
                filled += len(taken)
                if len(taken) < len(part):
                    self._parts.appendleft(part[len(taken) :])
            if filled:
                self._last = (time.monotonic(), filled)
            if self._bed is not None:
                places = (self._place + np.arange(n_samples)) % len(self._bed)
                self._place = (self._place + n_samples) % len(self._bed)
                out += self._bed[places]
        return np.clip(out, -1.0, 1.0)


class Loudspeaker:
    """The system's output, open between ``with`` and its end; a bed runs as long.

    ``device``: a name or number of PortAudio, None for the system's own choice. After :meth:`play`
    ``first_sound_s`` says how long its first sound took, the device's latency included, seconds, and
    ``end_monotonic_s`` when its last sample was heard, ``time.monotonic()``: the same clock as that of
    :attr:`voicecoach.ports.LiveRecording.first_sample_monotonic_s`.
    """

    def __init__(self, *, device: str | int | None = None) -> None:
        self._device = device
        self._stream: Any = None
        self._name = ""
        self._open = contextlib.ExitStack()
        self._plays_out = False
        self._mixer = Mixer()
        self._rate_hz = 0
        self._called_s = 0.0
        self._ended = threading.Event()
        self.first_sound_s: float | None = None
        self.end_monotonic_s: float | None = None

    def __enter__(self) -> Self:
        """Open the device. Raises DeviceError."""
        with contextlib.ExitStack() as undo:
            undo.enter_context(devices.quiet())
            sd = _sounddevice()
            entry = devices.entry_of(sd, self._device, "output")
            self._name = str(entry["name"])
            self._rate_hz = int(entry["default_samplerate"])
            self._called_s = time.monotonic()
            try:
                self._stream = sd.OutputStream(
                    samplerate=self._rate_hz,
                    blocksize=round(BLOCK_S * self._rate_hz),
                    device=self._device,
                    channels=min(2, entry["max_output_channels"]),
                    dtype="float32",
                    latency=LATENCY_S,
                    callback=self._fill,
                    finished_callback=self._ended.set,
                )
                devices.opened(self._stream)
                undo.callback(lambda: devices.close(self._stream, play_out=self._plays_out))
                self._stream.start()
            except (sd.PortAudioError, ValueError) as exc:
                raise device_faults.translated(exc, "output", self._name) from exc
            self._open = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the device; give up when it hangs."""
        self._mixer.clear()
        self._plays_out = kind is None
        self._open.close()

    def _fill(self, out: NDArray[np.float32], n_frames: int, _time: object, _status: object) -> None:
        self._called_s = time.monotonic()
        out[:] = self._mixer.pull(n_frames)[:, np.newaxis]

    def run_bed(self, bed: Waveform | None) -> None:
        """Let a bed whose end fits its beginning run until the end, or until another; None ends it."""
        self._mixer.set_bed(None if bed is None else _looped(bed, self._rate_hz))

    def play(self, parts: Iterable[Waveform]) -> None:
        """Play one part after another, while the next is being made; returns when all was heard.

        Raises DeviceError, and what ``parts`` raises.
        """
        asked_s = time.monotonic()
        self.first_sound_s = self.end_monotonic_s = None
        self._mixer.restart_clock()
        try:
            for part in parts:
                self._mixer.push(_resampled(part, self._rate_hz))
                self._check()
            while not self._mixer.is_empty:
                self._check()
                time.sleep(POLL_S)
            time.sleep(float(self._stream.latency))
        finally:
            self._mixer.clear()
            if self._mixer.started_s is not None:
                self.first_sound_s = self._mixer.started_s - asked_s + float(self._stream.latency)
            if self._mixer.last_handed_out is not None:
                begun_s, n_samples = self._mixer.last_handed_out
                self.end_monotonic_s = begun_s + n_samples / self._rate_hz + float(self._stream.latency)

    @property
    def left_s(self) -> float:
        """Seconds until the last sample that :meth:`play` was given so far is heard; 0 when it was."""
        n_left, last = self._mixer.n_left, self._mixer.last_handed_out
        latency_s = float(self._stream.latency)
        if n_left:
            return n_left / self._rate_hz + latency_s
        if last is None:
            return 0.0
        return max(0.0, last[0] + last[1] / self._rate_hz + latency_s - time.monotonic())

    def skip(self) -> None:
        """Forget what was not played yet; a :meth:`play` in another thread ends with its next part."""
        self._mixer.clear()

    def _check(self) -> None:
        if self._ended.is_set() or time.monotonic() - self._called_s > LOST_S:
            raise device_faults.lost("output", self._name)


def _resampled(waveform: Waveform, rate_hz: int) -> NDArray[np.float32]:
    if waveform.rate_hz == rate_hz:
        return waveform.samples
    import soxr

    made: NDArray[np.float32] = soxr.resample(waveform.samples, waveform.rate_hz, rate_hz)
    return made


def _looped(bed: Waveform, rate_hz: int) -> NDArray[np.float32]:
    """A loop at another rate: its ends are resampled with what follows them around the seam."""
    if bed.rate_hz == rate_hz:
        return bed.samples
    n_margin = bed.rate_hz // 10
    wrapped = np.concatenate([bed.samples[-n_margin:], bed.samples, bed.samples[:n_margin]])
    made = _resampled(Waveform(wrapped, bed.rate_hz), rate_hz)
    first = round(n_margin * rate_hz / bed.rate_hz)
    return made[first : first + round(len(bed.samples) * rate_hz / bed.rate_hz)]
