"""Short runs of the program that end in a fault, each with the status that it promises for that."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]
FIXTURES: Final = ROOT / "audio_fixtures"
LIMIT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class ShortRun:
    """One run: what was typed, the status promised and met, what it said, how long it took."""

    words: tuple[str, ...]
    wanted: int
    met: int
    said: str
    took_s: float

    @property
    def is_kept(self) -> bool:
        """The promise: the status, a word about the fault, and none of the interpreter's or the system's."""
        return self.met == self.wanted and bool(self.said) and "Traceback" not in self.said


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that are no recordings, by what is wrong with them."""
    whole = (FIXTURES / "short_3s.flac").read_bytes()
    contents = {
        "empty.wav": b"",
        "text.wav": "客户因为快递晚了三天\n".encode() * 50,
        "head.wav": b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\0\0\0",
        "cut.flac": whole[:60],
        "zeros.mp3": bytes(5000),
        "scrambled.flac": whole[:4] + bytes(byte ^ 0x5A for byte in whole[4:]),
        "torn.m4a": b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0" + bytes(100),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents} | {"absent": folder / "absent.wav", "folder": folder}


def commands(folder: Path) -> list[tuple[tuple[str, ...], int]]:
    """What is typed, with the status that is promised."""
    bad = {name: str(path) for name, path in bad_files(folder).items()}
    short, call = str(FIXTURES / "short_3s.flac"), str(FIXTURES / "two_party_call.flac")
    out, page = str(folder / "out.json"), str(folder / "out.html")
    alone = [(("score", path), 3) for path in bad.values()]
    return [
        *alone,
        (("score", *bad.values()), 3),
        (("score", bad["text.wav"], "--json", out), 3),
        (("score", bad["cut.flac"], "--prompt", "late_delivery", "--html", page), 3),
        (("score", bad["empty.wav"], bad["text.wav"], "--agent-channel", "0"), 3),
        (("score", short, "--channel", "7"), 3),  # its header is fine, so loading has begun
        (("score", call, "--agent-channel", "7"), 3),
        (("score", short, "--prompt", "no_such_prompt"), 2),
        (("score", short, "--model", "no_such_model"), 2),
        (("prompts", "try", "no_such_prompt", "您好"), 2),
        (("practise", "--text-only"), 2),
        (("agree", bad["text.wav"], bad["text.wav"]), 2),
    ]


def short_runs(folder: Path, *, n: int, at_once: int = 2) -> Iterator[ShortRun]:
    """``n`` runs of the commands in turn, ``at_once`` side by side: busy cores cut more threads off."""
    typed = itertools.islice(itertools.cycle(commands(folder)), n)
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda run: _run(*run), typed)


def _run(words: tuple[str, ...], wanted: int) -> ShortRun:
    begun_s = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", *words], capture_output=True, text=True, errors="replace",
        check=False, timeout=LIMIT_S, cwd=ROOT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return ShortRun(words, wanted, done.returncode, done.stderr, time.monotonic() - begun_s)
