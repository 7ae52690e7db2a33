"""Agreement of two judges: closed forms first, then scikit-learn as an independent hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_made import MARKS, NONE, made, of
from sklearn.metrics import cohen_kappa_score
from sklearn.metrics import mean_absolute_error as sklearn_mae

from voicecoach.metrics.comparison.agreement import (
    bias,
    cohen_kappa,
    confusion,
    exact_agreement,
    mean_absolute_error,
)

TOLERANCE = 1e-9


def test_kappa_of_a_table_worked_by_hand() -> None:
    # 20 both yes, 5 and 10 apart, 15 both no: p_o = .7, p_e = .5 * .6 + .5 * .4 = .5, kappa = .4
    first = of(*[1] * 20, *[1] * 5, *[0] * 10, *[0] * 15)
    second = of(*[1] * 20, *[0] * 5, *[1] * 10, *[0] * 15)
    assert cohen_kappa(first, second, categories=MARKS) == pytest.approx(0.4, abs=TOLERANCE)
    assert exact_agreement(first, second) == pytest.approx(0.7, abs=TOLERANCE)
    np.testing.assert_array_equal(confusion(first, second, (0.0, 1.0)), [[15, 10], [5, 20]])


def test_a_maybe_is_half_right_for_quadratic_kappa_only() -> None:
    person, near, far = of(1, 1, 0, 0), of(0.5, 1, 0, 0), of(0, 1, 0, 0)
    unweighted = [cohen_kappa(person, other, categories=MARKS) for other in (near, far)]
    weighted = [cohen_kappa(person, other, categories=MARKS, quadratic=True) for other in (near, far)]
    # p_o = .75, p_e = (2 * 1 + 2 * 2) / 16 and (2 * 1 + 2 * 3) / 16
    assert unweighted == pytest.approx([0.6, 0.5], abs=TOLERANCE)
    # sum(w O) = .25 and 1; sum(w E) = (2 * (2 + .25) + 2 * (.25 + 1)) / 4 and (2 * 3 + 2 * 1) / 4
    assert weighted == pytest.approx([1 - 0.25 / 1.75, 0.5], abs=TOLERANCE)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_scikit_learn_says(seed: int) -> None:
    first, second = made(seed)
    codes = [(2 * values).astype(int) for values in (first, second)]
    for quadratic in (False, True):
        theirs = cohen_kappa_score(*codes, labels=[0, 1, 2], weights="quadratic" if quadratic else None)
        ours = cohen_kappa(first, second, categories=MARKS, quadratic=quadratic)
        assert ours == pytest.approx(theirs, abs=TOLERANCE)
    assert mean_absolute_error(first, second) == pytest.approx(sklearn_mae(first, second), abs=TOLERANCE)


def test_the_bias_has_a_sign() -> None:
    assert bias(of(1, 2, 3), of(3, 3, 3)) == 1.0
    assert bias(of(3, 3, 3), of(1, 2, 3)) == -1.0


def test_what_is_not_defined_is_none() -> None:
    same = of(1, 1, 1, 1)
    assert cohen_kappa(same, same, categories=MARKS) is None
    assert cohen_kappa(same, of(1, 1, 0, 1), categories=MARKS) == 0.0
    assert cohen_kappa(NONE, NONE, categories=MARKS) is None
    assert [f(NONE, NONE) for f in (exact_agreement, mean_absolute_error, bias)] == [None] * 3


@pytest.mark.parametrize(("first", "second"), [((0.3,), (1,)), ((1,), (2,)), ((0,), (-1,))])
def test_a_mark_of_no_category_is_told(first: tuple[float], second: tuple[float]) -> None:
    with pytest.raises(ValueError, match="marks must be among"):
        cohen_kappa(of(*first), of(*second), categories=MARKS)


@given(st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(MARKS)), min_size=1, max_size=30))
@settings(deadline=None)
def test_kappa_is_symmetric_at_most_one_and_one_only_in_full_agreement(
    pairs: list[tuple[float, float]],
) -> None:
    first, second = np.asarray(pairs).T
    kappa = cohen_kappa(first, second, categories=MARKS)
    swapped = cohen_kappa(second, first, categories=MARKS)
    assert swapped == (None if kappa is None else pytest.approx(kappa, abs=TOLERANCE))
    if kappa is not None:
        assert kappa <= 1.0
        assert (kappa == 1.0) == bool((first == second).all())
