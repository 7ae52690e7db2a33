"""Readings and syllable counts against closed form: what a Mandarin or English speaker says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.text.english import count_syllables, read_out_english
from voicecoach.features.text.reading import read_out
from voicecoach.features.text.words import SpokenSyllable, WordMap, spoken_syllables, word_count
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Language, Provenance, Transcript, Word

WORD_S = 0.3
NOBODY = Provenance(engine="none", version="0", model="none", model_sha256="")


def transcript(*texts: str, language: Language = "zh") -> Transcript:
    """Words of 0.3 s each, one after the other."""
    words = tuple(
        Word(text, Span(index * WORD_S, (index + 1) * WORD_S), 1.0) for index, text in enumerate(texts)
    )
    return Transcript(words, language, NOBODY)


READINGS = [
    ("2024年", "二零二四年"),
    ("2000年", "二零零零年"),
    ("2024 件", "两千零二十四 件"),
    ("2024我毕业了", "二零二四我毕业了"),
    ("从2018到2020", "从二零一八到二零二零"),
    ("98年", "九八年"),
    ("3年", "三年"),
    ("10年", "十年"),
    ("50年前", "五十年前"),
    ("80年代", "八十年代"),
    ("90后", "九零后"),
    ("2021届", "二零二一届"),
    ("2024-06-18", "二零二四年六月十八日"),
    ("2024/6/8", "二零二四年六月八日"),
    ("6月18日", "六月十八日"),
    ("10元", "十元"),
    ("¥10", "十元"),
    ("￥99.5", "九十九点五元"),
    ("¥3万", "三万元"),
    ("$20", "二十美元"),
    ("1,299元", "一千二百九十九元"),
    ("20000元", "两万元"),
    ("50000", "五万"),
    ("12345678元", "一千二百三十四万五千六百七十八元"),
    ("1.5万", "一点五万"),
    ("2亿", "两亿"),
    ("12315", "一二三一五"),
    ("12306", "一二三零六"),
    ("95598", "九五五九八"),
    ("110", "一一零"),
    ("120", "一二零"),
    ("120个", "一百二十个"),
    ("618", "六一八"),
    ("618元", "六百一十八元"),
    ("双11", "双十一"),
    ("13812345678", "一三八一二三四五六七八"),
    ("138-1234-5678", "一三八一二三四五六七八"),
    ("400-800-1234", "四零零八零零一二三四"),
    ("0571-88886666", "零五七一八八八八六六六六"),
    ("尾号8842", "尾号八八四二"),
    ("订单号是202406180001", "订单号是二零二四零六一八零零零一"),
    ("工号 12", "工号 一二"),
    ("007", "零零七"),
    ("301室", "三零一室"),
    ("100号", "一百号"),
    ("8号", "八号"),
    ("24小时", "二十四小时"),
    ("7×24小时", "七乘二十四小时"),
    ("24/7", "二十四七"),
    ("10:30", "十点三十"),
    ("10:00", "十点"),
    ("02:05", "两点零五"),
    ("9:30:15", "九点三十分十五秒"),
    ("12点", "十二点"),
    ("3:1", "三比一"),
    ("3.5", "三点五"),
    ("０.５", "零点五"),
    ("1.50", "一点五零"),
    ("95%", "百分之九十五"),
    ("95％", "百分之九十五"),
    ("99.9%", "百分之九十九点九"),
    ("百分之95%", "百分之九十五"),
    ("3‰", "千分之三"),
    ("10%-20%", "百分之十到百分之二十"),
    ("1/3", "三分之一"),
    ("7-10天", "七到十天"),
    ("3~5个", "三到五个"),
    ("3+2", "三加二"),
    ("5kg", "五公斤"),
    ("20 km", "二十公里"),
    ("30℃", "三十摄氏度"),
    ("-5度", "负五度"),
    ("2件", "两件"),
    ("2楼", "二楼"),
    ("第2件", "第二件"),
    ("12件", "十二件"),
    ("2.0.1", "二点零点一"),
    ("12345678901234567890", "一二三四五六七八九零一二三四五六七八九零"),
    ("٣²⑤", "٣²⑤"),
    ("没有数字", "没有数字"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "said"), READINGS)
def test_mandarin_readings(written: str, said: str) -> None:
    reading = read_out(written)
    assert reading.text == said
    assert len(reading.offsets) == len(said)
    assert list(reading.offsets) == sorted(reading.offsets)
    assert all(0 <= offset < len(written) for offset in reading.offsets)


COUNTS = [
    ("您好", 2),
    ("您好，请问有什么可以帮您？", 11),
    ("2024年", 5),
    ("2024 件", 7),
    ("24小时", 5),
    ("我在JD做客服", 7),
    ("JD", 2),
    ("KPI", 3),
    ("APP", 3),
    ("app", 3),
    ("App", 3),
    ("VIP", 3),
    ("W", 3),
    ("WMS", 5),
    ("CRM系统", 5),
    ("crm", 3),
    ("Excel", 2),
    ("EXCEL", 2),
    ("iPhone", 2),
    ("WIFI", 2),
    ("SaaS", 1),
    ("OK", 2),
    ("一会儿", 2),
    ("哪儿", 1),
    ("有点儿着急", 4),
    ("在这儿等", 3),
    ("这事儿我来办", 5),
    ("儿子", 2),
    ("那儿子呢", 4),
    ("女儿", 2),
    ("婴儿", 2),
    ("幼儿园", 3),
    ("托儿所", 3),
    ("儿童", 2),
    ("儿", 1),
    ("，儿", 1),
    ("那儿女生多", 4),
    ("孙儿女", 3),
    ("〇", 1),
    ("……！？", 0),
    ("", 0),
]


@pytest.mark.parametrize(("text", "n"), COUNTS)
def test_mandarin_syllables(text: str, n: int) -> None:
    assert len(spoken_syllables(text, "zh")) == n
    assert word_count(text, "zh") == n


ENGLISH_READINGS = [
    ("2024", "twenty twenty four"),
    ("1905", "nineteen oh five"),
    ("2005", "two thousand five"),
    ("1900", "one thousand nine hundred"),
    ("24", "twenty four"),
    ("30", "thirty"),
    ("1,299", "one thousand two hundred ninety nine"),
    ("$10", "ten dollars"),
    ("95%", "ninety five percent"),
    ("3.5", "three point five"),
    ("007", "zero zero seven"),
    ("2000000", "two million"),
    ("3rd", "three"),
]


@pytest.mark.parametrize(("written", "said"), ENGLISH_READINGS)
def test_english_readings(written: str, said: str) -> None:
    assert read_out_english(written).text.strip() == said


ENGLISH_COUNTS = [
    ("customer", 3), ("service", 2), ("apologize", 4), ("I'm", 1), ("didn't", 2), ("can't", 1), ("table", 2),
    ("asked", 1), ("wanted", 2), ("boxes", 2), ("makes", 1), ("changes", 2), ("create", 2), ("idea", 3),
    ("reliable", 4), ("the", 1), ("you", 1), ("nation", 2), ("station's", 2), ("boss's", 2), ("KPI", 3),
    ("WWW", 9), ("rhythm", 2), ("moment", 2), ("handled", 2), ("steal", 1), ("easier", 3), ("hmm", 1),
    ("quickly", 2), ("movement", 2),
]  # fmt: skip


@pytest.mark.parametrize(("word", "n"), ENGLISH_COUNTS)
def test_english_syllables(word: str, n: int) -> None:
    assert count_syllables(word) == n


@pytest.mark.parametrize(
    ("hiatus", "none"),
    [
        ("medium 3 period 3", "special 2 question 2 religion 3"),
        ("initiate 4 enthusiasm 5 society 4", "precious 2"),
        ("obedient 4 quieter 3 sciences 3", "brief 1"),
        ("geology 4", "courageous 3"),
        ("situation 4", "buoyant 2"),
        ("creation 3", "eat 1"),
        ("museum 3 european 4", "meal 1"),
        ("cereal 3", "deal 1"),
        ("carriers 3 easiest 3", "friend 1"),
        ("coincidence 4 poem 2", "coin 1"),
        ("continuity 5 gluing 2", "suit 1"),
        ("chaos 2 archaic 3", "laid 1"),
        ("cruel 2 influence 3 fluent 2", "guest 1 value 2"),
        ("radii 3", "ski 1"),
    ],
)
def test_vowels_in_hiatus_are_two_syllables_and_their_likes_are_not(hiatus: str, none: str) -> None:
    told = f"{hiatus} {none}".split()
    assert {word: count_syllables(word) for word in told[::2]} == dict(
        zip(told[::2], map(int, told[1::2]), strict=True)
    )


def test_english_words_are_counted_as_read() -> None:
    said = transcript(" I", " have", " 24", " boxes.", language="en")
    assert word_count(said, "en") == 5
    assert word_count(said.words, "en") == 5
    assert [syllable.text for syllable in spoken_syllables(said, "en")] == [
        "I", "have", "twe", "nty", "four", "bo", "xes",
    ]  # fmt: skip


def test_syllables_share_the_time_of_their_word() -> None:
    said = spoken_syllables(transcript("您好，", "2024", "年"), "zh")
    assert [(syllable.text, syllable.word) for syllable in said] == [
        ("您", 0), ("好", 0), ("二", 1), ("零", 1), ("二", 1), ("四", 1), ("年", 2),
    ]  # fmt: skip
    spans = [syllable.span for syllable in said if syllable.span]
    assert [span.start_s for span in spans] == pytest.approx([0.0, 0.15, 0.3, 0.375, 0.45, 0.525, 0.6])
    assert [span.end_s for span in spans] == pytest.approx([0.15, 0.3, 0.375, 0.45, 0.525, 0.6, 0.9])


def test_a_figure_over_several_words_is_read_as_one() -> None:
    said = spoken_syllables(transcript("20", "24", "年"), "zh")
    assert "".join(syllable.text for syllable in said) == "二零二四年"
    assert [syllable.word for syllable in said] == [0, 0, 1, 1, 2]


def test_bare_text_has_no_times() -> None:
    assert spoken_syllables("您好", "zh") == (SpokenSyllable("您", None, 0), SpokenSyllable("好", None, 0))


def test_word_map_finds_words_and_times() -> None:
    found = WordMap(transcript("您好", "，", "请问").words)
    assert found.text == "您好，请问"
    assert [found.word_at(offset) for offset in range(5)] == [0, 0, 1, 2, 2]
    assert found.span_of(1, 4) == Span(0.0, 3 * WORD_S)


CLAUSES: list[tuple[tuple[str, ...], Language, tuple[float, ...]]] = [
    (("您好，", "我", "来。"), "zh", (0.3, 0.9)),
    (("您好", "，", "我", "来", "。"), "zh", (0.3, 1.2)),
    (("好,我",), "zh", (0.15,)),
    (("1,299", "元", "10:30", "到3.5"), "zh", ()),
    (("好", "……", "！"), "zh", (0.3,)),
    (("，", "好"), "zh", ()),
    (("没有", "标点"), "zh", ()),
    ((" Hello,", " it", " is", " 3.5", " now."), "en", (0.3, 1.5)),
    ((), "zh", ()),
]


@pytest.mark.parametrize(("texts", "language", "ends"), CLAUSES)
def test_clauses_end_at_punctuation(
    texts: tuple[str, ...], language: Language, ends: tuple[float, ...]
) -> None:
    syllables = spoken_syllables(transcript(*texts, language=language), language)
    assert [s.span.end_s for s in syllables if s.ends_clause and s.span] == pytest.approx(list(ends))


PIECES = st.lists(
    st.sampled_from(
        ["您好", "一会儿", "2024", "年", "JD", "95%", "10:30", "谢谢", "APP", "件", "3.5", "女儿"]
    ),
    max_size=8,
)


@given(PIECES, st.data())
def test_cutting_words_elsewhere_keeps_the_syllables(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)) | {0, len(text)})
    recut = transcript(*(text[a:b] for a, b in pairwise(cuts)))
    whole = [syllable.text for syllable in spoken_syllables(text, "zh")]
    assert [syllable.text for syllable in spoken_syllables(recut, "zh")] == whole
    assert len(spoken_syllables(recut.words, "zh")) == len(whole)


@given(st.text("您好请稍等我马上为查询女子", max_size=30), st.data())
def test_punctuation_adds_nothing(text: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(list("，。！？；、…—“”《》 ,.!?")))
    place = data.draw(st.integers(0, len(text)))
    said = spoken_syllables(text[:place] + mark + text[place:], "zh")
    assert "".join(syllable.text for syllable in said) == text


@given(st.text(st.sampled_from("12059.,:%-/¥年个点儿w K好，h$"), max_size=14))
@settings(max_examples=60)
def test_any_text_is_read_in_order(text: str) -> None:
    reading = read_out(text)
    assert len(reading.text) == len(reading.offsets)
    assert list(reading.offsets) == sorted(reading.offsets)
    english = read_out_english(text)
    assert len(english.text) == len(english.offsets)
    for language in ("zh", "en"):
        words = [syllable.word for syllable in spoken_syllables(transcript(*text), language)]
        assert words == sorted(words)
