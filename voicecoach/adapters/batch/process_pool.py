"""The workers of a batch on this machine: own processes, a pipe each, so that one may die alone.

``concurrent.futures.ProcessPoolExecutor`` gives up the whole pool when one worker is killed, and cannot end
one that hangs. Here a worker that dies or passes its time limit costs only its own file a try.
Workers are spawned, never forked: the engines' threads do not survive a fork. They ignore Ctrl-C, which is
the parent's to handle, and end by themselves when the parent is gone.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import connection, resource_tracker
from typing import TYPE_CHECKING, Any, Final

from voicecoach.app.batch.attempts import attempt, made, measured_s
from voicecoach.app.batch.workers import DONE, LENGTH, READY, UNFIT, Crew, Worker, WorkerDiedError
from voicecoach.errors import VoicecoachError
from voicecoach.model.job import Failure, Outcome
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from voicecoach.app.batch.attempts import Try
    from voicecoach.model.job import Job, Setup

END_S: Final = 10.0
"""Time that a worker without work, or one that was killed, may take to end, seconds."""


class ProcessPool:
    """Implements ``ports.batch.BatchEngine``: ``workers`` processes that each make the setup's function once.

    ``file_timeout_s`` replaces the time limit of a file; ``log`` takes what the workers say on standard
    error.
    """

    def __init__(
        self, setup: Setup, *, workers: int, file_timeout_s: float | None = None, log: Path | None = None
    ) -> None:
        self._setup = setup
        self._file_timeout_s = file_timeout_s
        self._log = log
        self._crew = Crew(workers, hire=self._hire, wait=_wait)

    def run(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        """As the port says."""
        return self._crew.run(jobs)

    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers at this moment."""
        return tuple(worker.pid for worker in self._crew.workers)

    def _hire(self, flight: Try) -> _Process:
        return _Process(self._setup, flight, file_timeout_s=self._file_timeout_s, log=self._log)


def _start_tracker() -> None:
    """Start the process that clears away what lost workers held, and have it do so without a warning."""
    if sys.platform == "win32":  # which has none
        return
    told = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = "ignore::UserWarning:multiprocessing.resource_tracker"
    try:
        resource_tracker.ensure_running()
    finally:
        if told is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = told


def _wait(workers: Sequence[_Process], longest_s: float) -> None:
    connection.wait([worker.connection for worker in workers], timeout=longest_s)


class _Process(Worker):
    """One process from the parent's side."""

    def __init__(self, setup: Setup, flight: Try, *, file_timeout_s: float | None, log: Path | None) -> None:
        super().__init__(flight, file_timeout_s=file_timeout_s)
        _start_tracker()
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, setup, None if log is None else str(log)), daemon=True
        )
        self._process.start()
        theirs.close()  # else the pipe would not end with the worker

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def _send(self, job: Job) -> None:
        with suppress(OSError):
            self.connection.send(job)

    def _messages(self) -> Iterator[tuple[str, Any]]:
        try:
            while self.connection.poll():
                yield self.connection.recv()
        except (EOFError, OSError) as exc:
            self._process.join(END_S)
            raise WorkerDiedError(_ended(self._process.exitcode)) from exc

    def end(self) -> None:
        """As the crew asks."""
        with suppress(OSError):
            self.connection.send(None)
        self.connection.close()

    def kill(self) -> None:
        """As the crew asks; one that was let go gets the time to end by itself."""
        if self.connection.closed:
            self._process.join(END_S)
        self.connection.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()


def _ended(exitcode: int | None) -> Message:
    """How a process ended."""
    if exitcode is None:
        return Message("batch-ended-pipe")
    if exitcode >= 0:
        return Message("batch-ended-status", {"status": exitcode})
    try:
        name = signal.Signals(-exitcode).name
    except ValueError:
        return Message("batch-ended-signal", {"number": -exitcode})
    return Message("batch-ended-killed" if name == "SIGKILL" else "batch-ended-by", {"signal": name})


def work(parent: Connection, setup: Setup, log: str | None) -> None:
    """A worker's life: make the function, then do one file after another until told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if log is not None:
        _say_into(log)
    try:
        scorer = made(setup)
    except VoicecoachError as exc:
        parent.send((UNFIT, Failure.of(exc)))
        return
    parent.send((READY, None))
    while True:
        try:
            job: Job | None = parent.recv()
        except (EOFError, OSError):
            return
        if job is None:
            return
        length_s = measured_s(scorer, job)
        if isinstance(length_s, Outcome):
            parent.send((DONE, length_s))
            continue
        parent.send((LENGTH, length_s))
        parent.send((DONE, attempt(scorer, job)))


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def open_pool(
    setup: Setup,
    *,
    workers: int,
    address: str | None = None,
    file_timeout_s: float | None = None,
    log: Path | None = None,
) -> ProcessPool:
    """The batch engine ``pool`` of the registry; it never leaves this machine, so ``address`` is no use."""
    del address
    return ProcessPool(setup, workers=workers, file_timeout_s=file_timeout_s, log=log)


def _say_into(log: str) -> None:
    """Standard error goes to the log, with the stack of a crash."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    faulthandler.enable(file=sys.stderr)
