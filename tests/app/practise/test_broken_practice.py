"""Practice where something fails: recordings broken off, devices that go away, Ctrl-C."""

from __future__ import annotations

from collections import deque

import pytest
from fake_recorder import FakeRecorder
from practice_stage import RATE_HZ, Library, Stage, assessment, press, prompt, sound

from voicecoach.adapters.sound.take_file import TakeFile
from voicecoach.errors import DeviceError, EngineError

NO_MICROPHONE = DeviceError("plain", message="no microphone", remedy="connect one")


def broken_off(stage: Stage) -> str:
    """A take whose recording was killed; its id."""
    stage.judge.results.append(EngineError("plain", message="killed", remedy=""))
    press(stage, "enter", "n")
    stage.run()
    (take,) = stage.kept()
    whole = stage.store.sound(take)
    whole.rename(whole.with_name(whole.name + ".part"))
    return str(take.id)


def test_a_broken_off_recording_is_mended_and_scored(stage: Stage) -> None:
    take_id = broken_off(stage)
    stage.judge.results.append(assessment())
    press(stage, "enter", "n")
    stage.practice().offer_unfinished(Library())
    take = stage.store.take(take_id)
    assert (take.state, stage.store.sound(take).suffix) == ("scored", ".wav")
    assert stage.judge.tasks[-1].prompt is None  # no pack has it any more


@pytest.mark.parametrize(("key", "n_left"), [("x", 0), ("n", 1)])
def test_a_broken_off_recording_can_be_deleted_or_left(stage: Stage, key: str, n_left: int) -> None:
    broken_off(stage)
    press(stage, key)
    stage.practice().offer_unfinished(Library(prompt()))
    assert len(stage.store.takes()) == n_left


def test_what_cannot_be_mended_is_told_and_left(stage: Stage) -> None:
    take_id = broken_off(stage)
    part = stage.store.sound(stage.store.take(take_id))
    part.write_bytes(b"")
    press(stage, "enter")
    stage.practice().offer_unfinished(Library(prompt()))
    assert any("holds no sound" in str(shown) for shown in stage.face.shown)
    assert part.exists()


def test_a_recording_that_goes_on_elsewhere_is_not_touched(stage: Stage) -> None:
    take_id = broken_off(stage)
    part = stage.store.sound(stage.store.take(take_id))
    part.unlink()
    with TakeFile(part.with_suffix(""), RATE_HZ) as alive:
        alive.write(b"\0\0" * RATE_HZ)
        press(stage, "enter")
        stage.practice().offer_unfinished(Library(prompt()))
        assert any("is still being recorded" in str(shown) for shown in stage.face.shown)
        assert part.exists()


def test_ctrl_c_keeps_what_was_said(stage: Stage) -> None:
    press(stage, None, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        stage.run()
    (take,) = stage.store.unfinished()
    assert (take.state, take.duration_s) == ("recorded", 1.0)
    assert stage.store.sound(take).suffix == ".wav"


def test_a_device_that_goes_away_is_told_and_what_was_said_is_judged(stage: Stage) -> None:
    gone = DeviceError("plain", message="the microphone has gone", remedy="")
    stage.recorder = FakeRecorder([sound(1.0)], fault=gone)
    stage.judge.results.append(assessment())
    press(stage, "n")
    stage.run()
    assert ("told", "the microphone has gone") in stage.face.shown
    assert stage.kept()[0].state == "scored"


def test_a_microphone_of_zeros_is_told(stage: Stage) -> None:
    stage.recorder = FakeRecorder([sound(1.0, 0.0)])
    stage.judge.results.append(assessment(refused=True))
    press(stage, "enter", "n")
    stage.run()
    assert ("told", "zeros from fake microphone") in stage.face.shown


def test_without_a_microphone_it_goes_on_in_writing(stage: Stage) -> None:
    stage.recorder = FakeRecorder([NO_MICROPHONE])
    stage.face.answers = deque(["我先道歉", ""])
    press(stage, "enter", "n", "n")
    stage.run(prompt(), prompt("other"))
    assert ("told", "no microphone") in stage.face.shown
    assert [shown for shown in stage.face.shown if shown[0] == "coverage"] == [("coverage", "late", 1.0)]
    assert stage.store.takes() == ()


def test_a_microphone_that_comes_back_is_tried_again(stage: Stage) -> None:
    stage.recorder = FakeRecorder([NO_MICROPHONE, sound(1.0)])
    stage.judge.results.append(assessment())
    press(stage, "a", "enter", "n")
    stage.run()
    assert [take.state for take in stage.kept()] == ["scored"]


def test_without_a_loudspeaker_the_prompt_is_read_by_eye(stage: Stage) -> None:
    stage.has_output = False
    stage.judge.results.append(assessment())
    press(stage, None, "enter", "enter", "p", "m", "n")
    stage.run()
    assert stage.face.shown.count(("told", "no loudspeaker")) == 1
    assert "practise-no-output" in stage.face.codes()
    assert stage.kept()[0].prompt_end_s is None


@pytest.mark.parametrize("where", ["voice", "player"])
def test_a_prompt_that_cannot_be_read_aloud_is_told(stage: Stage, where: str) -> None:
    getattr(stage, where).fault = EngineError("plain", message="no voice", remedy="")
    stage.judge.results.append(assessment())
    press(stage, "enter", "enter", "n")
    stage.run()
    assert ("told", "no voice") in stage.face.shown
    assert stage.kept()[0].state == "scored"
