"""Mend what a recogniser misheard as a non-word: 到谦 reads 道歉 where the prompt speaks of 道歉.

Sentence vectors go by characters, so one wrong homophone costs them the meaning. Two or three
characters in a row are replaced when they are no word of Mandarin, sound like characters of the prompt's own
cues or exemplars, and those are a word. The length stays, so offsets and times stay.

Known failure: a homophone that is itself a word (人为 for 认为) stays; so does one the prompt never uses.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from voicecoach.rubric.text.pinyin import is_common_word, is_word, sound_key, syllable_cost, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voicecoach.rubric.text.pinyin import PinyinSyllable

MAX_MEND_COST = 0.35
"""Highest cost (``pinyin.syllable_cost``) of a string that is taken for a misheard one."""
LENGTHS = (3, 2)
"""Characters that are mended together, longest first."""


class Lexicon:
    """The strings of two and three Hanzi in some texts, by their sound."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        sound_of: dict[str, tuple[PinyinSyllable, ...]] = {}
        for text in texts:
            sounds = syllables(text)
            for length in LENGTHS:
                for start in range(len(text) - length + 1):
                    part = sounds[start : start + length]
                    if all(syllable.initial is not None for syllable in part):
                        piece = text[start : start + length]
                        counts[piece] += 1
                        sound_of.setdefault(piece, part)
        self._known = frozenset(counts)
        self._by_sound: dict[tuple[str, ...], list[tuple[str, tuple[PinyinSyllable, ...], int]]] = {}
        for piece, part in sound_of.items():
            self._by_sound.setdefault(_key(part), []).append((piece, part, counts[piece]))

    def mend(self, text: str) -> str:
        """``text`` with misheard non-words replaced; the same length."""
        sounds = syllables(text)
        mended = list(text)
        done = [False] * len(text)
        for length in LENGTHS:
            for start in range(len(text) - length + 1):
                piece = text[start : start + length]
                if any(done[start : start + length]) or piece in self._known:
                    continue
                meant = self._meant(piece, sounds[start : start + length])
                if meant and not _breaks_word(text, start, start + length):
                    mended[start : start + length] = meant
                    done[start : start + length] = [True] * length
        return "".join(mended)

    def _meant(self, piece: str, sounds: tuple[PinyinSyllable, ...]) -> str | None:
        """The word of the prompt nearest in sound to ``piece``; None when there is none."""
        candidates = self._by_sound.get(_key(sounds), ())
        if not candidates or is_word(piece):
            return None
        words = [(_cost(sounds, meant), -count, word) for word, meant, count in candidates if is_word(word)]
        cost, _, word = min(words, default=(MAX_MEND_COST + 1.0, 0, ""))
        return word if cost <= MAX_MEND_COST else None


def _cost(heard: tuple[PinyinSyllable, ...], meant: tuple[PinyinSyllable, ...]) -> float:
    return sum(syllable_cost(said, wanted) for said, wanted in zip(heard, meant, strict=True))


def _breaks_word(text: str, start: int, end: int) -> bool:
    """Whether a common word reaches across an end of ``[start, end)``: 他｜说一｜下 holds 一下."""
    across = [(start - 1, start + 1), (start - 2, start + 1), (start - 1, start + 2)]
    across += [(end - 1, end + 1), (end - 2, end + 1), (end - 1, end + 2)]
    return any(left >= 0 and is_common_word(text[left:right]) for left, right in across)


def _key(sounds: tuple[PinyinSyllable, ...]) -> tuple[str, ...]:
    return tuple(sound_key(syllable) for syllable in sounds)
