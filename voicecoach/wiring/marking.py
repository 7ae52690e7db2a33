"""Marks of people beside results: the files of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.app.agreement.sheet import Sheet
    from voicecoach.model.result import JudgedResult, Result


def results(path: Path) -> Iterator[Result]:
    """The results of a batch, in order. Raises UsageError."""
    from voicecoach.adapters.batch.marks import read_results

    return read_results(path)


def sheet(path: Path) -> Sheet:
    """The cells of a sheet of marks. Raises UsageError."""
    from voicecoach.adapters.batch.marks import read_marks

    return read_marks(path)


def write_sheet(path: Path, results: Sequence[JudgedResult], labels: Mapping[tuple[str, str], str]) -> None:
    """An empty sheet for marking ``results``; ``labels`` name the points. Raises StoreError, UsageError."""
    from voicecoach.adapters.batch import marks as sheets
    from voicecoach.wiring.outputs import Output, check_replaceable

    check_replaceable(Output(path, "CSV"))
    sheets.write_sheet(path, results, labels)
