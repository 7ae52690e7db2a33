"""`voicecoach speak` and `voicecoach voices` from outside: what is said, shown, kept, and how it ends."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import wave
from typing import TYPE_CHECKING, Self

import numpy as np
import pytest
from fakes import FakeSpeaker
from pulse import TAP_RATE_HZ, Pulse

from voicecoach import wiring
from voicecoach.adapters.tts import kokoro_weights
from voicecoach.adapters.tts.voice_cache import CachedSpeaker
from voicecoach.app.setup.doctor import worded
from voicecoach.cli import speak
from voicecoach.cli.main import cli
from voicecoach.errors import DeviceError, EngineError
from voicecoach.features import noise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voicecoach.model.audio import Waveform
from command_line import run

PACK = """
schema: voicecoach.prompts/1
pack: mine
version: "1"
title: {zh: 我的, en: Mine}
prompts:
  - id: my_call
    kind: caller
    role: caller
    mood: 4
    voice: zm_yunjian
    text: {zh: 我的快递呢？都三天了！, en: Where is my parcel?}
    target_s: [20, 60]
    lines:
      - {zh: 别敷衍我！, en: Do not fob me off!, mood: 5}
      - {zh: 好吧。, en: Fine., mood: 2}
    points:
      - id: sorry
        label: {zh: 道歉, en: Apologise}
        cues: {zh: [对不起], en: [sorry]}
        exemplars: {zh: [真的很对不起您], en: [I am really sorry]}
