"""What a batch needs from the world: workers, what is kept between runs, tables, a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.audio import Span
    from voicecoach.model.job import Failure, Job, Outcome
    from voicecoach.model.result import FailedResult, Result, Tally
    from voicecoach.model.transcript import Transcript


DAMAGED: Final = "batch-result-damaged"
"""The code of the error for a kept assessment that cannot be read."""


class FileScorer(Protocol):
    """The per-file function of a batch, with its models; lives inside a worker."""

    def length_s(self, job: Job) -> float:
        """How long the recording says it is, seconds: its time limit follows. Raises InputError."""
        ...

    def score(self, job: Job) -> Outcome:
        """Judge one recording. Raises InputError, EngineError."""
        ...


class BatchEngine(Protocol):
    """Many files, several workers."""

    def run(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        """One outcome a job, in the order in which they are done.

        Takes a job only when a worker is free for it. A job whose worker dies or hangs is tried once more in
        a fresh worker, then becomes a failure. Closing the iterator ends the workers. Raises
        EngineError when no worker can be started.
        """
        ...


class ResultStore(Protocol):
    """Where a batch keeps what was heard and judged, piece by piece."""

    def heard(self, key: str) -> Mapping[str, Transcript] | None:
        """The transcripts that were heard under that key, None when nothing was. Raises StoreError."""
        ...

    def has_heard(self, key: str) -> bool:
        """Whether :meth:`heard` would find something."""
        ...

    def outcome(self, key: str) -> Assessment | Failure | None:
        """The kept assessment or failure, None when there is none.

        Raises StoreError; of code :data:`DAMAGED` when the assessment is damaged.
        """
        ...

    def finished(self, key: str, *, again: bool = False) -> bool:
        """Whether the key needs no more work: judged, or failed for good (``again``: none fails for good)."""
        ...

    def keep(self, job: Job, outcome: Outcome) -> None:
        """Keep what came of a job, whole or not at all. Raises StoreError."""
        ...


class BatchStore(ResultStore, Protocol):
    """A result store with what one run after another has to remember; its folder is that of the results."""

    def held(self) -> AbstractContextManager[None]:
        """Keep other runs out while the block lasts. Raises StoreError, UsageError."""
        ...

    def look(self) -> None:
        """Read what is there without touching it, for a run that does nothing. Raises StoreError."""
        ...

    def digest(self, path: Path) -> tuple[str, int]:
        """The sha256 and the size of a file, read only when it is new or changed. Raises InputError."""
        ...

    def keep_digests(self) -> None:
        """Write down the digests taken so far. Raises StoreError."""
        ...

    def tables(self, made_from: str) -> Tally | None:
        """What was kept of the tables that are there, when they were made from just that; else None."""
        ...

    def keep_tables(self, made_from: str, tally: Tally) -> None:
        """Remember what the tables were made from. Raises StoreError."""
        ...

    def drop_damaged(self, keys: Iterable[str]) -> int:
        """Forget assessments that are damaged, so that they are made anew; how many. Raises StoreError."""
        ...

    def forget_tables(self) -> None:
        """New results are coming: the tables will be those of others."""
        ...


class ResultTables(Protocol):
    """The tables of a batch."""

    def written(
        self,
        results: Iterable[Result],
        *,
        shown: Callable[[Result], Result] = ...,
    ) -> Iterator[Result]:
        """Give the results on while they are written; the tables are there after the last one.

        ``shown`` gives a result as the reader of the tables is to see it. Raises StoreError.
        """
        ...

    def results(self) -> Iterator[Result]:
        """The results that were written, in order. Raises StoreError."""
        ...

    def failures(self) -> Iterator[FailedResult]:
        """Those among them that are failures. Raises StoreError."""
        ...


class BatchReport(Protocol):
    """The report of a batch, beside its tables."""

    def there(self) -> bool:
        """Whether there is one."""
        ...

    def write(
        self,
        results: Iterable[Result],
        jobs: Sequence[Job],
        *,
        silences: Mapping[str, Sequence[Span]],
    ) -> None:
        """Write it anew; ``silences`` are the spans that must not be heard, by key. Raises StoreError."""
        ...
