"""Where words, clauses and sentences end, so that no rule reads a word out of the middle of others.

卖订单 in 拍卖订单, 什么问 in 什么问题 and 活该 in 生活该有 are no words of the speaker. The likeliest cut of
the characters around a place decides, by the word list of :mod:`voicecoach.rubric.text.pinyin`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from voicecoach.rubric.text.pinyin import word_count
from voicecoach.rubric.text.spoken import STRONG, WEAK

_REACH: Final = 5
"""Characters on either side of a place that decide how it is cut."""
_LONGEST: Final = 4
"""Characters of the longest word that the list holds."""
_ALL: Final = 60_000_000
"""Occurrences of all words of the list together."""
_SINGLE: Final = -9.0
"""Log share of a character that stands alone: two of them weigh as much as a word counted once."""
_HAN: Final = ("\u4e00", "\u9fff")


@lru_cache(maxsize=16384)
def cuts_word(text: str, at: int) -> bool:
    """Whether the boundary before ``text[at]`` runs through a word of two to four Hanzi."""
    if not 0 < at < len(text) or not (_is_han(text[at - 1]) and _is_han(text[at])):
        return False
    first = at
    while first > max(0, at - _REACH) and _is_han(text[first - 1]):
        first -= 1
    last = at
    while last < min(len(text), at + _REACH) and _is_han(text[last]):
        last += 1
    return _runs_through(text[first:last], at - first)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around ``[start, end)``, without its mark."""
    first = text.rfind(STRONG, 0, start) + 1
    last = text.find(STRONG, end)
    return first, last if last >= 0 else len(text)


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around ``[start, end)``, without its marks."""
    marks = WEAK + STRONG
    first = max((text.rfind(mark, 0, start) for mark in marks), default=-1) + 1
    last = min((at for mark in marks if (at := text.find(mark, end)) >= 0), default=len(text))
    return first, last


def neighbours(text: str, start: int, end: int, *, reach: int) -> tuple[int, int]:
    """The clause around ``[start, end)`` and ``reach`` clauses on either side of it."""
    first, last = clause(text, start, end)
    for _ in range(reach):
        first, _ = clause(text, max(first - 1, 0), max(first - 1, 0))
        _, last = clause(text, min(last + 1, len(text)), min(last + 1, len(text)))
    return first, last


def _runs_through(run: str, at: int) -> bool:
    """Whether the likeliest cut of ``run`` into words leaves ``at`` inside a word."""
    best = [0.0] + [-math.inf] * len(run)
    came_from = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST), end):
            weight = best[start] + _weight(run[start:end])
            if weight > best[end]:
                best[end], came_from[end] = weight, start
    end = len(run)
    while end > at:
        end = came_from[end]
    return end != at


def _weight(word: str) -> float:
    if len(word) == 1:
        return _SINGLE
    count = word_count(word)
    return math.log(count / _ALL) if count else -math.inf


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]
