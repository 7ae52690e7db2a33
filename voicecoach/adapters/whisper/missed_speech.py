"""Speech that the recogniser skipped: where words are missing, and word times that swallow silence.

A batched decoder without time tokens sometimes leaves out a whole sentence; the alignment then stretches
the next word over it. Such stretches of speech are found here and decoded once more on their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from voicecoach.model.audio import Span
from voicecoach.model.spans import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.transcript import Word

WORD_LONGEST_S: Final = 0.9
"""More speech than this in one token is no single token (the longest Mandarin syllables last ~.6 s)."""
HOLE_SHORTEST_S: Final = 0.8
"""A shorter stretch of speech without words is a hesitation, not a lost clause."""

SHARED_SMALLEST_S: Final = 0.08
"""Less than this of a stretch of speech is the blur of an edge, not a place where a word was said."""


def holes(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches of ``speech`` that no word accounts for, each at least :data:`HOLE_SHORTEST_S` long.

    A word accounts for at most the last :data:`WORD_LONGEST_S` seconds of speech that it is stretched over.
    """
    return without(speech, (word.span for word in tightened(words, speech)), shortest_s=HOLE_SHORTEST_S)


def tightened(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The words in order of time, the silence taken off their spans.

    The engine's alignment lets a word begin where the one before ended, whatever pause or lost clause
    lies between. So a word is put into the last stretch of speech that it shares
    :data:`SHARED_SMALLEST_S` with, and there into its last :data:`WORD_LONGEST_S`. A word that meets no
    speech stays as it is.
    """
    placed = [_tightened(word, speech) for word in words]
    return tuple(sorted(placed, key=lambda word: (word.span.start_s, word.span.end_s)))


def filling(found: Sequence[Word], missed: Sequence[Span], known: Sequence[Word]) -> tuple[Word, ...]:
    """Of the words ``found`` at the second listening, those that belong into the ``missed`` stretches.

    That is those with more than half of their time in one. The margins of a chunk let the words beside a
    hole be heard again: a word that reaches over the edge of the hole is left out when the ``known`` word
    there is the same.
    """
    return tuple(
        word for word in found for hole in missed if _fills(word.span, hole) and not _again(word, hole, known)
    )


def _fills(word: Span, hole: Span) -> bool:
    if word.duration_s <= 0.0:
        return hole.contains(word.start_s)
    return word.overlap_s(hole) > word.duration_s / 2


def _again(word: Word, hole: Span, known: Sequence[Word]) -> bool:
    if hole.start_s <= word.span.start_s and word.span.end_s <= hole.end_s:
        return False
    return any(
        _bare(other.text) == _bare(word.text) and other.span.overlap_s(word.span) > 0.0 for other in known
    )


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _tightened(word: Word, speech: Sequence[Span]) -> Word:
    met = [heard for heard in speech if heard.overlap_s(word.span) > 0]
    if not met:
        return word
    ample = [heard for heard in met if heard.overlap_s(word.span) >= SHARED_SMALLEST_S]
    heard = ample[-1] if ample else max(met, key=word.span.overlap_s)
    end_s = min(heard.end_s, word.span.end_s)
    return replace(word, span=Span(max(heard.start_s, word.span.start_s, end_s - WORD_LONGEST_S), end_s))
