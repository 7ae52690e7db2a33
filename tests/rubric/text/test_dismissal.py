"""Turns that brush something aside, and topics that are only named."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.dismissal import dismissed, echoes
from voicecoach.rubric.text.spoken import SpokenText

DISMISSED = (
    "退款进度我懒得查",
    "回访我嫌麻烦",
    "顾客的话我没当回事",
    "工单先拖着呗",
    "质检分跟我有什么关系",
    "跟我们客服没关系",
    "关我屁事",
    "付不付钱是他的事",
    "规则谁爱看谁看",
    "爱退不退",
    "管他满不满意",
    "催什么催",
    "有什么好解释的",
    "退了又怎样",
    "会员了不起啊",
    "说得比唱得好听",
    "晋升都是骗人的",
    "反正都是噱头",
    "培训就是画大饼",
    "省得他老来烦我",
    "尺码表他自己不会看吗",
    "我懒得听他的话",
    "您嗓门小一点行不行",
    "你小声点成吗",
    "别嚷嚷了行吗",
    "把您的地址挂到网上去",
    "你给我等着",
    "等着瞧吧",
)
MEANT = (
    "我不嫌麻烦",
    "我声音小点行不行",
    "您那边声音有点小",
    "不会把您的地址挂到网上",
    "顾客说要曝光你",
    "不会跟他说关我什么事",
    "顾客说关我什么事",
    "顾客懒得打字我就打电话",
    "省得您跑一趟",
    "您要是嫌麻烦，我帮您填",
    "不能因为便宜就不当回事",
    "怕顾客嫌烦，一个月就发两条",
    "以前我懒得记，吃了亏就天天记",
    "顾客觉得活动都是套路，我就一条条讲给他听",
    "有什么说什么",
    "您有什么好的建议可以跟我讲",
    "我自己不会的就问师傅",
    "没什么了不起的，就是细心一点",
    "画饼的事我不干",
    "别人懒得写的备注我来写",
    "您平时什么时候有空",
    "您想查什么查我就行",
    "懒得挂号的话叫我",
    "跟我没关系的单子我也看",
)


def cleaned(text: str) -> str:
    return SpokenText.from_text(text).clean().text


def test_a_threat_takes_back_what_its_sentence_says_before_it() -> None:
    (zone,) = dismissed(cleaned("我会保持冷静，把你的录音发到网上"), language="zh")
    assert zone.start == 0
    (zone,) = dismissed(cleaned("我会保持冷静。把你的录音发到网上"), language="zh")
    assert zone.start == len("我会保持冷静。")


@pytest.mark.parametrize("text", DISMISSED)
def test_a_turn_brushes_its_clause_aside(text: str) -> None:
    (zone,) = dismissed(text, language="zh")
    assert (zone.start, zone.end) == (0, len(text))


@pytest.mark.parametrize("text", MEANT)
def test_what_is_vowed_against_quoted_or_kind_is_no_dismissal(text: str) -> None:
    assert dismissed(cleaned(text), language="zh") == ()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("我先道个歉。培训？晋升？说得好听", "培训。晋升。说得好听"),
        ("补寄、赔偿，想得美", "补寄，赔偿，想得美"),
        ("我先查物流，催什么催", "催什么催"),
        ("不好意思，关我什么事", "关我什么事"),
        ("链接我马上撤，省得再来烦我", "省得再来烦我"),
    ],
)
def test_bare_topics_right_before_go_with_it(text: str, zone: str) -> None:
    text = cleaned(text)
    assert [text[one.start : one.end] for one in dismissed(text, language="zh")] == [zone]


def test_an_unpunctuated_stretch_is_not_brushed_aside_as_a_whole() -> None:
    text = "物流停在中转站两天了我会打电话去问清楚然后告诉他剩下的我懒得管他怎么想都行"
    (zone,) = dismissed(text, language="zh")
    assert zone.start > text.index("告诉他")


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("冷静？我当然冷静", ["冷静"]),
        ("催？我催了它也不会飞", ["催"]),
        ("责任心、耐心？这种问题太虚了", ["责任心，耐心"]),
        ("道歉、退款，退款我马上办", ["退款"]),
        ("单号？我查一下", []),
        ("道歉。查物流。", []),
        ("带团队，这是我的念想", []),
        ("不好意思。真的不好意思", []),
        ("七天之内", []),
        ("没拆封的，这种能退", []),
    ],
)
def test_a_topic_taken_up_again_or_talked_down_is_only_named(text: str, echo: list[str]) -> None:
    text = cleaned(text)
    assert [text[one.start : one.end] for one in echoes(text, language="zh")] == echo


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("refunds? not my job", "refunds。not my job"),
        ("i couldn't care less about the tracking", "i couldn't care less about the tracking"),
        ("i check it first, an apology? as if", "an apology。as if"),
        ("i'd do it, who cares if it's late", "who cares if it's late"),
    ],
)
def test_english_dismissals(text: str, zone: str) -> None:
    text = cleaned(text)
    assert [text[one.start : one.end] for one in dismissed(text, language="en")] == [zone]
    assert echoes(text, language="en") == ()


@pytest.mark.parametrize(
    "text",
    [
        "i would never say it's not my job",
        "the customer said who cares",
        "i'd treat it as if it were mine",
        "i'll do whatever it takes",
        "if they can't be bothered to type i call them",
    ],
)
def test_english_that_is_meant(text: str) -> None:
    assert dismissed(cleaned(text), language="en") == ()


@settings(max_examples=32, deadline=None)
@given(st.lists(st.sampled_from([*DISMISSED, *MEANT, "冷静", "我当然冷静。", "查物流。"]), max_size=8))
def test_zones_are_apart_in_order_and_end_at_clauses(parts: list[str]) -> None:
    text = cleaned("，".join(parts))
    for zones in (dismissed(text, language="zh"), echoes(text, language="zh")):
        assert all(0 <= zone.start < zone.end <= len(text) for zone in zones)
        assert all(left.end <= right.start for left, right in pairwise(zones))
        assert all(text[zone.start] not in "，。" and text[zone.end - 1] not in "，。" for zone in zones)
