"""How a window is meant: the families, and the classifier over them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import FakeEncoder

from voicecoach import wiring
from voicecoach.rubric.coverage.manner.stance import PROPER, ROUTINE, STANCES, StanceHeads, families

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
FEWEST = 6
ILL = {"zh": 0.3, "en": 0.28}
"""Score that a sentence of an ill stance reaches and a proper one does not."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_has_sentences_of_its_own(language: Language) -> None:
    sentences = families(language)
    assert set(sentences) == {*STANCES, ROUTINE, PROPER}
    assert all(len(own) >= FEWEST for own in sentences.values())
    assert all(not set(one) & set(other) for one, other in combinations(sentences.values(), 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_sentences_stand_out(language: Language) -> None:
    encoder = FakeEncoder()
    heads = StanceHeads(encoder, language=language)
    sentences = families(language)
    worst = [own for name in STANCES for own in sentences[name]]
    ill = heads.of(worst, encoder.encode(worst)).ill
    proper = heads.of(sentences[PROPER], encoder.encode(sentences[PROPER])).ill
    assert ill.min() > np.median(proper)


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "您声音小点行不行",
        "您再闹我就把录音发到网上",
        "好好好差评可不行，钱我这就给您退了",
        "这事怪您自己没看说明",
        "我可没空陪他耗着",
        "写什么总结，都是走形式",
        "could you please stop yelling at me",
        "i would just give in so he doesn't leave a bad review",
        "that's not my fault, ask the courier",
    ],
)
def test_an_ill_stance_is_heard(text: str) -> None:
    assert score(text) > ILL[language_of(text)]


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "我说话慢一点，一步一步教您",
        "您写不写评价都一样，我照规矩来",
        "是我们没讲明白，给您添麻烦了",
        "我先把情况记下来，问过主管就回您",
        "i will speak slowly and go step by step",
        "i'm sorry about that, let me look into it",
    ],
)
def test_a_proper_stance_is_not(text: str) -> None:
    assert score(text) < ILL[language_of(text)]


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "routine"),
    [
        ("您太客气了", True),
        ("请您放心", True),
        ("不客气呢亲", True),
        ("还有其他可以帮到您的吗", True),
        ("祝您生活愉快", True),
        ("欢迎光临", True),
        ("我马上联系站点把您这件先送出来", False),
        ("等了这么久，换我也着急", False),
    ],
)
def test_routine_is_told_from_help(text: str, routine: bool) -> None:
    encoder = wiring.rubric_engine()._encoder
    stance = StanceHeads(encoder, language="zh").of([text], encoder.encode([text]))
    assert (stance.routine[0] > ILL["zh"]) == routine


def language_of(text: str) -> Language:
    return "en" if text.isascii() else "zh"


def score(text: str) -> float:
    """The worst stance of a sentence."""
    language = language_of(text)
    encoder = wiring.rubric_engine()._encoder
    return float(StanceHeads(encoder, language=language).of([text], encoder.encode([text])).ill[0])
