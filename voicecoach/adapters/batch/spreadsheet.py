"""CSV as spreadsheets may open it (what they write is read by :mod:`.tables`).

It is UTF-8 with a byte order mark, so that Chinese stays intact, and a text that a spreadsheet would run as a
formula gets an apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK: Final = b"\xef\xbb\xbf"


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
