"""The course of a practice, with fakes at its ports."""

from __future__ import annotations

from collections import deque

import pytest
from practice_stage import Library, Stage, assessment, press, prompt

from voicecoach.app.practise.options import PracticeOptions
from voicecoach.documents.take import facts_of
from voicecoach.errors import EngineError, InputError, StoreError


def test_an_answer_is_heard_judged_shown_and_kept(stage: Stage) -> None:
    stage.judge.results.append(assessment())
    press(stage, None, "enter", "n")
    practice = stage.run()
    (take,) = stage.kept()
    assert practice.takes == [take]
    assert (take.state, facts_of(take).total, take.recognised_text) == ("scored", 80.0, "抱歉")
    assert stage.store.sound(take).name == f"{take.id}.wav"
    assert ("report", "scored") in stage.face.shown
    assert stage.voice.said == ["怎么办？"]


def test_the_end_of_the_prompt_is_told_on_the_clock_of_the_recording(stage: Stage) -> None:
    """Its last 0.1 s are silence; 0.25 s of the path are taken off."""
    stage.judge.results.append(assessment())
    press(stage, "enter", "n")
    stage.run()
    (take,) = stage.kept()
    first_s = stage.recorder.recordings[0].first_sample_monotonic_s
    end_s = stage.player.end_monotonic_s
    assert first_s is not None
    assert end_s is not None
    assert take.prompt_end_s == pytest.approx(end_s - 0.1 + 0.25 - first_s, abs=1e-3)
    assert stage.judge.tasks[0].prompt_end_s == take.prompt_end_s


def test_after_time_to_think_there_is_no_response_latency(stage: Stage) -> None:
    stage.options = PracticeOptions(think_s=0.3)
    stage.judge.results.append(assessment())
    press(stage, None, None, None, None, "enter", "n")
    stage.run()
    assert stage.kept()[0].prompt_end_s is None


def test_again_makes_another_take_and_quit_ends_it(stage: Stage) -> None:
    stage.judge.results += [assessment(), assessment()]
    press(stage, "enter", "a", "enter", "q")
    stage.run(prompt(), prompt("other"))
    assert [take.prompt_id for take in stage.kept()] == ["late", "late"]


def test_what_cannot_be_scored_is_kept_with_its_reason(stage: Stage) -> None:
    stage.judge.results.append(assessment(refused=True))
    press(stage, "enter", "n")
    stage.run()
    assert [take.state for take in stage.kept()] == ["not_scored"]


def test_an_unusable_recording_is_told_and_not_offered_again(stage: Stage) -> None:
    stage.judge.results.append(InputError("plain", message="no sound in it", remedy="speak"))
    press(stage, "enter", "n")
    stage.run()
    assert ("told", "no sound in it") in stage.face.shown
    assert stage.store.unfinished() == ()


def test_a_judge_that_fails_leaves_the_take_for_the_next_start(stage: Stage) -> None:
    stage.judge.results += [EngineError("plain", message="weights are damaged", remedy=""), assessment()]
    press(stage, "enter", "n")
    stage.run()
    assert "practise-kept" in stage.face.codes()
    (waiting,) = stage.store.unfinished()
    press(stage, "enter", "n")
    practice = stage.practice()
    practice.offer_unfinished(Library(prompt()))
    assert [(take.id, take.state) for take in practice.takes] == [(waiting.id, "scored")]
    assert stage.store.unfinished() == ()


def test_in_writing_nothing_is_recorded_and_the_end_of_input_ends_it(stage: Stage) -> None:
    stage.options = PracticeOptions(text_only=True)
    stage.face.answers = deque(["抱歉", None])
    press(stage, "m", "a")
    stage.run()
    assert stage.recorder.recordings == []
    assert stage.voice.said == ["怎么办？", "先道歉。", "怎么办？"]


def test_before_the_first_word_the_prompt_can_be_heard_again(stage: Stage) -> None:
    stage.judge.has_spoken = False
    stage.judge.results.append(assessment())
    press(stage, "r", "enter", "n")
    stage.run()
    assert len(stage.kept()) == 1
    assert stage.voice.said == ["怎么办？", "怎么办？"]


def test_moments_the_page_and_the_correction_are_a_key_away(stage: Stage) -> None:
    stage.judge.results.append(assessment())
    press(stage, "enter", "p", "p", "p", "1", "2", "9", "h", "c", "n")
    practice = stage.run()
    told = [shown[1] for shown in stage.face.shown if shown[0] == "moment"]
    assert told == ["慢一点", "“抱歉”", "", "慢一点"]
    assert [shown[1]["number"] for shown in stage.face.shown if shown[0] == "practise-no-moment"] == [2, 9]
    assert "page" in stage.face.codes()
    assert practice.takes[0].corrected_text == "非常抱歉"
    played_s = [part.duration_s for part in stage.player.heard[2:]]
    assert played_s == pytest.approx([0.7, 0.8, 1.0, 0.7])  # 0.4 s around each, within the take


def test_a_history_that_cannot_be_written_is_told_and_the_practice_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_take: object) -> None:
        raise StoreError("plain", message="the disk is full", remedy="")

    stage.judge.results.append(assessment())
    monkeypatch.setattr(stage.store, "put", full)
    press(stage, "enter", "n")
    stage.run()
    assert ("told", "the disk is full") in stage.face.shown
    assert "report" in stage.face.codes()
