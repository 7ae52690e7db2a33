"""Marks of two judges, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARKS = (0.0, 0.5, 1.0)
NONE = np.zeros(0)


def of(*values: float) -> NDArray[np.float64]:
    """The values as an array."""
    return np.asarray(values, dtype=np.float64)


def made(seed: int, n: int = 200) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A person's marks, and those of a judge who agrees with two in three of them."""
    rng = np.random.default_rng(seed)
    person = rng.choice(MARKS, n, p=[0.3, 0.2, 0.5])
    return person, np.where(rng.random(n) < 2 / 3, person, rng.choice(MARKS, n))
