"""Where pauses could not be heard, and what is left of an answer that is interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.gaps import LONGEST_RUN_S, pauses_hidden
from voicecoach.metrics.pauses import RESPONSE_LATENCY, measure_pauses
from voicecoach.model.audio import Interruption, Span, Track
from voicecoach.words.reasons import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH_S = 40.0
PAUSED = tuple(Span(t, t + 3.5) for t in np.arange(0.0, LENGTH_S, 4.0).tolist())


def features(
    speech: Sequence[Span],
    *,
    sure_share: float = 0.2,
    snr_db: float = 10.0,
    floor: bool = True,
    others: Sequence[Interruption] = (),
) -> SoundFeatures:
    none = Track(np.zeros(0), 0.0, 0.01, "")
    n = round(LENGTH_S / 0.032)
    gate = np.where(np.arange(n) < sure_share * n, 0.0, 0.9)
    level = np.full(round(LENGTH_S / 0.005), -20.0)
    return SoundFeatures(
        duration_s=LENGTH_S,
        speech=tuple(speech),
        speech_probability=Track(gate, 0.016, 0.032, ""),
        level=Track(level, 0.0, 0.005, "dBFS"),
        pitch=none,
        hf500=none,
        hf1000=none,
        noise_floor_dbfs=-20.0 - snr_db if floor else None,
        interruptions=tuple(others),
    )


@pytest.mark.parametrize(
    ("sound", "hidden"),
    [
        (features(PAUSED), False),
        (features(PAUSED, sure_share=0.01), True),  # voices all around
        (features(PAUSED, sure_share=0.01, snr_db=40.0), False),  # fluent, in a quiet room
        (features(PAUSED, sure_share=0.0, floor=False), True),
        (features([Span(0.0, LENGTH_S)]), True),
        (features([Span(0.0, 19.0), Span(20.0, LENGTH_S)]), True),
        (features([Span(0.0, 19.0), Span(19.5, 39.0)]), False),
        (features([Span(0.0, LONGEST_RUN_S - 1.0)], sure_share=0.0, floor=False), False),  # short
        (features(()), False),
    ],
)
def test_pauses_are_hidden_where_nothing_is_sure_to_be_a_gap(sound: SoundFeatures, *, hidden: bool) -> None:
    assert pauses_hidden(sound) is hidden


def test_hidden_pauses_have_a_reason_and_no_figure() -> None:
    figures = measure_pauses(
        features([Span(1.0, LENGTH_S)]), clause_end_odds=(), n_syllables=99, prompt_end_s=0.5
    )
    for figure in figures:
        if figure.name == RESPONSE_LATENCY.name:
            assert figure.value == pytest.approx(0.5)
        else:
            assert (figure.value, figure.reason) == (None, "pauses_hidden")
    assert is_known("pauses_hidden")


def test_an_interruption_and_the_silence_around_it_are_no_time_of_the_answer() -> None:
    plain = features([Span(1.0, 5.0), Span(6.0, 10.0)])
    music = Interruption(Span(11.0, 20.0), "music")
    broken = features([Span(1.0, 5.0), Span(6.0, 10.0), Span(21.0, 25.0)], others=[music])
    assert plain.answer_s == 9.0
    assert broken.answer_s == 13.0
    assert broken.silent_pauses() == plain.silent_pauses() == (Span(5.0, 6.0),)
    figures = {
        figure.name: figure.value for figure in measure_pauses(broken, clause_end_odds=None, n_syllables=None)
    }
    assert figures["longest_pause"] == figures["pause_time"] == 1.0
    assert figures["phonation_time_ratio"] == pytest.approx(12.0 / 13.0)


def test_loss_inside_a_word_takes_its_own_time_alone() -> None:
    loss = Interruption(Span(3.0, 3.04), "loss")
    broken = features([Span(1.0, 5.0), Span(6.0, 10.0)], others=[loss])
    assert broken.answer_s == pytest.approx(9.0 - 0.04)
    assert broken.silent_pauses() == (Span(5.0, 6.0),)


def test_what_lies_outside_the_answer_takes_nothing_from_it() -> None:
    before = Interruption(Span(0.0, 0.8), "tone")
    assert features([Span(1.0, 5.0)], others=[before]).answer_s == 4.0
