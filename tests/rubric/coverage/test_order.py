"""Whether steps rise, and which came too early."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.coverage.order import steps_in_order

ORDER = ("empathy", "listen", "analyze", "solve")


@pytest.mark.parametrize(
    ("heard", "ok", "early"),
    [
        ({"empathy": 0, "listen": 5, "analyze": 9, "solve": 20}, True, ()),
        ({"empathy": 0, "solve": 5}, True, ()),  # a step left out is no swap
        ({"empathy": 9, "listen": 0}, False, ("listen",)),
        ({"empathy": 0, "listen": 9, "analyze": 20, "solve": 5}, False, ("solve",)),
        ({"solve": 0, "empathy": 1, "listen": 2, "analyze": 3}, False, ("solve",)),
        ({"empathy": 30, "listen": 20, "analyze": 10, "solve": 0}, False, ("listen", "analyze", "solve")),
        ({"empathy": 3, "listen": 3}, True, ()),  # said in one breath
        ({"apology": 0, "empathy": 3, "listen": 4}, True, ()),  # not an ordered step
    ],
)
def test_steps_must_rise(heard: dict[str, float], ok: bool, early: tuple[str, ...]) -> None:
    assert steps_in_order(ORDER, heard) == (ok, early)


@pytest.mark.parametrize("heard", [{}, {"listen": 3.0}, {"apology": 0.0, "solve": 1.0}])
def test_fewer_than_two_steps_have_no_order(heard: dict[str, float]) -> None:
    assert steps_in_order(ORDER, heard) == (None, ())


def test_a_prompt_without_order_has_none() -> None:
    assert steps_in_order((), {"empathy": 1.0, "listen": 0.0}) == (None, ())


def test_of_all_orders_only_one_is_right() -> None:
    right = [
        said for said in permutations(ORDER) if steps_in_order(ORDER, {s: i for i, s in enumerate(said)})[0]
    ]
    assert right == [ORDER]


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(ORDER), st.integers(min_value=0, max_value=100), min_size=2),
    st.integers(min_value=0, max_value=1000),
)
def test_only_the_order_counts_not_the_time(heard: dict[str, float], shift: int) -> None:
    ok, early = steps_in_order(ORDER, heard)
    assert steps_in_order(ORDER, {step: 2 * at + shift for step, at in heard.items()}) == (ok, early)
    assert ok == (not early)
    assert set(early) < set(heard)
