"""What a clause says with its negator, without it, and without all that it denies."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEncoder

from voicecoach.rubric.coverage.denial import DenialTable, denies_nothing
from voicecoach.rubric.text.cues import CueHit
from voicecoach.rubric.text.polarity import negations


def readings(text: str, *, language: str = "zh") -> list[tuple[str, str, str | None]]:
    """The clause as it stands, affirmed, and its remainder, of each denial in ``text``."""
    table = DenialTable([text], FakeEncoder(), language="en" if language == "en" else "zh")
    return [
        (
            table.sentences[one.phrase],
            table.sentences[one.affirmed],
            None if one.remainder is None else table.sentences[one.remainder],
        )
        for one in table.of(0)
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "affirmed", "remainder"),
    [
        ("我不会理解您", "我不会理解您", "我理解您", None),
        ("先查单，客服绝不会随便打断客户", "客服绝不会随便打断客户", "客服随便打断客户", "客服"),
        ("不打断他", "不打断他", "打断他", None),
        ("我不会道歉但我会补偿您", "我不会道歉但我会补偿您", "我道歉但我会补偿您", "但我会补偿您"),
        ("不合规的要求我会解释", "不合规的要求我会解释", "合规的要求我会解释", "的要求我会解释"),
    ],
)
def test_a_denial_is_read_three_ways(text: str, phrase: str, affirmed: str, remainder: str | None) -> None:
    assert readings(text) == [(phrase, affirmed, remainder)]


def test_english_is_read_the_same_way() -> None:
    assert readings("i never apologise，ok", language="en") == [("i never apologise", "i  apologise", "i")]


def test_an_affirmation_has_no_denials() -> None:
    assert readings("我理解您") == []


def test_each_text_has_its_own_denials_and_sentences_are_encoded_once() -> None:
    encoder = FakeEncoder()
    table = DenialTable(["我不理解您", "我理解您", "我不理解您"], encoder, language="zh")
    assert [len(table.of(index)) for index in range(3)] == [1, 0, 1]
    assert table.of(0) == table.of(2)
    assert encoder.encoded == [table.sentences]
    assert len(set(table.sentences)) == len(table.sentences)


def test_a_row_of_vectors_a_sentence() -> None:
    encoder = FakeEncoder()
    table = DenialTable(["我不理解您，凭什么道歉"], encoder, language="zh")
    assert np.array_equal(table.vectors, encoder.encode(table.sentences))


def test_no_texts_have_no_rows() -> None:
    table = DenialTable([], FakeEncoder(), language="zh")
    assert table.sentences == ()
    assert table.vectors.shape[0] == 0


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("不想等就退给您", True), ("两边都不能吃亏", True), ("我不给他退", False), ("我不解释", False)],
)
def test_what_supposes_or_vows_denies_no_deed(text: str, nothing: bool) -> None:
    (negation,) = negations(text, language="zh")
    assert denies_nothing(negation, ()) == nothing


def test_a_negator_inside_a_cue_that_stands_is_part_of_it() -> None:
    (negation,) = negations("七天里退货不用写申请", language="zh")
    assert denies_nothing(negation, [CueHit("不用写申请", 5, 10, 0.0)])
    assert not denies_nothing(negation, [CueHit("七天", 0, 2, 0.0)])
