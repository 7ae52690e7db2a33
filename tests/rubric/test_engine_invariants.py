"""The rubric engine, whatever is said: what changes nothing, bounds, answers to other questions."""

from __future__ import annotations

import pytest
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from rubric_answers import ENGINE, HEARD, PROMPT, SAID, cover, covered, result, timed

from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.rubric.coverage.topic import Topics
from voicecoach.rubric.coverage.verdict import MAX_EVIDENCE
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.spoken import SpokenText

ANSWERS = st.lists(st.sampled_from(HEARD), min_size=1, max_size=4, unique_by=lambda one: one[0])


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(HEARD), st.sampled_from("，。！？、…"))
def test_a_mark_at_the_end_changes_nothing(heard: tuple[str, str], mark: str) -> None:
    point, text = heard
    assert result(text + mark, point).state == result(text, point).state == "covered"


@settings(max_examples=10, deadline=None)
@given(ANSWERS)
def test_without_punctuation_a_cue_sentence_is_still_heard(said: list[tuple[str, str]]) -> None:
    spoken = [
        (point, text)
        for point, text in said
        if any(c in text for c in ("理解您的心情", "把话说完", "查一下物流"))
    ]
    plain = "然后".join(text for _, text in spoken)
    assert {point for point, _ in spoken} <= covered(plain)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(HEARD),
    st.sampled_from(["今天天气挺好的", "我昨天坐地铁过来的", "我大学学的是市场营销", "双十一的单子特别多"]),
)
def test_an_unrelated_clause_keeps_a_point_covered(heard: tuple[str, str], other: str) -> None:
    point, text = heard
    assert point in covered(f"{other}。{text}")
    assert point in covered(f"{text}。{other}")


def test_the_same_answer_gets_the_same_coverage_from_a_fresh_engine() -> None:
    text = SpokenText.from_text("，".join(texts[-1] for texts in SAID.values()))
    fresh = RubricEngine(FakeEncoder())
    fresh.warm(PROMPT, language="zh")
    assert fresh.cover(PROMPT, text, language="zh") == ENGINE.cover(PROMPT, text, language="zh")


@settings(max_examples=10, deadline=None)
@given(ANSWERS, st.floats(min_value=0.0, max_value=600.0))
def test_silence_in_front_shifts_the_evidence_and_nothing_else(
    said: list[tuple[str, str]], silence_s: float
) -> None:
    text = "，".join(one for _, one in said)
    here = ENGINE.cover(PROMPT, timed(text), language="zh")
    later = ENGINE.cover(PROMPT, timed(text, start_s=1.0 + silence_s), language="zh")
    assert (here.low, here.high, here.order_ok) == (later.low, later.high, later.order_ok)
    for was, now in zip(here.points, later.points, strict=True):
        assert [one.quote for one in was.evidence] == [one.quote for one in now.evidence]
        for one, other in zip(was.evidence, now.evidence, strict=True):
            assert one.span
            assert other.span
            assert other.span.start_s - one.span.start_s == pytest.approx(silence_s, abs=1e-6)


@settings(max_examples=16, deadline=None)
@given(st.text(alphabet="我你会不理解您的心情查物流把话说完绝泄露他打断，。a嗯", max_size=40))
def test_whatever_is_said_the_figures_keep_their_bounds(text: str) -> None:
    found = cover(text)
    assert 0.0 <= found.low <= found.high <= 1.0
    assert [one.id for one in found.points] == [point.id for point in PROMPT.points]
    for one in found.points:
        assert 0.0 <= one.score <= 1.0
        assert all(evidence.quote in text for evidence in one.evidence)
        assert len(one.evidence) <= MAX_EVIDENCE


OTHERS = tuple(
    Prompt(
        name, "test", "1", "scenario", {"zh": question},
        (RubricPoint("it", {}, exemplars={"zh": exemplars}),), (20.0, 60.0),
    )
    for name, question, exemplars in (
        ("photo", "坏了怎么办", ("请您拍张照片发给我看看哪里坏了", "照片发给仓库主管登记", "当天换一件新的")),
        ("tea", "你喜欢喝什么茶", ("早上泡一壶龙井慢慢喝", "下午喝乌龙茶提提神", "晚上只喝白开水")),
        ("trip", "周末去哪里玩", ("坐高铁去杭州逛西湖", "骑车绕着西湖走一圈", "西湖边上吃碗面")),
    )
)  # fmt: skip


ELSEWHERE = (
    "请您拍张照片发给我看看哪里坏了。照片发给仓库主管登记。登记完照片当天换一件新的。"
    "我打电话给配送站问清楚原因"
)


def beside_others(fewest: int = 0) -> RubricEngine:
    encoder = FakeEncoder()
    library = (PROMPT, *OTHERS)[fewest:]
    return RubricEngine(encoder, topics=lambda language: Topics(library, encoder, language=language))


def test_an_answer_to_another_question_is_doubted() -> None:
    (alone,) = (one for one in cover(ELSEWHERE).points if one.score)
    doubted = beside_others().cover(PROMPT, SpokenText.from_text(ELSEWHERE), language="zh")
    (beside,) = (one for one in doubted.points if one.score)
    assert (alone.id, alone.state) == (beside.id, "covered")
    assert beside.score < alone.score


def test_an_answer_to_the_prompt_is_left_alone() -> None:
    beside = beside_others()
    for text in (
        "我理解您的心情，我真的很理解。让他把话说完，听他把话说完。我查一下物流，再查物流",
        "今天天气挺好的",
    ):
        assert beside.cover(PROMPT, SpokenText.from_text(text), language="zh") == cover(text)
