"""The workers of a batch on a Ray cluster: actors that hold the models, one file at a time each.

Ray places the actors and carries jobs and outcomes; which file goes where, the retry of a lost worker and
the back-pressure (an actor never has more than one file) are those of the process pool, and so is the
per-file function. Without an address a cluster of this machine is started, that listens on
127.0.0.1 only, has no dashboard, sends no usage figures, and ends with the run. The recordings must lie
under the same paths on every node.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from voicecoach.app.batch.attempts import STEADY, attempt, made, measured_s
from voicecoach.app.batch.workers import DONE, LENGTH, READY, UNFIT, Crew, Worker, WorkerDiedError
from voicecoach.errors import EngineError, UsageError, VoicecoachError
from voicecoach.model.job import Failure, Outcome
from voicecoach.threads import uninterrupted
from voicecoach.words.catalogue import Message
from voicecoach.words.visible import is_whole

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from voicecoach.app.batch.attempts import Try
    from voicecoach.model.job import Job, Setup

ENVIRONMENT: Final = {
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DEDUP_LOGS": "0",
    **STEADY,
}
"""Read by Ray when it is imported or started, and handed on to the actors of this machine (its usage figures
are switched off by :mod:`voicecoach.offline`)."""
LOOPBACK_ONLY: Final = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
"""Without it Ray takes 127.0.0.1 for a mistake, asks which address a packet to 8.8.8.8 would leave from, and
listens on all of this machine's addresses. It is Ray's own setting for machines that are no cluster."""


class RayEngine:
    """Implements ``ports.batch.BatchEngine``: ``workers`` actors that each make the setup's function once.

    ``address`` is that of a running cluster (``auto``, ``HOST:PORT``); None starts one on this machine.
    Raises UsageError when Ray is not installed.
    """

    def __init__(
        self,
        setup: Setup,
        *,
        workers: int,
        address: str | None = None,
        file_timeout_s: float | None = None,
    ) -> None:
        self._ray = _imported(own_cluster=address is None)
        self._setup = setup
        self._n_workers = workers
        self._address = address
        self._file_timeout_s = file_timeout_s
        self._crew = Crew(workers, hire=self._hire, wait=self._wait)

    def run(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        """As the port says; the connection to the cluster lasts as long as the iterator."""
        temporary = self._connect()
        try:
            yield from self._crew.run(jobs)
        finally:
            with uninterrupted():
                self._ray.shutdown()
                if temporary is not None:
                    shutil.rmtree(temporary, ignore_errors=True)

    def pids(self) -> tuple[int, ...]:
        """The process ids of the actors at this moment, on whatever nodes."""
        starts: list[int | Failure] = self._ray.get([worker.start for worker in self._crew.workers])
        return tuple(pid for pid in starts if isinstance(pid, int))

    def _connect(self) -> str | None:
        """Join the cluster or start one; returns the folder of its own that it may write to."""
        quiet = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
        temporary = None
        try:
            if self._address is not None:
                with _without_command():
                    self._ray.init(address=self._address, **quiet)
                return None
            temporary = tempfile.mkdtemp(prefix="vc-")  # short: a socket's path may have 107 characters
            # Ctrl-C while the cluster starts: at the end of the program, after Ray has ended its processes
            atexit.register(shutil.rmtree, temporary, ignore_errors=True)
            with _without_usage_process(), _without_command():
                self._ray.init(
                    address="local",
                    num_cpus=self._n_workers * self._setup.threads,
                    num_gpus=0,
                    include_dashboard=False,
                    _node_ip_address="127.0.0.1",
                    _temp_dir=temporary,
                    **quiet,
                )
        except (ConnectionError, RuntimeError, ValueError, TimeoutError, OSError) as exc:
            if temporary is not None:
                shutil.rmtree(temporary, ignore_errors=True)
            address = self._address or Message("ray-this-machine")
            raise EngineError("ray-unusable", address=address, cause=str(exc)) from exc
        return temporary

    def _hire(self, flight: Try) -> _Actor:
        return _Actor(self._ray, self._setup, flight, file_timeout_s=self._file_timeout_s)

    def _wait(self, workers: Sequence[_Actor], longest_s: float) -> None:
        self._ray.wait([worker.waited_for for worker in workers], num_returns=1, timeout=longest_s)


def _imported(*, own_cluster: bool) -> Any:
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if own_cluster:
        os.environ |= LOOPBACK_ONLY
    if own_cluster and "RAY_AUTH_MODE" not in os.environ and "ray" not in sys.modules:
        # a cluster of our own gets a token of its own; else Ray writes one into the home folder, and says so
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    try:
        import ray
    except ImportError as exc:
        raise UsageError("ray-missing", cause=str(exc)) from exc
    return ray


@contextlib.contextmanager
def _without_command() -> Iterator[None]:
    """Inside the block a job does not tell the cluster its command line, with the names of files in it.

    Ray takes no stray bytes there, nor in the folder that it is started from and in those of modules.
    """
    from ray._private import utils

    tell, folders = utils.get_entrypoint_name, sys.path
    utils.get_entrypoint_name = lambda: "voicecoach batch"
    sys.path = list(filter(is_whole, folders))
    here = Path.cwd()
    try:
        with contextlib.nullcontext() if is_whole(str(here)) else contextlib.chdir(here.anchor):
            yield
    finally:
        utils.get_entrypoint_name, sys.path = tell, folders


@contextlib.contextmanager
def _without_usage_process() -> Iterator[None]:
    """Inside the block a cluster starts without the process that is left of the dashboard.

    Its one module is that of the usage figures, and it asks the address of the clouds' metadata who the
    machine is rented from even where the figures are switched off. Ray has no setting for that.
    """
    from ray._private.node import Node

    start = Node.start_api_server
    Node.start_api_server = lambda *_, **__: None  # type: ignore[method-assign]  # for this one start
    try:
        yield
    finally:
        Node.start_api_server = start  # type: ignore[method-assign]  # as it was


def open_ray(
    setup: Setup,
    *,
    workers: int,
    address: str | None = None,
    file_timeout_s: float | None = None,
    log: Path | None = None,
) -> RayEngine:
    """The batch engine ``ray`` of the registry; Ray keeps logs of its own, so ``log`` is not written.

    Raises UsageError when Ray is not installed.
    """
    del log
    return RayEngine(setup, workers=workers, address=address, file_timeout_s=file_timeout_s)


class ActorWorker:
    """What runs inside an actor; its methods never raise what is the file's or the weights' fault."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._scorer: Any = None

    def start(self) -> int | Failure:
        """Make the per-file function; the id of this process, or the failure when that cannot be done."""
        try:
            self._scorer = made(self._setup)
        except VoicecoachError as exc:
            return Failure.of(exc)
        return os.getpid()

    def length_s(self, job: Job) -> float | Outcome:
        """As ``attempts.measured_s``."""
        return measured_s(self._scorer, job)

    def score(self, job: Job) -> Outcome:
        """As ``attempts.attempt``."""
        return attempt(self._scorer, job)


