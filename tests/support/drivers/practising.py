"""A virtual sound card, and the practice started at it in a real terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pulse import PROGRAMS, Pulse
from requirements import need_programs
from terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Start = Callable[..., Terminal]

PROGRAM = Path(sys.executable).with_name("voicecoach")
PROMPT = "late_delivery"


@pytest.fixture
def pulse() -> Iterator[Pulse]:
    need_programs("sound", *PROGRAMS)
    server = Pulse()
    yield server
    server.stop()


@pytest.fixture
def start(tmp_path: Path, pulse: Pulse) -> Iterator[Start]:
    """Start a practice with options, and ``more`` of its environment; all terminals end with the test."""
    need_programs("terminal", "tmux")
    opened: list[Terminal] = []

    def begin(*options: str, columns: int = 100, more: Mapping[str, str] | None = None) -> Terminal:
        env = {
            "PULSE_SERVER": pulse.env["PULSE_SERVER"],
            "VOICECOACH_DATA_DIR": str(tmp_path / "data"),
            "LANG": "C.UTF-8",
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
            **(more or {}),
        }
        opened.append(Terminal([PROGRAM, "practise", PROMPT, *options], env, columns=columns))
        return opened[-1]

    yield begin
    for terminal in opened:
        terminal.close()
