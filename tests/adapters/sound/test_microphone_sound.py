"""The microphone on a real sound server: what is spoken is kept, exactly, and whatever breaks is told."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import threading
import time
import wave
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pulse import TAP_RATE_HZ, Pulse, wait_until
from recorder_contract import RecorderContract

from voicecoach.adapters.sound.take_file import recover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.ports import LiveRecording

    Run = Callable[[dict[str, str], Path], "Program"]

pytestmark = pytest.mark.sound

SPEECH_S = 3.0
DURATION_TOLERANCE_S = 0.05
LOSS_LIMIT_S = 1.0
"""What a kill may take of a recording."""
CLOCK_TOLERANCE_S = 0.06
KILL_SEEDS = range(int(os.environ.get("VOICECOACH_KILLS", "3")))
"""Moments at which a recording is killed; VOICECOACH_KILLS=10 tries ten."""
LIMIT_S = 60.0

PROGRAM = """
import json, select, sys
from pathlib import Path
from voicecoach.adapters.sound.microphone import Microphone
from voicecoach.errors import VoicecoachError
try:
    recording = Microphone().record(Path(sys.argv[1]))
except VoicecoachError as exc:
    print(json.dumps({"error": exc.kind, "message": exc.message, "hint": exc.hint}), flush=True)
    sys.exit(exc.exit_status)
with recording:
    while recording.elapsed_s == 0.0 and not recording.ended.wait(0.01): pass
    print("recording", flush=True)
    while not recording.ended.is_set():
        if select.select([sys.stdin], [], [], 0.05)[0]:
            break
    zeros = recording.all_zeros
    path = recording.stop()
print(json.dumps({
    "path": str(path), "fault": str(recording.fault or ""), "rate_hz": recording.rate_hz, "zeros": zeros,
    "silent": recording.silent_zeros, "n_overflows": recording.n_overflows, "missing_s": recording.missing_s,
    "elapsed_s": recording.elapsed_s, "first_s": recording.first_sample_monotonic_s,
}), flush=True)
"""


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise in the band of speech, 48 kHz: it correlates with itself at one place only."""
    n_samples = round(SPEECH_S * TAP_RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(n_samples))
    frequency_hz = np.fft.rfftfreq(n_samples, 1 / TAP_RATE_HZ)
    spectrum[(frequency_hz < 100) | (frequency_hz > 6000)] = 0
    sound = np.fft.irfft(spectrum, n_samples)
    path = tmp_path_factory.mktemp("speech") / "speech.wav"
    write(path, (sound * 0.1 / sound.std()).clip(-0.95, 0.95))
    return path


