"""Where words, clauses and sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.rubric.forbidden.segments import clause, cuts_word, neighbours, sentence

TEXTS = st.text(alphabet="您卖订单拍什么问题，。a", max_size=24)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("拍|卖订单", True), ("问什么问|题", True), ("还有脸|部精华", True), ("您冲|泡咖啡", True),
        ("主|管您好", True), ("随便|您", False), ("急什么急|了", False), ("|卖订单", False),
        ("卖订单|", False), ("这，|卖", False),
    ],
)  # fmt: skip
def test_a_boundary_through_a_word(text: str, *, inside: bool) -> None:
    assert cuts_word(text.replace("|", ""), text.index("|")) is inside


@given(TEXTS, st.data())
def test_a_clause_lies_in_its_neighbours_and_its_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marks = set(text[start:end]) & set("，。")
    first, last = clause(text, start, end)
    wide_first, wide_last = neighbours(text, start, end, reach=1)
    assert wide_first <= first <= start <= end <= last <= wide_last
    if not marks:
        assert not set(text[first:last]) & set("，。")
        assert "。" not in text[slice(*sentence(text, start, end))]
