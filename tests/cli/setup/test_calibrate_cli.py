"""`voicecoach calibrate` from outside: with fakes at the ports."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pytest
from click.testing import CliRunner, Result
from fake_machine import FakeMachine
from fake_recorder import FakeRecorder
from fakes import FakeSpeaker
from speaker_profiles_made import profile

from voicecoach import wiring
from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
from voicecoach.adapters.sound import device_faults
from voicecoach.app.setup import sound_path
from voicecoach.app.setup.calibrate import READING
from voicecoach.audio import decode
from voicecoach.cli.keys import enter_key
from voicecoach.cli.main import cli
from voicecoach.errors import DeviceError, EngineError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Iterable

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
CALM = FIXTURES / "rate_usual_zh.flac"
READING_S = 14.0
"""Of the fixture, when its length does not matter: it holds 10 s of speech."""
SILENCE = Waveform(np.zeros(16_000, dtype=np.float32), 16_000)


class FakeLoudspeaker:
    """Plays at once; ``fault`` is raised when it is opened."""

    def __init__(self, fault: DeviceError | None) -> None:
        self._fault = fault
        self.end_monotonic_s: float | None = None
        self.n_parts = 0

    def __enter__(self) -> Self:
        if self._fault:
            raise self._fault
        return self

    def __exit__(self, *_: object) -> None: ...

    def play(self, parts: Iterable[Waveform]) -> None:
        self.n_parts += len(list(parts))
        self.end_monotonic_s = 0.0


class Desk:
    """What the command meets; the tests change it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
        self.machine = FakeMachine()
        self.reading = Waveform(decode.load(CALM).waveform.samples[: round(READING_S * 16_000)], 16_000)
        self.recorder = FakeRecorder([])
        self.fault: DeviceError | None = None
        self.loudspeaker = FakeLoudspeaker(None)
        self.speaker = FakeSpeaker()
        self.asked: list[object] = []
        monkeypatch.setattr(sound_path, "_wait", lambda _recording, _duration_s: None)
        monkeypatch.setattr("voicecoach.adapters.sound.devices.sound_devices", self.machine.sound_devices)
        monkeypatch.setattr(wiring, "machine", self._machine)
        monkeypatch.setattr(wiring, "microphone", self._microphone)
        monkeypatch.setattr(wiring, "loudspeaker", lambda: self.loudspeaker)
        monkeypatch.setattr(wiring, "choose_engine", lambda *_, **__: ("fake", ""))
        monkeypatch.setattr(wiring, "speaker", lambda _engine: self.speaker)
        monkeypatch.setattr("voicecoach.cli.keys.enter_key", self._enter)

    def _machine(self, _model: str, *, device: object) -> FakeMachine:
        self.asked.append(device)
        return self.machine

    def _microphone(self, device: object) -> FakeRecorder:
        self.asked.append(device)
        return self.recorder

    def _enter(self) -> Any:
        desk = self

        class Key:
            def __enter__(self) -> Self:
                return self

            def __exit__(self, *_: object) -> None: ...

            def pressed(self, _ended: threading.Event) -> bool:
                return bool(desk)

        return Key()

    def run(self, *options: str, latency: bool = False) -> Result:
        self.recorder = FakeRecorder([SILENCE, self.reading] if latency else [self.reading])
        without = () if latency else ("--no-measure-latency",)
        return CliRunner().invoke(cli, ["calibrate", *options, *without])


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    return Desk(monkeypatch, tmp_path)


def test_a_reading_becomes_a_profile(desk: Desk, tmp_path: Path) -> None:
    result = desk.run("me", "--ui", "en")
    assert result.exit_code == 0, result.output
    made = SpeakerProfiles().load("me")
    assert (made.device, made.language, made.latency_s) == ("fake microphone", "zh", None)
    assert f"calm pitch {made.f0_median_hz:.0f} Hz" in result.stdout
    assert "not measured: not asked for" in result.stdout
    assert READING["zh"] in result.stderr
    assert "".join(sentence for sentence, _, _ in desk.speaker.said) == READING["zh"]
    assert [path.name for path in (tmp_path / "data" / "profiles").iterdir()] == ["me.json"]
    assert not desk.recorder.recordings[0].stop().exists()  # the reading itself is gone


