"""Bands, measurements, profiles, transcripts: what they refuse and how a verdict falls."""

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voicecoach.model.assessment import Assessment, Band, Measurement, Verdict
from voicecoach.model.audio import Span
from voicecoach.model.profile import Profile, Weights
from voicecoach.model.prompt import RubricPoint
from voicecoach.model.transcript import Provenance, Transcript, Word

PROVENANCE = Provenance("test", "1", "none", "0" * 64)
FIGURES = st.floats(-1e6, 1e6)
RANK: dict[Verdict, int] = {"red": 0, "amber": 1, "green": 2}


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (99, "red"), (100, "amber"), (119.9, "amber"), (120, "green"), (200, "green"),
        (200.1, "amber"), (230, "amber"), (230.1, "red"),
    ],
)  # fmt: skip
def test_the_limits_of_a_band_are_closed(value: float, verdict: Verdict) -> None:
    assert Band((120, 200), (100, 230), "test").verdict(value) == verdict


@pytest.mark.parametrize(("value", "verdict"), [(-1e9, "green"), (3, "green"), (5, "amber"), (5.1, "red")])
def test_an_open_side_has_no_limit(value: float, verdict: Verdict) -> None:
    assert Band((None, 3), (None, 5), "test").verdict(value) == verdict


@pytest.mark.parametrize(
    ("green", "amber"),
    [
        ((2, 1), (0, 3)),
        ((1, 4), (0, 3)),
        ((-1, 2), (0, 3)),
        ((None, 2), (0, 3)),
        ((1, None), (0, 3)),
        ((1, 2), (math.nan, 3)),
        ((1, math.nan), (0, 3)),
    ],
)
def test_amber_must_enclose_green(
    green: tuple[float | None, float | None], amber: tuple[float | None, float | None]
) -> None:
    with pytest.raises(ValueError, match="amber must enclose green"):
        Band(green, amber, "test")


@given(st.lists(FIGURES, min_size=4, max_size=4), FIGURES, FIGURES)
def test_nearer_to_green_is_never_rated_worse(limits: list[float], one: float, other: float) -> None:
    amber_low, green_low, green_high, amber_high = sorted(limits)
    band = Band((green_low, green_high), (amber_low, amber_high), "test")
    worse, better = sorted((one, other))
    if better > green_high:
        worse, better = better, worse
        assume(better >= green_low)
    assert RANK[band.verdict(better)] >= RANK[band.verdict(worse)]


def test_a_measurement_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="speech_rate: exactly one of value and reason"):
        Measurement("speech_rate", None, "字/min", "d")
    with pytest.raises(ValueError, match="exactly one"):
        Measurement("speech_rate", 200.0, "字/min", "d", reason="too short")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_is_finite(value: float) -> None:
    with pytest.raises(ValueError, match="snr: a value must be finite"):
        Measurement("snr", value, "dB", "d")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"maybe_ratio": 1.1}, "maybe_ratio must lie in 0..1, got 1.1"),
        ({"amber_ratio": -0.1}, "amber_ratio must lie in 0..1"),
        ({"amber_ratio": math.nan}, "amber_ratio must lie in 0..1"),
        ({"coverage": -1.0}, "the weight of coverage must be finite and not negative"),
        ({"order": math.inf}, "the weight of order must be finite and not negative"),
        ({"measurements": {"pace": math.nan}}, "the weight of pace must be finite"),
    ],
)
def test_weights_out_of_range_are_refused(changed: dict[str, Any], fault: str) -> None:
    whole: dict[str, Any] = {
        "coverage": 60.0, "order": 4.0, "measurements": {}, "maybe_ratio": 0.5, "amber_ratio": 0.5,
    }  # fmt: skip
    with pytest.raises(ValueError, match=fault):
        Weights(**(whole | changed))


def test_a_weight_without_a_band_would_never_count_and_is_refused() -> None:
    weights = Weights(60, 4, {"speach_rate": 8, "agitation": 0}, 0.5, 0.5)
    with pytest.raises(ValueError, match=r"a weight needs a band: speach_rate$"):
        Profile("mine", "zh", {}, {}, weights)


@pytest.mark.parametrize("weight", [0.0, -1.0, math.nan, math.inf])
def test_a_rubric_point_has_a_positive_weight(weight: float) -> None:
    with pytest.raises(ValueError, match="the weight of empathy must be positive"):
        RubricPoint("empathy", {"zh": "安抚"}, weight=weight)


def test_the_text_of_a_transcript_joins_its_words() -> None:
    words = (Word(" I", Span(0, 0.1), 0.9), Word(" see.", Span(0.2, 0.5), 0.8))
    assert Transcript(words, "en", PROVENANCE).text == "I see."
    assert Transcript((), "zh", PROVENANCE).text == ""


def test_an_assessment_finds_its_measurements_by_name() -> None:
    rate = Measurement("speech_rate", 200.0, "字/min", "d")
    assessment = Assessment(
        source="a.wav", sha256="0" * 64, duration_s=1.0, language="zh", profile="interview",
        transcript=Transcript((), "zh", PROVENANCE), measurements=(rate,), bands={}, coverage=None,
        scores=(), total=None, advice=(), refusals=(), provenance={},
    )  # fmt: skip
    assert assessment.measurement("speech_rate") is rate
    with pytest.raises(KeyError, match="pause_rate"):
        assessment.measurement("pause_rate")
