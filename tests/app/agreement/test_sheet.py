"""Sheets of marks as people fill them in: headings, scales, cells, names, and all faults told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from batch_fakes import judged
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.agreement.cells import Cell, read_cell
from voicecoach.app.agreement.files import FileNames
from voicecoach.app.agreement.scales import Scale, scale_in_heading, scale_of_text, state_of
from voicecoach.app.agreement.sheet import FAULTS_TOLD, Sheet, read_sheet
from voicecoach.errors import UsageError
from voicecoach.model.assessment import Coverage, Measurement, PointResult
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.result import BatchFacts, JudgedResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.agreement.sheet import ReadMarks

PROMPT = Prompt(
    id="late",
    pack="t",
    version="1",
    target_s=(30.0, 90.0),
    kind="scenario",
    text={"zh": "外卖超时怎么办？", "en": "The food is late"},
    points=(
        RubricPoint("empathy", {"zh": "安抚情绪", "en": "Acknowledges feelings"}, 1.0),
        RubricPoint("solve", {"zh": "给出方案", "en": "Offers a way out"}, 1.0),
    ),
)
EMPATHY, SOLVE = "late/empathy", "late/solve"


def result(file: str) -> JudgedResult:
    coverage = Coverage(
        "late", (PointResult("empathy", "covered", 1.0), PointResult("solve", "maybe", 0.5)), 0.5, 1.0, None
    )
    figures = (
        Measurement("speech_rate", 200.0, "字/min", "d"),
        Measurement("pause_ratio", 0.2, "ratio", "d"),
    )
    assessment = judged("", source=file, total=70.0, coverage=coverage, measurements=figures)
    return JudgedResult(assessment, BatchFacts(file, prompt="late"))


RESULTS = [result(f"week/{n}.wav") for n in range(1, 8)]


def read(
    headings: str, *rows: str, scale: str | None = None, results: Sequence[JudgedResult] = RESULTS
) -> ReadMarks:
    names = headings.split("|")
    cells = [
        (number, dict(zip(names, row.split("|"), strict=False))) for number, row in enumerate(rows, start=2)
    ]
    of = None if scale is None else scale_of_text(scale)
    return read_sheet(Sheet("m.csv", names, cells), results, [PROMPT], scale=of)


def faults(headings: str, *rows: str, scale: str | None = None) -> list[str]:
    with pytest.raises(UsageError) as told:
        read(headings, *rows, scale=scale)
    return told.value.words("en").splitlines()


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("empathy", (EMPATHY,)),
        ("EMPATHY", (EMPATHY,)),
        ("late/empathy", (EMPATHY,)),
        ("empathy 安抚情绪", (EMPATHY,)),
        ("安抚情绪", (EMPATHY,)),
        ("1. 安抚情绪", (EMPATHY,)),
        ("①安抚情绪", (EMPATHY,)),
        ("安抚情绪（必答）", (EMPATHY,)),
        ("acknowledges  feelings", (EMPATHY,)),
        ("late/给出方案", (SOLVE,)),
        ("语速", ("speech_rate",)),
        ("总分", ("total",)),
    ],
)
def test_a_heading_is_an_id_or_a_label(heading: str, names: tuple[str, ...]) -> None:
    cell = "50" if names[0] in ("total", "speech_rate") else "1"
    assert tuple(read(f"文件|{heading}", f"1.wav|{cell}").rows[0].marks) == names


@pytest.mark.parametrize(
    "file", ["file", "文件", "文件名", "录音", "File Name".replace(" ", "_"), "Recording"]
)
def test_the_file_has_many_names(file: str) -> None:
    assert read(f"{file}|评分人|题目|empathy", "1|小李|外卖超时怎么办？|√").rows[0].prompt == "late"


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("1", 1.0), ("１", 1.0), ("○", 1.0), ("〇", 1.0), ("√", 1.0), ("✓", 1.0), ("对", 1.0), ("算", 1.0),
        ("100%", 1.0), ("85 %", 1.0), ("85％", 1.0), ("9/10", 1.0), ("Yes", 1.0),
        ("0", 0.0), ("×", 0.0), ("✗", 0.0), ("错", 0.0), ("无", 0.0), ("不算", 0.0), ("10%", 0.0),
        ("0.5", 0.5), ("0,5", 0.5), ("０．５", 0.5), ("△", 0.5), ("部分", 0.5), ("half", 0.5), ("50%", 0.5),
        ("½", 0.5), ("？", 0.5),
    ],
)  # fmt: skip
def test_a_point_is_marked_by_word_sign_or_share(cell: str, mark: float) -> None:
    assert read("file|empathy", f"1.wav|{cell}").rows[0].marks == {EMPATHY: mark}


@pytest.mark.parametrize("cell", ["", " ", "-", "—", "/", "N/A", "n.a.", "不适用", "空", "未评", "#N/A"])
def test_what_is_not_marked_says_nothing(cell: str) -> None:
    assert read("file|empathy|total", f"1.wav|{cell}|{cell}").rows[0].marks == {}


@pytest.mark.parametrize(
    ("heading", "scale"),
    [("empathy (0-5)", None), ("安抚情绪（0–5）", None), ("empathy 满分5", None), ("empathy 5分制", None),
     ("empathy/5", None), ("安抚情绪（0～5分）", None), ("empathy", "0-5")],
)  # fmt: skip
def test_marks_of_five_are_read_as_shares_of_five(heading: str, scale: str | None) -> None:
    marks = read(f"file|{heading}", *(f"{n + 1}|{n}" for n in range(6)), scale=scale)
    assert [row.marks[EMPATHY] for row in marks.rows] == [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]
    assert (marks.scales[0].scale, marks.scales[0].source) == (
        "0-5",
        "heading" if scale is None else "option",
    )


def test_data_that_show_their_scale_are_read_and_told() -> None:
    marks = read("file|empathy|solve", "1|0|10", "2|10|7", "3|5|2")
    assert [row.marks[SOLVE] for row in marks.rows] == [1.0, 0.5, 0.0]
    assert (marks.scales[0].scale, marks.scales[0].source) == ("0-10", "data")


@pytest.mark.parametrize(
    "rows", [["1|4"], ["1|3", "2|1", "3|5", "4|2", "5|1"], ["1|0", "2|7", "3|8", "4|2", "5|1"], ["1|0.8"]]
)
def test_a_scale_in_doubt_is_asked_for(rows: list[str]) -> None:
    told = faults("file|empathy", *rows)
    assert len(told) == 2
    assert "--scale 0-5" in told[1]


def test_a_total_is_a_share_of_its_scale_and_asked_for_in_doubt() -> None:
    assert read("file|total", "1|85%").rows[0].marks == {"total": pytest.approx(85.0)}
    assert read("file|总分 (0-10)", "1|8,5").rows[0].marks == {"total": pytest.approx(85.0)}
    assert read("file|total", "1|4", scale="0-5").rows[0].marks == {"total": pytest.approx(80.0)}
    assert "total (0-10)" in faults("file|total", "1|8", "2|7.5")[1]
    assert "off the scale" in faults("file|total", "1|101")[1]


def test_a_share_is_one_of_a_figure_that_is_a_share() -> None:
    assert read("file|pause_ratio", "1|25 %").rows[0].marks == {"pause_ratio": 0.25}
    assert "this figure is none" in faults("file|speech_rate", "1|25 %")[1]
    assert "is no number" in faults("file|speech_rate", "1|有")[1]


def test_every_fault_is_told_with_its_row_and_column() -> None:
    told = faults(
        "file|empathy|solve (0-5)|total|speech_rate",
        "1|perhaps so|6|NaN|inf",
        "|1|1||",
        "2|1|5|1e308|1,234",
        f"3|{'9' * 5000}|-1|70|\ud800",
        "1.wav||||",
    )
    assert "11 places" in told[0]
    for row, column, word in [
        (2, "empathy", "'perhaps so'"), (2, "solve (0-5)", "'6' is off"), (2, "total", "'NaN'"),
        (2, "speech_rate", "'inf'"), (4, "total", "too large"), (4, "speech_rate", "thousands"),
        (5, "empathy", "(5000)' is too long"), (5, "solve (0-5)", "'-1' is off"),
        (5, "speech_rate", r"'\ud800'"),
    ]:  # fmt: skip
        assert any(f"row {row}, column {column}:" in line and word in line for line in told), (row, column)
    assert any(line.startswith("row 6 repeats row 2") for line in told)
    assert any("row 3 names no file" in line for line in told)
    assert max(map(len, told)) < 200


def test_very_many_faults_are_counted() -> None:
    told = faults("file|empathy", *(f"{n}|bad" for n in range(1000)))
    assert "1000 places" in told[0]
    assert (len(told), told[-1]) == (FAULTS_TOLD + 2, "… +800")


def test_two_columns_of_one_item_are_refused_and_unknown_ones_named_with_the_nearest() -> None:
    assert "mean the same" in faults("file|empathy|安抚情绪", "1|1|0")[1]
    assert "mean the same" in faults("file|文件|empathy", "1|1|0")[1]
    assert read("file|empathie|mood", "1|1|0").unknown == {"empathie": "empathy", "mood": None}
    with pytest.raises(UsageError, match="one column must be named file, got name"):
        read("name|empathy", "1|1")


def test_files_are_found_without_ending_folder_or_case() -> None:
    files = FileNames(["week/Ä 1.wav", "week/2.wav", "week/4.wav", "b/3.mp3", "c/3.mp3", "c/v1.2.wav"])
    names = {
        "A\u0308 1": "week/Ä 1.wav",
        "WEEK\\2.WAV": "week/2.wav", "other/4": "week/4.wav", "./c/3.mp3": "c/3.mp3",
        "b/3": "b/3.mp3", "v1.2": "c/v1.2.wav",
    }  # fmt: skip
    assert files.found([*names, "3.mp3", "2.mp3", "nope"]) == (names, ("3.mp3",))
    assert files.near("week/02.wav") == "week/2.wav"
    assert FileNames(["w2_0.flac"]).near("w3_0") == "w2_0.flac"


def test_a_name_of_another_folder_yields_to_the_one_that_is_there() -> None:
    found, _ = FileNames(["b/1.wav"]).found(["a/1.wav", "b/1.wav"])
    assert found == {"b/1.wav": "b/1.wav"}


@given(st.text(max_size=60))
def test_a_cell_is_a_mark_or_has_a_reason(text: str) -> None:
    cell = read_cell(text)
    if isinstance(cell, Cell):
        assert sum(value is not None for value in (cell.state, cell.number, cell.share)) <= 1
        assert cell.number is None or abs(cell.number) <= 1e9
        assert cell.share is None or 0.0 <= cell.share <= 1.0
    else:
        assert cell


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_mark_is_never_a_worse_state(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert state_of(low) <= state_of(high)


@pytest.mark.parametrize("text", ["5", "5-0", "0-0", "a-b", "-1-5", "0-1e9", "0-99999", ""])
def test_an_option_that_is_no_scale_is_none(text: str) -> None:
    assert scale_of_text(text) is None


def test_a_heading_may_look_like_a_scale_and_be_none() -> None:
    assert scale_in_heading("0-5") == ("0-5", None)
    assert scale_in_heading("step (1-7)") == ("step", Scale(1.0, 7.0))


def test_appeals_are_kept_with_their_file_and_change_no_mark() -> None:
    marks = read("file|empathy|申诉|备注", "1|1|第 2 点说过了|好", "2|0||=x")
    assert [(appeal.file, appeal.text) for appeal in marks.appeals] == [("1", "第 2 点说过了")]
    assert [row.marks for row in marks.rows] == [{EMPATHY: 1.0}, {EMPATHY: 0.0}]
