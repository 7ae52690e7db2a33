"""An answer followed while it is spoken: where it is cut, what is left for the end, and faults."""

from __future__ import annotations

import itertools
import math
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeEncoder

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score import live
from voicecoach.app.score.analyse import Analyser, Task
from voicecoach.app.score.live import CHUNK_SHORTEST_S, LiveAnalysis
from voicecoach.audio import decode
from voicecoach.errors import EngineError
from voicecoach.features import extract
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.transcript import Language, Provenance, Transcript, Word
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

GOOD = Path(__file__).parents[3] / "audio_fixtures" / "late_delivery_good.flac"
STEP_S = 0.3
EDGE_S = 0.3


@dataclass(frozen=True)
class Part:
    chunk: Span


class FakeListener:
    """Hears one word a stretch."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.listened: list[Span] = []
        self.given: list[Span] = []

    def listen(self, waveform: Waveform, chunk: Span, *, language: Language) -> Part:
        if self.fault is not None:
            raise self.fault
        assert language == "zh"
        assert chunk.end_s <= waveform.duration_s
        self.listened.append(chunk)
        return Part(chunk)

    def transcribe(
        self,
        waveform: Waveform,
        *,
        language: Language,
        speech: Sequence[Span],
        listened: Sequence[Part] = (),
    ) -> Transcript:
        assert speech[-1].end_s <= waveform.duration_s
        self.given = [part.chunk for part in listened]
        words = tuple(Word("好", part.chunk, 1.0) for part in listened)
        return Transcript(words, language, Provenance("fake", "1", "none", "0" * 64))


@pytest.fixture(scope="module")
def sound() -> Waveform:
    return decode.load(GOOD).waveform


@pytest.fixture
def task() -> Task:
    return Task(prompt=None, language="zh", profile=load_profile("interview", "zh"))


def analyser(listener: FakeListener) -> Analyser:
    return Analyser(listener, RubricEngine(FakeEncoder()))


def followed(sound: Waveform, task: Task, listener: FakeListener, *, until_s: float) -> LiveAnalysis[Part]:
    """The analysis after looking every 0.3 s, without its thread: the clock is the test's."""
    said = [0.0]

    def so_far() -> Waveform:
        return Waveform(sound.cut(Span(0.0, said[0])), sound.rate_hz)

    analysis = LiveAnalysis(analyser(listener), listener, task, so_far)
    while said[0] < until_s:
        said[0] = min(said[0] + STEP_S, until_s)
        analysis._look()
    return analysis


def as_file(sound: Waveform, path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate_hz)
        file.writeframes((sound.samples * 32767).astype("<i2").tobytes())
    return path


def test_stretches_are_cut_in_silence_and_follow_each_other(sound: Waveform, task: Task) -> None:
    listener = FakeListener()
    analysis = followed(sound, task, listener, until_s=36.0)
    analysis._pool.shutdown(wait=True)
    chunks = listener.listened
    assert len(chunks) >= 4
    assert all(left.end_s <= right.start_s for left, right in itertools.pairwise(chunks))
    assert all(chunk.duration_s >= CHUNK_SHORTEST_S for chunk in chunks)
    speech = extract.gate(sound).speech
    for chunk in chunks:
        assert not any(
            span.start_s + EDGE_S < edge_s < span.end_s - EDGE_S
            for span in speech
            for edge_s in (chunk.start_s, chunk.end_s)
        )


def test_only_the_rest_is_left_for_the_end(sound: Waveform, task: Task, tmp_path: Path) -> None:
    listener = FakeListener()
    analysis = followed(sound, task, listener, until_s=30.0)
    before = len(analysis._futures)
    path = as_file(Waveform(sound.cut(Span(0.0, 30.0)), sound.rate_hz), tmp_path / "take.wav")
    assessment = analysis.finish(path, task, source="take")
    assert listener.given == listener.listened
    assert before <= len(analysis._futures) <= before + 1
    assert assessment.transcript.text == "好" * len(analysis._futures)
    assert assessment.duration_s == pytest.approx(30.0, abs=0.01)


def test_silence_is_counted_from_the_last_speech(sound: Waveform, task: Task) -> None:
    quiet = Waveform(sound.samples * 0.0, sound.rate_hz)
    analysis = followed(quiet, task, FakeListener(), until_s=3.0)
    assert not analysis.has_spoken
    assert math.isinf(analysis.silence_s)
    speech = extract.gate(sound).speech
    spoken = followed(sound, task, FakeListener(), until_s=speech[3].end_s)
    assert spoken.has_spoken
    assert spoken.silence_s == pytest.approx(0.0, abs=EDGE_S)


def test_a_fault_of_the_recogniser_shows_at_the_end(sound: Waveform, task: Task) -> None:
    analysis = followed(
        sound, task, FakeListener(EngineError("plain", message="out of memory", remedy="")), until_s=12.0
    )
    with pytest.raises(EngineError, match="out of memory"):
        analysis.finish(GOOD, task, source="take")


def test_the_thread_looks_by_itself_and_ends_with_the_context(
    sound: Waveform, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "POLL_S", 0.001)
    listener = FakeListener()
    with LiveAnalysis(analyser(listener), listener, task, lambda: sound) as analysis:
        for _ in range(1000):
            if analysis.has_spoken:
                break
            analysis._thread.join(0.01)
        assert analysis.has_spoken
    assert not analysis._thread.is_alive()


def test_a_fault_of_the_thread_shows_at_the_end(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "POLL_S", 0.001)

    def broken() -> Waveform:
        raise EngineError("plain", message="the recording is gone", remedy="")

    listener = FakeListener()
    with LiveAnalysis(analyser(listener), listener, task, broken) as analysis:
        analysis._thread.join(5.0)
        with pytest.raises(EngineError, match="the recording is gone"):
            analysis.finish(GOOD, task, source="take")