def write(path: Path, samples: NDArray[np.float64]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, TAP_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def read(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        assert file.getframerate() == TAP_RATE_HZ
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


class Program:
    """The recorder in a process of its own."""

    def __init__(self, env: dict[str, str], path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)],
            env={**env, "VOICECOACH_CACHE_DIR": str(path.parent / "cache")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline().strip()

    def stop(self) -> dict[str, Any]:
        return self.result("\n")

    def result(self, typed: str = "") -> dict[str, Any]:
        """What it says when it has ended, by itself or by what is typed."""
        if not typed:  # communicate() would end its input
            self.process.wait(LIMIT_S)
        out, err = self.process.communicate(typed, timeout=LIMIT_S)
        assert err == ""
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def run() -> Iterator[Run]:
    """Start recorders; none outlives its test."""
    programs: list[Program] = []

    def begin(env: dict[str, str], path: Path) -> Program:
        programs.append(Program(env, path))
        return programs[-1]

    yield begin
    for program in programs:
        program.process.kill()
        program.process.communicate()


@pytest.fixture
def start(run: Run) -> Run:
    """As ``run``, and it does record."""

    def begin(env: dict[str, str], path: Path) -> Program:
        program = run(env, path)
        assert program.first == "recording"
        return program

    return begin


def recorded_s(part: Path) -> float:
    return (part.stat().st_size - 44) / 2 / TAP_RATE_HZ if part.exists() else 0.0


def wait_recorded(part: Path, length_s: float) -> None:
    wait_until(lambda: recorded_s(part) > length_s, f"{length_s:.1f} s are recorded", LIMIT_S)


def place_of(spoken: NDArray[np.int16], heard: NDArray[np.int16]) -> int:
    """Where in ``heard`` the spoken begins: by correlation in the frequency domain."""
    n_samples = len(spoken) + len(heard)
    product = np.fft.rfft(heard, n_samples) * np.conj(np.fft.rfft(spoken, n_samples))
    return int(np.argmax(np.fft.irfft(product, n_samples)[: len(heard)]))


def test_what_is_spoken_is_what_is_kept(start: Run, pulse: Pulse, tmp_path: Path, speech: Path) -> None:
    program = start(pulse.env, tmp_path / "a.wav")
    assert pulse.say(speech).wait(LIMIT_S) == 0
    wait_recorded(tmp_path / "a.wav.part", recorded_s(tmp_path / "a.wav.part") + 0.3)
    done = program.stop()
    assert (done["fault"], done["n_overflows"], done["zeros"]) == ("", 0, False)
    spoken, heard = read(speech), read(tmp_path / "a.wav")
    sounding = np.flatnonzero(heard)
    length_s = (sounding[-1] - sounding[0] + 1) / TAP_RATE_HZ
    assert length_s == pytest.approx(SPEECH_S, abs=DURATION_TOLERANCE_S)
    place = place_of(spoken, heard)
    piece = heard[place : place + len(spoken)].astype(float)
    assert np.corrcoef(spoken, piece)[0, 1] > 0.99
    np.testing.assert_array_equal(piece, spoken)  # 48 kHz all the way: not one bit is lost


class TestMicrophone(RecorderContract):
    @pytest.fixture
    def recorder(self, pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setenv("PULSE_SERVER", pulse.env["PULSE_SERVER"])
        from voicecoach.adapters.sound import devices
        from voicecoach.adapters.sound.microphone import Microphone

        devices.refresh(devices.sounddevice())
        return Microphone()

    @pytest.fixture
    def heard(self) -> Callable[[LiveRecording], None]:
        return lambda recording: wait_until(lambda: recording.elapsed_s >= 0.6, "it hears", LIMIT_S)


def kill_and_recover(start: Run, pulse: Pulse, folder: Path, speech: Path, after_s: float) -> float:
    """Kill a recording at that length; returns what was lost, seconds."""
    part = folder / "a.wav.part"
    program = start(pulse.env, folder / "a.wav")
    speaking = pulse.say(speech)
    begun_s = time.monotonic() - recorded_s(part)
    wait_recorded(part, after_s)
    program.process.kill()
    lived_s = time.monotonic() - begun_s
    program.process.communicate()
    speaking.terminate()
    speaking.wait()
    kept = read(part)
    recovered = read(recover(part))
    assert len(recovered) >= len(kept) > 0
    assert not part.exists()
    return lived_s - len(recovered) / TAP_RATE_HZ


@pytest.mark.parametrize("seed", KILL_SEEDS)
def test_a_kill_loses_less_than_a_second(
    start: Run, pulse: Pulse, tmp_path: Path, speech: Path, seed: int
) -> None:
    after_s = random.Random(seed).uniform(0.2, 4.0)
    lost_s = kill_and_recover(start, pulse, tmp_path, speech, after_s)
    print(f"killed at {after_s:.2f} s: lost {1000 * lost_s:.0f} ms")
    assert lost_s < LOSS_LIMIT_S


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("unplug", "the microphone has gone; what was said until then is kept"),
        ("kill", "the microphone has gone; what was said until then is kept"),
        ("freeze", "the microphone has sent nothing for 3 s; what was said before is kept"),
    ],
)
def test_a_microphone_that_goes_away_is_told_and_what_was_said_is_kept(
    start: Run, pulse: Pulse, tmp_path: Path, speech: Path, fault: str, message: str
) -> None:
    part = tmp_path / "a.wav.part"
    program = start(pulse.env, tmp_path / "a.wav")
    speaking = pulse.say(speech)
    wait_recorded(part, 1.0)
    getattr(pulse, fault)()
    kept_s = recorded_s(part)
    done = program.result()
    speaking.kill()
    speaking.wait()
    assert message in done["fault"]
    assert len(read(tmp_path / "a.wav")) / TAP_RATE_HZ >= kept_s
    assert read(tmp_path / "a.wav").any()


def test_a_suspended_microphone_goes_on_and_what_is_missing_is_counted(
    start: Run, pulse: Pulse, tmp_path: Path
) -> None:
    part = tmp_path / "a.wav.part"
    program = start(pulse.env, tmp_path / "a.wav")
    wait_recorded(part, 1.5)
    pulse.suspend(on=True)
    time.sleep(1.5)
    pulse.suspend(on=False)
    wait_recorded(part, recorded_s(part) + 1.0)
    done = program.stop()
    assert done["fault"] == ""
    assert done["missing_s"] > 1.0


def test_no_sound_server_is_told(run: Run, tmp_path: Path) -> None:
    env = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none"}
    program = run(env, tmp_path / "a.wav")
    _, err = program.process.communicate(timeout=LIMIT_S)
    told = json.loads(program.first)
    assert (program.process.returncode, told["error"], err) == (4, "device", "")
    assert "no microphone can be used: Error querying device -1" in told["message"]
    assert not list(tmp_path.glob("a.wav*"))


def test_a_server_without_a_microphone_is_told(run: Run, pulse: Pulse, tmp_path: Path) -> None:
    pulse.unplug()
    program = run(pulse.env, tmp_path / "a.wav")
    _, err = program.process.communicate(timeout=LIMIT_S)
    assert err == ""
    assert "microphone" in json.loads(program.first)["message"]
    assert not list(tmp_path.glob("a.wav*"))


def test_a_muted_microphone_gives_zeros_and_they_are_noticed(
    start: Run, pulse: Pulse, tmp_path: Path, speech: Path
) -> None:
    pulse.mute()
    program = start(pulse.env, tmp_path / "a.wav")
    assert pulse.say(speech).wait(LIMIT_S) == 0
    done = program.stop()
    assert (done["zeros"], done["silent"], done["fault"]) == (True, True, "")


def test_the_clock_of_the_recording_is_that_of_the_program(start: Run, pulse: Pulse, tmp_path: Path) -> None:
    """A click is written into the device at a known moment of ``time.monotonic()``."""
    pipe = pulse.pipe()
    clicked_s, wanted, ended = list[float](), threading.Event(), threading.Event()

    def feed() -> None:
        begun_s, number = time.monotonic(), 0
        while not ended.is_set():
            block = np.zeros(TAP_RATE_HZ // 100, "<i2")
            if wanted.is_set() and not clicked_s:
                block[:] = 8000
                clicked_s.append(time.monotonic())
            with contextlib.suppress(BlockingIOError):  # nobody hears it yet
                os.write(pipe, block.tobytes())
            number += 1
            time.sleep(max(0.0, begun_s + number / 100 - time.monotonic()))

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        program = start({**pulse.env, "PULSE_SOURCE": "pipemic"}, tmp_path / "a.wav")
        wait_recorded(tmp_path / "a.wav.part", 1.5)
        wanted.set()
        wait_until(lambda: bool(clicked_s), "the click is written", LIMIT_S)
        wait_recorded(tmp_path / "a.wav.part", recorded_s(tmp_path / "a.wav.part") + 1.0)
        done = program.stop()
    finally:
        ended.set()
        feeder.join()
        os.close(pipe)
    at_s = np.flatnonzero(read(tmp_path / "a.wav") > 4000)[0] / TAP_RATE_HZ
    error_s = done["first_s"] + at_s - clicked_s[0]
    print(f"clock: {1000 * error_s:+.1f} ms")
    assert abs(error_s) < CLOCK_TOLERANCE_S


PROMPT_PROGRAM = """
import sys, time
from pathlib import Path
import numpy as np
from voicecoach.adapters.sound.microphone import Microphone
from voicecoach.adapters.sound.playback import Loudspeaker
from voicecoach.model.audio import Waveform
tone = Waveform((0.3 * np.sin(np.arange(24000) / 5)).astype(np.float32), 24000)
with Loudspeaker() as loudspeaker, Microphone().record(Path(sys.argv[1])) as recording:
    while recording.elapsed_s < 0.5: time.sleep(0.01)
    loudspeaker.play([tone])
    while recording.first_sample_monotonic_s + recording.elapsed_s < loudspeaker.end_monotonic_s + 0.3:
        time.sleep(0.01)
heard = recording.waveform_so_far()
last_s = np.flatnonzero(np.abs(heard.samples) > 0.05)[-1] / heard.rate_hz
print(recording.first_sample_monotonic_s + last_s - loudspeaker.end_monotonic_s)
"""


def test_the_end_of_a_prompt_is_known_on_the_clock_of_the_recording(pulse: Pulse, tmp_path: Path) -> None:
    """The loudspeaker plays into the microphone: what is played and what is heard meet on one clock."""
    done = subprocess.run(
        [sys.executable, "-c", PROMPT_PROGRAM, str(tmp_path / "a.wav")],
        env={**pulse.env, "PULSE_SINK": "mic_cable"},
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT_S,
    )
    error_s = float(done.stdout)
    print(f"prompt's end: {1000 * error_s:+.1f} ms")
    assert done.stderr == ""
    assert abs(error_s) < CLOCK_TOLERANCE_S
