"""Takes as rows of the history's tables, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from voicecoach.documents.take import facts_of
from voicecoach.model.take import FigureRow, PointRow, Take, TakeSummary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from voicecoach.model.take import Document

_DOCUMENTS: Final = ("assessment", "assessment_before")
_DERIVED: Final = ("total", "engine", "model_sha256", "rubric_version")
_PLAIN: Final = tuple(field.name for field in fields(Take) if field.name not in _DOCUMENTS)
_COLUMNS: Final = (*_PLAIN, *_DERIVED, "coverage_low", "coverage_high")
_SUMMARY: Final = ", ".join(
    "corrected_text IS NOT NULL AS corrected" if field.name == "corrected" else field.name
    for field in fields(TakeSummary)
)
_FITS: Final = {
    "prompt_id": "prompt_id = ?",
    "kind": "kind = ?",
    "state": "state = ?",
    "since": "recorded_at >= ?",
    "before": "recorded_at < ?",
}
NO_LIMIT: Final = -1


def write(connection: sqlite3.Connection, take: Take) -> None:
    """Put all rows of ``take`` in the place of those that are there. Raises StoreError, sqlite3.Error."""
    facts = facts_of(take)
    values = (
        *(getattr(take, name) for name in _PLAIN),
        *(getattr(facts, name) for name in _DERIVED),
        *(facts.coverage or (None, None)),
    )
    documents = [_dumped(getattr(take, name)) for name in _DOCUMENTS]
    delete(connection, take.id)
    _insert(connection, "takes", _COLUMNS, [values])
    _insert(connection, "documents", ("take", *_DOCUMENTS), [(take.id, *documents)])
    _insert(
        connection,
        "figures",
        ("take", *(field.name for field in fields(FigureRow)[1:])),
        [_values(row) for row in facts.figures],
    )
    _insert(
        connection, "points", ("take", "prompt", "point", "state"), [_values(row) for row in facts.points]
    )


def delete(connection: sqlite3.Connection, take_id: str) -> None:
    """Delete the take; what refers to it goes with it."""
    connection.execute("DELETE FROM takes WHERE id = ?", (take_id,))


def read(connection: sqlite3.Connection, take_id: str) -> Take | None:
    """The take of that id, None when there is no row. Raises ValueError for a row that is no take."""
    names = (*_PLAIN, *_DOCUMENTS)
    row = connection.execute(
        f"SELECT {', '.join(names)} FROM takes LEFT JOIN documents ON take = id WHERE id = ?",  # noqa: S608 - our own names
        (take_id,),
    ).fetchone()
    if row is None:
        return None
    parts = dict(zip(names, row, strict=True))
    return Take(**parts | {name: _loaded(parts[name]) for name in _DOCUMENTS})


def summaries(
    connection: sqlite3.Connection, wanted: dict[str, str | None], limit: int | None
) -> tuple[TakeSummary, ...]:
    """The takes that fit all of ``wanted`` (keys as in ``Store.takes``), newest first."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    where = " AND ".join(_FITS[name] for name in asked) or "1"
    rows = connection.execute(
        f"SELECT {_SUMMARY} FROM takes WHERE {where} ORDER BY recorded_at DESC, id DESC LIMIT ?",  # noqa: S608 - our own names
        (*asked.values(), NO_LIMIT if limit is None else limit),
    )
    return tuple(TakeSummary(**{**named, "corrected": bool(named["corrected"])}) for named in _named(rows))


def ids(connection: sqlite3.Connection, *, state: str | None = None) -> tuple[str, ...]:
    """All ids, or those of one state, in their order."""
    rows = connection.execute("SELECT id FROM takes WHERE ? IN (state, '') ORDER BY id", (state or "",))
    return tuple(take_id for (take_id,) in rows)


def newest(connection: sqlite3.Connection) -> str | None:
    """The id of the newest take."""
    row = connection.execute("SELECT id FROM takes ORDER BY recorded_at DESC, id DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def figures(connection: sqlite3.Connection, names: Collection[str] | None) -> tuple[FigureRow, ...]:
    """The measurements of all takes, or those of the names, oldest take first."""
    columns = ", ".join(field.name for field in fields(FigureRow)[1:])
    where = "1" if names is None else f"name IN ({', '.join('?' * len(names))})"
    rows = connection.execute(
        f"SELECT take, {columns} FROM figures JOIN takes ON id = take WHERE {where}"  # noqa: S608 - our own names
        " ORDER BY recorded_at, id, figures.rowid",
        tuple(names or ()),
    )
    return tuple(FigureRow(*row) for row in rows)


def points(connection: sqlite3.Connection, prompt_id: str | None) -> tuple[PointRow, ...]:
    """The rubric points of all takes, or of those of one prompt, oldest take first."""
    rows = connection.execute(
        "SELECT take, prompt, point, points.state FROM points JOIN takes ON id = take"
        " WHERE ?1 IS NULL OR prompt = ?1 ORDER BY recorded_at, id, points.rowid",
        (prompt_id,),
    )
    return tuple(PointRow(*row) for row in rows)


def _insert(
    connection: sqlite3.Connection, table: str, columns: Iterable[str], rows: list[tuple[Any, ...]]
) -> None:
    names = tuple(columns)
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608 - our own names
        rows,
    )


def _named(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _values(row: FigureRow | PointRow) -> tuple[Any, ...]:
    return tuple(getattr(row, field.name) for field in fields(row))


def _dumped(document: Document | None) -> str | None:
    if document is None:
        return None
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _loaded(text: str | None) -> Document | None:
    if text is None:
        return None
    document: Document = json.loads(text)
    return document
