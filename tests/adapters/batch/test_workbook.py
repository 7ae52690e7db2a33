"""Workbooks as spreadsheet programs save them, and what nobody should save."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from voicecoach.adapters.batch import workbook
from voicecoach.adapters.batch.tables import read_table
from voicecoach.errors import UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from voicecoach.adapters.batch.tables import TableRow


def is_head(cells: Sequence[str]) -> bool:
    return "文件" in cells


def read(path: Path) -> list[TableRow]:
    return list(read_table(path, is_head=is_head).rows)


def saved(
    folder: Path, rows: Iterable[Sequence[Any]], change: Callable[[Any, Workbook], None] | None = None
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet, book)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def test_cells_are_the_texts_that_the_screen_shows(tmp_path: Path) -> None:
    row = [
        "a.wav",
        1.0,
        2.5,
        date(2026, 8, 1),
        datetime.fromisoformat("2026-08-01 09:30"),
        time(9, 30),
        True,
        " x ",
    ]
    heads = ["文件", "声道", "分", "日期", "时刻", "时间", "真", "字"]

    def formats(sheet: Any, _: Workbook) -> None:
        sheet["I1"], sheet["I2"] = "工号", 7
        sheet["I2"].number_format = "000"
        sheet["J1"], sheet["J2"] = "率", 0.85
        sheet["J2"].number_format = "0%"
        sheet["K1"], sheet["K2"] = "单号", 20260801123456

    (read_row,) = read(saved(tmp_path, [heads, row], formats))
    assert read_row.line == 2
    assert list(read_row.cells.values()) == [
        "a.wav", "1", "2.5", "2026-08-01", "2026-08-01 09:30:00", "09:30:00", "TRUE", "x", "007", "85%",
        "20260801123456",
    ]  # fmt: skip


def test_the_sheet_with_the_headings_is_read_wherever_it_stands(tmp_path: Path) -> None:
    def more(sheet: Any, book: Workbook) -> None:
        hidden = book.create_sheet("旧")
        hidden.append(["文件"])
        hidden.append(["old.wav"])
        hidden.sheet_state = "hidden"
        table = book.create_sheet("清单")
        for row in (["八月"], [], ["文件", "组", None, None], ["a.wav", "一"], [None, " "], ["b.wav", "二"]):
            table.append(row)
        table.row_dimensions[6].hidden = True
        sheet.merge_cells("A1:B1")

    rows = read(saved(tmp_path, [["说明"], ["只是说明"]], more))
    assert [(row.line, row.cells) for row in rows] == [
        (4, {"文件": "a.wav", "组": "一"}),
        (6, {"文件": "b.wav", "组": "二"}),
    ]


def test_a_merged_cell_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    def merge(sheet: Any, _: Workbook) -> None:
        sheet.merge_cells("B2:B3")

    rows = read(saved(tmp_path, [["文件", "组"], ["a.wav", "一"], ["b.wav"], ["c.wav"]], merge))
    assert [row.cells.get("组") for row in rows] == ["一", "一", None]


def test_a_formula_without_a_value_and_an_error_are_named_in_their_cell(tmp_path: Path) -> None:
    def error(sheet: Any, _: Workbook) -> None:
        sheet["B3"] = "#N/A"
        sheet["B3"].data_type = "e"

    rows = read(saved(tmp_path, [["文件", "组"], ["a.wav", '="一"&"组"'], ["b.wav"]], error))
    told = [row.cells["组"] for row in rows]
    assert all(isinstance(cell, Message) for cell in told)
    assert [cell.words("zh") for cell in told if isinstance(cell, Message)] == [
        "B2 的公式没有结果：请用表格程序打开文件再保存",
        "这一格是错误值 #N/A",
    ]


def test_an_empty_workbook_has_no_rows(tmp_path: Path) -> None:
    assert read(saved(tmp_path, [])) == []


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part of it changed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return target


SHEET = "xl/worksheets/sheet1.xml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_shared_texts(path: Path, texts: Sequence[str] | None = None) -> Path:
    """The workbook as other programs write it: texts in a table of their own (``texts``: in another)."""
    written: list[str] = []

    def number(match: re.Match[bytes]) -> bytes:
        written.append(match[1].decode())
        return b't="s"><v>%d</v>' % (len(written) - 1)

    target = path.with_name("shared.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == SHEET:
                data = re.sub(rb't="inlineStr"><is><t>(.*?)</t></is>', number, data)
            added = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}" /></Types>'
            data = data.replace(b"</Types>", added.encode())
            added = f'<Relationship Id="rId99" Type="{KIND}" Target="sharedStrings.xml" /></Relationships>'
            new.writestr(
                name, data.replace(b"</Relationships>", added.encode()) if "workbook" in name else data
            )
        items = "".join(f"<si><t>{text}</t></si>" for text in (written if texts is None else texts))
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    return target


def test_shared_texts_are_read_and_missing_ones_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, [["文件", "组"], ["a.wav", "一"]])
    assert [row.cells for row in read(with_shared_texts(path))] == [{"文件": "a.wav", "组": "一"}]
    with pytest.raises(UsageError, match="is damaged"):
        read(with_shared_texts(path, ["文件"]))


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("xl/styles.xml", lambda data: data + b" " * (workbook.PART_MOST + 1), "table-workbook-bomb"),
        (SHEET, lambda data: data.replace(b'r="A2"', b'r="ZZZZZ2"'), "table-workbook-broken"),
        (SHEET, lambda data: data.replace(b'r="2"', b'r="99999999999"'), "table-workbook-broken"),
        (SHEET, lambda data: data.replace(b"</row>", b"<c/>" * 20_000 + b"</row>"), "table-workbook-broken"),
        (SHEET, lambda data: data[: len(data) // 2], "table-workbook-broken"),
        (SHEET, lambda _: b"", "table-workbook-broken"),
        ("xl/workbook.xml", lambda data: data[:100], "table-workbook-broken"),
    ],
)
def test_a_workbook_that_no_program_wrote_is_refused_in_one_line(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], code: str
) -> None:
    path = changed(saved(tmp_path, [["文件", "组"], ["a.wav", "一"]]), part, change)
    with pytest.raises(UsageError) as told:
        read(path)
    assert told.value.code == code
    assert "\n" not in told.value.message


def test_a_sheet_of_endless_rows_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS_MOST", 1_000)
    path = changed(
        saved(tmp_path, [["文件"], ["a.wav"]]),
        SHEET,
        lambda data: data.replace(b"</sheetData>", b"<row/>" * 1_000 + b"</sheetData>"),
    )
    with pytest.raises(UsageError, match="beyond any sheet"):
        read(path)


def test_a_workbook_of_the_strict_kind_is_named(tmp_path: Path) -> None:
    kind = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    path = saved(tmp_path, [["文件"], ["a.wav"]])
    with pytest.raises(UsageError, match="Strict Open XML"):
        read(changed(path, "xl/workbook.xml", lambda data: data.replace(kind, strict)))


def test_charts_and_broken_properties_are_none_of_ours(tmp_path: Path) -> None:
    def chart(_: Any, book: Workbook) -> None:
        book.create_chartsheet("图", 0)

    path = saved(tmp_path, [["文件"], ["a.wav"]], chart)
    assert [row.cells for row in read(changed(path, "docProps/core.xml", lambda _: b"<"))] == [
        {"文件": "a.wav"}
    ]


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))

    def bomb(data: bytes) -> bytes:
        head = b'<!DOCTYPE x [<!ENTITY e0 "' + b"x" * 100 + b'">' + entities + b"]>"
        return head + data.replace(b"<sheetData>", b"<sheetData>&e9;", 1)

    with pytest.raises(UsageError):
        read(changed(saved(tmp_path, [["文件"], ["a.wav"]]), SHEET, bomb))


@pytest.mark.parametrize(
    ("part", "code", "told"),
    [
        ("content.xml", "table-other-format", ".ods"),
        ("Index/Document.iwa", "table-other-format", ".numbers"),
        ("xl/workbook.bin", "table-other-format", ".xlsb"),
        ("a.wav", "table-no-table", "ZIP"),
    ],
)
def test_packages_of_other_programs_are_named(tmp_path: Path, part: str, code: str, told: str) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"")
    with pytest.raises(UsageError) as raised:
        read(path)
    assert raised.value.code == code
    assert told in raised.value.words("zh")
