"""Figures in words, and the geometry of their bullet graphs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from assessments import answer
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.metrics.table import METRICS
from voicecoach.model.assessment import Band, Measurement
from voicecoach.model.speaker_profile import Baseline
from voicecoach.report import names
from voicecoach.report.figures import bullet, figure_groups, limits_text

if TYPE_CHECKING:
    from voicecoach.words.catalogue import Ui

LIMIT = st.floats(-50, 300)


@given(st.tuples(LIMIT, LIMIT, LIMIT, LIMIT).map(sorted), st.floats(-100, 400), st.integers(0, 3))
def test_the_value_stands_in_the_zone_of_its_verdict(
    limits: list[float], value: float, open_side: int
) -> None:
    low, high = (None if open_side & 1 else 0), (None if open_side & 2 else 0)
    green = (limits[1] if low == 0 else None, limits[2] if high == 0 else None)
    amber = (limits[0] if low == 0 else None, limits[3] if high == 0 else None)
    band = Band(green, amber, "s")
    drawn = bullet(band, value)
    assert sum(zone.width for zone in drawn.zones) == pytest.approx(1.0)
    assert 0.0 <= drawn.at <= 1.0
    touching = [z.verdict for z in drawn.zones if z.start - 1e-9 <= drawn.at <= z.start + z.width + 1e-9]
    if limits[0] < limits[1] < limits[2] < limits[3] and value not in limits:
        assert band.verdict(value) in touching


def test_zones_of_a_two_sided_band_from_left_to_right() -> None:
    drawn = bullet(Band((160, 240), (130, 280), "s"), 205)
    assert [zone.verdict for zone in drawn.zones] == ["red", "amber", "green", "amber", "red"]
    assert drawn.at == pytest.approx(0.5)


def test_a_count_without_a_lower_limit_starts_at_zero() -> None:
    drawn = bullet(Band((None, 18), (None, 30), "s"), 0)
    assert [zone.verdict for zone in drawn.zones] == ["green", "amber", "red"]
    assert drawn.at == 0.0


@pytest.mark.parametrize(
    ("name", "limits", "text"),
    [
        ("speech_rate", (160, 240), "160–240"),
        ("pause_rate", (None, 18), "≤ 18"),
        ("snr", (20, None), "≥ 20"),
        ("agitation", (-0.4, 0.4), "−0.4…0.4"),
        ("phonation_time_ratio", (0.65, 0.9), "65%–90%"),
        ("clipping", (None, 0.0005), "≤ 0.05%"),
        ("snr", (None, None), "−∞–∞"),
    ],
)
def test_limits_are_written_with_the_decimals_they_need(
    name: str, limits: tuple[float | None, float | None], text: str
) -> None:
    assert limits_text(name, limits) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("speech_rate", 199.51, "200"),
        ("longest_pause", 3.4, "3.40"),
        ("phonation_time_ratio", 0.714, "71%"),
        ("agitation", -0.004, "0.00"),
        ("agitation", -0.3, "−0.30"),
        ("clipping", 0.00051, "0.05%"),
        ("not_yet_known", 0.2574, "0.26"),
    ],
)
def test_figures_have_the_decimals_of_their_measurement(name: str, value: float, text: str) -> None:
    assert names.figure(name, value) == text


def test_units_in_both_languages_and_unknown_ones_as_they_stand() -> None:
    assert names.unit("speech_rate", "字/min", "zh") == "字/分"
    assert names.unit("longest_pause", "s", "en") == "s"
    assert names.unit("x", "furlong", "zh") == "furlong"
    assert names.unit("pause_rate", "per_min", "zh") == names.unit("pause_rate", "1/min", "zh") == "次/分"
    assert names.unit("clipping", "ratio", "zh") == ""


def test_every_name_has_a_title_a_group_and_a_chinese_formula() -> None:
    for name in METRICS:
        assert names.group(name) in names.groups("zh")
        assert names.group(name) != names.OTHER
        assert names.title(name, "en") != name
        formula = names.formula(METRICS[name].unmeasured("no_speech"), "zh")
        assert any("一" <= character <= "鿿" for character in names.title(name, "zh") + formula)


def test_a_measurement_without_words_is_shown_rather_than_lost() -> None:
    other = figure_groups(answer(), "en", gentle=False)[-1]
    assert (other.title, [figure.title for figure in other.figures]) == ("Other", ["warmth_of_room"])


def test_the_formula_is_in_the_readers_language() -> None:
    measured = Measurement("speech_rate", 1.0, "wpm", "words / minutes")
    assert names.formula(measured, "en") == "words / minutes"
    assert names.formula(measured, "zh").startswith("音节数")


@pytest.mark.parametrize(
    ("ui", "told"),
    [("zh", "以您自己之前的 5 次练习为准"), ("en", "your own 5 earlier takes as the calm voice")],
)
def test_a_calm_voice_of_earlier_takes_is_named(ui: Ui, told: str) -> None:
    calm = Baseline(12.0, 2.0, -10.0, 3.0, n_units=3, n_takes=5).told()
    band = Band((-0.4, 0.4), (-1.0, 0.7), f"{calm}; project's choice")
    judged = replace(
        answer(), measurements=(Measurement("agitation", 0.1, "-1..1", ""),), bands={"agitation": band}
    )
    figure = figure_groups(judged, ui, gentle=False)[0].figures[0]
    assert figure.reference == told
    assert figure.source.startswith(f"{told}; ")
    assert ("project" in figure.source) == (ui == "en")


def test_a_calibrated_voice_needs_no_word() -> None:
    figures = [figure for group in figure_groups(answer(), "zh", gentle=False) for figure in group.figures]
    assert {figure.reference for figure in figures} == {""}


def test_the_source_of_our_own_bands_is_told_in_chinese() -> None:
    pauses = next(group for group in figure_groups(answer(), "zh", gentle=False) if group.id == "pauses")
    longest = next(figure for figure in pauses.figures if figure.name == "longest_pause")
    assert longest.source == "本项目选定; silence > 5 s is flagged by contact centres"
    assert longest.band == "合适 ≤ 3 · 留意 ≤ 5 · 其余需改进"
