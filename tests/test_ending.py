"""The process ends with its status, whatever its engines still do: in threads, or when taken apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voicecoach.threads import SideThreads, uninterrupted

ROOT = Path(__file__).parents[1]
TAKEN_APART = """
import atexit, ctypes, os, sys, threading, time
import voicecoach.__main__ as program
import voicecoach.cli.main as face

class AtTheEnd:  # as a destructor of an engine's library that finds its thread running
    def __del__(self, die=os.abort): die()

def cli():
    sys.modules["an_engine"] = kept = AtTheEnd()
    kept.itself = kept
    atexit.register(print, "closed in order", flush=True)
    {body}

face.cli = cli
program.main()
"""


def ended(body: str, *, limit_s: float = 20.0) -> tuple[int, str]:
    """Status and output of the program with that ``body`` for its command line."""
    run = subprocess.run(
        [sys.executable, "-c", TAKEN_APART.format(body=body)], capture_output=True, text=True, check=False,
        cwd=ROOT, timeout=limit_s,
    )  # fmt: skip
    return run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("sys.exit(3)", 3),
        ("sys.exit(0)", 0),
        ("return", 0),
        ("sys.exit('a last word')", 1),
        ("raise RuntimeError('nobody caught it')", 1),
    ],
)
def test_the_status_is_the_promised_one_and_what_was_registered_is_done(body: str, status: int) -> None:
    met, said = ended(body)
    assert (met, "closed in order" in said) == (status, True)


def test_a_thread_that_runs_on_does_not_change_the_status() -> None:
    met, said = ended("threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); sys.exit(5)")
    assert (met, said.strip()) == (5, "closed in order")


def test_an_engine_that_never_ends_does_not_keep_the_program() -> None:
    begun_s = time.monotonic()
    met, _ = ended("program.ENDING_MOST_S = 1.0; atexit.register(time.sleep, 60); sys.exit(3)")
    assert met == 3
    assert time.monotonic() - begun_s < 15


def test_an_interrupted_program_waits_for_no_thread() -> None:
    begun_s = time.monotonic()
    met, _ = ended("threading.Thread(target=time.sleep, args=(15,)).start(); sys.exit(130)")
    assert met == 130
    assert time.monotonic() - begun_s < 10


@pytest.mark.parametrize("n_times", [1, 2, 3])
def test_ctrl_c_again_and_again_is_an_interruption(n_times: int) -> None:
    body = "print('begun', flush=True); time.sleep(30)"
    program = subprocess.Popen(
        [sys.executable, "-c", TAKEN_APART.format(body=body)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=ROOT,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "begun\n"
    for _ in range(n_times):
        os.kill(program.pid, signal.SIGINT)
    said = program.communicate(timeout=20)[1]
    assert (program.returncode, said) == (130, "")


def held(pool: SideThreads, seconds: float, n_tasks: int, done: list[int]) -> None:
    def task() -> None:
        time.sleep(seconds)
        done.append(1)

    for _ in range(n_tasks):
        pool.submit(task)


def test_side_threads_wait_for_all_when_nothing_went_wrong() -> None:
    done: list[int] = []
    with SideThreads(1) as pool:
        held(pool, 0.01, 5, done)
    assert len(done) == 5


def test_side_threads_give_up_what_waits_after_an_error() -> None:
    done: list[int] = []
    pool = SideThreads(1)
    held(pool, 0.2, 20, done)
    error = ValueError("a fault")
    pool.__exit__(ValueError, error, None)
    assert len(done) <= 2


def test_side_threads_do_not_wait_after_ctrl_c() -> None:
    done: list[int] = []
    pool = SideThreads(1)
    held(pool, 3.0, 3, done)
    begun_s = time.monotonic()
    pool.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert time.monotonic() - begun_s < 2.0
    assert not done


def test_cleaning_up_is_not_broken_off_by_ctrl_c() -> None:
    done: list[str] = []
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("cleaned up")
    assert done == ["cleaned up"]
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_an_interrupted_program_does_what_was_registered_when_nobody_must_be_waited_for() -> None:
    met, said = ended("sys.exit(130)")
    assert (met, said.strip()) == (130, "closed in order")
