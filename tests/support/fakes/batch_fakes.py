"""A per-file function for batches that does what the file says, and stand-ins for engine and assessments.

A file's text is an order: ``ok 12.5`` (so many seconds of sound), ``bad`` (an InputError), ``bug``,
``memory``, ``die``, ``die once``, ``crash``, ``hang``, ``hang once``, ``endless`` (its length is never
told), ``wait`` (until the file is changed to another order).
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.app.batch.attempts import attempt, measured_s
from voicecoach.errors import EngineError, InputError
from voicecoach.model.assessment import Assessment, Band, Measurement
from voicecoach.model.audio import Span
from voicecoach.model.job import Job, Outcome
from voicecoach.model.profile import Profile, Weights
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

PROFILE = Profile("fake", "zh", {}, {}, Weights(60.0, 0.0, {}, 0.5, 0.5))
HANG_S = 600.0


class OrderedScorer:
    """Obeys the order in each file."""

    def length_s(self, job: Job) -> float:
        order = Path(job.path).read_text()
        if order == "endless":
            time.sleep(HANG_S)
        if order == "bad":
            raise InputError("plain", message=f"{job.path} is no sound", remedy="record again")
        return 1.0

    def score(self, job: Job) -> Outcome:
        path = Path(job.path)
        order, _, rest = path.read_text().partition(" ")
        if rest == "once":
            path.write_text("ok 1.0")
        match order:
            case "die":
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
            case "crash":
                os.abort()
            case "hang":
                time.sleep(HANG_S)
            case "bug":
                msg = f"nobody thought of {job.path}"
                raise ZeroDivisionError(msg)
            case "memory":
                raise MemoryError
            case "wait":
                while path.read_text() == "wait":
                    time.sleep(0.01)
        return Outcome(job.key, judged(job.sha256, float(rest or 1.0)), heard=heard(job))


def ordered() -> OrderedScorer:
    return OrderedScorer()


def unfit() -> OrderedScorer:
    raise EngineError("plain", message="the weights are not here", remedy="install them")


def still_born() -> OrderedScorer:
    os._exit(7)


def numpy_threads() -> ThreadScorer:
    return ThreadScorer()


class ThreadScorer(OrderedScorer):
    """Says as the name of the recording how many threads matrix products may use."""

    def score(self, job: Job) -> Outcome:
        return Outcome(job.key, judged(job.sha256, source=os.environ.get("OPENBLAS_NUM_THREADS", "")))


def judged(sha256: str, duration_s: float = 1.0, **changed: Any) -> Assessment:
    """An assessment, as small as one can be."""
    made = Provenance("fake", "1", "", "")
    words = (Word("您好", Span(0.0, 0.5), 1.0),)
    plain: dict[str, Any] = {
        "source": "any.wav",
        "language": "zh",
        "profile": "fake",
        "transcript": Transcript(words, "zh", made),
        "measurements": (Measurement("speech_rate", 200.0, "字/min", "d"),),
        "bands": {"speech_rate": Band((160, 240), (130, 280), "")},
        "coverage": None,
        "scores": (),
        "total": None,
        "advice": (),
        "refusals": (),
        "provenance": {"recogniser": made},
    }
    return Assessment(sha256=sha256, duration_s=duration_s, **plain | changed)


def heard(job: Job) -> dict[str, Transcript]:
    """What is heard in the file of a job."""
    return {job.heard_key: Transcript((), "zh", Provenance("fake", "1", "", ""))}


def job(path: Path, order: str) -> Job:
    """A job whose file holds the order."""
    path.write_text(order)
    name = path.stem
    return Job(
        key=f"key-{name}",
        heard_key=f"heard-{name}",
        path=str(path),
        sha256=f"sha-{name}",
        language="zh",
        prompt=None,
        profile=PROFILE,
    )


class HandEngine:
    """An engine of this process that takes ``n_workers`` jobs and finishes whichever ``choose`` says.

    ``done`` counts the jobs; after ``break_after`` of them it is interrupted, as by Ctrl-C.
    """

    def __init__(
        self,
        choose: Callable[[int], int] = lambda _n: 0,
        *,
        n_workers: int = 2,
        break_after: int | None = None,
    ) -> None:
        self._choose = choose
        self._n_workers = n_workers
        self._break_after = break_after
        self.done: list[str] = []
        self.heard: dict[str, Mapping[str, Transcript] | None] = {}

    def run(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        scorer = OrderedScorer()
        source = iter(jobs)
        flying = [found for _, found in zip(range(self._n_workers), source, strict=False)]
        while flying:
            if len(self.done) == self._break_after:
                raise KeyboardInterrupt
            one = flying.pop(self._choose(len(flying)))
            self.done.append(one.key)
            self.heard[one.key] = one.heard
            length_s = measured_s(scorer, one)
            yield length_s if isinstance(length_s, Outcome) else attempt(scorer, one)
            flying += [found for _, found in zip(range(1), source, strict=False)]
