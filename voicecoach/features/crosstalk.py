"""Whose speech it is: two channels, one a speaker, each of which may hear the other's voice as well.

The gate finds speech in both channels wherever a voice leaks from one into the other (a headset's
cable, an echo of the line). A leak is a copy at a near constant distance in level, so the difference of
the two levels tells the owner. Where somebody speaks it lies near ``high`` (the first one alone) or ``low``
(the second alone), in between where both do::

    difference = level of the first - level of the second, each averaged over 150 ms, dB
    first one's own    where difference > low + MARGIN
    second one's own   where difference < high - MARGIN

``low`` and ``high`` are the centres of two clusters of the difference (k-means, Lloyd 1982), so a channel
recorded louder does not matter. Constants are our own.

Known failures: a soft 嗯 under a loud voice that leaks strongly is lost; a leak that the line delays by
more than a syllable stands out after the end of a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.speech import CLOSED_S
from voicecoach.model.audio import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.features.extract import Gate

SMOOTH_S = 0.150
"""Levels are averaged over this, seconds: about a syllable."""
MARGIN_DB = 6.0
"""A leak's distance in level varies by less than this."""
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


def own_speech(first: Gate, second: Gate) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """The speech of each channel that is its own speaker's; None when the channels do not tell.

    Both gates are of one recording. A channel without speech leaves the other's as it is.
    """
    if not first.speech or not second.speech:
        return first.speech, second.speech
    n = min(len(first.level.values), len(second.level.values))
    difference = _smooth(first, n) - _smooth(second, n)
    mine, theirs = _mask(first, n), _mask(second, n)
    low, high = _centres(difference[mine | theirs])
    if high - low < LEAST_SEPARATION_DB:
        return None
    return (
        _owned(first, mine & (difference > low + MARGIN_DB)),
        _owned(second, theirs & (difference < high - MARGIN_DB)),
    )


def _smooth(gate: Gate, n: int) -> NDArray[np.float64]:
    """Level, averaged as power, dBFS, float64 (n,)."""
    width = 2 * round(SMOOTH_S / gate.level.hop_s / 2.0) + 1
    power = 10.0 ** (gate.level.values[:n] / 10.0)
    padded = np.pad(power, width // 2, mode="edge")
    mean: NDArray[np.float64] = np.convolve(padded, np.full(width, 1.0 / width), "valid")
    return 10.0 * np.log10(np.maximum(mean, 1e-12))


def _mask(gate: Gate, n: int) -> NDArray[np.bool_]:
    mask = np.zeros(n, dtype=np.bool_)
    for span in gate.speech:
        mask[round(span.start_s / gate.level.hop_s) : round(span.end_s / gate.level.hop_s) + 1] = True
    return mask


def _centres(values: NDArray[np.float64]) -> tuple[float, float]:
    """The centres of two clusters, lower and higher."""
    low, high = (float(end) for end in np.percentile(values, [2.0, 98.0]))
    for _ in range(_ROUNDS):
        upper = values > (low + high) / 2.0
        if upper.all() or not upper.any():
            break
        low, high = float(np.median(values[~upper])), float(np.median(values[upper]))
    return low, high


def _owned(gate: Gate, mask: NDArray[np.bool_]) -> tuple[Span, ...]:
    """The speech of ``gate`` where ``mask`` is true; edges that the mask leaves alone are kept exactly."""
    hop_s = gate.level.hop_s
    steps = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    runs: list[tuple[float, float]] = []
    for start, stop in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        start_s, end_s = (float(start) - 0.5) * hop_s, (float(stop) - 0.5) * hop_s
        if runs and start_s - runs[-1][1] < CLOSED_S:
            runs[-1] = (runs[-1][0], end_s)
        else:
            runs.append((start_s, end_s))
    return _within(gate.speech, [run for run in runs if run[1] - run[0] >= SHORTEST_OWN_S], hop_s)


def _within(speech: Sequence[Span], runs: Sequence[tuple[float, float]], hop_s: float) -> tuple[Span, ...]:
    found: list[Span] = []
    for start_s, end_s in runs:
        for span in speech:
            left, right = max(span.start_s, start_s), min(span.end_s, end_s)
            left = span.start_s if abs(left - span.start_s) <= 2.0 * hop_s else left
            right = span.end_s if abs(right - span.end_s) <= 2.0 * hop_s else right
            if right > left and not (found and left < found[-1].end_s):
                found.append(Span(left, right))
    return tuple(found)
