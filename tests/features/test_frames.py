"""Runs of frames: against the mask they come from, and the times they stand for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.frames import closed, frame_mask, run_span, runs
from voicecoach.model.audio import Span

HOP_S = 0.125
MASKS = st.lists(st.booleans(), max_size=40)


@given(MASKS)
def test_runs_tell_the_mask(frames: list[bool]) -> None:
    mask = np.array(frames, dtype=np.bool_)
    again = np.zeros_like(mask)
    for start, stop in runs(mask):
        again[start:stop] = True
    np.testing.assert_array_equal(again, mask)
    assert all(left[1] < right[0] for left, right in pairwise(runs(mask)))


@given(MASKS, st.integers(0, 6))
def test_only_short_pauses_are_closed(frames: list[bool], shortest: int) -> None:
    before = runs(np.array(frames, dtype=np.bool_))
    after = closed(before, shortest)
    pauses = [(left[1], right[0]) for left, right in pairwise(before)]
    assert [(left[1], right[0]) for left, right in pairwise(after)] == [
        (start, stop) for start, stop in pauses if stop - start >= shortest
    ]


@given(MASKS)
def test_spans_lead_back_to_the_mask(frames: list[bool]) -> None:
    mask = np.array([False, *frames], dtype=np.bool_)  # the first frame is clipped at 0 s: see below
    # a run reaches half a frame beyond its ends; a little less rounds to the frames themselves
    spans = [run_span(run, HOP_S) for run in runs(mask)]
    inner = [Span(span.start_s + HOP_S / 4, span.end_s - HOP_S / 4) for span in spans]
    np.testing.assert_array_equal(frame_mask(inner, len(mask), HOP_S), mask)


def test_the_first_frame_begins_with_the_recording() -> None:
    assert run_span((0, 2), HOP_S) == Span(0.0, 1.5 * HOP_S)
    assert run_span((2, 4), HOP_S) == Span(1.5 * HOP_S, 3.5 * HOP_S)
