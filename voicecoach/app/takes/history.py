"""What is done with the kept takes: find them, lay them out as a table, say which are old."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from voicecoach.documents.take import facts_of
from voicecoach.errors import UsageError
from voicecoach.model.take import Take, utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.documents.take import TakeFacts
    from voicecoach.model.take import TakeSummary
    from voicecoach.ports import Store

Cell = str | float | int | None

_AGE: Final = re.compile(r"(\d{1,5})\s*([hdwy])")
_UNITS: Final = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_NOT_IN_TABLE: Final = {"assessment", "assessment_before"}
_DERIVED: Final = ("total", "coverage_low", "coverage_high", "engine", "model_sha256", "rubric_version")
_POINTS: Final = {"covered": "points_covered", "maybe": "points_maybe", "not_heard": "points_not_heard"}


@dataclass(frozen=True, slots=True)
class Table:
    """Takes as rows under the names of their columns; None = an empty cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which takes are wanted; None = all. ``since`` is a day or an age, as :func:`parse_since` reads it."""

    prompt_id: str | None = None
    kind: str | None = None
    since: str | None = None


def parse_age(text: str) -> timedelta:
    """``90d``, ``12w``, ``36h`` or ``2y`` (of 365 days). Raises UsageError."""
    age = _AGE.fullmatch(text.strip().lower())
    if age is None:
        raise UsageError("age-unreadable", text=repr(text))
    return int(age[1]) * _UNITS[age[2]]


def moment_before(age: timedelta, *, now: datetime) -> str:
    """The time that lies ``age`` before ``now``, as ``utc_text``; never before the year 1."""
    try:
        return utc_text(now.astimezone(UTC) - age)
    except OverflowError:
        return utc_text(datetime.min.replace(tzinfo=UTC))


def parse_since(text: str, *, now: datetime) -> str:
    """A date (``2026-11-01``, midnight in the zone of ``now``) or an age (``30d``). Raises UsageError."""
    try:
        day = datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    else:
        return utc_text(day if day.tzinfo else day.replace(tzinfo=now.tzinfo))
    try:
        return moment_before(parse_age(text), now=now)
    except UsageError as exc:
        raise UsageError("date-unreadable", text=repr(text)) from exc


def older_than(store: Store, age: timedelta, *, now: datetime) -> tuple[TakeSummary, ...]:
    """The takes recorded longer than ``age`` ago, newest first. Raises StoreError."""
    return store.takes(before=moment_before(age, now=now))


def find(store: Store, references: Iterable[str]) -> tuple[Take, ...]:
    """The takes of the references, each once. Raises UsageError, StoreError."""
    by_id = {take.id: take for take in map(store.take, references)}
    return tuple(by_id.values())


def summaries_of(store: Store, references: Iterable[str]) -> tuple[TakeSummary, ...]:
    """As :func:`find`, but what a list shows, newest first. Raises UsageError, StoreError."""
    ids = {take.id for take in find(store, references)}
    return tuple(row for row in store.takes() if row.id in ids)


def fitting(store: Store, wanted: Filter, *, now: datetime) -> tuple[TakeSummary, ...]:
    """The takes that fit, newest first. Raises UsageError, StoreError."""
    since = None if wanted.since is None else parse_since(wanted.since, now=now)
    return store.takes(prompt_id=wanted.prompt_id, kind=wanted.kind, since=since)


def selected(store: Store, references: Sequence[str], wanted: Filter, *, now: datetime) -> tuple[Take, ...]:
    """The takes that are named, else all that fit, oldest first.

    Raises UsageError, also when takes are named and a filter is given, and StoreError.
    """
    if not references:
        return tuple(store.take(row.id) for row in reversed(fitting(store, wanted, now=now)))
    if wanted != Filter():
        raise UsageError("takes-and-filters")
    return find(store, references)


def table(takes: Iterable[Take]) -> Table:
    """One row a take: its own fields, then points by state, then every measurement of any of them."""
    kept: list[dict[str, Cell]] = []
    names: dict[str, None] = {}
    for take in takes:
        facts = facts_of(take)
        figures = {row.name: row.value for row in facts.figures}
        names.update(dict.fromkeys(figures))
        kept.append({**_fields(take, facts), **figures})
    columns = (*_own_columns(), *names)
    return Table(columns, tuple(tuple(row.get(name) for name in columns) for row in kept))


def _own_columns() -> tuple[str, ...]:
    own = (field.name for field in fields(Take) if field.name not in _NOT_IN_TABLE)
    return (*own, *_DERIVED, *_POINTS.values())


def _fields(take: Take, facts: TakeFacts) -> dict[str, Cell]:
    low, high = facts.coverage or (None, None)
    by_state: dict[str, list[str]] = {state: [] for state in _POINTS}
    for row in facts.points:
        by_state.setdefault(row.state, []).append(row.point_id)
    return {
        **{
            field.name: getattr(take, field.name) for field in fields(Take) if field.name not in _NOT_IN_TABLE
        },
        "total": facts.total,
        "coverage_low": low,
        "coverage_high": high,
        "engine": facts.engine,
        "model_sha256": facts.model_sha256,
        "rubric_version": facts.rubric_version,
        **{column: " ".join(by_state[state]) for state, column in _POINTS.items()},
    }
