"""A take says what is wrong with it, and reads its figures out of its document."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from store_contract import SPOKEN, a_document, a_scored, a_take

from voicecoach.model.take import figure_rows, point_rows, take_from_json, take_to_json, utc_text

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "../1"}, "an id is digits"),
        ({"id": "last"}, "an id is digits"),
        ({"id": "1" * 40}, "an id is digits"),
        ({"id": "1A"}, "an id is digits"),
        ({"recorded_at": "2026-11-22"}, "as utc_text writes it"),
        ({"recorded_at": "yesterday"}, "as utc_text writes it"),
        ({"recorded_at": "2026-11-22T17:30:00.417+08:00"}, "as utc_text writes it"),
        ({"sound": "../../etc/passwd"}, "must be called"),
        ({"sound": "other.wav"}, "must be called"),
        ({"id": "1-a", "sound": "1-a.wav/../2"}, "must be called"),
        ({"state": "heard"}, "one of three, got 'heard'"),
        ({"n_overflows": -1}, "n_overflows must not be negative, got -1"),
        ({"duration_s": float("nan")}, "duration_s must be finite, got nan"),
        ({"duration_s": -0.1}, "duration_s must be finite"),
        ({"prompt_end_s": float("inf")}, "prompt_end_s must be finite, got inf"),
        ({"cer": -0.5}, r"cer must be finite, got -0\.5"),
        ({"state": "scored"}, "has an assessment when it is scored"),
        ({"assessment": a_document()}, "none when it is just recorded"),
        ({"state": "not_scored", "assessment": {}}, "has the schema voicecoach.assessment/2, got None"),
        ({"assessment_before": {"schema": "x"}}, "has the schema voicecoach.assessment/2, got 'x'"),
    ],
)
def test_a_take_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_take(**changes)


def test_a_take_not_looked_at_has_no_figures() -> None:
    take = a_take(id="1-a")
    assert take.sound == "1-a.wav"
    assert (take.total, take.coverage, take.rubric_version, take.engine, take.model_sha256) == (
        None, None, "", "", "",
    )  # fmt: skip
    assert take.text == ""
    assert (figure_rows(take), point_rows(take)) == ((), ())


def test_figures_come_out_of_the_document() -> None:
    take = a_scored(prompt_end_s=-0.25)
    assert (take.total, take.coverage, take.rubric_version) == (72.5, (0.5, 0.75), "1-abc")
    assert (take.engine, take.model_sha256) == ("fake 1", "f" * 64)
    assert take.text == SPOKEN
    assert a_scored(corrected_text="", cer=1.0).text == ""
    assert [(row.name, row.value) for row in figure_rows(take)] == [("speech_rate", 231.4), ("snr", 48)]


def test_a_take_of_before_is_read_and_its_unit_spelled_as_now() -> None:
    rate = {"value": 9.0, "unit": "1/min", "verdict": None, "band": None}
    former = {**a_document(), "schema": "voicecoach.assessment/1", "measurements": {"pause_rate": rate}}
    take = take_from_json(take_to_json(a_scored(assessment=former)))
    assert take.assessment == former
    assert [(row.name, row.unit) for row in figure_rows(take)] == [("pause_rate", "per_min")]


def test_a_document_without_rubric_or_recogniser() -> None:
    bare: dict[str, Any] = {
        "schema": "voicecoach.assessment/2",
        "rubric": None,
        "total": None,
        "provenance": {},
    }
    take = a_take(state="not_scored", assessment=bare)
    assert (take.total, take.coverage, take.engine) == (None, None, "")
    assert (figure_rows(take), point_rows(take)) == ((), ())


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
    document = take_to_json(a_scored(assessment={**a_document(), **part}))
    with pytest.raises(ValueError, match=r"not whole|are not as voicecoach.assessment/2 has them"):
        take_from_json(document)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema": "voicecoach.take/2"}, "must be voicecoach.take/1, got 'voicecoach.take/2'"),
        ({"duration_s": "1"}, "duration_s cannot be '1'"),
        ({"n_overflows": 1.5}, r"n_overflows cannot be 1\.5"),
        ({"prompt_text": None}, "prompt_text cannot be None"),
        ({"assessment": []}, r"assessment cannot be \[\]"),
        ({"cer": False}, "cer cannot be False"),
        ({"state": "heard"}, "one of three"),
    ],
)
def test_a_written_take_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        take_from_json({**take_to_json(a_take()), **changes})


def test_what_later_programs_may_add_is_passed_over() -> None:
    take = a_scored()
    assert take_from_json({**take_to_json(take), "mood": "calm"}) == take


def test_times_are_written_in_one_zone() -> None:
    assert utc_text(datetime(2026, 11, 22, 17, 30, tzinfo=BEIJING)) == "2026-11-22T09:30:00.000+00:00"
    with pytest.raises(ValueError, match="a time needs its zone"):
        utc_text(datetime.now(UTC).replace(tzinfo=None))


def test_every_key_of_the_document_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "take-json.md").read_text("utf-8")
    rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", rows)) == set(take_to_json(a_take()))
