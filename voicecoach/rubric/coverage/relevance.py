"""Does the answer belong to this prompt at all?

``share`` is the mean over the windows of the best head of the prompt. Low, it makes every find doubtful (an
answer about something else brushes past a point now and then). Whether the answer as a
whole speaks to this prompt rather than to the others of the library is asked in :mod:`.topic`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL_SHARE = 0.35
"""Share from which finds are taken at their word (median of answers to the prompt asked: .48)."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much of an answer speaks to a prompt: ``share`` 0..1."""

    share: float

    def below(self) -> float:
        """How far the share is below :data:`FULL_SHARE`, as a number of at most 0."""
        return min(0.0, self.share - FULL_SHARE)


def relevance(scores: NDArray[np.float64]) -> Relevance:
    """Of head scores float64 (n_windows, n_points)."""
    if not scores.size:
        return Relevance(0.0)
    clipped = np.clip(scores, 0.0, 1.0)
    return Relevance(float(clipped.max(axis=1).mean()))
