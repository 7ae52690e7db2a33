"""The turns of one side of a call, joined: what its speaker alone did, the other's turns cut out.

Rate, pauses and tone of a speaker in a call are those of his own turns: while the other one speaks he
does not pause. So his tracks are cut to his turns, with :data:`MARGIN_S` around each, and joined on one
clock; what is measured there is led back to the clock of the call. A silence across a joint is no pause,
and a unit of speech ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.sound import SILENT_PAUSE_S, SoundFeatures, uninterrupted
from voicecoach.model.audio import Interruption, Span, Track
from voicecoach.model.spans import chained, gaps, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARGIN_S = 0.100
"""Silence kept around a turn, seconds: less than half the shortest pause."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinedFeatures(SoundFeatures):
    """As SoundFeatures, on the joined clock; ``joints_s`` are the times where two turns meet."""

    joints_s: tuple[float, ...] = ()

    def silent_pauses(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """The silences inside turns that last at least ``shortest_s``."""
        return tuple(
            gap
            for gap in uninterrupted(gaps(self.speech, shortest_s=shortest_s), self.interruptions)
            if not any(map(gap.contains, self.joints_s))
        )

    def units(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """Speech between neighbouring silent pauses or joints."""

        def join(last: Span, span: Span) -> Span | None:
            if span.start_s - last.end_s >= shortest_s:
                return None
            parted = any(last.end_s <= joint_s <= span.start_s for joint_s in self.joints_s)
            return None if parted else Span(last.start_s, span.end_s)

        return tuple(chained(self.speech, join))


class Join:
    """Leads between the clock of a call and the joined clock of some of its stretches."""

    def __init__(self, stretches: Sequence[Span], duration_s: float) -> None:
        """``stretches``: ordered, not overlapping; each is widened by the margin as far as there is room."""
        kept = union(span.widened(MARGIN_S, last_s=duration_s) for span in stretches)
        self._from = np.array([span.start_s for span in kept])
        self._lengths = np.array([span.duration_s for span in kept])
        self._ends = np.cumsum(self._lengths)
        self._starts = self._ends - self._lengths
        self.joints_s = tuple(float(end) for end in self._ends[:-1])
        self.duration_s = float(self._ends[-1]) if kept else 0.0

    def to_joined(self, span: Span) -> Span:
        """A span of the call on the joined clock; what lies outside the stretches shrinks to a joint."""
        return Span(self._joined(span.start_s), max(self._joined(span.start_s), self._joined(span.end_s)))

    def to_call(self, span: Span) -> Span:
        """A span of the joined clock on that of the call; one that ends at a joint ends with its turn."""
        start_s = self._call(span.start_s, ends=False)
        return Span(start_s, max(start_s, self._call(span.end_s, ends=True)))

    def track(self, track: Track) -> Track:
        """The values of ``track`` inside the stretches, each the nearest in time."""
        n = int(np.floor(max(self.duration_s - track.first_s, 0.0) / track.hop_s)) + 1
        times_s = track.first_s + np.arange(n) * track.hop_s
        which = np.minimum(np.searchsorted(self._ends, times_s, side="right"), len(self._ends) - 1)
        at = self._from[which] + times_s - self._starts[which]
        index = np.round((at - track.first_s) / track.hop_s).astype(np.int64)
        values = track.values[np.clip(index, 0, len(track.values) - 1)]
        return Track(values.copy(), track.first_s, track.hop_s, track.unit)

    def features(self, features: SoundFeatures) -> JoinedFeatures:
        """All features of the speaker on the joined clock."""
        return JoinedFeatures(
            duration_s=self.duration_s,
            speech=tuple(self.to_joined(span) for span in features.speech),
            speech_probability=self.track(features.speech_probability),
            level=self.track(features.level),
            pitch=self.track(features.pitch),
            hf500=self.track(features.hf500),
            hf1000=self.track(features.hf1000),
            noise_floor_dbfs=features.noise_floor_dbfs,
            interruptions=tuple(
                Interruption(self.to_joined(each.span), each.kind) for each in features.interruptions
            ),
            held=tuple(self._inside(features.held)),
            joints_s=self.joints_s,
        )

    def _inside(self, spans: Iterable[Span]) -> Iterator[Span]:
        """The spans that lie in a stretch by half, on the joined clock: no 嗯 while the other one speaks."""
        for span in spans:
            joined = self.to_joined(span)
            if joined.duration_s > span.duration_s / 2.0:
                yield joined

    def _joined(self, time_s: float) -> float:
        which = max(int(np.searchsorted(self._from, time_s, side="right")) - 1, 0)
        inside = min(max(time_s - float(self._from[which]), 0.0), float(self._lengths[which]))
        return float(self._starts[which]) + inside

    def _call(self, time_s: float, *, ends: bool) -> float:
        which = int(np.searchsorted(self._ends, time_s, side="left" if ends else "right"))
        which = min(which, len(self._ends) - 1)
        inside = min(max(time_s - float(self._starts[which]), 0.0), float(self._lengths[which]))
        return float(self._from[which]) + inside
