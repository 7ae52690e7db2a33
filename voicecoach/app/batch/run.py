"""Many recordings: do what is missing, keep each result as it is done, give all of them in order.

Nothing here depends on the order in which workers are done, nor on how often a run was broken off: results
are kept one by one under keys that say what they are of, and read back in the order of the items.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.app.batch.progress import Meter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from voicecoach.app.batch.progress import BatchProgress
    from voicecoach.model.job import Job, Planned
    from voicecoach.ports.batch import BatchEngine, ResultStore

TYPICAL_BYTES_PER_S = {".wav": 32_000.0, ".flac": 16_000.0}
"""What a second of speech takes at 16 kHz, by the ending of the file."""
SPOKEN_BYTES_PER_S = 4_000.0
"""The same in formats that leave out what is not heard."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: one plan a key, those to be recognised first and the longest first among them.

    ``n_known`` counts the items whose words are kept already (or came with them).
    """

    todo: tuple[Planned, ...]
    n_kept: int
    n_known: int

    @property
    def to_hear(self) -> int:
        """How many of them have to be recognised."""
        return len(self.todo) - self.n_known


def work_of(
    planned: Sequence[Planned], store: ResultStore, *, limit: int | None = None, again: bool = False
) -> Work:
    """What is missing or changed; at most ``limit`` of it, in the order of the items.

    ``again``: files that failed are done again too.
    """
    todo: dict[str, Planned] = {}
    n_kept = 0
    for plan in planned:
        if plan.job is None or plan.job.key in todo:
            continue
        if store.finished(plan.job.key, again=again):
            n_kept += 1
        elif limit is None or len(todo) < limit:
            todo[plan.job.key] = plan
    known = {
        key
        for key, plan in todo.items()
        if plan.job and (plan.job.given is not None or store.has_heard(plan.job.heard_key))
    }
    # The same recording under a second prompt comes after all others, when its words are known (unless it is
    # just being heard); long files go first, so that no worker is left alone with one at the end.
    first_hearing: set[str] = set()
    ordered = sorted(todo.values(), key=_likely_s, reverse=True)
    ahead: list[Planned] = []
    behind: list[Planned] = []
    for plan in ordered:
        heard_key = plan.job.heard_key if plan.job else ""
        if plan.job and plan.job.key not in known and heard_key not in first_hearing:
            first_hearing.add(heard_key)
            ahead.append(plan)
        else:
            behind.append(plan)
    return Work((*ahead, *behind), n_kept=n_kept, n_known=len(behind))


def _likely_s(plan: Planned) -> float:
    """The length of a recording as its size lets guess, seconds: good for an order, for nothing else."""
    ending = Path(plan.item.path).suffix.lower()
    return plan.size_bytes / TYPICAL_BYTES_PER_S.get(ending, SPOKEN_BYTES_PER_S)


def do(
    work: Work, store: ResultStore, engine: BatchEngine, *, observe: Callable[[BatchProgress], None]
) -> BatchProgress:
    """Have it all done, keep every outcome at once, and say after each how far the run is.

    Raises EngineError when no worker can be started, StoreError.
    """
    meter = Meter(work.todo)
    observe(meter.progress())
    jobs = {plan.job.key: plan.job for plan in work.todo if plan.job}
    with closing(engine.run(_with_memory(jobs.values(), store))) as outcomes:
        for outcome in outcomes:
            store.keep(jobs[outcome.key], outcome)
            observe(meter.add(outcome))
    return meter.progress()


def _with_memory(jobs: Iterable[Job], store: ResultStore) -> Iterator[Job]:
    """Each job with what was heard before, read when a worker is free for it."""
    for job in jobs:
        yield job if job.given is not None else replace(job, heard=store.heard(job.heard_key))
