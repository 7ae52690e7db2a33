"""Which onsets are heard again, and what becomes of the answer."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from voicecoach.adapters.whisper.onsets import (
    ONSET_ALWAYS,
    ONSET_LEAD_S,
    ONSET_SILENCE_S,
    ONSET_SOUND_S,
    ONSET_TAIL_S,
    onsets,
    window,
)
from voicecoach.model.audio import Span


def test_short_silences_make_no_onset() -> None:
    speech = [Span(1.0, 2.0), Span(2.1, 3.0), Span(3.5, 4.0)]
    assert onsets(speech, duration_s=5.0) == (Span(1.0, 3.0), Span(3.5, 4.0))


def test_onsets_after_the_longest_silences_come_first() -> None:
    speech = [Span(float(n), n + (0.5 if n % 2 else 0.7)) for n in range(40)]
    asked = onsets(speech, duration_s=40.0)
    assert len(asked) == ONSET_ALWAYS
    assert {span.start_s % 2 for span in asked} == {0.0}  # after the odd ones, which leave .5 s


@given(st.lists(st.tuples(st.floats(0.0, 2.0), st.floats(0.05, 3.0)), max_size=60), st.floats(0.0, 4000.0))
def test_onsets_are_ordered_and_are_starts_of_speech(
    laid_out: list[tuple[float, float]], duration_s: float
) -> None:
    speech, now_s = [], 0.0
    for silence_s, sound_s in laid_out:
        speech.append(Span(now_s + silence_s, now_s + silence_s + sound_s))
        now_s = speech[-1].end_s
    asked = onsets(speech, duration_s=duration_s)
    assert bool(asked) == bool(speech)
    assert {span.start_s for span in asked} <= {span.start_s for span in speech}
    assert all(after.start_s - before.end_s >= ONSET_SILENCE_S - 1e-6 for before, after in pairwise(asked))


def test_the_window_holds_nothing_of_the_next_stretch() -> None:
    assert window(Span(1.0, 9.0)) == Span(1.0 - ONSET_LEAD_S, 1.0 - ONSET_LEAD_S + ONSET_SOUND_S)
    assert window(Span(1.0, 1.3)) == Span(1.0 - ONSET_LEAD_S, 1.3 + ONSET_TAIL_S)
    assert window(Span(0.05, 1.0)).start_s == 0.0
