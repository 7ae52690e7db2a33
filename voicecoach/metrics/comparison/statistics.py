"""Statistics on plain values: intervals of shares and of any figure, correlations.

=========  ==============================================================================
Wilson     the 95 % score interval of a share (Wilson, 1927)
Pearson    linear correlation, -1..1
Spearman   Pearson's of the ranks, ties at their mean rank (Spearman, 1904), -1..1
bootstrap  the percentile interval over items drawn again (Efron, 1979), seeded
=========  ==============================================================================

What has no answer is None, never NaN: a correlation where one side is constant, anything of too few items.

The closed form of Wilson's interval stands here, tested against ``scipy.stats``, because importing that takes
half a second, which a command that only prints a share would feel.

Known failure: the bootstrap takes items as independent; several answers of one speaker make its interval too
narrow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

Z_95: Final = 1.959963984540054
"""Quantile .975 of the normal distribution."""
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


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson, 1927); (0, 1) for n = 0.

    Raises ValueError unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        msg = f"0 <= hits <= n is needed, got {hits} of {n}"
        raise ValueError(msg)
    if n == 0:
        return 0.0, 1.0
    share, z2_n = hits / n, Z_95**2 / n
    middle = share + z2_n / 2
    half = math.sqrt(z2_n * (share * (1 - share) + z2_n / 4))
    low, high = (middle - half) / (1 + z2_n), (middle + half) / (1 + z2_n)
    return (0.0 if hits == 0 else low), (1.0 if hits == n else high)


def pearson(first: Values, second: Values) -> float | None:
    """Linear correlation -1..1; None below :data:`CORRELATED_SHORTEST` items or where one is constant."""
    if len(first) < CORRELATED_SHORTEST or _constant(first) or _constant(second):
        return None
    left, right = first - first.mean(), second - second.mean()
    left, right = left / np.linalg.norm(left), right / np.linalg.norm(right)
    return float(np.clip(left @ right, -1.0, 1.0))


def spearman(first: Values, second: Values) -> float | None:
    """Rank correlation -1..1, equal values at the mean of their ranks; None as :func:`pearson`."""
    from scipy.stats import rankdata

    return pearson(rankdata(first), rankdata(second))


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
    drawn_values: list[float] = []
    for _ in range(n_boot if len(first) else 0):
        drawn = rng.integers(0, len(first), len(first))
        value = statistic(first[drawn], second[drawn])
        if value is not None:
            drawn_values.append(value)
    if not drawn_values or len(drawn_values) < DEFINED_SHARE * n_boot:
        return None
    low, high = np.quantile(drawn_values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _constant(values: NDArray[Any]) -> bool:
    return bool((values == values[0]).all())
