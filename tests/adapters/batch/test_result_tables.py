"""The tables of a batch, read back by other hands: csv, pyarrow, json."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from batch_fakes import judged

from voicecoach.adapters.batch.result_tables import FileTables
from voicecoach.app.batch.results import counted, failed
from voicecoach.app.batch.results import judged as judged_result
from voicecoach.model.assessment import (
    Advice,
    Band,
    Coverage,
    LanguageHit,
    Measurement,
    PointResult,
    Refusal,
    Score,
)
from voicecoach.model.audio import Span
from voicecoach.model.job import Failure, Item, Planned
from voicecoach.model.result import Tally

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.result import Result

COVERAGE = Coverage(
    "late",
    (PointResult("empathy", "covered", 0.9), PointResult("offer", "not_heard", 0.0)),
    0.5,
    0.5,
    order_ok=True,
    language=(
        LanguageHit("rude", "滚", Span(1.0, 2.0), certain=True),
        LanguageHit("shirk", "不归我管", Span(1.0, 2.0), certain=False),
    ),
)
MEASURED = (
    Measurement("speech_rate", 228.5, "字/min", "d"),
    Measurement("pitch_range", None, "st", "d", reason="too_short"),
    Measurement("pause_rate", -3.0, "per_min", "d"),
)
BANDS = {"speech_rate": Band((0, 1), (0, 2), ""), "pause_rate": Band((0, 1), (-9, 9), "")}
ADVICE = (Advice("offer", {"zh": "说“给出办法”，再\n换行"}),)
FATAL = (Score("fatal:rude", 0.0, 0.0, "red"),)
REFUSAL = Refusal("noisy", {"zh": "太吵"}, {"zh": "换地方"})


def results() -> list[Result]:
    item = Item(
        file="in/王.wav", path="/in/王.wav", speaker="=cmd|' /C calc'!A0", carried={"班组": "+1", "b": "二"}
    )
    scored = judged(
        "sha",
        12.5,
        measurements=MEASURED,
        bands=BANDS,
        coverage=COVERAGE,
        total=0.0,
        advice=ADVICE,
        scores=FATAL,
    )
    failure = Failure("input", "{file} is no sound", "record again", 3)
    return [
        judged_result(Planned(item, None), replace(scored, rubric_version="1-abc")),
        judged_result(Planned(Item("b.wav", "/b.wav"), None), judged("sha2", refusals=(REFUSAL,))),
        failed(Planned(Item("c.wav", "/c.wav", line=4), None), failure),
    ]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    counted(FileTables(tmp_path).written(results()))
    return tmp_path


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_lines_are_counted_and_read_back(tmp_path: Path) -> None:
    assert counted(FileTables(tmp_path).written(results())) == Tally(3, 1, 1, 1, 13.5)
    assert list(FileTables(tmp_path).results()) == results()
    failures = list(FileTables(tmp_path).failures())
    assert [result.failure.message for result in failures] == ["c.wav is no sound"]


def test_a_line_bears_the_items_own_name(out: Path) -> None:
    text = (out / "results.jsonl").read_text("utf-8")
    first, _, third = (json.loads(line) for line in text.splitlines())
    assert first["recording"]["source"] == "王.wav"
    assert first["batch"]["file"] == "in/王.wav"
    assert third["batch"]["line"] == 4


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


def test_own_columns_stand_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    own = {"工单号": "=1", "班组": "一", "file": "own", "a": "x" * 9}
    made: list[Result] = [
        judged_result(Planned(Item("b.wav", "/b.wav", carried=own), None), judged("sha")),
        failed(Planned(Item("c.wav", "/c.wav", carried={"新": "1"}), None), Failure("input", "no", "", 3)),
    ]
    counted(FileTables(tmp_path).written(made))
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    assert [list(line["batch"]["carried"].items()) for line in lines] == [list(own.items()), [("新", "1")]]
    names = [f"carried.{name}" for name in (*own, "新")]
    assert [name for name in rows(tmp_path)[0] if name.startswith("carried.")] == names
    table = pq.read_table(tmp_path / "results.parquet")
    assert table.column_names[-len(names) :] == names
    assert (rows(tmp_path)[0]["file"], rows(tmp_path)[0]["carried.file"]) == ("b.wav", "own")
    assert [list(result.batch.carried) for result in FileTables(tmp_path).results()] == [list(own), ["新"]]


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
    assert counted(FileTables(tmp_path).written([])) == Tally()
    assert rows(tmp_path) == []
    assert pq.read_table(tmp_path / "results.parquet").num_rows == 0
