"""Sheets of a spreadsheet program (.xlsx, .xlsm) as rows of texts, as they look on the screen.

Whole numbers have no point, dates are ISO, a format of zeros (工号 007) or per cent is kept, and a cell that
reaches over several rows stands in each of them. A formula has the value that the program saved with it; one
without is named, and so is an error such as ``#N/A``. Hidden rows are read like others, hidden sheets come
last. What is unpacked is bounded before it is read.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.table_text import HEAD_WITHIN, OWN
from voicecoach.errors import UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from openpyxl.reader.excel import ExcelReader

    from voicecoach.adapters.batch.table_text import Cell, IsHead, RawRow

MIB: Final = 2**20
FILE_MOST: Final = 64 * MIB
"""Of a workbook as it lies on the disk: a million rows take half of it."""
PART_MOST: Final = 16 * MIB
"""Of what is read into memory as a tree: styles, names, relations."""
TEXTS_MOST: Final = 128 * MIB
"""Of the table of texts that all sheets share."""
SHEET_MOST: Final = 512 * MIB
"""Of one sheet, which is read row by row."""
PARTS_MOST: Final = 2_000
ROWS_MOST: Final = 2**20
COLUMNS_MOST: Final = 2**14
"""Rows and columns that a spreadsheet program can have."""
LETTERS_MOST: Final = 3
"""Of a column: XFD is the last."""
MERGED_MOST: Final = 100_000
_CHUNK: Final = MIB
_TAIL: Final = 512
"""Bytes of a chunk that are looked at again with the next: no tag that is looked for is longer."""
_TAG: Final = re.compile(
    rb"<(?:\w+:)?(?P<tag>row|c|f|mergeCell)(?=[\s/>])"
    rb"(?:[^>]{0,200}?\b(?:r|ref)=[\"'](?P<ref>[A-Za-z]*\d*(?::[A-Za-z]+\d+)?)[\"'])?"
)
_REF: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ZEROS: Final = re.compile(r"0+")
BROKEN: Final = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the reader of workbooks raises about one that is damaged."""


class _OddError(ValueError):
    """A workbook that no program wrote: more parts, rows or columns than there can be."""


