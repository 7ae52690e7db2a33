"""Short runs on files that cannot be used, and on what is typed wrong, end with the status that they promise.

A thread that was still loading ended one run of forty with a signal instead. ``bench_ends.py`` does the same
five hundred times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from short_runs import commands, short_runs

if TYPE_CHECKING:
    from pathlib import Path

N_RUNS = 40


@pytest.mark.weights
def test_forty_short_runs_end_with_the_promised_status(tmp_path: Path) -> None:
    runs = list(short_runs(tmp_path, n=N_RUNS))
    assert len(runs) == N_RUNS > len(commands(tmp_path))
    assert [(run.words, run.wanted, run.met, run.said) for run in runs if not run.is_kept] == []
