"""The practice history on disk: a folder of takes, and a database that finds them.

The files of the takes are what counts; the database ``history.db`` is an index that can be built from them
at any time (:meth:`TakeStore.rebuild`). So a take's JSON file is written first and the row after it: what
goes wrong with the database (in use, damaged, disk full) never costs a take. Any number of processes may
work at once: each call opens the database, does its one thing and closes it.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voicecoach.adapters.folders import cause_of, data_folder
from voicecoach.adapters.history import rows
from voicecoach.adapters.history.database import (
    BUSY_S,
    DamagedStoreError,
    check,
    opened,
    told,
    transaction,
)
from voicecoach.adapters.history.learned import FOLDER, LearnedSentences
from voicecoach.adapters.history.sidecars import Sidecars
from voicecoach.documents.take import facts_of
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.take import ID_PATTERN, Rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from voicecoach.model.take import FigureRow, PointRow, Take, TakeState, TakeSummary

DATABASE = "history.db"
LAST = "last"
_ASIDE = "history.damaged-"
_NEAR = 3
"""So many ids are named when a reference fits several."""


class TakeStore:
    """The history in ``folder`` (the user's data folder when None); the port ``Store``.

    ``busy_s``: how long to wait for another process, seconds.
    """

    def __init__(self, folder: Path | None = None, *, busy_s: float = BUSY_S) -> None:
        self._folder = data_folder() if folder is None else folder
        self._sidecars = Sidecars(self._folder)
        self._path = self._folder / DATABASE
        self._busy_s = busy_s

    def put(self, take: Take) -> None:
        """Keep ``take``, or what it has become; to put it twice is to put it once.

        Raises StoreError: for an assessment that is not as its schema has it, and then nothing is kept; when
        only the row failed, and then the message says so, and the take is safe.
        """
        facts_of(take)
        self._sidecars.write(take)
        try:
            with self._open() as connection, transaction(connection):
                rows.write(connection, take)
        except StoreError as exc:
            code = "take-kept-history-damaged" if isinstance(exc, DamagedStoreError) else "take-kept"
            path = self._sidecars.path(take.id)
            raise type(exc)(code, cause=exc.told, remedy=exc.told_remedy, path=path) from exc

    def take(self, reference: str) -> Take:
        """The take of an id, of the beginning of one, or of ``last`` (the newest).

        Raises UsageError when there is none or more than one, StoreError.
        """
        with self._open() as connection:
            take_id = rows.newest(connection) if reference == LAST else self._resolved(connection, reference)
            if take_id is None:
                raise UsageError("no-take-yet")
            take = rows.read(connection, take_id)
        if take is None:  # deleted by another process just now
            raise _unknown(reference)
        return take

    def takes(
        self,
        *,
        prompt_id: str | None = None,
        kind: str | None = None,
        state: TakeState | None = None,
        since: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> tuple[TakeSummary, ...]:
        """The takes that fit, newest first; ``since`` <= ``recorded_at`` < ``before``, as ``utc_text``.

        Reads no document. Raises StoreError.
        """
        wanted = {"prompt_id": prompt_id, "kind": kind, "state": state, "since": since, "before": before}
        with self._open() as connection:
            return rows.summaries(connection, wanted, limit)

    def figures(self, *, names: Collection[str] | None = None) -> tuple[FigureRow, ...]:
        """The measurements of all takes, or those of the names, oldest take first. Raises StoreError."""
        with self._open() as connection:
            return rows.figures(connection, names)

    def points(self, *, prompt_id: str | None = None) -> tuple[PointRow, ...]:
        """The rubric points of all takes, or of those of one prompt, oldest take first. Raises StoreError."""
        with self._open() as connection:
            return rows.points(connection, prompt_id)

    def sound_target(self, take_id: str) -> Path:
        """The file that a recording of that id ends up in (``.part`` while it lasts); its folder is there.

        Raises StoreError.
        """
        return self._sidecars.sound_target(take_id)

    def sound(self, take: Take) -> Path:
        """The file that holds the sound, finished or not. Raises InputError when it is gone."""
        return self._sidecars.sound(take)

    def put_report(self, take_id: str, page: bytes) -> Path:
        """Keep the HTML page of that take, in the place of an earlier one; where it is. Raises StoreError."""
        return self._sidecars.write_report(take_id, page)

    def unfinished(self) -> tuple[Take, ...]:
        """Takes with sound that nothing was made of yet, oldest first. Raises StoreError.

        What an accident kept out of the database (a take whose row was never written, or not renewed) is
        taken in. JSON files that cannot be read are left to :meth:`rebuild`, which tells of them.
        """
        with self._open() as connection:
            waiting = set(rows.ids(connection, state="recorded"))
            written = set(self._sidecars.ids())
            doubtful = waiting | (written - set(rows.ids(connection)))
            takes: list[Take] = []
            for take_id in sorted(doubtful & written):
                with suppress(StoreError):
                    takes.append(self._sidecars.read(take_id))
            for take in takes:
                if take != rows.read(connection, take.id):
                    with transaction(connection):
                        rows.write(connection, take)
        return tuple(take for take in takes if take.state == "recorded" and self._sidecars.has_sound(take))

    def missing(self) -> tuple[str, ...]:
        """Takes whose files are there but not their rows: :meth:`rebuild` brings them back."""
        with self._open() as connection:
            return tuple(sorted(set(self._sidecars.ids()) - set(rows.ids(connection))))

    def delete(self, take_ids: Iterable[str]) -> None:
        """Remove the takes for good: sound, JSON file, page, rows, their text in the database's free space.

        The sentences that were learned from them go as well.

        Raises UsageError for an id that is not there (and then removes none), StoreError.
        """
        doomed = tuple(dict.fromkeys(take_ids))
        with self._open() as connection:
            known = {*rows.ids(connection), *self._sidecars.ids()}
            for take_id in doomed:
                if take_id not in known:
                    raise _unknown(take_id)
            LearnedSentences(self._folder / FOLDER).forget(doomed)
            with transaction(connection):
                for take_id in doomed:
                    rows.delete(connection, take_id)
                    self._sidecars.remove(take_id)
            connection.execute("VACUUM")  # what was overwritten is also taken out of the file

    def rebuild(self) -> Rebuilt:
        """Build the database anew from the files of the takes. Raises StoreError.

        A damaged database is kept aside under another name. A row without a JSON file gets its file back
        while there is sound to it, and goes when there is none. A JSON file that cannot be read leaves its
        row as it is.
        """
        kept_aside = ""
        try:
            return self._refilled(kept_aside)
        except DamagedStoreError:
            kept_aside = self._set_aside()
        return self._refilled(kept_aside)

    def kept_aside(self) -> tuple[Path, ...]:
        """Damaged databases that :meth:`rebuild` has kept; they may hold the text of takes."""
        return tuple(sorted(self._folder.glob(_ASIDE + "*")))

    def _refilled(self, kept_aside: str) -> Rebuilt:
        unreadable = []
        with self._open() as connection:
            check(connection)
            with transaction(connection):
                written = self._sidecars.ids()
                for take_id in sorted(set(rows.ids(connection)) - set(written)):
                    take = rows.read(connection, take_id)
                    if take is not None and self._sidecars.has_sound(take):
                        self._sidecars.write(take)
                    else:
                        rows.delete(connection, take_id)
                        self._sidecars.remove(take_id)
                for take_id in written:
                    try:
                        rows.write(connection, self._sidecars.read(take_id))
                    except StoreError as exc:
                        unreadable.append((self._sidecars.path(take_id).name, exc))
                n_takes = len(rows.ids(connection))
            connection.execute("VACUUM")
        return Rebuilt(n_takes, tuple(unreadable), kept_aside)

    def _set_aside(self) -> str:
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        aside = self._folder / f"{_ASIDE}{stamp}.db"
        try:
            journal = self._path.with_name(DATABASE + "-journal")
            if journal.exists():  # first: it must never be played back into the new database
                journal.replace(aside.with_name(aside.name + "-journal"))
            self._path.replace(aside)
        except OSError as exc:
            raise StoreError("history-not-set-aside", path=self._path, cause=cause_of(exc)) from exc
        return aside.name

    def _resolved(self, connection: sqlite3.Connection, reference: str) -> str:
        fitting = [take_id for take_id in rows.ids(connection) if take_id.startswith(reference)]
        if reference in fitting:
            return reference
        if not fitting or not ID_PATTERN.fullmatch(reference):
            raise _unknown(reference)
        if len(fitting) > 1:
            names = ", ".join(fitting[-_NEAR:]) + (" …" if len(fitting) > _NEAR else "")
            raise UsageError("take-id-ambiguous", n=len(fitting), reference=repr(reference), names=names)
        return fitting[0]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database; a row in it that is no take counts as damage, as SQLite's own complaints do."""
        try:
            with opened(self._path, busy_s=self._busy_s) as connection:
                yield connection
        except ValueError as exc:
            with told(self._path, self._busy_s):
                raise sqlite3.DatabaseError(str(exc)) from exc


def _unknown(reference: str) -> UsageError:
    return UsageError("take-unknown", reference=repr(reference))