def rows(path: Path, *, is_head: IsHead) -> Iterator[RawRow]:
    """The rows of the first sheet that has the headings, else of the first that has anything.

    Blank rows are left out; the number of a row is that of the sheet. Raises UsageError.
    """
    with _told(path):
        if path.stat().st_size > FILE_MOST:
            raise UsageError("table-too-big", path=path, most_mb=FILE_MOST // MIB)
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
            sheets = list(_sheets(path, archive))
    chosen: Iterator[RawRow] | None = None
    for name, part in sheets:
        read = _rows_of(path, name, part)
        head = list(islice(read, HEAD_WITHIN))
        if any(isinstance(cells, list) and is_head(texts(cells)) for _, cells in head):
            return chain(head, read)
        if head and chosen is None:
            chosen = chain(head, read)
    return iter(()) if chosen is None else chosen


def texts(cells: Iterable[Cell]) -> list[str]:
    """The cells with nothing for those that cannot be used."""
    return [cell if isinstance(cell, str) else "" for cell in cells]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Faults of the reader as a UsageError that names the workbook, and none of its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except UsageError:
            raise
        except BROKEN as exc:
            cause = str(exc) or type(exc).__name__
            raise UsageError("table-workbook-broken", path=path, cause=f"{cause:.200}") from exc


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory before any of it is unpacked."""
    parts = archive.infolist()
    if len(parts) > PARTS_MOST:
        raise UsageError("table-workbook-parts", path=path, n=len(parts), most=PARTS_MOST)
    for part in parts:
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        most = TEXTS_MOST if "sharedstrings" in name else SHEET_MOST if "/worksheets/" in name else PART_MOST
        if part.file_size > most:
            facts = {"part": part.filename, "mb": part.file_size // MIB, "most_mb": most // MIB}
            raise UsageError("table-workbook-bomb", path=path, **facts)


def _sheets(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet, hidden ones last. Raises what the reader raises."""
    there = set(archive.namelist())
    shown: list[tuple[str, str]] = []
    hidden: list[tuple[str, str]] = []
    with path.open("rb") as file:
        reader = _reader(file, values=True)
        names = {sheet.title for sheet in reader.wb.worksheets}
        for sheet, relation in reader.parser.find_sheets():
            if sheet.name in names and relation.target in there:
                (shown if sheet.state == "visible" else hidden).append((sheet.name, relation.target))
    if not shown and not hidden:
        raise _OddError("there is no sheet in it")
    return chain(shown, hidden)


def _reader(file: BinaryIO, *, values: bool) -> ExcelReader:
    """A workbook whose rows are read while its file is open."""
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        """Reads what cells need: faults of all else are none of ours."""

        def read_properties(self) -> None:
            """Leave author and dates out."""

        def read_custom(self) -> None:
            """Leave properties of the user's own out."""

        def read_theme(self) -> None:
            """Leave colours out."""

        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """Leave sheets of charts out."""
            del sheet, rel

    reader = Reader(file, read_only=True, data_only=values, keep_links=False)
    reader.read()
    return reader


def _rows_of(path: Path, name: str, part: str) -> Iterator[RawRow]:
    """The rows of a sheet that are not blank."""
    with _told(path):
        with zipfile.ZipFile(path) as archive:
            merged, formulas = _looked_through(archive, part)
        filled: dict[int, tuple[int, Cell]] = {}
        for number, plain in _plain_rows(path, name, formulas=formulas):
            cells = plain
            for column, last in merged.get(number, ()):
                if column < len(cells):
                    filled[column] = (last, cells[column])
            for column, (last, cell) in list(filled.items()):
                if number > last:
                    del filled[column]
                    continue
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or cell
            while cells and cells[-1] == "":
                cells.pop()
            if cells:
                yield number, cells


def _looked_through(archive: zipfile.ZipFile, part: str) -> tuple[dict[int, list[tuple[int, int]]], bool]:
    """The cells over several rows, as column and last row by their first, and whether there are formulas.

    Raises _OddError for rows and columns that no program writes: each missing one would be made.
    """
    merged: dict[int, list[tuple[int, int]]] = {}
    formulas, n_rows, in_row, n_merged, rest = False, 0, 0, 0, b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            looked = 0
            for match in _TAG.finditer(text):
                if match.start() >= len(text) - _TAIL and len(chunk) == _CHUNK:
                    break
                looked = match.end()
                tag, ref = match["tag"], (match["ref"] or b"").decode()
                n_rows += tag == b"row"
                in_row = 0 if tag == b"row" else in_row + (tag == b"c")
                letters = ref.rstrip("0123456789") if tag == b"c" else ""
                number = ref[len(letters) :] if tag in {b"c", b"row"} else ""
                if (
                    in_row > COLUMNS_MOST
                    or n_rows > ROWS_MOST
                    or len(letters) > LETTERS_MOST
                    or (number and int(number[:9]) > ROWS_MOST)
                ):
                    raise _OddError(f"{tag.decode()} {ref or n_rows} is beyond any sheet")
                formulas |= tag == b"f"
                if tag == b"mergeCell" and n_merged < MERGED_MOST:
                    n_merged += _keep_merged(ref, merged)
            rest = text[max(looked, len(text) - _TAIL) :]
    return merged, formulas


def _keep_merged(ref: str, merged: dict[int, list[tuple[int, int]]]) -> bool:
    from openpyxl.utils import column_index_from_string

    match = _REF.fullmatch(ref.upper())
    if match is None:
        return False
    first, last = int(match[2]), int(match[4])
    if last > first:
        merged.setdefault(first, []).append((column_index_from_string(match[1]) - 1, last))
    return True


def _plain_rows(path: Path, name: str, *, formulas: bool) -> Iterator[tuple[int, list[Cell]]]:
    """Every row of a sheet with its number; formulas are looked at only where there are any."""
    with ExitStack() as opened:
        wanted = (True, False) if formulas else (True,)
        files = [opened.enter_context(path.open("rb")) for _ in wanted]
        sheets = [_reader(file, values=values).wb[name] for file, values in zip(files, wanted, strict=True)]
        for sheet in sheets:
            sheet.reset_dimensions()  # what a sheet says of its size may be wrong
        pairs: Iterable[Sequence[Any]] = zip_longest(*(sheet.iter_rows() for sheet in sheets), fillvalue=())
        for number, same in enumerate(pairs, start=1):
            made = [cell_text(cell) for cell in same[0]]
            if formulas:
                for column, cell in enumerate(same[1][: len(made)]):
                    if made[column] == "" and cell.value is not None and cell.data_type == "f":
                        made[column] = Message("table-cell-formula", {"cell": cell.coordinate, OWN: ""})
            yield number, made


def cell_text(cell: Any) -> Cell:
    """What a cell of a sheet shows, without blanks around; a message for an error value."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return Message("table-cell-error", {"value": value, OWN: value})
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date | time | timedelta):
        return _when(value)
    return _figure(value, cell.number_format)


def _when(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def _figure(value: float, shown: str) -> str:
    if _ZEROS.fullmatch(shown) and value == int(value):
        return f"{int(value):0{min(len(shown), 30)}d}"
    if "%" in shown:
        return f"{value * 100:.12g}%"
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.15g}"
