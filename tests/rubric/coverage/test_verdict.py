"""The range of a coverage from the probabilities of its points, against closed forms and drawn answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.model.assessment import PointResult
from voicecoach.model.prompt import RubricPoint
from voicecoach.rubric.coverage.verdict import OUTSIDE, coverage_range, state_of

TOLERANCE = 1e-9
POINTS = st.lists(
    st.tuples(st.integers(min_value=1, max_value=5), st.floats(min_value=0.0, max_value=1.0)),
    min_size=1,
    max_size=6,
)


def ranged(*judged: tuple[int, float]) -> tuple[float, float]:
    points = [RubricPoint(str(index), {}, weight=weight) for index, (weight, _) in enumerate(judged)]
    results = [PointResult(str(index), state_of(chance), chance) for index, (_, chance) in enumerate(judged)]
    return coverage_range(points, results)


def test_certain_points_leave_no_range() -> None:
    assert ranged((3, 1.0), (1, 0.0)) == (0.75, 0.75)
    assert ranged() == (0.0, 0.0)


def test_a_doubtful_point_may_count_or_not() -> None:
    assert ranged((1, 1.0), (1, 0.5)) == (0.5, 1.0)
    assert ranged((1, 1.0), (1, OUTSIDE / 2)) == (0.5, 0.5)
    assert ranged((1, 1.0), (1, 1.0 - OUTSIDE / 2)) == (1.0, 1.0)


def test_many_sure_points_are_together_less_sure() -> None:
    low, high = ranged(*[(1, 0.92)] * 5)
    assert (low, high) == (0.8, 1.0)


def test_points_that_do_not_count_leave_the_range_alone() -> None:
    points = [RubricPoint("a", {}), RubricPoint("b", {}, severity="note")]
    results = [PointResult("a", "covered", 1.0), PointResult("b", "maybe", 0.4)]
    assert coverage_range(points, results) == (1.0, 1.0)


@given(POINTS)
def test_the_range_holds_the_covered_share_and_most_of_what_is_likely(
    judged: list[tuple[int, float]],
) -> None:
    low, high = ranged(*judged)
    whole = sum(weight for weight, _ in judged)
    shown = sum(weight for weight, chance in judged if state_of(chance) == "covered") / whole
    assert 0.0 <= low <= shown <= high <= 1.0
    inside = 0.0
    for taken in range(2 ** len(judged)):
        chance, share = 1.0, 0.0
        for index, (weight, own) in enumerate(judged):
            counted = bool(taken >> index & 1)
            chance *= own if counted else 1.0 - own
            share += weight / whole * counted
        if low - TOLERANCE <= share <= high + TOLERANCE:
            inside += chance
    assert inside >= 1.0 - 2.0 * OUTSIDE - TOLERANCE


@given(POINTS)
def test_the_order_of_the_points_changes_nothing(judged: list[tuple[int, float]]) -> None:
    assert ranged(*judged) == pytest.approx(ranged(*sorted(judged)), abs=TOLERANCE)
