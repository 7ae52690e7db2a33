"""The tables of a batch, read back by other hands: csv, pyarrow, json."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from batch_fakes import document

from voicecoach.adapters.batch.result_tables import ResultTables
from voicecoach.app.batch.results import Tally, assessment_line, counted, failure_line
from voicecoach.model.job import Failure, Item, Planned

if TYPE_CHECKING:
    from pathlib import Path

RUBRIC = {
    "prompt": "late",
    "points": [
        {"id": "empathy", "state": "covered", "score": 0.9, "evidence": []},
        {"id": "offer", "state": "not_heard", "score": 0.0, "evidence": []},
    ],
    "coverage": [0.5, 0.5],
    "order_ok": True,
    "out_of_order": [],
    "language": [
        {"code": "rude", "quote": "滚", "start_s": 1.0, "end_s": 2.0, "certain": True},
        {"code": "shirk", "quote": "不归我管", "start_s": 1.0, "end_s": 2.0, "certain": False},
    ],
    "version": "1-abc",
}
MEASURED = {
    "speech_rate": {"value": 228.5, "verdict": "red"},
    "pitch_range": {"value": None, "verdict": None},
    "pause_rate": {"value": -3.0, "verdict": "amber"},
}
ADVICE: list[dict[str, Any]] = [
    {"about": "offer", "text": "说“给出办法”，再\n换行", "start_s": None, "end_s": None, "by_language": {}}
]
FATAL = [{"name": "fatal:rude", "points": 0.0, "out_of": 0.0, "verdict": "red", "explanation": ""}]


def lines() -> list[dict[str, Any]]:
    judged = Item(
        file="in/王.wav", path="/in/王.wav", speaker="=cmd|' /C calc'!A0", carried={"班组": "+1", "b": "二"}
    )
    scored = document(
        "sha", 12.5, measurements=MEASURED, rubric=RUBRIC, total=0.0, advice=ADVICE, scores=FATAL
    )
    refusal = {"code": "noisy", "reason": "太吵", "remedy": "换地方", "blocks_score": True, "by_language": {}}
    failure = Failure("input", "{file} is no sound", "record again", 3)
    return [
        assessment_line(Planned(judged, None), scored),
        assessment_line(Planned(Item("b.wav", "/b.wav"), None), document("sha2", refusals=[refusal])),
        failure_line(Planned(Item("c.wav", "/c.wav", line=4), None), failure),
    ]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    counted(ResultTables(tmp_path).written(lines()))
    return tmp_path


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_lines_are_counted_and_read_back(tmp_path: Path) -> None:
    assert counted(ResultTables(tmp_path).written(lines())) == Tally(3, 1, 1, 1, 13.5)
    text = (tmp_path / "results.jsonl").read_text("utf-8")
    assert [json.loads(line) for line in text.splitlines()] == lines()
    failed = list(ResultTables(tmp_path).failures())
    assert [line["error"]["message"] for line in failed] == ["c.wav is no sound"]


def test_a_line_bears_the_items_own_name() -> None:
    line = lines()[0]
    assert line["recording"]["source"] == "王.wav"
    assert line["batch"]["file"] == "in/王.wav"
    assert lines()[2]["batch"]["line"] == 4


def test_the_csv_opens_in_a_spreadsheet_with_chinese_intact(out: Path) -> None:
    assert (out / "summary.csv").read_bytes().startswith(b"\xef\xbb\xbffile,")
    first, second, third = rows(out)
    assert first["file"] == "in/王.wav"
    assert first["advice"] == "说“给出办法”，再\n换行"
    assert (first["total"], first["coverage_low"], first["order_ok"]) == ("0.0", "0.5", "1")
    assert (first["points_covered"], first["points_not_heard"]) == ("empathy", "offer")
    assert (first["fatal"], first["forbidden"]) == ("rude", "rude")
    assert (first["red"], first["amber"]) == ("speech_rate", "pause_rate")
    assert (first["speech_rate"], first["pitch_range"], first["pause_rate"]) == ("228.5", "", "-3.0")
    assert (second["state"], second["code"], second["reason"], second["remedy"]) == (
        "not_scored",
        "noisy",
        "太吵",
        "换地方",
    )
    assert (third["state"], third["reason"]) == ("failed", "c.wav is no sound")


def test_no_text_runs_as_a_formula(out: Path) -> None:
    first = rows(out)[0]
    assert first["speaker"] == "'=cmd|' /C calc'!A0"
    assert first["carried.班组"] == "'+1"


def test_parquet_has_types_and_the_unguarded_text(out: Path) -> None:
    table = pq.read_table(out / "results.parquet")
    first, second, third = table.to_pylist()
    assert first["speaker"] == "=cmd|' /C calc'!A0"
    assert first["points"] == [
        {"id": "empathy", "state": "covered", "score": 0.9},
        {"id": "offer", "state": "not_heard", "score": 0.0},
    ]
    assert (first["speech_rate"], first["pitch_range"], first["order_ok"]) == (228.5, None, True)
    assert (second["transcript"], second["duration_s"], third["state"]) == ("您好", 1.0, "failed")
    assert str(table.schema.field("pitch_range").type) == "double"
    assert [row["carried.b"] for row in (first, second, third)] == ["二", None, None]


def test_no_lines_make_empty_tables(tmp_path: Path) -> None:
    assert counted(ResultTables(tmp_path).written([])) == Tally()
    assert rows(tmp_path) == []
    assert pq.read_table(tmp_path / "results.parquet").num_rows == 0
