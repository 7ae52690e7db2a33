"""A list of key words against talk."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.keyword_list import (
    MIN_CHARACTERS,
    RADIUS,
    function_share,
    is_keyword_list,
    lists,
)
from voicecoach.rubric.text.spoken import SpokenText

KEYWORDS = "安抚情绪倾听诉求分析问题解决问题真诚道歉优先派送补偿优惠券"
TALK = "我会先听他把话说完，再帮他查一下物流到了哪里，然后告诉他"
KEYWORDS_EN = "empathy apology tracking voucher refund replacement escalation feedback logistics"
TALK_EN = "i would say that i am sorry and then i would look up where the parcel is"


@pytest.mark.parametrize(
    ("text", "share"),
    [("的了我你", 1.0), ("快递", 0.0), ("我查快递", 0.25), ("我，查。快 递", 0.25), ("", 1.0), ("，。", 1.0)],
)
def test_share_of_function_characters(text: str, share: float) -> None:
    assert function_share(text, language="zh") == share


@pytest.mark.parametrize(
    ("text", "share"),
    [("i am sorry", 2 / 3), ("refund voucher", 0.0), ("i'll don't parcel", 2 / 3), ("", 1.0)],
)
def test_share_of_function_words(text: str, share: float) -> None:
    assert function_share(text, language="en") == pytest.approx(share, abs=1e-12)


def test_a_list_of_key_words_is_one_wherever_one_looks() -> None:
    assert all(
        is_keyword_list(KEYWORDS, start, start + 4, language="zh") for start in range(len(KEYWORDS) - 4)
    )


def test_talk_is_none() -> None:
    assert not any(is_keyword_list(TALK, start, start + 4, language="zh") for start in range(len(TALK) - 4))


def test_english_lists_and_talk() -> None:
    assert is_keyword_list(KEYWORDS_EN, 0, 7, language="en")
    assert not is_keyword_list(TALK_EN, 0, 7, language="en")


def test_what_is_terse_is_not_judged() -> None:
    assert not is_keyword_list(KEYWORDS[: MIN_CHARACTERS - 1], 0, 4, language="zh")
    assert is_keyword_list(KEYWORDS[:MIN_CHARACTERS], 0, 4, language="zh")
    assert not is_keyword_list("empathy apology tracking voucher", 0, 7, language="en")


def test_marks_do_not_make_a_list_long() -> None:
    assert not is_keyword_list("，".join(KEYWORDS[: MIN_CHARACTERS - 1]), 0, 4, language="zh")


def test_only_the_surroundings_count() -> None:
    far = "，" * RADIUS
    assert is_keyword_list(KEYWORDS + far + TALK, 0, 4, language="zh")
    assert not is_keyword_list(
        KEYWORDS + far + TALK, len(KEYWORDS + far) + 5, len(KEYWORDS + far) + 9, language="zh"
    )


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "客服要有同理心，责任心，耐心，细心，学习能力，这些都是必备的品质。我会先听他说",
            "客服要有同理心，责任心，耐心，细心，学习能力，这些都是必备的品质",
        ),
        ("我会准备好桌子，椅子，台灯，水杯，耳机", "我会准备好桌子，椅子，台灯，水杯，耳机"),
        (
            "千牛有快捷短语，自动回复，订单管理，商品管理，数据看板等等",
            "千牛有快捷短语，自动回复，订单管理，商品管理，数据看板等等",
        ),
    ],
)
def test_a_string_of_qualities_is_a_list_with_what_leads_up_to_it(text: str, listed: str) -> None:
    assert [text[found.start : found.end] for found in lists(text, language="zh")] == [listed]


@pytest.mark.parametrize(
    "text",
    [
        "先点我的，再点订单，找到那双鞋，选退货退款，填原因，最后提交",
        "查订单，催站点，补一件，退差价，打电话",
        "我先道个歉，再问他单号，查到了就告诉他，明天给他送去",
        "打字快算一个，一分钟一百一，普通话二甲，在店里干过两年",
    ],
)
def test_terse_deeds_are_no_list(text: str) -> None:
    assert lists(text, language="zh") == ()


def test_an_english_list() -> None:
    assert (
        len(lists("the main qualities are empathy，patience，attention to detail，teamwork。", language="en"))
        == 1
    )
    assert lists("i say sorry，check the order，call the warehouse and resend it", language="en") == ()


@settings(max_examples=32, deadline=None)
@given(
    st.lists(st.sampled_from(["耐心", "我先查", "物流。", "细心", "告诉他了", "热情", "同理心"]), max_size=12)
)
def test_lists_are_apart_in_order_and_end_at_marks(parts: list[str]) -> None:
    text = SpokenText.from_text("，".join(parts)).clean().text
    found = lists(text, language="zh")
    assert all(left.end < right.start for left, right in pairwise(found))
    assert all("。" not in text[one.start : one.end] and text[one.start] not in "，。" for one in found)


@settings(max_examples=32, deadline=None)
@given(st.text(alphabet="的了我你快递物流查询，。", max_size=60))
def test_a_share_is_one_and_small_words_raise_it(text: str) -> None:
    share = function_share(text, language="zh")
    assert 0.0 <= share <= 1.0
    assert function_share(text + "的", language="zh") >= share
    assert function_share(text + "递", language="zh") <= share


def test_the_last_two_items_of_a_string_may_be_joined() -> None:
    text = "我觉得最重要的品质是耐心，细心，同理心，责任心，抗压能力和学习能力"
    (listed,) = lists(text, language="zh")
    assert (listed.start, listed.end) == (0, len(text))
