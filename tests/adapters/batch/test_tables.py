"""Tables in all the ways that people save them: the same rows come out, and what is wrong names its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch import spreadsheet
from voicecoach.adapters.batch.table_text import DELIMITERS, decoded, rows
from voicecoach.adapters.batch.tables import read_table
from voicecoach.errors import UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.adapters.batch.tables import TableRow

DEEP = "[" * 100_000 + "]" * 100_000
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8)


def is_head(cells: Sequence[str]) -> bool:
    return "文件" in cells or "file" in cells


def read(folder: Path, data: str | bytes, name: str = "list.csv") -> list[TableRow]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_table(path, is_head=is_head).rows)


def plain(read_rows: Sequence[TableRow]) -> list[tuple[int, object]]:
    """Line and cells of each row, or the code of what is wrong with it."""
    return [
        (row.line, row.fault.code)
        if row.fault
        else (row.line, {k: v.code if isinstance(v, Message) else v for k, v in row.cells.items()})
        for row in read_rows
    ]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_end_are_found(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    text = end.join(["文件|题目", "录音1.wav|晚到", "b.wav|", ""]).replace("|", delimiter)
    expected = [(2, {"文件": "录音1.wav", "题目": "晚到"}), (3, {"文件": "b.wav", "题目": ""})]
    assert plain(read(tmp_path, text.encode(encoding))) == expected


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_may_name_the_delimiter(tmp_path: Path, first: str) -> None:
    assert plain(read(tmp_path, f"{first}\nfile;a,b\nx,y.wav;1\n")) == [(3, {"file": "x,y.wav", "a,b": "1"})]


def test_titles_may_stand_over_the_headings_and_blank_cells_and_rows_behind(tmp_path: Path) -> None:
    text = "八月质检,,,,\n\n,,,\n文件, 题目 ,,\n a.wav ,,,\n,,,,\nb.wav,x,,,,,\n\n,\n"
    assert plain(read(tmp_path, text)) == [
        (5, {"文件": "a.wav", "题目": ""}),
        (7, {"文件": "b.wav", "题目": "x"}),
    ]


def test_a_title_may_be_called_as_a_heading(tmp_path: Path) -> None:
    assert plain(read(tmp_path, "文件\n文件\t题目\na.wav\tlate\n")) == [
        (3, {"文件": "a.wav", "题目": "late"})
    ]
    assert plain(read(tmp_path, "文件\na.wav\nb.wav\n")) == [(2, {"文件": "a.wav"}), (3, {"文件": "b.wav"})]
    assert plain(read(tmp_path, "文件\na.wav,x\n")) == [(2, "table-row-long")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a.wav,x\nb.wav,"y"\n', [(2, "table-quote-open"), (3, {"file": "b.wav", "a": "y"})]),
        ('"a.wav,x\nb.wav,y\n', [(2, "table-quote-open"), (3, {"file": "b.wav", "a": "y"})]),
        ('a.wav,x\nb.wav,"y', [(2, {"file": "a.wav", "a": "x"}), (3, "table-quote-open")]),
        ('"a.wav,x\n"b.wav",y\n', [(2, "table-quote-open"), (3, {"file": "b.wav", "a": "y"})]),
        ('a.wav,"1\n2"\nb,5" "6\n', [(2, {"file": "a.wav", "a": "1\n2"}), (4, {"file": "b", "a": '5" "6'})]),
        ('a.wav,"says ""好"""\n', [(2, {"file": "a.wav", "a": 'says "好"'})]),
        ("a.wav,1,2\nb.wav,1,,\n", [(2, "table-row-long"), (3, {"file": "b.wav", "a": "1"})]),
    ],
)  # fmt: skip
def test_an_unclosed_quote_costs_its_own_line_only(
    tmp_path: Path, text: str, expected: list[tuple[int, object]]
) -> None:
    assert plain(read(tmp_path, "file,a\n" + text)) == expected


def test_a_cell_may_be_longer_than_the_csv_module_allows(tmp_path: Path) -> None:
    (row,) = read(tmp_path, 'file,a\nb.wav,"' + "长" * 300_000 + '"\n')
    assert row.cells["a"] == "长" * 300_000


def test_one_line_in_another_encoding_or_with_a_nul_costs_itself_only(tmp_path: Path) -> None:
    lines = ["文件,班", "录音.wav,一", "录音二.wav,二", "录音三.wav,三"]
    data = (
        "\n".join(lines).encode()
        + b"\n"
        + "录音四.wav,四".encode("gbk")
        + b"\n\xff\xfe.wav,\xff\nc\0.wav,x\n"
    )
    assert plain(read(tmp_path, data))[2:] == [
        (4, {"文件": "录音三.wav", "班": "三"}),
        (5, {"文件": "录音四.wav", "班": "四"}),
        (6, {"文件": "table-cell-no-text", "班": "table-cell-no-text"}),
        (7, {"文件": "table-cell-nul", "班": "x"}),
    ]


