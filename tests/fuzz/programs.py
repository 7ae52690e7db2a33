"""The program run as its user runs it, in a home of its own, and what must hold however bad its input is.

No traceback, no signal, a documented exit status, no more than :data:`MOST_S` and :data:`MOST_MB`, no file
changed that was there, none left behind but those that were asked for, nothing for a terminal to obey.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_S: Final = 60.0
"""Longest that one command may take, seconds; a batch of n files n times as long."""
MOST_MB: Final = 2048
"""Largest resident memory of any process, MiB."""
DOCUMENTED: Final = frozenset({0, 1, 2, 3, 4, 5})
_CRASH: Final = re.compile(
    r"Traceback \(most recent call last\)|Fatal Python error|Segmentation fault|core dumped|Aborted|"
    r"terminate called|Exception ignored|RecursionError|MemoryError"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LAUNCHER: Final = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
"""
"""A process begins with the memory of who starts it: a small one starts the program, and tells its end."""
_UNITS_A_MIB: Final = 1024.0**2 if sys.platform == "darwin" else 1024.0
"""Linux counts resident memory in KiB, macOS in bytes."""
_SHOWN: Final = 400
_RESULTS_MOST: Final = 4000
"""Longest message on standard error, characters: what was met is cut, however long it is."""


@dataclass(frozen=True)
class Fault:
    """The case, the command, and what did not hold."""

    case: str
    command: tuple[str, ...]
    what: str
    output: str

    def __str__(self) -> str:
        command = " ".join(ascii(part) for part in self.command)
        return f"{self.case}: {command}\n    {self.what}\n    {self.output!r}"


@dataclass(frozen=True)
class Ran:
    """One run: exit status (negative is a signal), what was printed, time in s, largest process in MiB."""

    status: int
    out: str
    err: str
    seconds: float
    peak_mb: float


@dataclass
class Home:
    """A home, a temporary folder and an input folder of their own, for one series of commands."""

    root: Path
    own_cache: bool = False
    case: str = ""
    faults: list[Fault] = field(default_factory=list)
    n_runs: int = 0
    slowest_s: float = 0.0
    largest_mb: float = 0.0

    def __post_init__(self) -> None:
        for folder in (self.data, self.inputs, self.outputs, self.temporary, self.home):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def data(self) -> Path:
        """Our data folder."""
        return self.root / "data"

    @property
    def cache(self) -> Path:
        """Our cache: the user's, with the weights, or one of this home with a link to the weights."""
        from voicecoach.adapters.folders import cache_folder

        if not self.own_cache:
            return cache_folder()
        cache = self.root / "cache"
        if not cache.exists():
            cache.mkdir(mode=0o700)
            (cache / "models").symlink_to(cache_folder() / "models")
            for kept in ("vectors", "jieba.cache"):
                copy = shutil.copytree if (cache_folder() / kept).is_dir() else shutil.copy
                copy(cache_folder() / kept, cache / kept)
        return cache

    @property
    def inputs(self) -> Path:
        """What may not change."""
        return self.root / "in"

    @property
    def outputs(self) -> Path:
        """What is asked for; the working folder of the commands, too."""
        return self.root / "out"

    @property
    def temporary(self) -> Path:
        """Empty before and after."""
        return self.root / "tmp"

    @property
    def home(self) -> Path:
        """A home that nothing may be written into."""
        return self.root / "home"

    def run(
        self,
        *arguments: str | Path,
        allowed: Collection[int] = DOCUMENTED,
        asked: Collection[str] = (),
        n_files: int = 1,
    ) -> Ran:
        """Run ``voicecoach ARGUMENTS`` and note each rule that it breaks.

        ``allowed``: statuses that may come. ``asked``: what of the output folder was asked for, by its
        first part. ``n_files``: so many times the limit of time.
        """
        command = tuple(str(argument) for argument in arguments)
        before = self._watched()
        result = _measured(
            [sys.executable, "-m", "voicecoach", *command],
            self._environment(),
            self.outputs,
            MOST_S * n_files,
        )
        self.n_runs += 1
        self.slowest_s, self.largest_mb = (
            max(self.slowest_s, result.seconds / n_files),
            max(self.largest_mb, result.peak_mb),
        )
        for what in self._broken(result, allowed, MOST_S * n_files):
            self._note(command, what, result)
        self._compare(command, before, asked, result)
        return result

    def _note(self, command: tuple[str, ...], what: str, result: Ran) -> None:
        said = result.err if result.err.strip() else result.out
        self.faults.append(Fault(self.case, command, what, said[-_SHOWN:]))

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "VOICECOACH_CACHE_DIR": str(self.cache),
            "VOICECOACH_DATA_DIR": str(self.data),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        }

    def _watched(self) -> dict[Path, str]:
        return {
            path: _digest(path)
            for folder in (self.inputs, self.outputs, self.temporary, self.home)
            for path in sorted(folder.rglob("*"))
        }

    @staticmethod
    def _broken(result: Ran, allowed: Collection[int], limit_s: float) -> list[str]:
        said = result.out + result.err
        told = [
            (f"took longer than {limit_s:.0f} s", result.seconds > limit_s),
            (f"ended by status {result.status}", result.status not in allowed),
            (f"crashed: {found[0]}" if (found := _CRASH.search(said)) else "", found is not None),
            (f"needed {result.peak_mb:.0f} MiB", result.peak_mb > MOST_MB),
            (f"sent {odd[0]!r} to the terminal" if (odd := _CONTROL.search(said)) else "", odd is not None),
            ("failed without a word", result.status not in (0, 5) and not said.strip()),
            (f"said {len(result.err)} characters", len(result.err) > _RESULTS_MOST),
        ]
        return [what for what, holds in told if holds]

    def _compare(
        self, command: tuple[str, ...], before: dict[Path, str], asked: Collection[str], result: Ran
    ) -> None:
        after = self._watched()
        for path, digest in before.items():
            wanted = path.is_relative_to(self.outputs) and path.relative_to(self.outputs).parts[0] in asked
            if after.get(path) != digest and not wanted:
                self._note(command, f"changed {path.relative_to(self.root)}", result)
        for path in after.keys() - before.keys():
            if path.is_relative_to(self.outputs) and path.relative_to(self.outputs).parts[0] in asked:
                continue
            self._note(command, f"left {path.relative_to(self.root)} behind", result)


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"link {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"


def _measured(command: Sequence[str], environment: dict[str, str], folder: Path, limit_s: float) -> Ran:
    """Run it in a group of its own; its whole group ends with the limit."""
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile() as end,
    ):
        start_s = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, end.name, *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        try:
            process.wait(limit_s + 1.0)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        seconds = time.monotonic() - start_s
        told = end.read().split()
        status, largest = map(int, told) if told else (-signal.SIGKILL, 0)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "surrogateescape"))
    return Ran(status, texts[0], texts[1], seconds, largest / _UNITS_A_MIB)
