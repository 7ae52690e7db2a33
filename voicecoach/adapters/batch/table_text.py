"""Tables that are text: their encoding, what parts their cells, and their rows with line numbers.

What people hand in: UTF-8 with or without a byte order mark, UTF-16, GB18030, and UTF-8 with single lines in
GB18030; cells parted by comma, semicolon, tab, upright bar, or full-width comma or semicolon; ``sep=;`` as
the first line. A line without quotes is split as it is; only lines with quotes go through the parser, so
that a million of them are read in seconds and no cell is too long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell = str | Message
"""The text of a cell, or what is wrong with it."""
OWN: Final = "own"
"""Fact of what is wrong with a cell: the text that stands for it in a column that nobody reads."""
RawRow = tuple[int, list[Cell] | Message]
"""The line (from 1) that a row begins on, and its cells or what is wrong with it."""
IsHead = Callable[[Sequence[str]], bool]
"""Whether the cells are the headings that the reader of the table needs."""

DELIMITERS: Final = (",", ";", "\t", "|", "，", "；")
HEAD_WITHIN: Final = 20
"""The headings stand within so many rows; titles may stand over them."""
SPAN_MOST: Final = 1_000
"""Lines that one quoted cell may reach over: more is a quote that was never closed."""
_DOS_END: Final = re.compile(r"\x1a+\s*\Z")
"""The mark that old programs put behind the last line, and the copy command behind joined files."""
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_SEP: Final = re.compile(r'"?sep=(.)"?[\s,;|]*$', re.IGNORECASE)
_QUOTED: Final = re.compile(r'"((?:[^"]++|"")*+)"')
_MARKS: Final = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_NUL_SHARE: Final = 0.1
"""Of the characters of a table in UTF-16, at least so many are Latin: delimiters, line ends, endings."""
_SIDE_RATIO: Final = 10
"""Times as many NULs stand on the high side of UTF-16 as on the low side."""


def decoded(data: bytes) -> str | None:
    """The text of a table, without its byte order and DOS end marks; None when its encoding is not known.

    Bytes of single lines that are neither UTF-8 nor GB18030, in a text that is UTF-8 else, become lone
    surrogates: their cells cannot be used, all others can.
    """
    marked = [encoding for mark, encoding in _MARKS.items() if data.startswith(mark)]
    texts = (_strict(data, encoding) for encoding in marked)
    plain = next((text for text in texts if text is not None), None)
    if plain is None and any(encoding.startswith("utf-16") for encoding in marked):
        return None  # nothing else begins so: it breaks off
    if plain is None:
        plain = _utf16(data) or _strict(data, "utf-8")
    if plain is None:
        plain = _line_by_line(data)
    if plain is None:
        plain = _strict(data, "gb18030")
    if plain is None:
        plain = _line_by_line(data, strictly=False)
    return None if plain is None else _DOS_END.sub("", plain)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """The text of UTF-16 without a mark, by the side on which its NULs stand."""
    low, high = data[::2].count(0), data[1::2].count(0)
    if max(low, high) < _NUL_SHARE * len(data) / 2 or max(low, high) < _SIDE_RATIO * min(low, high):
        return None
    text = _strict(data, "utf-16-le" if high > low else "utf-16-be")
    return text if text is not None and _LINE_END.search(text) else None


def _line_by_line(data: bytes, *, strictly: bool = True) -> str | None:
    """UTF-8 with single lines that are not; None when most lines with other than ASCII are not UTF-8.

    Not ``strictly``: when most lines of all are not.
    """
    lines, n_wide, n_other = [], 0, 0
    for line in data.split(b"\n"):
        n_wide += not line.isascii() if strictly else bool(line.strip())
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            n_other += 1
            lines.append(_other(line))
    return "\n".join(lines).removeprefix("\ufeff") if n_other * 2 < n_wide else None


def _other(line: bytes) -> str:
    try:
        return line.decode("gb18030")
    except UnicodeDecodeError:
        return line.decode("utf-8", "surrogateescape")


def rows(text: str, *, is_head: IsHead) -> Iterator[RawRow]:
    """The rows of a table with their lines, those that are blank left out, cells without blanks around."""
    lines = _LINE_END.split(text)
    told = _SEP.match(lines[0])
    start = 1 if told else 0
    delimiter = told[1] if told else _delimiter(lines, is_head)
    return _rows(lines, delimiter, start)


def _delimiter(lines: Sequence[str], is_head: IsHead) -> str:
    """The one that finds headings, and of these the one that finds most; else the commonest of a line."""
    head = [line for line in lines[: 10 * HEAD_WITHIN] if line.strip()][:HEAD_WITHIN]
    widths = dict.fromkeys(DELIMITERS, 0)
    for delimiter in DELIMITERS:
        for _, cells in _rows(head, delimiter, 0):
            if isinstance(cells, list) and is_head([cell for cell in cells if isinstance(cell, str)]):
                widths[delimiter] = max(widths[delimiter], len(cells))
    if not any(widths.values()):
        widths = {delimiter: (head or [""])[0].count(delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=widths.__getitem__)


def _rows(lines: Sequence[str], delimiter: str, start: int) -> Iterator[RawRow]:
    at = start
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            cells: list[Cell] | Message = [cell.strip() for cell in line.split(delimiter)]
            after = at + 1
        else:
            cells, after = _quoted(lines, at, delimiter)
        if isinstance(cells, Message) or any(cells):
            yield at + 1, cells
        at = after


def _quoted(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[Cell] | Message, int]:
    """The cells of a row with quotes, and the line after it; a quote that is not closed costs its line only.

    As spreadsheets read it: a quote counts at the beginning of a cell, two inside of it are one, and what
    follows the closing quote belongs to the cell, unless the cell reaches over lines: then the quote that
    closed it was the beginning of another.
    """
    text, last = lines[at], at
    cells: list[Cell] = []
    place = 0
    while True:
        begin = place
        while begin < len(text) and text[begin] in " \t" and text[begin] != delimiter:
            begin += 1
        value = ""
        if text.startswith('"', begin):
            first = last
            while (match := _QUOTED.match(text, begin)) is None:
                last += 1
                if last >= len(lines) or last - at > SPAN_MOST:
                    return Message("table-quote-open"), at + 1
                if '"' not in lines[last]:  # cannot close it: look for the next one that may
                    ends = range(last + 1, min(len(lines), at + SPAN_MOST + 1))
                    last = next((n for n in ends if '"' in lines[n]), len(lines))
                    if last >= len(lines):
                        return Message("table-quote-open"), at + 1
                text = "\n".join(lines[at : last + 1])
            value, place = match[1].replace('""', '"'), match.end()
            end = text.find(delimiter, place)
            rest = text[place:] if end < 0 else text[place:end]
            if rest.strip() and first != last:
                return Message("table-quote-open"), at + 1
            value += rest.rstrip()
        else:
            end = text.find(delimiter, place)
            value = text[place:] if end < 0 else text[place:end]
        cells.append(value.strip())
        if end < 0:
            return cells, last + 1
        place = end + len(delimiter)
