"""Workers that come and go: who gets which file, who is replaced, and which file is given up.

The engines differ in what a worker is (a process here, an actor there); how a crew of them is led is the
same, and stands here.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from voicecoach.app.batch.attempts import START_LIMIT_S, STARTS_MOST, Try, limit_s
from voicecoach.errors import PREFIX, EngineError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from voicecoach.model.job import Failure, Job, Outcome

READY: Final = "ready"
"""A worker has made its function."""
UNFIT: Final = "unfit"
"""A worker cannot make its function, and no other will; with the Failure."""
LENGTH: Final = "length"
"""A worker begins a recording; with its length in seconds."""
DONE: Final = "done"
"""A worker is through with a job; with the Outcome."""


class WorkerDiedError(Exception):
    """A worker is gone; ``how`` it ended. Never leaves the crew."""

    def __init__(self, how: Message) -> None:
        super().__init__(how.code)
        self.how = how


class Worker(ABC):
    """One worker, always with a file to do, from the side of the crew.

    ``lost`` says how it was lost (None: it was not), ``hung`` that it passed the limit of its file.
    """

    def __init__(self, flight: Try, *, file_timeout_s: float | None) -> None:
        self.flight = flight
        self.started = False
        self.hung = False
        self.lost: Message | None = None
        self.limit_s = START_LIMIT_S
        self._file_timeout_s = file_timeout_s
        self._began_s = time.monotonic()

    @property
    def deadline_s(self) -> float:
        """When it must have said something, on the monotonic clock."""
        return self._began_s + self.limit_s

    def give(self, flight: Try) -> None:
        """Hand it a file; a worker that died meanwhile is noticed at the next look."""
        self.flight = flight
        self._began_s = time.monotonic()
        self.limit_s = limit_s(0.0, file_timeout_s=self._file_timeout_s)
        self._send(flight.job)

    def heard(self) -> Outcome | None:
        """What it has done; None when nothing is done yet, and then :attr:`lost` may say why never.

        Raises EngineError when it cannot make its function.
        """
        try:
            for kind, value in self._messages():
                if kind == DONE:
                    outcome: Outcome = value
                    return outcome
                self._note(kind, value)
        except WorkerDiedError as exc:
            self.lost = exc.how
            return None
        if time.monotonic() >= self.deadline_s:
            self.hung = self.started
            self.lost = Message("batch-no-answer", {"limit_s": f"{self.limit_s:.0f}"})
        return None

    def _note(self, kind: str, value: Any) -> None:  # noqa: ANN401 - what the kind of message brings
        if kind == READY:
            self.started = True
            self.give(self.flight)
        elif kind == LENGTH:
            self.limit_s = limit_s(value, file_timeout_s=self._file_timeout_s)
        elif kind == UNFIT:
            raise _unfit(value)

    @abstractmethod
    def _send(self, job: Job) -> None:
        """Hand over the job without waiting."""

    @abstractmethod
    def _messages(self) -> Iterator[tuple[str, Any]]:
        """What the worker has said and nobody has read, without waiting. Raises WorkerDiedError."""

    @abstractmethod
    def end(self) -> None:
        """Let it go without waiting: there is nothing more to do."""

    @abstractmethod
    def kill(self) -> None:
        """End it now, whatever it does."""


def _unfit(failure: Failure) -> EngineError:
    """What kept a worker from making its function, as it was there."""
    if failure.told is None:
        return EngineError("plain", message=failure.message, remedy=failure.hint)
    told = Message.of_plain(failure.told)
    facts: dict[str, Any] = dict(told.facts)
    return EngineError(told.code.removeprefix(PREFIX), **facts)


W = TypeVar("W", bound=Worker)


class Crew(Generic[W]):
    """Leads up to ``n_workers``; ``hire`` makes one with its first file.

    ``wait`` returns when one of some workers has news, or after so many seconds.
    """

    def __init__(
        self,
        n_workers: int,
        *,
        hire: Callable[[Try], W],
        wait: Callable[[Sequence[W], float], None],
    ) -> None:
        self._n_workers = n_workers
        self._hire = hire
        self._wait = wait
        self._n_false_starts = 0
        self.workers: list[W] = []
        self._leaving: list[W] = []

    def run(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        """One outcome a job, in the order in which they are done; see ``ports.batch.BatchEngine``."""
        source = iter(jobs)
        try:
            for job in islice(source, self._n_workers):
                self.workers.append(self._hire(Try(job)))
            while self.workers:
                left_s = min(worker.deadline_s for worker in self.workers) - time.monotonic()
                self._wait(self.workers, max(0.0, left_s))
                for worker in tuple(self.workers):
                    outcome = self._look_after(worker, source)
                    if outcome is not None:
                        yield outcome
        finally:
            for worker in (*self.workers, *self._leaving):
                worker.kill()
            self.workers.clear()
            self._leaving.clear()

    def _look_after(self, worker: W, source: Iterator[Job]) -> Outcome | None:
        """Hear a worker out; give it the next job, or put a fresh one in its place."""
        outcome = worker.heard()
        if outcome is not None:
            self._n_false_starts = 0
            self._go_on(worker, source)
            return outcome
        return None if worker.lost is None else self._replace(worker, worker.lost, source)

    def _go_on(self, worker: W, source: Iterator[Job]) -> None:
        job = next(source, None)
        if job is not None:
            worker.give(Try(job))
            return
        self.workers.remove(worker)
        self._leaving.append(worker)
        worker.end()

    def _replace(self, worker: W, how: Message, source: Iterator[Job]) -> Outcome | None:
        self.workers.remove(worker)
        worker.kill()
        flight = worker.flight
        if not worker.started:
            self._n_false_starts += 1
            if self._n_false_starts >= STARTS_MOST:
                raise EngineError("batch-workers-do-not-start", how=how, n=STARTS_MOST)
            self.workers.append(self._hire(flight))
            return None
        again = None if worker.hung else flight.again()
        if again is not None:
            self.workers.append(self._hire(again))
            return None
        job = next(source, None)
        if job is not None:
            self.workers.append(self._hire(Try(job)))
        return flight.hung(worker.limit_s) if worker.hung else flight.died(how)
