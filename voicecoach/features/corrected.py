"""A corrected text on the times of the recognised words.

The characters of both texts are aligned (longest common blocks, Ratcliff & Metzener 1988, as in Python's
difflib). A word that was left alone stays as it is. Characters that replace others share their time evenly;
inserted ones lie between their neighbours, where there is speech. So the same text gives the same words, and
a change is felt only where it was made.

Known failure: words inserted where the recogniser left no room between its own get no time of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from voicecoach.model.audio import Span
from voicecoach.model.spans import clipped, parts, total_s
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model.transcript import Transcript

SURE = 1.0
"""Confidence of a word that a person wrote."""
_BREAK = re.compile(r"(?<!\s)\s*[\r\n]\s*")  # from the start of the blanks: else each is tried
_TOKEN = re.compile(
    r"\s*(?:[A-Za-z0-9]+(?:['’.,:%-][A-Za-z0-9]+)*|\w)[^\w\s]*"
    r"|\s*[^\w\s]+"
)
_HANG_ON = re.compile(r"[^\w]+")


@dataclass(slots=True)
class _Character:
    """One character of the corrected text: its time, and the recognised character that it is."""

    text: str
    span: Span
    kept: int | None = None


def corrected(transcript: Transcript, text: str, *, speech: Sequence[Span]) -> Transcript:
    """The transcript as ``text`` has it; ``speech`` are the sounding spans of the recording.

    Speech that had no text (``unheard``), and text that was dropped, stay noted where no new word came.
    """
    words, new = _realigned(transcript.words, text, speech)
    return replace(
        transcript,
        words=words,
        unheard=tuple(span for span in transcript.unheard if not _met(span, new)),
        heard_again=tuple(span for span in transcript.heard_again if not _met(span, new)),
        dropped=tuple(word for word in transcript.dropped if not _met(word.span, new)),
        hesitations=tuple(word for word in transcript.hesitations if not _met(word.span, new)),
    )


def _met(span: Span, words: Sequence[Word]) -> bool:
    return any(span.overlap_s(word.span) > 0.0 for word in words)


def _realigned(
    words: Sequence[Word], text: str, speech: Sequence[Span]
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of ``text``, and those of them that are new."""
    old = "".join(word.text for word in words)
    lead, trail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :] if old.strip() else ""
    characters = _timed(words, old, lead + _one_line(text) + trail, speech)
    result: list[Word] = []
    new: list[Word] = []
    place = 0
    for first, last, word in [*_kept(words, characters), (len(characters), len(characters), None)]:
        stretch = characters[place:first]
        hanging = _HANG_ON.match("".join(character.text for character in stretch))
        if hanging and result:  # punctuation belongs to the word before it
            result[-1] = replace(result[-1], text=result[-1].text + hanging.group())
            stretch = stretch[hanging.end() :]
        fresh = list(_words(stretch))
        result += fresh
        new += fresh
        if word is not None:
            result.append(word)
        place = last
    return tuple(result), tuple(new)


def _one_line(text: str) -> str:
    """Line breaks go; a space stays in their place between Latin letters."""

    def joint(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return " " if before.isascii() and after.isascii() else ""

    text = text.strip()
    return _BREAK.sub(joint, text)


def _timed(words: Sequence[Word], old: str, new: str, speech: Sequence[Span]) -> list[_Character]:
    spans = [span for word in words for span in parts(word.span, len(word.text))]
    characters: list[_Character] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            characters += [
                _Character(new[j], spans[i], i) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
            ]
        elif kind == "replace":
            window = Span(spans[i1].start_s, max(spans[i1].start_s, spans[i2 - 1].end_s))
            characters += map(_Character, new[j1:j2], parts(window, j2 - j1))
        elif kind == "insert":
            window = _between(spans, i1, speech)
            characters += map(_Character, new[j1:j2], _over_speech(j2 - j1, window, speech))
    return characters


def _between(spans: Sequence[Span], place: int, speech: Sequence[Span]) -> Span:
    """From the end of the recognised character before ``place`` to the start of the one there."""
    start_s = spans[place - 1].end_s if place else (speech[0].start_s if speech else 0.0)
    if place < len(spans):
        end_s = spans[place].start_s
        return Span(min(start_s, end_s), end_s)
    return Span(start_s, max(start_s, speech[-1].end_s) if speech else start_s)


def _over_speech(n: int, window: Span, speech: Sequence[Span]) -> list[Span]:
    """``n`` even parts of the speech inside ``window``, or of the window where there is none."""
    inside = clipped(speech, window)
    if not inside:
        return list(parts(window, n))
    step_s = total_s(inside) / n
    starts = [_along(inside, index * step_s) for index in range(n)]
    return [Span(start_s, min(start_s + step_s, span.end_s)) for start_s, span in starts]


def _along(spans: Sequence[Span], at_s: float) -> tuple[float, Span]:
    """The time after ``at_s`` seconds of ``spans``, and the span that it lies in."""
    for span in spans:
        if at_s < span.duration_s:
            return span.start_s + at_s, span
        at_s -= span.duration_s
    return spans[-1].end_s, spans[-1]


def _kept(words: Sequence[Word], characters: Sequence[_Character]) -> Iterator[tuple[int, int, Word]]:
    """The words left alone, with the place of their first character and the one after their last."""
    where = {
        character.kept: place for place, character in enumerate(characters) if character.kept is not None
    }
    offset = 0
    for word in words:
        first, stop = offset, offset + len(word.text)
        offset = stop
        places = [where.get(index) for index in range(first, stop)]
        start = places[0] if places else None
        if start is not None and places == list(range(start, start + len(places))):
            yield start, start + len(places), word


def _words(characters: Sequence[_Character]) -> Iterator[Word]:
    """A word a Hanzi, or a run of letters or figures, with the punctuation that follows."""
    text = "".join(character.text for character in characters)
    for match in _TOKEN.finditer(text):
        said = [c for c in characters[match.start() : match.end()] if not c.text.isspace()]
        start_s = said[0].span.start_s
        yield Word(match.group(), Span(start_s, max(start_s, *(c.span.end_s for c in said))), SURE)
