"""Sound as values: a span of time, a waveform, a track of one quantity over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

InterruptionKind = Literal["music", "tone", "loss", "gap"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a recording, in seconds from its start: ``0 <= start_s <= end_s``."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.start_s <= self.end_s:
            msg = f"a span needs 0 <= start_s <= end_s, got {self.start_s} and {self.end_s}"
            raise ValueError(msg)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s

    @property
    def middle_s(self) -> float:
        """Half-way between start and end, seconds."""
        return (self.start_s + self.end_s) / 2

    def overlap_s(self, other: Span) -> float:
        """Seconds that this span shares with ``other``; 0 when they do not meet."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))

    def contains(self, time_s: float) -> bool:
        """Whether ``time_s`` lies in ``[start_s, end_s)``."""
        return self.start_s <= time_s < self.end_s

    def shifted(self, offset_s: float) -> Span:
        """The same stretch, ``offset_s`` later (or earlier when negative)."""
        return Span(self.start_s + offset_s, self.end_s + offset_s)

    def widened(self, margin_s: float, *, last_s: float = math.inf) -> Span:
        """The same stretch with ``margin_s`` on both sides, as far as there is room from 0 to ``last_s``."""
        start_s = max(0.0, self.start_s - margin_s)
        return Span(start_s, max(start_s, min(self.end_s + margin_s, last_s)))


@dataclass(frozen=True, slots=True, order=True)
class Interruption:
    """A stretch of an answer that is not the speaker's: music, a tone, loss, or a gap of the file."""

    span: Span
    kind: InterruptionKind


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Mono sound: ``samples`` float32 (n,), full scale +-1, read-only; ``rate_hz`` > 0."""

    samples: NDArray[np.float32]
    rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            msg = f"samples must be float32 (n,), got {self.samples.dtype} {self.samples.shape}"
            raise ValueError(msg)
        if self.rate_hz <= 0:
            msg = f"rate_hz must be positive, got {self.rate_hz}"
            raise ValueError(msg)
        self.samples.setflags(write=False)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz

    def cut(self, span: Span) -> NDArray[np.float32]:
        """The samples of ``span`` (a view, clipped to the recording)."""
        return self.samples[round(span.start_s * self.rate_hz) : round(span.end_s * self.rate_hz)]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One quantity at even steps: ``values`` float64 (t,), NaN = undefined there.

    Value ``i`` belongs to the time ``first_s + i * hop_s`` (the centre of its frame).
    """

    values: NDArray[np.float64]
    first_s: float
    hop_s: float
    unit: str

    def __post_init__(self) -> None:
        if self.values.ndim != 1 or self.values.dtype != np.float64:
            msg = f"values must be float64 (t,), got {self.values.dtype} {self.values.shape}"
            raise ValueError(msg)
        if self.hop_s <= 0:
            msg = f"hop_s must be positive, got {self.hop_s}"
            raise ValueError(msg)
        self.values.setflags(write=False)

    @property
    def times_s(self) -> NDArray[np.float64]:
        """The times of the values, in seconds, float64 (t,)."""
        return self.first_s + np.arange(len(self.values), dtype=np.float64) * self.hop_s

    def within(self, span: Span) -> NDArray[np.float64]:
        """The values whose times lie in ``[start_s, end_s)`` (a view)."""
        first = int(np.ceil((span.start_s - self.first_s) / self.hop_s - 1e-9))
        stop = int(np.ceil((span.end_s - self.first_s) / self.hop_s - 1e-9))
        return self.values[max(first, 0) : max(stop, 0)]
