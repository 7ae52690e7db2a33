"""Filled databases of every earlier schema become the present one; what is newer is left alone."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from store_contract import a_document, a_scored, a_take

from voicecoach.adapters.history.database import SCHEMA, DamagedStoreError, opened
from voicecoach.adapters.history.migrations import HISTORY, migrate
from voicecoach.adapters.history.store import TakeStore
from voicecoach.documents.take import facts_of
from voicecoach.errors import StoreError
from voicecoach.model.take import FigureRow, PointRow

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

NAMES = [migration.name for migration in HISTORY._migrations]
EARLIER = list(range(1, SCHEMA))
COLUMNS = {
    1: [
        "id", "recorded_at", "prompt_id", "prompt_text", "pack", "kind", "language", "profile",
        "speaker_profile", "device", "n_overflows", "prompt_end_s", "duration_s", "state", "sound",
        "recognised_text",
    ]
}  # fmt: skip
"""Of a take, by the schema that brought them; what is derived from the document is written beside."""


def filled(path: Path, schema: int) -> None:
    """A database as the program of that schema left it: a scored take, and one just recorded."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, stop_before=NAMES[schema])
        for take in (a_scored(0, id="1-scored", prompt_end_s=0.5), a_take(1, id="2-recorded")):
            names = [name for number in range(1, schema + 1) for name in COLUMNS[number]]
            row = {name: getattr(take, name) for name in names} | {"total": facts_of(take).total}
            connection.execute(
                f"INSERT INTO takes ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - names of this test
                list(row.values()),
            )
            document = None if take.assessment is None else json.dumps(take.assessment)
            connection.execute("INSERT INTO documents (take, assessment) VALUES (?, ?)", (take.id, document))
        connection.execute(
            "INSERT INTO figures (take, name, value, unit, verdict, green_low, green_high, amber_low)"
            " VALUES ('1-scored', 'speech_rate', 231.4, 'syll/min', 'green', 180, 240, 150)"
        )
        connection.execute("INSERT INTO points VALUES ('1-scored', 'late_delivery', 'apology', 'covered')")


def tables(path: Path) -> dict[str, list[str]]:
    with opened(path) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        return {
            name: sorted(row[1] for row in connection.execute(f"PRAGMA table_info({name})")) for name in names
        }


def test_every_migration_says_its_number() -> None:
    assert len(NAMES) == SCHEMA
    assert set(COLUMNS) == set(EARLIER)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for number, after in enumerate([*NAMES[1:], None], start=1):
            migrate(connection, stop_before=after)
            assert connection.execute("PRAGMA user_version").fetchone() == (number,)


@pytest.mark.parametrize("schema", EARLIER)
def test_a_filled_database_of_an_earlier_schema_loses_nothing(tmp_path: Path, schema: int) -> None:
    path = tmp_path / "history.db"
    filled(path, schema)
    store = TakeStore(tmp_path)
    scored = a_scored(0, id="1-scored", prompt_end_s=0.5)
    assert store.take("1-scored") == scored
    assert store.take("last") == a_take(1, id="2-recorded")
    assert [(row.id, row.total, row.corrected) for row in store.takes()] == [
        ("2-recorded", None, False),
        ("1-scored", 72.5, False),
    ]
    rate = FigureRow("1-scored", "speech_rate", 231.4, "syll/min", "green", 180, 240, 150, None)
    assert store.figures() == (rate,)
    assert store.points() == (PointRow("1-scored", "late_delivery", "apology", "covered"),)
    corrected = a_scored(0, id="1-scored", corrected_text="好", cer=1.0, assessment_before=a_document())
    store.put(corrected)
    assert store.take("1-scored") == corrected
    fresh = tmp_path / "fresh.db"
    assert tables(path) == tables(fresh)


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    TakeStore(tmp_path).put(a_take())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    store = TakeStore(tmp_path)
    for use in (store.takes, store.rebuild, store.unfinished, lambda: store.put(a_take(1))):
        with pytest.raises(StoreError, match=f"has schema {SCHEMA + 1}, this program knows up to {SCHEMA}"):
            use()
    assert path.read_bytes() == before
    assert store.kept_aside() == ()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    filled(path, 1)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE takes ADD COLUMN cer TEXT")  # the second step stumbles over it
        before = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
    with pytest.raises(DamagedStoreError, match="duplicate column name: cer"):
        TakeStore(tmp_path).takes()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT sql FROM sqlite_schema").fetchall() == before


def test_no_other_process_can_migrate_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    filled(path, 1)
    told: list[str] = []
    apply = HISTORY.apply

    def while_another_tries(db: Database, *, stop_before: str | None = None) -> None:
        with contextlib.closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as exc:
                told.append(str(exc))
        apply(db, stop_before=stop_before)

    monkeypatch.setattr(HISTORY, "apply", while_another_tries)
    assert len(TakeStore(tmp_path).takes()) == 2
    assert told == ["database is locked"]
