"""`voicecoach calibrate` at a real sound server: the voice over the virtual card, the latency of its loop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pulse import TAP_RATE_HZ, Pulse

from voicecoach.app.setup.sound_path import N_PLAYS, chirp
from voicecoach.audio import decode
from voicecoach.features.extract import extract
from voicecoach.metrics.agitation import voiced_units
from voicecoach.units import st_to_hz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

CALM = Path(__file__).parents[3] / "audio_fixtures" / "rate_usual_zh.flac"
F0_RATIO = 0.01
"""How far F0 of what went over the virtual card may lie from that of the file."""
LATENCY_TOLERANCE_S = 0.02
LOOP = ("source=speaker.monitor", "sink=mic_cable", "latency_msec=100", "adjust_time=1")
EARLY_PERCENT = 2.0
"""A block may come late, never early: the earliest tell when a tap began."""
LIMIT_S = 240.0
PROGRAM = """
import json, sys
from dataclasses import asdict, replace
from pathlib import Path
from voicecoach.adapters.sound.microphone import Microphone
from voicecoach.adapters.sound.playback import Loudspeaker
from voicecoach.app.setup.sound_path import measure_latency
with Loudspeaker() as player:
    latency = measure_latency(Microphone(), player, Path(sys.argv[1]))
    reason = latency.reason and latency.reason.words("en")
    print(json.dumps({**asdict(replace(latency, reason=None)), "reason": reason}))
"""


@pytest.fixture
def start(pulse: Pulse, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start ``calibrate`` in a room with some noise; nothing outlives the test."""
    started: list[subprocess.Popen[Any]] = []
    env = {**pulse.env, "VOICECOACH_DATA_DIR": str(tmp_path / "data")}

    def begin(*options: str) -> subprocess.Popen[str]:
        with Path("/dev/urandom").open("rb") as random:
            hiss = ["pacat", "-d", "mic_cable", "--raw", "--format=s16le", "--rate=48000", "--channels=1"]
            started.append(
                subprocess.Popen([*hiss, "--volume=6500"], env=pulse.env, stdin=random)
            )  # (6500 / 65536)^3 = -60 dB
        command = [sys.executable, "-m", "voicecoach", "calibrate", *options, "--ui", "en"]
        program = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(program)
        return program

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def wait_for(program: subprocess.Popen[str], text: str) -> str:
    """What it says on standard error until ``text`` comes."""
    assert program.stderr is not None
    said = ""
    for line in program.stderr:
        said += line
        if text in line:
            return said
    pytest.fail(f"it never said {text!r}: {said}")


@dataclass
class StampedTap:
    """What one source of the server gives, on the clock of ``time.monotonic()``."""

    process: subprocess.Popen[bytes]
    blocks: list[bytes] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, pulse: Pulse, source: str) -> StampedTap:
        options = ["--raw", "--format=s16le", f"--rate={TAP_RATE_HZ}", "--channels=1", "--latency-msec=5"]
        process = subprocess.Popen(["parec", "-d", source, *options], env=pulse.env, stdout=subprocess.PIPE)
        tap = cls(process)
        tap.thread = threading.Thread(target=tap._read)
        tap.thread.start()
        return tap

    thread: threading.Thread = field(init=False)

    def _read(self) -> None:
        assert self.process.stdout is not None
        n_samples = 0
        while block := os.read(self.process.stdout.fileno(), 65_536):
            n_samples += len(block) // 2
            self.starts_s.append(time.monotonic() - n_samples / TAP_RATE_HZ)
            self.blocks.append(block)

    def chirps_s(self) -> NDArray[np.float64]:
        """When each chirp began; ends the tap."""
        self.process.terminate()
        self.thread.join()
        self.process.communicate()
        heard = b"".join(self.blocks)
        sound = np.frombuffer(heard[: len(heard) // 2 * 2], "<i2").astype(float)
        n_samples = len(sound) + TAP_RATE_HZ
        spectrum = np.fft.rfft(sound, n_samples) * np.conj(np.fft.rfft(chirp(TAP_RATE_HZ), n_samples))
        product = np.fft.irfft(spectrum, n_samples)[: len(sound)]
        places = []
        for _ in range(N_PLAYS):
            places.append(int(np.argmax(product)))
            product[max(0, places[-1] - TAP_RATE_HZ // 2) : places[-1] + TAP_RATE_HZ // 2] = 0.0
        first_s = float(np.percentile(self.starts_s, EARLY_PERCENT))
        return np.sort(places) / TAP_RATE_HZ + first_s


@pytest.mark.sound
def test_a_reading_over_the_virtual_card(pulse: Pulse, start: Callable[..., subprocess.Popen[str]]) -> None:
    pulse.ctl("load-module", "module-loopback", *LOOP)
    taps = [StampedTap.of(pulse, source) for source in ("speaker.monitor", "virtmic")]
    try:
        program = start("me", "--no-speak", "--json")
        wait_for(program, "now read it")
    finally:
        played_s, heard_s = (tap.chirps_s() for tap in taps)
    assert pulse.say(CALM).wait(LIMIT_S) == 0
    out, err = program.communicate("\n", timeout=LIMIT_S)
    assert (program.returncode, err) == (0, "")
    document = json.loads(out)
    made, latency = document["profile"], document["latency"]
    units = voiced_units(extract(decode.load(CALM).waveform))
    direct = st_to_hz(float(np.median([unit.f0_st for unit in units])))
    true_s = float(np.median(heard_s - played_s))
    print(f"F0 {made['f0_median_hz']:.2f} Hz, direct {direct:.2f} Hz; latency {latency}, true {true_s:.4f} s")
    assert made["f0_median_hz"] == pytest.approx(direct, rel=F0_RATIO)
    assert latency["latency_s"] == pytest.approx(true_s, abs=LATENCY_TOLERANCE_S)
    assert (made["device"], document["checks"][0]["state"]) == ("default", "ok")


@pytest.mark.sound
def test_where_nothing_is_heard_no_latency_is_guessed(pulse: Pulse, tmp_path: Path) -> None:
    env = {**pulse.env, "VOICECOACH_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "path.wav")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=LIMIT_S)
    found = json.loads(done.stdout)
    assert (found["latency_s"], found["n_heard"], found["spread_s"]) == (None, 0, None)
    assert "did not hear the loudspeaker" in found["reason"]


@pytest.mark.sound
def test_a_muted_microphone_is_told_at_once(
    pulse: Pulse, start: Callable[..., subprocess.Popen[str]]
) -> None:
    pulse.mute()
    out, err = start("me").communicate(timeout=LIMIT_S)
    assert "nothing but zeros" in err
    assert out == ""
