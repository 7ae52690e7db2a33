"""A real terminal for the program: tmux on a socket of its own, driven by keys and read as text."""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIMIT_S = 120.0
POLL_S = 0.05
ENDED = "EXIT-STATUS"


class Terminal:
    """One program in a terminal of ``columns`` x ``rows``."""

    def __init__(
        self, command: Sequence[str | Path], env: Mapping[str, str], *, columns: int = 100, rows: int = 60
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tm-"))  # short: a socket's path has at most 107 letters
        given = " ".join(f"{name}={shlex.quote(value)}" for name, value in env.items())
        program = " ".join(shlex.quote(str(word)) for word in command)
        line = f"env {given} {program}; echo {ENDED}=$?; stty -a; sleep 600"
        size = ["-x", str(columns), "-y", str(rows)]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", *size, line)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self.folder / "s", *words], capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout

    def screen(self) -> str:
        """What stands there, all that went by included."""
        return self._tmux("capture-pane", "-p", "-J", "-S", "-500", "-t", "t").rstrip()

    def wait(self, pattern: str, limit_s: float = LIMIT_S) -> str:
        """Until ``pattern`` stands there; returns the screen."""
        end_s = time.monotonic() + limit_s
        while not re.search(pattern, screen := self.screen()):
            if time.monotonic() > end_s:
                msg = f"{pattern!r} never came:\n{screen}"
                raise TimeoutError(msg)
            time.sleep(POLL_S)
        return screen

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self._tmux("send-keys", "-t", "t", *keys)

    def exit_status(self) -> int:
        """Wait for the end of the program."""
        screen = self.wait(rf"{ENDED}=\d+")
        return int(re.findall(rf"{ENDED}=(\d+)", screen)[-1])

    def pid(self, part: str) -> int:
        """The number of the program's own process, whose command line holds ``part``."""
        shell = self._tmux("list-panes", "-t", "t", "-F", "#{pane_pid}").strip()
        # -ww: a row may else be cut to the width of a screen, and a long path hides the words after it
        listed = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", shell], capture_output=True, text=True, check=True
        )
        for row in listed.stdout.splitlines():
            if part in row:
                return int(row.split()[0])
        msg = f"no process with {part!r} under the terminal's shell:\n{listed.stdout}"
        raise LookupError(msg)

    def close(self) -> None:
        """End the program and the terminal."""
        subprocess.run(["tmux", "-S", self.folder / "s", "kill-server"], capture_output=True, check=False)
        for left in self.folder.iterdir():
            left.unlink(missing_ok=True)
        self.folder.rmdir()
