"""What a batch keeps between runs: one file a piece in ``.work``, each written whole or not at all.

::

    OUT/.work/lock                 held while a run lasts: two runs may not share a folder
    OUT/.work/digests.json         sha256 by path, size and time of change, so that files are read once
    OUT/.work/heard/KEY.json       what was recognised
    OUT/.work/results/KEY.json     the assessment
    OUT/.work/results/KEY.failed   or why there is none
    OUT/.work/tables.json          what the tables were last written from
    OUT/.work/workers.log          what the workers said on standard error

The folder is private (0700): it holds the words as they were said.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.result_tables import TABLES
from voicecoach.adapters.folders import PRIVATE_FOLDER, cause_of, replacing
from voicecoach.audio.decode import digest
from voicecoach.errors import StoreError
from voicecoach.model.job import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from voicecoach.model.job import Job, Outcome

WORK: Final = ".work"


class ResultFiles:
    """Implements ``ports.batch.BatchStore`` in the folder ``out``; use inside :meth:`held`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.work = out / WORK
        self._heard = self.work / "heard"
        self._results = self.work / "results"
        self._digests: dict[str, list[int | str]] = {}
        self._digests_changed = False
        self._tables = self.work / "tables.json"

    def look(self) -> None:
        """Read what is there without touching it: for :meth:`digest` and :meth:`finished` of a dry run."""
        self._digests = self._read(self.work / "digests.json") or {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folders and keep other runs out while the block lasts. Raises StoreError."""
        from filelock import FileLock, Timeout

        try:
            self.out.mkdir(parents=True, exist_ok=True)
            for folder in (self.work, self._heard, self._results):
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            lock = FileLock(self.work / "lock")
            lock.acquire(timeout=0)
        except Timeout as exc:
            raise StoreError("batch-folder-in-use", folder=self.out) from exc
        except OSError as exc:
            raise StoreError("batch-folder-unusable", folder=self.out, cause=cause_of(exc)) from exc
        try:
            self._sweep()
            self.look()
            yield
        finally:
            self.keep_digests()
            lock.release()

    def _sweep(self) -> None:
        """Files that a killed run had begun; only a run that holds the lock may do this."""
        begun = [
            part for folder in (self.work, self._heard, self._results) for part in folder.glob(".*.part")
        ]
        begun += [part for name in TABLES for part in self.out.glob(f".{name}.*.part")]
        for part in begun:
            part.unlink(missing_ok=True)

    def digest(self, path: Path) -> tuple[str, int]:
        """The sha256 and the size of a file, read only when it is new or changed. Raises InputError."""
        try:
            status = path.stat()
            known = self._digests.get(str(path))
            if known is not None and known[:2] == [status.st_size, status.st_mtime_ns]:
                return str(known[2]), status.st_size
        except (OSError, ValueError):
            status = None
        sha256 = digest(path)  # which tells what is wrong with the file
        if status is None:
            return sha256, 0
        self._digests[str(path)] = [status.st_size, status.st_mtime_ns, sha256]
        self._digests_changed = True
        return sha256, status.st_size

    def keep_digests(self) -> None:
        """Write down the digests taken so far. Raises StoreError."""
        if self._digests_changed:
            self.write(self.work / "digests.json", self._digests)
            self._digests_changed = False

    def heard(self, key: str) -> Mapping[str, Any] | None:
        """As the port says."""
        return self._read(self._heard / f"{key}.json")

    def has_heard(self, key: str) -> bool:
        """As the port says."""
        return (self._heard / f"{key}.json").exists()

    def outcome(self, key: str) -> Mapping[str, Any] | Failure | None:
        """As the port says."""
        path = self._results / f"{key}.json"
        if not path.exists():
            return self._failure(key)
        document = self._read(path)
        if document is None:
            raise StoreError("batch-result-damaged", path=path)
        return document

    def finished(self, key: str, *, again: bool = False) -> bool:
        """As the port says."""
        if (self._results / f"{key}.json").exists():
            return True
        failure = None if again else self._failure(key)
        return failure is not None and failure.lasting

    def _failure(self, key: str) -> Failure | None:
        kept = self._read(self._results / f"{key}.failed")
        try:
            return None if kept is None else Failure(**kept)
        except TypeError:
            return None  # written by another version: to be done again

    def keep(self, job: Job, outcome: Outcome) -> None:
        """As the port says; the words first, so that a judgement is never kept without them."""
        if outcome.heard is not None:
            self.write(self._heard / f"{job.heard_key}.json", outcome.heard)
        failed = self._results / f"{job.key}.failed"
        if outcome.failure is not None:
            self.write(failed, asdict(outcome.failure))
            return
        self.write(self._results / f"{job.key}.json", outcome.document)
        failed.unlink(missing_ok=True)

    def write(self, path: Path, value: object) -> None:
        """One JSON file, whole or not at all. Raises StoreError."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with replacing(path) as file:
            file.write(text.encode())

    def _read(self, path: Path) -> dict[str, Any] | None:
        """The JSON object of a file; None when there is none, or no such thing: then it is made again."""
        try:
            value = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise StoreError("batch-file-unreadable", path=path, cause=cause_of(exc)) from exc
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    def tables(self, made_from: str) -> Mapping[str, Any] | None:
        """The tally of the tables, when they are there and were made from just that; else None."""
        kept = self._read(self._tables)
        if kept is None or kept.get("made_from") != made_from:
            return None
        there = all((self.out / name).exists() for name in TABLES)
        tally: Mapping[str, Any] = kept["tally"]
        return tally if there else None

    def keep_tables(self, made_from: str, tally: Mapping[str, Any]) -> None:
        """Remember what the tables were made from. Raises StoreError."""
        self.write(self._tables, {"made_from": made_from, "tally": tally})

    def forget_tables(self) -> None:
        """New results are coming: the tables will be those of others."""
        self._tables.unlink(missing_ok=True)
