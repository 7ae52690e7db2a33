"""A good answer loses nothing to a false alarm: innocent service language, and plain violations beside it.

``innocent.jsonl`` (part a was tuned on, then the kinds that part b had shown were mended) and
``agent_answers.jsonl`` hold what agents say; ``language_lookalikes.jsonl`` what lies near a rule, written
before the rules were mended, and violations in words of their own.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from voicecoach.rubric.forbidden.context import is_mention
from voicecoach.rubric.forbidden.find import _repaired, find_forbidden
from voicecoach.rubric.forbidden.rules import RULES
from voicecoach.rubric.text.spoken import SpokenText

DATA = Path(__file__).parents[2] / "data"
MAX_CERTAIN, MAX_UNCERTAIN = 0.1 / 1000, 2 / 1000  # of innocent sentences, ratio
MIN_CERTAIN = {
    "rude": 0.8,
    "shirk": 0.25,
    "overpromise": 0.6,
    "leak": 0.25,
}  # of look-alike violations, ratio
MIN_FOUND = {"rude": 0.95, "shirk": 0.85, "overpromise": 0.95, "leak": 0.85}
ALONE = [
    pytest.param(each.compiled, id=f"{owner.code}-{owner.name}-{number}")
    for owner in RULES["zh"]
    for number, each in enumerate(owner.arms)
    if each.certain == "alone"
]


@cache
def lines(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines())


@cache
def codes(text: str) -> dict[str, bool]:
    """Code -> whether a hit of it is certain; without 你 for 您."""
    found: dict[str, bool] = {}
    for hit in find_forbidden(text, language="zh"):
        if hit.code != "ni":
            found[hit.code] = found.get(hit.code, False) or hit.certain
    return found


@cache
def cleaned() -> tuple[str, ...]:
    rows = (*lines("innocent.jsonl"), *lines("agent_answers.jsonl"))
    return tuple(SpokenText.from_text(row["text"]).clean().text for row in rows)


@pytest.mark.parametrize("part", ["a", "b"])
def test_innocent_sentences_are_let_be(part: str) -> None:
    texts = [row["text"] for row in lines("innocent.jsonl") if row["part"] == part]
    assert len(texts) > 1500
    certain = [text for text in texts if any(codes(text).values())]
    uncertain = [text for text in texts if codes(text) and not any(codes(text).values())]
    assert len(certain) <= MAX_CERTAIN * len(texts), certain
    assert len(uncertain) <= MAX_UNCERTAIN * len(texts), uncertain


def test_innocent_answers_are_let_be() -> None:
    assert [row["text"] for row in lines("agent_answers.jsonl") if codes(row["text"])] == []


@pytest.mark.parametrize("pattern", ALONE)
def test_what_is_certain_by_itself_stands_in_no_innocent_sentence(pattern: Any) -> None:
    used = [
        text
        for text in cleaned()
        if (match := pattern.search(text)) and not is_mention(text, *match.span(), language="zh")
    ]
    assert used == []


def test_repairs_of_slips_let_innocent_words_be() -> None:
    changed = [text for text in cleaned() if _repaired(text)[1]]
    assert len(changed) <= 2 / 1000 * len(cleaned()), changed


def test_look_alikes_are_let_be() -> None:
    texts = [row["text"] for row in lines("language_lookalikes.jsonl") if not row["violations"]]
    assert [text for text in texts if any(codes(text).values())] == []
    assert [text for text in texts if codes(text)] == [
        "您别声张，店长给老客户留的福利"
    ]  # a favour hidden from others


def test_look_alikes_are_let_be_without_punctuation() -> None:
    # recognisers often write none
    texts = [row["text"] for row in lines("language_lookalikes.jsonl") if not row["violations"]]
    assert [text for text in texts if any(codes(re.sub(r"[，。！？]", "", text)).values())] == []


@pytest.mark.parametrize("code", MIN_FOUND)
def test_plain_violations_are_found(code: str) -> None:
    rows = [row for row in lines("language_lookalikes.jsonl") if code in row["violations"]]
    assert len(rows) >= 20
    assert sum(code in codes(row["text"]) for row in rows) >= MIN_FOUND[code] * len(rows)
    assert sum(codes(row["text"]).get(code, False) for row in rows) >= MIN_CERTAIN[code] * len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "您当时是怎么付款的",
        "您当天是几点签收的",
        "您当地是不是有代收点",
        "您以为是质量问题对吧，我帮您看看",
        "微信零钱包三到五个工作日到账",
        "未拆包的可以退",
        "打包完今天就发货",
        "面包收到以后尽快吃",
        "每包都会送到您手上",
        "给您包好了再发出",
        "质量是可以保证的",
        "拍卖订单要检测以后再发",
        "祝您大卖，订单接到手软",
        "祝您财源滚滚",
        "大家都爱问什么问题",
        "拦截成功以后直接给您退款",
        "地址修改不了，建议您重新下单",
        "订单是厂商自己配送的",
        "这是站点联系方式，您可以约时间",
        "我帮您问快递，下午给您答复",
        "截图看不清，麻烦您再发一张",
        "这个小妹也不知道呢，我去问问师傅",
        "您怎么知道的呀",
        "您看不见物流的话刷新一下",
        "不满意就告诉我",
        "同事里她最有本事",
        "心里有种暖暖的感觉",
        "不是我的问题我也会先道歉",
        "做这一行脸皮厚点没关系",
        "听说有同事把客户信息卖了，我马上上报了主管",
    ],
)
def test_false_alarms_that_real_agents_raised(text: str) -> None:
    assert codes(text) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("公司规定哦", "shirk"),
        ("没办法呢", "shirk"),
        ("需要联系厂家呢", "shirk"),
        ("好评截图返现", "overpromise"),
    ],
)
def test_what_was_missed_of_real_agents(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("kind", "hostile"),
    [
        ("谁叫您是老客户呢，送您一张券", "谁叫您自己不看清楚"),
        ("那我先挂了，祝您生活愉快", "您再骂我就挂了"),
        ("您想怎么样就怎么样，我们都配合，您放心", "随便你想怎么样就怎么样"),
        ("您急什么急事的话，我先给您办", "急什么急，就你事多"),
    ],
)
def test_the_stance_of_the_sentence_decides(kind: str, hostile: str) -> None:
    assert not any(codes(kind).values())
    assert codes(hostile)["rude"]


@pytest.mark.parametrize(
    ("mended", "plain"),
    [
        ("这个我也没办法，不过我可以帮您申请一张券", "这个我也没办法"),
        ("您稍等，我去问主管，我做不了主", "我做不了主"),
        ("我改不了地址，您可以拒收后重新下单", "我改不了的"),
    ],
)
def test_help_or_another_way_lifts_a_shrug(mended: str, plain: str) -> None:
    assert codes(mended) == {}
    assert "shirk" in codes(plain)
