"""Tables go out and come back whole, in every encoding that spreadsheets write, and never run as formulas."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch import spreadsheet
from voicecoach.adapters.batch.spreadsheet import FORMULA_STARTS, plain, safe

TEXTS = st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.text(max_size=5))
def test_safe_text_never_starts_a_formula_and_loses_nothing(text: str) -> None:
    made = safe(text)
    assert not made.startswith(FORMULA_STARTS)
    assert made in (text, "'" + text)


@given(TEXTS.filter(lambda text: text == text.strip() and not text.startswith("'")))
def test_what_was_made_safe_comes_back_plain(text: str) -> None:
    assert plain(safe(text)) == text


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_a_table_that_was_written_is_read_again(table: list[list[str]]) -> None:
    head = ["file", "班组"]
    text = spreadsheet.decoded(spreadsheet.written([head, *table]))
    assert text is not None
    assert [cells for _, cells in spreadsheet.rows(text)] == [head, *table]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    text = spreadsheet.decoded(f"文件{delimiter}题目\r\n甲{delimiter}乙\r\n".encode(encoding))
    assert text is not None
    assert list(spreadsheet.rows(text)) == [(1, ["文件", "题目"]), (2, ["甲", "乙"])]


def test_bytes_of_neither_encoding_are_no_text() -> None:
    assert spreadsheet.decoded(b"file\xff\xff") is None


def test_a_row_that_is_no_csv_is_told_with_its_line_and_the_others_go_on() -> None:
    long = '"' + "x" * (csv.field_size_limit() + 1) + '"'
    (_, head), (line, fault), (_, last) = spreadsheet.rows(f"file\n{long}\nb.wav\n")
    assert (head, line, last) == (["file"], 2, ["b.wav"])
    assert isinstance(fault, csv.Error)
