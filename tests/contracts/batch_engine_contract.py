"""What every engine of a batch must do, on this machine or on a cluster: one suite, run on each."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from batch_fakes import job

from voicecoach.errors import EngineError
from voicecoach.model.job import Setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voicecoach.model.job import Job, Outcome

GENEROUS_S = 60.0
"""Longest that a test waits for what must come, seconds."""


class BatchEngineContract:
    """Subclasses give :meth:`engine`."""

    def engine(self, setup: Setup, *, workers: int, file_timeout_s: float | None = None) -> Any:
        raise NotImplementedError

    def outcomes(self, jobs: list[Job], **options: Any) -> dict[str, Outcome]:
        engine = self.engine(Setup("batch_fakes:ordered"), **{"workers": 2, **options})
        found = list(engine.run(jobs))
        assert sorted(outcome.key for outcome in found) == sorted(one.key for one in jobs)
        return {outcome.key: outcome for outcome in found}

    def test_every_file_has_one_outcome_whatever_befalls_the_others(self, tmp_path: Path) -> None:
        orders = {
            "good": "ok 3.0",
            "bad": "bad",
            "bug": "bug",
            "memory": "memory",
            "die": "die",
            "fragile": "die once",
            "last": "ok 2.0",
        }
        found = self.outcomes([job(tmp_path / name, order) for name, order in orders.items()])
        told = {key: outcome.failure for key, outcome in found.items() if outcome.failure}
        assert {key: (failure.code, failure.attempts) for key, failure in told.items()} == {
            "key-bad": ("input", 1),
            "key-bug": ("internal", 1),
            "key-memory": ("engine", 1),
            "key-die": ("worker_lost", 2),
        }
        assert told["key-bad"].message == "{file} is no sound"
        assert told["key-bug"].message == "{file}: unexpected ZeroDivisionError: nobody thought of {file}"
        good = found["key-good"].assessment
        assert good is not None
        assert (good.source, good.sha256, good.duration_s) == ("any.wav", "sha-good", 3.0)
        assert list(found["key-fragile"].heard or ()) == ["heard-fragile"]

    def test_a_file_that_hangs_is_tried_once_and_the_others_are_done(self, tmp_path: Path) -> None:
        jobs = [
            job(tmp_path / "stuck", "hang"),
            job(tmp_path / "slow", "hang once"),
            job(tmp_path / "a", "ok"),
        ]
        found = self.outcomes(jobs, file_timeout_s=1.0)
        tries = {key: outcome.failure and outcome.failure.attempts for key, outcome in found.items()}
        assert tries == {"key-stuck": 1, "key-slow": 1, "key-a": None}
        assert {key: outcome.failure and outcome.failure.code for key, outcome in found.items()} == {
            "key-stuck": "timeout",
            "key-slow": "timeout",
            "key-a": None,
        }
        assert found["key-stuck"].failure.message == "{file}: not done within 1 s"  # type: ignore[union-attr]  # it has one

    def test_a_file_that_hung_is_done_by_the_next_run(self, tmp_path: Path) -> None:
        slow = job(tmp_path / "slow", "hang once")
        hung = self.outcomes([slow], file_timeout_s=1.0)["key-slow"].failure
        assert hung is not None
        assert not hung.lasting
        assert self.outcomes([slow])["key-slow"].failure is None

    def test_length_that_is_never_told_is_under_the_limit_too(self, tmp_path: Path) -> None:
        found = self.outcomes(
            [job(tmp_path / "endless", "endless"), job(tmp_path / "a", "ok")], file_timeout_s=1.0
        )
        told = {key: outcome.failure and outcome.failure.code for key, outcome in found.items()}
        assert told == {"key-endless": "timeout", "key-a": None}

    def test_a_job_is_taken_only_when_a_worker_is_free(self, tmp_path: Path) -> None:
        taken = 0

        def jobs() -> Iterator[Job]:
            nonlocal taken
            for number in range(6):
                taken += 1
                yield job(tmp_path / str(number), "ok")

        engine = self.engine(Setup("batch_fakes:ordered"), workers=2)
        for n_done, _ in enumerate(engine.run(jobs()), start=1):
            assert taken <= n_done + 2

    def test_a_worker_killed_from_outside_costs_its_file_one_try(self, tmp_path: Path) -> None:
        waiting = job(tmp_path / "waiting", "wait")
        engine = self.engine(Setup("batch_fakes:ordered"), workers=2)
        with closing(engine.run([job(tmp_path / "a", "ok"), waiting])) as outcomes:
            assert next(outcomes).key == "key-a"
            victims = engine.pids()
            assert len(victims) == 1
            os.kill(victims[0], signal.SIGKILL)
            (tmp_path / "waiting").write_text("ok 4.0")
            outcome = next(outcomes)
        assert outcome.key == "key-waiting"
        assert outcome.assessment is not None
        assert outcome.assessment.duration_s == 4.0

    def test_closing_ends_the_workers(self, tmp_path: Path) -> None:
        engine = self.engine(Setup("batch_fakes:ordered"), workers=2)
        outcomes = engine.run([job(tmp_path / "a", "ok"), job(tmp_path / "b", "hang")])
        next(outcomes)
        pids = engine.pids()
        outcomes.close()
        until = time.monotonic() + GENEROUS_S
        while any(_alive(pid) for pid in pids) and time.monotonic() < until:
            time.sleep(0.02)
        assert not any(_alive(pid) for pid in pids)

    def test_missing_weights_end_the_run_with_their_own_words(self, tmp_path: Path) -> None:
        engine = self.engine(Setup("batch_fakes:unfit"), workers=2)
        with pytest.raises(EngineError, match="the weights are not here"):
            list(engine.run([job(tmp_path / "a", "ok")]))

    def test_workers_that_cannot_start_end_the_run(self, tmp_path: Path) -> None:
        engine = self.engine(Setup("batch_fakes:still_born"), workers=1)
        with pytest.raises(EngineError, match="do not start"):
            list(engine.run([job(tmp_path / "a", "ok")]))

    def test_matrix_products_have_one_thread(self, tmp_path: Path) -> None:
        engine = self.engine(Setup("batch_fakes:numpy_threads", threads=2), workers=1)
        (outcome,) = engine.run([job(tmp_path / "a", "ok")])
        assert outcome.assessment is not None
        assert outcome.assessment.source == "1"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
