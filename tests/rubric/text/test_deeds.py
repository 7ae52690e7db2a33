"""Terse deeds beside names of things."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.deeds import is_deed
from voicecoach.rubric.text.keyword_list import is_keyword_list, lists
from voicecoach.rubric.text.spoken import SpokenText

DEEDS = (
    "等快递",
    "看看评论",
    "问一问",
    "选好颜色",
    "微信一付",
    "不喜欢退",
    "少了补",
    "道个歉",
    "喜欢就买",
    "听音乐",
    "拍照片",
    "打电话",
    "扔购物车",
    "催件",
)
NAMES = (
    "查询",
    "说明书",
    "打字速度",
    "学习能力",
    "发货时效",
    "退换货",
    "收货地址",
    "买家秀",
    "回头客",
    "好评率",
    "接单量",
    "破损包赔",
    "安抚情绪",
    "分析问题",
    "换货",
    "耐心",
)


@pytest.mark.parametrize("clause", DEEDS)
def test_a_verb_with_what_it_acts_on_is_a_deed(clause: str) -> None:
    assert is_deed(clause, language="zh")


@pytest.mark.parametrize("clause", NAMES)
def test_a_name_is_none(clause: str) -> None:
    assert not is_deed(clause, language="zh")


def test_english_deeds_have_an_object() -> None:
    assert is_deed("pick a size", language="en")
    assert not is_deed("pick", language="en")
    assert not is_deed("active listening", language="en")


@settings(max_examples=32, deadline=None)
@given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=12))
def test_no_row_of_deeds_is_a_list_of_key_words(deeds: list[str]) -> None:
    text = SpokenText.from_text("，".join(deeds)).clean().text
    assert lists(text, language="zh") == ()
    assert not any(is_keyword_list(text, start, start + 2, language="zh") for start in range(len(text)))


@settings(max_examples=32, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=4, max_size=12))
def test_every_row_of_names_is_one(names: list[str]) -> None:
    text = SpokenText.from_text("，".join(names)).clean().text
    (listed,) = lists(text, language="zh")
    assert (listed.start, listed.end) == (0, len(text))
