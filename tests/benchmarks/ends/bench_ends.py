"""Short runs on files that cannot be used, and on what is typed wrong: does each end with its status?

``python tests/benchmarks/ends/bench_ends.py [--runs 500]``

Two run side by side, so that threads that still load meet busy cores at the end of the program.
Interval: Wilson's.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "support" / "drivers"))

from benchmark import Row, options, show, spread
from short_runs import commands, short_runs

from voicecoach.metrics.comparison.statistics import wilson

N_RUNS = 500


def measure(*, smallest: bool = False, n: int = N_RUNS) -> list[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory(prefix="voicecoach-ends-") as folder:
        n_runs = len(commands(Path(folder))) if smallest else n
        runs = list(short_runs(Path(folder), n=n_runs))
    for run in runs:
        if not run.is_kept:
            sys.stderr.write(
                f"{run.wanted} wanted, {run.met} met: {' '.join(run.words)}\n{run.said[-500:]}\n"
            )
    kept = sum(run.is_kept for run in runs)
    low, high = wilson(kept, n_runs)
    took_s = [run.took_s for run in runs]
    counted = {"name": "short runs that end with the promised status", "unit": "", "n": n_runs}
    timed = {"name": "a short run, two side by side (median)", "unit": "s", "n": n_runs}
    return [
        counted | {"value": f"{kept / n_runs:.3f}", "interval": f"{low:.3f}-{high:.3f}", "target": "1.000"},
        timed | {"value": f"{np.median(took_s):.2f}", "interval": spread(took_s), "target": "1"},
    ]


def main() -> None:
    """Measure and print."""
    parser = options(__doc__)
    parser.add_argument("--runs", type=int, default=N_RUNS, metavar="N", help="so many runs")
    given = parser.parse_args()
    show(measure(smallest=given.smallest, n=given.runs))


if __name__ == "__main__":
    main()
