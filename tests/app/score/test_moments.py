"""The moments of an assessment: which they are, each once under the number keys, and their sound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from assessments import answer, refused

from voicecoach.app.practise.feedback import playlist_of
from voicecoach.app.score.moments import MOMENTS_MOST, all_moments, cut, numbered_moments
from voicecoach.model.assessment import Advice
from voicecoach.model.audio import Span, Waveform


def test_moments_are_those_of_advice_language_points_and_the_longest_pause() -> None:
    heard = numbered_moments(answer())
    assert [moment.about for moment in heard] == [
        "rubric:listen", "longest_pause", "language:overpromise", "rubric:empathy", "rubric:analyze",
        "rubric:solve",
    ]  # fmt: skip
    assert len({moment.span for moment in heard}) == len(heard)
    many = replace(answer(), advice=tuple(Advice("snr", {"zh": "x"}, Span(n, n + 1)) for n in range(20)))
    assert len(numbered_moments(many)) == MOMENTS_MOST
    assert numbered_moments(refused()) == ()


def test_a_moment_is_cut_with_a_margin_within_the_recording() -> None:
    samples = np.arange(1000, dtype=np.float32)
    wave = Waveform(samples, 100)
    assert cut(wave, Span(2.0, 3.0)).samples.tolist() == samples[170:330].tolist()
    assert cut(wave, Span(0.1, 9.9)).samples.tolist() == samples.tolist()
    assert cut(wave, Span(5.0, 5.0), margin_s=0.0).samples.tolist() == []


def test_after_an_answer_the_advice_and_the_points_are_played_and_then_the_whole() -> None:
    assessment = answer()
    told = playlist_of(assessment, "zh")
    spans = [
        moment.span
        for moment in all_moments(assessment)
        if moment.advice is not None or moment.about.startswith("rubric:")
    ]
    assert [span for _, span in told] == [*spans, None]
    n_advice = sum(advice.span is not None for advice in assessment.advice)
    assert [text.startswith("“") for text, _ in told] == [False] * n_advice + [True] * (
        len(told) - n_advice - 1
    ) + [False]
