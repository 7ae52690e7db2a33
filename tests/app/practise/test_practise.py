"""The course of a practice, with fakes at its ports: keys from a queue, answers from memory."""

from __future__ import annotations

import contextlib
import math
import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
import pytest
from fake_recorder import FakeRecorder

from voicecoach.adapters.history.store import TakeStore
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.adapters.sound.take_file import TakeFile, recover
from voicecoach.app.practise.answer import Limits, silence_left_s, watch
from voicecoach.app.practise.choice import choose
from voicecoach.app.practise.feedback import moments
from voicecoach.app.practise.practice import Practice, PracticeOptions
from voicecoach.app.practise.prompt import Hearing, trailing_silence_s
from voicecoach.app.practise.take import CalibratedVoice, TakePorts
from voicecoach.app.score.analyse import Task
from voicecoach.errors import DeviceError, EngineError, InputError, StoreError, UsageError
from voicecoach.model.assessment import Advice, Assessment, Coverage, Evidence, PointResult, Refusal
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.take import TakeSummary
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from voicecoach.app.practise.answer import Speaking
    from voicecoach.app.practise.take import Attempt
    from voicecoach.errors import VoicecoachError

RATE_HZ = 16_000
NO_MICROPHONE = DeviceError("no microphone", hint="connect one")
PROVENANCE = Provenance("fake", "1", "none", "0" * 64)


def sound(length_s: float, level: float = 0.1) -> Waveform:
    return Waveform(np.full(round(length_s * RATE_HZ), level, dtype=np.float32), RATE_HZ)


def prompt(name: str = "late", pack: str = "jd_home", **fields: Any) -> Prompt:
    points = (RubricPoint("sorry", {"zh": "道歉", "en": "apology"}),)
    given = {
        "text": {"zh": "怎么办？"},
        "model_answer": {"zh": "先道歉。"},
        "target_s": (40.0, 120.0),
    } | fields
    return Prompt(id=name, pack=pack, version="1", kind=given.pop("kind", "scenario"), points=points, **given)


def assessment(*, refused: bool = False) -> Assessment:
    refusal = Refusal("no_speech", {"zh": "没有说话"}, {"zh": "请再说一次"})
    point = PointResult("sorry", "covered", 1.0, (Evidence("抱歉", Span(0.2, 0.4), "cue:抱歉"),))
    return Assessment(
        source="a.wav",
        sha256="0" * 64,
        duration_s=1.0,
        language="zh",
        profile="interview",
        transcript=Transcript((Word("抱歉", Span(0.2, 0.4), 1.0),), "zh", PROVENANCE),
        measurements=(),
        bands={},
        coverage=Coverage("late", (point,), 1.0, 1.0, None),
        scores=(),
        total=None if refused else 80.0,
        advice=(
            Advice("pace", {"zh": "慢一点", "en": "slower"}, Span(0.1, 0.3)),
            Advice("all", {"zh": "多说些"}),
        ),
        refusals=(refusal,) if refused else (),
        provenance={},
    )


class FakeFace:
    """Presses the keys of a queue, one at each look; remembers what it showed."""

    def __init__(self, *keys: str | type[BaseException] | None) -> None:
        self.keys = deque(keys)
        self.shown: list[tuple[Any, ...]] = []
        self.answers: deque[str | None] = deque()

    def key(self, timeout_s: float) -> str | None:
        if not self.keys:
            msg = f"no key is left; shown: {self.shown}"
            raise AssertionError(msg)
        key = self.keys.popleft()
        if key is None:
            time.sleep(min(timeout_s, 0.01))
        if isinstance(key, type):
            raise key
        return key

    def codes(self) -> list[str]:
        return [shown[0] for shown in self.shown]

    def prompt(self, asked: Prompt, text: str, place: str) -> None:
        self.shown.append(("prompt", asked.id, text, place))

    def waiting(self, stage: str, left_s: float = 0.0) -> None: ...

    def speaking(self, shown: Speaking) -> None:
        self.shown.append(("speaking", shown))

    def note(self, code: str, **facts: object) -> None:
        self.shown.append((code, facts))

    def tell(self, fault: VoicecoachError) -> None:
        self.shown.append(("told", fault.message))

    def menu(self, keys: str) -> None:
        self.shown.append(("menu", keys))

    def flush(self) -> None: ...

    def typed(self) -> str | None:
        return self.answers.popleft()

    def report(self, made: Attempt) -> None:
        self.shown.append(("report", made.take.state))

    def coverage(self, asked: Prompt, coverage: Coverage) -> None:
        self.shown.append(("coverage", asked.id, coverage.low))

    def moment(self, title: str, span: Span | None) -> None:
        self.shown.append(("moment", title, span))

    def page(self, made: Attempt) -> None:
        self.shown.append(("page", made.take.id))

    def correct(self, made: Attempt) -> Attempt:
        return replace(made, take=replace(made.take, corrected_text="非常抱歉"))


