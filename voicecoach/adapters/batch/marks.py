"""Sheets of a person's marks (CSV), results of a batch (JSON lines), and empty sheets for blind marking.

A sheet has a column ``file``, may have ``rater`` and ``prompt``, and one column a rubric point
(``empathy`` or ``late_delivery/empathy``), measurement or ``total``; a label may follow the name
(``empathy 安抚情绪``). Marks are 1, 0 and maybe (also 有, 无, 是, 否, 部分, yes, no, 0.5), figures are
numbers, and an empty cell says nothing.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.result_tables import FORMULA_STARTS, safe
from voicecoach.adapters.folders import cause_of, replacing
from voicecoach.app.agreement.agree import MarkRow, file_of
from voicecoach.app.batch.results import FAILURE_SCHEMA
from voicecoach.errors import UsageError
from voicecoach.model.take import ASSESSMENT_SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SCHEMAS: Final = (*ASSESSMENT_SCHEMAS, FAILURE_SCHEMA)
DELIMITERS: Final = ",;\t"
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


def read_results(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a ``results.jsonl``, one a line. Raises UsageError."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _document(path, number, line)
    except OSError as exc:
        raise UsageError(f"cannot read {path}: {cause_of(exc)}", hint="check the path") from exc


def _document(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError as exc:
        raise UsageError(
            f"{path}, line {number} is no JSON: {exc}", hint="give the results.jsonl of a batch"
        ) from exc
    if not isinstance(document, dict) or document.get("schema") not in SCHEMAS:
        raise UsageError(
            f"{path}, line {number} is no {SCHEMAS[0]}", hint="give the results.jsonl of a batch"
        )
    return document


def read_marks(path: Path) -> list[MarkRow]:
    """The rows of a sheet. Raises UsageError: no such file, no column, no number, the same row twice."""
    text = _text(path)
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=header.count))
    try:
        table = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as exc:
        raise UsageError(f"{path} is no CSV: {exc}", hint="save the sheet as CSV UTF-8") from exc
    names = [_plain(cell).split(maxsplit=1)[0] if cell.strip() else "" for cell in (table or [[]])[0]]
    if "file" not in names or len(names) != len(set(names) - {""}) + names.count(""):
        raise UsageError(
            f"{path}: one column must be named file, and no two alike, got {', '.join(names) or 'none'}",
            hint="name the columns file, rater, and one a rubric point or figure",
        )
    rows = [_row(path, number, names, cells) for number, cells in enumerate(table[1:], start=2)]
    keys = [(row.file, row.prompt, row.rater) for row in rows]
    twice = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if twice is not None:
        raise UsageError(
            f"{path}: {twice[0]} stands there twice for the rater {twice[2]!r}",
            hint="tell two raters apart in a column rater",
        )
    return rows


def _row(path: Path, number: int, names: Sequence[str], cells: Sequence[str]) -> MarkRow:
    by_name = {name: _plain(cell) for name, cell in zip(names, cells, strict=False) if name}
    marks = {}
    for name, cell in by_name.items():
        if name not in NOT_ITEMS and cell.lower() not in _BLANK:
            marks[name] = _mark(path, number, name, cell)
    if not by_name.get("file"):
        raise UsageError(f"{path}, row {number} names no file", hint="fill in the column file")
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
        raise UsageError(
            f"{path}, row {number}, column {name}: {cell!r} is neither a mark nor a number",
            hint="give 1, 0, maybe, a number, or leave it blank",
        )
    return value


def _plain(cell: str) -> str:
    """The cell without blanks, and without the apostrophe that kept it from being a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"cannot read {path}: {cause_of(exc)}", hint="check the path") from exc
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path} is neither UTF-8 nor GB18030", hint="save the sheet as CSV UTF-8")


def write_sheet(
    path: Path, documents: Sequence[Mapping[str, Any]], labels: Mapping[tuple[str, str], str]
) -> None:
    """An empty sheet for marking the answers of ``documents`` without their scores.

    ``labels``: what a rubric point (prompt, point id) is called. Columns are ``file``, ``prompt``,
    ``rater`` and the points, with the prompt before the point where there are several prompts.
    UTF-8 with a byte order mark, no cell can be a formula. Raises StoreError.
    """
    points = dict.fromkeys(
        (document["rubric"]["prompt"], point["id"])
        for document in documents
        for point in document["rubric"]["points"]
    )
    several = len({prompt for prompt, _ in points}) > 1
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names = [
        f"{f'{prompt}/' if several else ''}{point} {labels.get((prompt, point), '')}".strip()
        for prompt, point in points
    ]
    writer.writerow(["file", "prompt", "rater", *map(safe, names), "note"])
    for document in documents:
        prompt = document["rubric"]["prompt"]
        blanks = ["" if of == prompt else NOT_APPLICABLE for of, _ in points]
        writer.writerow([safe(file_of(document)), safe(prompt), "", *blanks, ""])
    with replacing(path) as file:
        file.write(b"\xef\xbb\xbf" + text.getvalue().encode())
