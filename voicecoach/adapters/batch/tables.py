"""Tables that people hand in (manifests, sheets of marks): whatever they are saved as, rows with headings.

CSV and its kin (:mod:`.table_text`), JSON (:mod:`.table_json`) and workbooks (:mod:`.workbook`) are told by
their content, not by the ending of their name. What the columns mean is the business of who reads the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch import table_json, table_text, workbook
from voicecoach.adapters.batch.table_text import HEAD_WITHIN
from voicecoach.adapters.batch.workbook import texts
from voicecoach.adapters.folders import cause_of
from voicecoach.errors import UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from voicecoach.adapters.batch.table_text import Cell, IsHead, RawRow

JSON_ENDINGS: Final = (".jsonl", ".ndjson", ".json")
TEXT_ENDINGS: Final = (".csv", ".tsv", ".tab", ".txt", *JSON_ENDINGS)
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xltx")
OTHER_ENDINGS: Final = (".xls", ".xlsb", ".ods", ".numbers", ".et")
"""Tables of programs that are not read: named, with the way out."""
ENDINGS: Final = TEXT_ENDINGS + WORKBOOK_ENDINGS + OTHER_ENDINGS
TEXT_MOST: Final = 512 * 2**20
"""Bytes of a table that is text: a million rows take a fifth of it."""
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP: Final = re.compile(rb"\s*<(?:\?xml|!doctype|html|meta|table|head)\b", re.IGNORECASE)
_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")
_ESCAPED: Final = re.compile("[\x00\ud800-\udfff]|\\\\u(?:0000|[dD][89a-fA-F])")
_MAIN_PART: Final = "xl/workbook.xml"
_STRICT: Final = b"purl.oclc.org/ooxml"
"""Names of the stricter kind of workbook, which the reader does not know."""
HEAD_MOST: Final = 4096
_PARTS: Final = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods", "Index/Document.iwa": ".numbers"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row.

    ``line`` counts from 1: the line of the file; of a workbook the row of the sheet; of JSON with several
    elements on a line the number of the element. ``cells`` are texts without blanks around, by heading as it
    is written; a cell that cannot be used is a message that says why (its fact ``text``, where it has one, is
    the cell nevertheless; ``own`` is what stands for it in a column that nobody reads). ``fault`` says why
    the whole row cannot be used; then there are no cells.
    """

    line: int
    cells: Mapping[str, Cell] = field(default_factory=dict)
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """``headings`` as they are written, "" for none; empty where every row names its own (JSON).

    ``head_line`` is the line that they stand on, 0 without. ``rows`` can be gone through once, raising
    UsageError where a workbook breaks off.
    """

    headings: tuple[str, ...]
    head_line: int
    rows: Iterator[TableRow]

    @property
    def twice(self) -> str | None:
        """A heading that stands there twice: cells of the first would be lost."""
        named = [name for name in self.headings if name]
        return next((name for name in named if named.count(name) > 1), None)


