"""A batch killed at random moments, worker and parent in turn: is the end that of an undisturbed run?

``python tests/benchmarks/bench_kills.py [--kills 10] [--files 6]``

A few short recordings of ``make_batch.py`` and a broken one; the moments are drawn over the length of the
undisturbed run. After a kill the same command is given again; results.jsonl, summary.csv and
results.parquet must then equal those of the undisturbed run to the byte.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "fakes"))
sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "made"))
sys.path.insert(0, str(Path(__file__).parent))

import make_batch
from batch_runs import workers_of
from benchmark import Row, options, show

from voicecoach.adapters.batch.result_tables import TABLES

SMALLEST = (1, 2)
"""Kills and files."""
POOL_FACTOR = 4
"""So many recordings are made for each one taken: the shortest are."""


def inputs(folder: Path, n_files: int) -> Path:
    """A manifest of ``n_files`` short recordings and a broken one."""
    made = make_batch.make(folder, n_files=POOL_FACTOR * n_files + 1, n_broken=1)
    rows = make_batch.rows_in(made)
    whole = [row for row in rows if row["file"].endswith(".wav") and (folder / row["file"]).stat().st_size]
    rest = [row for row in rows if not row["file"].startswith("broken") and row not in whole]
    rest.sort(key=lambda row: (folder / row["file"]).stat().st_size)
    broken = [row for row in rows if row["file"].startswith("broken")]
    return make_batch.write_manifest(folder / "short.csv", [*rest[: n_files - 1], *broken, *whole[:1]])


def command(manifest: Path, out: Path) -> list[str]:
    """The command as a user would type it."""
    return [sys.executable, "-m", "voicecoach", "batch", str(manifest), "--out", str(out), "--json"]


def finish(manifest: Path, out: Path) -> dict[str, bytes]:
    """Run to the end; what was written."""
    done = subprocess.run(command(manifest, out), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return {name: (out / name).read_bytes() for name in TABLES}


def kill(manifest: Path, out: Path, moment_s: float, victim: str) -> bool:
    """Begin, and kill the parent or one worker ``moment_s`` later; whether there was one to kill."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command(manifest, out), **quiet) as process:  # type: ignore[call-overload]  # a dict of options
        try:
            process.wait(moment_s)
        except subprocess.TimeoutExpired:
            pids = [process.pid] if victim == "parent" else workers_of(process.pid)
            for pid in pids[:1]:
                os.kill(pid, signal.SIGKILL)
            process.wait()
            return bool(pids)
        return False


def measure(n_kills: int = 10, n_files: int = 6, *, smallest: bool = False) -> list[Row]:
    """The row of this benchmark."""
    if smallest:
        n_kills, n_files = SMALLEST
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        manifest = inputs(folder / "in", n_files)
        began_s = time.monotonic()
        plain = finish(manifest, folder / "plain")
        took_s = time.monotonic() - began_s
        n_equal = n_hit = 0
        for number in range(n_kills):
            victim = ("worker", "parent")[number % 2]
            out, moment_s = folder / f"out{number}", draw.uniform(0.1, 1.0) * took_s
            n_hit += kill(manifest, out, moment_s, victim)
            equal = finish(manifest, out) == plain
            n_equal += equal
            print(f"{victim} after {moment_s:.1f} of {took_s:.1f} s: {equal=}", file=sys.stderr)
    return [
        {
            "name": "batch killed at random moments and resumed: equal to the byte",
            "value": n_equal,
            "unit": f"of {n_kills}",
            "n": f"{n_hit} hit a running process",
            "interval": "",
            "target": f"{n_kills}",
        }
    ]


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--files", type=int, default=6)
    given = parser.parse_args()
    show(measure(given.kills, given.files, smallest=given.smallest))
