"""Where a cue phrase was said, in pinyin space (Mandarin) or letter by letter (English).

Mandarin: every alignment without gaps is weighed by ``pinyin.syllable_cost``; a hit costs at most
:data:`MAX_COST` for the cue's length. A fuzzy hit of two or three characters is dropped when what was
heard is itself a common word (合适 is not 核实). English: words in a row, each within a small edit
distance.

Known failure: words put between the characters of a cue (理解一下您的心情) hide it; the exemplars
are there for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Levenshtein

from voicecoach.rubric.text.pinyin import OTHER_COST, PinyinSyllable, is_common_word, syllable_cost, syllables
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language

MAX_COST = {1: 0.0, 2: 0.17, 3: 0.35, 4: 0.6, 5: 0.7}
"""Highest cost of a hit by the cue's length in characters (measured, see ``docs/rubric.md``)."""
MAX_COST_LONGER = 1.0
COMMON_WORD_LENGTHS = (2, 3)
"""Fuzzy hits of these lengths are checked against the word list."""
EDIT_SHARE_EN = 0.25
"""Edits a word may have, as a share of its letters (rounded down): recognised English slips little."""
_EN_WORD = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue heard at ``[start, end)`` of the cleaned text; ``cost`` 0 is verbatim."""

    cue: str
    start: int
    end: int
    cost: float


class CueMatcher:
    """Finds cues in one cleaned text; the sounds of the text are worked out once."""

    def __init__(self, text: str, *, language: Language) -> None:
        self._text = text
        self._language = language
        self._heard: tuple[PinyinSyllable, ...] = syllables(text) if language == "zh" else ()
        self._words = [(match[0], match.start(), match.end()) for match in _EN_WORD.finditer(text)]
        self._kinds = list(dict.fromkeys(self._heard))
        numbers = {syllable: number for number, syllable in enumerate(self._kinds)}
        self._kind_of = np.array([numbers[syllable] for syllable in self._heard], dtype=np.int64)
        self._rows: dict[PinyinSyllable, NDArray[np.float64]] = {}

    def hits(self, cues: Sequence[str]) -> tuple[CueHit, ...]:
        """All hits of all ``cues``, by start."""
        find = self._mandarin if self._language == "zh" else self._english
        hits = [hit for cue in cues for hit in find(cue)]
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.cue)))

    def _row(self, meant: PinyinSyllable) -> NDArray[np.float64]:
        """The cost of ``meant`` at every character of the text, float64 (n,)."""
        row = self._rows.get(meant)
        if row is None:
            row = np.array([syllable_cost(heard, meant) for heard in self._kinds], dtype=np.float64)[
                self._kind_of
            ]
            self._rows[meant] = row
        return row

    def _mandarin(self, cue: str) -> list[CueHit]:
        meant = _cue_syllables(cue)
        n_starts = len(self._heard) - len(meant) + 1
        if not meant or n_starts < 1:
            return []
        costs = np.zeros(n_starts)
        for index, syllable in enumerate(meant):
            costs += self._row(syllable)[index : index + n_starts]
        limit = MAX_COST.get(len(meant), MAX_COST_LONGER)
        hits = []
        for start in np.flatnonzero(costs <= limit + 1e-9):
            end = int(start) + len(meant)
            if costs[start] > 0.0 and not self._plausible(meant, int(start), end):
                continue
            hits.append(CueHit(cue, int(start), end, float(costs[start])))
        return hits

    def _plausible(self, meant: tuple[PinyinSyllable, ...], start: int, end: int) -> bool:
        """A fuzzy hit must keep half its sounds, and must not be a common word of its own."""
        strange = sum(
            syllable_cost(h, m) >= OTHER_COST for h, m in zip(self._heard[start:end], meant, strict=True)
        )
        if strange:
            return len(meant) >= max(MAX_COST) + 1
        return not (len(meant) in COMMON_WORD_LENGTHS and is_common_word(self._text[start:end]))

    def _english(self, cue: str) -> list[CueHit]:
        meant = _EN_WORD.findall(cue.lower())
        hits = []
        for first in range(len(self._words) - len(meant) + 1):
            heard = self._words[first : first + len(meant)]
            edits = [
                Levenshtein.distance(word, wanted) for (word, _, _), wanted in zip(heard, meant, strict=True)
            ]
            if meant and all(
                n <= int(len(word) * EDIT_SHARE_EN) for n, word in zip(edits, meant, strict=True)
            ):
                cost = sum(edits) / sum(map(len, meant))
                hits.append(CueHit(cue, heard[0][1], heard[-1][2], cost))
        return hits


@lru_cache(maxsize=8192)
def _cue_syllables(cue: str) -> tuple[PinyinSyllable, ...]:
    return syllables(SpokenText.from_text(cue).clean().text)