def test_json_holds_profile_checks_and_latency(desk: Desk) -> None:
    result = desk.run("--no-speak", "--json", "--keep", "--device", "3", latency=True)
    document = json.loads(result.stdout)
    assert (document["schema"], document["profile"]["name"]) == ("voicecoach.calibration/1", "default")
    assert [check["name"] for check in document["checks"]] == ["room", "voice", "level", "noise", "latency"]
    assert document["latency"]["latency_s"] is None
    assert "麦克风没有听到" in document["latency"]["reason"]
    assert document["profile"]["output_device"] == "Headset"
    assert decode.load(Path(document["sound"])).waveform.duration_s == pytest.approx(READING_S, abs=0.01)
    assert (desk.speaker.said, set(desk.asked)) == ([], {3})


def test_without_a_loudspeaker_it_goes_on_in_text(desk: Desk) -> None:
    desk.loudspeaker = FakeLoudspeaker(device_faults.no_device("output", "none is there"))
    desk.recorder = FakeRecorder([desk.reading])  # nothing is listened to before
    done = CliRunner().invoke(cli, ["calibrate", "me", "--ui", "en"])
    assert done.exit_code == 0, done.output
    assert "not measured: no loudspeaker can be used: none is there" in done.stdout
    assert "it is not read aloud: no loudspeaker can be used: none is there" in done.stderr


@pytest.mark.usefixtures("english")
def test_without_a_voice_the_text_is_shown(desk: Desk) -> None:
    desk.speaker.faults = {"图书馆": EngineError("plain", message="no voice", remedy="")}
    result = desk.run("me", "--ui", "en")
    assert result.exit_code == 0, result.output
    assert "it is not read aloud: no voice" in result.stderr


def test_zeros_are_the_systems_privacy_setting(desk: Desk) -> None:
    desk.reading = Waveform(np.zeros(16_000 * 12, dtype=np.float32), 16_000)
    result = desk.run("me")
    assert result.exit_code == 4
    assert "麦克风送来的全是数字零" in result.stderr
    assert "nothing but zeros" in desk.run("me", "--ui", "en").stderr
    desk.machine = FakeMachine(listen=DeviceError("plain", message="nothing but zeros", remedy="Privacy"))
    assert desk.run("me").exit_code == 4
    assert SpeakerProfiles().names() == ()


@pytest.mark.usefixtures("english")
def test_enter_at_once_is_no_reading(desk: Desk) -> None:
    desk.reading = SILENCE
    result = desk.run("me")
    assert result.exit_code == 3
    assert "1.0 s of speech were heard; a calibration needs 10 s" in result.stderr


def test_a_microphone_that_goes_away_leaves_no_profile(desk: Desk) -> None:
    desk.recorder = FakeRecorder([desk.reading], fault=DeviceError("plain", message="it has gone", remedy=""))
    done = CliRunner().invoke(cli, ["calibrate", "me", "--no-measure-latency"])
    assert (done.exit_code, SpeakerProfiles().names()) == (4, ())
    assert "it has gone" in done.stderr


@pytest.mark.usefixtures("english")
def test_a_reading_too_short_leaves_the_profile_before(desk: Desk) -> None:
    before = profile()
    SpeakerProfiles().save(before)
    desk.reading = Waveform(desk.reading.samples[: 16_000 * 6], 16_000)
    result = desk.run("me")
    assert result.exit_code == 3
    assert "a calibration needs 10 s" in result.stderr
    assert SpeakerProfiles().load("me") == before