"""


LATE = "客户因为快递晚了三天，非常生气，开口就骂你，你怎么办？"


FIRST_SOUND_LIMIT_S = 0.3


class FakeLoudspeaker:
    """Hears the parts and the bed."""

    def __init__(self, fault: DeviceError | None = None) -> None:
        self.fault = fault
        self.heard: list[Waveform] = []
        self.bed: Waveform | None = None

    def __enter__(self) -> Self:
        if self.fault:
            raise self.fault
        return self

    def __exit__(self, *_: object) -> None: ...

    def run_bed(self, bed: Waveform) -> None:
        self.bed = bed

    def play(self, parts: Iterable[Waveform]) -> None:
        self.heard.extend(parts)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "mine.yaml").write_text(PACK, "utf-8")
    return packs


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSpeaker:
    made = FakeSpeaker()
    monkeypatch.setattr(wiring, "speaker", lambda _engine: CachedSpeaker(made))
    return made


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> FakeLoudspeaker:
    made = FakeLoudspeaker()
    monkeypatch.setattr(wiring, "loudspeaker", lambda: made)
    return made


def test_a_prompt_is_shown_and_said(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "speak", "late_delivery", "--engine", "kokoro")
    assert (status, out) == (0, LATE + "\n")
    assert err.startswith("朗读：kokoro（--engine）")
    assert fake.said == [(LATE, "zh_ask", 1)]
    assert len(loudspeaker.heard) == 1
    assert loudspeaker.bed is None


@pytest.mark.usefixtures("english")
def test_a_callers_line_is_said_in_its_mood_by_his_voice(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "speak", "my_call", "--line", "1", "--prompts", folders)[0] == 0
    assert run(capsys, "speak", "my_call", "--prompts", folders, "--mood", "2")[0] == 0
    assert fake.said == [
        ("别敷衍我！", "zh_call_m", 5),
        ("我的快递呢？", "zh_call_m", 2),
        ("都三天了！", "zh_call_m", 2),
    ]
    assert len(loudspeaker.heard) == 3
    status, _, err = run(capsys, "speak", "my_call", "--line", "7", "--prompts", folders)
    assert status == 2
    assert "my_call has no line 7" in err


def test_the_same_prompt_in_english(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "speak", "my_call", "--lang", "en", "--prompts", folders)
    assert out == "Where is my parcel?\n"
    assert fake.said == [("Where is my parcel?", "en_any", 4)]
    assert loudspeaker.heard


def test_any_text_is_said_and_saved(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "said.wav"
    assert run(capsys, "speak", "--text", "您好。再见。", "--voice", "zh_call_f", "--save", target)[0] == 0
    assert [voice for _, voice, _ in fake.said] == ["zh_call_f"] * 2
    assert not loudspeaker.heard
    with wave.open(str(target)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(0.6, abs=0.01)


def test_a_noise_lies_under_the_voice_at_its_level_and_around_it(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "noisy.wav"
    office = ("--noise", "office", "10")
    assert run(capsys, "speak", "--text", "您好。再见。", *office, "--save", target)[0] == 0
    with wave.open(str(target)) as file:
        rate_hz = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    assert len(samples) / rate_hz == pytest.approx(2 * 0.7 + 0.6, abs=0.01)
    assert run(capsys, "speak", "--text", "您好。再见。", *office)[0] == 0
    assert loudspeaker.bed is not None
    bed_db = 10 * np.log10(np.mean(loudspeaker.bed.samples.astype(float) ** 2))
    voice_db = 10 * np.log10(np.mean(loudspeaker.heard[1].samples.astype(float) ** 2))
    assert voice_db - bed_db == pytest.approx(10.0, abs=0.2)
    assert not loudspeaker.heard[0].samples.any()
    lead = samples[: int(0.7 * rate_hz)]
    np.testing.assert_allclose(lead, loudspeaker.bed.samples[: len(lead)], atol=1e-3)
    assert fake.said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "speak needs a prompt's ID or --text"),
        (("late_delivery", "--text", "您好"), "and not both"),
        (("no_such_prompt",), "no_such_prompt"),
        (("--text", "您好", "--save", "said.mp3"), "said.mp3 is no WAV file's name"),
        (("--text", "您好", "--voice", "nobody"), "nobody"),
        (("--text", "您好", "--mood", "6"), "6 is not in the range"),
        (("--text", "您好", "--noise", "beach", "3"), "beach"),
        (("--text", "您好", "--noise", "cafe", "99"), "99.0 is not in the range"),
        (("--text", "……"), "nothing to say"),
    ],
)
@pytest.mark.usefixtures("english")
def test_wrong_usage_ends_with_2(
    fake: FakeSpeaker,
    loudspeaker: FakeLoudspeaker,
    arguments: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, err = run(capsys, "speak", *arguments)
    assert status == 2
    assert message in err
    assert not loudspeaker.heard
    assert not fake.said


def test_the_options_know_the_noises() -> None:
    assert speak.NOISES == noise.KINDS
    assert speak.NOISE_DB == (noise.LOWEST_SNR_DB, noise.HIGHEST_SNR_DB)


@pytest.mark.usefixtures("english")
def test_without_a_loudspeaker_the_text_is_shown_and_the_status_is_4(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, capsys: pytest.CaptureFixture[str]
) -> None:
    loudspeaker.fault = DeviceError("plain", message="no loudspeaker can be used", remedy="connect one")
    status, out, err = run(capsys, "speak", "late_delivery")
    assert (status, out) == (4, LATE + "\n")
    assert "no loudspeaker can be used" in err
    assert "connect one" in err
    assert not fake.said


@pytest.mark.usefixtures("english")
def test_without_an_engine_the_text_is_shown_and_the_status_is_4(
    fake: FakeSpeaker, loudspeaker: FakeLoudspeaker, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.faults["快递"] = EngineError("plain", message="the voice failed", remedy="install it")
    status, out, err = run(capsys, "speak", "late_delivery")
    assert (status, out) == (4, LATE + "\n")
    assert "the voice failed" in err
    assert not loudspeaker.heard


@pytest.mark.parametrize(
    ("platform", "lacking", "language", "voice", "engine", "why"),
    [
        ("linux", (), "zh", None, "kokoro", "installed"),
        ("linux", (), "en", None, "kokoro", "installed"),
        ("darwin", (), "zh", None, "kokoro", "installed"),
        ("darwin", (), "en", None, "pyttsx3", "default here"),
        ("win32", ("misaki",), "zh", None, "pyttsx3", "default here"),
        ("linux", ("misaki",), "en", None, "pyttsx3", "lacks misaki"),
        (
            "linux",
            ("a", "b", "c", "d"),
            "zh",
            None,
            "pyttsx3",
            "lacks a, b, c …; the system's Mandarin is hardly intelligible",
        ),
        ("win32", (), "zh", "com.apple.Tingting", "pyttsx3", "--voice"),
        ("linux", ("misaki",), "zh", "zf_xiaobei", "kokoro", "--voice"),
    ],
)
def test_the_engine_is_chosen_and_the_reason_given(
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    lacking: tuple[str, ...],
    language: str,
    voice: str | None,
    engine: str,
    why: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(kokoro_weights, "missing", lambda: lacking)
    chosen, reason = wiring.choose_engine("zh" if language == "zh" else "en", voice=voice)
    assert chosen == engine
    assert why in worded(reason, "en")


@pytest.mark.usefixtures("english")
def test_rendering_shows_each_line_and_is_taken_up_again(
    fake: FakeSpeaker, folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.faults["好吧"] = KeyboardInterrupt()
    status, _, err = run(capsys, "voices", "render", "mine", "--prompts", folders)
    assert status == 130
    assert "2/3  my_call.1  zh_call_m  5" in err
    assert "3 lines: 2 made, 0 kept before" in err
    fake.faults.clear()
    status, _, err = run(capsys, "voices", "render", "mine", "--prompts", folders, "--lang", "all")
    assert status == 0
    assert "3 lines: 1 made, 2 kept before" in err
    assert "3 lines: 3 made, 0 kept before" in err
    assert ("Fine.", "en_any", 2) in fake.said
    status, _, err = run(capsys, "voices", "render", "yours", "--prompts", folders)
    assert status == 2
    assert "there is no pack 'yours'" in err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_rendering_shows_a_bar_on_a_terminal(
    fake: FakeSpeaker, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with pytest.raises(SystemExit):
        cli.main(["voices", "render", "mine", "--prompts", str(folders)])
    assert "3/3" in screen.getvalue()
    assert "━" in screen.getvalue()
    assert len(fake.said) == 4


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "voicecoach", *map(str, arguments)]


@pytest.mark.sound
def test_speak_is_heard_on_the_sink(pulse: Pulse, tmp_path: Path) -> None:
    arguments = ("speak", "--text", "Good morning. How are you?", "--engine", "pyttsx3", "--mood", "1")
    subprocess.run(command(*arguments, "--save", tmp_path / "said.wav"), env=pulse.env, check=True)
    with wave.open(str(tmp_path / "said.wav")) as file:
        rate_hz = file.getframerate()
        said = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    with pulse.tap() as heard:
        done = subprocess.run(command(*arguments), env=pulse.env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Good morning. How are you?\n")
    ideal = np.interp(
        np.arange(0, len(said) / rate_hz, 1 / TAP_RATE_HZ), np.arange(len(said)) / rate_hz, said
    )
    size = len(ideal) + len(heard.samples)
    match = np.fft.irfft(np.fft.rfft(heard.samples, size) * np.conj(np.fft.rfft(ideal, size)), size)
    at = int(np.argmax(match))
    piece = heard.samples[at : at + len(ideal)]
    assert np.corrcoef(piece, ideal[: len(piece)])[0, 1] > 0.9


@pytest.mark.sound
def test_without_a_sound_server_the_text_is_shown_and_the_status_is_4(tmp_path: Path) -> None:
    env = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none"}
    arguments = ("speak", "late_delivery", "--lang", "en", "--engine", "pyttsx3")
    done = subprocess.run(command(*arguments), env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stdout.startswith("A customer's parcel is three days late.")
    assert "找不到扬声器" in done.stderr


@pytest.mark.sound
def test_the_first_sound_of_a_kept_prompt_comes_at_once(pulse: Pulse) -> None:
    code = """