@dataclass
class FakePlayer:
    """Hears everything at once; ``gate`` holds it back until it is skipped."""

    gate: threading.Event | None = None
    heard: list[Waveform] = field(default_factory=list)
    end_monotonic_s: float | None = None
    left_s: float = math.inf
    bed: Waveform | None = None
    fault: VoicecoachError | None = None

    def play(self, parts: Iterable[Waveform]) -> None:
        self.heard.extend(parts)
        if self.fault is not None:
            raise self.fault
        if self.gate is not None:
            self.gate.wait(10.0)
        self.end_monotonic_s = time.monotonic()

    def skip(self) -> None:
        if self.gate is not None:
            self.gate.set()

    def run_bed(self, bed: Waveform | None) -> None:
        self.bed = bed


class FakeVoice:
    def __init__(self, fault: VoicecoachError | None = None) -> None:
        self.fault = fault
        self.said: list[str] = []

    def parts(self, line: Any) -> Iterator[Waveform]:
        if self.fault is not None:
            raise self.fault
        self.said.append(line.text)
        return iter([sound(0.5), sound(0.1, 0.0)])

    def bed(self) -> Waveform | None:
        return None


class FakeAnalysis:
    """Answers with the next of the judge's queue."""

    def __init__(self, judge: FakeJudge) -> None:
        self.judge = judge
        self.silence_s, self.has_spoken = judge.silence_s, judge.has_spoken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def finish(self, path: Path, task: Task, *, source: str) -> Assessment:
        assert path.name == source
        return self.judge.score(path, task)


@dataclass
class FakeJudge:
    results: deque[Assessment | VoicecoachError] = field(default_factory=deque)
    silence_s: float = 0.0
    has_spoken: bool = True
    tasks: list[Task] = field(default_factory=list)

    def task(self, asked: Prompt | None, profile: str, *, prompt_end_s: float | None = None) -> Task:
        return Task(asked, "zh", load_profile(profile, "zh"), prompt_end_s=prompt_end_s)

    def warm(self, task: Task) -> None: ...

    def follow(self, task: Task, so_far: Callable[[], Waveform]) -> FakeAnalysis:
        assert so_far().rate_hz == RATE_HZ
        assert task.language == "zh"
        return FakeAnalysis(self)

    def score(self, path: Path, task: Task) -> Assessment:
        assert path.exists()
        self.tasks.append(task)
        result = self.results.popleft()
        if isinstance(result, Exception):
            raise result
        return result

    def cover(self, asked: Prompt, text: str) -> Coverage:
        return Coverage(asked.id, (), float("道歉" in text), 1.0, None)


class Library:
    def __init__(self, *prompts: Prompt) -> None:
        self._prompts = prompts

    def prompts(self) -> tuple[Prompt, ...]:
        return self._prompts

    def prompt(self, prompt_id: str) -> Prompt:
        for one in self._prompts:
            if one.id == prompt_id:
                return one
        raise UsageError(f"no prompt {prompt_id}", hint="")


