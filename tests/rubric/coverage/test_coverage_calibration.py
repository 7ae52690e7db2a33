"""The logistic model over signals: bounds, directions, and what its file must hold."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.model.transcript import Language
from voicecoach.rubric.coverage.calibration import COVERED, MAYBE, Calibration, calibration
from voicecoach.rubric.coverage.signals import NAMES, NOTHING, PLENTY, Signals

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = Signals(**dict.fromkeys(NAMES, 0.0))
TOLERANCE = 1e-12
LOGITS = st.floats(min_value=NOTHING, max_value=PLENTY)


def weights(**named: float) -> Mapping[str, float]:
    return {**dict.fromkeys(NAMES, 0.0), **named}


def test_log_odds_are_the_weighted_sum() -> None:
    model = Calibration(0.5, weights(best=2.0, rival=-1.0))
    chance = model.probability(replace(PLAIN, best=1.5, rival=1.0))
    assert math.log(chance / (1.0 - chance)) == pytest.approx(0.5 + 3.0 - 1.0, abs=TOLERANCE)


def test_without_signals_nothing_is_likely() -> None:
    assert Calibration(9.0, weights()).probability(None) == 0.0


@pytest.mark.parametrize("wrong", [{"best": 1.0}, {**weights(), "mood": 1.0}])
def test_every_signal_has_its_weight_and_nothing_else_has(wrong: Mapping[str, float]) -> None:
    with pytest.raises(ValueError, match="weights are needed for"):
        Calibration(0.0, wrong)


@pytest.mark.parametrize("language", get_args(Language))
@given(first=LOGITS, other=LOGITS)
def test_the_shipped_weights_trust_a_surer_window_more(
    language: Language, first: float, other: float
) -> None:
    model = calibration(language)
    less, more = sorted((first, other))
    lower, upper = (model.probability(replace(PLAIN, best=best)) for best in (less, more))
    assert 0.0 <= lower <= upper <= 1.0


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize(
    ("signal", "worse", "better"),
    [
        ("share", -0.2, 0.0),
        ("ill", 1.0, 0.0),
        ("hostile", 1.0, 0.0),
        ("routine", 1.0, 0.0),
        ("margin", -0.3, 0.5),
        ("rival", 3.0, 0.0),
    ],
)
def test_the_shipped_weights_doubt_what_is_to_be_doubted(
    language: Language, signal: str, worse: float, better: float
) -> None:
    model = calibration(language)
    doubtful, plain = (model.probability(replace(PLAIN, **{signal: value})) for value in (worse, better))
    assert doubtful < plain


def test_a_maybe_lies_below_covered() -> None:
    assert 0.0 < MAYBE < COVERED < 1.0