class _Actor(Worker):
    """One actor from the driver's side; what it does is one reference that is waited for."""

    def __init__(self, ray: Any, setup: Setup, flight: Try, *, file_timeout_s: float | None) -> None:
        super().__init__(flight, file_timeout_s=file_timeout_s)
        self._ray = ray
        # a fresh actor takes the place of a lost one, since only the crew knows what its file was
        remote = ray.remote(num_cpus=setup.threads, max_restarts=0, max_task_retries=0, max_concurrency=1)(
            ActorWorker
        )
        self._actor = remote.remote(setup)
        self._asked = "start"
        self.start = self.waited_for = self._actor.start.remote()

    def _send(self, job: Job) -> None:
        self._ask("length_s", job)

    def _ask(self, method: str, job: Job) -> None:
        self._asked = method
        self.waited_for = getattr(self._actor, method).remote(job)

    def _messages(self) -> Iterator[tuple[str, Any]]:
        ready, _ = self._ray.wait([self.waited_for], timeout=0)
        if not ready:
            return
        try:
            value = self._ray.get(self.waited_for)
        except self._ray.exceptions.RayError as exc:
            raise WorkerDiedError(_reason(exc)) from exc
        if self._asked == "start":
            yield (UNFIT, value) if isinstance(value, Failure) else (READY, None)
        elif isinstance(value, Outcome):
            yield DONE, value
        else:
            yield LENGTH, value
            self._ask("score", self.flight.job)

    def end(self) -> None:
        """As the crew asks; it is ended with the others."""

    def kill(self) -> None:
        """As the crew asks."""
        self._ray.kill(self._actor, no_restart=True)


def _reason(exc: Exception) -> Message:
    """The kind of loss, the same whatever node and process it happened in."""
    return Message("batch-ended-by", {"signal": type(exc).__name__})
