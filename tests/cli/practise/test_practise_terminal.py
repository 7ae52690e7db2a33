"""The practice as it is used: the real program in a real terminal, at a sound card that tests can hear."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soxr
from practising import PROGRAM, PROMPT
from pulse import TAP_RATE_HZ, Pulse, wait_until

from voicecoach.adapters.history.store import TakeStore
from voicecoach.audio import decode
from voicecoach.features import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from terminal import Terminal

    from voicecoach.model.take import Take

    Start = Callable[..., Terminal]

pytestmark = [pytest.mark.sound, pytest.mark.weights]

ROOT = Path(__file__).parents[3]
ANSWER_S = 12.0
DURATION_TOLERANCE_S = 0.05
LOSS_LIMIT_S = 1.0
LATENCY_TOLERANCE_S = 0.06
LATENCIES_S = (0.5, 2.0, 4.0)
SPEAKING, READING, MENU = "Enter 答完", "正在读题|正在合成", "a 再答"
FRAGMENT_MS = 20
KILLED_AT_S = [
    round(random.Random(number).uniform(3.0, ANSWER_S - 1.0), 2)
    for number in range(int(os.environ.get("VOICECOACH_KILLS", "1")))
]
"""When a recording is killed, seconds of sound; VOICECOACH_KILLS=10 tries ten moments."""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of a good answer at the rate of the virtual card: nothing is resampled on the way."""
    recording = decode.load(ROOT / "audio_fixtures" / "late_delivery_good.flac").waveform
    samples = soxr.resample(
        recording.samples[: round(ANSWER_S * recording.rate_hz)], recording.rate_hz, TAP_RATE_HZ
    )
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, TAP_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples.clip(-0.99, 0.99) * 32767).astype("<i2").tobytes())
    return path


