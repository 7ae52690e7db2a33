"""Progress on standard error: plain lines where there is no terminal, a bar where there is one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from voicecoach.cli.progress import TerminalProgress
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    import pytest

NOW = Message("batch-ended-by", {"signal": "…"})


def test_the_first_and_the_last_part_are_told_and_few_between(capsys: pytest.CaptureFixture[str]) -> None:
    with TerminalProgress("en") as progress:
        for n_parts in (3, 2):
            progress.stage(n_parts)
            for n_done in range(n_parts + 1):
                progress.done(n_done, NOW)
        progress.note(Message("batch-interrupted"))
    assert capsys.readouterr().err.splitlines() == [
        "[0/3] …",
        "[3/3] …",
        "[0/2] …",
        "[2/2] …",
        "What was done is kept; the same command goes on from here.",
    ]


def test_every_part_is_told_when_that_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with TerminalProgress("zh", line_every_s=0.0) as progress:
        progress.stage(None, Message("batch-nothing-to-do"))
        progress.done(1, NOW)
        progress.done(2, NOW)
    assert capsys.readouterr().err.splitlines() == ["没有要做的：结果都是最新的", "[1/?] …", "[2/?] …"]


def test_a_terminal_gets_a_bar_that_ends_before_a_note(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with TerminalProgress("en") as progress:
        progress.stage(2)
        progress.done(1, Message("batch-ended-by", {"signal": "[half] way"}))
        progress.note(Message("batch-interrupted"))
    shown = capsys.readouterr().err
    assert "1/2" in shown
    assert "[half] way" in shown
    assert shown.endswith("What was done is kept; the same command goes on from here.\n")
