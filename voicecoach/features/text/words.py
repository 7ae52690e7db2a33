"""Transcript to spoken syllables and word times.

Mandarin: one Hanzi is one syllable; figures, signs and Latin letters are read out first
(:mod:`voicecoach.features.text.reading`); punctuation never counts; the 儿 of 儿化 (一会儿, 哪儿) merges with
the syllable before it, that of 儿子 and 女儿 does not. English: by rule, see
:mod:`voicecoach.features.text.english`.

All counting runs over the joined text, so how a recogniser cuts its words changes nothing. The time of a
syllable is an even share of its word's time: good for telling which stretch of speech it belongs to, not
for measuring a sound. Word times never define a pause.

Latin letters inside Mandarin: capitals of up to four letters and known abbreviations are spelled, one
syllable a letter (JD 2, KPI 3, VIP 3), W being three (达不溜). APP, however written, is taken as spelled
(A-P-P, 3); speakers who say it as the English word say one less or two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from voicecoach.features.text.english import ABBREVIATIONS, english_syllables, read_out_english
from voicecoach.features.text.reading import Reading, read_out
from voicecoach.model.audio import Span
from voicecoach.model.spans import parts
from voicecoach.model.transcript import Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from voicecoach.model.transcript import Language

LONGEST_SPELLED = 4
"""Capitals up to so many letters are spelled (KPI); longer ones are words."""

_HANZI = r"[㐀-䶿一-鿿〇]"
_ENGLISH_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_TOKEN = re.compile(rf"{_HANZI}|{_ENGLISH_TOKEN.pattern}")
_CAPITALS_SAID_AS_WORDS = frozenset(
    {"NASA", "SAAS", "WIFI", "ZARA", "IKEA", "NIKE", "UBER", "GO", "NO", "HI"}
)
_LETTERS_OF_W = ("da", "bu", "liu")

_ER_WORD_BEFORE = frozenset("女婴幼少孤胎健宠男生育托血患弃产乳")
_ER_WORD_AFTER = frozenset("子童媳科歌孙")
_ER_STEMS = frozenset("会哪这那点事玩块下头劲味样活空天伙们份")

_CLAUSE_END = re.compile(r"[，。！？；：、…,!?;:—]|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class SpokenSyllable:
    """One spoken syllable: what is read, when (None on text alone), and the index of its word.

    ``ends_clause``: punctuation follows before the next syllable.
    """

    text: str
    span: Span | None
    word: int
    ends_clause: bool = False


class WordMap:
    """The joined text of words, and the way back from a place in it to the word and its time."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self.text = "".join(word.text for word in self.words)
        self._ends = tuple(accumulate(len(word.text) for word in self.words))

    def word_at(self, offset: int) -> int:
        """The index of the word that holds character ``offset`` of the text."""
        return bisect_right(self._ends, offset)

    def span_of(self, start: int, end: int) -> Span:
        """From the start of the word that holds ``start`` to the end of the one that holds ``end - 1``."""
        first, last = self.words[self.word_at(start)].span, self.words[self.word_at(end - 1)].span
        return Span(first.start_s, max(first.end_s, last.end_s))


def spoken_syllables(
    source: Transcript | Sequence[Word] | str, language: Language, *, spelled: Collection[range] = ()
) -> tuple[SpokenSyllable, ...]:
    """The syllables that are said, in order, each with an even share of its word's time.

    ``spelled``: the places in the joined text whose figures are read digit by digit
    (:func:`voicecoach.features.text.figures.spelled_figures`). From bare text the spans are None and all
    belong to word 0.
    """
    if isinstance(source, str):
        return tuple(
            SpokenSyllable(text, None, 0, ends)
            for text, _, ends in placed_syllables(source, language, spelled=spelled)
        )
    word_map = WordMap(source.words if isinstance(source, Transcript) else source)
    placed = [
        (text, word_map.word_at(offset), ends)
        for text, offset, ends in placed_syllables(word_map.text, language, spelled=spelled)
    ]
    shares = Counter(word for _, word, _ in placed)
    times = {word: iter(parts(word_map.words[word].span, n)) for word, n in shares.items()}
    return tuple(SpokenSyllable(text, next(times[word]), word, ends) for text, word, ends in placed)


def word_count(
    source: Transcript | Sequence[Word] | str, language: Language, *, spelled: Collection[range] = ()
) -> int:
    """How many words are said: English words (figures as they are read), or Mandarin syllables.

    ``spelled`` as in :func:`spoken_syllables`.
    """
    text = source if isinstance(source, str) else _joined(source)
    if language == "zh":
        return len(placed_syllables(text, language, spelled=spelled))
    return len(_ENGLISH_TOKEN.findall(read_out_english(text, spelled=spelled).text))


def _joined(source: Transcript | Sequence[Word]) -> str:
    return "".join(word.text for word in (source.words if isinstance(source, Transcript) else source))


def _inside_figure(text: str, place: int) -> bool:
    return (
        text[place] in ",:，："
        and text[place - 1 : place].isdigit()
        and text[place + 1 : place + 2].isdigit()
    )


def placed_syllables(
    text: str, language: Language, *, spelled: Collection[range] = ()
) -> list[tuple[str, int, bool]]:
    """Each spoken syllable, the offset that it came from, and whether punctuation follows it.

    ``spelled``: the places in ``text`` whose figures are read digit by digit.
    """
    syllables = list(_syllables(text, language, spelled))
    offsets = [offset for _, offset in syllables]
    ending = {
        bisect_right(offsets, match.start()) - 1
        for match in _CLAUSE_END.finditer(text)
        if not _inside_figure(text, match.start())
    }
    return [(said, offset, index in ending) for index, (said, offset) in enumerate(syllables)]


def _syllables(text: str, language: Language, spelled: Collection[range]) -> Iterator[tuple[str, int]]:
    """Each spoken syllable with the offset in ``text`` that it came from."""
    read = read_out if language == "zh" else read_out_english
    reading = read(text, spelled=spelled)
    for match in (_TOKEN if language == "zh" else _ENGLISH_TOKEN).finditer(reading.text):
        said, start = match.group(), match.start()
        if re.match("[A-Za-z]", said):
            yield from _latin(said, reading, start, language)
        elif said != "儿" or not _merges(reading.text, start):
            yield said, reading.offsets[start]


def _latin(token: str, reading: Reading, start: int, language: Language) -> Iterator[tuple[str, int]]:
    if language == "zh" and _is_spelled(token):
        for index, letter in enumerate(token):
            names = _LETTERS_OF_W if letter in "Ww" else (letter,)
            yield from ((name, reading.offsets[start + index]) for name in names)
        return
    parts = english_syllables(token)
    place = start
    for part in parts:
        yield part, reading.offsets[min(place, start + len(token) - 1)]
        place += len(part)


def _is_spelled(token: str) -> bool:
    if token.lower() in ABBREVIATIONS:
        return True
    if token.isupper() and token not in _CAPITALS_SAID_AS_WORDS:
        return len(token) <= LONGEST_SPELLED
    return not re.search(r"[aeiouyAEIOUY]", token)


def _merges(text: str, place: int) -> bool:
    """Whether the 儿 at ``place`` is 儿化 of the character before it."""
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if not re.fullmatch(_HANZI, before) or before in _ER_WORD_BEFORE or after in _ER_WORD_AFTER:
        return False
    return after != "女" or before in _ER_STEMS
