"""The speaker profile as a value: what it refuses."""

from __future__ import annotations

import math
from typing import Any

import pytest
from speaker_profiles_made import profile

from voicecoach.model.speaker_profile import Baseline, is_profile_name

ROUNDING_ST = 1e-9


def test_the_baseline_is_in_semitones_above_100_hz() -> None:
    calm = profile(f0_high_hz=200.0).baseline()
    assert calm == Baseline(pytest.approx(12.0, abs=ROUNDING_ST), 2.1, -12.0, 2.9, 8)  # type: ignore[arg-type]  # pytest's


@pytest.mark.parametrize("name", ["f0_high_hz", "f0_high_sd_st", "hf1000_db", "hf1000_sd_db"])
def test_a_profile_without_what_agitation_goes_by_has_no_baseline(name: str) -> None:
    assert profile(**{name: None}).baseline() is None


def test_what_is_told_names_voice_microphone_and_time() -> None:
    assert profile().told() == "me · Headset · 2026-11-20T08:00:00.000+00:00"
    assert profile(device="").told() == "me · 2026-11-20T08:00:00.000+00:00"


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"name": "../me"}, "made of letters"),
        ({"language": "fr"}, "zh or en"),
        ({"created": "yesterday"}, "UTC time"),
        ({"created": "2026-11-20T08:00:00+08:00"}, "UTC time"),
        ({"created": "2026-11-20T08:00:00"}, "UTC time"),
        ({"hf500_db": math.nan}, "hf500_db must be finite"),
        ({"latency_s": math.inf}, "latency_s must be finite"),
        ({"f0_median_hz": 0.0}, "f0_median_hz must be positive"),
        ({"f0_sd_st": -1.0}, "f0_sd_st must be positive"),
        ({"n_units": 0}, "n_units must be positive"),
        ({"f0_high_hz": 0.0}, "f0_high_hz must be positive"),
        ({"hf1000_sd_db": -1.0}, "hf1000_sd_db must be positive"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        profile(**changes)


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".a", "-a", "a/b", "a\\b", "a b", "a\n", "x" * 41, "con", "NUL.x", "a."]
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert not is_profile_name(name)


@pytest.mark.parametrize("name", ["me", "小李", "headset-2", "a.b", "_x", "x" * 40, "console"])
def test_usual_names_are_taken(name: str) -> None:
    assert is_profile_name(name)
