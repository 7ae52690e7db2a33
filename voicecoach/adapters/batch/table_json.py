"""Tables as JSON: an object a line, an array of objects, or one object that holds such an array.

An element that is broken, or nested too deep, costs only itself: its end is then looked for by brackets and
strings alone, and the next one is read as if nothing had been.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from voicecoach.documents.checked import parsed
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.adapters.batch.table_text import Cell, IsHead

JsonRow = tuple[int, "dict[str, Cell] | Message"]
"""The line that an element begins on, and its cells by key or what is wrong with it."""
SHOWN_MOST: Final = 40
DIGITS_MOST: Final = 400
"""Digits of a number: none that is meant has more."""
WHOLE_MOST: Final = 1e15
"""Up to here a number without a fraction is written without a point."""
_PIECE: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+("?)|[][{},]')
"""A string (at most to the end of its line, then group 1 is empty), or a mark between values."""
_NEXT_OBJECT: Final = re.compile(r"\s*\{")
_BETWEEN: Final = re.compile(r"[\s,]*+")
_OPENS: Final = {"]": "[", "}": "{"}


def rows(text: str, *, is_head: IsHead) -> Iterator[JsonRow]:
    """The elements with their lines; one that is no object, or no JSON, is said to be so."""
    begin = text.lstrip()[:1]
    if begin == "[" and not _is_line(text):
        return _elements(text, text.index("[") + 1, alone=True)
    start = _array_inside(text, is_head) if begin == "{" else None
    return _lines(text) if start is None else _elements(text, start)


def _is_line(text: str) -> bool:
    """Whether the first line is a whole value and others follow: then it is a row, and no array of rows."""
    first, _, rest = text.lstrip().partition("\n")
    try:
        parsed(first)
    except ValueError:
        return False
    return bool(rest.strip())


def _lines(text: str) -> Iterator[JsonRow]:
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            yield line, _read(row, 0)[0]


def _array_inside(text: str, is_head: IsHead) -> int | None:
    """Where the array of a document begins that is one object around it; None for JSON lines.

    A single row may hold an own list: it is known by its keys, which are those of a row.
    """
    depth, start = 0, None
    keys: list[str] = []
    for piece in _PIECE.finditer(text):
        mark = piece[0]
        if len(mark) > 1:
            if depth == 1 and start is None and text[piece.end() :].lstrip()[:1] == ":":
                keys.append(mark.strip('"'))
            continue
        if mark == "[" and depth == 1 and start is None and text[piece.end() :].lstrip()[:1] in {"{", "]"}:
            start = piece.end()
            if is_head(keys):
                return None
        depth += (mark in "[{") - (mark in "]}")
        if depth == 0:
            return None if text[piece.end() :].strip() else start
    return start


def _elements(text: str, start: int, *, alone: bool = False) -> Iterator[JsonRow]:
    """The elements of the array whose first one begins at or after ``start``; ``alone``: all there is."""
    at, counted, line = start, 0, 1
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        line += text.count("\n", counted, at)
        counted = at
        if at >= len(text):
            yield line, Message("table-array-open")
            return
        if text[at] == "]":
            more = len(text) - len(text[at + 1 :].lstrip())
            if alone and more < len(text):
                yield line + text.count("\n", at, more), Message("table-array-more")
            return
        row, at = _read(text, at)
        yield line, row


def _read(text: str, at: int) -> tuple[dict[str, Cell] | Message, int]:
    """The row at that place, and where it ends."""
    try:
        value, end = _DECODER.raw_decode(
            text, at + len(text[at : at + 99]) - len(text[at : at + 99].lstrip())
        )
        told = text[end : end + 99].lstrip()[:1]
        if told not in ("", ",", "]"):
            return Message("table-row-no-json", {"cause": f"{told!r} after its end"}), _end(text, at)
        return _row(value), end
    except RecursionError:
        return Message("table-row-deep"), _end(text, at)
    except ValueError as exc:
        cause = exc.msg if isinstance(exc, json.JSONDecodeError) else str(exc)
        return Message("table-row-no-json", {"cause": cause}), _end(text, at)


def _end(text: str, at: int) -> int:
    """Where a broken element ends: at the comma or the bracket after it, or with a line that breaks off."""
    opened: list[str] = []
    for piece in _PIECE.finditer(text, at):
        mark = piece[0]
        if mark.startswith('"'):
            if not piece[1] and _NEXT_OBJECT.match(text, piece.end()):
                return piece.end()
            continue
        if mark in "[{":
            opened.append(mark)
        elif not opened and mark in ",]":
            return piece.start()
        elif mark in _OPENS and _OPENS[mark] in opened:
            while opened.pop() != _OPENS[mark]:
                pass
    return len(text)


def _row(value: object) -> dict[str, Cell] | Message:
    if isinstance(value, Message):
        return value
    if not isinstance(value, Mapping):
        return Message("table-row-no-object", {"value": f"{value!r:.{SHOWN_MOST}}"})
    return {str(key).strip(): _cell(cell) for key, cell in value.items()}


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Message:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    keys = [key for key, _ in pairs]
    return Message("table-row-key-twice", {"name": next(key for key in keys if keys.count(key) > 1)})


def _whole(digits: str) -> int | Message:
    return int(digits) if len(digits) <= DIGITS_MOST else _no_number(digits)


def _figure(digits: str) -> float | Message:
    value = float(digits)
    return value if isfinite(value) else _no_number(digits)


def _no_number(digits: str) -> Message:
    return Message("table-cell-no-number", {"value": f"{digits:.{SHOWN_MOST}}", "text": digits})


def _cell(value: object) -> Cell:
    """Texts as they are, whole numbers without a point, nothing for null.

    What only an own column can hold is a message whose fact ``text`` is the cell as JSON.
    """
    if value is None or isinstance(value, str):
        return (value or "").strip()
    if isinstance(value, Message):
        return value
    if isinstance(value, bool | Mapping | list):
        text = json.dumps(value, ensure_ascii=False, default=_inside)
        code = "table-cell-truth" if isinstance(value, bool) else "table-cell-nested"
        return Message(code, {"value": f"{text:.{SHOWN_MOST}}", "text": text})
    whole = isinstance(value, float) and value.is_integer() and abs(value) < WHOLE_MOST
    return f"{value:.0f}" if whole else str(value)


def _inside(value: object) -> str:
    """How a number that is none, or a broken object, stands inside a list."""
    return str(value.facts.get("text", "?")) if isinstance(value, Message) else str(value)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_whole, parse_float=_figure, parse_constant=_figure
)
