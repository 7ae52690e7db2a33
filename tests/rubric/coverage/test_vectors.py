"""The classifier of one prompt against the closed form of kernel ridge regression."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEncoder

from voicecoach.model.learned import LearnedSentence, taught
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.rubric.coverage.background import background
from voicecoach.rubric.coverage.vectors import (
    CUE_WEIGHT,
    GAMMA,
    POSITIVE_WEIGHT,
    RIDGE,
    WORDING,
    Heads,
    _solve,
    readable,
)
from voicecoach.rubric.text.wording import Wording

SCORE_TOLERANCE = 1e-4
SOUND = ("您的心情我特别能体会", "先顺着他的气说几句暖心话")
TRACK = ("我去系统里看看包裹走到哪一站", "打电话给配送站问清楚原因")
COUNTER = "他心情好不好跟我没关系"
CUE = "查物流"


def prompt() -> Prompt:
    points = (
        RubricPoint("soothe", {}, exemplars={"zh": SOUND}, counter_exemplars={"zh": (COUNTER,)}),
        RubricPoint("track", {}, exemplars={"zh": TRACK}, cues={"zh": (CUE,)}),
    )
    return Prompt("late", "test", "1", "scenario", {}, points, (20.0, 60.0))


def heads(**confirmed: str) -> Heads:
    """Of the prompt with a sentence that a user ticked as covering a point, by point id."""
    sentences = [
        LearnedSentence("late", point, "zh", text, covers=True, take_id="1")
        for point, text in confirmed.items()
    ]
    return Heads(taught(prompt(), sentences), FakeEncoder(), language="zh")


def scores(of: Heads, *sentences: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return of.scores(sentences, FakeEncoder().encode(sentences))


def test_scores_solve_the_ridge_equation() -> None:
    texts = [*SOUND, *TRACK, COUNTER, CUE, *background(language="zh")]
    target = np.array([0, 0, 1, 1, -1, 1] + [-1] * len(background(language="zh")))
    weight = np.where(np.arange(len(texts)) == 5, CUE_WEIGHT, 1.0)
    readings = [readable(text) for text in texts]
    vectors = FakeEncoder().encode(readings).astype(np.float64)
    wordings = Wording(readings, language="zh").vectors(readings).astype(np.float64)
    gram = np.exp(GAMMA * (vectors @ vectors.T - 1.0)) + WORDING * wordings @ wordings.T
    expected = np.zeros((len(texts), 2))
    for index in range(2):
        own = target == index
        noise = RIDGE / (weight * np.where(own, POSITIVE_WEIGHT, 1.0))
        expected[:, index] = gram @ np.linalg.inv(gram + np.diag(noise)) @ own
    assert scores(heads(), *readings) == pytest.approx(expected, abs=SCORE_TOLERANCE)


def test_one_sentence_alone_has_the_scalar_solution() -> None:
    (weights,) = _solve(np.array([[2.0]]), np.array([0]), np.array([1.0]), 1)
    assert weights.tolist() == pytest.approx([1.0 / (2.0 + RIDGE / POSITIVE_WEIGHT)], abs=1e-12)


def test_an_exemplar_speaks_to_its_own_point_and_to_no_other() -> None:
    found = scores(heads(), *SOUND, *TRACK)
    assert (found[:2, 0] > 0.7).all()
    assert (found[2:, 1] > 0.7).all()
    assert (found[:2, 1] < 0.3).all()
    assert (found[2:, 0] < 0.3).all()


def test_counter_exemplars_and_background_speak_to_no_point() -> None:
    assert scores(heads(), COUNTER, *background(language="zh")).max() < 0.3


def test_a_confirmed_sentence_becomes_an_exemplar_of_its_point() -> None:
    said = "咱递根烟陪他坐会儿"
    assert scores(heads(), said)[0, 0] < 0.3
    learned = heads(soothe=said)
    assert scores(learned, said)[0, 0] > 0.7
    assert learned.exemplars.texts == (*SOUND, said, *TRACK)


def test_exemplars_keep_text_reading_point_and_vector_together() -> None:
    found = heads(track="嗯，查一查。").exemplars
    assert found.texts == (*SOUND, *TRACK, "嗯，查一查。")
    assert found.readings[-1] == "查一查"
    assert found.point.tolist() == [0, 0, 1, 1, 1]
    assert np.array_equal(found.vectors, FakeEncoder().encode(found.readings))


def test_what_is_confirmed_for_another_point_is_passed_over() -> None:
    assert heads(elsewhere="好的好的").exemplars.texts == heads().exemplars.texts


@pytest.mark.parametrize(("text", "reading"), [("嗯，您好！", "您好"), ("，。", ""), ("  OK. ", "ok")])
def test_a_reading_has_no_marks_at_its_ends(text: str, reading: str) -> None:
    assert readable(text) == reading


@pytest.mark.parametrize("language", ["zh", "en"])
def test_background_sentences_are_many_and_different(language: str) -> None:
    found = background(language="en" if language == "en" else "zh")
    assert len(found) == len(set(found)) > 40
    assert all(sentence == sentence.strip() != "" for sentence in found)
    assert all(sentence.isascii() == (language == "en") for sentence in found)
