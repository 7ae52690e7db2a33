"""Marks of people beside results: the files of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.app.agreement.sheet import Sheet
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import JudgedResult, Result
    from voicecoach.words.catalogue import Ui


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
    from voicecoach.wiring.files import named
    from voicecoach.wiring.outputs import Output, check_replaceable

    check_replaceable(Output(path, "CSV"))
    _check_unmarked(path)
    with named(path):
        sheets.write_sheet(path, results, labels)


def _check_unmarked(path: Path) -> None:
    """Fail when the table that is there is no sheet without marks: hours of listening. Raises UsageError."""
    from voicecoach.adapters.batch.marks import LEADING, NOT_APPLICABLE

    if not path.is_file() or not path.stat().st_size:
        return
    there = sheet(path)
    blank = {"", NOT_APPLICABLE}
    unmarked = all(
        isinstance(cells, dict) and {cells[name] for name in cells if name not in LEADING} <= blank
        for _, cells in there.rows
    )
    if not unmarked or there.headings[: len(LEADING)] != LEADING:
        raise UsageError("agree-sheet-marked", path=path)


def write_blind_page(
    path: Path, results: Path, drawn: Sequence[JudgedResult], prompts: Mapping[str, Prompt], *, ui: Ui
) -> int:
    """A page for marking ``drawn`` unseen, with the sound that the report beside ``results`` has.

    How many of them have none. Raises StoreError, UsageError.
    """
    from voicecoach.adapters.batch.marks import read_sound, write_page
    from voicecoach.report.batch.blind import blind_page
    from voicecoach.report.batch.html import PAGES, page_name
    from voicecoach.report.batch.sound import moved
    from voicecoach.wiring.files import named

    folder = results.parent
    sounds = []
    for result in drawn:
        sound = read_sound(folder / PAGES / f"{page_name(result.batch.key or '')}.js")
        if "href" in sound:
            sound["href"] = moved(sound["href"], folder, path.parent)
        sounds.append(sound)
    with named(path):
        write_page(path, blind_page(drawn, sounds, prompts, ui=ui))
    return sum("href" not in sound and "mp3" not in sound for sound in sounds)
