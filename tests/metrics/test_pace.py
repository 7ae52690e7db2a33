"""Rates against closed form: so many syllables in so many seconds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.sound import SoundFeatures
from voicecoach.features.text.words import SpokenSyllable
from voicecoach.metrics.pace import measure_pace, syllables_by_unit
from voicecoach.model.audio import Span, Track

if TYPE_CHECKING:
    from voicecoach.model.assessment import Measurement

UNITS = (Span(1.0, 6.0), Span(7.0, 12.0), Span(14.0, 19.0), Span(19.5, 21.0))
PER_UNIT = (25, 15, 20, 6)


def sound(*speech: Span) -> SoundFeatures:
    """Features with these sounding spans and nothing else."""
    none = Track(np.full(10, np.nan), 0.0, 0.01, "")
    return SoundFeatures(30.0, speech, none, none, none, none, none, None)


def spoken(units: tuple[Span, ...] = UNITS, counts: tuple[int, ...] = PER_UNIT) -> list[SpokenSyllable]:
    """``counts`` syllables evenly over each unit, each a word of its own."""
    result: list[SpokenSyllable] = []
    for unit, count in zip(units, counts, strict=True):
        edges = np.linspace(unit.start_s, unit.end_s, count + 1).tolist()
        result += [
            SpokenSyllable("好", Span(start, end), len(result) + index)
            for index, (start, end) in enumerate(pairwise(edges))
        ]
    return result


def named(measured: tuple[Measurement, ...]) -> dict[str, Measurement]:
    return {measurement.name: measurement for measurement in measured}


def test_mandarin_rates() -> None:
    figures = named(measure_pace(sound(*UNITS), spoken(), "zh", n_words=66))
    assert figures["speech_rate"].value == pytest.approx(66 * 60 / 20.0)
    assert figures["speech_rate"].unit == "字/min"
    assert figures["speech_rate"].evidence == (Span(1.0, 21.0),)
    assert figures["articulation_rate"].value == pytest.approx(66 / 16.5)
    assert figures["articulation_rate"].unit == "syllables/s"
    rates = [5.0, 3.0, 4.0, 4.0]
    assert figures["local_rate_median"].value == pytest.approx(4.0)
    assert figures["local_rate_p10"].value == pytest.approx(np.percentile(rates, 10))
    assert figures["local_rate_p90"].value == pytest.approx(np.percentile(rates, 90))
    assert figures["local_rate_p10"].evidence == (UNITS[1],)
    assert figures["local_rate_p90"].evidence == (UNITS[0],)
    assert figures["local_rate_median"].evidence == UNITS


def test_english_counts_words() -> None:
    figures = named(measure_pace(sound(*UNITS), spoken(), "en", n_words=45, fillers=(0, 1)))
    assert figures["speech_rate"].value == pytest.approx(45 * 60 / 20.0)
    assert figures["speech_rate"].unit == "wpm"
    assert figures["speech_rate_pruned"].value == pytest.approx(43 * 60 / 20.0)


def test_an_english_filler_of_two_syllables_is_one_word() -> None:
    said = spoken()
    said[1] = SpokenSyllable("know", said[1].span, said[0].word)
    figures = named(measure_pace(sound(*UNITS), said, "en", n_words=45, fillers=(0, 1)))
    assert figures["speech_rate_pruned"].value == pytest.approx(44 * 60 / 20.0)


def test_fillers_leave_the_pruned_rate() -> None:
    figures = named(measure_pace(sound(*UNITS), spoken(), "zh", n_words=66, fillers={3, 7, 9}))
    assert figures["speech_rate"].value == pytest.approx(198.0)
    assert figures["speech_rate_pruned"].value == pytest.approx(63 * 3.0)


def test_short_silences_are_part_of_articulation() -> None:
    figures = named(
        measure_pace(
            sound(Span(0.0, 9.0), Span(9.2, 19.0)), spoken((Span(0.0, 19.0),), (57,)), "zh", n_words=57
        )
    )
    assert figures["articulation_rate"].value == pytest.approx(3.0)
    assert figures["local_rate_p90"].reason == "too_few_units"


def test_units_of_few_syllables_have_no_rate() -> None:
    said = spoken(UNITS, (25, 15, 20, 4))
    figures = named(measure_pace(sound(*UNITS), said, "zh", n_words=64))
    assert figures["local_rate_median"].value == pytest.approx(4.0)
    assert figures["local_rate_median"].evidence == UNITS[:3]


REFUSALS: list[tuple[tuple[Span, ...], list[SpokenSyllable], str]] = [
    ((), spoken(), "no_speech"),
    (UNITS, [], "no_transcript"),
    (UNITS, spoken(UNITS, (10, 10, 10, 9)), "too_few_words"),
    ((Span(0.0, 14.9),), spoken((Span(0.0, 14.9),), (60,)), "too_short"),
]


@pytest.mark.parametrize(("speech", "said", "reason"), REFUSALS)
def test_what_cannot_be_measured_says_why(
    speech: tuple[Span, ...], said: list[SpokenSyllable], reason: str
) -> None:
    measured = measure_pace(sound(*speech), said, "zh", n_words=len(said))
    assert len(measured) == 6
    assert {measurement.reason for measurement in measured} == {reason}
    assert {measurement.value for measurement in measured} == {None}


def test_fifteen_seconds_and_forty_syllables_are_enough() -> None:
    unit = Span(2.0, 17.0)
    figures = named(measure_pace(sound(unit), spoken((unit,), (40,)), "zh", n_words=40))
    assert figures["speech_rate"].value == pytest.approx(160.0)


MIDDLES = [
    (Span(6.1, 6.3), 0),
    (Span(6.7, 6.9), 1),
    (Span(5.9, 6.8), 0),
    (Span(6.2, 7.5), 1),
    (Span(0.0, 0.5), 0),
    (Span(25.0, 26.0), 3),
    (Span(12.5, 18.0), 2),
]


@pytest.mark.parametrize(("span", "unit"), MIDDLES)
def test_a_syllable_goes_to_the_unit_it_overlaps_or_the_nearest(span: Span, unit: int) -> None:
    members = syllables_by_unit(UNITS, [SpokenSyllable("好", span, 0), SpokenSyllable("?", None, 0)])
    assert members == tuple((0,) if index == unit else () for index in range(4))


def test_no_units_take_no_syllables() -> None:
    assert syllables_by_unit((), spoken()) == ()


@given(st.floats(0.0, 100.0))
def test_silence_in_front_changes_no_rate(offset_s: float) -> None:
    moved = tuple(unit.shifted(offset_s) for unit in UNITS)
    before = measure_pace(sound(*UNITS), spoken(), "zh", n_words=66)
    after = measure_pace(sound(*moved), spoken(moved), "zh", n_words=66)
    assert [m.value for m in after] == pytest.approx([m.value for m in before], rel=1e-6)


@given(st.floats(0.0, 3.0))
def test_a_longer_pause_slows_speech_not_articulation(longer_s: float) -> None:
    moved = (UNITS[0], *(unit.shifted(longer_s) for unit in UNITS[1:]))
    before = named(measure_pace(sound(*UNITS), spoken(), "zh", n_words=66))
    after = named(measure_pace(sound(*moved), spoken(moved), "zh", n_words=66))
    assert after["articulation_rate"].value == pytest.approx(before["articulation_rate"].value)
    assert after["speech_rate"].value == pytest.approx(66 * 60 / (20.0 + longer_s))