def read_table(path: Path, *, is_head: IsHead) -> Table:
    """The table in a file; ``is_head`` says whether the cells of a row are the headings.

    Without any such row among the first the headings are the first row, and whoever reads the table finds
    out what is missing. Raises UsageError: no file, not to be read, no table, too big, damaged.
    """
    try:
        if not path.is_file():
            path.stat()
            raise UsageError("table-no-file", path=path)
        with path.open("rb") as file:
            begin = file.read(2048)
            data = b"" if begin.startswith((_ZIP, _OLE)) else begin + file.read(TEXT_MOST)
    except (OSError, ValueError) as exc:
        raise UsageError("table-unreadable", path=path, cause=cause_of(exc)) from exc
    if begin.startswith(_ZIP):
        _check_workbook(path)
        return _headed(workbook.rows(path, is_head=is_head), is_head, clean=False)
    if begin.startswith(_OLE) or _MARKUP.match(begin.removeprefix(b"\xef\xbb\xbf")):
        code = "table-old-format" if begin.startswith(_OLE) else "table-markup"
        raise UsageError(code, path=path)
    if len(data) > TEXT_MOST:
        raise UsageError("table-too-big", path=path, most_mb=TEXT_MOST // 2**20)
    text = table_text.decoded(data)
    if text is None:
        raise UsageError("table-encoding", path=path)
    if path.suffix.lower() in JSON_ENDINGS or text.lstrip()[:1] in {"[", "{"}:
        return Table((), 0, _json_rows(_numbered(text, is_head), clean=_ESCAPED.search(text) is None))
    return _headed(table_text.rows(text, is_head=is_head), is_head, clean=_UNUSABLE.search(text) is None)


def _check_workbook(path: Path) -> None:
    """Raise UsageError for a package that is another kind of document."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            begin = b""
            if _MAIN_PART in names:
                with archive.open(_MAIN_PART) as part:
                    begin = part.read(HEAD_MOST)
    except workbook.BROKEN as exc:
        raise UsageError("table-workbook-broken", path=path, cause=str(exc)) from exc
    other = next((ending for name, ending in _PARTS.items() if name in names), None)
    if _STRICT in begin:
        other = ".xlsx (Strict Open XML)"
    if other is not None:
        raise UsageError("table-other-format", path=path, format=other)
    if "[Content_Types].xml" not in names:
        raise UsageError("table-no-table", path=path)


def _headed(rows: Iterator[RawRow], is_head: IsHead, *, clean: bool) -> Table:
    first: list[RawRow] = []
    for row in rows:
        first.append(row)
        if isinstance(row[1], list) and is_head(texts(row[1])):
            break
        if len(first) == HEAD_WITHIN:
            break
    if not first:
        return Table((), 0, iter(()))
    if _is_alone(first[-1]) and (following := next(rows, None)) is not None:
        _, cells = following
        if isinstance(cells, list) and not _is_alone(following) and is_head(texts(cells)):
            first.append(following)  # the one before is a title that is called as a heading
        else:
            rows = chain([following], rows)
    line, cells = first[-1]
    if not isinstance(cells, list) or not is_head(texts(cells)):
        (line, cells), *below = first
        rows = chain(below, rows)
    names = texts(cells) if isinstance(cells, list) else []
    while names and not names[-1]:
        names.pop()
    return Table(tuple(names), line, _body(rows, names, clean=clean))


def _is_alone(row: RawRow) -> bool:
    """Whether a row has but one cell with anything in it."""
    return isinstance(row[1], list) and sum(cell != "" for cell in row[1]) == 1


def _body(rows: Iterator[RawRow], names: list[str], *, clean: bool) -> Iterator[TableRow]:
    for line, cells in rows:
        if isinstance(cells, Message):
            yield TableRow(line, fault=cells)
            continue
        while len(cells) > len(names) and cells[-1] == "":
            cells.pop()
        if len(cells) > len(names):
            yield TableRow(line, fault=Message("table-row-long", {"n": len(cells), "most": len(names)}))
            continue
        named = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        yield TableRow(line, named if clean else _usable(named))


def _numbered(text: str, is_head: IsHead) -> Iterator[table_json.JsonRow]:
    """The elements with their lines, or with their number where several stand on one line."""
    rows = list(table_json.rows(text, is_head=is_head))
    one_each = len({line for line, _ in rows}) == len(rows)
    return iter(rows if one_each else [(number, row) for number, (_, row) in enumerate(rows, start=1)])


def _json_rows(rows: Iterator[table_json.JsonRow], *, clean: bool) -> Iterator[TableRow]:
    for line, cells in rows:
        if isinstance(cells, Message):
            yield TableRow(line, fault=cells)
        else:
            yield TableRow(line, cells if clean else _usable(cells))


def _usable(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells, with a message in place of each that holds half a character or a NUL."""
    made: dict[str, Cell] = {}
    for name, cell in cells.items():
        text = str(cell.facts.get("text", "")) if isinstance(cell, Message) else cell
        broken = _UNUSABLE.search(text) or _UNUSABLE.search(name)
        told = Message("table-cell-nul" if broken and broken[0] == "\x00" else "table-cell-no-text")
        made[_UNUSABLE.sub("\ufffd", name)] = told if broken else cell
    return made
