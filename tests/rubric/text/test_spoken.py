"""What the matcher reads, and that every character of it leads back to what was said and when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.text.spoken import PAUSE_SPLIT_S, STRONG, WEAK, SpokenText

TIME_TOLERANCE_S = 1e-9
MARKS = WEAK + STRONG
TALK = st.text(alphabet="嗯呃我会是先额啊那个道歉aI'’“” 　，。！?.、…3５%+\n", max_size=40)


def read(text: str) -> str:
    return SpokenText.from_text(text).clean().text


def timed(*words: tuple[str, float, float]) -> SpokenText:
    heard = tuple(Word(text, Span(start_s, end_s), 1.0) for text, start_s, end_s in words)
    return SpokenText.from_transcript(Transcript(heard, "zh", Provenance("none", "1", "none", "")))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("嗯，我理解您", "我理解您"),  # a filler goes, and its comma with it
        ("我呃理解您", "我理解您"),
        ("我，额，理解您", "我，理解您"),
        ("我申请额外补偿", "我申请额外补偿"),  # 额 inside a word is none
        ("那个，我道歉", "我道歉"),
        ("那个人我认识", "那个人我认识"),
        ("Um, I am sorry", "i am sorry"),
        ("umbrella", "umbrella"),
    ],
)
def test_fillers_go_and_words_that_look_like_them_stay(said: str, heard: str) -> None:
    assert read(said) == heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("我我我会道歉", "我会道歉"),
        ("就是就是先安抚", "就是先安抚"),
        ("我会我会道歉", "我会道歉"),
        ("谢谢您", "谢谢您"),  # a word that doubles by itself is no stutter
        ("慢慢说", "慢慢说"),
    ],
)
def test_stutters_go_and_doubled_words_stay(said: str, heard: str) -> None:
    assert read(said) == heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("好！", "好。"),
        ("好？真的；对", "好。真的。对"),
        ("好、真的：对", "好，真的，对"),
        ("好，。真的。，对", "好。真的。对"),  # the stronger of several marks wins
        ("好，，对", "好，对"),
        ("。，好", "好"),
        ("“您好”（他说）《手册》", "您好他说手册"),
        ("满３.５折", "满3.5折"),
        ("3.", "3。"),
        ("a.b", "a。b"),
        ("５０％+", "50%+"),
        ("我 会 道歉", "我会道歉"),
        ("用 APP 查 一下", "用app查一下"),
        ("Hello   World , ok", "hello world，ok"),
        ("", ""),
        (" ，。…", ""),
    ],
)
def test_marks_are_reduced_to_weak_and_strong(said: str, heard: str) -> None:
    assert read(said) == heard


def test_each_cleaned_character_knows_where_it_stood() -> None:
    clean = SpokenText.from_text("嗯，我我会 道歉！").clean()
    assert clean.text == "我会道歉。"
    assert clean.offsets == (3, 4, 6, 7, 8)


@settings(max_examples=60, deadline=None)
@given(TALK)
def test_offsets_rise_and_lead_to_the_same_character(said: str) -> None:
    clean = SpokenText.from_text(said).clean()
    assert len(clean.offsets) == len(clean.text)
    assert list(clean.offsets) == sorted(set(clean.offsets))
    assert all(0 <= offset < len(said) for offset in clean.offsets)
    for character, offset in zip(clean.text, clean.offsets, strict=True):
        if "\u4e00" <= character <= "\u9fff":
            assert said[offset] == character


@settings(max_examples=60, deadline=None)
@given(TALK)
def test_no_mark_stands_at_the_start_or_beside_a_mark(said: str) -> None:
    text = read(said)
    assert not text or text[0] not in f"{MARKS} "
    assert not any(left in MARKS and right in MARKS for left, right in pairwise(text))
    assert not any(mark in text for mark in "！？!?、…“”\n")


def test_the_characters_of_a_word_share_its_time_evenly() -> None:
    spoken = timed(("道歉", 1.0, 2.0), ("吧", 2.0, 2.5))
    assert spoken.text == "道歉吧"
    assert spoken.span(0, 1) == Span(1.0, 1.5)
    assert spoken.span(1, 3) == Span(1.5, 2.5)


def test_text_alone_has_no_times() -> None:
    spoken = SpokenText.from_text("道歉")
    assert spoken.span(0, 2) is None
    assert spoken.clean().pauses == frozenset()


def test_a_stretch_without_characters_has_no_time() -> None:
    assert timed(("道歉", 1.0, 2.0)).span(1, 1) is None


def test_a_word_without_text_is_passed_over() -> None:
    assert timed(("", 0.0, 1.0), ("好", 1.0, 2.0)).text == "好"


def test_a_quote_is_verbatim() -> None:
    spoken = SpokenText.from_text("嗯， 我我会“道歉”！")
    assert spoken.quote(2, 10) == "我我会“道歉”"


def test_a_pause_is_longer_than_the_limit() -> None:
    short = timed(("好", 0.0, 1.0), ("对", 1.0 + PAUSE_SPLIT_S - 0.01, 2.0))
    long = timed(("好", 0.0, 1.0), ("对", 1.0 + PAUSE_SPLIT_S + 0.01, 2.0))
    assert short.clean().pauses == frozenset()
    assert long.clean().pauses == frozenset({1})


def test_a_filler_neither_hides_a_pause_nor_makes_one() -> None:
    hidden = timed(("好", 0.0, 1.0), ("嗯", 2.0, 2.3), ("对", 2.4, 3.0))
    drawn = timed(("好", 0.0, 1.0), ("嗯", 1.1, 2.9), ("对", 3.0, 3.5))
    assert hidden.clean().text == drawn.clean().text == "好对"
    assert hidden.clean().pauses == frozenset({1})
    assert drawn.clean().pauses == frozenset()


@settings(max_examples=16, deadline=None)
@given(st.floats(min_value=0.0, max_value=3000.0))
def test_silence_in_front_shifts_every_span(silence_s: float) -> None:
    words = (("道歉", 1.0, 2.0), ("嗯", 2.1, 2.2), ("补偿", 3.5, 4.0))
    here = timed(*words)
    later = timed(*((text, start_s + silence_s, end_s + silence_s) for text, start_s, end_s in words))
    assert here.clean() == later.clean()
    for start, end in ((0, 1), (1, 4), (0, 5)):
        was, now = here.span(start, end), later.span(start, end)
        assert was
        assert now
        assert now.start_s - was.start_s == pytest.approx(silence_s, abs=TIME_TOLERANCE_S)
        assert now.end_s - was.end_s == pytest.approx(silence_s, abs=TIME_TOLERANCE_S)


def test_a_character_without_its_span_is_refused() -> None:
    with pytest.raises(ValueError, match="one span a character is needed, got 1 for 2"):
        SpokenText("道歉", (None,))
