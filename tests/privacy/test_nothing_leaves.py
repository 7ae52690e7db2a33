"""Nothing leaves the machine, and nothing is written but where the program says.

Each command runs in a network namespace that has the loopback and nothing else, and under a trace that shows
whom it *would* have called. A reporting library wants time (onnxruntime called home some ten seconds into a
run), so each runs for half a minute, or to its end where that comes first.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from practising import PROGRAM
from pulse import PROGRAMS, Pulse
from requirements import need_module, need_programs
from terminal import Terminal
from tracing import Trace, bare_environment, need_tracing, outside

from voicecoach.adapters.folders import cache_folder
from voicecoach.audio import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = [pytest.mark.weights, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "audio_fixtures"
LONG_S = 30.0
N_RECORDINGS, REPEATED = 4, 2
ANSWER = "非常抱歉给您带来不便，我马上帮您查一下快递到哪里了。"
JACKS = Path("/dev/shm/jack_db-0").with_name(f"jack_db-{os.getuid()}")  # noqa: S108 - JACK's
"""Where JACK, inside PortAudio, keeps the list of its clients, for all programs."""


class Stage:
    """Folders of one run, all of them empty at first, and the trace of what is done there."""

    def __init__(self, root: Path) -> None:
        self.root, self.home, self.out = root, root / "home", root / "out"
        self.temporary = Path(tempfile.mkdtemp(prefix="tr-"))  # short: Ray makes sockets there
        for folder in (self.home, self.out, root / "run"):
            folder.mkdir()
        self.victim = root / "victim.txt"
        self.victim.write_text("mine")
        (self.temporary / ".ses").symlink_to(self.victim)
        self.trace = Trace(root / "trace.txt", ROOT)
        self.env: Mapping[str, str] = bare_environment(
            self.home,
            VOICECOACH_DATA_DIR=str(root / "data"),
            VOICECOACH_CACHE_DIR=str(cache_folder()),
            TMPDIR=str(self.temporary),
            XDG_RUNTIME_DIR=str(root / "run"),
        )

    def run(self, *command: str | Path, held: bool = False) -> int:
        """Run the program; ``held``: nobody reads its standard output for half a minute."""
        read, write = os.pipe()
        if held:
            _fill(write)
        with (self.root / "said.txt").open("wb") as said:
            program = subprocess.Popen(
                self.trace.command(PROGRAM, *command), env=self.env, cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=write, stderr=said,
            )  # fmt: skip
        os.close(write)
        begun_s = time.monotonic()
        reader = threading.Timer(LONG_S if held else 0.0, _drain, [read])
        reader.start()
        status = program.wait()
        reader.join()
        assert not held or time.monotonic() - begun_s >= LONG_S
        return status

    def check(self, *theirs: Path) -> None:
        """Nobody was called, and nothing is left behind but where it belongs."""
        assert self.trace.strangers() == []
        allowed = (self.root / "data", cache_folder(), self.out, self.root / "run", *theirs)
        assert outside(self.trace.written(), allowed) == []
        assert [path.name for path in self.temporary.iterdir()] == [".ses"]
        assert list(self.home.iterdir()) == []
        assert (self.temporary / ".ses").is_symlink()
        assert self.victim.read_text() == "mine"


def _fill(write: int) -> None:
    os.set_blocking(write, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, bytes(1 << 12))
    os.set_blocking(write, True)


def _drain(read: int) -> None:
    with os.fdopen(read, "rb") as pipe:
        while pipe.read(1 << 16):
            pass


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    need_tracing()
    made = Stage(tmp_path)
    yield made
    shutil.rmtree(made.temporary)


@pytest.fixture
def pulse() -> Iterator[Pulse]:
    need_programs("sound", *PROGRAMS)
    server = Pulse()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of answers, long enough together to keep two workers busy for half a minute."""
    folder = tmp_path_factory.mktemp("recordings")
    sound = decode.load(FIXTURES / "late_delivery_good.flac").waveform
    for number in range(1, N_RECORDINGS + 1):
        samples = np.tile(sound.samples, REPEATED) * (number / N_RECORDINGS)
        with wave.open(str(folder / f"answer{number}.wav"), "wb") as file:
            file.setparams((1, 2, sound.rate_hz, 0, "NONE", ""))
            file.writeframes((samples * 32767).astype("<i2").tobytes())
    return folder


