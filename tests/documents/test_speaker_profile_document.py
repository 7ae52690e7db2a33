"""The document of a speaker profile holds all of it, and is told when it is another."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speaker_profiles_made import WHOLE, profile

from voicecoach.documents.speaker_profile import SCHEMA, decode_speaker_profile, encode_speaker_profile
from voicecoach.errors import StoreError
from voicecoach.model.speaker_profile import SpeakerProfile, is_profile_name

FINITE = st.floats(-1e6, 1e6)
POSITIVE = st.floats(1e-3, 1e6)
NAMES = st.from_regex(r"[a-z甲乙0-9_][a-z甲乙0-9_.-]{0,20}[a-z]", fullmatch=True)


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
    text = json.dumps(encode_speaker_profile(made))
    assert decode_speaker_profile(json.loads(text)) == made


@pytest.mark.parametrize(
    ("document", "match"),
    [
        ([], "schema must be voicecoach.speaker/1, got list"),
        ({**WHOLE, "schema": "voicecoach.speaker/2"}, "got 'voicecoach.speaker/2'"),
        ({"schema": SCHEMA, **WHOLE, "f0_sd_st": None}, r"Expected `float`, got `null` - at `\$\.f0_sd_st`"),
        ({"schema": SCHEMA, **WHOLE, "n_units": 2.5}, r"Expected `int`, got `float` - at `\$\.n_units`"),
        ({"schema": SCHEMA, **WHOLE, "snr_db": True}, r"Expected `float`, got `bool` - at `\$\.snr_db`"),
        ({"schema": SCHEMA, **WHOLE, "device": 3}, r"Expected `str`, got `int` - at `\$\.device`"),
        ({"schema": SCHEMA, **WHOLE, "n_units": 0}, "n_units must be positive, got 0"),
        ({"schema": SCHEMA, "name": "me"}, "missing required field `created`"),
    ],
)
def test_a_document_of_another_kind_is_told(document: object, match: str) -> None:
    with pytest.raises(StoreError, match=match):
        decode_speaker_profile(document)


def test_what_a_newer_program_adds_is_left_alone() -> None:
    assert decode_speaker_profile({"schema": SCHEMA, **WHOLE, "more": 1}) == SpeakerProfile(**WHOLE)
