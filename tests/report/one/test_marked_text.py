"""The transcript with its marks: right words, right order, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assessments import answer, profile, prompt

from voicecoach.model.assessment import Assessment, Measurement
from voicecoach.model.audio import Span
from voicecoach.report.one.marked_text import Aside, MarkedRun, find_marks, paragraphs, silent_pauses
from voicecoach.report.one.view import build_view


def laid_out(assessment: Assessment) -> list[MarkedRun | Aside]:
    view = build_view(assessment, prompt(), profile(), ui="zh")
    shown = paragraphs(assessment, find_marks(assessment, view.coverage, "zh"), "zh")
    return [part for paragraph in shown for part in paragraph.parts]


def runs(assessment: Assessment, kind: str) -> list[str]:
    return [
        "".join(word.text for word in part.words)
        for part in laid_out(assessment)
        if isinstance(part, MarkedRun) and kind in {mark.kind for mark in part.marks}
    ]


@pytest.mark.parametrize("repeats", [1, 7])
def test_every_word_stands_once_and_in_order(repeats: int) -> None:
    assessment = answer(repeats=repeats)
    words = [word for part in laid_out(assessment) if isinstance(part, MarkedRun) for word in part.words]
    assert tuple(words) == assessment.transcript.words


def test_quotes_fillers_and_forbidden_phrases_are_marked_word_for_word() -> None:
    assert runs(answer(), "covered") == [
        "实在抱歉，让您久等了。",
        "打开物流系统查一下",
        "再帮他申请一张优惠券。",
    ]
    assert runs(answer(), "maybe") == ["实在抱歉，让您久等了。"]
    assert runs(answer(), "forbidden") == ["我保证明天一定送到，"]
    assert runs(answer(), "filler") == ["嗯，"]


def test_a_badge_stands_where_its_quote_ends() -> None:
    badges = [
        (part.badges[0].badge, part.words[-1].text)
        for part in laid_out(answer())
        if isinstance(part, MarkedRun) and part.badges
    ]
    assert badges == [("5", "久等了。"), ("3", "查一下"), ("4", "优惠券。")]


def test_long_pauses_stand_between_the_words_and_start_paragraphs() -> None:
    parts = laid_out(answer())
    asides = [(part.kind, part.text) for part in parts if isinstance(part, Aside)]
    assert asides == [("pause", "停顿 1.4 秒"), ("pause", "停顿 3.4 秒")]
    view = build_view(answer(), prompt(), profile(), ui="zh")
    starts = [p.clock for p in paragraphs(answer(), find_marks(answer(), view.coverage, "zh"), "zh")]
    assert starts == ["0:00", "0:15"]


def test_a_filler_without_a_word_and_speech_without_text_stand_where_they_were_heard() -> None:
    plain = answer()
    hum = Measurement("filled_pauses_vocalised", 2.0, "per_min", "d", (Span(13.0, 13.4),))
    others = tuple(m for m in plain.measurements if m.name != hum.name)
    heard = replace(
        plain,
        measurements=(*others, hum),
        transcript=replace(plain.transcript, unheard=(Span(14.0, 14.5),)),
    )
    kinds = [part.kind for part in laid_out(heard) if isinstance(part, Aside)]
    assert kinds == ["pause", "pause", "filler", "unheard"]


def test_a_long_stretch_without_pauses_is_broken_into_paragraphs() -> None:
    plain = answer(repeats=20)
    unbroken = replace(plain, measurements=tuple(m for m in plain.measurements if m.name != "silent_pauses"))
    assert silent_pauses(unbroken) == ()
    sizes = [
        sum(len(part.words) for part in paragraph.parts if isinstance(part, MarkedRun))
        for paragraph in paragraphs(unbroken, (), "zh")
    ]
    assert max(sizes) == 120


def test_no_words_no_paragraphs() -> None:
    plain = answer()
    silent = replace(plain, transcript=replace(plain.transcript, words=()), measurements=())
    assert paragraphs(silent, (), "zh") == ()
