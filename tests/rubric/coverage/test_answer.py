"""Clauses around a place in an answer, and beside a denial."""

from __future__ import annotations

import pytest
from fakes import FakeEncoder

from voicecoach.rubric.coverage.answer import NEAR_REACH, Answer
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.rubric.text.windows import Window

TEXT = "道个歉，查物流，给办法"


def answer(text: str) -> Answer:
    return Answer(SpokenText.from_text(text).clean(), FakeEncoder(), language="zh")


@pytest.mark.parametrize(
    ("start", "end", "around"),
    [
        (0, 1, Window(0, 3)),
        (4, 7, Window(4, 7)),
        (2, 5, Window(0, 7)),
        (3, 4, Window(3, 4)),
        (3, 5, Window(3, 7)),
    ],
)
def test_a_place_is_widened_to_the_clauses_that_it_touches(start: int, end: int, around: Window) -> None:
    assert answer(TEXT).clause_around(start, end) == around


def test_beside_a_denial_lie_its_neighbours() -> None:
    assert answer(TEXT).beside(Window(4, 7)) == Window(0, 11)


def test_what_lies_far_away_is_not_beside_it() -> None:
    far = "查" * (NEAR_REACH + 5)
    assert answer(f"{far}，不道歉，{far}").beside(Window(18, 21)) == Window(18 - NEAR_REACH, 21 + NEAR_REACH)


def test_windows_sentences_and_vectors_go_together() -> None:
    found = answer("我不理解，查物流")
    assert found.sentences == [found.text[one.start : one.end] for one in found.windows]
    assert found.vectors.shape[0] == len(found.windows)
    assert [(one.start, one.end) for one in found.negations] == [(1, 2)]
    assert found.statements == list(found.negations)


def test_a_negator_that_qualifies_a_noun_makes_no_statement() -> None:
    found = answer("不合规的要求我会解释")
    assert len(found.negations) == 1
    assert found.statements == []


def test_what_is_brushed_aside_or_only_named_is_void() -> None:
    found = answer("我查物流，退款我懒得催，冷静，我当然冷静")
    void = {found.text[one.start : one.end] for one in found.windows if found.is_void(one)}
    assert {"退款我懒得催", "我查物流，退款我懒得催", "冷静"} <= void
    assert not {"我查物流", "我当然冷静", "冷静，我当然冷静"} & void
