"""Speech packed into chunks: never too long, never overlapping, cut at silences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from span_lists import spans

from voicecoach.adapters.whisper.chunks import (
    CHUNK_LONGEST_S,
    CHUNK_MARGIN_S,
    CHUNK_SPLIT_PAUSE_S,
    equal_pieces,
    pack,
)
from voicecoach.model.audio import Span
from voicecoach.model.spans import gaps

TOLERANCE_S = 1e-9


@st.composite
def speech_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Ordered spans of up to 90 s, gaps of up to 10 s."""
    cursor_s, found = 0.0, []
    for _ in range(draw(st.integers(0, 12))):
        cursor_s += draw(st.floats(0.0, 10.0))
        length_s = draw(st.floats(0.0, 5.0) | st.floats(5.0, 90.0))
        found.append(Span(cursor_s, cursor_s + length_s))
        cursor_s += length_s
    return tuple(found)


@pytest.mark.parametrize(
    ("speech", "duration_s", "wanted"),
    [
        ([], 10.0, []),
        ([(1, 2)], 10.0, [(0.8, 2.2)]),
        ([(0, 10)], 10.0, [(0, 10)]),
        ([(1, 2), (4, 5)], 10.0, [(0.8, 5.2)]),
        ([(1, 2), (5.5, 6)], 10.0, [(0.8, 2.2), (5.3, 6.2)]),  # a long silence parts
        ([(0, 20), (20.1, 30)], 30.0, [(0, 20.05), (20.05, 30)]),  # a short one is shared out
        ([(0, 56)], 60.0, [(0, 28), (28, 56.2)]),
        ([(0, 28), (28, 30)], 30.0, [(0, 28), (28, 30)]),
        ([(1, 2), (9, 12)], 10.0, [(0.8, 2.2), (8.8, 10)]),  # beyond the end of the recording
        ([(1, 2), (11, 12), (3, 3)], 10.0, [(0.8, 2.2)]),
    ],
)
def test_pack_closed_form(
    speech: list[tuple[float, float]], duration_s: float, wanted: list[tuple[float, float]]
) -> None:
    found = pack(spans(*speech), duration_s=duration_s)
    assert [(round(c.start_s, 6), round(c.end_s, 6)) for c in found] == wanted


@settings(max_examples=60)
@example((Span(0.0, 84.0),), 0.0)
@given(speech_spans(), st.floats(-5.0, 5.0))
def test_chunks_cover_all_speech_never_overlap_and_are_never_too_long(
    speech: tuple[Span, ...], after_s: float
) -> None:
    duration_s = max(0.0, (speech[-1].end_s if speech else 0.0) + after_s)
    chunks = list(pack(speech, duration_s=duration_s))
    for chunk in chunks:
        assert 0.0 < chunk.duration_s <= CHUNK_LONGEST_S + 2 * CHUNK_MARGIN_S + TOLERANCE_S
        assert chunk.end_s <= duration_s
    assert all(before.end_s <= after.start_s for before, after in pairwise(chunks))
    for heard in speech:
        within_s = max(0.0, min(heard.end_s, duration_s) - heard.start_s)
        assert sum(heard.overlap_s(chunk) for chunk in chunks) == pytest.approx(within_s, abs=1e-6)


@settings(max_examples=40)
@given(speech_spans())
def test_a_chunk_holds_no_long_silence(speech: tuple[Span, ...]) -> None:
    heard = [span for span in speech if span.duration_s > 0]
    for chunk in pack(speech, duration_s=1e4):
        inside = [span for span in heard if span.overlap_s(chunk) > TOLERANCE_S]
        assert all(gap.duration_s <= CHUNK_SPLIT_PAUSE_S for gap in gaps(inside))


@settings(max_examples=30)
@given(speech_spans(), st.floats(1.0, 28.0))
def test_shorter_chunks_can_be_asked_for(speech: tuple[Span, ...], longest_s: float) -> None:
    for chunk in pack(speech, duration_s=1e4, longest_s=longest_s):
        assert chunk.duration_s <= longest_s + 2 * CHUNK_MARGIN_S + TOLERANCE_S


@pytest.mark.parametrize(("length_s", "n_pieces"), [(0.5, 1), (28.4, 1), (28.5, 2), (60.0, 3)])
def test_a_stretch_is_heard_in_the_fewest_equal_pieces(length_s: float, n_pieces: int) -> None:
    chunk = Span(1.0, 1.0 + length_s)
    pieces = equal_pieces(chunk)
    assert [piece.duration_s for piece in pieces] == pytest.approx([length_s / n_pieces] * n_pieces)
    assert (pieces[0].start_s, pieces[-1].end_s) == (chunk.start_s, chunk.end_s)
    assert gaps(pieces) == ()
