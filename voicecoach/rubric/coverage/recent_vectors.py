"""The vectors of what was encoded last: two parts of the engine look at the same stretches of one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.ports import SentenceEncoder

MOST: Final = 2048
"""Sentences that are remembered, some answers of two minutes; in memory only."""


class RecentVectors:
    """An encoder that does not work out again what it was asked a moment ago. Safe between threads."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """As the encoder behind it: float32 (len(sentences), d). Raises EngineError."""
        known = self._known
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if not sentences or len(new) == len(sentences):
            vectors = self._encoder.encode(sentences)
            self._keep(known, dict(zip(sentences, vectors, strict=True)))
            return vectors
        fresh = dict(zip(new, self._encoder.encode(new), strict=True)) if new else {}
        self._keep(known, fresh)
        return np.stack([fresh[each] if each in fresh else known[each] for each in sentences])

    def _keep(self, known: dict[str, NDArray[np.float32]], fresh: dict[str, NDArray[np.float32]]) -> None:
        """Remember ``fresh`` beside ``known``, or instead of it; a dictionary in use is never changed."""
        if fresh:
            self._known = fresh if len(known) + len(fresh) > MOST else {**known, **fresh}
