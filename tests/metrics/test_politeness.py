"""Polite forms and forbidden phrases against counts made by eye."""

from __future__ import annotations

import pytest

from voicecoach.metrics.politeness import measure_forbidden, measure_politeness
from voicecoach.model.assessment import LanguageHit
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Language, Provenance, Transcript, Word

NOBODY = Provenance(engine="none", version="0", model="none", model_sha256="")
PADDING = "我马上去系统里查询物流然后把结果告诉客户并且跟进到底直到问题真正解决为止今天之内一定有一个答复"


def transcript(text: str, language: Language = "zh") -> Transcript:
    """Each character (zh) or word (en) a word of 0.2 s."""
    pieces = list(text) if language == "zh" else [f" {word}" for word in text.split()]
    words = tuple(Word(piece, Span(i * 0.2, (i + 1) * 0.2), 1.0) for i, piece in enumerate(pieces))
    return Transcript(words, language, NOBODY)


COUNTS = [
    ("您好请问您贵姓", 3),
    ("麻烦您稍等", 1),
    ("非常抱歉给您带来不便", 2),
    ("对不起不好意思", 2),
    ("谢谢感谢", 2),
    ("让您久等了", 2),
    ("请您放心", 2),
    ("我会申请补偿", 0),
    ("我请假了", 0),
    ("邀请他", 0),
    ("没有", 0),
]


@pytest.mark.parametrize(("text", "n"), COUNTS)
def test_polite_forms_per_hundred_syllables(text: str, n: int) -> None:
    politeness, _ = measure_politeness(transcript(text + PADDING), "zh")
    assert politeness.value == pytest.approx(100 * n / (len(text) + len(PADDING)))
    assert len(politeness.evidence) == n


def test_evidence_is_the_time_of_the_form() -> None:
    politeness, _ = measure_politeness(transcript("我抱歉" + PADDING), "zh")
    assert politeness.evidence == (Span(0.2, 3 * 0.2),)


def test_english_polite_forms() -> None:
    said = transcript("I'm sorry about that, could you please wait? Thank you. " + "a good word " * 20, "en")
    politeness, share = measure_politeness(said, "en")
    assert len(politeness.evidence) == 4
    assert share.reason == "not_for_language"


SHARES = [
    ("您好您", 1.0, 0),
    ("您你", 0.5, 1),
    ("你", 0.0, 1),
    ("您你好你们", 1.0, 0),
    ("您的迷你音箱", 1.0, 0),
    ("客户骂你的时候您", 1.0, 0),
    ("客户说。你等着您", 0.5, 1),
]


@pytest.mark.parametrize(("text", "share", "n_plain"), SHARES)
def test_share_of_nin(text: str, share: float, n_plain: int) -> None:
    _, measured = measure_politeness(transcript(text), "zh")
    assert measured.value == pytest.approx(share)
    assert len(measured.evidence) == n_plain


REFUSALS = [("", "no_transcript", "no_transcript"), ("好的", "too_few_words", "no_address")]


@pytest.mark.parametrize(("text", "reason", "share_reason"), REFUSALS)
def test_too_little_text_says_why(text: str, reason: str, share_reason: str) -> None:
    politeness, share = measure_politeness(transcript(text), "zh")
    assert (politeness.value, politeness.reason) == (None, reason)
    assert (share.value, share.reason) == (None, share_reason)


def test_certain_hits_are_counted_with_their_times() -> None:
    measured = measure_forbidden(
        [
            LanguageHit("rude", "你听不懂吗", Span(1.0, 2.0), certain=True),
            LanguageHit("shirk", "不归我管", None, certain=True),
            LanguageHit("shirk", "我不知道", Span(3.0, 4.0), certain=False),
            LanguageHit("ni", "你", Span(5.0, 5.2), certain=True),
        ]
    )
    assert measured.value == 2.0
    assert measured.evidence == (Span(1.0, 2.0),)


def test_absence_of_listed_phrases_is_no_figure() -> None:
    uncertain = LanguageHit("rude", "随便你", Span(0.0, 1.0), certain=False)
    for hits in ([], [uncertain]):
        measured = measure_forbidden(hits)
        assert (measured.value, measured.reason) == (None, "absence_unproven")