def test_the_trace_sees_who_calls_and_what_is_written(stage: Stage) -> None:
    """Else the tests below would prove nothing: an engine is loaded as other programs load it."""
    program = (
        "import onnxruntime, socket, time\n"
        "called = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try: called.connect(('192.0.2.1', 53))\n"
        "except OSError: pass\n"
        "socket.socketpair()\n"
        "open('stray.txt', 'w').close()\n"
    )
    command = stage.trace.command(sys.executable, "-c", program)
    subprocess.run(command, env=stage.env, cwd=stage.home, check=True, capture_output=True)
    trace = Trace(stage.trace.file, stage.home)
    assert trace.strangers() == ["connect 192.0.2.1"]
    stray = outside(trace.written(), [stage.root / "run"])
    queue = stage.home / ".cache/Microsoft/DeveloperTools/.onnxruntime/onnxruntime.db"
    assert {stage.home / "stray.txt", queue, stage.temporary / ".ses"} <= set(stray)
    assert stage.victim.read_text() != "mine"  # it writes through the link


def test_score(stage: Stage) -> None:
    files = [FIXTURES / "late_delivery_good.flac", FIXTURES / "numbers_zh.flac"]
    pages = ("--json", stage.out / "a.json", "--html", stage.out / "a.html")
    status = stage.run("score", *files, "--prompt", "late_delivery", *pages, held=True)
    assert status == 0
    assert (stage.out / "a.json").stat().st_size > 1000
    stage.check()


@pytest.mark.parametrize("engine", ["pool", "ray"])
def test_batch(stage: Stage, recordings: Path, engine: str) -> None:
    status = stage.run(
        "batch", recordings, "--out", stage.out / "batch", "--prompt", "late_delivery", "--engine", engine,
        "--workers", "2",
    )  # fmt: skip
    assert status == 0
    assert (stage.out / "batch" / "report.html").exists()
    stage.check()
    if engine == "ray":
        assert stage.trace.loopback_calls() > 10


def test_doctor(stage: Stage, pulse: Pulse) -> None:
    stage.env = {**stage.env, **_server(pulse)}
    assert stage.run("doctor") in {0, 4}
    stage.check(JACKS, pulse.folder)


def test_doctor_where_nothing_plays_sound(stage: Stage) -> None:
    """As in a container: nobody says where a sound server would keep what is its own."""
    stage.env = {name: value for name, value in stage.env.items() if name != "XDG_RUNTIME_DIR"}
    assert stage.run("doctor") in {0, 4}
    stage.check(JACKS)


def _server(pulse: Pulse) -> dict[str, str]:
    """What a client of the server needs."""
    return {name: pulse.env[name] for name in ("PULSE_SERVER", "PULSE_COOKIE", "PULSE_RUNTIME_PATH")}


@pytest.mark.parametrize(("engine", "mood"), [("kokoro", "2"), ("pyttsx3", "5")])
def test_speak(stage: Stage, engine: str, mood: str) -> None:
    """The other engine that is onnxruntime's, and the one whose moods are made by numba."""
    need_module("voices", "misaki")
    need_programs("voices", "espeak-ng")
    text = f"您好，请问有什么可以帮您？今天是{time.time_ns() % 28 + 1}号。"
    stage.env = {name: value for name, value in stage.env.items() if name != "XDG_RUNTIME_DIR"}
    options = ("--engine", engine, "--mood", mood, "--save", stage.out / "said.wav")
    assert stage.run("speak", "--text", text, *options, held=engine == "kokoro") == 0
    stage.check()


def test_practise_text_only(stage: Stage, pulse: Pulse) -> None:
    need_programs("terminal", "tmux")
    env = {**stage.env, **_server(pulse)}
    begun_s = time.monotonic()
    terminal = Terminal(stage.trace.command(PROGRAM, "practise", "late_delivery", "--text-only"), env)
    try:
        terminal.wait("打字作答")
        terminal.press("-l", ANSWER)
        terminal.press("Enter", "Enter")
        terminal.wait("m 范例")
        time.sleep(max(0.0, LONG_S - (time.monotonic() - begun_s)))
        terminal.press("q")
        assert terminal.exit_status() == 0
    finally:
        terminal.close()
    stage.check(JACKS, pulse.folder)
