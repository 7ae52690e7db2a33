"""CSV as spreadsheets write it and as they may open it.

Spreadsheets in China write GB18030, others UTF-8 with a byte order mark or without, and part cells with
commas, semicolons or tabs. What we write is UTF-8 with a byte order mark, so that Chinese stays intact, and a
text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENCODINGS: Final = ("utf-8-sig", "gb18030")
DELIMITERS: Final = ",;\t"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK: Final = b"\xef\xbb\xbf"


def decoded(data: bytes) -> str | None:
    """The text of a file, None when it is in none of :data:`ENCODINGS`."""
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def rows(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row as the line (from 1) that it begins on and its cells, or what is wrong with it.

    The delimiter is the one that the first line has most of.
    """
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield line, exc


def blank(cells: Sequence[str]) -> bool:
    """Whether there is nothing in a row."""
    return not any(cell.strip() for cell in cells)


def written(table: Iterable[Sequence[object]]) -> bytes:
    """A table as the content of a CSV file; texts that are not ours go through :func:`safe` before."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return _MARK + text.getvalue().encode()


def safe(text: str) -> str:
    """The text as a spreadsheet may open it: never as a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def plain(cell: str) -> str:
    """The cell without blanks, and without the apostrophe that kept it from being a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
