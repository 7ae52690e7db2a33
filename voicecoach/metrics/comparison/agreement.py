"""How far two judges agree: a person and the program, or two people.

===============  ==============================================================================
exact            share of items with the same mark, 0..1
kappa            (p_o - p_e) / (1 - p_e), agreement beyond chance (Cohen, 1960), -1..1
quadratic kappa  1 - sum(w O) / sum(w E), w = squared distance of the marks (Cohen, 1968): a
                 maybe is half right
MAE              mean absolute difference, in the unit of the figure
bias             mean of second minus first, in the unit of the figure
===============  ==============================================================================

What has no answer is None, never NaN: kappa where both judges gave all items one and the same mark, anything
of no items. Correlations and intervals: :mod:`voicecoach.metrics.comparison.statistics`.

Known failure: with rare marks kappa is low although nearly all items agree (Feinstein and Cicchetti,
1990); read it beside the exact share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.metrics.comparison.statistics import Values


def exact_agreement(first: Values, second: Values) -> float | None:
    """The share 0..1 of equal marks; None without items."""
    return float(np.mean(first == second)) if len(first) else None


def confusion(first: Values, second: Values, categories: Sequence[float]) -> NDArray[np.int64]:
    """Counts int64 (k, k): row = mark of the first judge, column = of the second.

    Raises ValueError for a mark that is none of the ``categories``, which must rise.
    """
    levels = np.asarray(categories, dtype=np.float64)
    rows, columns = (np.searchsorted(levels, values) for values in (first, second))
    n = len(levels)
    for places, values in ((rows, first), (columns, second)):
        if not np.array_equal(levels[np.minimum(places, n - 1)], values):
            msg = f"marks must be among {list(categories)}, got {sorted(set(values.tolist()))}"
            raise ValueError(msg)
    return np.bincount(rows * n + columns, minlength=n * n).reshape(n, n).astype(np.int64)


def cohen_kappa(
    first: Values, second: Values, *, categories: Sequence[float], quadratic: bool = False
) -> float | None:
    """Cohen's kappa; ``quadratic`` weighs a disagreement by the squared distance of the two marks.

    None where chance alone leaves no disagreement: no items, or all of one mark by both judges.
    Raises ValueError for a mark that is none of the ``categories``, which must rise.
    """
    counts = confusion(first, second, categories).astype(np.float64)
    total = counts.sum()
    if total == 0:
        return None
    levels = np.asarray(categories, dtype=np.float64)
    apart = np.subtract.outer(levels, levels)
    weights = apart**2 if quadratic else (apart != 0).astype(np.float64)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    by_chance = float((weights * expected).sum())
    if by_chance == 0.0:
        return None
    return 1.0 - float((weights * counts).sum()) / by_chance


def mean_absolute_error(first: Values, second: Values) -> float | None:
    """Mean of ``|second - first|``, in the unit of the values; None without items."""
    return float(np.mean(np.abs(second - first))) if len(first) else None


def bias(first: Values, second: Values) -> float | None:
    """Mean of ``second - first``, in the unit of the values; None without items."""
    return float(np.mean(second - first)) if len(first) else None
