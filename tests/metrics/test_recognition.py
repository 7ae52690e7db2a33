"""Character error rate: closed forms, and the invariants of an edit distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.metrics.recognition import character_error_rate


@pytest.mark.parametrize(
    ("recognised", "said", "expected"),
    [
        ("遇到这种情况", "遇到这种情况", 0.0),
        ("于日到这种情况", "遇到这种情况", 2 / 6),
        ("查 物流，", "查物流。", 0.0),
        ("ＡＰＰ", "app", 0.0),
        ("", "你好", 1.0),
        ("你好", "", 1.0),
        ("，", "。", 0.0),
        ("你好你好你好", "你", 5.0),
    ],
)
def test_known_rates(recognised: str, said: str, expected: float) -> None:
    assert character_error_rate(recognised, said) == pytest.approx(expected, abs=1e-12)


@given(*[st.text("abc", min_size=1, max_size=12)] * 3)
def test_the_errors_of_texts_are_a_metric(one: str, two: str, three: str) -> None:
    assert errors(one, two) == pytest.approx(errors(two, one))
    assert (errors(one, two) == 0.0) == (one == two)
    assert errors(one, three) <= errors(one, two) + errors(two, three) + 1e-9
    assert abs(len(one) - len(two)) - 1e-9 <= errors(one, two) <= max(len(one), len(two)) + 1e-9


def errors(recognised: str, said: str) -> float:
    """The number of edits, from the rate."""
    return character_error_rate(recognised, said) * len(said)
