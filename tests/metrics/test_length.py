"""The length of an answer is that from its first speech to its last."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.length import measure_length
from voicecoach.model.audio import Span, Track


def sound(*speech: Span) -> SoundFeatures:
    none = Track(np.full(10, np.nan), 0.0, 0.01, "")
    return SoundFeatures(90.0, speech, none, none, none, none, none, None)


def test_silence_around_the_answer_does_not_count_and_pauses_do() -> None:
    figure = measure_length(sound(Span(2.0, 12.5), Span(15.0, 48.25)))
    assert figure.value == pytest.approx(46.25)
    assert figure.evidence == (Span(2.0, 48.25),)
    assert figure.unit == "s"


def test_without_speech_there_is_none() -> None:
    assert measure_length(sound()).reason == "no_speech"
