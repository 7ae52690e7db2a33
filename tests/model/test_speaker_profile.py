"""The speaker profile as a value: what it refuses, and that its document holds all of it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speaker_profiles_made import WHOLE, profile

from voicecoach.model.speaker_profile import (
    SCHEMA,
    Baseline,
    SpeakerProfile,
    is_profile_name,
    speaker_profile_from_json,
    speaker_profile_to_json,
)

FINITE = st.floats(-1e6, 1e6)
POSITIVE = st.floats(1e-3, 1e6)
NAMES = st.from_regex(r"[a-z甲乙0-9_][a-z甲乙0-9_.-]{0,20}[a-z]", fullmatch=True)
ROUNDING_ST = 1e-9


@settings(deadline=None)
@given(
    name=NAMES.filter(is_profile_name),
    device=st.text(),
    language=st.sampled_from(["zh", "en"]),
    positive=st.tuples(POSITIVE, POSITIVE, POSITIVE, POSITIVE),
    finite=st.tuples(FINITE, FINITE, FINITE, FINITE),
    n_units=st.integers(1, 1000),
    latency_s=st.none() | FINITE,
)
def test_a_document_gives_the_profile_back(
    name: str,
    device: str,
    language: str,
    positive: tuple[float, ...],
    finite: tuple[float, ...],
    n_units: int,
    latency_s: float | None,
) -> None:
    made = profile(
        name=name,
        device=device,
        language=language,
        n_units=n_units,
        latency_s=latency_s,
        **dict(zip(("f0_median_hz", "f0_sd_st", "hf500_sd_db", "speech_s"), positive, strict=True)),
        **dict(zip(("hf500_db", "level_dbfs", "noise_floor_dbfs", "snr_db"), finite, strict=True)),
    )
    text = json.dumps(speaker_profile_to_json(made))
    assert speaker_profile_from_json(json.loads(text)) == made


def test_the_baseline_is_in_semitones_above_100_hz() -> None:
    calm = profile().baseline()
    assert calm == Baseline(pytest.approx(12.0, abs=ROUNDING_ST), 1.8, -6.0, 2.5, 8)  # type: ignore[arg-type]  # pytest's


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


@pytest.mark.parametrize(
    ("document", "match"),
    [
        ([], "schema must be voicecoach.speaker/1, got 'list'"),
        ({**WHOLE, "schema": "voicecoach.speaker/2"}, "got 'voicecoach.speaker/2'"),
        ({"schema": SCHEMA, **WHOLE, "f0_sd_st": None}, "f0_sd_st cannot be None"),
        ({"schema": SCHEMA, **WHOLE, "n_units": 2.5}, "n_units cannot be 2.5"),
        ({"schema": SCHEMA, **WHOLE, "snr_db": True}, "snr_db cannot be True"),
        ({"schema": SCHEMA, **WHOLE, "device": 3}, "device cannot be 3"),
        ({"schema": SCHEMA, "name": "me"}, "it has no created, language"),
    ],
)
def test_a_document_of_another_kind_is_told(document: object, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        speaker_profile_from_json(document)


def test_what_a_newer_program_adds_is_left_alone() -> None:
    assert speaker_profile_from_json({"schema": SCHEMA, **WHOLE, "more": 1}) == SpeakerProfile(**WHOLE)
