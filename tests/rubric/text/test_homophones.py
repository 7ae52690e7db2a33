"""A misheard non-word is mended with what the prompt says; a word is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.homophones import Lexicon

LEXICON = Lexicon(["诚恳地道歉", "安抚他的情绪", "优先派送", "催一下配送站", "用app查询"])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("我先到谦", "我先道歉"),
        ("我先道前", "我先道歉"),
        ("安府他的情需", "安抚他的情绪"),
        ("给您优显派送", "给您优先派送"),
        ("我先道歉", "我先道歉"),
        ("我先安抚", "我先安抚"),
    ],
)
def test_a_non_word_that_sounds_like_the_prompt_is_mended(heard: str, meant: str) -> None:
    assert LEXICON.mend(heard) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "情趣很高",  # 情趣 sounds like 情绪 by confusion at best, and is a word itself
        "我先查快递",  # nothing of the prompt sounds like it
        "abc123",
        "歉",
        "",
    ],
)
def test_what_is_a_word_or_unlike_the_prompt_stays(heard: str) -> None:
    assert LEXICON.mend(heard) == heard


def test_a_homophone_that_is_a_word_stays() -> None:
    assert Lexicon(["我认为可以"]).mend("人为") == "人为"


def test_a_word_that_reaches_across_is_not_broken() -> None:
    assert Lexicon(["睡意", "睡衣"]).mend("他睡一下") == "他睡一下"  # 一下 is a word, 睡一 is none


def test_what_is_no_word_in_the_prompt_mends_nothing() -> None:
    assert Lexicon(["他到谦了"]).mend("道前") == "道前"


def test_of_two_candidates_the_nearer_sound_wins() -> None:
    assert Lexicon(["事实", "事实", "实施"]).mend("石使") == "实施"  # .17 against .30


def test_of_two_that_sound_alike_the_more_frequent_wins() -> None:
    assert Lexicon(["事实", "适时", "适时"]).mend("是十") == "适时"  # both .04
    assert Lexicon(["事实", "事实", "适时"]).mend("是十") == "事实"


def test_an_empty_lexicon_mends_nothing() -> None:
    assert Lexicon([]).mend("我先到谦") == "我先到谦"


@settings(max_examples=32, deadline=None)
@given(st.text(alphabet="道到歉谦安案抚府情请绪需我他，a优先派", max_size=16))
def test_mending_keeps_the_length_and_repeats_itself(heard: str) -> None:
    mended = LEXICON.mend(heard)
    assert len(mended) == len(heard)
    assert LEXICON.mend(heard) == mended


@settings(max_examples=16, deadline=None)
@given(st.lists(st.sampled_from(["道歉", "安抚", "情绪", "优先派送"]), max_size=4))
def test_what_the_prompt_says_itself_is_never_changed(said: list[str]) -> None:
    text = "，".join(said)
    assert LEXICON.mend(text) == text