def test_a_stray_byte_costs_its_line_only(tmp_path: Path) -> None:
    assert plain(read(tmp_path, b"file,a\na.wav,1\nb\xff.wav,2\nc.wav,3\n")) == [
        (2, {"file": "a.wav", "a": "1"}),
        (3, {"file": "table-cell-no-text", "a": "2"}),
        (4, {"file": "c.wav", "a": "3"}),
    ]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_we_write_is_read_again(table: list[list[str]]) -> None:
    text = decoded(spreadsheet.written([["file", "班组"], *table]))
    assert text is not None
    expected = [[cell.strip() for cell in row] for row in table]
    got = [[*cells] for _, cells in list(rows(text, is_head=is_head))[1:] if isinstance(cells, list)]
    assert got == [[part.replace("\r\n", "\n") for part in row] for row in expected if any(row)]


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_no_text_breaks_the_reader_and_every_line_is_accounted_for(text: str, encoding: str) -> None:
    read_text = decoded(text.encode(encoding, "ignore"))
    assert read_text is not None
    lines = [line for line, _ in rows(read_text, is_head=is_head)]
    assert lines == sorted(set(lines))


ELEMENTS = ['{"file": "a.wav", "n": 1.0, "own": {"x": [1]}}', '{"file": "b\u2028.wav", "vip": true}']
READ = [
    {"file": "a.wav", "n": "1", "own": "table-cell-nested"},
    {"file": "b\u2028.wav", "vip": "table-cell-truth"},
]


@pytest.mark.parametrize("name", ["list.json", "list.jsonl", "list.csv"])
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{0}\n\n{1}\n", [1, 3]),
        ("[{0}, {1}]", [1, 2]),
        ("\ufeff[\n  {0},\n  {1}\n]\n", [2, 3]),
        ('{{"version": 1, "files": [\n{0},\n{1}\n], "more": []}}', [2, 3]),
        ('{{"files": [{0}, {1}]}}', [1, 2]),
    ],
)
def test_json_lines_arrays_and_documents_say_the_same(
    tmp_path: Path, name: str, text: str, lines: list[int]
) -> None:
    assert plain(read(tmp_path, text.format(*ELEMENTS), name)) == list(zip(lines, READ, strict=True))


def test_a_single_row_may_hold_a_list_of_its_own(tmp_path: Path) -> None:
    (row,) = read(tmp_path, '{"file": "a.wav", "parts": [{"n": 1}]}')
    assert list(row.cells) == ["file", "parts"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('{"file": ' + DEEP + "}", "table-row-deep"),
        ('{"file": "a.wav" "n": 1}', "table-row-no-json"),
        ('{"file": "a.wav', "table-row-no-json"),
        ('{"file": "a.wav"}}', "table-row-no-json"),
        ("7", "table-row-no-object"),
        ('{"file": "a.wav", "file": "c.wav"}', "table-row-key-twice"),
    ],
)
@pytest.mark.parametrize("text", ["{0}\n{1}\n", "[{0},\n{1}]"])
def test_a_broken_element_costs_itself_only(tmp_path: Path, text: str, broken: str, code: str) -> None:
    made = text.replace("{0}", broken).replace("{1}", '{"file": "b.wav"}')
    assert plain(read(tmp_path, made, "list.jsonl")) == [(1, code), (2, {"file": "b.wav"})]


def test_what_stands_behind_an_array_is_told_and_a_list_on_a_line_is_a_row(tmp_path: Path) -> None:
    row = '{"file": "a.wav"}'
    assert plain(read(tmp_path, f"[{row}]\n\n{row}\n", "list.json")) == [
        (1, "table-row-no-object"),
        (3, {"file": "a.wav"}),
    ]
    assert plain(read(tmp_path, f"[\n{row}\n]\n{row}\n", "list.json")) == [
        (2, {"file": "a.wav"}),
        (4, "table-array-more"),
    ]


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1e999", "NaN", "Infinity"])
def test_a_number_that_is_none_is_told_in_its_cell(tmp_path: Path, number: str) -> None:
    (row,) = read(tmp_path, f'{{"file": "a.wav", "channel": {number}}}')
    cell = row.cells["channel"]
    assert isinstance(cell, Message)
    assert cell.code == "table-cell-no-number"
    assert len(cell.words("zh")) < 100


@pytest.mark.parametrize("cell", ["\ud800", "x\udcff", "a\u0000b"])
def test_half_characters_are_told_in_their_cell(tmp_path: Path, cell: str) -> None:
    (row,) = read(tmp_path, json.dumps({"file": cell, "own": "x"}))
    assert isinstance(row.cells["file"], Message)
    assert row.cells["own"] == "x"


@given(st.text(alphabet='[]{},:"\\ \na1', max_size=40))
def test_no_json_breaks_the_reader(text: str) -> None:
    from voicecoach.adapters.batch import table_json

    lines = [line for line, _ in table_json.rows("[" + text, is_head=is_head)]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table-old-format"),
        (b"<html><table><tr><td>file</td></tr></table>", "table-markup"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "table-markup"),
        (b"PK\x03\x04 and no more", "table-workbook-broken"),
        (b"file\n\xff\xff\xff\n", "table-encoding"),
        (b"\xff\xfef\0i\0l", "table-encoding"),
    ],
)
def test_what_is_no_table_is_named_with_the_way_out(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(UsageError) as told:
        read(tmp_path, data)
    assert told.value.code == code
    assert "CSV UTF-8" in told.value.remedy("zh")


def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "table-no-file"), (tmp_path / "none.csv", "table-unreadable")):
        with pytest.raises(UsageError) as told:
            read_table(path, is_head=is_head)
        assert told.value.code == code
