"""What sentences share in plain wording: weighed characters and pairs of characters (words in English).

The second half of the kernel in ``voicecoach.rubric.coverage.vectors``: sentence vectors blur the one noun
that tells two points of a prompt apart (仓库, 主管, 密码), wording does not. Rare wording weighs more
(inverse document frequency, Spärck Jones, 1972, over the sentences of the prompt).

Known failure: a synonym shares nothing here; the sentence vectors are there for that.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.rubric.text.spoken import STRONG, WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language

FLOOR = 0.3
"""Least weight of wording that every sentence has."""
STRANGE = 0.3
"""Share of the highest weight that wording unknown to the prompt gets: it lengthens, and matches nothing."""
_ZH_EMPTY = frozenset("的了我你您他她它们吗呢吧啊嘛呀 ")
_EN_EMPTY_WORDS = "a an the i you he she it they we to of and is are be was in on at my your his her"
_EN_EMPTY = frozenset(_EN_EMPTY_WORDS.split())
_EN_WORD = re.compile(r"[a-z0-9']+")


def pieces(sentence: str, *, language: Language) -> frozenset[str]:
    """The characters (words) and neighbouring pairs of ``sentence``; pairs never cross a mark."""
    if language == "en":
        words = _EN_WORD.findall(sentence)
        pairs = {f"{left} {right}" for left, right in pairwise(words)}
        return frozenset({word for word in words if word not in _EN_EMPTY} | pairs)
    marks = WEAK + STRONG
    singles = {character for character in sentence if character not in _ZH_EMPTY and character not in marks}
    pairs = {left + right for left, right in pairwise(sentence) if left not in marks and right not in marks}
    return frozenset(singles | pairs)


class Wording:
    """Vectors of wording, weighed by how rare it is in ``sentences``."""

    def __init__(self, sentences: Sequence[str], *, language: Language) -> None:
        self._language: Language = language
        counts: Counter[str] = Counter()
        for sentence in sentences:
            counts.update(pieces(sentence, language=language))
        ordered = sorted(counts)
        self._column = {piece: index for index, piece in enumerate(ordered)}
        n = len(sentences)
        self._weights = np.array(
            [math.log((1 + n) / (1 + counts[piece])) + FLOOR for piece in ordered], dtype=np.float32
        )
        self._strange = STRANGE * float(self._weights.max(initial=0.0)) ** 2

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors float32 (n, d) of length at most 1 (less by what the prompt does not know)."""
        weighted = np.zeros((len(sentences), len(self._column)), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            own = pieces(sentence, language=self._language)
            known = [self._column[piece] for piece in own if piece in self._column]
            weighted[row, known] = self._weights[known]
            length = math.sqrt(float(weighted[row] @ weighted[row]) + self._strange * (len(own) - len(known)))
            weighted[row] /= max(length, 1e-6)
        return weighted
