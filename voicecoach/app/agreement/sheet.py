"""A sheet of marks read beside the results that it is about: every cell, and every fault at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from voicecoach.app.agreement.agree import MARKS, MarkRow
from voicecoach.app.agreement.cells import Cell, quoted, read_cell
from voicecoach.app.agreement.files import FileNames
from voicecoach.app.agreement.headings import TOTAL, Column, Headings
from voicecoach.app.agreement.scales import Scale, ScaleSource, scale_of_data, state_of
from voicecoach.errors import UsageError
from voicecoach.model.result import JudgedResult
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result

SHARE_UNIT: Final = "ratio"
TOTAL_SCALE: Final = Scale(0.0, 100.0)
TOTAL_SMALL: Final = 10.0
"""Totals that are all as small as this may well stand on another scale: their heading has to say it."""
SAID: Final = ("file", "rater", "prompt")
"""What a row says beside its marks."""
FAULTS_TOLD: Final = 200
"""So many faults are told one by one, then their number."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read: headings, and each row below them, by heading, with its own number in the file.

    A cell or a row that cannot be used is a message that says why; ``twice`` is a heading of two columns.
    """

    path: str
    headings: Sequence[str]
    rows: Sequence[tuple[int, Mapping[str, str | Message] | Message]]
    twice: str | None = None


@dataclass(frozen=True, slots=True)
class ReadScale:
    """The scale that some columns were read on, and who said so."""

    columns: tuple[str, ...]
    scale: str
    source: ScaleSource


@dataclass(frozen=True, slots=True)
class Appeal:
    """What somebody says against a verdict on a recording."""

    file: str
    rater: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadMarks:
    """The marks of a sheet; ``unknown`` columns with the known name that is most like each, if any."""

    rows: tuple[MarkRow, ...]
    scales: tuple[ReadScale, ...]
    unknown: Mapping[str, str | None]
    appeals: tuple[Appeal, ...] = ()


def read_sheet(
    sheet: Sheet, results: Sequence[Result], prompts: Iterable[Prompt], *, scale: Scale | None = None
) -> ReadMarks:
    """The marks of a sheet about ``results``.

    ``prompts`` give the labels of rubric points. ``scale`` is that of points, and of totals that fit it,
    where a heading names no other. Raises UsageError that tells every fault of the sheet with row and column.
    """
    return _Reading(sheet, results, Headings(results, tuple(prompts)), scale).read()


@dataclass
class _Marked:
    """A column of marks with what stands in it, by the number of the row."""

    column: Column
    texts: dict[int, str] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def numbers(self) -> list[float]:
        """The bare numbers, which need a scale to be understood."""
        return [cell.number for cell in self.cells.values() if cell.number is not None]

    def fault(self, reason: str, row: int) -> Message:
        """That the cell in that row is no mark, and why."""
        facts = {"row": row, "column": self.column.heading, "cell": quoted(self.texts[row])}
        return Message(f"mark-{reason}", facts)


class _Reading:
    """One sheet on its way to marks; ``_faults`` gather what is wrong with it."""

    def __init__(
        self, sheet: Sheet, results: Sequence[Result], headings: Headings, scale: Scale | None
    ) -> None:
        self._sheet, self._headings, self._option = sheet, headings, scale
        self._files = FileNames(result.file for result in results if isinstance(result, JudgedResult))
        self._faults = [
            Message("mark-row", {"row": number, "why": row})
            for number, row in sheet.rows
            if isinstance(row, Message)
        ]
        self._rows = [(number, row) for number, row in sheet.rows if not isinstance(row, Message)]
        self._scales: dict[tuple[str, ScaleSource], list[str]] = defaultdict(list)
        self._roles = [headings.role(name) for name in sheet.headings]
        self._columns = [
            headings.column(name) if name.strip() and role is None else None
            for role, name in zip(self._roles, sheet.headings, strict=True)
        ]

    def read(self) -> ReadMarks:
        """Everything, or every fault."""
        self._check_headings()
        columns = {place: self._cells(column) for place, column in enumerate(self._columns) if column}
        points = [marked for marked in columns.values() if marked.column.kind == "point"]
        shown = self._shown_by_data(points)
        marks = {place: self._marks(marked, shown) for place, marked in columns.items()}
        rows = self._mark_rows(marks)
        if self._faults:
            raise _refused(self._sheet.path, self._faults)
        unknown = {
            name: self._headings.near(name)
            for name, role, column in zip(self._sheet.headings, self._roles, self._columns, strict=True)
            if name.strip() and role is None and column is None
        }
        scales = (ReadScale(tuple(names), scale, source) for (scale, source), names in self._scales.items())
        return ReadMarks(tuple(rows), tuple(scales), unknown, tuple(self._appeals()))

    def _check_headings(self) -> None:
        names = self._sheet.headings
        if "file" not in self._roles:
            there = ", ".join(name for name in names if name.strip()) or Message("no-columns")
            raise UsageError("marks-columns", path=self._sheet.path, names=there)
        by_item: dict[str, list[str]] = defaultdict(list)
        for name, role, column in zip(names, self._roles, self._columns, strict=True):
            if role in SAID:
                by_item[f"={role}"].append(name)
            for item in column.names if column else ():
                by_item[item].append(name)
        if self._sheet.twice is not None:
            self._faults.append(
                Message("marks-same-column", dict.fromkeys(("first", "second"), self._sheet.twice))
            )
        pairs = dict.fromkeys((called[0], called[1]) for called in by_item.values() if len(called) > 1)
        self._faults += [Message("marks-same-column", {"first": one, "second": two}) for one, two in pairs]

    def _cells(self, column: Column) -> _Marked:
        marked = _Marked(column)
        for number, row in self._rows:
            text = row.get(column.heading, "")
            if isinstance(text, Message):
                facts = {"row": number, "column": column.heading, "why": text}
                self._faults.append(Message("mark-cell", facts))
                continue
            marked.texts[number] = text
            cell = read_cell(text)
            if isinstance(cell, str):
                self._faults.append(marked.fault(cell, number))
            elif not cell.blank:
                marked.cells[number] = cell
        return marked

    def _shown_by_data(self, points: Sequence[_Marked]) -> Scale | None:
        """The scale of the columns that name none, where their numbers show it. In doubt it is a fault."""
        open_ones = [marked for marked in points if marked.column.scale is None and marked.numbers]
        if self._option is not None or all(set(marked.numbers) <= set(MARKS) for marked in open_ones):
            return None
        scale = scale_of_data([marked.numbers for marked in open_ones])
        if scale is None:
            odd = next(marked for marked in open_ones if not set(marked.numbers) <= set(MARKS))
            mark = next(number for number in odd.numbers if number not in MARKS)
            facts = {"column": odd.column.heading, "mark": f"{mark:g}"}
            self._faults.append(Message("marks-which-scale", facts))
        return scale

    def _marks(self, marked: _Marked, shown: Scale | None) -> dict[int, float]:
        """The marks of a column by row, as the program counts; what is not on the scale is a fault."""
        scale = self._scale(marked, shown)
        marks = {}
        for number, cell in marked.cells.items():
            is_point = marked.column.kind == "point"
            mark = _point(cell, scale) if is_point else _figure(cell, marked.column, scale)
            if isinstance(mark, str):
                self._faults.append(marked.fault(mark, number))
            elif mark is not None:
                marks[number] = mark
        return marks

    def _scale(self, marked: _Marked, shown: Scale | None) -> Scale | None:
        column, numbers = marked.column, marked.numbers
        if column.kind == "figure" and column.names != (TOTAL,):
            return None
        scale = column.scale
        source: ScaleSource = "heading"
        if scale is None and column.kind == "point":
            scale, source = (shown, "data") if self._option is None else (self._option, "option")
        elif scale is None and numbers and max(numbers) <= TOTAL_SMALL:
            fits = self._option is not None and max(numbers) <= self._option.high
            scale, source = (self._option, "option") if fits else (None, "data")
            if scale is None and max(numbers) > 0.0:
                facts = {"column": column.heading, "mark": f"{max(numbers):g}"}
                self._faults.append(Message("marks-which-total", facts))
        if scale is not None:
            self._scales[str(scale), source].append(column.heading)
        return scale

    def _mark_rows(self, marks: Mapping[int, Mapping[int, float]]) -> list[MarkRow]:
        rows, numbers = [], []
        for number, cells in self._rows:
            said = {
                role: cells.get(name, "")
                for role, name in zip(self._roles, self._sheet.headings, strict=True)
                if role in SAID
            }
            why = next((cell for cell in said.values() if isinstance(cell, Message)), None)
            if why is not None:
                self._faults.append(Message("mark-row", {"row": number, "why": why}))
                continue
            if not said["file"]:
                self._faults.append(Message("marks-without-file", {"row": number}))
                continue
            by_name = {
                name: of_column[number]
                for place, of_column in marks.items()
                if number in of_column
                for name in self._names(place)
            }
            prompt = self._headings.prompt(str(said.get("prompt", "")))
            rows.append(MarkRow(str(said["file"]), str(said.get("rater", "")), prompt, by_name))
            numbers.append(number)
        self._check_twice(rows, numbers)
        return rows

    def _appeals(self) -> Iterator[Appeal]:
        for _, cells in self._rows:
            said = {
                role: str(cells.get(name, ""))
                for role, name in zip(self._roles, self._sheet.headings, strict=True)
            }
            if said.get("appeal"):
                yield Appeal(said["file"], said.get("rater", ""), said["appeal"])

    def _names(self, place: int) -> tuple[str, ...]:
        column = self._columns[place]
        return () if column is None else column.names

    def _check_twice(self, rows: Sequence[MarkRow], numbers: Sequence[int]) -> None:
        files, _ = self._files.found(row.file for row in rows)
        first: dict[tuple[str, str, str], int] = {}
        for row, number in zip(rows, numbers, strict=True):
            key = files.get(row.file, row.file), row.prompt, row.rater
            if key in first:
                facts = {"row": number, "first": first[key], "file": row.file, "rater": repr(row.rater)}
                self._faults.append(Message("marks-twice", facts))
            first.setdefault(key, number)


def _point(cell: Cell, scale: Scale | None) -> float | str | None:
    """The mark 0, 0.5 or 1, or why it is none; None where its scale is in doubt, which is told once."""
    if cell.number is None:
        return cell.state if cell.share is None else state_of(cell.share)
    if scale is None:
        return cell.number if cell.number in MARKS else None
    share = scale.share(cell.number)
    return "off-scale" if share is None else state_of(share)


def _figure(cell: Cell, column: Column, scale: Scale | None) -> float | str:
    """The figure in the unit of the program, or why it is none."""
    if cell.state is not None:
        return "no-figure"
    if column.names == (TOTAL,):
        share = cell.share if cell.number is None else (scale or TOTAL_SCALE).share(cell.number)
        return "off-scale" if share is None else 100.0 * share
    if cell.number is not None:
        return cell.number
    return "no-share" if cell.share is None or column.unit != SHARE_UNIT else cell.share


def _refused(path: str, faults: Sequence[Message]) -> UsageError:
    told: list[Message | str] = [*faults[:FAULTS_TOLD]]
    if len(faults) > FAULTS_TOLD:
        told.append(f"… +{len(faults) - FAULTS_TOLD}")
    return UsageError("marks-refused", path=path, n=len(faults), which=_lines(told))


def _lines(told: Sequence[Message | str]) -> Message | str:
    """All of them below each other: halves of halves, since each pair is worded inside the next."""
    if len(told) == 1:
        return told[0]
    middle = len(told) // 2
    return Message("marks-lines", {"first": _lines(told[:middle]), "second": _lines(told[middle:])})
