"""Where an answer falls apart: marks, pauses, connectives, and slides where nobody punctuated."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.spoken import STRONG, WEAK, Clean, SpokenText
from voicecoach.rubric.text.windows import (
    JOINT_LENGTHS,
    MAX_WINDOW,
    SLIDE_FROM,
    SLIDE_LENGTHS,
    Window,
    clauses,
    windows,
)

UNPUNCTUATED = "仓库发货物流配送包装运输签收验货退款换货补发赔付售后质检"
"""Nothing in it opens or closes a clause; longer than any slide."""
TALK = st.text(alphabet="我会道歉您的查询物流然后首再告诉他了，。 ab", max_size=80)


def of(text: str, *pauses: int) -> Clean:
    return Clean(text, tuple(range(len(text))), frozenset(pauses))


def parts(text: str, *pauses: int) -> list[str]:
    return [text[window.start : window.end] for window in clauses(of(text, *pauses), language="zh")]


def all_windows(text: str, *pauses: int) -> set[str]:
    return {text[window.start : window.end] for window in windows(of(text, *pauses), language="zh")}


def test_marks_cut_and_are_left_out() -> None:
    assert parts("道个歉，查物流。给办法") == ["道个歉", "查物流", "给办法"]


def test_a_pause_cuts_where_there_is_no_mark() -> None:
    assert parts("道个歉查物流") == ["道个歉查物流"]
    assert parts("道个歉查物流", 3) == ["道个歉", "查物流"]


@pytest.mark.parametrize(
    "connective", ["首先", "然后", "接着", "最后", "第二步", "如果", "但是", "因此", "另外"]
)
def test_a_connective_opens_a_clause(connective: str) -> None:
    assert parts(f"道个歉{connective}查物流") == ["道个歉", f"{connective}查物流"]


@pytest.mark.parametrize("whole", ["收到之后的包裹", "不会再查", "我要是查"])
def test_what_only_looks_like_a_connective_does_not_cut(whole: str) -> None:
    assert parts(whole) == [whole]


def test_english_cuts_at_its_own_connectives_between_words_only() -> None:
    text = "i say sorry then i check the soil"
    made = [text[window.start : window.end] for window in clauses(of(text), language="en")]
    assert made == ["i say sorry", "then i check the soil"]


def test_neighbours_join_up_to_three() -> None:
    assert all_windows("道个歉，查物流，给办法，记下来") == {
        "道个歉",
        "查物流",
        "给办法",
        "记下来",
        "道个歉，查物流",
        "查物流，给办法",
        "给办法，记下来",
        "道个歉，查物流，给办法",
        "查物流，给办法，记下来",
    }


def test_neighbours_that_together_are_too_long_do_not_join() -> None:
    half = "查" * (MAX_WINDOW // 2)
    assert f"{half}，{half}" not in all_windows(f"{half}，{half}")
    assert f"{half[1:]}，{half}" in all_windows(f"{half[1:]}，{half}")


def test_a_full_stop_with_a_pause_keeps_two_thoughts_apart() -> None:
    assert "道个歉。查物流" in all_windows("道个歉。查物流")
    assert "道个歉。查物流" not in all_windows("道个歉。查物流", 4)
    assert "道个歉，查物流" in all_windows("道个歉，查物流", 4)


def test_a_short_clause_is_not_slid_over() -> None:
    assert all_windows(UNPUNCTUATED[:SLIDE_FROM]) == {UNPUNCTUATED[:SLIDE_FROM]}


def test_a_long_unpunctuated_clause_gets_slides_of_both_lengths() -> None:
    made = all_windows(UNPUNCTUATED)
    for length in SLIDE_LENGTHS:
        assert UNPUNCTUATED[:length] in made
    assert any(UNPUNCTUATED.endswith(window) for window in made if len(window) < len(UNPUNCTUATED))


def test_slides_leave_no_character_out() -> None:
    narrow = [
        window
        for window in windows(of(UNPUNCTUATED), language="zh")
        if window.end - window.start <= SLIDE_LENGTHS[0]
    ]
    assert {index for window in narrow for index in range(window.start, window.end)} == set(
        range(len(UNPUNCTUATED))
    )


def test_english_slides_never_break_a_word() -> None:
    text = " ".join(["parcel", "warehouse", "delivery", "compensation", "apologise", "understand"] * 4)
    made = windows(of(text), language="en")
    assert len(made) > 5
    for window in made:
        assert window.start == 0 or text[window.start - 1] == " "
        assert window.end == len(text) or text[window.end] == " "


def test_a_run_on_sentence_falls_apart_where_a_clause_may_open() -> None:
    text = "遇到这种情况我会先安抚客户他的情绪稳定了再查物流信息"
    assert "再查物流信息" in all_windows(text)


def test_nothing_said_has_no_windows() -> None:
    assert clauses(of(""), language="zh") == ()
    assert windows(of(""), language="zh") == ()


@settings(max_examples=60, deadline=None)
@given(TALK, st.frozensets(st.integers(min_value=1, max_value=20), max_size=3))
def test_windows_rise_lie_inside_and_are_never_empty(said: str, pauses: frozenset[int]) -> None:
    text = SpokenText.from_text(said).clean().text
    clean = of(text, *(pause for pause in pauses if pause < len(text)))
    made = windows(clean, language="zh")
    assert list(made) == sorted(set(made))
    for window in made:
        assert 0 <= window.start < window.end <= len(text)
    cut = clauses(clean, language="zh")
    assert set(cut) <= set(made)
    assert all(left.end <= right.start for left, right in pairwise(cut))
    inside = {index for window in cut for index in range(window.start, window.end)}
    assert all(index in inside for index, character in enumerate(text) if character not in f"{WEAK}{STRONG} ")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="我你他客户就也还再先那了吧道歉查物流退款", min_size=19, max_size=60))
def test_windows_between_joints_keep_their_limits(text: str) -> None:
    longest = max(*SLIDE_LENGTHS, JOINT_LENGTHS[1])
    whole = set(clauses(of(text), language="zh"))
    joined = {
        window
        for window in windows(of(text), language="zh")
        if window not in whole and window.end - window.start > longest
    }
    assert all(any(window.start == part.start for part in whole) for window in joined)


def test_windows_order_by_start_then_end() -> None:
    assert sorted([Window(2, 3), Window(0, 5), Window(0, 2)]) == [Window(0, 2), Window(0, 5), Window(2, 3)]
