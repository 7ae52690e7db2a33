"""Forbidden service language: what is found, what is innocent, what slips of recognition do.

``tests/data/language_fresh.jsonl`` holds sentences written for this project. Part ``dev`` was tuned on;
``test`` was written before the rules but by the hand that wrote them; ``test2`` after them, and nothing
was tuned on it, so only its recall says what to expect of new wording (about a third).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.audio import Span
from voicecoach.rubric.forbidden.find import SURE_SUPPORT, _places, find_forbidden
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageHit

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "language_fresh.jsonl").read_text("utf-8").splitlines()
]
MIN_CERTAIN_PRECISION = 0.95  # of certain hits, all parts together; ratio
MIN_RECALL = {"dev": 0.85, "test": 0.9, "test2": 0.25}  # of (sentence, code) pairs, certain or not; ratio


@cache
def found_in(text: str) -> tuple[LanguageHit, ...]:
    return find_forbidden(text, language="zh")


def codes(text: str, *, certain: bool | None = None) -> set[str]:
    hits = found_in(text)
    return {hit.code for hit in hits if certain is None or hit.certain is certain}


def score(rows: list[dict[str, Any]], *, certain: bool | None) -> tuple[int, int, int]:
    found = missed = false = 0
    for row in rows:
        wanted, got = set(row["violations"]), codes(row["text"], certain=certain)
        found += len(wanted & got)
        missed += len(wanted - got)
        false += len(got - wanted)
    return found, missed, false


def test_certain_hits_are_precise_on_all_parts() -> None:
    found, _, false = score(ROWS, certain=True)
    assert found / (found + false) >= MIN_CERTAIN_PRECISION


@pytest.mark.parametrize("part", MIN_RECALL)
def test_recall_by_part(part: str) -> None:
    found, missed, _ = score([row for row in ROWS if row["part"] == part], certain=None)
    assert found / (found + missed) >= MIN_RECALL[part]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这事不归我们管，您找快递去吧", {"shirk"}),
        ("爱退不退", {"rude"}),
        ("妈的，烦不烦", {"rude"}),
        ("你这人真他妈烦", {"rude", "ni"}),
        ("吵什么吵", {"rude"}),
        ("我给您打包票明天到", {"overpromise"}),
        ("我偷偷给他办了", {"overpromise"}),
        ("我把客户的电话告诉朋友了", {"leak"}),
        ("你是不是听不懂人话", {"rude", "ni"}),
        ("麻烦你稍等，我帮你查一下你的订单", {"ni"}),
    ],
)
def test_plain_violations_are_certain(text: str, expected: set[str]) -> None:
    assert codes(text, certain=True) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("这个不龟我管", "shirk"),  # 归
        ("你听不冬吗", "rude"),  # 懂
        ("我司自给他退了", "overpromise"),  # 私自
        ("我给您打包漂", "overpromise"),  # 票
        ("我把客护信息发到盆友圈", "leak"),  # 客户, 朋友圈
    ],
)
def test_homophone_slips_are_put_right(text: str, code: str) -> None:
    (hit, *_) = [hit for hit in find_forbidden(text, language="zh") if hit.code == code]
    assert hit.quote in text  # the quote stays verbatim


def test_a_common_word_is_no_slip() -> None:
    assert codes("我泄漏了一点情绪") == set()
    assert codes("我头疼，先请个假") == set()


def test_sounds_are_found_at_syllables_only() -> None:
    assert list(_places("lian  an    lian  an    ", "an    ")) == [1, 3]


@pytest.mark.parametrize(
    "text",
    [
        "我把一位妈妈的地址填错了",  # a mother, no oath
        "客户说他妈妈不会用手机",
        "楼下大妈的快递我也帮着拿",
        "我绝不会说不归我管",  # denied
        "我从来没有跟客户讲过爱退不退",
        "不能对客户说随便你",
        "客户骂我说你听不懂吗，我也不生气",  # quoted
        "他说你们爱管不管，我就去跟进",
        "有的客服会说这不归我管",
        "像你自己看着办这种话是服务禁语",  # listed
        "骂回去只会让事情更糟",  # condemned
        "遇到无理取闹的客户我会深呼吸",  # described
        "这不归我管，不过我马上帮您转过去",  # followed by help
        "先看看是物流的问题还是商家的问题，再去问他们",  # asked
        "如果符合条件，肯定给您全额退款",  # conditional
        "主管同意之后，可以给他破个例",  # approved
        "客户的电话绝不能告诉朋友",  # the hit holds its own denial
        "客户想知道能不能走后门",
        "改好评给红包，平台要罚的，我不做",
    ],
)
def test_mention_is_not_use(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("innocent", "guilty"),
    [
        ("只要质检没问题，就百分百给您退款", "您放心，反正百分百给您退款"),
        ("我绝不会说不归我管", "我会说不归我管"),
        ("客户骂我说你听不懂吗", "我跟客户说你听不懂吗"),
        ("经主管同意后给他破个例", "瞒着主管给他破个例"),
        ("这不归我管，我帮您转接", "这不归我管，我帮不了您"),
        ("客户说随便你，我就继续解释", "我就说随便你，爱买不买"),
    ],
)
def test_the_context_decides(innocent: str, guilty: str) -> None:
    assert codes(innocent) == set()
    assert codes(guilty) - {"ni"}


@pytest.mark.parametrize(
    "text", ["你好，很高兴为您服务", "我知道你们平台有七天无理由", "面试的时候你问我为什么"]
)
def test_you_that_is_no_address_to_a_customer(text: str) -> None:
    assert codes(text) == set()


def test_hits_come_in_order_and_overlaps_are_one() -> None:
    hits = find_forbidden("有完没完，烦不烦啊。这不归我管。", language="zh")
    assert [(hit.code, hit.quote) for hit in hits] == [
        ("rude", "有完没完"),
        ("rude", "烦不烦"),
        ("shirk", "不归我管"),
    ]


def test_one_hit_for_overlapping_rules() -> None:
    hits = find_forbidden("我保证一定给您退", language="zh")
    assert len(hits) == 1
    assert hits[0].certain


def test_weak_structures_are_not_certain() -> None:
    assert codes("您自己去问问吧", certain=False) == {"shirk"}
    assert codes("您自己去问问吧", certain=True) == set()


class Witness:
    """Families that agree with every rule by ``support`` and suspect nothing themselves."""

    def __init__(self, support: float) -> None:
        self.agreement, self.asked = support, list[tuple[str, str]]()

    def suspicions(self, _: object) -> tuple[()]:
        return ()

    def support(self, code: str, stretch: str) -> float:
        self.asked.append((code, stretch))
        return self.agreement


@pytest.mark.parametrize(("support", "certain"), [(SURE_SUPPORT, True), (SURE_SUPPORT - 0.1, False)])
def test_meaning_is_a_second_signal_of_a_rule(support: float, *, certain: bool) -> None:
    witness: Any = Witness(support)
    (hit,) = find_forbidden("好的，您自己去问问吧，再见", language="zh", families=witness)
    assert (hit.code, hit.certain) == ("shirk", certain)
    assert witness.asked == [("shirk", "您自己去问问吧")]


def test_meaning_is_not_asked_of_what_is_certain_or_misheard() -> None:
    witness: Any = Witness(99.0)
    (sure,) = find_forbidden("烦不烦啊", language="zh", families=witness)
    assert sure.certain
    (slipped,) = find_forbidden("我把客护信息发到盆友圈", language="zh", families=witness)
    assert not slipped.certain
    assert witness.asked == []


def test_times_come_from_the_words() -> None:
    text = "嗯，这个，不归我管。"
    spans = tuple(Span(i * 0.5, i * 0.5 + 0.5) for i in range(len(text)))
    (hit,) = find_forbidden(SpokenText(text, spans), language="zh")
    first = text.index("不归")
    assert hit.quote == "不归我管"
    assert hit.span == Span(first * 0.5, (first + 4) * 0.5)
    (untimed,) = find_forbidden(text, language="zh")
    assert untimed.span is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That's not my problem, go ask the courier.", {"shirk"}),
        ("Are you deaf? I don't care.", {"rude"}),
        ("I guarantee you will get a full refund today", {"overpromise"}),
        ("I'd secretly give him a refund", {"overpromise"}),
        ("I would send her phone number to a friend", {"leak"}),
    ],
)
def test_english(text: str, expected: set[str]) -> None:
    assert {hit.code for hit in find_forbidden(text, language="en") if hit.certain} == expected


@pytest.mark.parametrize(
    "text",
    [
        "I would never say that's not my problem",
        "even if the customer says are you deaf, I stay calm",
        "It's not my department, but I'll put you through",
        "If the policy allows it, I promise you a refund",
        "Saying suit yourself is rude",
        "I will calm the customer first",
        "My friends call me patient",
    ],
)
def test_english_innocent(text: str) -> None:
    assert find_forbidden(text, language="en") == ()


@pytest.mark.parametrize("text", ["", "，。！", "嗯"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_said(text: str, language: Any) -> None:
    assert find_forbidden(text, language=language) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([row["text"] for row in ROWS]), st.sampled_from(["今天天气不错。", "嗯，", "我叫小王。"])
)
def test_a_sentence_in_front_changes_nothing(text: str, front: str) -> None:
    alone = found_in(text)
    after = find_forbidden(front + text, language="zh")
    assert [(hit.code, hit.quote, hit.certain) for hit in after] == [
        (hit.code, hit.quote, hit.certain) for hit in alone
    ]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="你您我不归管爱退什么吗，。说客户保证给电话告诉朋友 a?", max_size=40))
def test_any_text_gives_quotes_of_itself(text: str) -> None:
    for hit in find_forbidden(text, language="zh"):
        assert hit.quote in text
        assert hit.quote
