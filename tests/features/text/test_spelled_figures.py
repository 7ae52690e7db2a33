"""Rows of figures: digit by digit or by value, as the nuclei of the sound have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.text.figures import spelled_figures
from voicecoach.features.text.words import spoken_syllables, word_count
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

MADE_BY = Provenance("", "", "", "")


def heard(before: str, figures: str, after: str, n_nuclei: int) -> tuple[Transcript, np.ndarray]:
    """Two seconds of words, two of figures with so many nuclei, two of words."""
    texts = [text for text in (before, figures, after) if text]
    words = tuple(Word(text, Span(2.0 * at, 2.0 * at + 2.0), 0.9) for at, text in enumerate(texts))
    start_s = words[texts.index(figures)].span.start_s
    nuclei_s = start_s + (np.arange(n_nuclei) + 0.5) * 2.0 / max(n_nuclei, 1)
    return Transcript(words, "zh", MADE_BY), nuclei_s


def n_counted(before: str, figures: str, after: str, n_nuclei: int, language: Language = "zh") -> int:
    transcript, nuclei_s = heard(before, figures, after, n_nuclei)
    spelled = spelled_figures(transcript, language, nuclei_s=nuclei_s)
    rest = len(spoken_syllables(before + after, language))
    return len(spoken_syllables(transcript, language, spelled=spelled)) - rest


@pytest.mark.parametrize(
    ("figures", "n_nuclei", "wanted"),
    [
        ("3,7,38,86,99", 8, 8),
        ("3,7,38,86,99", 12, 11),  # five numbers that were really counted
        ("3、7、38、86、99", 7, 8),
        ("373-886-99", 8, 8),
        ("13 800 138 000", 11, 11),
        ("70,85,52,43", 11, 11),
        ("34 56", 4, 6),  # too short to tell
        ("3-5", 2, 3),
    ],
)
def test_the_sound_tells_how_a_row_was_read(figures: str, n_nuclei: int, wanted: int) -> None:
    assert n_counted("您记一下，", figures, "，好的，谢谢您", n_nuclei) == wanted


@pytest.mark.parametrize("text", ["2024-05-06", "10:30到11:45", "1,299", "299.5", "24", "12315", "50%到60%"])
@pytest.mark.parametrize("n_nuclei", [0, 2, 5, 9, 14])
def test_what_is_no_row_is_left_as_it_is_written(text: str, n_nuclei: int) -> None:
    transcript, nuclei_s = heard("我们", text, "的时候", n_nuclei)
    assert spelled_figures(transcript, "zh", nuclei_s=nuclei_s) == ()


def test_a_unit_makes_amounts_of_a_short_row_but_not_of_a_long_one() -> None:
    assert n_counted("有", "30,50,80", "元的券", 6) == 6
    assert n_counted("号码是", "163,10,29", "年后再打", 7) == 7


def test_english_digits_are_counted_as_syllables_and_as_words() -> None:
    transcript, nuclei_s = heard("my number is ", "37, 38, 86, 99", " thank you", 8)
    spelled = spelled_figures(transcript, "en", nuclei_s=nuclei_s)
    assert len(spelled) == 1
    assert word_count(transcript, "en", spelled=spelled) == 13
    assert word_count(transcript, "en") > 13 - 5


@given(st.text("3712 ,-、，.好的元", max_size=40), st.lists(st.floats(0.0, 2.0), max_size=30))
def test_the_places_lie_in_the_text_and_read_digit_by_digit(text: str, nuclei: list[float]) -> None:
    transcript = Transcript((Word(text, Span(0.0, 2.0), 0.9),), "zh", MADE_BY)
    for place in spelled_figures(transcript, "zh", nuclei_s=np.sort(np.array(nuclei))):
        piece = text[place.start : place.stop]
        read = spoken_syllables(piece, "zh", spelled=(range(len(piece)),))
        assert [syllable.text for syllable in read] == [
            dict(zip("3712", "三七一二", strict=True))[digit] for digit in piece if digit.isdigit()
        ]
