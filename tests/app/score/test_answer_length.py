"""The target of a prompt rates how long the answer is; without a prompt nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from practice_stage import prompt

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import HeardRecording, Task, assemble
from voicecoach.audio.decode import Recording
from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.length import ANSWER_LENGTH, measure_length
from voicecoach.metrics.quality import CLIPPING, SNR
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.prompt import Prompt

RATE_HZ = 16_000


def judged(length_s: float, asked: Prompt | None) -> Assessment:
    """An answer of so many seconds of speech, of which nothing but the length is measured."""
    span = Span(1.0, 1.0 + length_s)
    empty = Track(np.zeros(4), 0.0, 1.0, "")
    features = SoundFeatures(span.end_s + 1.0, (span,), empty, empty, empty, empty, empty, -60.0)
    samples = np.zeros(round(features.duration_s * RATE_HZ), dtype=np.float32)
    recording = Recording(Waveform(samples, RATE_HZ), "", RATE_HZ, 1, None, 0.0, (), two_party=False)
    transcript = Transcript((Word("抱歉", span, 1.0),), "zh", Provenance("", "", "", ""))
    task = Task(asked, "zh", load_profile("interview", "zh"))
    quality = (SNR.measured(40.0), CLIPPING.measured(0.0))
    measurements = (measure_length(features), *quality)
    heard = HeardRecording(recording, features, transcript)
    return assemble(heard, task, source="a.wav", measurements=measurements, coverage=None)


@pytest.mark.parametrize(
    ("length_s", "verdict"), [(15.0, "red"), (30.0, "amber"), (80.0, "green"), (200.0, "red")]
)
def test_the_target_of_the_prompt_is_the_green_range(length_s: float, verdict: str) -> None:
    made = judged(length_s, prompt(target_s=(40.0, 120.0)))
    figure = made.measurement(ANSWER_LENGTH.name)
    assert figure.value == pytest.approx(length_s)
    assert made.bands[ANSWER_LENGTH.name].green == (40.0, 120.0)
    assert made.verdict(figure) == verdict
    assert sum(line.about == ANSWER_LENGTH.name for line in made.advice) == (verdict != "green")


@pytest.mark.parametrize("asked", [None, prompt(target_s=(0.0, 0.0))])
def test_without_a_target_there_is_a_figure_and_no_verdict(asked: Prompt | None) -> None:
    made = judged(15.0, asked)
    figure = made.measurement(ANSWER_LENGTH.name)
    assert figure.value == pytest.approx(15.0)
    assert made.verdict(figure) is None
    assert made.advice == ()
