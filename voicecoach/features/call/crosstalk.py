"""Whose speech it is: two channels, one a speaker, each of which may hear the other's voice as well.

The gate finds speech in both channels wherever a voice leaks from one into the other (a headset's
cable, an echo of the line). A leak is a copy at a near constant distance in level, so the difference of
the two levels tells the owner. Where somebody speaks it lies near ``high`` (the first one alone) or ``low``
(the second alone), in between where both do::

    difference = level of the first - level of the second, each averaged over 150 ms, less its noise, dB
    first one's own    where difference > low + margin
    second one's own   where difference < high - margin

``low`` and ``high`` are the centres of its outer thirds (:func:`_centres`), so a channel recorded louder does
not matter. The margin follows the spread of the difference beyond the centre, where
only one of them speaks. Constants are our own.

Known failures: a soft 嗯 under a loud voice that leaks strongly is lost; a leak that the line delays by
more than a syllable stands out after the end of a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.frames import frame_mask, run_span, runs
from voicecoach.features.speech import CLOSED_S
from voicecoach.model.audio import Span
from voicecoach.model.spans import union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.features.extract import Gate

SMOOTH_S = 0.150
"""Levels are averaged over this, seconds: about a syllable."""
MARGIN_DB = (3.0, 6.0)
"""Least and most margin: a leak's distance in level varies by less."""
MARGIN_SPREADS = 2.0
"""Margin in spreads (90th percentile of the distance beyond the centre)."""
NOISE_LEFT_DB = -10.0
"""What is left of a channel at its noise floor when the noise is taken off, relative to it."""
LEAST_SEPARATION_DB = 12.0
"""``high - low`` under which the channels do not tell the speakers apart (a leak of -6 dB both ways)."""
SHORTEST_OWN_S = 0.100
"""A shorter stretch of one's own is an edge of the other's."""
SAME_CORRELATION = 0.95
"""Channels that correlate at or above this hold the same sound (a leak of -3 dB both ways)."""

_ROUNDS = 20


def same_sound(first: NDArray[np.float32], second: NDArray[np.float32]) -> bool:
    """Whether two channels, float32 (n,), hold one sound, at whatever gain and polarity."""
    n = min(len(first), len(second))
    powers = float(np.dot(first[:n], first[:n])), float(np.dot(second[:n], second[:n]))
    if min(powers) <= 0.0:
        return False
    return abs(float(np.dot(first[:n], second[:n]))) >= SAME_CORRELATION * float(
        np.sqrt(powers[0] * powers[1])
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ownership:
    """Which frames are whose: bool (n,) of each channel, every ``hop_s`` from the start."""

    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    hop_s: float

    def of_first(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """What of the ordered ``spans`` of the first channel is its own."""
        return _owned(spans, self.first, self.hop_s)

    def of_second(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The same of the second channel."""
        return _owned(spans, self.second, self.hop_s)


def ownership(first: Gate, second: Gate) -> Ownership | None:
    """Whose sound it is, by level; None when the channels do not tell. Both gates are of one recording.

    Where one of the channels holds no speech at all, everything is its own channel's.
    """
    n = min(len(first.level.values), len(second.level.values))
    hop_s = first.level.hop_s
    if not first.speech or not second.speech:
        return Ownership(np.ones(n, dtype=np.bool_), np.ones(n, dtype=np.bool_), hop_s)
    difference = _smooth(first, n) - _smooth(second, n)
    sounding = difference[frame_mask(first.speech, n, hop_s) | frame_mask(second.speech, n, hop_s)]
    low, high = _centres(sounding)
    if high - low < LEAST_SEPARATION_DB:
        return None
    return Ownership(
        difference > low + _margin(low - sounding), difference < high - _margin(sounding - high), hop_s
    )


def _margin(beyond: NDArray[np.float64]) -> float:
    """From the distances beyond a centre, dB; those on its other side are below 0."""
    outer = beyond[beyond >= 0.0]
    spread = float(np.percentile(outer, 90.0)) if len(outer) else 0.0
    return float(np.clip(MARGIN_SPREADS * spread, *MARGIN_DB))


def _smooth(gate: Gate, n: int) -> NDArray[np.float64]:
    """Level, averaged as power, less the noise floor, dBFS, float64 (n,)."""
    width = 2 * round(SMOOTH_S / gate.level.hop_s / 2.0) + 1
    power = 10.0 ** (gate.level.values[:n] / 10.0)
    padded = np.pad(power, width // 2, mode="edge")
    mean: NDArray[np.float64] = np.convolve(padded, np.full(width, 1.0 / width), "valid")
    floor = 1e-12 if gate.noise_floor_dbfs is None else 10.0 ** (gate.noise_floor_dbfs / 10.0)
    left = 10.0 ** (NOISE_LEFT_DB / 10.0) * floor
    decibel: NDArray[np.float64] = 10.0 * np.log10(np.maximum(mean - floor, left))
    return decibel


def _centres(values: NDArray[np.float64]) -> tuple[float, float]:
    """Where the second one alone lies, and the first one alone: medians of the outer thirds.

    Two plain clusters would split what lies between as well, and who talks over another a lot would pull the
    centre of the one who is seldom alone towards the middle.
    """
    low, high = (float(end) for end in np.percentile(values, [2.0, 98.0]))
    for _ in range(_ROUNDS):
        third = (high - low) / 3.0
        lower, upper = values[values < low + third], values[values > high - third]
        if not len(lower) or not len(upper):
            break
        low, high = float(np.median(lower)), float(np.median(upper))
    return low, high


def _owned(spans: Sequence[Span], own: NDArray[np.bool_], hop_s: float) -> tuple[Span, ...]:
    """What of ``spans`` is ``own``; edges that ownership leaves alone are kept exactly."""
    mask = frame_mask(spans, len(own), hop_s) & own
    kept: list[Span] = []
    for run in union((run_span(run, hop_s) for run in runs(mask)), closing_s=CLOSED_S):
        for span in spans:
            left, right = max(span.start_s, run.start_s), min(span.end_s, run.end_s)
            left = span.start_s if abs(left - span.start_s) <= 2.0 * hop_s else left
            right = span.end_s if abs(right - span.end_s) <= 2.0 * hop_s else right
            whole = left == span.start_s and right == span.end_s
            if right > left and (whole or right - left >= SHORTEST_OWN_S):
                kept.append(Span(left, right))
    return tuple(kept)
