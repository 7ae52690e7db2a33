"""Closed forms of how much of an answer speaks to a prompt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.rubric.coverage.relevance import FULL_SHARE, Relevance, relevance

TOLERANCE = 1e-12


def test_share_is_the_mean_over_windows_of_the_best_point() -> None:
    found = relevance(np.array([[0.2, 0.8], [0.4, 0.0], [0.0, 0.0]]))
    assert found.share == pytest.approx((0.8 + 0.4 + 0.0) / 3, abs=TOLERANCE)


def test_scores_beyond_their_scale_are_clipped() -> None:
    assert relevance(np.array([[1.7, -0.5]])) == Relevance(1.0)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nothing_speaks_to_nothing(shape: tuple[int, int]) -> None:
    assert relevance(np.zeros(shape)) == Relevance(0.0)


def test_what_is_missing_counts_below_the_limit_only() -> None:
    assert Relevance(FULL_SHARE).below() == 0.0
    assert Relevance(1.0).below() == 0.0
    assert Relevance(FULL_SHARE - 0.1).below() == pytest.approx(-0.1, abs=TOLERANCE)


@given(st.floats(min_value=0.0, max_value=1.0), st.floats(min_value=0.0, max_value=1.0))
def test_more_to_the_prompt_is_never_missing_more(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert Relevance(less).below() <= Relevance(more).below() <= 0.0
