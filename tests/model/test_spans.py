"""Spans as a set: closed forms, and the algebra of union, gaps, cuts and what is left."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.audio import Span
from voicecoach.model.spans import (
    chained,
    clipped,
    gaps,
    hull,
    parts,
    shared_s,
    support_ratio,
    total_s,
    union,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLERANCE_S = 1e-9
TIMES_S = st.integers(0, 400).map(lambda tick: tick / 8)
"""Eighths of a second up to 50 s: exact in binary, and they often meet."""
LENGTHS_S = st.integers(0, 24).map(lambda tick: tick / 8)
WORDS = (Span(0.0, 1.0), Span(1.0, 2.0))
SPEECH = (Span(0.0, 2.0),)


@st.composite
def span(draw: st.DrawFn) -> Span:
    start_s = draw(TIMES_S)
    return Span(start_s, start_s + draw(LENGTHS_S))


SPANS = st.lists(span(), max_size=12)


def covered(spans: Sequence[Span], time_s: float) -> bool:
    return any(one.contains(time_s) for one in spans)


def instants() -> list[float]:
    """Between every two times that the strategies can draw."""
    return [tick / 8 + 1 / 16 for tick in range(-1, 430)]


@given(SPANS)
def test_a_union_covers_the_same_time_in_order_and_once(spans: list[Span]) -> None:
    whole = union(spans)
    assert [covered(whole, at) for at in instants()] == [covered(spans, at) for at in instants()]
    assert all(left.end_s < right.start_s for left, right in pairwise(whole))
    assert total_s(whole) <= total_s(spans)


@given(st.data(), SPANS, LENGTHS_S)
def test_a_union_knows_no_order_and_does_nothing_twice(
    data: st.DataObject, spans: list[Span], closing_s: float
) -> None:
    whole = union(spans, closing_s=closing_s)
    assert union(whole, closing_s=closing_s) == whole
    assert union(data.draw(st.permutations(spans)), closing_s=closing_s) == whole


@given(SPANS, LENGTHS_S)
def test_what_a_union_closes_are_its_short_gaps(spans: list[Span], closing_s: float) -> None:
    whole, closed = union(spans), union(spans, closing_s=closing_s)
    left = gaps(whole, shortest_s=closing_s)
    assert gaps(closed) == left
    filled = [gap for gap in gaps(whole) if gap not in left]
    assert total_s(closed) == total_s(whole) + total_s(filled)


@given(SPANS)
def test_a_union_and_its_gaps_tile_the_hull(spans: list[Span]) -> None:
    whole = union(spans)
    tiles = sorted([*whole, *gaps(whole)])
    assert all(left.end_s == right.start_s for left, right in pairwise(tiles))
    outer = hull(spans)
    assert (outer is None) == (not spans)
    if outer is not None:
        assert (tiles[0].start_s, tiles[-1].end_s) == (outer.start_s, outer.end_s)
        assert total_s(tiles) == outer.duration_s


def test_touching_spans_have_no_gap() -> None:
    assert gaps([Span(0, 1), Span(1, 2), Span(2.5, 3)]) == (Span(2, 2.5),)
    assert gaps([]) == gaps([Span(0, 1)]) == ()


@pytest.mark.parametrize(
    ("closing_s", "whole"),
    [
        (0.0, (Span(0, 2), Span(2.5, 3), Span(4, 5))),
        (0.5, (Span(0, 2), Span(2.5, 3), Span(4, 5))),
        (0.6, (Span(0, 3), Span(4, 5))),
        (1.1, (Span(0, 5),)),
    ],
)
def test_a_gap_as_long_as_the_closing_stays_open(closing_s: float, whole: tuple[Span, ...]) -> None:
    spans = [Span(4, 5), Span(0, 1), Span(1, 2), Span(0.5, 0.75), Span(2.5, 3)]
    assert union(spans, closing_s=closing_s) == whole


@given(SPANS, SPANS)
def test_what_is_left_and_what_is_cut_make_up_the_whole(spans: list[Span], others: list[Span]) -> None:
    whole, taken = union(spans), union(others)
    left = without(whole, others)
    assert [covered(left, at) for at in instants()] == [
        covered(whole, at) and not covered(others, at) for at in instants()
    ]
    cut = [part for other in taken for part in clipped(whole, other)]
    assert total_s(left) + total_s(cut) == total_s(whole)
    assert total_s(cut) == shared_s(whole, taken) == shared_s(taken, whole)


@given(SPANS, SPANS, LENGTHS_S)
def test_short_pieces_are_left_out(spans: list[Span], others: list[Span], shortest_s: float) -> None:
    whole = union(spans)
    every = without(whole, others)
    assert without(whole, others, shortest_s=shortest_s) == tuple(
        piece for piece in every if piece.duration_s >= shortest_s
    )
    assert all(piece.duration_s > 0.0 for piece in every)


def test_a_span_of_no_length_parts_what_is_left() -> None:
    assert without([Span(0, 4)], [Span(1, 1)]) == (Span(0, 1), Span(1, 4))
    assert without([Span(0, 4)], [Span(0, 0), Span(4, 4)]) == (Span(0, 4),)
    assert without([Span(0, 4), Span(5, 6)], [Span(3, 5.5)]) == (Span(0, 3), Span(5.5, 6))


@given(SPANS, span())
def test_what_is_clipped_lies_in_the_window(spans: list[Span], window: Span) -> None:
    inside = clipped(spans, window)
    assert all(window.start_s <= one.start_s < one.end_s <= window.end_s for one in inside)
    assert total_s(inside) == sum(one.overlap_s(window) for one in spans)


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 4))
def test_a_chain_is_joined_from_left_to_right(numbers: list[int], near: int) -> None:
    def join(last: tuple[int, ...], item: tuple[int, ...]) -> tuple[int, ...] | None:
        return (*last, *item) if abs(item[0] - last[-1]) < near else None

    links: list[tuple[int, ...]] = [(number,) for number in numbers]
    chain = chained(links, join)
    assert [number for link in chain for number in link] == numbers
    assert all(abs(b - a) < near for link in chain for a, b in pairwise(link))
    assert all(abs(right[0] - left[-1]) >= near for left, right in pairwise(chain))


@pytest.mark.parametrize(
    ("spans", "speech", "ratio"),
    [
        (WORDS, SPEECH, 1.0),
        (WORDS, (Span(0.5, 1.0),), 0.25),
        (WORDS, (Span(0.0, 0.5), Span(1.5, 2.0)), 0.5),
        (WORDS, (), 0.0),
        (WORDS, (Span(5.0, 6.0),), 0.0),
        ((), SPEECH, 1.0),
        ((Span(3.0, 3.0),), SPEECH, 1.0),
    ],
)
def test_support_is_the_share_of_the_spans_in_the_others(
    spans: tuple[Span, ...], speech: tuple[Span, ...], ratio: float
) -> None:
    assert support_ratio(spans, speech) == ratio


@settings(max_examples=60)
@given(st.floats(0.0, 3600.0), st.floats(0.0, 60.0), st.integers(1, 40))
def test_even_parts_tile_their_span(start_s: float, length_s: float, n: int) -> None:
    whole = Span(start_s, start_s + length_s)
    tiles = parts(whole, n)
    assert len(tiles) == n
    assert (tiles[0].start_s, tiles[-1].end_s) == (whole.start_s, whole.end_s)
    assert all(left.end_s == right.start_s for left, right in pairwise(tiles))
    assert [tile.duration_s for tile in tiles] == pytest.approx([whole.duration_s / n] * n, abs=TOLERANCE_S)


def test_no_part_of_none() -> None:
    assert parts(Span(0, 1), 0) == ()
