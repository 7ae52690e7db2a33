"""Sheets of a person's marks (CSV), results of a batch (JSON lines), and empty sheets for blind marking.

A sheet is read as a table only: what its headings and cells mean is that of :mod:`voicecoach.app.agreement`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch import spreadsheet
from voicecoach.adapters.batch.spreadsheet import plain, safe
from voicecoach.adapters.batch.tables import read_table
from voicecoach.adapters.folders import cause_of, check_ordinary, replacing
from voicecoach.app.agreement.headings import names_file
from voicecoach.app.agreement.sheet import Sheet
from voicecoach.documents.assessment import SCHEMA
from voicecoach.documents.checked import parsed
from voicecoach.documents.result import decode_result
from voicecoach.errors import StoreError, UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.result import JudgedResult, Result

NO_VALUE: Final = "#N/A"
NOT_APPLICABLE: Final = "n/a"
"""Stands where a point belongs to another prompt."""

LEADING: Final = ("file", "prompt", "rater")
"""The first columns of a sheet for blind marking."""

LINE_MOST: Final = 64_000_000
"""Bytes of one result; that of an hour of speech has one or two millions."""


def read_results(path: Path) -> Iterator[Result]:
    """The results of a ``results.jsonl``, one a line. Raises UsageError."""
    check_ordinary(path)
    try:
        with path.open("rb") as file:
            lines = iter(lambda: file.readline(LINE_MOST + 1), b"")
            for number, line in enumerate(lines, start=1):
                if len(line) > LINE_MOST:
                    raise UsageError("results-line-long", path=path, line=number, limit_mb=LINE_MOST // 10**6)
                if line.strip():
                    yield _result(path, number, line)
    except OSError as exc:
        raise UsageError("agree-file-unreadable", path=path, cause=cause_of(exc)) from exc


def _result(path: Path, number: int, line: bytes) -> Result:
    try:
        return decode_result(parsed(line))
    except ValueError as exc:
        raise UsageError("results-no-json", path=path, line=number, cause=str(exc)) from exc
    except StoreError as exc:
        raise UsageError(
            "results-no-assessment", path=path, line=number, schema=SCHEMA, cause=exc.told
        ) from exc


def read_marks(path: Path) -> Sheet:
    """The cells of a sheet of marks, in any table that is read. Raises UsageError: no such file, no table."""
    table = read_table(path, is_head=lambda cells: any(map(names_file, map(plain, cells))))
    rows = [
        (row.line, row.fault or {plain(name): _cell(cell) for name, cell in row.cells.items()})
        for row in table.rows
    ]
    headings = dict.fromkeys(map(plain, table.headings))
    for _, cells in rows:  # of JSON every row names its own
        headings |= {} if isinstance(cells, Message) else dict.fromkeys(cells)
    if len({line for line, _ in rows}) < len(rows):  # JSON on one line
        rows = [(number, cells) for number, (_, cells) in enumerate(rows, start=1)]
    return Sheet(str(path), tuple(headings), rows, table.twice)


def _cell(cell: str | Message) -> str | Message:
    """The cell as a person meant it; ``#N/A`` of a spreadsheet is not marked."""
    if isinstance(cell, str):
        return plain(cell)
    if cell.facts.get("value") == NO_VALUE:
        return ""
    return str(cell.facts["text"]) if "text" in cell.facts else cell


def read_sound(page: Path) -> dict[str, str]:
    """The sound of a recording's page in a report: ``href`` or ``mp3``; empty without such a page."""
    try:
        call = page.read_text("utf-8")
        _, content = json.loads(f"[{call[call.index('(') + 1 : call.rindex(')')]}]")
        return {name: str(value) for name, value in content["sound"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write_page(path: Path, page: bytes) -> None:
    """Keep a page, whole or not at all. Raises StoreError."""
    with replacing(path) as file:
        file.write(page)


def write_sheet(path: Path, results: Sequence[JudgedResult], labels: Mapping[tuple[str, str], str]) -> None:
    """An empty sheet for marking the answers of ``results`` without their scores.

    ``labels``: what a rubric point (prompt, point id) is called. Columns are ``file``, ``prompt``,
    ``rater`` and the points, with the prompt before the point where there are several prompts.
    UTF-8 with a byte order mark, no cell can be a formula. Raises StoreError.
    """
    points = dict.fromkeys(
        (result.prompt_id, point.id)
        for result in results
        if result.assessment.coverage is not None
        for point in result.assessment.coverage.points
    )
    several = len({prompt for prompt, _ in points}) > 1
    names = [
        f"{f'{prompt}/' if several else ''}{point} {labels.get((prompt, point), '')}".strip()
        for prompt, point in points
    ]
    table = [[*LEADING, *map(safe, names), "note"]]
    for result in results:
        prompt = result.prompt_id
        blanks = ["" if of == prompt else NOT_APPLICABLE for of, _ in points]
        table.append([safe(result.file), safe(prompt), "", *blanks, ""])
    with replacing(path) as file:
        file.write(spreadsheet.written(table))