from voicecoach import wiring
speaker = wiring.speaker("pyttsx3")
text = "Good morning. Why do you want to work here?"
speaker.speak(text, voice="gmw/en-us", mood=1)
with wiring.loudspeaker() as loudspeaker:
    loudspeaker.play(speaker.stream("Hello.", voice="gmw/en-us", mood=1))  # all is imported now
    loudspeaker.play(speaker.stream(text, voice="gmw/en-us", mood=1))
    print(loudspeaker.first_sound_s)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=pulse.env, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) <= FIRST_SOUND_LIMIT_S


@pytest.mark.sound
def test_rendering_survives_ctrl_c(folders: Path) -> None:
    # the others take seconds, so that Ctrl-C never comes after the last of them
    pack = PACK.replace("mood: 5", "mood: 1").replace("mood: 4", "mood: 2")
    for line in ("Do not fob me off!", "Fine."):
        pack = pack.replace(line, f"{line} " * 30)
    (folders / "mine.yaml").write_text(pack, "utf-8")
    arguments = ("voices", "render", "mine", "--lang", "en", "--engine", "pyttsx3", "--prompts", folders)
    first = subprocess.Popen(command(*arguments), stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert first.stderr is not None
    assert any("1/3" in line for line in iter(first.stderr.readline, ""))  # not without end, should it fail
    os.killpg(first.pid, signal.SIGINT)  # what a terminal's Ctrl-C does
    _, err = first.communicate(timeout=60)
    assert first.returncode == 130
    assert "已中断" in err
    time.sleep(0.1)
    again = subprocess.run(command(*arguments), capture_output=True, text=True, check=True)
    assert "（已有）" in again.stderr.splitlines()[1]
