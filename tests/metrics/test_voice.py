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
from voicecoach.metrics.agitation import (
    UNIT_VOICED_S,
    Voice,
    agitation,
    baseline_of,
    baseline_of_takes,
    voiced_units,
)
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
HF500_ABOVE_DB = 4.0
"""In made units HF500 lies so far above HF1000."""

CALM = Baseline(f0_high_st=12.0, f0_high_sd_st=2.0, hf1000_db=-10.0, hf1000_sd_db=3.0, n_units=10)


@dataclass(frozen=True)
class Unit:
    """One inter-pause unit to be made; F0 swings by ``swing_st`` about its centre once a second."""

    f0_hz: float = 200.0
    hf1000_db: float = -10.0
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
    f0_hz, hf1000_db = pitch.values.copy(), pitch.values.copy()
    level_dbfs = np.full(round(duration_s / LEVEL_HOP_S), -70.0)
    level_times_s = np.arange(len(level_dbfs)) * LEVEL_HOP_S
    for span, unit in zip(spans, units, strict=True):
        inside = (pitch.times_s >= span.start_s) & (pitch.times_s < span.end_s)
        swing_st = unit.swing_st * np.sin(2.0 * np.pi * (pitch.times_s[inside] - span.start_s))
        f0_hz[inside] = unit.f0_hz * 2.0 ** (swing_st / 12.0)
        hf1000_db[inside] = unit.hf1000_db
        level_dbfs[(level_times_s >= span.start_s) & (level_times_s < span.end_s)] = unit.level_dbfs
    return SoundFeatures(
        duration_s=duration_s,
        speech=tuple(spans),
        speech_probability=Track(np.ones(round(duration_s / 0.032)), 0.0, 0.032, "probability"),
        level=Track(level_dbfs, 0.0, LEVEL_HOP_S, "dBFS"),
        pitch=Track(f0_hz, 0.0, PITCH_HOP_S, "Hz"),
        hf500=Track(hf1000_db + HF500_ABOVE_DB, 0.0, PITCH_HOP_S, "dB"),
        hf1000=Track(hf1000_db, 0.0, PITCH_HOP_S, "dB"),
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
        "pitch_high",
        "pitch_variety",
        "pitch_range",
        "hf500",
        "hf1000",
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
    # p85 of a sine is sin(0.35 pi) of its amplitude.
    high_st = 12.0 * math.log2(value(figures["pitch_high"]) / 200.0)
    assert high_st == pytest.approx(4.0 * math.sin(0.35 * math.pi), abs=2 * SD_ST)
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


def test_agitation_places_the_voice_in_the_baseline() -> None:
    # 1.5 SD up in F0, which counts twice, and 1 SD up in HF1000: tanh(mean 4/3 / 2).
    sound = features([Unit(100.0 * 2.0 ** (15.0 / 12.0), -7.0)] * 2)
    figure = measured(sound, baseline=CALM)["agitation"]
    assert value(figure) == pytest.approx(math.tanh(2.0 / 3.0), abs=EXACT)
    assert figure.evidence == sound.speech
    assert figure.provisional == ""


def test_agitation_goes_by_the_high_part_of_the_voice() -> None:
    # A swing of 4 st about the calm pitch: its 85th percentile lies 4 sin(.35 pi) st up, at 2 st a SD.
    figure = measured(features([Unit(swing_st=4.0, duration_s=4.0)]), baseline=CALM)["agitation"]
    high = 4.0 * math.sin(0.35 * math.pi) / 2.0
    assert value(figure) == pytest.approx(math.tanh(2.0 * high / 3.0 / 2.0), abs=SD_ST)


def test_the_calm_voice_is_calm_and_shows_no_evidence() -> None:
    figure = measured(features([Unit()] * 2), baseline=CALM)["agitation"]
    assert abs(value(figure)) < 0.01
    assert figure.evidence == ()


@settings(max_examples=25, deadline=None)
@given(
    f0_st=st.floats(-5.0, 40.0),
    hf1000_db=st.floats(-30.0, 10.0),
    more=st.floats(0.0, 10.0),
)
def test_agitation_rises_with_both_and_stays_within_one(f0_st: float, hf1000_db: float, more: float) -> None:
    plain = agitation(Voice(f0_st, hf1000_db), CALM)
    assert -1.0 <= plain <= 1.0
    assert agitation(Voice(f0_st + more, hf1000_db), CALM) >= plain
    assert agitation(Voice(f0_st, hf1000_db + more), CALM) >= plain


def test_without_a_baseline_no_figure_is_given_however_the_take_goes() -> None:
    calm, tense = Unit(200.0, -10.0), Unit(300.0, -4.0)
    for units in ([calm] * 2, [calm] * 4 + [tense] * 4, [tense] * 8):
        figure = measured(features(units))["agitation"]
        assert figure.value is None
        assert figure.reason == "no_baseline"


def test_a_baseline_is_the_calm_voice_with_a_spread_near_the_usual() -> None:
    semitone = 2.0 ** (1.0 / 12.0)
    calm = baseline_of(
        [features([Unit(200.0 / semitone, -12.0), Unit(200.0)]), features([Unit(200.0 * semitone, -8.0)])]
    )
    assert calm.n_units == 3
    # A third of all frames lies at each of 11, 12 and 13 st: the 85th percentile is that of the highest.
    assert calm.f0_high_st == pytest.approx(13.0, abs=1e-6)
    assert calm.hf1000_db == pytest.approx(-10.0)
    # Mean square about the median: 2/3 st^2 and 8/3 dB^2, drawn towards 2 st and 3 dB by 10 units.
    assert calm.f0_high_sd_st == pytest.approx(math.sqrt((2.0 + 10 * 4.0) / 13.0))
    assert calm.hf1000_sd_db == pytest.approx(math.sqrt((8.0 + 10 * 9.0) / 13.0))


def test_the_recording_that_makes_a_baseline_lies_at_its_middle() -> None:
    sound = features([Unit(180.0, -12.0), Unit(200.0, -10.0, swing_st=3.0), Unit(220.0, -9.0)])
    assert value(measured(sound, baseline=baseline_of([sound]))["agitation"]) == pytest.approx(0.0, abs=EXACT)


def test_earlier_takes_make_a_baseline_from_three_on() -> None:
    assert baseline_of_takes([Voice(12.0, -10.0)] * 2) is None
    calm = baseline_of_takes([Voice(12.0, -10.0)] * 3)
    assert calm == Baseline(12.0, 2.0, -10.0, 3.0, n_units=2, n_takes=3)
    figure = measured(features([Unit()] * 2), baseline=calm)["agitation"]
    assert value(figure) == pytest.approx(0.0, abs=EXACT)
    assert "own 3 earlier takes" in figure.definition


@settings(max_examples=25, deadline=None)
@given(shout_st=st.floats(6.0, 24.0), n_calm=st.integers(4, 12))
def test_a_few_agitated_takes_do_not_move_the_calm_voice(shout_st: float, n_calm: int) -> None:
    calm = [Voice(12.0 + 0.1 * (i % 3 - 1), -10.0) for i in range(n_calm)]
    shouted = [Voice(12.0 + shout_st, -4.0)] * (n_calm // 4)
    plain, mixed = baseline_of_takes(calm), baseline_of_takes([*calm, *shouted])
    assert plain is not None
    assert mixed is not None
    assert mixed.f0_high_st == pytest.approx(plain.f0_high_st, abs=0.11)
    assert mixed.f0_high_sd_st == pytest.approx(plain.f0_high_sd_st, abs=0.01)


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
    assert value(figures["hf500"]) == pytest.approx(-6.0)
    assert value(figures["hf1000"]) == pytest.approx(-10.0)
    assert figures["pitch_variety"].reason == "too_little_voiced"
    assert figures["loudness_range"].reason == "too_little_voiced"
