"""Statistics: closed forms first, then scipy as an independent hand."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_made import MARKS, NONE, made, of
from scipy import stats
from scipy.stats import binomtest

from voicecoach.metrics.comparison.agreement import cohen_kappa, exact_agreement, mean_absolute_error
from voicecoach.metrics.comparison.statistics import bootstrap, pearson, spearman, wilson

TOLERANCE = 1e-12


# -- shares ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilson_interval_of_known_cases(hits: int, n: int, low: float, high: float) -> None:
    """R: binom::binom.wilson."""
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 200), st.integers(0, 200))
def test_wilson_interval_holds_its_share_and_mirrors(hits: int, misses: int) -> None:
    n = hits + misses + 1
    low, high = wilson(hits, n)
    assert 0.0 <= low <= hits / n <= high <= 1.0
    assert wilson(n - hits, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 20), (20, 20), (7, 12), (83, 100), (3, 1000)])
def test_the_share_interval_is_that_of_scipy(hits: int, n: int) -> None:
    wanted = binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits, n) == pytest.approx((wanted.low, wanted.high), abs=TOLERANCE)


def test_no_trial_tells_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_more_hits_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="got 3 of 2"):
        wilson(3, 2)


# -- correlations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_correlations_are_those_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    figures = 200 + 30 * rng.normal(size=80), np.round(200 + 40 * rng.normal(size=80), -1)
    for left, right in (made(seed), figures):
        assert pearson(left, right) == pytest.approx(stats.pearsonr(left, right).statistic, abs=TOLERANCE)
        assert spearman(left, right) == pytest.approx(stats.spearmanr(left, right).statistic, abs=TOLERANCE)


def test_a_correlation_that_is_not_defined_is_none() -> None:
    same = of(1, 1, 1, 1)
    assert pearson(same, of(1, 2, 3, 4)) is None
    assert spearman(of(1, 2, 3, 4), same) is None
    assert pearson(of(1, 2), of(2, 1)) is None
    assert [f(NONE, NONE) for f in (pearson, spearman)] == [None] * 2


@given(st.lists(st.tuples(*[st.integers(-50, 50)] * 2), min_size=3, max_size=30))
@settings(deadline=None)
def test_ranks_do_not_feel_a_rising_scale(pairs: list[tuple[int, int]]) -> None:
    left, right = np.asarray(pairs, dtype=np.float64).T
    cubed = spearman(left**3, right)
    assert cubed == spearman(left, right)
    assert cubed is None or -1.0 <= cubed <= 1.0


# -- bootstrap -------------------------------------------------------------------------------------------


def test_the_bootstrap_is_seeded_and_holds_the_figure() -> None:
    first, second = made(1)
    kappa = partial(cohen_kappa, categories=MARKS)
    interval = bootstrap(kappa, first, second, n_boot=200, seed=3)
    assert interval == bootstrap(kappa, first, second, n_boot=200, seed=3)
    assert interval != bootstrap(kappa, first, second, n_boot=200, seed=4)
    value = kappa(first, second)
    assert interval
    assert value
    assert interval[0] < value < interval[1]


def test_the_bootstrap_is_that_of_the_normal_law_for_a_mean() -> None:
    # a mean absolute difference of n = 400 items with SD .5 has a standard error of .025
    first, second = np.zeros(400), np.tile([0.0, 1.0], 200)
    interval = bootstrap(mean_absolute_error, first, second, n_boot=1000)
    assert interval == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.006)


def test_no_bootstrap_where_most_resamples_say_nothing() -> None:
    same, one_off = np.ones(6), of(1, 1, 1, 1, 1, 0)
    assert bootstrap(pearson, same, one_off, n_boot=50) is None
    assert bootstrap(exact_agreement, NONE, NONE, n_boot=50) is None
    assert bootstrap(exact_agreement, same, same, n_boot=0) is None
