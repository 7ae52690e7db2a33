"""Text to phonemes: nothing that is said gets lost, figures are read as a speaker reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requirements import need_module

from voicecoach.adapters.tts.kokoro_text import (
    LONGEST_PHONEMES,
    VOCABULARY,
    english,
    phonemes,
    sentences,
    spoken_mandarin,
    tokens,
)


@pytest.fixture(autouse=True, scope="module")
def _installed() -> None:
    need_module("voices", "misaki")


MIXED = st.text(alphabet="您好我在京东买的不行嗯儿一二ABKPabcdxyz019.,，。！？：（）¥%-'’ \n", max_size=60)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("打12315投诉", "打幺二三幺五投诉"),
        ("618大促", "六一八大促"),
        ("24小时", "二十四小时"),
        ("退我10元", "退我十元"),
        ("7天无理由", "七天无理由"),
        ("2024年11月11日", "二零二四年十一月十一日"),
        ("拨110", "拨幺幺零"),
        ("花了299.5元", "花了二百九十九点五元"),
        ("占11%", "占百分之十一"),
    ],
)
def test_figures_are_read_as_a_speaker_reads_them(written: str, said: str) -> None:
    assert spoken_mandarin(written) == said


def test_hanzi_become_ipa_with_tone_arrows() -> None:
    assert phonemes("您好，再见。", "zh") == "ni↗nxau↓, ʦai↘ʨjɛ↘n."


def test_latin_letters_inside_mandarin_are_spelled_with_breath() -> None:
    assert phonemes("看KPI", "zh") == "kʰa↘n kʰˈA pʰˈi ˈI"


def test_an_english_word_inside_mandarin_is_read_as_a_word() -> None:
    assert "ˈɔfəɹ" in phonemes("拿到offer了", "zh")


def test_capitals_that_are_a_word_are_not_spelled() -> None:
    assert phonemes("OK", "zh") == "ˈO kʰˈA" or phonemes("OK", "zh") == phonemes("ok", "zh")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("customers", "kˈʌstəməɹz"),
        ("packages", "pˈækɪʤᵻz"),
        ("apologized", "əpˈɑləʤˌIzd"),
        ("customer's", "kˈʌstəməɹz"),
        ("The", "ðə"),
    ],
)
def test_english_words_and_regular_endings(word: str, said: str) -> None:
    assert english(word) == said


def test_a_word_that_no_lexicon_has_is_spelled() -> None:
    assert english("xqzvf") is None
    assert phonemes("Xqzvf", "en").split() == [phonemes(letter, "en") for letter in "XQZVF"]


def test_sentences_end_at_full_stops_not_in_decimals() -> None:
    text = "他说：“好的。”价格是3.5元。OK？行"
    assert list(sentences(text, "zh")) == ["他说：“好的。”", "价格是3.5元。", "OK？", "行"]


def test_signs_alone_are_nothing_to_say() -> None:
    assert list(sentences("……！？ ,", "zh")) == []
    assert phonemes("。！", "zh") == ""


@pytest.mark.parametrize("text", ["我先听客户说完，" * 40, "我先听客户说完" * 40])
def test_what_is_too_long_for_the_model_is_cut_and_nothing_lost(text: str) -> None:
    pieces = list(sentences(text, "zh"))
    assert len(pieces) > 1
    assert max(len(phonemes(piece, "zh")) for piece in pieces) <= LONGEST_PHONEMES
    assert "".join(pieces) == text


@settings(max_examples=30, deadline=None)
@given(MIXED)
def test_any_text_gives_only_phonemes_that_the_model_knows(text: str) -> None:
    for language in ("zh", "en"):
        said = phonemes(text, language)
        assert set(tokens(said)) <= set(VOCABULARY.values())


@settings(max_examples=30, deadline=None)
@given(MIXED)
def test_sentences_keep_every_letter_and_figure(text: str) -> None:
    kept = "".join(sentences(text, "zh"))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
