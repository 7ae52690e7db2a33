"""What the texts of one recording give away, and the means to hide it: found once, hidden in every text.

A text is masked three times over: by its own place in the transcript where it quotes it, by the rules, and by
the values already found, so that a quote that cuts a number in two gives nothing away.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from voicecoach.model.spans import chained
from voicecoach.rubric.personal.data import MASKS, WALL, PersonalDatum, find_personal, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.model.audio import Span

SECRET_SHORTEST: Final = 4
"""So many characters of a found value, seen again in another text, are masked there too (or all of it)."""
SECRET_SHORTEST_LATIN: Final = 8
"""The same for a value with Latin letters, whose short parts are in every text."""
_ASKED: Final = re.compile(r"[。？！?!](?=\s*$)")
"""What ends a turn's question; the answer follows in the next turn."""


@dataclass
class Mask:
    """What one recording's texts give away, and the means to hide it. Collects counts and times."""

    counts: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    _values: list[tuple[str, str]] = field(default_factory=list)
    _sources: list[tuple[str, tuple[PersonalDatum, ...]]] = field(default_factory=list)

    def words(self, texts: Sequence[str], spans: Sequence[Span | None]) -> list[str]:
        """The words as they may be shown, one for one; what was hidden is counted and its time kept."""
        text = "".join(texts)
        hits = self._found(text)
        ends = list(accumulate(map(len, texts)))
        shown = []
        for index, (word, end) in enumerate(zip(texts, ends, strict=True)):
            start = end - len(word)
            inside = _inside(hits, start, end)
            shown.append(_word_shown(word, start, inside))
            if inside and (span := spans[index]) is not None:
                self.spans.append(span)
        return shown

    def turns(self, texts: Sequence[str], spans: Sequence[Span | None]) -> list[str]:
        """The turns of a call as they may be shown, one for one.

        They are searched as one conversation, since one side asks for the number that the other one
        says. A turn whose words are not at hand is silenced as a whole.
        """
        pieces = [_ASKED.sub("，", text) + "，" for text in texts]
        known = [value for value, _ in self._values]
        joined = "".join(pieces)
        hits = self._found(joined)
        new = [hit for hit in hits if not any(joined[hit.start : hit.end] in value for value in known)]
        shown = []
        for index, (text, end) in enumerate(zip(texts, accumulate(map(len, pieces)), strict=True)):
            start = end - len(text) - 1
            shown.append(self.shown(_word_shown(text, start, _inside(hits, start, end - 1))))
            span = spans[index]
            if span is not None and _inside(new, start, end - 1):
                self.spans.append(span)
        return shown

    def said(self, text: str) -> str:
        """A text of its own without words as it may be shown."""
        return masked(text, self._found(text))

    def shown(self, text: str) -> str:
        """Any other text: a quote, an advice that holds one. Nothing is counted twice."""
        hits = _merged([*find_personal(text), *self._by_place(text), *self._by_value(text)])
        while new := find_personal(_walled(text, hits)):
            hits = _merged([*hits, *new])
        return masked(text, hits)

    def _found(self, text: str) -> tuple[PersonalDatum, ...]:
        """The hits of a text of its own; values known from a text before are counted once."""
        before = {value for value, _ in self._values}
        hits: tuple[PersonalDatum, ...] = ()
        while True:  # what a value hides when it is met again may set another one free
            new = find_personal(_walled(text, hits))
            self._values += [(text[hit.start : hit.end], hit.rule) for hit in new]
            known = {value for value, _ in self._values}
            again = [hit for hit in self._by_value(text) if text[hit.start : hit.end] in known]
            merged = _merged([*hits, *new, *again])
            if merged == hits:
                break
            hits = merged
        self.counts.update(hit.rule for hit in hits if text[hit.start : hit.end] not in before)
        self._sources.append((text, hits))
        return hits

    def _by_place(self, quote: str) -> list[PersonalDatum]:
        """Parts of a verbatim quote that are hidden where it stands in a transcript."""
        found: list[PersonalDatum] = []
        quote_start = len(quote) - len(quote.lstrip())
        core = quote.strip()
        for text, hits in self._sources:
            place = text.find(core) if core else -1
            while place >= 0:
                found += [
                    PersonalDatum(
                        max(hit.start - place, 0) + quote_start,
                        min(hit.end - place, len(core)) + quote_start,
                        hit.rule,
                    )
                    for hit in hits
                    if hit.start < place + len(core) and place < hit.end
                ]
                place = text.find(core, place + 1)
        return found

    def _by_value(self, text: str) -> list[PersonalDatum]:
        """Parts of ``text`` that stand, whole or cut, in a value found before."""
        found: list[PersonalDatum] = []
        for value, rule in self._values:
            latin = any(letter.isascii() and letter.isalpha() for letter in value)
            shortest = min(len(value), SECRET_SHORTEST_LATIN if latin else SECRET_SHORTEST)
            if len(value) == 1:  # a surname is no secret by itself
                continue
            place = 0
            while place + shortest <= len(text):
                length = shortest
                if text[place : place + length] not in value:
                    place += 1
                    continue
                while place + length < len(text) and text[place : place + length + 1] in value:
                    length += 1
                found.append(PersonalDatum(place, place + length, rule))
                place += length
        return found


def _walled(text: str, hits: Iterable[PersonalDatum]) -> str:
    """The text with walls in the place of the hits, as long as it was."""
    for hit in hits:
        text = text[: hit.start] + WALL * (hit.end - hit.start) + text[hit.end :]
    return text


def _inside(hits: Iterable[PersonalDatum], start: int, end: int) -> tuple[PersonalDatum, ...]:
    """The hits that hide something of the characters ``[start, end)``."""
    return tuple(hit for hit in hits if hit.start < end and start < hit.end)


def _word_shown(word: str, start: int, hits: Sequence[PersonalDatum]) -> str:
    """``word``, which begins at ``start`` of the text, without what the hits hide of it."""
    for hit in reversed(hits):
        first, last = max(hit.start - start, 0), min(hit.end - start, len(word))
        word = word[:first] + (MASKS[hit.rule] if hit.start >= start else "") + word[last:]
    return word


def _merged(hits: Iterable[PersonalDatum]) -> tuple[PersonalDatum, ...]:
    """In order, those that touch or overlap joined into one, under the rule of the longest."""

    def join(last: PersonalDatum, hit: PersonalDatum) -> PersonalDatum | None:
        if hit.start >= last.end:
            return None
        rule = last.rule if last.end - last.start >= hit.end - hit.start else hit.rule
        return PersonalDatum(last.start, max(last.end, hit.end), rule)

    return tuple(chained(sorted(hits), join))
