"""When the samples of a recording were spoken, on the clock of ``time.monotonic()``.

PortAudio says with each block how long ago its first sample was heard. Hence an estimate of the moment of
sample 0 from every block; the first second's median is kept, since single ones are off by some 10 ms. An
estimate that moves later and stays there means that sound is missing in between: a suspended device raises
no flag.

Known failure: a host API that gives no such time; then a block counts as heard while it lasted, so that
the device's own latency is left in.
"""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import Final

SETTLED: Final = 50
"""Blocks whose median is kept: a second of them."""
RECENT: Final = 25
"""Blocks that must agree that sound is missing: half a second, so that one late block is no gap."""
GAP_S: Final = 0.2
"""Least sound that counts as missing, seconds: under it lies what a busy machine makes late."""
DRIFT_RATIO: Final = 2e-4
"""How far two clocks may run apart: 200 ppm, twice what crystals do."""
LONGEST_DELAY_S: Final = 5.0


class SampleClock:
    """Learns from each block; not safe between threads for writing, its figures may be read by any."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._n_samples = 0
        self._first: list[float] = []
        self._recent: deque[float] = deque(maxlen=RECENT)
        self.first_sample_s: float | None = None
        """The moment of the first sample, ``time.monotonic()``; None before the first block."""
        self.missing_s = 0.0
        """Sound that never came, seconds."""

    @property
    def elapsed_s(self) -> float:
        """Length of what came, seconds."""
        return self._n_samples / self._rate_hz

    def heard(self, n_samples: int, *, called_s: float, delay_s: float) -> None:
        """A block: when it was handed over, and how long before that its first sample was heard."""
        if not 0.0 < delay_s < LONGEST_DELAY_S:
            delay_s = n_samples / self._rate_hz
        start_s = called_s - delay_s - self.elapsed_s
        self._n_samples += n_samples
        if len(self._first) < SETTLED:
            self._first.append(start_s)
            self.first_sample_s = median(self._first)
        self._recent.append(start_s)
        if self.first_sample_s is not None and len(self._recent) == RECENT:
            late_s = min(self._recent) - self.first_sample_s
            self.missing_s = late_s if late_s > GAP_S + DRIFT_RATIO * self.elapsed_s else 0.0
