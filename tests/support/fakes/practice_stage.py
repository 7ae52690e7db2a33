"""A practice with fakes at its ports: keys from a queue, answers from memory."""

from __future__ import annotations

import contextlib
import math
import time
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
import pytest
from fake_recorder import FakeRecorder

from voicecoach.adapters.history.store import TakeStore
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.adapters.sound.take_file import recover
from voicecoach.app.practise.options import PracticeOptions
from voicecoach.app.practise.practice import Practice
from voicecoach.app.practise.prompt import Hearing
from voicecoach.app.practise.take import CalibratedVoice, TakePorts
from voicecoach.app.score.analyse import Task
from voicecoach.errors import DeviceError, UsageError
from voicecoach.model.assessment import Advice, Assessment, Coverage, Evidence, PointResult, Refusal
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from voicecoach.app.practise.answer import Speaking
    from voicecoach.app.practise.take import Attempt
    from voicecoach.errors import VoicecoachError
    from voicecoach.model.speaker_profile import Baseline


RATE_HZ = 16_000


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

    def tick(self, made: Attempt) -> Attempt:
        self.shown.append(("tick", made.take.id))
        return made


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
    baseline: Baseline | None = None

    def task(self, asked: Prompt | None, profile: str, *, prompt_end_s: float | None = None) -> Task:
        bands = load_profile(profile, "zh")
        return Task(asked, "zh", bands, baseline=self.baseline, prompt_end_s=prompt_end_s)

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
        raise UsageError("plain", message=f"no prompt {prompt_id}", remedy="")


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
    figures: dict[str, Any] = field(default_factory=dict)
    """The measurements that every judged document has."""

    def practice(self) -> Practice:
        ports = TakePorts(
            self.store,
            self.recorder,
            self.judge,
            to_document=lambda made: {
                "schema": "voicecoach.assessment/2",
                "total": made.total,
                "measurements": self.figures,
            },
            silent=lambda device: DeviceError("plain", message=f"zeros from {device}", remedy=""),
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
            raise DeviceError("plain", message="no loudspeaker", remedy="")
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
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage on which loading and hearing end at once, so that each key has its one place."""
    monkeypatch.setattr(Practice, "_ready", lambda _self: None)
    monkeypatch.setattr(Hearing, "is_over", property(lambda self: self.wait() or True))
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