@dataclass
class Stage:
    """A practice and all that it meets."""

    store: TakeStore
    face: FakeFace
    judge: FakeJudge
    player: FakePlayer
    recorder: FakeRecorder
    voice: FakeVoice
    options: PracticeOptions = field(default_factory=PracticeOptions)
    has_output: bool = True

    def practice(self) -> Practice:
        ports = TakePorts(
            self.store,
            self.recorder,
            self.judge,
            to_document=lambda made: {"schema": "voicecoach.assessment/1", "total": made.total},
            silent=lambda device: DeviceError(f"zeros from {device}", hint=""),
            recover=recover,
        )
        return Practice(
            ports,
            cast("Any", self.face),
            self.options,
            open_player=self.open_player,
            voice=self.voice,
            calibrated=CalibratedVoice("calm", 0.25),
        )

    @contextlib.contextmanager
    def open_player(self) -> Iterator[FakePlayer]:
        if not self.has_output:
            raise DeviceError("no loudspeaker", hint="")
        yield self.player

    def run(self, *prompts: Prompt) -> Practice:
        practice = self.practice()
        try:
            practice.run(prompts or (prompt(),))
        finally:
            practice.close()
        return practice

    def kept(self) -> list[Any]:
        return [self.store.take(row.id) for row in reversed(self.store.takes())]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(
        TakeStore(tmp_path),
        FakeFace(),
        FakeJudge(),
        FakePlayer(),
        FakeRecorder([sound(1.0), sound(1.0)]),
        FakeVoice(),
    )


def press(stage: Stage, *keys: str | type[BaseException] | None) -> None:
    stage.face.keys = deque(keys)


