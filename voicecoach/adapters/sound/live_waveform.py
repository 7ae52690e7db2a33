"""The recording so far, 16 kHz, for readers in another thread; in the end what its file gives."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from voicecoach.audio.decode import RATE_HZ
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_SIZE: Final = 60 * RATE_HZ


class LiveWaveform:
    """Grows by :meth:`add`, which belongs to one thread; :meth:`so_far` may be called by any."""

    def __init__(self, rate_hz: int) -> None:
        self._resampler = (
            None if rate_hz == RATE_HZ else soxr.ResampleStream(rate_hz, RATE_HZ, 1, "float32", "HQ")
        )
        self._lock = threading.Lock()
        self._samples = np.empty(_FIRST_SIZE, dtype=np.float32)
        self._n_samples = 0

    def add(self, block: NDArray[np.float32], *, is_last: bool = False) -> None:
        """Append a block, float32 (n,), at the rate of the recording; the last one flushes the resampler."""
        if self._resampler is not None:
            block = self._resampler.resample_chunk(block, last=is_last)
            if is_last:  # a stream that hangs keeps all that it knows until the program ends
                self._resampler = None
        n_wanted = self._n_samples + len(block)
        with self._lock:
            if n_wanted > len(self._samples):
                grown = np.empty(2 * n_wanted, dtype=np.float32)
                grown[: self._n_samples] = self._samples[: self._n_samples]
                self._samples = grown
            self._samples[self._n_samples : n_wanted] = block
            self._n_samples = n_wanted

    def so_far(self) -> Waveform:
        """What came until now; it does not change afterwards, and nothing is copied."""
        with self._lock:
            return Waveform(self._samples[: self._n_samples], RATE_HZ)
