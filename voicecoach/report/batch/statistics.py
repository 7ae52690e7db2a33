"""Figures of many recordings: shares with their interval, means, and histograms over a band.

=================  ================================================================================
share              hits / n
interval           (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) with z = 1.96, the score interval
                   (Wilson, 1927); it stays inside 0..1 and says something even of 0 of n
quantiles          linear between the order statistics (Hyndman & Fan, 1996, type 7)
=================  ================================================================================

Known failure: the interval takes points as independent; several points of one speaker are not, so that of a
speaker or prompt is too narrow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.report.figures import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.model.assessment import Band

N_BINS: Final = 24
OUTER_PERCENTILES: Final = (1.0, 99.0)
"""A histogram spans these percentiles; what lies beyond stands in its end bars."""
FEWEST_WHOLE: Final = 9
"""A histogram of whole numbers shows at least so many of them."""
MARGIN: Final = 0.04
"""A histogram shows this share of its width beyond its limits."""


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``n`` with the 95 % interval ``low``..``high``, shares 0..1; all 0..1 wide for n = 0."""

    hits: int
    n: int
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, n: int) -> Share:
        """The share with its interval. Raises ValueError unless 0 <= hits <= n."""
        return cls(hits, n, *wilson(hits, n))

    @property
    def value(self) -> float | None:
        """``hits`` / ``n``; None without any."""
        return self.hits / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``start`` and ``width`` are shares of the graph's width, ``height`` of the tallest bar.

    ``low``, ``high``: its limits in the unit of the figure.
    """

    low: float
    high: float
    n: int
    start: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars over the green and amber areas of a band; ``n_outside`` values stand in the end bars.

    ``whole``: every bar is one whole number, in its middle.
    """

    low: float
    high: float
    bars: tuple[Bar, ...]
    zones: tuple[Zone, ...]
    n_outside: int
    whole: bool


def histogram(values: Sequence[float], band: Band | None, *, ceiling: float = math.inf) -> Histogram:
    """The distribution of at least one value, the band's finite green limits always in sight.

    ``ceiling``: no value can be larger, so nothing is drawn above it (nor below 0 where nothing is).
    """
    known = np.asarray(values, dtype=np.float64)
    low, high = (float(v) for v in np.percentile(known, OUTER_PERCENTILES))
    for limit in () if band is None else band.green:
        if limit is not None:
            low, high = min(low, limit), max(high, limit)
    counted = bool(np.all(known == np.round(known))) and ceiling > FEWEST_WHOLE
    whole = counted and high - low < N_BINS - 1
    if whole:
        low, high = _whole_limits(low, high, floor=0.0 if known.min() >= 0 else -math.inf)
        n_bins = round(high - low)
    else:
        margin = MARGIN * (high - low) or max(abs(high), 1.0) * MARGIN
        floor = 0.0 if known.min() >= 0 else -math.inf
        low, high, n_bins = max(low - margin, floor), high + margin, N_BINS
        if known.max() <= ceiling:
            high = min(high, ceiling)
    edges = np.linspace(low, high, n_bins + 1)
    counts, _ = np.histogram(np.clip(known, low, high), edges)
    tallest, width = int(counts.max()), 1.0 / n_bins
    bars = tuple(
        Bar(float(edges[i]), float(edges[i + 1]), int(n), i * width, width, int(n) / tallest)
        for i, n in enumerate(counts)
        if n
    )
    n_outside = int(np.sum((known < low) | (known > high)))
    limits = edges if whole or band is None else _limits(band)
    zones = () if band is None else _zones(band, low, high, limits)
    return Histogram(low, high, bars, zones, n_outside, whole)


def _whole_limits(low: float, high: float, *, floor: float) -> tuple[float, float]:
    """Limits half a step outside of whole numbers, with room for at least :data:`FEWEST_WHOLE`."""
    first, last = math.floor(low), math.ceil(high)
    lacking = max(FEWEST_WHOLE - (last - first + 1), 0)
    first = max(first - lacking // 2, math.floor(max(floor, first - lacking)))
    return first - 0.5, max(last, first + FEWEST_WHOLE - 1) + 0.5


def _limits(band: Band) -> list[float]:
    return [limit for limit in (*band.green, *band.amber) if limit is not None]


def _zones(band: Band, low: float, high: float, limits: Iterable[float]) -> tuple[Zone, ...]:
    """The green and amber areas between ``low`` and ``high``, parted at ``limits``, neighbours joined."""
    zones: list[Zone] = []
    for start, stop in pairwise(sorted({low, high, *(limit for limit in limits if low < limit < high)})):
        verdict = band.verdict((start + stop) / 2)
        at, width = (start - low) / (high - low), (stop - start) / (high - low)
        last = zones[-1] if zones else None
        if last is not None and last.verdict == verdict:
            zones[-1] = Zone(verdict, last.start, last.width + width)
        else:
            zones.append(Zone(verdict, at, width))
    return tuple(zone for zone in zones if zone.verdict != "red")


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile of at least one value, linear between neighbours."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))
