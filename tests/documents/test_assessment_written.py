"""The documented JSON: every kind of answer keeps to its schema, the same answer gives the same bytes."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from assessments import answer, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from schemas import faults, schema

from voicecoach.documents.assessment import SCHEMA, decode_assessment, encode_assessment
from voicecoach.documents.layout import dumps
from voicecoach.model.assessment import Advice, Assessment, Coverage, Evidence, Measurement, PointResult
from voicecoach.model.audio import Interruption, Span
from voicecoach.words.catalogue import languages


@pytest.mark.parametrize(
    "assessment",
    [answer(), answer("en"), answer(with_prompt=False), refused()],
    ids=["zh", "en", "bare", "no"],
)
def test_the_document_keeps_to_its_schema(assessment: Assessment) -> None:
    document = json.loads(dumps(encode_assessment(assessment)))
    assert faults(document, "assessment") == []
    assert list(document) == schema("assessment")["required"]
    assert document["schema"] == SCHEMA == schema("assessment")["title"]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("total",), 101, "$.total: 101 is greater than the maximum of 100"),
        (("language",), "fr", "$.language: 'fr' is not one of"),
        (("recording",), {"sha256": "", "duration_s": 1}, "'source' is a required property"),
        (("transcript", "words", 0, "start_s"), None, "$.transcript.words[0].start_s: None is not of type"),
        (("measurements", "snr", "evidence"), [[0.0]], "$.measurements.snr.evidence[0]: [0.0] is too short"),
        (("rubric", "points", 0, "said"), 1, "('said' was unexpected)"),
        (("advice", 0, "start_s"), True, "$.advice[0].start_s: True is not of type"),
    ],
)
def test_the_schema_finds_faults(path: tuple[str | int, ...], value: object, fault: str) -> None:
    document: Any = encode_assessment(answer())
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    found = faults(document, "assessment")
    assert len(found) == 1
    assert fault in found[0]


def test_a_measurement_carries_value_verdict_band_source_and_evidence() -> None:
    document = encode_assessment(answer())
    longest = document["measurements"]["longest_pause"]
    assert longest["value"] == 3.4
    assert longest["verdict"] == "amber"
    assert longest["band"] == {"green": [None, 3], "amber": [None, 5]}
    assert longest["source"].startswith("project's choice")
    assert longest["evidence"] == [[11.61, 15.01]]
    latency = document["measurements"]["response_latency"]
    assert (latency["value"], latency["verdict"], latency["reason"]) == (None, None, "no_prompt_end")
    assert set(latency["reason_text"]) == set(languages())


def test_only_the_time_of_making_differs() -> None:
    first = dumps(encode_assessment(answer()))
    second = dumps(encode_assessment(replace(answer(), created="2031-01-01T00:00:00+00:00")))
    differing = [a for a, b in zip(first.splitlines(), second.splitlines(), strict=True) if a != b]
    assert differing == ['  "created": "2025-01-02T03:04:05+00:00",']


def test_people_read_one_language_and_programs_find_both() -> None:
    zh, en = (encode_assessment(refused(), ui=ui)["refusals"][0] for ui in ("zh", "en"))
    assert zh["reason"] == "录音里没有听到说话声"
    assert en["reason"] == "no speech was found in the recording"
    assert zh["by_language"] == en["by_language"]
    assert zh["by_language"]["en"]["reason"] == en["reason"]


def test_words_without_a_time_have_null() -> None:
    coverage = Coverage(
        "p", (PointResult("a", "covered", 1.0, (Evidence("好", None, "cue:好"),)),), 1, 1, None
    )
    found = encode_assessment(replace(answer(), coverage=coverage))["rubric"]["points"][0]["evidence"]
    assert found == [{"quote": "好", "start_s": None, "end_s": None, "by": "cue:好"}]


def test_chinese_is_written_as_it_is_and_short_objects_take_one_line() -> None:
    text = dumps(encode_assessment(answer()))
    assert '{"text": "首先，", "start_s": 0.8, "end_s": 1.42, "confidence": 0.93}' in text
    assert text.endswith("}\n")


def test_no_figure_that_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
        dumps({"a": [math.nan]})


@given(st.floats(-1e6, 1e6), st.floats(0, 3600), st.floats(0, 10))
def test_rounding_is_idempotent_and_close(value: float, start_s: float, length_s: float) -> None:
    figure = Measurement("snr", value, "dB", "d", (Span(start_s, start_s + length_s),))
    written = encode_assessment(replace(answer(), measurements=(figure,)))["measurements"]["snr"]
    again = replace(figure, value=written["value"], evidence=(Span(*written["evidence"][0]),))
    rewritten = encode_assessment(replace(answer(), measurements=(again,)))["measurements"]["snr"]
    for key in ("value", "evidence"):  # the verdict is that of the figure before rounding
        assert rewritten[key] == written[key]
    assert written["value"] == pytest.approx(value, rel=1e-5, abs=1e-12)
    assert written["evidence"][0] == pytest.approx([start_s, start_s + length_s], abs=0.00051)


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )
)
def test_what_is_written_is_read_back(document: object) -> None:
    assert json.loads(dumps(document)) == document


def test_a_sentence_that_lacks_a_language_is_shown_in_the_one_there_is() -> None:
    assessment = replace(answer(), advice=(Advice("snr", {"en": "speak up"}),))
    assert encode_assessment(assessment)["advice"][0]["text"] == "speak up"


def test_interruptions_stand_there_only_where_there_are_any() -> None:
    assert "interruptions" not in encode_assessment(answer())
    others = (Interruption(Span(1.0, 4.5), "music"), Interruption(Span(6.25, 6.29), "loss"))
    document = encode_assessment(replace(answer(), interruptions=others))
    assert faults(document, "assessment") == []
    assert document["interruptions"] == [
        {"kind": "music", "start_s": 1.0, "end_s": 4.5},
        {"kind": "loss", "start_s": 6.25, "end_s": 6.29},
    ]
    assert decode_assessment(document).interruptions == others
