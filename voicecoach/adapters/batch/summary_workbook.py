"""``summary.xlsx``: the rows of a batch as a workbook for people, the same bytes for the same rows.

Three sheets: every file with its figures, every rubric point of every file, and what has no score with its
reason. Figures are numbers; a text is a text, whatever it looks like: none is a formula, an error or a link.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.spreadsheet import FORMULA_STARTS
from voicecoach.words.catalogue import has, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from voicecoach.words.catalogue import Ui

Row = dict[str, Any]

FIXED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When every workbook says that it was made: the clock would make two of the same rows differ."""
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
TEXT_MOST: Final = 32_000
"""Characters of a cell; a spreadsheet program takes 32,767."""
ROWS_MOST: Final = 1_048_575
"""Rows of a sheet under its headings."""
WIDTHS: Final = {
    "file": 34, "prompt": 20, "reason": 60, "remedy": 50, "advice": 50, "points_covered": 28,
    "points_maybe": 24, "points_not_heard": 28, "sha256": 14, "key": 14, "point": 24,
}  # fmt: skip
WIDTH: Final = 14
_FORMATS: Final = {
    "total": "0.0", "duration_s": "0.0", "coverage_low": "0%", "coverage_high": "0%", "score": "0.00",
}  # fmt: skip
_ODD_STARTS: Final = (*FORMULA_STARTS, "#")
"""What the package would take for a formula or an error."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
POINT_COLUMNS: Final = ("file", "speaker", "date", "prompt", "point", "point_state", "score")
FAILURE_COLUMNS: Final = ("file", "speaker", "date", "prompt", "state", "code", "reason", "remedy")


def workbook_bytes(
    rows: Sequence[Row], names: Sequence[str], measurements: Iterable[str], carried: Sequence[str], *, ui: Ui
) -> bytes:
    """The workbook of the rows.

    ``names`` are the columns of a row, ``measurements`` those of its figures, ``carried`` the reader's own.
    Headings are in the language ``ui``.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "voicecoach"
    book.properties.created = FIXED.replace(tzinfo=None)
    figures = list(measurements)
    _sheet(book, "summary", [*names, *figures], carried, map(_of_summary, rows), ui=ui, figures=figures)
    _sheet(book, "points", POINT_COLUMNS, carried, _of_points(rows), ui=ui)
    failed = (row for row in rows if row["state"] != "scored")
    _sheet(book, "failures", FAILURE_COLUMNS, carried, map(_of_summary, failed), ui=ui)
    saved = io.BytesIO()
    book.save(saved)
    return _undated(saved)


def _of_summary(row: Row) -> Row:
    return {**row, **row["measurements"]}


def _of_points(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        for point in row["points"]:
            yield {**row, "point": point["id"], "point_state": point["state"], "score": point["score"]}


def _sheet(
    book: Any,
    title: str,
    names: Sequence[str],
    carried: Sequence[str],
    rows: Iterable[Row],
    *,
    ui: Ui,
    figures: Sequence[str] = (),
) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(word(f"workbook-sheet-{title}", ui))
    sheet.freeze_panes = "B2"
    for index, name in enumerate([*names, *carried], start=1):
        width = WIDTHS.get(name, WIDTH) if index <= len(names) else WIDTH
        sheet.column_dimensions[get_column_letter(index)].width = width
    bold = Font(bold=True)
    headings = [_heading(name, ui, is_figure=name in figures) for name in names] + list(carried)
    head = [_text_cell(sheet, _writable(heading)) for heading in headings]
    for cell in head:
        cell.font = bold
    sheet.append(head)
    for number, row in enumerate(rows):
        if number == ROWS_MOST:
            break
        sheet.append(_cells(sheet, row, names, carried, ui))


def _heading(name: str, ui: Ui, *, is_figure: bool) -> str:
    code = f"metric-{name}" if is_figure else f"workbook-{name.replace('_', '-')}"
    return word(code, ui) if has(code) else name


def _cells(
    sheet: WriteOnlyWorksheet, row: Row, names: Sequence[str], carried: Sequence[str], ui: Ui
) -> list[object]:
    own: Mapping[str, str] = row["carried"]
    values = [(name, row.get(name)) for name in names] + [("", own.get(name)) for name in carried]
    return [_cell(sheet, name, value, ui) for name, value in values]


def _cell(sheet: WriteOnlyWorksheet, name: str, value: object, ui: Ui) -> object:
    if name in ("state", "point_state") and isinstance(value, str):
        value = word(f"workbook-is-{value.replace('_', '-')}", ui)
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str):
        value = _writable(value)
        # a plain text needs no cell of its own, and most are: half the time
        return _text_cell(sheet, value) if value.startswith(_ODD_STARTS) else value or None
    if isinstance(value, bool):
        return int(value)
    if name not in _FORMATS or not isinstance(value, int | float):
        return value
    cell = _plain_cell(sheet, value)
    cell.number_format = _FORMATS[name]
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that is a text and stays one when somebody edits it."""
    cell = _plain_cell(sheet, text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _writable(text: str) -> str:
    text = _UNWRITABLE.sub("\ufffd", text)
    return text if len(text) <= TEXT_MOST else text[:TEXT_MOST] + "…"


def _plain_cell(sheet: WriteOnlyWorksheet, value: str | float) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    made: Cell = WriteOnlyCell(sheet, value)
    return made


def _undated(saved: io.BytesIO) -> bytes:
    """The same package without the time at which it was written."""
    stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == _CORE:
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            named = zipfile.ZipInfo(part.filename, ZIP_DATE)
            named.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(named, data)
    return made.getvalue()