def read(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        assert file.getframerate() == TAP_RATE_HZ
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def place_of(spoken: NDArray[Any], heard: NDArray[Any]) -> int:
    """Where in ``heard`` the spoken begins: by correlation in the frequency domain."""
    n_samples = len(spoken) + len(heard)
    product = np.fft.rfft(heard, n_samples) * np.conj(np.fft.rfft(spoken, n_samples))
    return int(np.argmax(np.fft.irfft(product, n_samples)[: len(heard)]))


def likeness(spoken: NDArray[Any], heard: NDArray[Any]) -> float:
    """Correlation at the place where they fit best."""
    place = place_of(spoken, heard)
    piece = heard[place : place + len(spoken)]
    return float(np.corrcoef(spoken[: len(piece)], piece)[0, 1])


def sounding_s(samples: NDArray[np.int16]) -> float:
    places = np.flatnonzero(np.abs(samples.astype(int)) > 1)
    return float(places[-1] - places[0] + 1) / TAP_RATE_HZ


def store(folder: Path) -> TakeStore:
    return TakeStore(folder / "data")


def only_take(folder: Path) -> Take:
    (row,) = store(folder).takes()
    return store(folder).take(row.id)


def assert_is_kept(take: Take, sound: Path, answer: Path) -> None:
    """The take is what was spoken, whole and without a hole."""
    spoken, kept = read(answer), read(sound)
    assert likeness(spoken, kept) > 0.99
    assert sounding_s(kept) == pytest.approx(sounding_s(spoken), abs=DURATION_TOLERANCE_S)
    assert take.duration_s == pytest.approx(len(kept) / TAP_RATE_HZ, abs=DURATION_TOLERANCE_S)
    assert take.n_overflows == 0


def parts(folder: Path) -> list[Path]:
    return list((folder / "data" / "takes").glob("*.part"))


def wait_recorded(folder: Path, length_s: float) -> None:
    wait_until(
        lambda: any(part.stat().st_size > 2 * TAP_RATE_HZ * length_s for part in parts(folder)),
        f"{length_s} s are recorded",
        60.0,
    )


@contextlib.contextmanager
def speaking(pulse: Pulse, answer: Path) -> Iterator[None]:
    """Somebody speaks inside the block, until the end of it at most."""
    player = pulse.say(answer)
    try:
        yield
    finally:
        player.kill()
        player.wait()


def skip_prompt(terminal: Terminal) -> None:
    terminal.wait(READING)
    terminal.press("Enter")
    terminal.wait(SPEAKING)


def test_a_prompt_is_heard_and_an_answer_judged_and_kept(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path
) -> None:
    with pulse.tap() as tap:
        terminal = start()
        terminal.wait(READING)
        terminal.wait(SPEAKING)
    assert pulse.say(answer).wait(60) == 0
    wait_recorded(tmp_path, ANSWER_S + 0.3)
    terminal.press("Enter")
    screen = terminal.wait(MENU)
    assert re.search(r"✓ 听到 +安抚情绪", screen)
    assert "反应时间" in re.sub(r"\s", "", screen)
    terminal.press("q")
    assert terminal.exit_status() == 0
    assert "这次练了 1 个录音" in terminal.screen()
    take = only_take(tmp_path)
    assert (take.state, take.prompt_id, take.device) == ("scored", PROMPT, "default")
    assert take.text
    assert_is_kept(take, store(tmp_path).sound(take), answer)
    saved = tmp_path / "prompt.wav"
    subprocess.run([PROGRAM, "speak", PROMPT, "--save", saved], check=True, capture_output=True)
    with wave.open(str(saved), "rb") as file:
        prompt = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0
        prompt = soxr.resample(prompt, file.getframerate(), TAP_RATE_HZ)
    assert likeness(prompt, tap.samples) > 0.9


def test_silence_ends_an_answer_where_that_is_wished(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path
) -> None:
    terminal = start("--auto-stop", "2.5")
    skip_prompt(terminal)
    assert pulse.say(answer).wait(60) == 0
    terminal.wait("秒后停")
    terminal.wait(MENU)
    take = only_take(tmp_path)
    assert take.state == "scored"
    assert_is_kept(take, store(tmp_path).sound(take), answer)
    terminal.press("q")
    assert terminal.exit_status() == 0


@pytest.mark.parametrize("moment_s", KILLED_AT_S)
def test_a_killed_recording_is_offered_and_judged_at_the_next_start(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path, moment_s: float
) -> None:
    terminal = start()
    skip_prompt(terminal)
    with speaking(pulse, answer):
        wait_recorded(tmp_path, moment_s)
        os.kill(terminal.pid("practise"), signal.SIGKILL)
        killed_s = (parts(tmp_path)[0].stat().st_size - 44) / 2 / TAP_RATE_HZ
    terminal = start()
    terminal.wait("上次的录音还没有评分")
    terminal.press("Enter")
    terminal.wait("n 继续")
    take = only_take(tmp_path)
    assert take.state == "scored"
    kept = read(store(tmp_path).sound(take))
    print(f"killed {moment_s:.2f} s, kept {len(kept) / TAP_RATE_HZ:.2f} s")
    assert len(kept) / TAP_RATE_HZ > killed_s - LOSS_LIMIT_S
    assert likeness(read(answer)[: round(min(4.0, moment_s - 1.5) * TAP_RATE_HZ)], kept) > 0.99
    assert not parts(tmp_path)
    with contextlib.closing(sqlite3.connect(next(tmp_path.rglob("*.db")))) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    terminal.press("q")


def test_a_microphone_that_goes_away_costs_nothing_that_was_said(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path
) -> None:
    terminal = start()
    skip_prompt(terminal)
    with speaking(pulse, answer):
        wait_recorded(tmp_path, 6.0)
        pulse.unplug()
        screen = terminal.wait(MENU)
    assert "麦克风断开了，已录部分都在" in screen
    assert "安抚情绪" in screen
    take = only_take(tmp_path)
    assert likeness(read(answer)[: 4 * TAP_RATE_HZ], read(store(tmp_path).sound(take))) > 0.99


def test_without_a_microphone_the_practice_goes_on_in_writing(start: Start, pulse: Pulse) -> None:
    pulse.unplug()  # both ends
    terminal = start(columns=60)
    terminal.wait("读题，Enter 开始答")
    terminal.press("Enter")
    terminal.wait("Enter 改用文字作答")
    terminal.press("Enter")
    terminal.wait("打字作答")
    terminal.press("先跟您道个歉，让您久等了，您的心情我特别理解", "Enter", "Enter")
    screen = terminal.wait("a 再答 · n 下一题 · m 范例")
    assert re.search(r"✓ 安抚情绪", screen)
    terminal.press("q")
    assert terminal.exit_status() == 0


def test_ctrl_c_keeps_what_was_said_and_leaves_the_terminal_as_it_was(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path
) -> None:
    terminal = start()
    skip_prompt(terminal)
    with speaking(pulse, answer):
        wait_recorded(tmp_path, 3.0)
        terminal.press("C-c")
        status = terminal.exit_status()
    screen = terminal.screen()
    assert status == 130, screen
    assert "继续练习：voicecoach practise" in screen
    assert re.search(r"(?<!-)icanon.* echo ", screen)
    (waiting,) = store(tmp_path).unfinished()
    assert waiting.duration_s > 3.0 - LOSS_LIMIT_S
    assert not parts(tmp_path)


class Ear:
    """Hears one end of the card, with the moment (``time.monotonic()``) of each sample."""

    def __init__(self, pulse: Pulse, source: str) -> None:
        command = ["parec", "-d", source, "--raw", "--format=s16le", f"--rate={TAP_RATE_HZ}", "--channels=1"]
        self._process = subprocess.Popen(
            [*command, f"--latency-msec={FRAGMENT_MS}"], env=pulse.env, stdout=subprocess.PIPE
        )
        self._chunks: list[bytes] = []
        self.first_s = np.inf
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        wait_until(lambda: bool(self._chunks), "the ear hears", 20.0)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        n_samples = 0
        while chunk := os.read(self._process.stdout.fileno(), 1 << 16):
            n_samples += len(chunk) // 2
            self.first_s = min(self.first_s, time.monotonic() - n_samples / TAP_RATE_HZ)
            self._chunks.append(chunk)

    def close(self) -> NDArray[np.int16]:
        self._process.terminate()
        self._process.communicate()
        self._thread.join()
        return np.frombuffer(b"".join(self._chunks), "<i2")


@pytest.mark.parametrize("wanted_s", LATENCIES_S)
def test_the_response_latency_is_that_of_the_sound(
    start: Start, pulse: Pulse, tmp_path: Path, answer: Path, wanted_s: float
) -> None:
    """Truth: both ends of the card are heard, and the answer's own onset is known from its file."""
    terminal = start()
    terminal.wait(READING)
    ears = Ear(pulse, "speaker.monitor"), Ear(pulse, "mic_cable.monitor")
    terminal.wait(SPEAKING)
    time.sleep(wanted_s - 0.3)
    assert pulse.say(answer).wait(60) == 0
    wait_recorded(tmp_path, ANSWER_S + 0.3)
    terminal.press("Enter")
    terminal.wait(MENU)
    played, spoken = (ear.close() for ear in ears)
    sounding = np.flatnonzero(np.abs(played.astype(float)) > 0.01 * np.abs(played.astype(float)).max())
    end_s = ears[0].first_s + sounding[-1] / TAP_RATE_HZ
    onset_s = extract.gate(decode.load(answer).waveform).speech[0].start_s
    begin_s = ears[1].first_s + place_of(read(answer), spoken) / TAP_RATE_HZ + onset_s
    document = only_take(tmp_path).assessment or {}
    measured_s = document["measurements"]["response_latency"]["value"]
    print(f"wanted {wanted_s}, true {begin_s - end_s:.3f} s, measured {measured_s:.3f} s")
    assert measured_s == pytest.approx(begin_s - end_s, abs=LATENCY_TOLERANCE_S)