@pytest.mark.usefixtures("desk")
def test_a_file_becomes_a_profile_of_a_named_microphone() -> None:
    done = CliRunner().invoke(cli, ["calibrate", "li", "--from", str(CALM), "--device", "USB", "--ui", "en"])
    assert done.exit_code == 0, done.output
    assert "not measured: the profile comes from a file" in done.stdout
    assert SpeakerProfiles().for_device("USB") == SpeakerProfiles().load("li")


@pytest.mark.usefixtures("desk")
def test_profiles_are_listed_and_removed() -> None:
    shelf = SpeakerProfiles()
    shelf.save(profile())
    shelf.save(profile(name="b", device="", latency_s=None))
    listed = CliRunner().invoke(cli, ["calibrate", "--list"])
    assert [line.split() for line in listed.stdout.splitlines()] == [
        ["b", "2026-11-20", "zh", "200", "Hz", "-", "?"],
        ["me", "2026-11-20", "zh", "200", "Hz", "50", "ms", "Headset"],
    ]
    assert CliRunner().invoke(cli, ["calibrate", "b", "--delete"]).exit_code == 0
    shelf.save(profile(name="c")).write_text("{")
    listed = CliRunner().invoke(cli, ["calibrate", "--list"])
    assert (listed.exit_code, "声音档案损坏" in listed.stderr) == (1, True)
    as_json = json.loads(CliRunner().invoke(cli, ["calibrate", "--list", "--json"]).stdout)
    assert [row["name"] for row in as_json["profiles"]] == ["me"]
    assert len(as_json["damaged"]) == 1


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("options", "match"),
    [
        (["--delete"], "--delete 后面要有档案的名字 NAME"),
        (["nobody", "--delete"], "没有叫 'nobody' 的声音档案"),
        (["../me"], "最多 40 个字符"),
    ],
)
def test_wrong_usage_ends_with_2(options: list[str], match: str) -> None:
    done = CliRunner().invoke(cli, ["calibrate", *options])
    assert (done.exit_code, match in done.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_enter_on_a_terminal_is_noticed_and_what_came_before_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pty

    here, there = pty.openpty()
    os.write(here, b"\n")
    with os.fdopen(there) as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", terminal)
        with enter_key() as key:
            assert not key.pressed(threading.Event())
            os.write(here, b"abc\n")
            assert [key.pressed(threading.Event()) for _ in range(4)] == [False, False, False, True]
    os.close(here)


def test_an_input_that_ends_is_no_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    ended = threading.Event()
    ended.set()
    with os.fdopen(read) as pipe, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", pipe)
        with enter_key() as key:
            os.write(write, b"\n")
            assert key.pressed(ended)
            os.close(write)
            assert not any(key.pressed(ended) for _ in range(3))
        patch.setattr(sys, "stdin", None)
        with enter_key() as key:
            assert not key.pressed(ended)


@pytest.mark.weights
def test_score_gives_agitation_with_a_profile_and_not_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    calm = CliRunner().invoke(cli, ["calibrate", "me", "--from", str(CALM), "--device", "USB"])
    assert calm.exit_code == 0, calm.output
    score = ["score", str(CALM), "--json", "-"]
    without = json.loads(CliRunner().invoke(cli, score).stdout)
    done = CliRunner().invoke(cli, [*score, "--speaker", "me"])
    found = json.loads(done.stdout)
    figure = without["measurements"]["agitation"]
    assert (figure["value"], figure["verdict"], figure["reason"]) == (None, None, "no_baseline")
    assert not found["measurements"]["agitation"]["provisional"]
    assert found["measurements"]["agitation"]["verdict"] == "green"
    assert abs(found["measurements"]["agitation"]["value"]) < 0.2
    assert found["provenance"]["speaker_profile"].startswith("me · USB · ")
    assert "speaker_profile" not in without["provenance"]
    none = CliRunner().invoke(cli, [*score, "--speaker", "you"])
    assert (none.exit_code, "没有叫 'you' 的声音档案" in none.stderr) == (2, True)
