"""The program's verdicts beside a person's marks: how far they agree, and which rule to mend first.

Items are rubric points (``prompt/point``; marks 0, 0.5 = maybe, 1), and figures by name (measurements,
``total``). With several raters the program is compared with their median mark, and beside it stands how far
the raters agree with each other: no rule can be asked to agree with people more than people do.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from voicecoach.app.agreement.files import FileNames
from voicecoach.metrics.comparison import agreement, statistics
from voicecoach.model.result import JudgedResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from voicecoach.metrics.comparison.statistics import Statistic
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.result import Result

MARKS: Final = (0.0, 0.5, 1.0)
"""Not heard, maybe, covered: a rubric point's state as an ordinal."""
MARK_OF_STATE: Final = {"not_heard": 0.0, "maybe": 0.5, "covered": 1.0}
N_SMALLEST: Final = 10
"""Marked answers from which a rule may be named as the one to mend (project's choice)."""
EXAMPLES_MOST: Final = 3
QUOTE_LONGEST: Final = 60
"""Characters of a quoted transcript."""

NEAR_FILES_MOST: Final = 5
"""For so many unknown files the name most like theirs is looked up: each is compared with every known one."""

ItemKind = Literal["point", "figure"]
_EXACT: Final[dict[str, Statistic]] = {
    "exact": agreement.exact_agreement,
    "kappa": partial(agreement.cohen_kappa, categories=MARKS),
    "kappa_quadratic": partial(agreement.cohen_kappa, categories=MARKS, quadratic=True),
}
_NUMERIC: Final[dict[str, Statistic]] = {
    "mae": agreement.mean_absolute_error,
    "pearson": statistics.pearson,
    "spearman": statistics.spearman,
}
STATISTICS: Final[dict[ItemKind, dict[str, Statistic]]] = {
    "point": _EXACT | _NUMERIC,
    "figure": _NUMERIC | {"bias": agreement.bias},
}
"""What is told of each kind of item, in this order."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One line of a sheet: what one person marked of one answer, by column; blanks left out."""

    file: str
    rater: str
    prompt: str
    marks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with its interval; ``value`` None has a ``reason``: constant, too_few."""

    value: float | None
    interval: tuple[float, float] | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """An answer on which the program and the person differ; ``quote`` is what was said."""

    file: str
    person: float
    program: float
    quote: str


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """One rubric point or figure.

    ``n`` answers were compared, ``n_unmeasured`` had a person's mark but no figure. ``misses``: the program
    gave less than the person, ``over_counts``: more. ``between_raters``: the mean kappa (figures:
    Spearman) of all pairs of raters on what both marked, None without.
    """

    name: str
    kind: ItemKind
    n: int
    n_unmeasured: int
    figures: Mapping[str, Figure]
    misses: int
    over_counts: int
    examples: tuple[Example, ...]
    between_raters: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All items, and what could not be compared.

    ``mend`` is the name of the rule to mend first. Lists of files are in order and complete.
    ``ambiguous`` are names that fit several files, ``near`` gives the known file or column most like an
    unknown one.
    """

    items: tuple[ItemAgreement, ...]
    mend: str | None
    n_files: int
    n_failures: int
    raters: tuple[str, ...]
    without_result: tuple[str, ...]
    without_rubric: tuple[str, ...]
    without_marks: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    ambiguous: tuple[str, ...] = ()
    near: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Pairs:
    """What was compared of one item, in the order of the sheet."""

    kind: ItemKind
    person: list[float] = field(default_factory=list)
    program: list[float] = field(default_factory=list)
    results: list[JudgedResult] = field(default_factory=list)
    by_rater: list[Mapping[str, float]] = field(default_factory=list)
    n_unmeasured: int = 0


def compare(
    results: Iterable[Result],
    rows: Sequence[MarkRow],
    *,
    n_boot: int = statistics.N_BOOT,
    seed: int = 0,
    n_smallest: int = N_SMALLEST,
    unknown: Mapping[str, str | None] = MappingProxyType({}),
) -> Agreement:
    """Set results (failures are only counted) beside marks 0, 0.5, 1 of points and figures in their units.

    ``unknown``: columns of the sheet that name no item, each with the known name most like it.
    """
    kept: list[JudgedResult] = []
    n_failures = 0
    for result in results:
        if isinstance(result, JudgedResult):
            kept.append(result)
        else:
            n_failures += 1
    marks: dict[tuple[str, str], list[MarkRow]] = defaultdict(list)
    names = FileNames(result.file for result in kept)
    files, ambiguous = names.found(row.file for row in rows)
    for row in rows:
        marks[files.get(row.file, row.file), row.prompt].append(row)
    by_file: dict[str, list[JudgedResult]] = defaultdict(list)
    for result in kept:
        by_file[result.file].append(result)
    pairs: dict[str, _Pairs] = {}
    matched: set[int] = set()
    without_result: dict[str, None] = {}
    for (file, prompt), of_file in marks.items():
        fitting = [result for result in by_file.get(file, ()) if not prompt or result.prompt_id == prompt]
        if not fitting:
            without_result[file] = None
        for result in fitting:
            matched.add(id(result))
            _pair(pairs, result, of_file)
    known = {name for result in kept for name in _item_names(result)}
    columns = dict.fromkeys((*unknown, *(column for row in rows for column in row.marks)))
    near = {file: names.near(file) for file in tuple(without_result)[:NEAR_FILES_MOST]} | dict(unknown)
    items = tuple(
        _item(name, pairs[name], n_boot=n_boot, seed=seed) for name in sorted(pairs, key=_order(pairs))
    )
    return Agreement(
        items=items,
        mend=_to_mend(items, n_smallest),
        n_files=len(matched),
        n_failures=n_failures,
        raters=tuple(dict.fromkeys(row.rater for row in rows if row.rater)),
        without_result=tuple(without_result),
        without_rubric=tuple(
            result.file for result in kept if id(result) in matched and result.assessment.coverage is None
        ),
        without_marks=tuple(result.file for result in kept if id(result) not in matched),
        unknown_columns=tuple(column for column in columns if column not in known),
        ambiguous=ambiguous,
        near={name: like for name, like in near.items() if like is not None},
    )


