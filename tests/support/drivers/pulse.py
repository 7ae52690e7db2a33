"""A private PulseAudio server without hardware: what the program plays is heard on its sink.

Nothing here needs root, a sound card or a network.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

TAP_RATE_HZ = 48_000
PROGRAMS = ("pulseaudio", "pactl", "parec", "paplay", "pacat")
START_LIMIT_S = 20.0
SCRIPT = """.fail
load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1 auth-cookie-enabled=0
load-module module-null-sink norewinds=1 sink_name=mic_cable rate=48000 channels=1 channel_map=mono
load-module module-null-sink sink_name=speaker rate=48000 channels=2
load-module module-remap-source source_name=virtmic master=mic_cable.monitor channels=1
set-default-source virtmic
set-default-sink speaker
"""


def wait_until(done: Callable[[], bool], what: str, limit_s: float = START_LIMIT_S) -> None:
    end_s = time.monotonic() + limit_s
    while not done():
        if time.monotonic() > end_s:
            raise TimeoutError(what)
        time.sleep(0.02)


@dataclass
class Tap:
    """What was heard: float (n,) at TAP_RATE_HZ, filled when the tap is closed."""

    samples: NDArray[np.float64]


class Pulse:
    """One server. ``env`` is what a client needs."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pa-"))  # short: a socket's path has at most 107 letters
        (self.folder / "test.pa").write_text(SCRIPT.format(folder=self.folder))
        (self.folder / "daemon.conf").write_text(
            "default-sample-rate = 48000\nexit-idle-time = -1\nenable-shm = no\nrealtime-scheduling = no\n"
            "high-priority = no\nflat-volumes = no\n"
        )
        own = {"XDG_RUNTIME_DIR": "", "PULSE_RUNTIME_PATH": "run", "PULSE_STATE_PATH": "state"}
        own |= {"PULSE_CONFIG": "daemon.conf", "PULSE_COOKIE": "cookie"}
        dropped = {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "PULSE_SINK", "PULSE_SOURCE"}
        self.env = {name: value for name, value in os.environ.items() if name not in dropped}
        self.env |= {name: str(self.folder / value) for name, value in own.items()}
        self.env["PULSE_SERVER"] = f"unix:{self.folder}/native"
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "-F", self.folder / "test.pa", "--daemonize=no", "--use-pid-file=no"],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(self._is_up, "pulseaudio is up")
        except BaseException:
            self.stop()
            raise

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            msg = f"pulseaudio ended with {self.process.returncode}"
            raise RuntimeError(msg)
        return (
            subprocess.run(["pactl", "info"], env=self.env, capture_output=True, check=False).returncode == 0
        )

    @contextlib.contextmanager
    def tap(self) -> Iterator[Tap]:
        """Hear what is played inside the block."""
        heard, raw = Tap(np.zeros(0)), self.folder / "tap.raw"
        raw.unlink(missing_ok=True)
        recorder = subprocess.Popen(
            [
                "parec",
                "-d",
                "speaker.monitor",
                "--raw",
                "--format=s16le",
                f"--rate={TAP_RATE_HZ}",
                "--channels=1",
                "--latency-msec=20",
                str(raw),
            ],
            env=self.env,
        )
        try:
            wait_until(lambda: raw.exists() and raw.stat().st_size > 0, "the tap hears")
            yield heard
            time.sleep(0.3)  # what the server still holds
        finally:
            recorder.terminate()
            recorder.wait()
        heard.samples = np.fromfile(raw, "<i2") / 32768.0

    def ctl(self, *words: str) -> None:
        """Tell the server something, as ``pactl`` does."""
        subprocess.run(["pactl", *words], env=self.env, capture_output=True, check=True, timeout=20)

    def say(self, wav: Path) -> subprocess.Popen[bytes]:
        """Speak a file into the microphone; the process ends when all was said."""
        return subprocess.Popen(["paplay", "-d", "mic_cable", str(wav)], env=self.env)

    def mute(self) -> None:
        """Let the microphone give zeros."""
        self.ctl("set-source-mute", "virtmic", "1")

    def suspend(self, *, on: bool) -> None:
        """Let the microphone send nothing, without a word, until it is let go on."""
        self.ctl("suspend-source", "virtmic", str(int(on)))

    def unplug(self) -> None:
        """Take all microphones away."""
        self.ctl("unload-module", "module-remap-source")
        self.ctl("unload-module", "module-null-sink")

    def freeze(self) -> None:
        """Stop the server where it is; :meth:`stop` lets it go on."""
        self.process.send_signal(signal.SIGSTOP)

    def pipe(self) -> int:
        """A second microphone, ``pipemic``, that hears what is written into the descriptor returned, at once.

        16 bit, mono, TAP_RATE_HZ. The caller closes the descriptor.
        """
        fifo = str(self.folder / "pipe")
        self.ctl(
            "load-module",
            "module-pipe-source",
            "source_name=pipemic",
            f"file={fifo}",
            "format=s16le",
            f"rate={TAP_RATE_HZ}",
            "channels=1",
        )
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)

    def kill(self) -> None:
        """End the server as a pulled plug would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
