"""Sheets of marks as people and spreadsheets write them, and the empty ones we write."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batch_fakes import judged

from voicecoach.adapters.batch.marks import read_marks, read_results, write_sheet
from voicecoach.app.agreement.agree import MarkRow
from voicecoach.app.agreement.sheet import read_sheet
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
def test_a_sheet_is_read_with_the_numbers_of_its_rows(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "file,rater,empathy 安抚情绪,note\r\n甲.wav,小李,有,'=很好\r\n\r\n,,,\r\n乙.wav,,0,\r\n"
    read = read_marks(sheet(tmp_path, text.replace(",", delimiter), encoding))
    assert read.headings == ("file", "rater", "empathy 安抚情绪", "note")
    assert [(number, tuple(cells.values())) for number, cells in read.rows if isinstance(cells, dict)] == [
        (2, ("甲.wav", "小李", "有", "=很好")),
        (5, ("乙.wav", "", "0", "")),
    ]


def test_a_workbook_is_read_as_it_looks(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["质检评分"],
        ["录音", "empathy (0-5)", "solve", "总分"],
        ["=cmd|1", 4, True, 0.85],
        ["2", "#N/A"],
    ):
        page.append(row)
    page["A3"].data_type = "s"
    page["D3"].number_format = "0%"
    path = tmp_path / "m.xlsx"
    book.save(path)
    marks = read_sheet(read_marks(path), [RESULT], [])
    assert marks.rows[0].marks == {"late/empathy": 1.0, "late/solve": 1.0, "total": pytest.approx(85.0)}
    assert marks.rows[1].marks == {}


def test_every_faulty_row_of_a_table_is_told_beside_the_faulty_cells(tmp_path: Path) -> None:
    text = 'file,empathy,empathy\n1.wav,perhaps\n2.wav,1,1,1\n3.wav,"1\n'
    with pytest.raises(UsageError) as told:
        read_sheet(read_marks(sheet(tmp_path, text)), [RESULT], [])
    lines = told.value.words("en").splitlines()
    for word in ('"empathy" and "empathy" mean the same', "row 3: the row has 4 cells", "row 4: a quote"):
        assert any(word in line for line in lines), lines


def test_marks_may_be_json(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text('[{"file": "1", "empathy": 0}, {"file": "2", "solve": "部分", "rater": "李"}]', "utf-8")
    assert read_marks(path).headings == ("file", "empathy", "solve", "rater")
    assert read_sheet(read_marks(path), [RESULT], []).rows[0].marks == {"late/empathy": 0.0}


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_marks(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="cannot read"):
        list(read_results(tmp_path / "none.jsonl"))
    path = tmp_path / "human.csv"
    path.write_bytes(b"file\xff\xff")
    with pytest.raises(UsageError, match="neither UTF-8 nor UTF-16 nor GB18030"):
        read_marks(path)


def test_results_of_before_are_read(tmp_path: Path) -> None:
    former = {**encode_result(RESULT, ui="zh"), "schema": "voicecoach.assessment/1"}
    path = tmp_path / "results.jsonl"
    path.write_text(json.dumps(former), "utf-8")
    assert list(read_results(path)) == [RESULT]


def test_a_line_without_end_is_no_result(tmp_path: Path) -> None:
    """A sparse file of fifty gigabytes is one line, which would not fit into the memory."""
    path = tmp_path / "results.jsonl"
    path.touch()
    os.truncate(path, 50 * 10**9)
    with pytest.raises(UsageError, match="line 1: more than 64 MB"):
        list(read_results(path))


def test_results_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    words = (Word("分\u2028行", Span(0.0, 1.0), 1.0),)
    odd = replace(RESULT, assessment=replace(RESULT.assessment, transcript=replace(TRANSCRIPT, words=words)))
    lines = [json.dumps(encode_result(result, ui="zh"), ensure_ascii=False) for result in (odd, RESULT)]
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    assert list(read_results(path)) == [odd, RESULT]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1 is no JSON"),
        ("[" * 100_000, "line 1 is no JSON"),
        ("[]", "no voicecoach"),
        ("{}", "no voi"),
    ],
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
    read = read_marks(path)
    assert read_sheet(read, [RESULT], []).rows == (MarkRow("=cmd|1.wav", "", "late", {}),)


def test_points_of_other_prompts_are_marked_as_such(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(path, [RESULT, other_prompt()], {})
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0][3:] == ["late/empathy", "late/solve", "privacy/empathy", "note"]
    assert rows[1][3:] == ["", "", "n/a", ""]
    assert rows[2][3:] == ["n/a", "n/a", "", ""]
    marks = read_sheet(read_marks(path), [RESULT, other_prompt()], [])
    assert [row.marks for row in marks.rows] == [{}, {}]