@pytest.fixture(autouse=True)
def _nothing_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading and hearing end at once here, so that each key has its one place."""
    monkeypatch.setattr(Practice, "_ready", lambda _self: None)
    monkeypatch.setattr(Hearing, "is_over", property(lambda self: self.wait() or True))


def test_an_answer_is_heard_judged_shown_and_kept(stage: Stage) -> None:
    stage.judge.results.append(assessment())
    press(stage, None, "enter", "n")
    practice = stage.run()
    (take,) = stage.kept()
    assert practice.takes == [take]
    assert (take.state, take.total, take.recognised_text) == ("scored", 80.0, "抱歉")
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
    stage.judge.results.append(InputError("no sound in it", hint="speak"))
    press(stage, "enter", "n")
    stage.run()
    assert ("told", "no sound in it") in stage.face.shown
    assert stage.store.unfinished() == ()


def test_a_judge_that_fails_leaves_the_take_for_the_next_start(stage: Stage) -> None:
    stage.judge.results += [EngineError("weights are damaged", hint=""), assessment()]
    press(stage, "enter", "n")
    stage.run()
    assert "practise-kept" in stage.face.codes()
    (waiting,) = stage.store.unfinished()
    press(stage, "enter", "n")
    practice = stage.practice()
    practice.offer_unfinished(Library(prompt()))
    assert [(take.id, take.state) for take in practice.takes] == [(waiting.id, "scored")]
    assert stage.store.unfinished() == ()


def broken_off(stage: Stage) -> str:
    """A take whose recording was killed; its id."""
    stage.judge.results.append(EngineError("killed", hint=""))
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
    gone = DeviceError("the microphone has gone", hint="")
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


def test_in_writing_nothing_is_recorded_and_the_end_of_input_ends_it(stage: Stage) -> None:
    stage.options = PracticeOptions(text_only=True)
    stage.face.answers = deque(["抱歉", None])
    press(stage, "m", "a")
    stage.run()
    assert stage.recorder.recordings == []
    assert stage.voice.said == ["怎么办？", "先道歉。", "怎么办？"]


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
    getattr(stage, where).fault = EngineError("no voice", hint="")
    stage.judge.results.append(assessment())
    press(stage, "enter", "enter", "n")
    stage.run()
    assert ("told", "no voice") in stage.face.shown
    assert stage.kept()[0].state == "scored"


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
        raise StoreError("the disk is full", hint="")

    stage.judge.results.append(assessment())
    monkeypatch.setattr(stage.store, "put", full)
    press(stage, "enter", "n")
    stage.run()
    assert ("told", "the disk is full") in stage.face.shown
    assert "report" in stage.face.codes()


# -- what ends an answer -----------------------------------------------------------------------------------


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


# -- what is heard of a prompt -----------------------------------------------------------------------------


def test_the_silence_at_the_end_of_a_prompt_is_none_of_it() -> None:
    assert trailing_silence_s([sound(1.0), sound(0.2, 0.0)]) == pytest.approx(0.2)
    assert trailing_silence_s([sound(1.0), sound(0.2, 0.0005), sound(0.3, 0.0)]) == pytest.approx(0.5)
    assert trailing_silence_s([sound(0.2, 0.0), sound(1.0)]) == 0.0
    assert trailing_silence_s([sound(0.2, 0.0)]) == pytest.approx(0.2)
    assert trailing_silence_s([]) == 0.0


def test_a_skipped_prompt_ends_when_it_was_skipped() -> None:
    player = FakePlayer(gate=threading.Event())
    before_s = time.monotonic()
    hearing = Hearing(player, [sound(0.5)])
    hearing.skip()
    assert hearing.end_monotonic_s is not None
    assert before_s <= hearing.end_monotonic_s <= time.monotonic()


def test_what_nobody_foresaw_is_raised_where_it_is_waited_for() -> None:
    def parts() -> Iterator[Waveform]:
        yield sound(0.1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Hearing(FakePlayer(), parts()).wait()


def test_moments_without_an_assessment_are_the_whole_take() -> None:
    assert moments(None, "zh") == (("", None),)


# -- which prompts -----------------------------------------------------------------------------------------

LIBRARY = Library(
    prompt("a"),
    prompt("b", kind="rules"),
    prompt("c", "tmall"),
    prompt("d", "tmall", kind="rules", text={"en": "What now?"}),
)


def chosen(*wanted: str, **options: Any) -> list[str]:
    return [one.id for one in choose(LIBRARY, wanted, **({"language": "zh"} | options))]


def test_packs_and_ids_are_chosen_each_once_and_the_first_pack_by_default() -> None:
    assert chosen() == ["a", "b"]
    assert chosen("tmall", "b", "c") == ["c", "b"]
    assert chosen(most=1) == ["a"]
    assert chosen(kind="rules") == ["b"]
    assert chosen("tmall", language="en") == ["d"]


def test_nothing_that_fits_is_told() -> None:
    with pytest.raises(UsageError, match="no prompt fits: zh, --kind caller"):
        chosen(kind="caller")
    with pytest.raises(UsageError, match="no prompt zzz"):
        chosen("zzz")


def test_shuffled_they_are_the_same() -> None:
    seen = {tuple(chosen("a", "b", "c", shuffle=random.Random(seed))) for seed in range(9)}
    assert len(seen) > 1
    assert {frozenset(order) for order in seen} == {frozenset("abc")}


def test_the_weakest_come_first_and_the_untried_after_them() -> None:
    def row(prompt_id: str, total: float | None, coverage_low: float | None = None) -> TakeSummary:
        texts = dict.fromkeys(
            ("recorded_at", "prompt_text", "pack", "kind", "language", "profile", "speaker_profile"), ""
        )
        rest = {"engine": "", "model_sha256": "", "rubric_version": "", "corrected": False, "duration_s": 1.0}
        made = {"id": "1", "state": "scored", "coverage_high": None, **texts, **rest}
        return TakeSummary(prompt_id=prompt_id, total=total, coverage_low=coverage_low, **cast("Any", made))

    takes = [
        row("c", 60.0),
        row("b", None, 0.2),
        row("c", 0.0),
        row("c", 60.0),
        row("c", 0.0),
        row("b", None),
    ]
    assert chosen(takes=takes) == ["b", "c", "a"]
