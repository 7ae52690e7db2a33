"""Text that the sound does not support is told from text that was said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.whisper.hallucinations import credits_in, is_invented
from voicecoach.model.audio import Span

SPEECH = (Span(0.0, 2.0),)
WORDS = (Span(0.0, 1.0), Span(1.0, 2.0))


@dataclass
class Judged:
    """What a recogniser says of a segment; as it stands, of one that is beyond doubt."""

    avg_logprob: float = -0.1
    no_speech_prob: float = 0.1
    compression_ratio: float = 1.2


def test_what_was_said_is_kept() -> None:
    assert not is_invented("我先安抚客户的情绪", Judged(), spans=WORDS, speech=SPEECH)


@pytest.mark.parametrize(
    ("judged", "invented"),
    [
        (Judged(no_speech_prob=0.61, avg_logprob=-1.01), True),
        (Judged(no_speech_prob=0.60, avg_logprob=-1.01), False),  # both must be passed
        (Judged(no_speech_prob=0.61, avg_logprob=-1.00), False),
        (Judged(compression_ratio=2.41), True),
        (Judged(compression_ratio=2.40), False),
    ],
)
def test_the_models_own_doubts_have_open_limits(judged: Judged, invented: bool) -> None:
    assert is_invented("好的", judged, spans=WORDS, speech=SPEECH) == invented


@pytest.mark.parametrize(
    "text",
    [
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "字幕by索兰娅",
        "中文字幕志愿者 杨茜茜",
        "优优独播剧场——YoYo Television Series Exclusive",
        "谢谢观看",
        "感谢您的收看",
        "下期再见",
        "由 Amara.org 社区提供的字幕",
        "Thank you for watching. Thanks for watching!",
        "Please subscribe",
    ],
)
def test_film_credits_are_invented_when_improbable(text: str) -> None:
    assert is_invented(text, Judged(avg_logprob=-0.5), spans=WORDS, speech=SPEECH) == (
        len(credits_in(text, Judged(avg_logprob=-0.5))) == len(text)
    )
    assert credits_in(text, Judged(avg_logprob=-0.5))
    assert not credits_in(text, Judged(avg_logprob=-0.25))
    assert not is_invented(text, Judged(avg_logprob=-0.25), spans=WORDS, speech=SPEECH)


@pytest.mark.parametrize(
    "text",
    [
        "谢谢您的理解",
        "感谢您的来电",
        "我会点赞同事",
        "您可以订阅物流信息",
        "thank you for waiting",
        "下次一定再改进",
    ],
)
def test_what_a_customer_service_says_is_no_film_credit(text: str) -> None:
    assert not credits_in(text, Judged(avg_logprob=-0.9))


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("我会先道歉，再查订单。谢谢观看", "谢谢观看"),
        ("字幕by索兰娅，我先道歉", "字幕by索兰娅，"),
        (
            "我先道歉，请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
            "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        ),
        ("我先安抚客户的情绪然后查订单再给一个方案最后跟进谢谢观看", "订单再给一个方案最后跟进谢谢观看"),
    ],
)
def test_credits_take_their_clause_along_but_not_the_whole_chunk(text: str, credit: str) -> None:
    found = credits_in(text, Judged(avg_logprob=-0.5))
    assert text[found.start : found.stop] == credit
    assert not is_invented(text, Judged(avg_logprob=-0.5), spans=WORDS, speech=SPEECH)


@given(st.text("我们请不吝点赞订阅转发谢谢观看，。 字幕by", max_size=40), st.floats(-2.0, 0.0))
def test_credits_are_a_stretch_of_the_text(text: str, logprob: float) -> None:
    found = credits_in(text, Judged(avg_logprob=logprob))
    assert 0 <= found.start <= found.stop <= len(text)


@pytest.mark.parametrize(("heard_s", "invented"), [(0.49, True), (0.5, False)])
def test_text_with_less_than_a_quarter_in_speech_is_invented(heard_s: float, invented: bool) -> None:
    assert is_invented("好的", Judged(), spans=WORDS, speech=[Span(0.0, heard_s)]) == invented
