"""Names that no field announces, inside sentences, and words that look like them."""

from __future__ import annotations

import time

import pytest

from voicecoach.rubric.personal.data import find_personal
from voicecoach.rubric.personal.free_names import free_names

SECONDS_AT_MOST = 20.0
"""Of processor time for 100,000 characters: a square cost would take minutes."""


def hidden(text: str) -> list[str]:
    return [text[datum.start : datum.end] for datum in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("让周慧敏下午给我回个电话", "周慧敏"),
        ("给郭海涛打了三个电话都没人接", "郭海涛"),
        ("这个包裹改成罗晓峰收", "罗晓峰"),
        ("沈玉珍是我外婆她听不清", "沈玉珍"),
        ("我替我岳母蒋桂英改个时间", "蒋桂英"),
        ("是冯志远当时答应我的", "冯志远"),
        ("喂我是上周报修过的董文博水管又漏了", "董文博"),
        ("你们技术员许建波昨天来过", "许建波"),
        ("喂魏强吗我是送快递的", "魏强"),
        ("应该是陶静不是陶净", "陶静"),
        ("让苏珊接电话", "苏珊"),
        ("上次是高洁帮我退的", "高洁"),
        ("让方圆下去拿", "方圆"),
        ("找峰哥就行", "峰"),
        ("小月妈妈您好", "小月"),
        ("我的ID是q8866", "q8866"),
        ("我们店在东风路二十号附三号", "东风路二十号附三号"),
        ("客人Peter Brown今天退房", "Peter Brown"),
        ("贺是祝贺的贺萍是浮萍的萍", "贺是祝贺的贺萍是浮萍的萍"),
        ("登记的是古丽努尔买买提", "古丽努尔买买提"),
        ("您记一下幺五七对零三二八嗯九九幺四", "幺五七对零三二八嗯九九幺四"),
        ("淘宝昵称听雨轩27您搜一下", "听雨轩27"),
        ("系统登录名我填的lihua456", "lihua456"),
        ("入住密码给您发了是三三零九一八", "三三零九一八"),
        ("地址不是向阳路是向阳巷二十号", "向阳路"),
        ("您到长江路和人民街交叉口往南三十米", "长江路和人民街交叉口往南三十米"),
    ],
)
def test_a_name_without_a_field_is_hidden(text: str, name: str) -> None:
    assert name in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "沈阳仓今天发货",
        "3张免运费券已经给您了",
        "段时间我不在家",
        "付定金的那款月底发",
        "周年庆期间都有",
        "储值卡不能提现",
        "车厘子坏了几个",
        "高先退款再说",
        "宁波那边到货了",
        "奶奶住五床",
        "另塞张八元券算一点心意",
        "麦克风没声音",
        "是商家给我退的",
        "水费是我老公交的",
        "问姐姐就行",
        "让司机接电话",
        "是常温寄的",
        "商家开给客户的",
        "确认收货以后钱才会给卖家",
    ],
)
def test_words_that_begin_with_a_surname_stay(text: str) -> None:
    assert hidden(text) == []


def test_no_more_than_the_surname_goes_before_a_title() -> None:
    assert hidden("周叔叔您先坐") == ["周"]


@pytest.mark.parametrize("piece", ["周慧敏", "给王张李", "的", "单元"])
def test_the_cost_grows_with_the_text_alone(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    list(free_names(text))
    assert time.process_time() - began < SECONDS_AT_MOST
