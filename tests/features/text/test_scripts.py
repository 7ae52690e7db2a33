"""Scripts: which text is not in its language, and which is written Cantonese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.text.scripts import is_cantonese, is_in_other_script, other_script_share

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("first i would calm him down", "zh", True),
        ("我先看一下APP里的订单", "zh", False),
        ("我们的KPI看CSAT、NPS、FCR、AHT和SLA", "zh", False),
        ("您的iPhone 15 Pro Max支持AppleCare，在Apple Store里看", "zh", False),
        ("こんにちは、おにもつがとどいていません", "zh", True),
        ("добрый день я сейчас проверю ваш заказ", "zh", True),
        ("안녕하세요 고객님 주문하신", "zh", True),
        ("我先安抚客户的情绪", "en", True),
        ("I would apologise first, 谢谢", "en", False),
        ("12315", "zh", False),
        ("OK, thank you", "zh", False),
        ("", "zh", False),
    ],
)
def test_the_other_script_is_seen(text: str, language: Language, other: bool) -> None:
    assert is_in_other_script(text, language) is other


@given(st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_the_share_is_a_share(text: str, language: Language) -> None:
    assert 0.0 <= other_script_share(text, language) <= 1.0


@pytest.mark.parametrize(
    ("text", "cantonese"),
    [
        ("你好，我明白你嘅包裹仲未到，我而家即刻帮你睇下张单去咗边度", True),
        ("我听佢讲完，跟住问佢单号，喺系统度查", True),
        ("您好，我马上帮您查一下，请您稍等", False),
        ("唔，我想想，唔，好的，唔", False),
        ("他姓谂，谂先生，谂先生您好", False),  # one character, however often
        ("佢说有货，" + "我再帮您看看别的仓库有没有货，" * 9 + "啲", False),  # two slips in a long answer
        ("", False),
    ],
)
def test_written_cantonese_is_told_by_more_than_one_character(text: str, cantonese: bool) -> None:
    assert is_cantonese(text) is cantonese
