"""Mandarin syllables and how far apart they sound, and whether a string is itself a common word.

The cost of hearing one syllable for another: same .02, tone only .15, one pair that speakers and
recognisers confuse (z/zh, c/ch, s/sh, n/l, -n/-ng) .3, else 1. Costs measured on recognised speech
of synthetic voices.

Known failure: a character with several readings gets the one that its phrase suggests.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from voicecoach.errors import EngineError

SAME_SYLLABLE_COST = 0.02
TONE_COST = 0.15
CONFUSED_COST = 0.3
OTHER_COST = 1.0
COMMON_WORD_COUNT = 100
"""Occurrences in the word list's corpus from which a word counts as common."""
WORD_COUNT = 10
"""Occurrences from which a string is a word at all."""
_CHARACTER_LINE = re.compile(rb"^([\xe3-\xe9]..) (\d+) ", re.MULTILINE | re.DOTALL)
_PERSON_LINE = re.compile(rb"^([\xe3-\xe9][^ ]{5,11}) \d+ nr\w*\s*$", re.MULTILINE)
_WORD_LINE = re.compile(rb"^([\xe3-\xe9][^ ]{5,11}) (\d{2,}) ", re.MULTILINE)
_INITIALS = (
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c",
    "s", "y", "w",
)  # fmt: skip
_INITIAL_FOLD = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}


@dataclass(frozen=True, slots=True)
class PinyinSyllable:
    """One unit of text: a Hanzi by its sound, or any other character by itself (``initial`` None)."""

    character: str
    initial: str | None
    final: str
    tone: int

    @property
    def toneless(self) -> str:
        """The syllable without its tone: ``li``."""
        return (self.initial or "") + self.final


def syllables(text: str) -> tuple[PinyinSyllable, ...]:
    """One :class:`PinyinSyllable` a character of ``text``, readings chosen by phrase."""
    from pypinyin import Style, lazy_pinyin

    spoken = lazy_pinyin(text, style=Style.TONE3, errors=list, neutral_tone_with_five=True)  # type: ignore[arg-type]  # any callable of str works
    return tuple(_split(character, reading) for character, reading in zip(text, spoken, strict=True))


@lru_cache(maxsize=8192)
def _split(character: str, reading: str) -> PinyinSyllable:
    if reading == character or not reading[-1:].isdigit():
        return PinyinSyllable(character, None, character, 0)
    body, tone = reading[:-1], int(reading[-1])
    initial = next((start for start in _INITIALS if body.startswith(start)), "")
    return PinyinSyllable(character, initial, body[len(initial) :], tone)


@lru_cache(maxsize=65536)
def syllable_cost(heard: PinyinSyllable, meant: PinyinSyllable) -> float:
    """Cost 0..1 of hearing ``heard`` where ``meant`` was meant."""
    if heard.character == meant.character:
        return 0.0
    if heard.initial is None or meant.initial is None:
        return OTHER_COST
    if heard.toneless == meant.toneless:
        return SAME_SYLLABLE_COST if heard.tone == meant.tone else TONE_COST
    if sound_key(heard) == sound_key(meant):
        return CONFUSED_COST
    return OTHER_COST


@lru_cache(maxsize=8192)
def sound_key(syllable: PinyinSyllable) -> str:
    """The toneless syllable with the confused pairs folded together: zhang and zan are ``zan``."""
    initial = syllable.initial or ""
    final = syllable.final
    return _INITIAL_FOLD.get(initial, initial) + (final.removesuffix("g") if final.endswith("ng") else final)


@lru_cache(maxsize=1)
def _word_counts() -> dict[bytes, bytes]:
    """Words of two to four Hanzi with their counts, from the list that jieba ships.

    Read here instead of through jieba, whose import costs several times as much.
    """
    return dict(_WORD_LINE.findall(_word_list()))


def _word_list() -> bytes:
    """Lines of word, count and part of speech. Raises EngineError when the list is missing."""
    jieba = importlib.util.find_spec("jieba")
    path = Path(jieba.origin).with_name("dict.txt") if jieba and jieba.origin else None
    if path is None or not path.is_file():
        raise EngineError("word-list-missing")
    return path.read_bytes()


@lru_cache(maxsize=1)
def _character_counts() -> dict[bytes, bytes]:
    return dict(_CHARACTER_LINE.findall(_word_list()))


@lru_cache(maxsize=1)
def _persons() -> frozenset[bytes]:
    return frozenset(_PERSON_LINE.findall(_word_list()))


def character_count(character: str) -> int:
    """How often one Hanzi occurs as a word by itself in the word list's corpus.

    Raises EngineError when the word list is missing.
    """
    return int(_character_counts().get(character.encode(), b"0"))


def is_person(word: str) -> bool:
    """Whether the word list takes ``word`` for a person's name. Raises EngineError when it is missing."""
    return word.encode() in _persons()


def word_count(word: str) -> int:
    """How often ``word`` (two to four Hanzi) occurs in the word list's corpus, 0 below :data:`WORD_COUNT`.

    Raises EngineError when the word list is missing.
    """
    return int(_word_counts().get(word.encode(), b"0"))


def is_common_word(text: str) -> bool:
    """Whether ``text`` is itself a word in common use."""
    return word_count(text) >= COMMON_WORD_COUNT


def is_word(text: str) -> bool:
    """Whether ``text`` is a word of Mandarin, common or not."""
    return word_count(text) >= WORD_COUNT
