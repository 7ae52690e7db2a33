"""Span, Waveform and Track: closed-form values, and the algebra that must hold for all of them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.audio import Span, Track, Waveform

TOLERANCE_S = 1e-9
HOUR_S = 3600.0
TIMES_S = st.floats(0.0, HOUR_S)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    return Span(*sorted((draw(TIMES_S), draw(TIMES_S))))


@pytest.mark.parametrize(("start_s", "end_s"), [(-0.1, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.nan)])
def test_a_span_that_runs_backwards_is_refused(start_s: float, end_s: float) -> None:
    with pytest.raises(ValueError, match="0 <= start_s <= end_s"):
        Span(start_s, end_s)


def test_span_closed_form() -> None:
    span = Span(1.0, 3.0)
    assert span.duration_s == 2.0
    assert span.overlap_s(Span(2.0, 5.0)) == 1.0
    assert span.overlap_s(Span(3.0, 5.0)) == 0.0
    assert span.shifted(0.5) == Span(1.5, 3.5)
    assert span.middle_s == 2.0
    assert [span.contains(time_s) for time_s in (0.9, 1.0, 2.9, 3.0)] == [False, True, True, False]
    with pytest.raises(ValueError, match="got -1"):
        span.shifted(-2.0)


@given(spans(), spans())
def test_overlap_is_symmetric_and_bounded(one: Span, other: Span) -> None:
    assert one.overlap_s(other) == other.overlap_s(one)
    assert 0.0 <= one.overlap_s(other) <= min(one.duration_s, other.duration_s)
    assert one.overlap_s(one) == one.duration_s


@given(spans(), spans(), TIMES_S)
def test_a_shift_moves_everything_alike(one: Span, other: Span, offset_s: float) -> None:
    assert one.shifted(offset_s).duration_s == pytest.approx(one.duration_s, abs=TOLERANCE_S)
    assert one.shifted(offset_s).overlap_s(other.shifted(offset_s)) == pytest.approx(
        one.overlap_s(other), abs=TOLERANCE_S
    )


@given(spans(), TIMES_S)
def test_two_halves_of_a_span_contain_a_time_once(span: Span, time_s: float) -> None:
    halves = Span(span.start_s, span.middle_s), Span(span.middle_s, span.end_s)
    assert sum(half.contains(time_s) for half in halves) == span.contains(time_s)


@given(spans(), st.floats(0.0, 10.0), TIMES_S)
def test_a_margin_never_leaves_the_recording(span: Span, margin_s: float, last_s: float) -> None:
    wide = span.widened(margin_s, last_s=max(last_s, span.end_s))
    assert wide.start_s <= span.start_s
    assert span.end_s <= wide.end_s <= max(last_s, span.end_s)
    assert wide.duration_s <= span.duration_s + 2 * margin_s + TOLERANCE_S


def test_a_margin_is_cut_at_both_ends() -> None:
    assert Span(0.2, 1.0).widened(0.5) == Span(0.0, 1.5)
    assert Span(0.2, 1.0).widened(0.5, last_s=1.2) == Span(0.0, 1.2)
    assert Span(3.0, 4.0).widened(0.5, last_s=2.0) == Span(2.5, 2.5)


@pytest.mark.parametrize(
    ("samples", "rate_hz", "fault"),
    [
        (np.zeros((2, 3), np.float32), 16000, r"float32 \(2, 3\)"),
        (np.zeros(3), 16000, "float64"),
        (np.zeros(3, np.float32), 0, "rate_hz must be positive, got 0"),
    ],
)
def test_a_waveform_of_the_wrong_kind_is_refused(
    samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]], rate_hz: int, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Waveform(samples, rate_hz)


def test_waveform_is_read_only_and_is_cut_by_time() -> None:
    waveform = Waveform(np.arange(10, dtype=np.float32), 10)
    assert waveform.duration_s == 1.0
    assert waveform.cut(Span(0.2, 0.5)).tolist() == [2.0, 3.0, 4.0]
    assert waveform.cut(Span(0.8, 9.0)).tolist() == [8.0, 9.0]
    assert waveform.cut(Span(5.0, 9.0)).size == 0
    with pytest.raises(ValueError, match="read-only"):
        waveform.samples[0] = 1.0


@settings(max_examples=40)
@given(st.lists(TIMES_S, min_size=1, max_size=6), st.integers(0, 60))
def test_cuts_at_the_same_edges_join_into_the_whole(edges_s: list[float], length_s: int) -> None:
    waveform = Waveform(np.arange(length_s * 100, dtype=np.float32), 100)
    edges_s = [0.0, *sorted(edges_s), HOUR_S]
    parts = [waveform.cut(Span(*edges)) for edges in pairwise(edges_s)]
    np.testing.assert_array_equal(np.concatenate(parts), waveform.samples)


@pytest.mark.parametrize(
    ("values", "hop_s", "fault"),
    [
        (np.zeros((2, 2)), 0.01, r"float64 \(2, 2\)"),
        (np.zeros(2, np.float32), 0.01, "float32"),
        (np.zeros(2), 0.0, "hop_s must be positive, got 0"),
    ],
)
def test_a_track_of_the_wrong_kind_is_refused(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], hop_s: float, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Track(values, 0.0, hop_s, "Hz")


def test_track_times_and_within() -> None:
    track = Track(np.arange(10.0), first_s=0.05, hop_s=0.1, unit="dBFS")
    np.testing.assert_allclose(track.times_s, np.arange(10) * 0.1 + 0.05)
    assert track.within(Span(0.15, 0.35)).tolist() == [1.0, 2.0]
    assert track.within(Span(0.0, 0.05)).size == 0
    assert track.within(Span(0.0, 9.0)).size == 10
    with pytest.raises(ValueError, match="read-only"):
        track.values[0] = 1.0


@settings(max_examples=40)
@given(spans(), st.floats(-1.0, 2.0), st.sampled_from([0.005, 0.01, 0.016, 0.1]), st.integers(0, 500))
def test_within_keeps_what_the_span_contains(span: Span, first_s: float, hop_s: float, n: int) -> None:
    span = Span(span.start_s % 5.0, span.start_s % 5.0 + span.duration_s % 5.0)
    track = Track(np.arange(float(n)), first_s, hop_s, "Hz")
    kept = set(track.within(span).tolist())
    for value, time_s in zip(track.values.tolist(), track.times_s.tolist(), strict=True):
        on_an_edge = min(abs(time_s - span.start_s), abs(time_s - span.end_s)) < TOLERANCE_S
        assert on_an_edge or (value in kept) == span.contains(time_s)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=6))
def test_neighbouring_spans_share_out_a_track(edges: list[int]) -> None:
    track = Track(np.arange(500.0), 0.0, 0.01, "Hz")
    edges_s = [0.0, *sorted(edge * 0.01 for edge in edges), 10.0]
    parts = [track.within(Span(*pair)) for pair in pairwise(edges_s)]
    np.testing.assert_array_equal(np.concatenate(parts), track.values)
