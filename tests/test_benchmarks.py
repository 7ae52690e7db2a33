"""Every benchmark goes all its ways on its smallest input, and says what it cannot measure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from requirements import need_module, need_programs

FOLDER = Path(__file__).parent / "benchmarks"
FILES = {path.stem: path for path in FOLDER.rglob("bench_*.py")} | {"run": FOLDER / "run.py"}
NAMES = sorted(FILES.keys() - {"run"})
HUMAN = (
    "bench_bands", "bench_fillers", "bench_pauses", "bench_rate", "bench_spoken_language", "bench_streams",
    "bench_tone",
)  # fmt: skip
"""Those that measure nothing without human recordings."""
LEFT_OUT = "Figures on human recordings were not measured"


def run(name: str, *options: str | Path, corpora: Path | None = None) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if key != "VOICECOACH_RUBRIC_DEV"}
    env = known if corpora is None else {**known, "VOICECOACH_CORPORA": str(corpora)}
    return subprocess.run(
        [sys.executable, str(FILES[name]), *map(str, options)],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_no_benchmark_is_left_out_of_the_page() -> None:
    text = (FOLDER / "run.py").read_text("utf-8")
    assert sorted(re.findall(r"^import (bench_\w+)$", text, re.MULTILINE)) == NAMES
    assert sorted(set(re.findall(r"(bench_\w+)\.measure\(.*smallest=smallest\)", text))) == NAMES


def test_the_page_of_the_project_is_not_written_over_with_the_smallest_figures() -> None:
    done = run("run", "--smallest")
    assert done.returncode == 2
    assert "--smallest needs --to FILE" in done.stderr


@pytest.mark.parametrize("name", HUMAN)
def test_without_human_recordings_it_says_so(name: str, tmp_path: Path) -> None:
    done = run(name, "--smallest", corpora=tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert LEFT_OUT in done.stderr


@pytest.mark.weights
@pytest.mark.timeout(900)  # some two minutes where nothing else runs
def test_every_benchmark_runs_on_its_smallest_input(tmp_path: Path) -> None:
    need_programs("browser", "chromium")
    need_module("voices", "misaki")
    page = tmp_path / "page.md"
    done = run("run", "--all", "--smallest", "--to", page)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == str(page)
    sections = page.read_text("utf-8").split("\n## ")[1:]
    n_left_out = len(HUMAN) if LEFT_OUT in page.read_text("utf-8") else 0
    assert len(sections) == len(NAMES) - n_left_out
    for section in sections:
        title, *rows = section.splitlines()
        figures = [row.split("|")[2].strip() for row in rows if row.startswith("| ")][1:]
        assert figures, title
        assert all(re.search(r"\d", figure) for figure in figures), section
