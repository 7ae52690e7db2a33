"""Pauses against spans laid by hand: every figure has a closed form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.sound import SoundFeatures
from voicecoach.features.text.clauses import UNSURE
from voicecoach.metrics.pauses import measure_pauses
from voicecoach.model.audio import Span, Track
from voicecoach.words.reasons import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Measurement

NAMES = (
    "silent_pauses", "pause_rate", "pause_time", "mean_pause", "pause_p90", "longest_pause",
    "phonation_time_ratio", "mean_length_of_run", "mid_clause_pause_share", "dead_air", "response_latency",
)  # fmt: skip
SPEECH = (Span(1.0, 3.0), Span(3.2, 5.0), Span(5.5, 8.0), Span(11.5, 14.0), Span(15.0, 21.0))
"""Silences of 0.2 (no pause), 0.5, 3.5 and 1.0 s; the answer lasts 20 s."""


def features_of(speech: Sequence[Span], *, duration_s: float = 30.0) -> SoundFeatures:
    empty = Track(np.zeros(0), 0.0, 0.01, "")
    return SoundFeatures(duration_s, tuple(speech), empty, empty, empty, empty, empty, None)


def measured(
    speech: Sequence[Span],
    *,
    clause_end_odds: Sequence[float] | None = None,
    n_syllables: int | None = None,
    prompt_end_s: float | None = None,
) -> dict[str, Measurement]:
    figures = measure_pauses(
        features_of(speech),
        clause_end_odds=clause_end_odds,
        n_syllables=n_syllables,
        prompt_end_s=prompt_end_s,
    )
    return {measurement.name: measurement for measurement in figures}


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("silent_pauses", 3.0, "count"),
        ("pause_rate", 9.0, "per_min"),
        ("pause_time", 5.0, "s"),
        ("mean_pause", 5.0 / 3.0, "s"),
        ("pause_p90", 3.0, "s"),
        ("longest_pause", 3.5, "s"),
        ("phonation_time_ratio", 0.75, "ratio"),
        ("mean_length_of_run", 15.0, "syllables"),
        ("mid_clause_pause_share", 1.0 / 3.0, "ratio"),
        ("dead_air", 1.0, "count"),
        ("response_latency", 0.4, "s"),
    ],
)
def test_every_figure_has_its_closed_form(name: str, value: float, unit: str) -> None:
    figure = measured(SPEECH, clause_end_odds=[2.0, -2.0, 2.0], n_syllables=60, prompt_end_s=0.6)[name]
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit
    assert figure.definition


def test_names_come_in_a_fixed_order() -> None:
    assert tuple(measured(SPEECH)) == NAMES
    assert tuple(measured(())) == NAMES


def test_evidence_is_what_was_counted() -> None:
    pauses = (Span(5.0, 5.5), Span(8.0, 11.5), Span(14.0, 15.0))
    figures = measured(SPEECH, clause_end_odds=[2.0, -2.0, 2.0], n_syllables=60, prompt_end_s=0.25)
    assert figures["silent_pauses"].evidence == pauses
    assert figures["longest_pause"].evidence == figures["dead_air"].evidence == (pauses[1],)
    assert figures["mid_clause_pause_share"].evidence == (pauses[1],)
    assert figures["mean_length_of_run"].evidence == (
        Span(1.0, 5.0), Span(5.5, 8.0), Span(11.5, 14.0), Span(15.0, 21.0),
    )  # fmt: skip
    assert figures["response_latency"].evidence == (Span(0.25, 1.0),)


@pytest.mark.parametrize(
    ("odds", "share"),
    [
        ([UNSURE, -UNSURE, UNSURE], 1.0 / 3.0),
        ([UNSURE, UNSURE, UNSURE], 0.0),
        ([UNSURE / 2, -UNSURE, UNSURE], 0.5),  # what the words do not tell counts on no side
        ([0.0, -UNSURE, -UNSURE], 1.0),
        ([0.0, UNSURE / 2, UNSURE], None),
    ],
)
def test_the_share_is_of_the_pauses_whose_words_tell(odds: list[float], share: float | None) -> None:
    figure = measured(SPEECH, clause_end_odds=odds)["mid_clause_pause_share"]
    assert figure.value == pytest.approx(share) if share is not None else figure.value is None
    assert figure.reason == (None if share is not None else "clause_ends_unclear")


def test_without_pauses_there_is_no_mean_but_a_count() -> None:
    figures = measured((Span(1.0, 5.0), Span(5.2, 9.0)), clause_end_odds=[], n_syllables=40)
    assert [
        figures[name].value for name in ("silent_pauses", "pause_rate", "pause_time", "longest_pause")
    ] == [0.0] * 4
    assert figures["longest_pause"].evidence == ()
    assert figures["phonation_time_ratio"].value == 1.0
    assert figures["mean_length_of_run"].value == 40.0
    for name in ("mean_pause", "pause_p90", "mid_clause_pause_share"):
        assert (figures[name].value, figures[name].reason) == (None, "no_pauses")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mean_length_of_run", "no_transcript"),
        ("mid_clause_pause_share", "no_transcript"),
        ("response_latency", "no_prompt_end"),
    ],
)
def test_what_is_not_known_is_not_measured(name: str, reason: str) -> None:
    figure = measured(SPEECH, n_syllables=0)[name]
    assert (figure.value, figure.reason) == (None, reason)


def test_without_speech_nothing_is_measured() -> None:
    for measurement in measured((), clause_end_odds=[], n_syllables=10, prompt_end_s=0.0).values():
        assert (measurement.value, measurement.reason) == (None, "no_speech")


def test_every_reason_has_words() -> None:
    figures = [*measured(()).values(), *measured(SPEECH).values(), *measured(SPEECH[:1]).values()]
    reasons = {measurement.reason for measurement in figures if measurement.reason}
    assert {reason for reason in reasons if not is_known(reason)} == set()


def test_who_does_not_wait_has_a_negative_latency() -> None:
    figure = measured(SPEECH, prompt_end_s=2.5)["response_latency"]
    assert figure.value == pytest.approx(-1.5)
    assert figure.evidence == ()


@pytest.mark.parametrize(("silence_s", "n"), [(0.24, 0), (0.25, 1), (2.99, 1)])
def test_a_pause_begins_at_250_ms(silence_s: float, n: int) -> None:
    figures = measured((Span(0.0, 2.0), Span(2.0 + silence_s, 9.0)))
    assert figures["silent_pauses"].value == n
    assert figures["dead_air"].value == 0.0


lengths = st.lists(st.tuples(st.floats(0.05, 4.0), st.floats(0.06, 6.0)), min_size=1, max_size=12)


def laid(pairs: Sequence[tuple[float, float]], *, first_s: float) -> tuple[Span, ...]:
    spans, at_s = [], first_s
    for sound_s, silence_s in pairs:
        spans.append(Span(at_s, at_s + sound_s))
        at_s += sound_s + silence_s
    return tuple(spans)


@settings(max_examples=40, deadline=None)
@given(pairs=lengths)
def test_sound_and_pauses_make_up_the_answer(pairs: list[tuple[float, float]]) -> None:
    figures = measured(laid(pairs, first_s=0.5))
    answer_s = laid(pairs, first_s=0.5)[-1].end_s - 0.5
    ratio, pause_time = figures["phonation_time_ratio"].value, figures["pause_time"].value
    assert ratio == pytest.approx(1.0 - (pause_time or 0.0) / answer_s)
    assert 0.0 < (ratio or 0.0) <= 1.0 + 1e-12


@settings(max_examples=40, deadline=None)
@given(pairs=lengths, front_s=st.floats(0.0, 100.0))
def test_silence_in_front_changes_the_latency_alone(pairs: list[tuple[float, float]], front_s: float) -> None:
    pairs = [(round(sound_s, 3), round(silence_s, 3) + 1e-4) for sound_s, silence_s in pairs]
    before = measured(laid(pairs, first_s=0.0), n_syllables=30, prompt_end_s=0.0)
    after = measured(laid(pairs, first_s=front_s), n_syllables=30, prompt_end_s=0.0)
    for name in set(NAMES) - {"response_latency"}:
        assert after[name].value == pytest.approx(before[name].value), name
    assert after["response_latency"].value == pytest.approx(front_s)


@settings(max_examples=40, deadline=None)
@given(pairs=lengths, index=st.integers(0, 11), extra_s=st.floats(0.01, 3.0))
def test_a_longer_silence_never_raises_the_phonation_ratio(
    pairs: list[tuple[float, float]], index: int, extra_s: float
) -> None:
    index %= len(pairs)
    longer = [*pairs]
    longer[index] = (pairs[index][0], max(pairs[index][1], 0.25) + extra_s)
    before, after = (measured(laid(p, first_s=0.0))["phonation_time_ratio"].value for p in (pairs, longer))
    assert (after or 0.0) <= (before or 0.0) + 1e-9
