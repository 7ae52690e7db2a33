"""A corrected text on the recognised words' times: what was left stays, what is new lies where it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.corrected import corrected
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word

SPEECH = (Span(0.5, 2.5), Span(4.0, 5.0))


def heard(*words: tuple[str, float, float], unheard: tuple[Span, ...] = ()) -> Transcript:
    said = tuple(Word(text, Span(start_s, end_s), 0.5) for text, start_s, end_s in words)
    return Transcript(said, "zh", Provenance("", "", "", ""), unheard=unheard)


def laid(transcript: Transcript) -> list[tuple[str, float, float]]:
    return [(w.text, round(w.span.start_s, 3), round(w.span.end_s, 3)) for w in transcript.words]


FOUR = heard(("于日,", 0.5, 1.1), ("我", 1.1, 1.5), ("先道歉。", 1.5, 2.5))


def test_the_same_text_leaves_every_word_as_it_is() -> None:
    assert corrected(FOUR, FOUR.text, speech=SPEECH) == FOUR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("遇到,我先道歉。", [("遇", 0.5, 0.7), ("到,", 0.7, 1.1), ("我", 1.1, 1.5), ("先道歉。", 1.5, 2.5)]),
        ("于日,先道歉。", [("于日,", 0.5, 1.1), ("先道歉。", 1.5, 2.5)]),
        ("于日,我,先道歉。", [("于日,", 0.5, 1.1), ("我,", 1.1, 1.5), ("先道歉。", 1.5, 2.5)]),
        ("我", [("我", 1.1, 1.5)]),
        (
            "于日,我先道歉。谢谢",
            [
                ("于日,", 0.5, 1.1),
                ("我", 1.1, 1.5),
                ("先道歉。", 1.5, 2.5),
                ("谢", 4.0, 4.5),
                ("谢", 4.5, 5.0),
            ],
        ),
    ],
    ids=["replaced", "deleted", "punctuation", "one left", "appended where there is speech"],
)
def test_times_of_a_change(text: str, expected: list[tuple[str, float, float]]) -> None:
    assert laid(corrected(FOUR, text, speech=SPEECH)) == expected


def test_inserted_words_lie_between_their_neighbours_in_the_speech_there() -> None:
    gapped = heard(("先", 0.5, 1.0), ("查", 4.5, 5.0))
    found = laid(corrected(gapped, "先跟您说查", speech=SPEECH))
    assert found[0] == ("先", 0.5, 1.0)
    assert found[-1] == ("查", 4.5, 5.0)
    starts = [start_s for _, start_s, _ in found[1:-1]]
    assert starts == pytest.approx([1.0, 1.667, 2.333], abs=0.001)
    assert "".join(text for text, _, _ in found) == "先跟您说查"


def test_words_without_room_get_no_time_and_stay_in_order() -> None:
    tight = heard(("你", 0.5, 1.0), ("好", 1.0, 1.5))
    assert laid(corrected(tight, "你们好", speech=SPEECH))[1] == ("们", 1.0, 1.0)


def test_where_nothing_was_recognised_the_text_lies_over_the_speech() -> None:
    assert laid(corrected(heard(), "你好吗", speech=SPEECH)) == [
        ("你", 0.5, 1.5), ("好", 1.5, 2.5), ("吗", 4.0, 5.0),
    ]  # fmt: skip
    assert laid(corrected(heard(), "你", speech=())) == [("你", 0.0, 0.0)]


def test_letters_and_figures_are_words_of_their_own() -> None:
    made = corrected(heard(), "订单 JD-12.5，APP\n\n退款", speech=SPEECH)
    assert [word.text for word in made.words] == ["订", "单", " JD-12.5，", "APP", "退", "款"]
    english = corrected(heard(), "I don't know,\nsir.", speech=SPEECH)
    assert [word.text for word in english.words] == ["I", " don't", " know,", " sir."]
    assert {word.confidence for word in english.words} == {1.0}


def test_speech_without_text_stays_noted_until_new_words_come_there() -> None:
    gap = Span(4.0, 5.0)
    known = heard(("我先道歉", 0.5, 2.5), unheard=(gap,))
    assert corrected(known, "我先道谢", speech=SPEECH).unheard == (gap,)
    assert corrected(known, "我先道歉再查", speech=SPEECH).unheard == ()


CHARACTERS = "我你先查道歉。，, ab1\n"


@given(
    st.lists(st.tuples(st.text(CHARACTERS, max_size=4), st.floats(0, 1), st.floats(0, 1)), max_size=8),
    st.text(CHARACTERS, max_size=20),
)
def test_any_text_comes_out_as_it_was_given_with_times_in_order(
    parts: list[tuple[str, float, float]], text: str
) -> None:
    words, now_s = [], 0.5
    for said, gap_s, lasts_s in parts:
        words.append((said, now_s + gap_s, now_s + gap_s + lasts_s))
        now_s += gap_s + lasts_s
    made = corrected(heard(*words), text, speech=SPEECH)
    squeezed = "".join(made.text.split())
    assert squeezed == "".join(text.split())
    assert all(a.span.start_s <= b.span.start_s + 1e-9 for a, b in pairwise(made.words))
    again = corrected(made, made.text, speech=SPEECH)
    assert again.words == made.words
