"""Workers of this machine: the contract, what a crash is called, and the end of the parent."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from batch_engine_contract import GENEROUS_S, BatchEngineContract, _alive
from batch_fakes import job

from voicecoach.adapters.batch.process_pool import ProcessPool
from voicecoach.model.job import Setup

TESTS = Path(__file__).parents[2] / "support" / "fakes"

PARENT = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from batch_fakes import job
from voicecoach.adapters.batch.process_pool import ProcessPool
from voicecoach.model.job import Setup
if __name__ == "__main__":
    pool = ProcessPool(Setup("batch_fakes:ordered"), workers=2)
    outcomes = pool.run([job(Path(sys.argv[2]) / "a", "ok"), job(Path(sys.argv[2]) / "b", "hang")])
    next(outcomes)
    print(*pool.pids(), flush=True)
    next(outcomes)
"""


class TestProcessPool(BatchEngineContract):
    def engine(self, setup: Setup, *, workers: int, file_timeout_s: float | None = None) -> Any:
        return ProcessPool(setup, workers=workers, file_timeout_s=file_timeout_s)


def test_the_reason_names_the_signal_and_the_log_the_place(tmp_path: Path) -> None:
    pool = ProcessPool(Setup("batch_fakes:ordered"), workers=1, log=tmp_path / "log")
    (outcome,) = pool.run([job(tmp_path / "a", "die")])
    assert outcome.failure is not None
    assert outcome.failure.message == ("{file}: the worker died (SIGKILL, often for want of memory), 2 times")
    assert outcome.failure.exit_status == 4
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_a_crash_leaves_its_stack_in_the_log(tmp_path: Path) -> None:
    pool = ProcessPool(Setup("batch_fakes:ordered"), workers=1, log=tmp_path / "log")
    (outcome,) = pool.run([job(tmp_path / "a", "crash once")])
    assert outcome.failure is None
    assert "Fatal Python error: Aborted" in (tmp_path / "log").read_text()


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script), str(TESTS), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 1
    until = time.monotonic() + GENEROUS_S
    while any(_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(_alive(pid) for pid in pids)
