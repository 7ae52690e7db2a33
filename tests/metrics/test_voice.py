"""Figures of tone on tracks whose figures are known in closed form."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import InputError
from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.agitation import UNIT_VOICED_S, agitation, baseline_of, voiced_units
from voicecoach.metrics.voice import measure_voice, robust_sd
from voicecoach.model.audio import Span, Track
from voicecoach.model.speaker_profile import Baseline
from voicecoach.words.reasons import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Measurement
    from voicecoach.model.transcript import Language

PITCH_HOP_S, LEVEL_HOP_S = 0.016, 0.005
GAP_S = 0.4
SD_ST = 0.03
"""A sine of 4 st sampled at frames: its SD is off by less than this, semitones."""
EXACT = 1e-9

CALM = Baseline(f0_median_st=12.0, f0_sd_st=2.0, hf500_db=-10.0, hf500_sd_db=3.0, n_units=10)


@dataclass(frozen=True)
class Unit:
    """One inter-pause unit to be made; F0 swings by ``swing_st`` about its centre once a second."""

    f0_hz: float = 200.0
    hf500_db: float = -10.0
    level_dbfs: float = -20.0
    duration_s: float = 1.6
    swing_st: float = 0.0


def features(units: Sequence[Unit], *, start_s: float = 0.4) -> SoundFeatures:
    spans, end_s = [], start_s
    for unit in units:
        spans.append(Span(end_s, end_s + unit.duration_s))
        end_s += unit.duration_s + GAP_S
    duration_s = max(end_s, 1.0)
    pitch = Track(np.full(round(duration_s / PITCH_HOP_S), np.nan), 0.0, PITCH_HOP_S, "Hz")
    f0_hz, hf500_db = pitch.values.copy(), pitch.values.copy()
    level_dbfs = np.full(round(duration_s / LEVEL_HOP_S), -70.0)
    level_times_s = np.arange(len(level_dbfs)) * LEVEL_HOP_S
    for span, unit in zip(spans, units, strict=True):
        inside = (pitch.times_s >= span.start_s) & (pitch.times_s < span.end_s)
        swing_st = unit.swing_st * np.sin(2.0 * np.pi * (pitch.times_s[inside] - span.start_s))
        f0_hz[inside] = unit.f0_hz * 2.0 ** (swing_st / 12.0)
        hf500_db[inside] = unit.hf500_db
        level_dbfs[(level_times_s >= span.start_s) & (level_times_s < span.end_s)] = unit.level_dbfs
    return SoundFeatures(
        duration_s=duration_s,
        speech=tuple(spans),
        speech_probability=Track(np.ones(round(duration_s / 0.032)), 0.0, 0.032, "probability"),
        level=Track(level_dbfs, 0.0, LEVEL_HOP_S, "dBFS"),
        pitch=Track(f0_hz, 0.0, PITCH_HOP_S, "Hz"),
        hf500=Track(hf500_db, 0.0, PITCH_HOP_S, "dB"),
        noise_floor_dbfs=-70.0,
    )


def measured(
    sound: SoundFeatures, *, language: Language = "zh", baseline: Baseline | None = None
) -> dict[str, Measurement]:
    return {m.name: m for m in measure_voice(sound, language=language, baseline=baseline)}


def value(measurement: Measurement) -> float:
    assert measurement.reason is None
    return float(measurement.value or 0.0)


def test_names_are_those_of_the_schema() -> None:
    names = {
        "pitch_median",
        "pitch_variety",
        "pitch_range",
        "hf500",
        "agitation",
        "steadiness",
        "loudness_range",
        "level_surges",
    }
    sound = features([Unit()])
    assert set(measured(sound, language="en")) == names
    assert set(measured(sound, language="zh")) == names | {"pitch_variety_units"}


def test_a_swing_of_four_semitones_has_its_closed_form() -> None:
    figures = measured(features([Unit(swing_st=4.0, duration_s=4.0)]))
    assert value(figures["pitch_median"]) == pytest.approx(200.0, rel=0.01)
    assert value(figures["pitch_variety"]) == pytest.approx(4.0 / math.sqrt(2.0), abs=SD_ST)
    # p95 of a sine is sin(0.45 pi) of its amplitude.
    assert value(figures["pitch_range"]) == pytest.approx(8.0 * math.sin(0.45 * math.pi), abs=4 * SD_ST)


@settings(max_examples=25, deadline=None)
@given(factor=st.floats(0.5, 2.0))
def test_spreads_do_not_depend_on_how_high_a_voice_is(factor: float) -> None:
    low = measured(features([Unit(100.0, swing_st=3.0), Unit(120.0, swing_st=2.0), Unit(100.0)]))
    high = measured(
        features(
            [Unit(100.0 * factor, swing_st=3.0), Unit(120.0 * factor, swing_st=2.0), Unit(100.0 * factor)]
        )
    )
    for name in ("pitch_variety", "pitch_range", "pitch_variety_units", "steadiness"):
        assert value(low[name]) == pytest.approx(value(high[name]), abs=1e-6)


def test_outliers_do_not_widen_the_variety() -> None:
    values = np.concatenate((np.linspace(-2.0, 2.0, 1001), [-14.0, 13.0, 12.5]))
    assert robust_sd(values) == pytest.approx(4.0 / math.sqrt(12.0), abs=0.01)
    assert robust_sd(np.zeros(5)) == 0.0


def test_variety_of_units_leaves_out_what_happens_inside_them() -> None:
    figures = measured(features([Unit(200.0, swing_st=4.0, duration_s=2.0)] * 3))
    assert value(figures["pitch_variety_units"]) == pytest.approx(0.0, abs=1e-6)
    semitone = 2.0 ** (1.0 / 12.0)
    figures = measured(features([Unit(200.0 / semitone), Unit(200.0), Unit(200.0 * semitone)]))
    assert value(figures["pitch_variety_units"]) == pytest.approx(1.0, abs=1e-6)


def test_agitation_places_the_medians_in_the_baseline() -> None:
    # 3 SD up in F0 and 1 SD up in HF500: tanh(mean 2 / 2).
    sound = features([Unit(100.0 * 2.0 ** (18.0 / 12.0), -7.0)] * 2)
    figure = measured(sound, baseline=CALM)["agitation"]
    assert value(figure) == pytest.approx(math.tanh(1.0), abs=EXACT)
    assert figure.evidence == sound.speech
    assert figure.provisional == ""


def test_the_calm_voice_is_calm_and_shows_no_evidence() -> None:
    figure = measured(features([Unit()] * 2), baseline=CALM)["agitation"]
    assert abs(value(figure)) < 0.01
    assert figure.evidence == ()


@settings(max_examples=25, deadline=None)
@given(
    f0_st=st.floats(-5.0, 40.0),
    hf500_db=st.floats(-30.0, 10.0),
    more=st.floats(0.0, 10.0),
)
def test_agitation_rises_with_both_and_stays_within_one(f0_st: float, hf500_db: float, more: float) -> None:
    plain = agitation(f0_st, hf500_db, CALM)
    assert -1.0 <= plain <= 1.0
    assert agitation(f0_st + more, hf500_db, CALM) >= plain
    assert agitation(f0_st, hf500_db + more, CALM) >= plain


def test_without_a_baseline_a_rise_within_the_take_shows() -> None:
    calm, tense = Unit(200.0, -10.0), Unit(300.0, -4.0)
    risen = measured(features([calm] * 3 + [calm, tense, tense, tense, tense]))["agitation"]
    # The rest alone is judged: 12 log2(1.5) st up over 2 st (shrunk by 3 calm units), 6 dB up over 3 dB.
    shrunk = math.sqrt(10 / 13)
    mean = (12.0 * math.log2(1.5) / (2.0 * shrunk) + 6.0 / (3.0 * shrunk)) / 2.0
    assert value(risen) == pytest.approx(math.tanh(mean / 2.0))
    assert risen.provisional == "own_take_as_baseline"
    assert len(risen.evidence) == 4
    steady = measured(features([tense] * 8))["agitation"]
    assert value(steady) == pytest.approx(0.0, abs=EXACT)


def test_without_a_baseline_a_short_take_is_not_judged() -> None:
    assert measured(features([Unit()] * 2))["agitation"].reason == "no_baseline"


def test_a_baseline_is_the_median_of_calm_units_with_a_spread_near_the_usual() -> None:
    semitone = 2.0 ** (1.0 / 12.0)
    calm = baseline_of(
        [features([Unit(200.0 / semitone, -12.0), Unit(200.0)]), features([Unit(200.0 * semitone, -8.0)])]
    )
    assert calm.n_units == 3
    assert calm.f0_median_st == pytest.approx(12.0, abs=1e-6)
    assert calm.hf500_db == pytest.approx(-10.0)
    # Mean square about the median: 2/3 st^2 and 8/3 dB^2, drawn towards 2 st and 3 dB by 10 units.
    assert calm.f0_sd_st == pytest.approx(math.sqrt((2.0 + 10 * 4.0) / 13.0))
    assert calm.hf500_sd_db == pytest.approx(math.sqrt((8.0 + 10 * 9.0) / 13.0))


def test_a_baseline_of_too_little_sound_is_refused() -> None:
    with pytest.raises(InputError, match=r"holds 1\.6 s of voiced sound, 2 s are needed"):
        baseline_of([features([Unit()])])
    with pytest.raises(InputError, match=r"holds 0\.0 s"):
        baseline_of([])


def test_units_with_hardly_any_voice_are_left_out() -> None:
    short = UNIT_VOICED_S - PITCH_HOP_S
    assert len(voiced_units(features([Unit(), Unit(duration_s=short), Unit()]))) == 2


def test_steadiness_is_zero_for_an_even_voice_and_grows_with_the_swing() -> None:
    even = measured(features([Unit()] * 4))["steadiness"]
    assert value(even) == pytest.approx(0.0, abs=EXACT)
    some = measured(features([Unit(), Unit(220.0), Unit(), Unit(220.0)]))["steadiness"]
    more = measured(features([Unit(), Unit(260.0), Unit(), Unit(260.0)]))["steadiness"]
    assert 0.0 < value(some) < value(more)


def test_loudness_range_and_surges() -> None:
    units = [Unit(level_dbfs=-20.0)] * 4 + [Unit(level_dbfs=-13.5)] + [Unit(level_dbfs=-20.0)] * 4
    sound = features(units)
    figures = measured(sound)
    assert value(figures["level_surges"]) == 1.0
    assert figures["level_surges"].evidence == (sound.speech[4],)
    assert value(figures["loudness_range"]) == pytest.approx(6.5, abs=0.01)


def test_loudness_range_is_from_the_tenth_to_the_95th_percentile() -> None:
    # 21 units of equal length, one dB apart: p95 falls on the 20th, p10 on the third.
    figure = measured(features([Unit(level_dbfs=-40.0 + i) for i in range(21)]))["loudness_range"]
    assert value(figure) == pytest.approx(17.0, abs=0.5)


def test_a_rise_under_six_decibels_is_no_surge() -> None:
    units = [Unit(level_dbfs=-20.0)] * 4 + [Unit(level_dbfs=-14.5)] + [Unit(level_dbfs=-20.0)] * 4
    figure = measured(features(units))["level_surges"]
    assert value(figure) == 0.0
    assert figure.evidence == ()


@settings(max_examples=25, deadline=None)
@given(gain_db=st.floats(-40.0, 10.0))
def test_gain_changes_no_figure(gain_db: float) -> None:
    levels = (-20.0, -23.0, -12.0, -21.0)
    plain = measured(features([Unit(level_dbfs=level) for level in levels]))
    scaled = measured(features([Unit(level_dbfs=level + gain_db) for level in levels]))
    for name, figure in plain.items():
        assert (scaled[name].reason, scaled[name].evidence) == (figure.reason, figure.evidence)
        assert scaled[name].value == (None if figure.value is None else pytest.approx(figure.value, abs=1e-9))


@settings(max_examples=25, deadline=None)
@given(n_frames=st.integers(0, 200))
def test_silence_in_front_shifts_only_the_evidence(n_frames: int) -> None:
    offset_s = n_frames * 0.08  # a multiple of both hops
    units = [Unit(), Unit(250.0, -5.0), Unit(), Unit(level_dbfs=-8.0)]
    plain = measured(features(units), baseline=CALM)
    later = measured(features(units, start_s=0.4 + offset_s), baseline=CALM)
    for name, figures in plain.items():
        assert value(later[name]) == pytest.approx(value(figures), abs=0.02)
        assert [span.start_s - offset_s for span in later[name].evidence] == pytest.approx(
            [span.start_s for span in figures.evidence]
        )


@pytest.mark.parametrize("baseline", [None, CALM])
def test_no_speech_gives_reasons_and_no_value(baseline: Baseline | None) -> None:
    for figure in measured(features([]), baseline=baseline).values():
        assert figure.value is None
        assert figure.reason in {"no_speech", "no_baseline"}


def test_too_little_voice_gives_reasons_that_have_words() -> None:
    figures = measured(features([Unit(duration_s=0.24)]), baseline=CALM)
    assert {m.reason for m in figures.values()} == {"too_little_voiced", "too_few_units"}
    assert all(is_known(str(m.reason)) for m in figures.values())


def test_a_second_of_voice_has_a_median_but_no_spread() -> None:
    figures = measured(features([Unit(duration_s=1.0)]), baseline=CALM)
    assert value(figures["pitch_median"]) == pytest.approx(200.0)
    assert value(figures["hf500"]) == pytest.approx(-10.0)
    assert figures["pitch_variety"].reason == "too_little_voiced"
    assert figures["loudness_range"].reason == "too_little_voiced"
