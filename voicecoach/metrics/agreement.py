"""How far two judges agree: a person and the program, or two people.

===============  ==============================================================================
exact            share of items with the same mark, 0..1
kappa            (p_o - p_e) / (1 - p_e), agreement beyond chance (Cohen, 1960), -1..1
quadratic kappa  1 - sum(w O) / sum(w E), w = squared distance of the marks (Cohen, 1968): a
                 maybe is half right
MAE              mean absolute difference, in the unit of the figure
bias             mean of second minus first, in the unit of the figure
Pearson          linear correlation, -1..1
Spearman         Pearson's of the ranks, ties at their mean rank (Spearman, 1904), -1..1
interval         percentile bootstrap over items (Efron, 1979), seeded
===============  ==============================================================================

What has no answer is None, never NaN: kappa where both judges gave all items one and the same mark, a
correlation where one of them did, anything of too few items.

Known failure: with rare marks kappa is low although nearly all items agree (Feinstein and Cicchetti,
1990); read it beside the exact share. The bootstrap takes items as independent: several answers of one
speaker make its interval too narrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

N_BOOT: Final = 1000
"""Resamples of the bootstrap."""
LEVEL: Final = 0.95
"""Share of the resamples inside the interval."""
DEFINED_SHARE: Final = 0.5
"""Share of resamples that must have a figure; below it there is no interval."""
CORRELATED_SHORTEST: Final = 3
"""Items from which a correlation says anything: two points always lie on a line."""


class Statistic(Protocol):
    """Of two arrays float64 (n,) to a figure; None where it is not defined."""

    def __call__(self, first: Values, second: Values, /) -> float | None:
        """The figure of these items."""
        ...


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


def pearson(first: Values, second: Values) -> float | None:
    """Linear correlation -1..1; None below :data:`CORRELATED_SHORTEST` items or where one is constant."""
    if len(first) < CORRELATED_SHORTEST or _constant(first) or _constant(second):
        return None
    left, right = first - first.mean(), second - second.mean()
    left, right = left / np.linalg.norm(left), right / np.linalg.norm(right)
    return float(np.clip(left @ right, -1.0, 1.0))


def spearman(first: Values, second: Values) -> float | None:
    """Rank correlation -1..1; None as :func:`pearson`."""
    return pearson(ranks(first), ranks(second))


def ranks(values: Values) -> Values:
    """Ranks float64 (n,) from 1, equal values at the mean of their ranks."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(values) else np.zeros(0, int)
    ends = np.r_[starts[1:], len(values)]
    result = np.empty(len(values))
    result[order] = np.repeat((starts + ends + 1) / 2, ends - starts)
    return result


def bootstrap(
    statistic: Statistic,
    first: Values,
    second: Values,
    *,
    n_boot: int = N_BOOT,
    seed: int = 0,
    level: float = LEVEL,
) -> tuple[float, float] | None:
    """The percentile interval of ``statistic`` over items drawn again with replacement.

    The same seed gives the same interval. Resamples without a figure are left out; None where they are
    more than half, or without items or resamples.
    """
    rng = np.random.default_rng(seed)
    found: list[float] = []
    for _ in range(n_boot if len(first) else 0):
        drawn = rng.integers(0, len(first), len(first))
        value = statistic(first[drawn], second[drawn])
        if value is not None:
            found.append(value)
    if not found or len(found) < DEFINED_SHARE * n_boot:
        return None
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _constant(values: NDArray[Any]) -> bool:
    return bool((values == values[0]).all())
