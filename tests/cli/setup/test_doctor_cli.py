"""`voicecoach doctor` from outside: lines, JSON, exit status; and (marked) on a real sound server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from fake_machine import FakeMachine

from voicecoach import wiring
from voicecoach.cli.main import cli
from voicecoach.errors import DeviceError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulse import Pulse

ZEROS = DeviceError("device-silent", device="Mic", privacy=Message("device-privacy-win32"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def invoke(machine: FakeMachine, *options: str) -> Result:
        asked: list[tuple[str, object]] = []

        def make(model: str, *, device: object) -> FakeMachine:
            asked.append((model, device))
            return machine

        monkeypatch.setattr(wiring, "machine", make)
        result = CliRunner().invoke(cli, ["doctor", *options])
        result.asked = asked  # type: ignore[attr-defined]  # for the one test that looks
        return result

    return invoke


def test_a_machine_with_everything_is_ready(run: Callable[..., Result]) -> None:
    result = run(FakeMachine(), "--ui", "en")
    assert result.exit_code == 0
    assert "✓ ok      Microphone\n    * Headset (* the system's choice)\n" in result.stdout
    assert "noise floor -62 dBFS, peak -39 dBFS" in result.stdout
    assert result.stdout.endswith("Ready to practise.\n")
    assert "listening to the microphone for 2 s" in result.stderr


def test_what_is_missing_is_shown_with_its_remedy_in_chinese(run: Callable[..., Result]) -> None:
    result = run(FakeMachine(listen=ZEROS))
    assert result.exit_code == 4
    assert (
        "✗ 缺少    录音电平\n    麦克风送来的全是数字零：Mic\n    办法：设置 → 隐私和安全性 → 麦克风："
        in result.stdout
    )
    assert result.stdout.endswith("练习还缺上面标 ✗ 的。\n")


def test_json_holds_every_check(run: Callable[..., Result]) -> None:
    result = run(FakeMachine(listen=ZEROS), "--json", "--ui", "en")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["schema"], document["ready"]) == (4, "voicecoach.doctor/1", False)
    (level,) = (check for check in document["checks"] if check["name"] == "level")
    assert level == {
        "name": "level",
        "title": "Level",
        "state": "missing",
        "finding": "the microphone sends nothing but zeros: Mic",
        "remedy": Message("device-privacy-win32").words("en"),
    }
    assert result.stderr == ""


def test_nothing_is_recorded_on_request(run: Callable[..., Result]) -> None:
    machine = FakeMachine()
    result = run(machine, "--no-record", "--model", "small", "--device", "3")
    assert (result.exit_code, machine.listened_s, result.stderr) == (0, [], "")
    assert result.asked == [("small", 3)]  # type: ignore[attr-defined]  # put there by the fixture
    assert run(machine, "--no-record", "--device", "Webcam").asked == [("base", "Webcam")]  # type: ignore[attr-defined]  # the same


def test_nobody_is_asked_to_be_quiet_without_a_microphone(run: Callable[..., Result]) -> None:
    result = run(FakeMachine(sound_devices=()))
    assert (result.exit_code, result.stderr) == (4, "")


def examine(env: dict[str, str], folder: Path) -> tuple[int, dict[str, dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "doctor", "--json", "--ui", "en"],
        env={**env, "VOICECOACH_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, {row["name"]: row for row in json.loads(done.stdout)["checks"]}, done.stderr


def noise(pulse: Pulse) -> subprocess.Popen[bytes]:
    """A room that is not digitally silent."""
    with Path("/dev/urandom").open("rb") as random:
        return subprocess.Popen(
            [
                "pacat",
                "-d",
                "mic_cable",
                "--raw",
                "--format=s16le",
                "--rate=48000",
                "--channels=1",
                "--volume=13000",
            ],
            env=pulse.env,
            stdin=random,
        )


@pytest.mark.sound
def test_a_real_microphone_is_listened_to(pulse: Pulse, tmp_path: Path) -> None:
    room = noise(pulse)
    try:
        _, checks, err = examine(pulse.env, tmp_path)
    finally:
        room.terminate()
        room.wait()
    assert err == ""
    assert checks["input"]["state"] == checks["output"]["state"] == checks["data"]["state"] == "ok"
    assert "* default" in checks["input"]["finding"]
    assert "48000 Hz, noise floor" in checks["level"]["finding"]


@pytest.mark.sound
def test_a_muted_microphone_is_named_with_the_setting(pulse: Pulse, tmp_path: Path) -> None:
    pulse.mute()
    status, checks, err = examine(pulse.env, tmp_path)
    assert (status, checks["level"]["state"], err) == (4, "missing", "")
    assert "the microphone sends nothing but zeros" in checks["level"]["finding"]
    assert "Microphone: on" in checks["level"]["remedy"]


@pytest.mark.sound
def test_no_sound_server_is_no_microphone_and_no_loudspeaker(tmp_path: Path) -> None:
    env = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none"}
    status, checks, err = examine(env, tmp_path)
    assert (status, err) == (4, "")
    assert checks["input"]["finding"] == "no input device"
    assert checks["output"]["finding"] == "no output device"
    assert "level" not in checks


def in_the_way(folder: Path) -> Path:
    folder.write_text("in the way")
    return folder


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "a file": in_the_way,
    "below a file": lambda folder: in_the_way(folder) / "below",
    "where nothing can be made": lambda _: "/proc/voicecoach",
    "of a user without a home": lambda _: "~nobody-of-that-name/x",
    "a device": lambda _: "/dev/null",
}


@pytest.mark.parametrize("variable", ["VOICECOACH_CACHE_DIR", "VOICECOACH_DATA_DIR"])
@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_folder_that_cannot_be_used_is_one_line_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, variable: str
) -> None:
    """All else is looked at nevertheless, and the status is that of a machine that lacks something."""
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv(variable, str(UNUSABLE[kind](tmp_path / "unusable")))
    monkeypatch.setattr("voicecoach.adapters.machine.ThisMachine.sound_library", lambda _: "PortAudio")
    monkeypatch.setattr("voicecoach.adapters.machine.ThisMachine.sound_devices", lambda _: ())
    monkeypatch.setattr("voicecoach.adapters.machine.ThisMachine.recogniser", lambda _: "base")
    monkeypatch.setattr("voicecoach.adapters.machine.ThisMachine.sentence_encoder", lambda _: "use")
    monkeypatch.setattr("voicecoach.adapters.machine.ThisMachine.system_voices", lambda _: {"zh": 1})
    result = CliRunner().invoke(cli, ["doctor", "--no-record", "--json", "--ui", "en"])
    checks = {row["name"]: row for row in json.loads(result.stdout)["checks"]}
    assert result.exit_code == 4
    row = checks["cache" if "CACHE" in variable else "data"]
    assert row["state"] == "missing"
    assert row["finding"].startswith("cannot make the folder ")
    assert "\n" not in row["finding"]
    assert row["remedy"] == f"set {variable} to a folder you may write to"
    assert checks["decoder"]["state"] == "ok"
    assert checks.keys() >= {"python", "cache", "voices", "recogniser", "encoder", "data", "calibration"}