def _item_names(result: JudgedResult) -> dict[str, tuple[str, ItemKind, float | None]]:
    """What a column's name stands for in this result: the item's name, its kind, the program's value."""
    assessment = result.assessment
    items: dict[str, tuple[str, ItemKind, float | None]] = {
        figure.name: (figure.name, "figure", figure.value) for figure in assessment.measurements
    }
    items["total"] = ("total", "figure", assessment.total)
    for point in () if assessment.coverage is None else assessment.coverage.points:
        name = f"{result.prompt_id}/{point.id}"
        items[name] = items[point.id] = (name, "point", MARK_OF_STATE[point.state])
    return items


def _pair(pairs: dict[str, _Pairs], result: JudgedResult, rows: Sequence[MarkRow]) -> None:
    by_item: dict[str, dict[str, float]] = defaultdict(dict)
    values: dict[str, tuple[ItemKind, float | None]] = {}
    columns = _item_names(result)
    for row in rows:
        for column, mark in row.marks.items():
            if column in columns:
                name, kind, value = columns[column]
                by_item[name][row.rater] = mark
                values[name] = kind, value
    for name, marks in by_item.items():
        kind, value = values[name]
        entry = pairs.setdefault(name, _Pairs(kind))
        if value is None:
            entry.n_unmeasured += 1
            continue
        entry.person.append(_consensus(kind, list(marks.values())))
        entry.program.append(value)
        entry.results.append(result)
        entry.by_rater.append(marks)


def _consensus(kind: ItemKind, marks: Sequence[float]) -> float:
    """The median mark; two halves of raters that differ make a maybe."""
    middle = float(median(marks))
    return 0.5 if kind == "point" and middle not in MARKS else middle


def _order(pairs: Mapping[str, _Pairs]) -> Callable[[str], tuple[bool, bool, str]]:
    return lambda name: (pairs[name].kind == "figure", name == "total", name)


def _item(name: str, pairs: _Pairs, *, n_boot: int, seed: int) -> ItemAgreement:
    person, program = np.asarray(pairs.person), np.asarray(pairs.program)
    figures = {}
    for key, statistic in STATISTICS[pairs.kind].items():
        value = statistic(person, program)
        interval = (
            None
            if value is None
            else statistics.bootstrap(statistic, person, program, n_boot=n_boot, seed=seed)
        )
        few = len(person) < (statistics.CORRELATED_SHORTEST if key in {"pearson", "spearman"} else 1)
        reason = None if value is not None else "too_few" if few else "constant"
        figures[key] = Figure(value, interval, reason)
    misses, over_counts = int((program < person).sum()), int((program > person).sum())
    return ItemAgreement(
        name=name,
        kind=pairs.kind,
        n=len(person),
        n_unmeasured=pairs.n_unmeasured,
        figures=figures,
        misses=misses,
        over_counts=over_counts,
        examples=_examples(name, pairs, over=over_counts > misses) if pairs.kind == "point" else (),
        between_raters=_between(pairs),
    )


def _examples(name: str, pairs: _Pairs, *, over: bool) -> tuple[Example, ...]:
    """The answers that differ most in the direction in which the rule errs more often."""
    examples = [
        Example(result.file, person, program, _quote(result.assessment, name.partition("/")[2]))
        for person, program, result in zip(pairs.person, pairs.program, pairs.results, strict=True)
        if (program > person if over else program < person)
    ]
    return tuple(sorted(examples, key=lambda e: (-abs(e.program - e.person), e.file))[:EXAMPLES_MOST])


def _quote(assessment: Assessment, point_id: str) -> str:
    """What the point was matched by; without that, how the answer begins."""
    points = () if assessment.coverage is None else assessment.coverage.points
    said = next((evidence for point in points if point.id == point_id for evidence in point.evidence), None)
    if said is not None:
        return said.quote
    text = assessment.transcript.text
    return text if len(text) <= QUOTE_LONGEST else text[:QUOTE_LONGEST] + "…"


def _between(pairs: _Pairs) -> float | None:
    """Mean agreement of all pairs of raters, None where no two of them can be compared."""
    raters = sorted({rater for marks in pairs.by_rater for rater in marks})
    statistic = _EXACT["kappa"] if pairs.kind == "point" else statistics.spearman
    found = []
    for left, right in combinations(raters, 2):
        both = [marks for marks in pairs.by_rater if left in marks and right in marks]
        value = statistic(
            np.asarray([marks[left] for marks in both], dtype=np.float64),
            np.asarray([marks[right] for marks in both], dtype=np.float64),
        )
        if value is not None:
            found.append(value)
    return float(np.mean(found)) if found else None


def _to_mend(items: Sequence[ItemAgreement], n_smallest: int) -> str | None:
    """The rubric point of lowest kappa among those marked often enough that differ at all."""
    rated = [
        (item.figures["kappa"].value, -(item.misses + item.over_counts) / item.n, item.name)
        for item in items
        if item.kind == "point" and item.n >= n_smallest and item.misses + item.over_counts
    ]
    return (
        min((kappa, share, name) for kappa, share, name in rated if kappa is not None)[2] if rated else None
    )
