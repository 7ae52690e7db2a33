"""A list of key words against talk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.keyword_list import MIN_CHARACTERS, RADIUS, function_share, is_keyword_list

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


@settings(max_examples=32, deadline=None)
@given(st.text(alphabet="的了我你快递物流查询，。", max_size=60))
def test_a_share_is_one_and_small_words_raise_it(text: str) -> None:
    share = function_share(text, language="zh")
    assert 0.0 <= share <= 1.0
    assert function_share(text + "的", language="zh") >= share
    assert function_share(text + "递", language="zh") <= share
