"""Where frames of sound lie on the time line of their file: as their stamps say, where these can be believed.

Frames follow each other to the sample unless sound is missing: packets that were lost, a recorder that
paused, a track that begins late. Then the stamps of what follows run ahead of the samples laid so far, and
the difference is time without sound. Stamps are rounded, jitter and drift as well, and none of that is
missing sound: a frame is late only by its *jumps*, steps of the stamps that no rounding explains, and only
from :data:`JITTER_S` on. Stamps that go back, or leap so far that the recording would pass its limit, say
nothing: the sound is laid on without a gap, and the line goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

JITTER_S = 0.050
"""Stamps may differ by so much from the samples laid so far, seconds: the longest packets last .06 s."""
ROUNDING_S = 0.002
"""A smaller step is rounding (stamps in ms) or drift of a clock, and no sound is missing, seconds."""
PRIMING = 2304
"""A track may begin with so many samples that the encoder put there: two frames of AAC or MP3."""


@dataclass(slots=True)
class Timeline:
    """Lays frames one after another, ``rate_hz`` samples a second, none behind ``longest_s``.

    ``origin_s``: the stamp of the file's beginning; None: that of the first frame. ``n_laid``: samples so
    far, silence included. ``leaps``: the steps of the clock that were not believed, at (seconds on the
    line, seconds leapt).
    """

    rate_hz: int
    origin_s: float | None
    longest_s: float
    n_laid: int = 0
    leaps: list[tuple[float, float]] = field(default_factory=list)
    _expected_s: float | None = None
    _jumped_s: float = 0.0

    @property
    def laid_s(self) -> float:
        """Length of what was laid so far, seconds."""
        return self.n_laid / self.rate_hz

    def missing(self, stamp_s: float | None) -> int:
        """Samples of silence that lie between what was laid so far and a frame stamped so, None: not."""
        if stamp_s is None:
            return 0
        is_first = self._expected_s is None
        if self.origin_s is None:
            self.origin_s = stamp_s - self.laid_s
        jump_s = stamp_s - self.origin_s if self._expected_s is None else stamp_s - self._expected_s
        self._expected_s = stamp_s
        if abs(jump_s) > ROUNDING_S:
            self._jumped_s += jump_s
        late_s = stamp_s - self.origin_s - self.laid_s
        if late_s < -JITTER_S:
            self._go_on_from(stamp_s)
            return 0
        gap_s = min(late_s, self._jumped_s)
        if gap_s <= (max(JITTER_S, PRIMING / self.rate_hz) if is_first else JITTER_S):
            if is_first:
                self._go_on_from(stamp_s)
            return 0
        if self.laid_s + gap_s > self.longest_s:
            if self.n_laid:
                self.leaps.append((self.laid_s, gap_s))
            self._go_on_from(stamp_s)
            return 0
        self._jumped_s -= gap_s
        return round(gap_s * self.rate_hz)

    def lay(self, n_samples: int, *, of_stamps: bool = True) -> None:
        """Lay so many samples; ``of_stamps`` False: the silence that :meth:`missing` asked for."""
        self.n_laid += n_samples
        if of_stamps and self._expected_s is not None:
            self._expected_s += n_samples / self.rate_hz

    def _go_on_from(self, stamp_s: float) -> None:
        """This stamp is where the line is now."""
        self.origin_s = stamp_s - self.laid_s
        self._jumped_s = 0.0
