"""How denials reach further than their clause, and what kind of denial never makes a point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from fakes import FakeEncoder

from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.rubric.coverage.judge import _merged
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.polarity import negations
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.rubric.text.windows import Window

if TYPE_CHECKING:
    from voicecoach.model.assessment import PointResult

PROMPT = Prompt(
    "safe",
    "test",
    "1",
    "rules",
    {"zh": "怎么保护账号？"},
    (
        RubricPoint(
            "account",
            {"zh": "账号"},
            exemplars={"zh": ("账号谁来借都不给", "离开座位先把电脑锁上", "每个月换一次登录口令")},
        ),
        RubricPoint(
            "sorry",
            {"zh": "道歉"},
            exemplars={"zh": ("让您等了这么久真抱歉", "我给您赔礼")},
        ),
    ),
    (20.0, 60.0),
)
LEAST_DOUBT_LOGIT = 0.5
ENGINE = RubricEngine(FakeEncoder())


def result(text: str, point: str) -> PointResult:
    found = ENGINE.cover(PROMPT, SpokenText.from_text(text), language="zh")
    return next(one for one in found.points if one.id == point)


def test_a_sentence_that_affirms_what_its_nearest_exemplar_denies_is_no_evidence() -> None:
    assert result("账号谁来借都不给", "account").state == "covered"
    assert result("账号谁来借都给", "account").state == "not_heard"


def test_a_denial_makes_the_clause_beside_it_doubtful() -> None:
    def logit(text: str) -> float:
        score = result(text, "sorry").score
        return math.log(score / (1.0 - score))

    beside = logit("让您等了这么久真抱歉，我不会给您赔礼")
    apart = logit("让您等了这么久真抱歉，我们公司的班车早上八点开，我不会给您赔礼")
    assert beside < apart - LEAST_DOUBT_LOGIT


def test_denials_that_follow_each_other_reach_as_one() -> None:
    first, second, far = (Window(0, 4), 0.3), (Window(5, 9), 0.8), (Window(20, 24), 0.5)
    assert _merged([far, second, first]) == [(Window(0, 9), 0.8), far]
    assert _merged([]) == []


@pytest.mark.parametrize(
    ("text", "unwilling"),
    [
        ("我没义务跟您讲", True),
        ("我懒得跟您讲", True),
        ("别想让我给您找别的办法", True),
        ("讲不讲的随便吧", True),
        ("我不会打断他", False),
        ("我没打断他", False),
    ],
)
def test_a_refusal_is_told_from_a_plain_negation(text: str, unwilling: bool) -> None:
    assert {one.unwilling for one in negations(text, language="zh")} == {unwilling}


def test_a_refusal_denies_all_that_follows_in_its_clause() -> None:
    (found,) = negations("别想让我给您找别的什么好办法", language="zh")
    assert (found.scope_start, found.scope_end) == (0, 14)


@pytest.mark.parametrize("text", ["按照流程上报主管绝不松口", "拆开试一试不要紧", "我给您赔不是"])
def test_an_emphatic_or_idiomatic_negator_leaves_what_stands_before_it(text: str) -> None:
    assert not any(one.denies(0, 4) for one in negations(text, language="zh"))


@pytest.mark.parametrize("dismissal", ["无所谓", "算什么", "也没用"])
def test_a_dismissal_denies_its_whole_clause(dismissal: str) -> None:
    text = f"您的心情{dismissal}，我会查"
    found = negations(text, language="zh")
    assert any(one.denies(0, 4) for one in found)
    assert not any(one.denies(text.index("我"), len(text)) for one in found)
