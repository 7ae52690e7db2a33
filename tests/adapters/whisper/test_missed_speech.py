"""Holes in the text, words freed of silence, and what a second listening may fill in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.adapters.whisper.missed_speech import (
    HOLE_SHORTEST_S,
    WORD_LONGEST_S,
    filling,
    holes,
    tightened,
)
from voicecoach.model.audio import Span
from voicecoach.model.spans import gaps
from voicecoach.model.transcript import Word

TOLERANCE_S = 1e-6
GRID_S = 0.02
"""The recogniser's own grid of times."""


def word(start_s: float, end_s: float, text: str = "字") -> Word:
    return Word(text, Span(start_s, end_s), 0.9)


def spans_of(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    return [(round(w.span.start_s, 6), round(w.span.end_s, 6)) for w in words]


@st.composite
def ordered(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans in order that do not touch, on the grid, within 20 s."""
    edges = sorted(draw(st.sets(st.integers(0, 1000), max_size=16)))
    return tuple(Span(a * GRID_S, b * GRID_S) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def recognised(draw: st.DrawFn) -> tuple[Word, ...]:
    """Words as the engine gives them: in order, some stretched, some without length, none overlapping."""
    edges = sorted(draw(st.lists(st.integers(0, 1000), max_size=16)))
    return tuple(
        word(a * GRID_S, b * GRID_S, str(number))
        for number, (a, b) in enumerate(zip(edges[::2], edges[1::2], strict=False))
    )


@pytest.mark.parametrize(
    ("given_word", "speech", "wanted"),
    [
        ((1.0, 1.3), [(0.0, 2.0)], (1.0, 1.3)),
        ((0.0, 3.2), [(0.0, 1.0), (3.0, 4.0)], (3.0, 3.2)),  # stretched over a pause
        ((0.5, 3.02), [(0.0, 1.0), (3.0, 4.0)], (0.5, 1.0)),  # touches the second by the blur of its edge
        (
            (0.98, 3.02),
            [(0.0, 1.0), (3.0, 4.0)],
            (0.98, 1.0),
        ),  # only blur on both sides: the greater, the first
        ((0.0, 5.0), [(0.0, 6.0)], (4.1, 5.0)),  # stretched over a lost clause
        ((1.2, 1.4), [(0.0, 1.0), (2.0, 3.0)], (1.2, 1.4)),  # meets no speech
        ((0.5, 0.5), [(0.0, 1.0)], (0.5, 0.5)),
    ],
)
def test_a_word_is_put_where_it_was_said(
    given_word: tuple[float, float], speech: list[tuple[float, float]], wanted: tuple[float, float]
) -> None:
    found = tightened([word(*given_word)], [Span(*edges) for edges in speech])
    assert spans_of(found) == [wanted]


@settings(max_examples=60)
@given(recognised(), ordered())
def test_tightening_keeps_every_word_in_its_order_within_its_old_span(
    words: tuple[Word, ...], speech: tuple[Span, ...]
) -> None:
    found = tightened(words, speech)
    assert [w.text for w in found] == [w.text for w in words]
    for before, after in zip(words, found, strict=True):
        assert before.span.start_s <= after.span.start_s <= after.span.end_s <= before.span.end_s
        if any(before.span.overlap_s(heard) > 0 for heard in speech):
            assert after.span.duration_s <= WORD_LONGEST_S + TOLERANCE_S
            assert any(h.start_s <= after.span.start_s and after.span.end_s <= h.end_s for h in speech)
        else:
            assert after == before
    assert tightened(found, speech) == found


@pytest.mark.parametrize(
    ("words", "speech", "wanted"),
    [
        ([], [(0.0, 0.5), (1.0, 2.0)], [(1.0, 2.0)]),
        ([(0.0, 0.4), (2.0, 2.4)], [(0.0, 2.4)], [(0.4, 2.0)]),
        ([(0.0, 0.4), (1.1, 2.4)], [(0.0, 2.4)], [(0.4, 1.5)]),  # the second is stretched by 0.4 s
        ([(0.0, 0.4), (1.1, 1.9)], [(0.0, 2.4)], []),  # 0.7 s and 0.5 s are hesitations
        ([], [(0.0, 0.8), (1.0, 1.79)], [(0.0, 0.8)]),  # exactly the shortest, and a little less
        ([(0.0, 1.0), (0.2, 0.4)], [(0.0, 1.9)], [(1.0, 1.9)]),  # one word inside another
    ],
)
def test_holes_closed_form(
    words: list[tuple[float, float]], speech: list[tuple[float, float]], wanted: list[tuple[float, float]]
) -> None:
    found = holes([word(*edges) for edges in words], [Span(*edges) for edges in speech])
    assert [(round(hole.start_s, 6), round(hole.end_s, 6)) for hole in found] == wanted


@settings(max_examples=60)
@given(recognised(), ordered())
def test_holes_are_speech_without_words_and_nothing_else_is(
    words: tuple[Word, ...], speech: tuple[Span, ...]
) -> None:
    found = holes(words, speech)
    placed = [w.span for w in tightened(words, speech)]
    for hole in found:
        assert hole.duration_s >= HOLE_SHORTEST_S - TOLERANCE_S
        assert any(heard.start_s <= hole.start_s and hole.end_s <= heard.end_s for heard in speech)
        assert all(hole.overlap_s(span) <= TOLERANCE_S for span in placed)
    assert all(gap.duration_s >= 0 for gap in gaps(found))
    assert list(found) == sorted(found)
    for heard in speech:  # what is left of the speech is in pieces shorter than a hole
        inside = sorted(s for s in (*placed, *found) if s.end_s > heard.start_s and s.start_s < heard.end_s)
        cursor_s = heard.start_s
        for span in [*inside, Span(heard.end_s, heard.end_s)]:
            assert span.start_s - cursor_s < HOLE_SHORTEST_S + TOLERANCE_S
            cursor_s = max(cursor_s, span.end_s)


@settings(max_examples=20)
@given(ordered())
def test_speech_full_of_words_has_no_hole(speech: tuple[Span, ...]) -> None:
    words = [
        word(heard.start_s + n * GRID_S, heard.start_s + (n + 1) * GRID_S)
        for heard in speech
        for n in range(round(heard.duration_s / GRID_S))
    ]
    assert holes(words, speech) == ()


HOLE = Span(2.0, 4.0)


@pytest.mark.parametrize(
    ("start_s", "end_s", "text", "fits"),
    [
        (2.1, 2.3, "我", True),
        (1.8, 2.0, "我", False),  # heard again in the margin
        (1.7, 2.1, "我", False),  # for the most part outside
        (1.9, 2.2, "我", True),
        (3.5, 4.2, "们", False),  # the word that follows the hole, stretched into it
        (3.5, 4.2, "们。", False),
        (3.5, 4.2, "你", True),  # another word there
        (3.5, 4.0, "们", True),  # the same word, said before in the hole itself
        (3.0, 3.0, "我", True),  # no length, but in the hole
        (4.0, 4.0, "我", False),
    ],
)
def test_what_a_second_listening_may_fill_in(start_s: float, end_s: float, text: str, fits: bool) -> None:
    known = [word(1.5, 2.0, "他"), word(4.0, 4.3, "们")]
    found = filling([word(start_s, end_s, text)], [HOLE], known)
    assert [w.text for w in found] == ([text] if fits else [])


@settings(max_examples=60)
@given(recognised(), recognised(), ordered())
def test_a_word_fills_one_hole_at_most_and_lies_there(
    found: tuple[Word, ...], known: tuple[Word, ...], missed: tuple[Span, ...]
) -> None:
    taken = filling(found, missed, known)
    assert len(set(taken)) == len(taken)
    assert set(taken) <= set(found)
    for w in taken:
        shared_s = max(w.span.overlap_s(hole) for hole in missed)
        assert shared_s >= w.span.duration_s / 2 - TOLERANCE_S
    assert filling(found, missed, ()) == filling(found, missed, [word(21.0, 22.0)])
