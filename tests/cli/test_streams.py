"""Streams that are closed, broken or full cost their words and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FIXTURES: Final = ROOT / "audio_fixtures"
FULL: Final = Path("/dev/full")
LOST: Final = "error: standard output did not take all of it: "
COUNT: Final = " prompts"
"""The end of what a list says of itself on standard error."""
COMMANDS: Final = (
    "prompts list",
    "prompts show late_delivery",
    "prompts list --json",
    "models list",
    "--help",
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams of POSIX")


def ran(command: str, redirection: str, folder: Path) -> tuple[int, str, str]:
    """The program in a shell, with its streams as they are redirected; what it says lies in files."""
    done = subprocess.run(
        [
            "bash",
            "-o",
            "pipefail",
            "-c",
            f"({sys.executable} -m voicecoach {command} {redirection}) >out 2>err",
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "VOICECOACH_UI": "en",
            "VOICECOACH_DATA_DIR": str(folder / "data"),
        },
        check=False,
    )
    out, err = (folder / "out").read_text("utf-8"), (folder / "err").read_text("utf-8")
    assert "Traceback" not in out + err
    assert "Exception ignored" not in err
    return done.returncode, out, err


def call(folder: Path) -> None:
    """A recording with its words, so that nothing has to be recognised."""
    shutil.copy(FIXTURES / "short_3s.flac", folder / "a.flac")
    words = [{"text": "您好", "start_s": 1.0, "end_s": 1.5}]
    (folder / "a.json").write_text(json.dumps({"words": words}))
    (folder / "list.csv").write_text("file,transcript\na.flac,a.json\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_a_standard_output_that_takes_nothing_is_told_in_one_line(
    tmp_path: Path, command: str, redirection: str
) -> None:
    status, out, err = ran(command, redirection, tmp_path)
    assert (status, out) == (1, "")
    assert [line.startswith(LOST) for line in err.splitlines() if not line.endswith(COUNT)] == [True]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_who_leaves_is_told_nothing(tmp_path: Path, command: str) -> None:
    status, _, err = ran(command, "| true", tmp_path)
    assert status in {0, 1}  # all may have been written before the reader left
    assert err == "" or err.strip().endswith(COUNT)


@pytest.mark.parametrize(
    "command", [*COMMANDS, "prompts try late_delivery --dialogue -", "review", "history list"]
)
@pytest.mark.parametrize("redirection", ["<&-", "2>&-", "2>/dev/full"])
def test_other_streams_cost_nothing_of_standard_output(
    tmp_path: Path, command: str, redirection: str
) -> None:
    status, _, _ = ran(command, redirection, tmp_path)
    assert status in {0, 2}


def test_all_streams_closed(tmp_path: Path) -> None:
    assert ran("prompts list", "<&- >&- 2>&-", tmp_path) == (1, "", "")


@pytest.mark.parametrize(
    "redirection", [">/dev/full", ">&-", "| true", "<&- >&- 2>&-", ">/dev/full 2>/dev/full"]
)
def test_a_batch_writes_its_files_whatever_becomes_of_its_streams(tmp_path: Path, redirection: str) -> None:
    call(tmp_path)
    status, _, err = ran("batch list.csv --out o --workers 1", redirection, tmp_path)
    assert status in {0, 1}
    assert err.count(LOST) <= 1
    for name in ("results.jsonl", "summary.csv", "results.parquet", "report.html"):
        assert (tmp_path / "o" / name).stat().st_size
    assert ran("batch list.csv --out o --json", "", tmp_path)[0] == 0


@pytest.mark.weights
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "| true"])
def test_a_report_that_was_asked_for_is_written(tmp_path: Path, redirection: str) -> None:
    call(tmp_path)
    ran("score a.flac --html page.html --json a_result.json", redirection, tmp_path)
    assert (tmp_path / "page.html").stat().st_size
    assert json.loads((tmp_path / "a_result.json").read_text("utf-8"))["recording"]["source"] == "a.flac"
