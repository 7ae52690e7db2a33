"""Spans of time as a set: union, gaps, what is left, what is shared.

Every joining, cutting and weighing of spans in the house is done here. Functions take spans in any order
unless they say *ordered*: by start, none overlapping the next. Results are ordered. Edges are copied, never
computed anew, so a span that nothing touches comes out as it went in.

What is joined frame by frame stands in :mod:`voicecoach.features.frames`.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from voicecoach.model.audio import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")


def total_s(spans: Iterable[Span]) -> float:
    """Seconds covered by spans that do not overlap."""
    return sum(span.duration_s for span in spans)


def gaps(ordered: Iterable[Span], *, shortest_s: float = 0.0) -> tuple[Span, ...]:
    """The spans between neighbours of ``ordered``, at least ``shortest_s`` long; empty ones never."""
    return tuple(
        Span(left.end_s, right.start_s)
        for left, right in pairwise(ordered)
        if right.start_s > left.end_s and right.start_s - left.end_s >= shortest_s
    )


def chained(items: Iterable[T], join: Callable[[T, T], T | None]) -> list[T]:
    """``items`` in their order, each joined to the one before it where ``join`` of the two gives something.

    ``join`` gets what has been joined so far, and the next item; None starts anew.
    """
    chain: list[T] = []
    for item in items:
        both = join(chain[-1], item) if chain else None
        if both is None:
            chain.append(item)
        else:
            chain[-1] = both
    return chain


def union(spans: Iterable[Span], *, closing_s: float = 0.0) -> tuple[Span, ...]:
    """The time that any of ``spans`` covers; gaps shorter than ``closing_s`` are closed."""

    def join(last: Span, span: Span) -> Span | None:
        if span.start_s - last.end_s < closing_s or span.start_s <= last.end_s:
            return Span(last.start_s, max(last.end_s, span.end_s))
        return None

    return tuple(chained(sorted(spans), join))


def clipped(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """What of each span lies in ``window``, in the order given; nothing of those that only touch it."""
    return tuple(
        Span(max(span.start_s, window.start_s), min(span.end_s, window.end_s))
        for span in spans
        if span.overlap_s(window) > 0.0
    )


def without(ordered: Iterable[Span], others: Iterable[Span], *, shortest_s: float = 0.0) -> tuple[Span, ...]:
    """What of ``ordered`` none of ``others`` covers, pieces of ``shortest_s`` and more; empty ones never."""
    taken = sorted(others)
    pieces: list[Span] = []
    first = 0
    for span in ordered:
        start_s = span.start_s
        while first < len(taken) and taken[first].end_s <= span.start_s:
            first += 1
        for other in taken[first : bisect_left(taken, Span(span.end_s, span.end_s), lo=first)]:
            if other.start_s > start_s:
                pieces.append(Span(start_s, other.start_s))
            start_s = max(start_s, other.end_s)
        if span.end_s > start_s:
            pieces.append(Span(start_s, span.end_s))
    return tuple(piece for piece in pieces if piece.duration_s >= shortest_s)


def shared_s(spans: Iterable[Span], others: Sequence[Span]) -> float:
    """Seconds that the spans share with the others, every pair counted."""
    return sum(span.overlap_s(other) for span in spans for other in others)


def support_ratio(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Share of the time of ``spans`` that lies in ``others``, 0..1; 1 when the spans have no length."""
    length_s = total_s(spans)
    return 1.0 if length_s <= 0 else min(1.0, shared_s(spans, others) / length_s)


def hull(spans: Iterable[Span]) -> Span | None:
    """From the earliest start to the latest end; None without spans."""
    listed = tuple(spans)
    if not listed:
        return None
    return Span(min(span.start_s for span in listed), max(span.end_s for span in listed))


def parts(span: Span, n: int) -> tuple[Span, ...]:
    """``span`` in ``n`` even parts without a gap; none for ``n`` = 0."""
    step_s = span.duration_s / max(n, 1)
    edges_s = [min(span.start_s + index * step_s, span.end_s) for index in range(n)]
    return tuple(Span(*edges) for edges in pairwise([*edges_s, span.end_s])) if n else ()
