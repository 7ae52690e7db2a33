"""Parts of the batch that need no worker: kept words, progress, the size of the crew, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from batch_fakes import job, judged
from fakes import FakeTranscriber

from voicecoach.app.batch.attempts import Try, limit_s
from voicecoach.app.batch.progress import Meter
from voicecoach.app.batch.size import CrewSize, crew_size
from voicecoach.app.batch.transcript_cache import KeptTranscriber
from voicecoach.errors import InputError
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.job import Item, Outcome, Planned
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from pathlib import Path

RATE_HZ = 16_000
SPEECH = (Span(0.5, 1.5),)


def wave(seed: int = 0) -> Waveform:
    samples = np.random.default_rng(seed).standard_normal(2 * RATE_HZ).astype(np.float32) * 0.1
    return Waveform(samples, RATE_HZ)


def test_what_was_heard_is_not_recognised_again() -> None:
    recogniser = FakeTranscriber.of("您好", "再见")
    memory = KeptTranscriber(recogniser)
    memory.begin(None)
    agent = memory.transcribe(wave(0), language="zh", speech=SPEECH)
    caller = memory.transcribe(wave(1), language="zh", speech=SPEECH)
    kept = memory.heard()
    memory.begin(kept)
    assert memory.transcribe(wave(1), language="zh", speech=SPEECH) == caller
    assert memory.transcribe(wave(0), language="zh", speech=SPEECH) == agent
    assert len(recogniser.heard) == 2
    assert memory.heard() is None


@pytest.mark.parametrize("changed", ["sound", "speech", "language"])
def test_other_sound_speech_or_language_is_heard_anew(changed: str) -> None:
    memory = KeptTranscriber(FakeTranscriber.of("您好", "再见"))
    memory.begin(None)
    memory.transcribe(wave(), language="zh", speech=SPEECH)
    kept = memory.heard()
    memory.begin(kept)
    found = memory.transcribe(
        wave(1 if changed == "sound" else 0),
        language="en" if changed == "language" else "zh",
        speech=(Span(0.5, 1.4),) if changed == "speech" else SPEECH,
    )
    assert found.text == "再见"


def test_given_words_replace_recognition() -> None:
    memory = KeptTranscriber(FakeTranscriber.of())
    memory.begin(None, given=(Word("您好", Span(0.5, 1.0), 1.0),))
    found = memory.transcribe(wave(), language="zh", speech=SPEECH)
    assert found.words == (Word("您好", Span(0.5, 1.0), 1.0),)
    assert found.provenance.engine == "given"
    assert memory.heard() is None


def test_given_words_of_another_recording_are_refused() -> None:
    memory = KeptTranscriber(FakeTranscriber.of())
    memory.begin(None, given=(Word("您好", Span(3.5, 4.0), 1.0),))
    with pytest.raises(InputError, match=r"end at 4\.0 s, but the recording lasts 2\.0 s"):
        memory.transcribe(wave(), language="zh", speech=SPEECH)


def test_the_time_left_follows_the_bytes_of_the_same_ending(tmp_path: Path) -> None:
    now = [0.0]
    sizes = {"a.wav": 320, "b.wav": 640, "c.opus": 30, "d.opus": 60}
    plan = []
    for name, size in sizes.items():
        one = job(tmp_path / name, "ok")
        plan.append(Planned(Item(file=name, path=one.path), one, size_bytes=size))
    meter = Meter(plan, clock=lambda: now[0])
    assert meter.progress().left_s is None
    now[0] = 5.0
    meter.add(Outcome("key-a", judged("", 10.0)))
    now[0] = 10.0
    progress = meter.add(Outcome("key-c", judged("", 30.0)))
    # 40 s of sound in 10 s of work; b.wav is 20 s and d.opus 60 s: 80 s more
    assert (progress.sound_s, progress.rate, progress.left_s) == (40.0, 4.0, 20.0)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"n_jobs": 100, "n_cores": 8, "memory_mb": None}, CrewSize(8, 1)),
        ({"n_jobs": 3, "n_cores": 8, "memory_mb": None}, CrewSize(3, 2)),
        ({"n_jobs": 100, "n_cores": 8, "memory_mb": 3000.0}, CrewSize(3, 2)),
        ({"n_jobs": 100, "n_cores": 8, "memory_mb": 100.0}, CrewSize(1, 8)),
        ({"n_jobs": 100, "n_cores": 2, "memory_mb": 100.0, "workers": 4}, CrewSize(4, 1)),
        ({"n_jobs": 1, "n_cores": 2, "memory_mb": None, "workers": 4}, CrewSize(1, 2)),
    ],
)
def test_the_crew_fills_the_cores_as_far_as_memory_and_files_go(
    options: dict[str, int], size: CrewSize
) -> None:
    assert crew_size(**options, weights_mb=145.0) == size


def test_the_limit_grows_with_the_file_unless_it_was_named() -> None:
    assert limit_s(30.0, file_timeout_s=None) == 120.0
    assert limit_s(30.0, file_timeout_s=7.0) == 7.0


def test_a_file_is_tried_twice(tmp_path: Path) -> None:
    flight = Try(job(tmp_path / "a", "ok"))
    again = flight.again()
    assert again == Try(flight.job, lost=1)
    assert again.again() is None
