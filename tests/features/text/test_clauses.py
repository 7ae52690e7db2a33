"""Clause ends by the words: independent of marks, and right on texts whose marks are the truth."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.text.clauses import (
    MARK,
    UNSURE,
    WEIGHTS,
    clause_end_odds,
    tokens_of,
)
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

DATA = Path(__file__).parents[2] / "data"
SYLLABLE_S, PAUSE_S = 0.25, 0.5
COMMAS = re.compile("[，、；：,;:—…]")
MARKS = re.compile("[，。！？；：、…,!?;:—.]")


def said(text: str, language: Language = "zh") -> tuple[list[Word], list[Span]]:
    """A word a Hanzi or an English word, marks on the word before; ``|`` is a pause of half a second."""
    words: list[Word] = []
    pauses: list[Span] = []
    at_s = 0.0
    pattern = r"\||[一-鿿][^\w|]*" if language == "zh" else r"\|| ?[\w'’]+[^\w| ]*"
    for match in re.finditer(pattern, text):
        if match.group() == "|":
            pauses.append(Span(at_s, at_s + PAUSE_S))
            at_s += PAUSE_S
        else:
            words.append(Word(match.group(), Span(at_s, at_s + SYLLABLE_S), 1.0))
            at_s += SYLLABLE_S
    return words, pauses


def odds(text: str, language: Language = "zh") -> list[float]:
    words, pauses = said(text, language)
    return list(clause_end_odds(pauses, tokens_of(words, language), language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我先看一下您的订单|然后给您回电话|您看可以吗", "zh"),
        ("这个问题我来处理吧|您先别着急", "zh"),
        ("如果明天还没有到的话|我给您申请退款", "zh"),
        ("首先我会道歉|第二步我会去查物流|但是不会马上答应赔偿", "zh"),
        ("东西我已经收到了|所以想换一个大一点的", "zh"),
        (" I checked the order| and then I called the customer back| because he was waiting", "en"),
        (" if it does not arrive tomorrow| we will send you a refund", "en"),
    ],
)
def test_words_that_end_or_begin_a_clause_tell_its_end(text: str, language: Language) -> None:
    assert min(odds(text, language)) > UNSURE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我会先看一下您的|订单现在在哪里", "zh"),
        ("我们把这个|包裹放在了您家门口", "zh"),
        ("请您告诉我您的嗯|电话号码我来查一下", "zh"),
        ("请您告诉我您的|电话号码我来查一下", "zh"),
        (" I will send you the| refund as soon as I can", "en"),
        (" we talked to| the customer about it", "en"),
    ],
)
def test_a_pause_between_what_belongs_together_is_inside(text: str, language: Language) -> None:
    assert max(odds(text, language)) < -UNSURE


ANSWERS = [
    entry["text"]
    for entry in map(json.loads, (DATA / "answers_b.jsonl").read_text("utf-8").splitlines())
    if entry["language"] == "zh" and len(MARKS.findall(entry["text"])) * 12 >= len(entry["text"])
]
"""Held out: no weight was fitted on them."""


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ANSWERS), st.sets(st.integers(3, 120), min_size=4, max_size=20))
def test_commas_change_nothing_and_no_marks_hardly_anything(text: str, after: set[int]) -> None:
    hanzi = [match.end() for match in re.finditer(r"[一-鿿][^\w]*", text)]
    cuts = sorted({hanzi[index] for index in after if index < len(hanzi) - 3})
    if not cuts:
        return
    parts = [text[first:stop] for first, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    as_written = "|".join(parts)
    assert odds(as_written) == odds(COMMAS.sub("", as_written))
    for marked, bare in zip(odds(as_written), odds(MARKS.sub("", as_written)), strict=True):
        assert bare <= marked <= bare + MARK + 1e-9


def test_pauses_of_punctuated_answers_are_told_apart_without_their_marks() -> None:
    """Pauses at every third mark, and behind every fourth 的 把 给 就 在 是 in the middle of a clause."""
    outcomes: list[tuple[bool, bool]] = []
    for text in ANSWERS:
        pieces, ends = [], []
        n_marks = n_inside = 0
        for match in re.finditer(r"([一-鿿])([^\w]*)", text):
            hanzi, is_end = match.group(1), bool(MARKS.search(match.group(2)))
            n_marks += is_end
            n_inside += not is_end and hanzi in "的把给就在是"
            pieces.append(hanzi)
            if (is_end and n_marks % 3 == 0) or (
                not is_end and hanzi in "的把给就在是" and n_inside % 4 == 0
            ):
                pieces.append("|")
                ends.append(is_end)
        outcomes += [(odd > 0, is_end) for odd, is_end in zip(odds("".join(pieces)), ends, strict=True)]
    hits = sum(told and is_end for told, is_end in outcomes)
    n_ends = sum(is_end for _, is_end in outcomes)
    assert 200 < n_ends < len(outcomes) - 80
    assert 2 * hits / (n_ends + sum(told for told, _ in outcomes)) >= 0.84


def test_a_word_that_is_stretched_into_the_pause_does_not_move_the_end() -> None:
    words, pauses = said("东西我已经收到了|然后我想换一个")
    stretched = [
        replace(word, span=Span(word.span.start_s, word.span.end_s + 0.9 * PAUSE_S))
        if "了" in word.text
        else word
        for word in words
    ]
    assert clause_end_odds(pauses, tokens_of(stretched, "zh"), "zh") == pytest.approx(
        odds("东西我已经收到了|然后我想换一个")
    )


def test_a_pause_with_no_words_beside_it_is_not_told() -> None:
    tokens = tokens_of([Word("您", Span(1.0, 1.2), 1.0), Word("好", Span(1.2, 1.4), 1.0)], "zh")
    assert clause_end_odds([Span(0.1, 0.6), Span(3.0, 4.0)], tokens, "zh") == (0.0, 0.0)
    assert clause_end_odds([Span(0.1, 0.6)], (), "zh") == (0.0,)


def test_the_weights_are_of_both_languages_and_of_numbers() -> None:
    read = json.loads(WEIGHTS.read_text("utf-8"))
    assert set(read) == {"zh", "en"}
    assert all(isinstance(weight, float | int) for weights in read.values() for weight in weights.values())
