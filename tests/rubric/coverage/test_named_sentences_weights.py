"""Sentences that were once judged wrongly, each with the state that is right, judged end to end."""

from __future__ import annotations

from functools import cache

import pytest

from voicecoach import wiring
from voicecoach.rubric.text.spoken import SpokenText

pytestmark = pytest.mark.weights

COVERED = (
    ("out_of_stock", "apology", "亲不好意思你买的这个没有了"),
    ("out_of_stock", "refund", "都不要的话我立马给您退钱"),
    ("unhappy_customer", "clear_plan", "第一步干嘛第二步干嘛我都跟他讲清楚"),
    ("after_sales_policy", "exceptions", "内衣啊生鲜那些就退不了"),
    ("after_sales_policy", "exceptions", "活鱼和刻字的东西没法退"),
    ("exchange_policy", "condition", "吊牌别摘，不影响二次销售就行"),
    ("logistics_delay", "track", "在通州分拣中心"),
    ("opened_return", "policy", "不用说理由，七天之内都能退"),
)
NOT_COVERED = (
    ("caller_bad_review", "no_yield", "差评可不行，您先别写，我给您退"),
    ("why_jd", "trait", "同理心、责任心、耐心、细心、学习能力，这些都是客服必备的品质"),
    ("rule_violation", "alternative", "我可以帮他问问领导"),
    ("caller_bad_review", "soothe", "您太客气了，请您放心，还有其他可以帮到您的吗"),
    ("out_of_stock", "restock", "请您放心，还有其他可以帮到您的吗"),
    ("caller_merchant", "solve", "申诉？申诉没用的，我不会给您开这个口子"),
)
ILL_MEANT = (
    ("caller_elder", "slow", "您声音小点行不行"),
    ("caller_elder", "slow", "大爷您小声点儿成吗"),
    ("caller_elder", "slow", "您说话轻点行吗"),
    ("abuse", "calm", "我会保持冷静，把你的录音发到网上"),
    ("abuse", "calm", "我很冷静，然后把他的地址挂到网上去"),
    ("abuse", "calm", "我不生气，你给我等着"),
)
MEANT_WELL = (
    ("caller_elder", "slow", "我把声音放低一点慢慢跟您说"),
    ("abuse", "calm", "我会保持冷静，不会把他的录音发到网上"),
)
TERSE = (
    ("logistics_delay", "urge", "我这边催促下"),
    ("missing_gift", "substitute", "返您5元"),
)


ASKED_ABOVE = (
    ("rule_violation", "escalate", "我可以帮他问问领导"),
    ("over_return", "escalate", "我去问一下主管能不能破例"),
)


@cache
def state(prompt_id: str, point: str, text: str) -> str:
    prompt = next(own for own in wiring.prompt_library().prompts() if own.id == prompt_id)
    coverage = wiring.rubric_engine().cover(prompt, SpokenText.from_text(text), language="zh")
    return next(result.state for result in coverage.points if result.id == point)


@pytest.mark.parametrize(("prompt_id", "point", "text"), [*COVERED, *TERSE, *MEANT_WELL, *ASKED_ABOVE])
def test_what_is_said_is_covered(prompt_id: str, point: str, text: str) -> None:
    assert state(prompt_id, point, text) == "covered"


@pytest.mark.parametrize(("prompt_id", "point", "text"), [*NOT_COVERED, *ILL_MEANT])
def test_what_is_not_meant_is_not_covered(prompt_id: str, point: str, text: str) -> None:
    assert state(prompt_id, point, text) != "covered"


@pytest.mark.parametrize(("prompt_id", "point", "text"), TERSE)
def test_terse_doing_is_at_least_worth_a_look(prompt_id: str, point: str, text: str) -> None:
    assert state(prompt_id, point, text) != "not_heard"
