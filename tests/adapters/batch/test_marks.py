"""Sheets of marks as people and spreadsheets write them, and the empty ones we write."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batch_fakes import judged

from voicecoach.adapters.batch.marks import read_marks, read_results, write_sheet
from voicecoach.app.agreement.agree import MarkRow
from voicecoach.documents.result import encode_result
from voicecoach.errors import UsageError
from voicecoach.model.assessment import Coverage, PointResult
from voicecoach.model.audio import Span
from voicecoach.model.result import BatchFacts, JudgedResult
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from pathlib import Path

RESULT = JudgedResult(
    judged(
        "sha",
        total=71.5,
        coverage=Coverage(
            "late",
            (PointResult("empathy", "covered", 0.9), PointResult("solve", "maybe", 0.5)),
            0.5,
            0.9,
            None,
        ),
    ),
    BatchFacts("=cmd|1.wav", prompt="late"),
)


TRANSCRIPT = RESULT.assessment.transcript


def other_prompt() -> JudgedResult:
    coverage = Coverage("privacy", (PointResult("empathy", "covered", 0.9),), 1.0, 1.0, None)
    return JudgedResult(replace(RESULT.assessment, coverage=coverage), BatchFacts("2.wav", prompt="privacy"))


def sheet(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "human.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_of_marking_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (
        "file,rater,empathy 安抚情绪,solve,total,note\r\n甲.wav,小李,有,maybe,71.5,很好\r\n乙.wav,,0,,,\r\n"
    )
    rows = read_marks(sheet(tmp_path, text.replace(",", delimiter), encoding))
    assert rows == [
        MarkRow("甲.wav", "小李", "", {"empathy": 1.0, "solve": 0.5, "total": 71.5}),
        MarkRow("乙.wav", "", "", {"empathy": 0.0}),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,empathy\n1.wav,1\n", "one column must be named file"),
        ("", "got none"),
        ("file,a,a\n1.wav,1,1\n", "no two alike"),
        ("file,a\n1.wav,perhaps so\n", "row 2, column a: 'perhaps so' is neither"),
        ("file,a\n1.wav,nan\n", "'nan' is neither"),
        ("file,a\n1.wav,inf\n", "'inf' is neither"),
        ("file,a\n,1\n", "row 2 names no file"),
        ("file,a\n1.wav,1\n1.wav,0\n", "1.wav stands there twice"),
        ('file,a\n"' + "x" * 140_000 + '",1\n', "is no CSV"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_marks(sheet(tmp_path, text))


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_marks(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="cannot read"):
        list(read_results(tmp_path / "none.jsonl"))
    path = tmp_path / "human.csv"
    path.write_bytes(b"file\xff\xff")
    with pytest.raises(UsageError, match="neither UTF-8 nor GB18030"):
        read_marks(path)


def test_results_of_before_are_read(tmp_path: Path) -> None:
    former = {**encode_result(RESULT, ui="zh"), "schema": "voicecoach.assessment/1"}
    path = tmp_path / "results.jsonl"
    path.write_text(json.dumps(former), "utf-8")
    assert list(read_results(path)) == [RESULT]


def test_results_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    words = (Word("分\u2028行", Span(0.0, 1.0), 1.0),)
    odd = replace(RESULT, assessment=replace(RESULT.assessment, transcript=replace(TRANSCRIPT, words=words)))
    lines = [json.dumps(encode_result(result, ui="zh"), ensure_ascii=False) for result in (odd, RESULT)]
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    assert list(read_results(path)) == [odd, RESULT]


@pytest.mark.parametrize(
    ("line", "told"), [("{", "line 1 is no JSON"), ("[]", "no voicecoach"), ("{}", "no voi")]
)
def test_a_line_that_is_no_result_is_told(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(UsageError, match=told):
        list(read_results(path))


def test_a_sheet_has_labels_and_names_but_no_scores_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(path, [RESULT], {("late", "empathy"): "安抚情绪"})
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows == [
        ["file", "prompt", "rater", "empathy 安抚情绪", "solve", "note"],
        ["'=cmd|1.wav", "late", "", "", "", ""],
    ]
    assert read_marks(path) == [MarkRow("=cmd|1.wav", "", "late", {})]


def test_points_of_other_prompts_are_marked_as_such(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(path, [RESULT, other_prompt()], {})
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0][3:] == ["late/empathy", "late/solve", "privacy/empathy", "note"]
    assert rows[1][3:] == ["", "", "n/a", ""]
    assert rows[2][3:] == ["n/a", "n/a", "", ""]
    assert [row.marks for row in read_marks(path)] == [{}, {}]
