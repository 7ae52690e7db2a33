"""A take is written and read whole, and its facts are read out of the assessment in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from schemas import faults, schema
from store_contract import SPOKEN, a_document, a_scored, a_take

from voicecoach.documents.take import SCHEMA, TakeFacts, decode_take, encode_take, facts_of
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from voicecoach.model.take import Take


def test_a_take_not_looked_at_has_no_figures() -> None:
    take = a_take(id="1-a")
    assert take.sound == "1-a.wav"
    assert take.text == ""
    assert facts_of(take) == TakeFacts()


def test_figures_come_out_of_the_document() -> None:
    take = a_scored(prompt_end_s=-0.25)
    facts = facts_of(take)
    assert (facts.total, facts.coverage, facts.rubric_version) == (72.5, (0.5, 0.75), "1-abc")
    assert (facts.engine, facts.model_sha256) == ("fake 1", "f" * 64)
    assert facts.missed == ("solve",)
    assert take.text == SPOKEN
    assert a_scored(corrected_text="", cer=1.0).text == ""
    assert [(row.name, row.value) for row in facts.figures] == [("speech_rate", 231.4), ("snr", 48)]


def test_a_take_of_before_is_read_and_its_unit_spelled_as_now() -> None:
    rate = {"value": 9.0, "unit": "1/min", "verdict": None, "band": None}
    former = {**a_document(), "schema": "voicecoach.assessment/1", "measurements": {"pause_rate": rate}}
    take = decode_take(encode_take(a_scored(assessment=former)))
    assert take.assessment == former
    assert [(row.name, row.unit) for row in facts_of(take).figures] == [("pause_rate", "per_min")]


def test_a_document_without_rubric_or_recogniser() -> None:
    bare: dict[str, Any] = {
        "schema": "voicecoach.assessment/2",
        "rubric": None,
        "total": None,
        "provenance": {},
    }
    take = a_take(state="not_scored", assessment=bare)
    assert facts_of(take) == TakeFacts()


@pytest.mark.parametrize(
    "part",
    [
        {"measurements": {"a": {"value": 1.0}}},
        {"measurements": {"a": {"value": "x", "unit": "", "verdict": None, "band": None}}},
        {"measurements": {"a": {"value": 1, "unit": "", "verdict": None, "band": {"green": [1]}}}},
        {"measurements": [1]},
        {"rubric": {"points": [{"id": "a"}], "coverage": [0, 1], "version": ""}},
        {"rubric": {"points": 3, "coverage": [0, 1], "version": ""}},
        {"rubric": {"points": [], "coverage": [1], "version": ""}},
        {"rubric": [1]},
        {"total": [1]},
        {"provenance": {"recogniser": 3}},
    ],
)  # fmt: skip
def test_a_document_that_is_not_whole_is_refused(part: dict[str, Any]) -> None:
    document = encode_take(a_scored(assessment={**a_document(), **part}))
    with pytest.raises(StoreError, match=r"the document is not as voicecoach.assessment/2 has it: "):
        decode_take(document)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema": "voicecoach.take/2"}, "must be voicecoach.take/1, got 'voicecoach.take/2'"),
        ({"duration_s": "1"}, r"Expected `float`, got `str` - at `\$.duration_s`"),
        ({"n_overflows": 1.5}, r"Expected `int`, got `float` - at `\$.n_overflows`"),
        ({"prompt_text": None}, r"Expected `str`, got `null` - at `\$.prompt_text`"),
        ({"assessment": []}, r"Expected `object \| null`, got `array` - at `\$.assessment`"),
        ({"cer": False}, r"Expected `float \| null`, got `bool` - at `\$.cer`"),
        ({"state": "heard"}, r"Invalid enum value 'heard' - at `\$.state`"),
        ({"n_overflows": -1}, "n_overflows must not be negative, got -1"),
    ],
)
def test_a_written_take_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        decode_take({**encode_take(a_take()), **changes})


def test_what_later_programs_may_add_is_passed_over() -> None:
    take = a_scored()
    assert decode_take({**encode_take(take), "mood": "calm"}) == take


def test_every_key_of_the_document_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "take-json.md").read_text("utf-8")
    rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", rows)) == set(encode_take(a_take()))


@pytest.mark.parametrize(
    "take",
    [a_take(), a_scored(), a_scored(corrected_text="好", cer=0.5, assessment_before=a_document())],
    ids=["recorded", "scored", "corrected"],
)
def test_the_document_keeps_to_its_schema(take: Take) -> None:
    document = encode_take(take)
    assert faults(document, "take") == []
    assert list(document) == schema("take")["required"]
    assert document["schema"] == SCHEMA == schema("take")["title"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "heard"}, "$.state: 'heard' is not one of"),
        ({"assessment": {}}, "$.assessment: 'schema' is a required property"),
        ({"mood": "calm"}, "('mood' was unexpected)"),
    ],
)
def test_the_schema_finds_faults(changes: dict[str, Any], fault: str) -> None:
    (told,) = faults({**encode_take(a_take()), **changes}, "take")
    assert fault in told
