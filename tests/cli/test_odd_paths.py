"""Options that take a path: a pipe, device, folder or impossible name is one line and a status."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli.main import cli

COMMANDS = {
    "check": ("prompts", "check", "--fast", "{}"),
    "list": ("prompts", "list", "--prompts", "{}/x"),
    "show": ("prompts", "show", "late_delivery", "--prompts", "{}/x"),
    "try --file": ("prompts", "try", "late_delivery", "--file", "{}"),
    "try --dialogue": ("prompts", "try", "late_delivery", "--dialogue", "{}"),
    "agree": ("agree", "{}", "marks.csv"),
    "agree sheet": ("agree", "results.jsonl", "{}"),
    "verify": ("models", "verify", "{}"),
    "score --model": ("score", "x.wav", "--model", "{}"),
    "score --profile": ("score", "x.wav", "--profile", "{}.yaml:x"),
    "export": ("history", "export", "--out", "{}"),
}
NAMES = {
    "pipe": "{tmp}/pipe.yaml",
    "endless": "/dev/zero",
    "full": "/dev/full",
    "folder": "{tmp}",
    "no user": "~nosuchuser/x",
    "too long": "x" * 5000,
    "NUL": "a\0b",
    "missing": "{tmp}/missing/x",
    "loop": "{tmp}/loop",
}
WRITES = {("export", "endless")}
"""What is fine: /dev/zero takes whatever is written."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.yaml")
    Path("loop").symlink_to("loop")
    Path("results.jsonl").touch()
    return tmp_path


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_path_makes_more_than_a_line(
    command: tuple[str, ...], name: str, place: Path, request: pytest.FixtureRequest
) -> None:
    before = sorted(place.iterdir())
    result = CliRunner().invoke(cli, [part.format(name.format(tmp=place)) for part in command])
    fine = tuple(request.node.callspec.id.rsplit("-", 1)) in WRITES
    assert isinstance(result.exception, SystemExit) or fine, result.exception
    assert result.exit_code in ((0,) if fine else (1, 2, 3, 4)), result.output
    assert "Traceback" not in result.output
    assert sum("error: " in line.lower() for line in result.output.splitlines()) <= 1 + ("check" in command)
    assert {path.name for path in place.iterdir()} - {path.name for path in before} <= {"data", "cache"}


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("english", "place")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\xff", "not UTF-8"),
        ("早上好".encode("gb18030"), "not UTF-8"),
        ("客服: 您好".encode("utf-16"), "您好"),
    ],
)
def test_a_text_in_another_encoding_is_read_or_told(content: bytes, told: str) -> None:
    Path("said.txt").write_bytes(content)
    run = ["prompts", "try", "late_delivery", "--dialogue", "said.txt"]
    result = CliRunner().invoke(cli, run)
    if told == "您好":
        assert result.exit_code == 0, result.output
    else:
        assert (result.exit_code, told in result.output) == (2, True)
