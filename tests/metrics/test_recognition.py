"""Character error rate: closed forms, and the invariants of an edit distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.metrics.recognition import character_error_rate, edits
from voicecoach.rubric.text.cues import edit_distance


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


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_edits_are_those_of_the_matcher(left: str, right: str) -> None:
    assert edits(left, right) == edit_distance(left, right)
