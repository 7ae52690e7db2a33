"""Cues heard in pinyin space and letter by letter, and what only sounds like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.cues import MAX_COST, MAX_COST_LONGER, CueHit, CueMatcher
from voicecoach.rubric.text.pinyin import SAME_SYLLABLE_COST, TONE_COST

COST_TOLERANCE = 1e-9


def zh(heard: str, *cues: str) -> tuple[CueHit, ...]:
    return CueMatcher(heard, language="zh").hits(cues)


def en(heard: str, *cues: str) -> tuple[CueHit, ...]:
    return CueMatcher(heard, language="en").hits(cues)


def test_a_verbatim_cue_costs_nothing() -> None:
    assert zh("我特别理解您的心情", "理解您的心情") == (CueHit("理解您的心情", 3, 9, 0.0),)


@pytest.mark.parametrize(
    ("heard", "cue", "cost"),
    [
        ("我李姐您的心情", "理解您的心情", 2 * SAME_SYLLABLE_COST),
        ("先安府他", "安抚", SAME_SYLLABLE_COST),
        ("道前", "道歉", TONE_COST),
        ("报一下定单号", "报一下订单号", SAME_SYLLABLE_COST),
        ("报一下丁单号", "报一下订单号", TONE_COST),
        ("报一下那单号", "报一下订单号", MAX_COST_LONGER),  # one sound in six may be strange
    ],
)
def test_a_homophone_slip_is_heard_at_its_cost(heard: str, cue: str, cost: float) -> None:
    (hit,) = zh(heard, cue)
    assert hit.cost == pytest.approx(cost, abs=COST_TOLERANCE)
    assert hit.end == len(heard) or heard[hit.end :] == "他"


@pytest.mark.parametrize(
    ("heard", "cue"),
    [
        ("报一下那件号", "报一下订单号"),  # two strange sounds
        ("您先消消愁", "您先消消气"),  # one strange sound in five
        ("号", "好"),  # a single character must be verbatim
        ("查无流", "催物流"),
        ("仓库", "道歉"),
    ],
)
def test_what_sounds_otherwise_is_not_heard(heard: str, cue: str) -> None:
    assert zh(heard, cue) == ()


@pytest.mark.parametrize(
    ("heard", "cue"),
    [("这个尺码合适", "核实"), ("我核实一下", "合适"), ("有人认为", "人为"), ("事实", "实施")],
)
def test_a_common_word_is_not_taken_for_another_that_sounds_like_it(heard: str, cue: str) -> None:
    assert zh(heard, cue) == ()


def test_a_string_that_is_no_word_is_taken_for_the_cue() -> None:
    (hit,) = zh("我会和适一下", "核实")
    assert (hit.start, hit.end) == (2, 4)


def test_words_are_not_looked_up_for_a_longer_cue() -> None:
    assert len(zh("合适情况", "核实情况")) == 1


def test_two_slips_of_tone_are_too_many_for_two_characters_but_not_for_four() -> None:
    assert MAX_COST[2] < 2 * TONE_COST <= MAX_COST[4]
    assert zh("岛前", "道歉") == ()
    assert len(zh("岛前安抚", "道歉安抚")) == 1


def test_the_same_cue_twice_is_heard_twice_and_in_order() -> None:
    assert [(hit.cue, hit.start) for hit in zh("道歉再安抚再道歉", "安抚", "道歉")] == [
        ("道歉", 0),
        ("安抚", 3),
        ("道歉", 6),
    ]


def test_a_cue_with_letters_needs_the_letters() -> None:
    assert len(zh("请在app下单", "APP 下单")) == 1
    assert zh("请在apk下单", "app下单") == ()


@pytest.mark.parametrize(("heard", "cue"), [("", "道歉"), ("道", "道歉"), ("道歉", ""), ("道歉", "，")])
def test_nothing_is_heard_in_or_of_nothing(heard: str, cue: str) -> None:
    assert zh(heard, cue) == ()


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["理解您的心情", "安抚客户", "报一下订单号", "道歉", "查一下物流", "优先派送"]),
    st.text(alphabet="今天气很好仓库人多，。", max_size=8),
    st.text(alphabet="今天气很好仓库人多，。", max_size=8),
)
def test_a_cue_is_heard_whatever_stands_around_it(cue: str, before: str, after: str) -> None:
    hit = CueHit(cue, len(before), len(before) + len(cue), 0.0)
    assert hit in zh(before + cue + after, cue)


@settings(max_examples=24, deadline=None)
@given(
    st.text(alphabet="道到歉谦安按抚府理李解姐客户a，", max_size=14),
    st.sampled_from(["道歉", "安抚", "理解客户"]),
)
def test_a_hit_is_as_long_as_its_cue_and_within_its_limit(heard: str, cue: str) -> None:
    for hit in zh(heard, cue):
        assert 0 <= hit.start < hit.end <= len(heard)
        assert hit.end - hit.start == len(cue)
        assert 0.0 <= hit.cost <= MAX_COST[len(cue)] + COST_TOLERANCE
        assert (hit.cost == 0.0) == (heard[hit.start : hit.end] == cue)


@pytest.mark.parametrize(
    ("heard", "cue", "edits"),
    [
        ("i understand how you feel", "I understand how you feel", 0),
        ("i understand how you feal", "I understand how you feel", 1),
        ("please give me your order numbers", "your order number", 1),
        ("i apologise", "apologize", 1),
    ],
)
def test_english_allows_a_letter_in_four(heard: str, cue: str, edits: int) -> None:
    (hit,) = en(heard, cue)
    letters = sum(map(len, cue.split()))
    assert hit.cost == pytest.approx(edits / letters, abs=COST_TOLERANCE)


@pytest.mark.parametrize(
    ("heard", "cue"),
    [
        ("your odor number", "your order number"),
        ("me sorry", "so sorry"),
        ("your own order number", "your order number"),  # a word between
        ("sorry", "，"),
        ("", "sorry"),
    ],
)
def test_english_words_must_follow_each_other_and_be_alike(heard: str, cue: str) -> None:
    assert en(heard, cue) == ()
