"""What is said of a machine: everything that can be missing, with its state, its words and its remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fake_machine import FOLDER, HEADSET, ROOM, FakeMachine

from voicecoach.app.setup.doctor import LISTEN_S, Check, diagnose, diagnosis_json, exit_status, worded
from voicecoach.errors import DeviceError, EngineError, StoreError, VoicecoachError


def told(kind: type[VoicecoachError], message: str, remedy: str) -> VoicecoachError:
    """An error with words of its own."""
    return kind("plain", message=message, remedy=remedy)


NAMES = [
    "python", "portaudio", "input", "output", "level", "cache", "voices",
    "recogniser", "encoder", "decoder", "data", "disk", "calibration",
]  # fmt: skip
ZEROS = DeviceError(
    "plain", message="全是数字零 / nothing but zeros: Headset", remedy="设置 → 隐私 / Settings → Privacy"
)
NO_OUTPUT = replace(HEADSET, n_outputs=0)
NO_INPUT = replace(HEADSET, n_inputs=0)
NOT_CHOSEN = replace(HEADSET, is_default_input=False)


def found(**answers: Any) -> dict[str, Check]:
    return {check.name: check for check in diagnose(FakeMachine(**answers))}


def test_a_machine_with_everything_is_fine() -> None:
    machine = FakeMachine()
    checks = list(diagnose(machine))
    assert [check.name for check in checks] == NAMES
    assert {check.state for check in checks} == {"ok"}
    assert all(check.remedy is None and worded(check.finding, "zh") for check in checks)
    assert machine.listened_s == [LISTEN_S]
    assert exit_status(checks) == 0


@pytest.mark.parametrize(
    ("answers", "name", "state", "finding", "remedy"),
    [
        ({"sound_library": told(DeviceError, "no sound", "apt")}, "portaudio", "missing", "no sound", "apt"),
        ({"sound_devices": ()}, "input", "missing", "no input device", "connect a headset"),
        ({"sound_devices": (NO_INPUT,)}, "input", "missing", "no input device", "connect a headset"),
        ({"sound_devices": (NO_OUTPUT,)}, "output", "missing", "no output device", "choose it as output"),
        ({"sound_devices": (NOT_CHOSEN,)}, "input", "warning", "chosen none of them: Headset", "choose one"),
        ({"listen": ZEROS}, "level", "missing", "nothing but zeros: Headset", "Settings → Privacy"),
        ({"listen": replace(ROOM, noise_floor_dbfs=-44.0)}, "level", "warning", "floor -44 dBFS", "loud"),
        ({"listen": replace(ROOM, peak_dbfs=0.0)}, "level", "warning", "peak 0 dBFS", "gain is too high"),
        ({"listen": replace(ROOM, n_overflows=3)}, "level", "warning", "samples lost 3 times", "busy"),
        ({"listen": replace(ROOM, missing_s=0.5)}, "level", "warning", "0.5 s missing", "busy"),
        ({"neural_voice_lacks": ["a", "b", "c"]}, "voices", "warning",
         "(en 3, zh 1); the neural voice lacks a, b …", "voices install"),
        ({"neural_voice_lacks": ["a"], "system_voices": told(EngineError, "none", "espeak-ng")}, "voices",
         "missing", "none", "espeak-ng"),
        ({"cache_folder": told(StoreError, "a file", "set C")}, "cache", "missing", "a file", "set C"),
        ({"neural_voice_lacks": told(StoreError, "no folder", "set C")}, "voices", "missing", "no folder",
         "set C"),
        ({"recogniser": told(EngineError, "no weights", "install base")}, "recogniser", "missing",
         "no weights", "install base"),
        ({"sentence_encoder": told(EngineError, "no USE", "pip")}, "encoder", "missing", "no USE", "pip"),
        ({"decoder": told(EngineError, "no av", "pip")}, "decoder", "missing", "no av", "pip"),
        ({"data_folder": told(StoreError, "read only", "other")}, "data", "missing", "read only", "other"),
        ({"data_folder": replace(FOLDER, private=False)}, "data", "warning", "others on this machine",
         "chmod 700 '/home/me/voicecoach'"),
        ({"data_folder": replace(FOLDER, free_bytes=5 * 10**8)}, "disk", "warning", "0.5 GB free", "space"),
        ({"data_folder": replace(FOLDER, free_bytes=10**8)}, "disk", "missing", "0.1 GB free", "space"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_remedy(
    answers: dict[str, Any], name: str, state: str, finding: str, remedy: str
) -> None:
    checks = found(**answers)
    assert checks[name].state == state
    assert finding in worded(checks[name].finding, "en")
    assert remedy in worded(checks[name].remedy or "", "en")
    assert [check.name for check in checks.values() if check.state == "missing"] == (
        [] if state == "warning" else ["input", "output"] if answers == {"sound_devices": ()} else [name]
    )
    assert exit_status(list(checks.values())) == (4 if state == "missing" else 0)


def test_without_portaudio_nothing_is_said_of_devices() -> None:
    checks = found(sound_library=told(DeviceError, "no sound", "apt"))
    assert not {"input", "output", "level"} & set(checks)


def test_without_a_microphone_or_on_request_nothing_is_recorded() -> None:
    for machine, record in ((FakeMachine(sound_devices=(NO_INPUT,)), True), (FakeMachine(), False)):
        assert "level" not in {check.name for check in diagnose(machine, record=record)}
        assert machine.listened_s == []


def test_the_systems_choice_is_marked() -> None:
    other = replace(HEADSET, index=1, name="Webcam", is_default_input=False, n_outputs=0)
    checks = found(sound_devices=(HEADSET, other))
    assert worded(checks["input"].finding, "en").startswith("* Headset, Webcam")
    assert worded(checks["output"].finding, "zh").startswith("* Headset（")


def test_calibrated_profiles_are_listed() -> None:
    assert found(calibrations=("me", "she"))["calibration"].finding == "me, she"


def test_a_row_is_worded_in_the_readers_language() -> None:
    checks = found(data_folder=replace(FOLDER, private=False), python="3.12.1")
    assert checks["python"].to_json("zh") == {
        "name": "python", "title": "Python", "state": "ok", "finding": "3.12.1", "remedy": None,
    }  # fmt: skip
    row = checks["data"].to_json("zh")
    assert (row["title"], row["remedy"]) == ("数据文件夹", "chmod 700 '/home/me/voicecoach'")
    document = diagnosis_json(list(checks.values()), "en")
    assert (document["schema"], document["ready"]) == ("voicecoach.doctor/1", True)
    assert [row["title"] for row in document["checks"]][:2] == ["Python", "Sound library"]


def test_people_are_told_just_before_they_are_listened_to() -> None:
    machine, told = FakeMachine(), []
    for check in diagnose(machine, on_listening=lambda: told.append(list(machine.listened_s))):
        assert bool(told) == (NAMES.index(check.name) >= NAMES.index("level"))
    assert told == [[]]
    quiet: list[str] = []
    for machine, record in ((FakeMachine(sound_devices=(NO_INPUT,)), True), (FakeMachine(), False)):
        list(diagnose(machine, record=record, on_listening=lambda: quiet.append("told")))
    assert quiet == []
