"""The tables of the history, and how each earlier schema becomes the present one.

Every step is one migration of sqlite-utils, which keeps in the database what was applied. Beside that a
step writes its number into ``PRAGMA user_version``: so that a program can tell without this module (half
a second to load) that there is nothing to do. A step that has been shipped is never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlite_utils import Database, Migrations

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils.db import Table

HISTORY = Migrations("voicecoach.history")


@HISTORY(name="0001_takes")
def takes(db: Database) -> None:
    """Takes, their documents, and what trends are drawn from."""
    _table(db, "takes").create(
        {
            "id": str,
            "recorded_at": str,
            "prompt_id": str,
            "prompt_text": str,
            "pack": str,
            "kind": str,
            "language": str,
            "profile": str,
            "speaker_profile": str,
            "device": str,
            "n_overflows": int,
            "prompt_end_s": float,
            "duration_s": float,
            "state": str,
            "sound": str,
            "recognised_text": str,
            "total": float,
            "coverage_low": float,
            "coverage_high": float,
            "engine": str,
            "model_sha256": str,
            "rubric_version": str,
        },
        pk="id",
    )
    _table(db, "takes").create_index(["recorded_at"])
    _table(db, "takes").create_index(["prompt_id", "recorded_at"])
    db.execute("CREATE TABLE documents (take TEXT PRIMARY KEY " + _OF_TAKE + ", assessment TEXT)")
    db.execute(
        "CREATE TABLE figures (take TEXT " + _OF_TAKE + ", name TEXT, value REAL, unit TEXT, verdict TEXT,"
        " green_low REAL, green_high REAL, amber_low REAL, amber_high REAL, PRIMARY KEY (take, name))"
    )
    db.execute(
        "CREATE TABLE points (take TEXT " + _OF_TAKE + ", prompt TEXT, point TEXT, state TEXT,"
        " PRIMARY KEY (take, point))"
    )
    _table(db, "figures").create_index(["name"])
    _table(db, "points").create_index(["prompt"])
    db.execute("PRAGMA user_version = 1")


@HISTORY(name="0002_correction")
def correction(db: Database) -> None:
    """What the candidate says was really said, and the judgement from before that."""
    _table(db, "takes").add_column("corrected_text", str)
    _table(db, "takes").add_column("cer", float)
    _table(db, "documents").add_column("assessment_before", str)
    db.execute("PRAGMA user_version = 2")


def migrate(connection: sqlite3.Connection, *, stop_before: str | None = None) -> None:
    """Bring the database forward, all steps or none; waits for another process that does the same.

    Raises sqlite3.Error.
    """
    db = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        HISTORY.apply(db, stop_before=stop_before)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


_OF_TAKE = "NOT NULL REFERENCES takes(id) ON DELETE CASCADE"


def _table(db: Database, name: str) -> Table:
    return cast("Table", db[name])
