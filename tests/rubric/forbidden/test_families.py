"""Families of forbidden talk: what reads like one is quoted from the text, worth a look and never certain."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.forbidden import families
from voicecoach.rubric.forbidden.families.codes import FAMILIES
from voicecoach.rubric.forbidden.families.detector import LENGTHS, FamilyDetector, in_context, stretches
from voicecoach.rubric.forbidden.families.lifted import is_lifted
from voicecoach.rubric.forbidden.families.weights import BUCKETS, Weights, buckets, weights
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.rubric.text.windows import Window

SENTENCES = {
    language: yaml.safe_load((Path(families.__file__).parent / f"{language}.yaml").read_text("utf-8"))
    for language in ("zh", "en")
}
RUDE = np.array([1.0, 0.0, 0.0, 0.0], np.float32)
UNKNOWN = "这块牌子竖在那里"
TALK = st.text(st.sampled_from("我你您就退款快递的了吧不骂，。！ 嗯"), max_size=60)


def detector(*, intercepts: np.ndarray | None = None, rude: str = "") -> FamilyDetector:
    """A detector with :func:`heads`."""
    return FamilyDetector(heads(intercepts=intercepts, rude=rude), FakeEncoder())


def heads(*, intercepts: np.ndarray | None = None, rude: str = "") -> Weights:
    """Heads that know nothing but ``intercepts``, and the meaning of ``rude``."""
    zeros = np.zeros(len(FAMILIES), np.float32)
    own = zeros if intercepts is None else intercepts.astype(np.float32)
    meaning = np.zeros((len(FAMILIES), FakeEncoder().dimensions), np.float32)
    if rude:
        meaning[0] = FakeEncoder().encode([rude])[0]
    wording = np.zeros((len(FAMILIES), BUCKETS), np.float32)
    return Weights("zh", "fake", meaning, wording, own, zeros + 0.6)


@settings(deadline=None)  # the first text loads the word list
@given(TALK, st.integers(0, 3))
def test_what_is_found_is_quoted_from_the_text_and_never_certain(text: str, family: int) -> None:
    everywhere = detector(intercepts=np.eye(4)[family])
    by_rules = find_forbidden(text, language="zh")
    hits = find_forbidden(text, language="zh", families=everywhere)
    added = [hit for hit in hits if hit not in by_rules]
    assert all(hit.quote in text and hit.quote for hit in hits)
    assert {hit.code for hit in added} <= {FAMILIES[family]}
    assert not any(hit.certain for hit in added)
    assert [hit for hit in hits if hit in by_rules] == list(by_rules)


@settings(deadline=None)  # the first text loads the word list
@given(TALK)
def test_suspicions_do_not_overlap_and_are_stretches(text: str) -> None:
    clean = SpokenText.from_text(text).clean()
    held = detector(intercepts=RUDE).suspicions(clean)
    assert {Window(s.start, s.end) for s in held} <= set(stretches(clean, language="zh"))
    assert all(left.end <= right.start for left, right in pairwise(held))


@pytest.mark.parametrize("text", ["", "，。", "嗯", "好的"])
def test_nothing_is_found_where_hardly_anything_is_said(text: str) -> None:
    assert find_forbidden(text, language="zh", families=detector(intercepts=RUDE)) == ()


def test_only_the_stretch_that_reads_so_is_quoted() -> None:
    (hit,) = find_forbidden(f"我先核对订单号码，{UNKNOWN}，", language="zh", families=detector(rude=UNKNOWN))
    assert (hit.code, hit.quote, hit.certain) == ("rude", UNKNOWN, False)


@pytest.mark.parametrize(
    "text",
    [
        f"我绝不会对客户说{UNKNOWN}",
        f"客户骂我说{UNKNOWN}",
        f"{UNKNOWN}这种话是服务禁语",
        f"{UNKNOWN}，麻烦您稍等",
    ],
)
def test_contexts_of_the_rules_take_a_find_back(text: str) -> None:
    assert find_forbidden(UNKNOWN, language="zh", families=detector(rude=UNKNOWN))
    assert find_forbidden(text, language="zh", families=detector(rude=UNKNOWN)) == ()


def test_courtesy_takes_english_rudeness_back() -> None:
    rude = is_lifted("rude", text="you are a bother", start=0, end=16, language="en")
    kind = is_lifted("rude", text="no rush you're no bother", start=0, end=24, language="en")
    assert (rude, kind) == (False, True)


def test_a_rule_speaks_before_a_family() -> None:
    text = "这不归我管"
    assert find_forbidden(text, language="zh", families=detector(intercepts=RUDE)) == find_forbidden(
        text, language="zh"
    )


def test_ordinary_words_around_a_stretch_speak_for_it() -> None:
    scores = np.array([[4.0, 0, 0, 0], [-6.0, -8, -8, -8]], np.float32)
    near = in_context(scores, [Window(0, 6), Window(7, 14)])
    far = in_context(scores, [Window(0, 6), Window(40, 46)])
    assert near[0, 0] < far[0, 0] == pytest.approx(4.0)
    assert near[1, 0] > far[1, 0] == pytest.approx(-6.0)
    even = in_context(np.ones_like(scores), [Window(0, 6), Window(7, 14)])
    assert even == pytest.approx(np.ones_like(scores))


def test_support_is_the_score_of_the_stretch_alone() -> None:
    knows = detector(rude=UNKNOWN)
    assert knows.support("rude", UNKNOWN) > 0.6 > knows.support("rude", "今天下午三点")
    assert knows.support("leak", UNKNOWN) == 0.0
    with pytest.raises(ValueError, match="not in tuple"):
        knows.support("ni", UNKNOWN)


def test_the_engine_asks_the_families_of_the_language() -> None:
    asked: list[str] = []
    engine = RubricEngine(FakeEncoder(), families=asked.append)
    assert engine.judge(None, SpokenText.from_text(UNKNOWN), language="zh") == ((), None)
    engine = RubricEngine(FakeEncoder(), families=lambda _: heads(rude=UNKNOWN))
    (hit,), _ = engine.judge(None, SpokenText.from_text(UNKNOWN), language="zh")
    assert asked == ["zh"]
    assert hit.quote == UNKNOWN


@given(st.text("这个不行abc ", max_size=20))
def test_buckets_are_sorted_and_distinct(text: str) -> None:
    for language in ("zh", "en"):
        places = buckets(text, language)
        assert places == sorted(set(places))
        assert all(0 <= place < BUCKETS for place in places)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fitted_weights_are_of_one_shape(language: str) -> None:
    fitted = weights(language)
    assert fitted.language == language
    assert fitted.wording.shape == (len(FAMILIES), BUCKETS)
    assert fitted.meaning.shape[0] == len(fitted.intercepts) == len(fitted.limits) == len(FAMILIES)
    assert np.isfinite(fitted.meaning).all()
    assert np.isfinite(fitted.wording).all()


@pytest.mark.parametrize(("language", "fewest"), [("zh", 150), ("en", 20)])
def test_sentences_are_many_and_stand_once(language: str, fewest: int) -> None:
    own = SENTENCES[language]
    assert set(own) == {*FAMILIES, "contrast"}
    assert all(len(texts) >= fewest for texts in own.values())
    counted = Counter(text for texts in own.values() for text in texts)
    assert [text for text, times in counted.items() if times > 1] == []
    most = LENGTHS[language][1]
    assert [text for texts in own.values() for text in texts if len(text) > 2 * most] == []
