"""Personal values in recognised speech: recall on made sentences, and what must stay."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.personal.data import MASK, MASKS, WALL, PersonalDatum, find_personal, masked
from voicecoach.rubric.personal.digits import digit_runs, normalised

SENTENCES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).parents[2].joinpath("data", "masking.jsonl").read_text("utf-8").splitlines()
]
RECALL_AT_LEAST = 0.95
FALSE_MASKS_AT_MOST = {"first": 2, "fresh": 1}
PARTS = st.sampled_from(
    [
        *"0123456789０７零幺一二两三四五六七八九十百要是久灵叉xX，,、。 -.:路号区栋室元天年",
        *(
            "手机号是",
            "订单号",
            "验证码",
            "尾号",
            "身份证",
            "卡号",
            "地址是",
            "我叫",
            "王小明",
            "嗯",
            "三个八",
        ),
        *("one ", "double ", "@qq.com", "中山", "138", "2024", *MASKS.values()),
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PARTS, max_size=25).map("".join))


def sentences(part: str, *, personal: bool) -> list[dict[str, Any]]:
    found = [s for s in SENTENCES if s["set"] == part and bool(s["personal"]) == personal]
    assert len(found) == (60 if part == "first" else 30)
    return found


def covered(text: str, value: str) -> bool:
    start = text.index(value)
    hidden = {place for hit in find_personal(text) for place in range(hit.start, hit.end)}
    return all(place in hidden for place in range(start, start + len(value)) if text[place].isalnum())


@pytest.mark.parametrize("part", ["first", "fresh"])
def test_personal_values_are_found_whole(part: str) -> None:
    values = [(s["text"], value) for s in sentences(part, personal=True) for value, _ in s["personal"]]
    missed = [value for text, value in values if not covered(text, value)]
    assert 1 - len(missed) / len(values) >= RECALL_AT_LEAST, missed


@pytest.mark.parametrize("part", ["first", "fresh"])
def test_innocent_numbers_stay(part: str) -> None:
    changed = [masked(s["text"]) for s in sentences(part, personal=False) if find_personal(s["text"])]
    assert len(changed) <= FALSE_MASKS_AT_MOST[part], changed


@pytest.mark.parametrize("sentence", sentences("first", personal=True), ids=lambda s: s["id"])
def test_the_mask_names_what_it_hides_and_hides_no_more(sentence: dict[str, Any]) -> None:
    expected = sentence["text"]
    for value, rule in sentence["personal"]:
        expected = expected.replace(value, MASKS[rule])
    assert masked(sentence["text"]) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机号13812340567，3天没到", "手机号［手机号］，3天没到"),
        ("手机13812340567或者13987654321都行", "手机［手机号］或者［手机号］都行"),
        ("两个号1381234056713987654321", "两个号［手机号］"),
        ("幺三八，零零幺三，对，八零零零", "［手机号］"),
        ("一三八 我想想啊 一二三四零五六七", "［手机号］"),
        ("收集委号是8842的那个订单", "收集委号是［尾号］的那个订单"),
        ("未号是8842,1共3件,各位好618", "未号是［尾号］,1共3件,各位好618"),
        ("验证吗是482913", "验证吗是［验证码］"),
        ("快递单号是SF 1234567890123", "快递单号是［单号］"),
        ("您记一下由39-200778", "您记一下由［号码］"),
        ("工资4000-5500，范围900-1200，2024-11-11开始", "工资4000-5500，范围900-1200，2024-11-11开始"),
        ("我的手机号后四维是0567", "我的手机号后四维是［尾号］"),
        ("我的邮箱是CAJ-NGS-N88QQ-KON", "我的邮箱是［邮箱］"),
        ("五五八八是尾号", "［尾号］是尾号"),
        ("verification code is 482 913", "verification code is ［验证码］"),
        ("one three eight double zero one three eight triple zero", "［手机号］"),
        ("I live at 88 King Street, apt 5", "I live at ［地址］"),
        ("john dot smith at gmail dot com", "［邮箱］"),
        ("微信号是wx_zhang88", "微信号是［账号］"),
        ("我的QQ号是12345678", "我的QQ号是［账号］"),
        ("我免贵姓欧阳", "我免贵姓［姓名］"),
        ("我叫王小明 一@qq.com", "我叫［姓名］ ［邮箱］"),
        ("天我叫王小明一@qq.com", "天我叫［姓名］［邮箱］"),
        ("我姓王，叫王小明", "我姓［姓名］，叫［姓名］"),
        ("my name is Li Min and I sell shoes", "my name is ［姓名］ and I sell shoes"),
        ("我在幸福路88号上班", "我在［地址］上班"),
        ("我住在幸福路8号，手机号13812340567", "我住在［地址］，手机号［手机号］"),
        ("电话400-800-8820", "电话400-800-8820"),
        ("一共是1234567件", "一共是［号码］件"),
        ("圆周率3.14159265", "圆周率3.［号码］"),
        ("三五八二六七九幺零幺的那个人", "［号码］的那个人"),
        ("二零一八二零一九二零二零", "二零一八二零一九二零二零"),
        ("2019, 2020, 13812340567", "2019, 2020, ［手机号］"),
        ("那三个数是1599、1499、1399", "那三个数是1599、1499、1399"),
        ("一、三、五、七、二、四、六", "一、三、五、七、二、四、六"),
        ("是四久灵要三个", "是四久灵要三个"),
        ("三就是八就是五就是二", "三就是八就是五就是二"),
        ("我叫高兴的同事来", "我叫高兴的同事来"),
        ("", ""),
    ],
)  # fmt: skip
def test_told_in_many_ways(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_mask_is_a_wall_that_no_cue_reaches_over() -> None:
    assert find_personal("手机尾号［手机号］8842") == ()
    assert find_personal(f"手机尾号{WALL}8842") == ()
    assert find_personal("手机尾号是8842") == (PersonalDatum(5, 9, "tail"),)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_run_of_seven_digits_survives(text: str) -> None:
    assert not re.search(r"\d{7}", masked(text))


@given(st.text(alphabet="我们会先道歉再等快递物流，。要是久了吧把就 abc", max_size=60))
@settings(deadline=None)
def test_text_without_digits_names_or_places_stays(text: str) -> None:
    assert masked(text) == text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_hits_are_in_order_and_apart_and_outside_older_masks(text: str) -> None:
    hits = find_personal(text)
    older = [match.span() for match in MASK.finditer(text)]
    places = [(hit.start, hit.end) for hit in hits] + older
    places.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    assert all(start < end for start, end in places)
    assert list(hits) == sorted(hits)


def test_runs_of_digits_keep_their_places() -> None:
    text = normalised("打１38 嗯 四个八，三点")
    run, *rest = digit_runs(text)
    assert (run.digits, run.start, run.end) == ("13888883", 1, 12)
    assert [group.digits for group in run.groups] == ["138", "8888", "3"]
    assert [group.written for group in run.groups] == [True, False, False]
    assert run.joints == (" 嗯 ", "，")
    assert rest == []
