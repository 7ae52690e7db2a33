"""What every engine of a batch does alike: one try of one job, its time limit, and when it is given up."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from voicecoach.errors import EngineError, VoicecoachError
from voicecoach.model.job import FILE_MARK, INTERNAL, LOST, TIMEOUT, Failure, Outcome
from voicecoach.words.catalogue import Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from voicecoach.model.job import Job, Setup
    from voicecoach.ports.batch import FileScorer

ATTEMPTS_MOST: Final = 2
"""A file whose worker dies is tried once more; a second worker lost is the file's fault.

One that passes its time limit is not: a second try would cost as much time again and end alike, and the next
run does it anyway."""
BASE_LIMIT_S: Final = 60.0
"""Time that any file may take, seconds: more than a worker needs to load whatever it loads late."""
LIMIT_RATIO: Final = 2.0
"""Time that a file may take on top, x its length. Recognition takes about .1 x on one core."""
START_LIMIT_S: Final = 300.0
"""Time that a worker may take to load its models, seconds."""
STARTS_MOST: Final = 3
"""Workers in a row that may die while starting before the run is given up."""
INTERNAL_STATUS: Final = 1
STEADY: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Environment of a worker, before numpy is loaded: matrix products of several threads round differently,
and the recogniser's words follow the last digit of its spectra. So with one thread the same recording gets
the same words on any number of cores and workers."""


def limit_s(length_s: float, *, file_timeout_s: float | None) -> float:
    """Time that a file of ``length_s`` may take; ``file_timeout_s`` replaces the rule."""
    return BASE_LIMIT_S + LIMIT_RATIO * length_s if file_timeout_s is None else file_timeout_s


def made(setup: Setup) -> FileScorer:
    """The per-file function that the setup names, made in this process. Raises what it raises."""
    os.environ.update(STEADY)
    module, _, name = setup.factory.partition(":")
    return cast("FileScorer", getattr(importlib.import_module(module), name)(**setup.options))


def attempt(scorer: FileScorer, job: Job) -> Outcome:
    """One try; an error that is told becomes a failure, and so does one that nobody foresaw."""
    try:
        return scorer.score(job)
    except Exception as exc:  # noqa: BLE001 - one bad file must never end the run
        return Outcome(job.key, failure=_failure(exc, job))


def measured_s(scorer: FileScorer, job: Job) -> float | Outcome:
    """The length that the job's limit follows, or the failure that asking for it met."""
    try:
        return scorer.length_s(job)
    except Exception as exc:  # noqa: BLE001 - as above
        return Outcome(job.key, failure=_failure(exc, job))


def _failure(exc: Exception, job: Job) -> Failure:
    path = shown(job.path)
    if isinstance(exc, VoicecoachError):
        return Failure.of(exc, path=path)
    if isinstance(exc, MemoryError):
        return Failure.of(EngineError("batch-memory-short", file=FILE_MARK))
    unexpected = Message(
        "error-batch-unexpected", {"file": FILE_MARK, "kind": type(exc).__name__, "what": str(exc)}
    )
    return Failure.worded(INTERNAL, unexpected, INTERNAL_STATUS, path=path)


@dataclass(frozen=True, slots=True)
class Try:
    """A job under way, and how often it has cost a worker before."""

    job: Job
    lost: int = 0

    def again(self) -> Try | None:
        """The next try after a worker died; None when there is none."""
        return replace(self, lost=self.lost + 1) if self.lost + 1 < ATTEMPTS_MOST else None

    def died(self, how: Message) -> Outcome:
        """The last try cost its worker too; ``how`` it ended."""
        return self._given_up(LOST, "error-batch-worker-died", how=how)

    def hung(self, limit_s: float) -> Outcome:
        """The try took longer than ``limit_s``."""
        return self._given_up(TIMEOUT, "error-batch-timeout", limit_s=f"{limit_s:.0f}")

    def _given_up(self, kind: str, code: str, **facts: object) -> Outcome:
        n_tries = self.lost + 1
        told = Message(code, {"file": FILE_MARK, "n": n_tries, **facts})
        failure = Failure.worded(kind, told, EngineError.exit_status, attempts=n_tries)
        return Outcome(self.job.key, failure=failure)
