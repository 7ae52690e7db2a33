"""Sheets of a person's marks (CSV), results of a batch (JSON lines), and empty sheets for blind marking.

A sheet has a column ``file``, may have ``rater`` and ``prompt``, and one column a rubric point
(``empathy`` or ``late_delivery/empathy``), measurement or ``total``; a label may follow the name
(``empathy 安抚情绪``). Marks are 1, 0 and maybe (also 有, 无, 是, 否, 部分, yes, no, 0.5), figures are
numbers, and an empty cell says nothing.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch import spreadsheet
from voicecoach.adapters.batch.spreadsheet import plain, safe
from voicecoach.adapters.folders import cause_of, replacing
from voicecoach.app.agreement.agree import MarkRow
from voicecoach.documents.assessment import SCHEMA
from voicecoach.documents.result import decode_result
from voicecoach.errors import StoreError, UsageError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.result import JudgedResult, Result

NOT_ITEMS: Final = ("file", "rater", "prompt", "speaker", "date", "note", "备注")
"""Columns that hold no marks."""
NOT_APPLICABLE: Final = "n/a"
"""Stands where a point belongs to another prompt."""
_BLANK: Final = frozenset(("", NOT_APPLICABLE, "-", "/", "—", "na"))
_WORDS: Final = {
    word: mark
    for mark, words in {
        1.0: "1 yes y true covered 有 是 对 √ ✓",
        0.0: "0 no n false not_heard 无 没有 否 × ✗",
        0.5: "0.5 maybe ? ？ 部分 可能 不确定",
    }.items()
    for word in words.split()
}


def read_results(path: Path) -> Iterator[Result]:
    """The results of a ``results.jsonl``, one a line. Raises UsageError."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _result(path, number, line)
    except OSError as exc:
        raise UsageError("agree-file-unreadable", path=path, cause=cause_of(exc)) from exc


def _result(path: Path, number: int, line: bytes) -> Result:
    try:
        return decode_result(json.loads(line))
    except ValueError as exc:
        raise UsageError("results-no-json", path=path, line=number, cause=str(exc)) from exc
    except StoreError as exc:
        raise UsageError(
            "results-no-assessment", path=path, line=number, schema=SCHEMA, cause=exc.told
        ) from exc


def read_marks(path: Path) -> list[MarkRow]:
    """The rows of a sheet. Raises UsageError: no such file, no column, no number, the same row twice."""
    table = _table(path)
    names = [plain(cell).split(maxsplit=1)[0] if cell.strip() else "" for cell in (table or [[]])[0]]
    if "file" not in names or len(names) != len(set(names) - {""}) + names.count(""):
        there = ", ".join(names) or Message("no-columns")
        raise UsageError("marks-columns", path=path, names=there)
    rows = [_row(path, number, names, cells) for number, cells in enumerate(table[1:], start=2)]
    keys = [(row.file, row.prompt, row.rater) for row in rows]
    twice = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if twice is not None:
        raise UsageError("marks-twice", path=path, file=twice[0], rater=repr(twice[2]))
    return rows


def _row(path: Path, number: int, names: Sequence[str], cells: Sequence[str]) -> MarkRow:
    by_name = {name: plain(cell) for name, cell in zip(names, cells, strict=False) if name}
    marks = {}
    for name, cell in by_name.items():
        if name not in NOT_ITEMS and cell.lower() not in _BLANK:
            marks[name] = _mark(path, number, name, cell)
    if not by_name.get("file"):
        raise UsageError("marks-without-file", path=path, row=number)
    return MarkRow(by_name["file"], by_name.get("rater", ""), by_name.get("prompt", ""), marks)


def _mark(path: Path, number: int, name: str, cell: str) -> float:
    word = _WORDS.get(cell.lower())
    if word is not None:
        return word
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if value - value != 0.0:  # neither NaN nor an infinity
        raise UsageError("marks-no-mark", path=path, row=number, column=name, cell=repr(cell))
    return value


def _table(path: Path) -> list[list[str]]:
    """The rows of a sheet, blank ones left out. Raises UsageError."""
    try:
        text = spreadsheet.decoded(path.read_bytes())
    except OSError as exc:
        raise UsageError("agree-file-unreadable", path=path, cause=cause_of(exc)) from exc
    if text is None:
        raise UsageError("marks-encoding", path=path)
    table = []
    for _, cells in spreadsheet.rows(text):
        if isinstance(cells, csv.Error):
            raise UsageError("marks-no-csv", path=path, cause=str(cells)) from cells
        if not spreadsheet.blank(cells):
            table.append(cells)
    return table


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
    table = [["file", "prompt", "rater", *map(safe, names), "note"]]
    for result in results:
        prompt = result.prompt_id
        blanks = ["" if of == prompt else NOT_APPLICABLE for of, _ in points]
        table.append([safe(result.file), safe(prompt), "", *blanks, ""])
    with replacing(path) as file:
        file.write(spreadsheet.written(table))
