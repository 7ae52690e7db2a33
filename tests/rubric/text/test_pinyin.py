"""How far apart two syllables sound, and what is a word."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import EngineError
from voicecoach.rubric.text import pinyin
from voicecoach.rubric.text.pinyin import (
    CONFUSED_COST,
    OTHER_COST,
    SAME_SYLLABLE_COST,
    TONE_COST,
    PinyinSyllable,
    is_common_word,
    is_word,
    sound_key,
    syllable_cost,
    syllables,
    word_count,
)

if TYPE_CHECKING:
    from pathlib import Path

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SCALE = {0.0, SAME_SYLLABLE_COST, TONE_COST, CONFUSED_COST, OTHER_COST}


def cost(heard: str, meant: str) -> float:
    (one,), (other,) = syllables(heard), syllables(meant)
    return syllable_cost(one, other)


@pytest.mark.parametrize(
    ("heard", "meant", "expected"),
    [
        ("理", "理", 0.0),
        ("李", "理", SAME_SYLLABLE_COST),  # li3, li3
        ("力", "理", TONE_COST),  # li4, li3
        ("张", "赃", CONFUSED_COST),  # zhang, zang
        ("产", "惨", CONFUSED_COST),  # chan, can
        ("山", "三", CONFUSED_COST),  # shan, san
        ("里", "你", CONFUSED_COST),  # li, ni
        ("心", "星", CONFUSED_COST),  # xin, xing
        ("因", "英", CONFUSED_COST),
        ("查", "他", OTHER_COST),
        ("夫", "湖", OTHER_COST),  # f and h are not among the pairs
        ("a", "a", 0.0),
        ("a", "b", OTHER_COST),
        ("a", "啊", OTHER_COST),
        ("啊", "a", OTHER_COST),
    ],
)
def test_costs_of_hearing_one_for_another(heard: str, meant: str, expected: float) -> None:
    assert cost(heard, meant) == expected


@settings(max_examples=60, deadline=None)
@given(HAN, HAN)
def test_cost_is_symmetric_and_on_the_scale(one: str, other: str) -> None:
    assert cost(one, other) == cost(other, one)
    assert cost(one, other) in SCALE
    assert cost(one, one) == 0.0


def test_a_reading_is_chosen_by_its_phrase() -> None:
    assert [one.toneless for one in syllables("重要")] == ["zhong", "yao"]
    assert [one.toneless for one in syllables("重复")] == ["chong", "fu"]


def test_other_characters_stand_for_themselves() -> None:
    assert syllables("查app3，") == (
        PinyinSyllable("查", "ch", "a", 2),
        *(PinyinSyllable(character, None, character, 0) for character in "app3，"),
    )
    assert PinyinSyllable("a", None, "a", 0).toneless == "a"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.one_of(HAN, st.sampled_from("aB3，。 '\ufffc😀")), max_size=12))
def test_one_syllable_a_character(text: str) -> None:
    assert "".join(one.character for one in syllables(text)) == text


def test_confused_sounds_share_a_key_and_others_do_not() -> None:
    assert (
        sound_key(PinyinSyllable("张", "zh", "ang", 1))
        == sound_key(PinyinSyllable("赞", "z", "an", 4))
        == "zan"
    )
    assert sound_key(PinyinSyllable("安", "", "an", 1)) == "an"
    assert sound_key(PinyinSyllable("查", "ch", "a", 2)) != sound_key(PinyinSyllable("夏", "x", "ia", 4))


def test_what_is_a_word_and_what_a_common_one() -> None:
    assert is_common_word("合适")
    assert is_word("合适")
    assert not is_word("到谦")
    assert word_count("到谦") == 0
    assert word_count("合适") > word_count("核实") > 0


def test_a_missing_word_list_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pinyin._word_counts.cache_clear()
    elsewhere = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    for found in (None, SimpleNamespace(origin=None), elsewhere):
        monkeypatch.setattr(importlib.util, "find_spec", lambda _, found=found: found)
        with pytest.raises(EngineError, match="word list") as caught:
            word_count("合适")
        assert "jieba" in caught.value.hint
    monkeypatch.undo()
    assert word_count("合适") > 0
