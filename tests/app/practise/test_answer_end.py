"""What ends an answer: a key, a long silence, the time limit."""

from __future__ import annotations

import math

import pytest
from practice_stage import FakeAnalysis, Stage, press

from voicecoach.app.practise.answer import Limits, silence_left_s, watch


@pytest.mark.parametrize(
    ("elapsed_s", "silence_s", "has_spoken", "held_s", "left_s"),
    [
        (10.0, 1.0, True, 0.0, 3.0),
        (10.0, 4.0, True, 0.0, 0.0),
        (4.0, 4.0, True, 0.0, 1.0),  # never in the first 5 s
        (10.0, math.inf, False, 0.0, 10.0),  # somebody thinks: 20 s for a first word
        (20.0, math.inf, False, 0.0, 0.0),
        (10.0, 3.5, True, 9.5, 3.5),  # a key was pressed half a second ago
    ],
)
def test_silence_ends_an_answer_only_when_nobody_thinks(
    elapsed_s: float,
    silence_s: float,
    has_spoken: bool,
    held_s: float,
    left_s: float,
) -> None:
    found = silence_left_s(elapsed_s, silence_s, has_spoken=has_spoken, held_s=held_s, auto_stop_s=4.0)
    assert found == pytest.approx(left_s)


def ended_by(stage: Stage, elapsed_s: float, limits: Limits) -> str:
    recording = stage.recorder.record(stage.store.sound_target("1"))
    recording.elapsed_s = elapsed_s
    with recording:
        return watch(recording, FakeAnalysis(stage.judge), stage.face, limits, on_settled=lambda: None)


def test_a_long_silence_ends_it_and_the_last_two_seconds_are_counted_down(stage: Stage) -> None:
    limits = Limits((40.0, 120.0), auto_stop_s=4.0)
    stage.judge.silence_s = 2.5
    press(stage, "enter")
    assert ended_by(stage, 30.0, limits) == "enter"
    assert stage.face.shown[0][1].stop_in_s == pytest.approx(1.5)
    stage.judge.silence_s = 4.1
    stage.store.sound_target("1").unlink()
    assert ended_by(stage, 30.0, limits) == "silence"


def test_the_time_limit_ends_it(stage: Stage) -> None:
    assert ended_by(stage, 30.0, Limits((40.0, 120.0), time_limit_s=30.0)) == "limit"


def test_without_a_wish_nothing_but_a_key_ends_it(stage: Stage) -> None:
    stage.judge.silence_s = 1000.0
    press(stage, None, "x", "enter")
    assert ended_by(stage, 1000.0, Limits((40.0, 120.0))) == "enter"
    assert {shown[1].stop_in_s for shown in stage.face.shown} == {None}
