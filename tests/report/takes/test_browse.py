"""The list of takes by keys: pages, filter, choice."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from store_contract import a_scored, a_take, summary

from voicecoach.report.takes.browse import TakeList

UP, DOWN, PAGE_DOWN, PAGE_UP = "\x1b[A", "\x1b[B", "\x1b[6~", "\x1b[5~"


@pytest.fixture
def takes() -> list[object]:
    return [
        summary(a_scored(n, prompt_id=f"p{n}", prompt_text="快递晚了怎么办" if n % 2 else "为什么来"))
        for n in range(30)
    ]


@pytest.fixture
def shown(takes: list[object]) -> TakeList:
    return TakeList(takes, height=14, ui="zh")  # type: ignore[arg-type]


def chosen(shown: TakeList) -> str:
    assert shown.chosen
    return shown.chosen.prompt_id


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], "p0"),
        ([UP], "p0"),
        ([DOWN, "j", "j", "k"], "p2"),
        ([PAGE_DOWN], "p10"),
        ([" ", PAGE_DOWN, PAGE_UP, UP], "p9"),
        (["G"], "p29"),
        (["G", DOWN], "p29"),
        (["\x1b[F", "\x1b[H"], "p0"),
        (["x", "\x1b[99~"], "p0"),
        (["\xe0P"], "p1"),
        (["jjjk"], "p2"),
        (["jj/p7"], "p7"),
    ],
)
def test_the_cursor_moves(shown: TakeList, keys: list[str], expected: str) -> None:
    assert [shown.press(key) for key in keys] == [""] * len(keys)
    assert chosen(shown) == expected


def test_only_the_rows_in_view_are_laid_out_and_the_cursor_is_among_them(shown: TakeList) -> None:
    for key in ["", *[DOWN] * 12, PAGE_DOWN, UP, UP, UP, "g", "G"]:
        if key:
            shown.press(key)
        lines = shown.lines(80)
        assert len(lines) == 14
        assert chosen(shown) in lines[shown.cursor_line()]
        assert lines[shown.cursor_line()].startswith("›")
        assert sum(line.startswith("›") for line in lines) == 1
    assert "30/30" in lines[0]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_row_shows_date_prompt_total_and_coverage_within_the_width(shown: TakeList, width: int) -> None:
    lines = shown.lines(width)
    row = lines[2]
    for part in ("2026-11-22", "p0", "72", "50–75 %"):
        assert part in row
    if width >= 80:
        assert max(map(cell_len, lines)) <= width


def test_a_filter_by_prompt_typed_pasted_corrected_and_taken_back(shown: TakeList) -> None:
    shown.press("G")
    shown.press("/")
    for key in ("为什么j", "\x7f"):
        shown.press(key)
    assert shown.filter == "为什么"
    assert "0/" not in shown.lines(80)[0]
    assert "1/15" in shown.lines(80)[0]
    shown.press("\r")
    shown.press("j")
    assert chosen(shown) == "p2"
    shown.press("\x1b")
    assert "1/30" in shown.lines(80)[0]


def test_a_filter_that_nothing_fits(shown: TakeList) -> None:
    for key in ("/", "q?", "\r"):
        shown.press(key)
    assert shown.chosen is None
    assert "没有符合的记录" in "\n".join(shown.lines(80))
    assert [shown.press(key) for key in ("\r", "j", "G")] == ["", "", ""]
    shown.press("/")
    shown.press("\x1b")
    assert chosen(shown) == "p0"


def test_open_and_quit(shown: TakeList) -> None:
    assert shown.press("\r") == "open"
    assert shown.press("q") == "quit"
    shown.press("/")
    assert shown.press("") == "quit"  # the terminal has gone


def test_no_totals_when_there_are_to_be_none() -> None:
    summaries = [summary(a_scored()), summary(a_take(1, prompt_text="\x1b[31m红"))]
    text = "\n".join(TakeList(summaries, height=10, ui="en", with_score=False).lines(80))
    assert "72" not in text
    assert "%" not in text
    assert "\x1b" not in text
