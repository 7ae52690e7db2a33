"""Plain wording shared by sentences: closed forms of the weights."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.wording import FLOOR, STRANGE, Wording, pieces

WEIGHT_TOLERANCE = 1e-6


def test_pieces_are_characters_and_pairs_without_empty_ones() -> None:
    assert pieces("查订单", language="zh") == {"查", "订", "单", "查订", "订单"}
    assert pieces("我的", language="zh") == {"我的"}
    assert pieces("查，单", language="zh") == {"查", "单"}  # no pair across a mark
    assert pieces("", language="zh") == frozenset()


def test_english_pieces_are_words_and_pairs() -> None:
    assert pieces("i check the order", language="en") == {
        "check",
        "order",
        "i check",
        "check the",
        "the order",
    }


def test_a_sentence_shares_all_with_itself() -> None:
    wording = Wording(["查订单", "道歉"], language="zh")
    one, other = wording.vectors(["查订单", "道歉"])
    assert float(one @ one) == pytest.approx(1.0, abs=WEIGHT_TOLERANCE)
    assert float(one @ other) == 0.0


def test_rare_wording_weighs_more_by_the_formula() -> None:
    wording = Wording(["查", "查", "订"], language="zh")
    common, rare = math.log(4 / 3) + FLOOR, math.log(4 / 2) + FLOOR
    (vector,) = wording.vectors(["查，订"])
    assert sorted(vector.tolist()) == pytest.approx(
        [common / math.hypot(common, rare), rare / math.hypot(common, rare)], abs=WEIGHT_TOLERANCE
    )


def test_what_the_prompt_does_not_know_lengthens_and_matches_nothing() -> None:
    wording = Wording(["查", "订"], language="zh")
    known = math.log(3 / 2) + FLOOR
    (vector,) = wording.vectors(["查，鲸"])
    assert float(np.linalg.norm(vector)) == pytest.approx(
        known / math.sqrt(known**2 + STRANGE * known**2), abs=WEIGHT_TOLERANCE
    )


def test_nothing_said_is_no_direction() -> None:
    assert not Wording(["查"], language="zh").vectors([""]).any()
    assert Wording([], language="zh").vectors(["查"]).shape == (1, 0)


@settings(max_examples=32, deadline=None)
@given(st.lists(st.text(alphabet="查订单道歉我的，鲸鱼", max_size=10), min_size=1, max_size=5))
def test_lengths_never_pass_one(sentences: list[str]) -> None:
    lengths = np.linalg.norm(Wording(["查订单", "我道歉"], language="zh").vectors(sentences), axis=1)
    assert (lengths <= 1.0 + WEIGHT_TOLERANCE).all()
