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
import re
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.result_tables import PARQUET, RESULTS, TABLES
from voicecoach.adapters.folders import PRIVATE_FOLDER, cause_of, replacing
from voicecoach.audio.decode import digest
from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.documents.checked import parsed
from voicecoach.documents.failure import decode_kept, encode_kept
from voicecoach.documents.heard import decode_heard, encode_heard
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.result import Tally
from voicecoach.ports.batch import DAMAGED
from voicecoach.words.catalogue import DEFAULT_UI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.job import Failure, Job, Outcome
    from voicecoach.model.transcript import Transcript
    from voicecoach.words.catalogue import Ui

WORK: Final = ".work"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
JUDGED: Final = "results"
"""In the work folder: where it is, tables and report that lie beside it are this program's."""


class ResultFiles:
    """Implements ``ports.batch.BatchStore`` in the folder ``out``; use inside :meth:`held`."""

    def __init__(self, out: Path, *, ui: Ui = DEFAULT_UI) -> None:
        self.out = out
        self._ui = ui
        self.work = out / WORK
        self._heard = self.work / "heard"
        self._results = self.work / JUDGED
        self._digests: dict[str, list[int | str]] = {}
        self._digests_changed = False
        self._tables = self.work / "tables.json"

    def look(self) -> None:
        """Read what is there without touching it: for :meth:`digest` and :meth:`finished` of a dry run."""
        self._digests = self._read(self.work / "digests.json") or {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folders and keep other runs out while the block lasts.

        Raises StoreError; UsageError when the folder that was named cannot be made.
        """
        from filelock import FileLock, Timeout

        try:
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise UsageError("batch-folder-unusable", folder=self.out, cause=cause_of(exc)) from exc
        try:
            for folder in (self.work, self._heard, self._results):
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            lock = FileLock(self.work / "lock")
            lock.acquire(timeout=0)
        except Timeout as exc:
            raise StoreError("batch-folder-in-use", folder=self.out) from exc
        except OSError as exc:
            within = exc.filename or self.out  # what lies in the way of a folder or file of ours
            raise StoreError("batch-folder-unusable", folder=within, cause=cause_of(exc)) from exc
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
            seen = [status.st_size, status.st_mtime_ns]
            if isinstance(known, list) and known[:2] == seen and _DIGEST.fullmatch(str(known[-1])):
                return str(known[-1]), status.st_size
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

    def heard(self, key: str) -> Mapping[str, Transcript] | None:
        """As the port says; what cannot be read is heard again."""
        kept = self._read(self._heard / f"{key}.json")
        try:
            return None if kept is None else decode_heard(kept)
        except StoreError:
            return None

    def has_heard(self, key: str) -> bool:
        """As the port says."""
        return (self._heard / f"{key}.json").exists()

    def outcome(self, key: str) -> Assessment | Failure | None:
        """As the port says."""
        path = self._results / f"{key}.json"
        if not path.exists():
            return self._failure(key)
        kept = self._read(path)
        try:
            return decode_assessment(kept)
        except StoreError as exc:
            raise StoreError(DAMAGED, path=path) from exc

    def drop_damaged(self, keys: Iterable[str]) -> int:
        """As the port says."""
        n_dropped = 0
        for key in keys:
            try:
                self.outcome(key)
            except StoreError as exc:
                if exc.code != DAMAGED:
                    raise
                (self._results / f"{key}.json").unlink(missing_ok=True)
                n_dropped += 1
        return n_dropped

    def finished(self, key: str, *, again: bool = False) -> bool:
        """As the port says."""
        if (self._results / f"{key}.json").exists():
            return True
        failure = None if again else self._failure(key)
        return failure is not None and failure.lasting

    def _failure(self, key: str) -> Failure | None:
        kept = self._read(self._results / f"{key}.failed")
        return None if kept is None else decode_kept(kept)

    def keep(self, job: Job, outcome: Outcome) -> None:
        """As the port says; the words first, so that a judgement is never kept without them."""
        if outcome.heard is not None:
            self.write(self._heard / f"{job.heard_key}.json", encode_heard(outcome.heard))
        failed = self._results / f"{job.key}.failed"
        if outcome.failure is not None:
            self.write(failed, encode_kept(outcome.failure))
            return
        if outcome.assessment is not None:
            document = encode_assessment(outcome.assessment, ui=self._ui)
            self.write(self._results / f"{job.key}.json", document)
        failed.unlink(missing_ok=True)

    def write(self, path: Path, value: object) -> None:
        """One JSON file, whole or not at all. Raises StoreError."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with replacing(path) as file:
            file.write(text.encode("utf-8", "surrogatepass"))  # paths by which digests are found again

    def _read(self, path: Path) -> dict[str, Any] | None:
        """The JSON object of a file; None when there is none, or no such thing: then it is made again."""
        try:
            value = parsed(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise StoreError("batch-file-unreadable", path=path, cause=cause_of(exc)) from exc
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    def tables(self, made_from: str) -> Tally | None:
        """The tally of the tables, when they are there and were made from just that; else None.

        What programs read must be as it was written; a sheet may have been edited by a person.
        """
        kept = self._read(self._tables)
        if kept is None or kept.get("made_from") != made_from:
            return None
        if (
            not all((self.out / name).exists() for name in TABLES)
            or kept.get("as_written") != self._as_written()
        ):
            return None
        try:
            return Tally(**kept["tally"])
        except (KeyError, TypeError):  # damaged
            return None

    def _as_written(self) -> dict[str, list[int]]:
        """Size in bytes and time of change in ns of the tables that programs read."""
        files = {name: (self.out / name).stat() for name in (RESULTS, PARQUET) if (self.out / name).exists()}
        return {name: [status.st_size, status.st_mtime_ns] for name, status in files.items()}

    def keep_tables(self, made_from: str, tally: Tally) -> None:
        """Remember what the tables were made from. Raises StoreError."""
        kept = {"made_from": made_from, "tally": asdict(tally), "as_written": self._as_written()}
        self.write(self._tables, kept)

    def forget_tables(self) -> None:
        """New results are coming: the tables will be those of others."""
        self._tables.unlink(missing_ok=True)
