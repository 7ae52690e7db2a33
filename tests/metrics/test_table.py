"""The table of metrics agrees with the catalogue, the profiles, the documents and the names relied on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.packs.profiles import load_profile, profile_names
from voicecoach.features.sound import SILENT_PAUSE_S
from voicecoach.metrics.pace import UNIT_SYLLABLES
from voicecoach.metrics.pauses import DEAD_AIR_FLAG_S, DEAD_AIR_S
from voicecoach.metrics.spec import DEFINITION_UI, GROUPS, MetricSpec
from voicecoach.metrics.table import FAMILIES, METRICS, TEXT_DEPENDENT, in_order
from voicecoach.metrics.turns import BACK_CHANNEL_S
from voicecoach.metrics.voice import SURGE_DB, SURGE_WINDOW_UNITS, TRIM_DEVIATIONS
from voicecoach.model.assessment import Measurement
from voicecoach.model.audio import Span
from voicecoach.model.take import FORMER_UNITS
from voicecoach.report import names
from voicecoach.words.catalogue import has, languages, parameters, source, word

GUIDE = Path(__file__).parents[2] / "docs" / "assessment-json.md"
SPEC = st.sampled_from(sorted(METRICS.values(), key=lambda spec: spec.name))
RELIED_ON = {
    "speech_rate": "字/min", "articulation_rate": "syllables/s", "local_rate_p10": "syllables/s",
    "local_rate_p90": "syllables/s", "nuclei_rate": "syllables/s", "silent_pauses": "count",
    "pause_rate": "per_min", "pause_time": "s", "mean_pause": "s", "longest_pause": "s",
    "phonation_time_ratio": "ratio", "mean_length_of_run": "syllables", "mid_clause_pause_share": "ratio",
    "dead_air": "count", "response_latency": "s", "filled_pauses_vocalised": "per_min",
    "filled_pauses_lexical": "per_100_syllables", "pitch_median": "Hz", "pitch_variety": "st",
    "pitch_range": "st", "hf500": "dB", "agitation": "-1..1", "steadiness": "-1..1",
    "loudness_range": "dB", "level_surges": "count", "politeness": "per_100_syllables",
    "forbidden_language": "count", "snr": "dB", "clipping": "ratio",
}  # fmt: skip
"""Names and units that other programs read in documents."""


def test_each_name_is_declared_once_and_keeps_the_order_of_its_family() -> None:
    declared = [spec for family in FAMILIES for spec in family.SPECS]
    assert list(METRICS.values()) == declared
    assert [name for name in METRICS if [spec.name for spec in declared].count(name) > 1] == []
    assert [GROUPS.index(spec.group) for spec in declared] == sorted(
        GROUPS.index(spec.group) for spec in declared
    )


@given(st.permutations([*METRICS, "warmth_of_room", "zeal"]))
def test_measurements_come_in_the_order_of_the_table(
    order: list[str],
) -> None:
    measured = in_order(Measurement(name, 1.0, "s", "d") for name in order)
    unknown = sorted(("warmth_of_room", "zeal"), key=order.index)
    assert [figure.name for figure in measured] == [*METRICS, *unknown]


def test_names_and_units_that_others_rely_on_stay() -> None:
    assert {name: METRICS[name].unit for name in RELIED_ON} == RELIED_ON


@pytest.mark.parametrize("ui", languages())
@pytest.mark.parametrize("name", METRICS)
def test_every_metric_has_its_words(name: str, ui: str) -> None:
    spec = METRICS[name]
    assert spec.title(ui) == names.title(name, ui) != name
    assert spec.explained(ui)
    assert names.groups(ui)[spec.group]
    assert has(f"group-{spec.group}")
    shown = names.unit(name, spec.unit, ui)
    assert "_" not in shown


@pytest.mark.parametrize("ui", languages())
def test_the_catalogue_words_no_metric_that_is_not_in_the_table(ui: str) -> None:
    codes = [line.partition(" =")[0] for line in source(ui).splitlines() if " =" in line]
    titled = {code.removeprefix("metric-") for code in codes if code.startswith("metric-")}
    explained = {code.removeprefix("formula-") for code in codes if code.startswith("formula-")}
    assert titled == set(METRICS)
    assert {name.partition("-")[0] for name in explained} == set(METRICS)


def test_the_guide_to_documents_names_the_figures_of_a_call() -> None:
    text = GUIDE.read_text("utf-8")
    table = text[text.index("| `talk_share` |") : text.index("They have no weight in the total")]
    told = re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in table.splitlines() if "|" in line))
    assert told == [name for name, spec in METRICS.items() if spec.group == "call"]


def test_a_unit_is_spelled_in_one_way() -> None:
    spelled = {spec.unit for spec in METRICS.values()}
    assert not spelled & set(FORMER_UNITS)
    assert {unit for unit in spelled if unit.startswith(("per_", "1/", "/"))} == {
        "per_min",
        "per_100_syllables",
    }


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("pitch_variety", f"beyond {TRIM_DEVIATIONS} robust SDs"),
        ("level_surges", f"over {SURGE_DB:.0f} dB above the median of the {SURGE_WINDOW_UNITS} units"),
        ("dead_air", f">= {DEAD_AIR_S:.0f} s (noted; flagged from {DEAD_AIR_FLAG_S:.0f} s on)"),
        ("call_dead_air", f">= {DEAD_AIR_S:.0f} s"),
        ("call_dead_air_flagged", f">= {DEAD_AIR_FLAG_S:.0f} s"),
        ("back_channels", f"under {BACK_CHANNEL_S:.0f} s"),
        ("silent_pauses", f">= {SILENT_PAUSE_S * 1000:.0f} ms"),
        ("local_rate_p10", f">= {UNIT_SYLLABLES} syllables"),
    ],
)
def test_a_formula_tells_the_limits_that_are_measured_by(name: str, limit: str) -> None:
    assert limit in METRICS[name].explained("en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", profile_names())
def test_profiles_rate_what_is_in_the_table(name: str, language: str) -> None:
    profile = load_profile(name, "zh" if language == "zh" else "en")
    assert set(profile.bands) <= set(METRICS)
    assert set(profile.weights.measurements) <= set(METRICS)


def test_what_comes_of_the_sound_alone() -> None:
    assert {"speech_rate", "mean_length_of_run", "filled_pauses_lexical", "nin_share"} <= TEXT_DEPENDENT
    assert not {"nuclei_rate", "pause_rate", "agitation", "snr", "talk_share"} & TEXT_DEPENDENT


def test_only_what_recognisers_drop_and_lists_may_lack_is_unproven_at_zero() -> None:
    assert {name for name, spec in METRICS.items() if not spec.provable_at_zero} == {
        "filled_pauses_vocalised",
        "filled_pauses_lexical",
        "forbidden_language",
    }


def test_shares_are_the_figures_shown_as_percentages() -> None:
    assert {name for name, spec in METRICS.items() if spec.unit == "ratio"} == {
        name for name, spec in METRICS.items() if spec.percent
    }


@given(SPEC, st.floats(-1e6, 1e6), st.tuples(st.floats(0, 10), st.floats(10, 20)))
def test_a_measurement_carries_what_its_spec_says(
    spec: MetricSpec, value: float, edges: tuple[float, float]
) -> None:
    span = Span(*edges)
    measured, missing = spec.measured(value, [span], provisional="from_text"), spec.unmeasured("no_speech")
    for measurement in (measured, missing):
        assert measurement.name == spec.name
        assert measurement.unit == spec.unit
        assert measurement.definition == spec.explained(DEFINITION_UI)
    assert (measured.value, measured.evidence, measured.reason) == (value, (span,), None)
    assert (missing.value, missing.evidence, missing.reason) == (None, (), "no_speech")


def test_a_fact_of_the_measurement_goes_before_that_of_the_spec() -> None:
    cut_in = METRICS["interruptions"]
    assert "1 s or more after his turn began" in cut_in.unmeasured("no_speech").definition
    assert "0.5 s or more after his turn began" in cut_in.measured(2.0, grace="0.5").definition
    assert parameters(word("formula-interruptions", "en", grace="$grace")) == {"grace"}


def test_a_variant_is_the_same_figure_by_another_formula() -> None:
    rate = METRICS["speech_rate"]
    words = rate.variant("words", unit="wpm")
    assert (words.name, words.unit, words.title("en")) == (rate.name, "wpm", rate.title("en"))
    assert words.explained("en").startswith("spoken words / ")
    assert rate.explained("en").startswith("spoken syllables, figures and letters as read / ")
