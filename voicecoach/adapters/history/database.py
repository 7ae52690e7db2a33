"""Opening the history's database, and telling its faults.

A rollback journal, not a write-ahead log: the database is one file that may lie on any file system and be
copied, no text is left behind in a log, and writes are so few and short that readers wait for them unseen.
Every write takes the lock at its beginning (``BEGIN IMMEDIATE``), so two processes queue up and never
deadlock. ``secure_delete`` overwrites what is deleted.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import PRIVATE_FILE, cause_of
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA: Final = 2
"""Number of the last migration."""
BUSY_S: Final = 15.0
"""How long to wait for another process; a rebuild of 1,000 takes holds the lock for a few seconds."""

_CODE: Final = 0xFF
"""The lower byte of SQLite's extended error code is the code itself."""
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_ACCESS: Final = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}


class DamagedStoreError(StoreError):
    """The database is no database, or not whole."""


@contextlib.contextmanager
def opened(path: Path, *, busy_s: float = BUSY_S) -> Iterator[sqlite3.Connection]:
    """A connection to the database of the present schema, made or brought forward when it is not.

    Raises StoreError: newer than the program (nothing is touched), in use, no space, no access; and
    DamagedStoreError. Errors of SQLite inside the block are told in the same way.
    """
    with told(path, busy_s):
        _make(path)
        with contextlib.closing(sqlite3.connect(path, timeout=busy_s, isolation_level=None)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > SCHEMA:
                raise StoreError("history-newer", path=path, version=version, known=SCHEMA)
            if version < SCHEMA:
                from voicecoach.adapters.history.migrations import migrate

                migrate(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            yield connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block's changes, or none of them; the lock is taken at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
            connection.rollback()
        raise


@contextlib.contextmanager
def told(path: Path, busy_s: float) -> Iterator[None]:
    """Turn the errors of SQLite into ours."""
    try:
        yield
    except sqlite3.Error as exc:
        raise _told(exc, path, busy_s) from exc


def check(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError when the file is damaged anywhere."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _make(path: Path) -> None:
    """An empty file that only the user may read: SQLite takes it for an empty database."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    except OSError as exc:
        raise StoreError("history-not-opened", path=path, cause=cause_of(exc)) from exc


def _told(exc: sqlite3.Error, path: Path, busy_s: float) -> StoreError:
    code = getattr(exc, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _CODE
    if code in _BUSY:
        return StoreError("history-in-use", path=path, busy_s=f"{busy_s:g}")
    if code in _DISK:
        return StoreError("history-disk", path=path, cause=str(exc))
    if code in _ACCESS:
        return StoreError("history-access", path=path, cause=str(exc))
    return DamagedStoreError("history-damaged", path=path, cause=str(exc))
