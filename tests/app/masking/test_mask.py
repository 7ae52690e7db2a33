"""Personal data hidden in every text of an assessment, and in the copy of the sound."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from assessments import answer
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.app.batch.masked import Masking
from voicecoach.app.masking.mask import FADE_S, SILENCE_MARGIN_S, mask_assessment, silenced
from voicecoach.documents.assessment import encode_assessment
from voicecoach.model.assessment import Advice, Evidence, LanguageHit, PointResult, Score
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.dialogue import Side

TIME_TOLERANCE_S = 1e-9
RATE_HZ = 16_000
SECRETS = ("13812340567", "1234056", "8842", "张伟强")
TEXT = "您好我叫张伟强，手机号是13812340567，尾号8842。我会道歉，十天之内退款。"


def spoken(text: str, *, size: int = 2, start_s: float = 1.0) -> tuple[Word, ...]:
    """Words of ``size`` characters, half a second each."""
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    return tuple(
        Word(piece, Span(start_s + index / 2, start_s + (index + 1) / 2), 0.9)
        for index, piece in enumerate(pieces)
    )


def telling() -> Assessment:
    """An answer that gives personal data away in every text that there is."""
    words = spoken(TEXT)
    base = answer()
    coverage = base.coverage
    assert coverage
    evidence = Evidence("3812340567，尾号88", Span(3, 6), "cue:尾号")
    return replace(
        base,
        duration_s=40.0,
        transcript=replace(base.transcript, words=words, dropped=spoken("电话13812340567", start_s=30)),
        coverage=replace(
            coverage,
            points=(PointResult("empathy", "covered", 0.9, (evidence,)), *coverage.points[1:]),
            language=(LanguageHit("leak", "2340567", Span(5, 6), certain=True),),
        ),
        scores=(Score("fatal:leak", 0, 0, "red", "他叫张伟强"),),
        advice=(Advice("language:leak", {"zh": "“1234056”不能说。", "en": "never say “1234056”"}, None),),
    )


def saying(text: str = TEXT) -> Assessment:
    """The same with other words."""
    base = telling()
    return replace(base, transcript=replace(base.transcript, words=spoken(text), dropped=()))


def texts_of(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False)


def test_nothing_of_a_value_is_left_in_any_text() -> None:
    masked, counts, _ = mask_assessment(telling())
    told = texts_of(encode_assessment(masked))
    assert all(secret not in told for secret in SECRETS)
    assert masked.transcript.text == (
        "您好我叫［姓名］，手机号是［手机号］，尾号［尾号］。我会道歉，十天之内退款。"
    )
    assert counts == {"mobile": 1, "tail": 1, "name": 1}
    assert masked.coverage
    assert masked.coverage.points[0].evidence[0].quote == "［手机号］，尾号［尾号］"
    assert masked.coverage.points[0].evidence[0].by == "cue:尾号"
    assert masked.scores[0].explanation == "他叫［姓名］"


def test_words_keep_their_times_and_their_number() -> None:
    before, (after, _, _) = telling(), mask_assessment(telling())
    assert [w.span for w in after.transcript.words] == [w.span for w in before.transcript.words]
    shown = [word.text for word in after.transcript.words]
    assert shown[:3] == ["您好", "我叫", "［姓名］"]
    assert shown[4] == "手机"
    assert shown[3] == "，"


def test_the_silence_is_that_of_the_words_with_a_margin() -> None:
    _, _, spans = mask_assessment(saying("电话13812340567，谢谢您"))
    # words of two characters: 电话 1.0-1.5, then 13 81 23 40 56 "7，" to 4.5
    assert spans == [Span(1.5 - SILENCE_MARGIN_S, 4.5 + SILENCE_MARGIN_S)]


def test_silences_that_meet_are_one_and_stay_inside_the_recording() -> None:
    told = replace(saying("13812340567，13912340567号"), duration_s=7.1)
    assert mask_assessment(told)[2] == [Span(1.0 - SILENCE_MARGIN_S, 7.1)]


def test_masking_what_is_masked_changes_nothing() -> None:
    once, _, _ = mask_assessment(telling())
    assert mask_assessment(once) == (once, {}, [])


def test_names_times_and_figures_stay() -> None:
    told = replace(telling(), source="13812340567.wav")
    masked, _, _ = mask_assessment(told)
    assert masked.source == told.source
    assert masked.measurements == told.measurements
    assert masked.provenance == told.provenance


def test_a_result_keeps_what_the_batch_knows_and_a_failure_stays_as_it_is() -> None:
    batch = BatchFacts("calls/13812340567.wav", speaker="张伟强", key="k")
    masking = Masking()
    masked = masking(JudgedResult(telling(), batch))
    assert isinstance(masked, JudgedResult)
    assert (masked.batch, masked.masking) == (batch, {"mobile": 1, "tail": 1, "name": 1})
    assert masking.silences["k"] == mask_assessment(telling())[2]
    failed = FailedResult("a.wav", Failure("input", "13812340567", "", 3), batch)
    assert masking(failed) is failed


def calling(*turns: Turn, said: str) -> Assessment:
    return replace(saying(said), dialogue=Dialogue(0, 1.0, turns))


def test_the_turns_of_a_call_are_masked_and_the_other_side_silenced() -> None:
    told = calling(
        Turn("agent", Span(1.0, 8.0), "电话13812340567"),
        Turn("caller", Span(20.0, 25.0), "我住在幸福路8号"),
        Turn("caller", Span(26.0, 27.0), "好的"),
        Turn("agent", None, "手机号13812340567"),
        said="电话13812340567",
    )
    masked, counts, spans = mask_assessment(told)
    assert masked.dialogue
    assert [turn.text for turn in masked.dialogue.turns] == [
        "电话［手机号］", "我住在［地址］", "好的", "手机号［手机号］",
    ]  # fmt: skip
    assert counts == {"mobile": 1, "address": 1}
    assert Span(20.0 - SILENCE_MARGIN_S, 25.0 + SILENCE_MARGIN_S) in spans
    assert not any(span.contains(26.5) for span in spans)


def test_a_number_asked_for_by_one_side_and_said_by_the_other_in_pieces_is_found() -> None:
    said = (
        "请说一下手机尾号是多少？",
        "八八四二。",
        "手机号呢？",
        "幺三八零零",
        "好的",
        "二三四五六七",
        "就三天。",
    )
    sides: tuple[Side, ...] = ("agent", "caller")
    turns = [
        Turn(sides[index % 2], Span(2.0 * index, 2.0 * index + 1.0), text) for index, text in enumerate(said)
    ]
    masked, counts, spans = mask_assessment(calling(*turns, said=said[0]))
    assert masked.dialogue
    assert [turn.text for turn in masked.dialogue.turns] == [
        said[0], "［尾号］。", "手机号呢？", "［手机号］", "", "", "就三天。",
    ]  # fmt: skip
    assert counts == {"mobile": 1, "tail": 1}
    assert [round(span.start_s + SILENCE_MARGIN_S, 3) for span in spans] == [2.0, 6.0, 8.0, 10.0]


def test_a_value_met_again_may_set_another_one_free() -> None:
    masked, counts, _ = mask_assessment(saying("138尾号我叫王芳138"))
    assert masked.transcript.text == "［尾号］尾号我叫［姓名］［尾号］"
    assert counts == {"tail": 2, "name": 1}


@given(
    st.lists(
        st.sampled_from(
            ["138", "1234", "0567", "手机号是", "尾号", "八八四二", "我叫王芳", "，", " ", "退款"]
        ),
        max_size=14,
    ),
    st.integers(1, 4),
)
@settings(max_examples=60, deadline=None)
def test_what_is_masked_twice_is_masked_once(parts: list[str], size: int) -> None:
    base = telling()
    words = spoken("".join(parts), size=size)
    told = replace(base, transcript=replace(base.transcript, words=words, dropped=()), coverage=None)
    once, counts, spans = mask_assessment(told)
    assert mask_assessment(once)[0] == once
    assert bool(spans) == bool(counts)


def tone(seconds: float = 2.0) -> Waveform:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return Waveform((0.5 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32), RATE_HZ)


def test_the_span_is_silent_the_rest_is_as_it_was_and_no_step_clicks() -> None:
    whole = tone()
    quiet = silenced(whole, [Span(0.5, 1.0)])
    fade = round(FADE_S * RATE_HZ)
    first, stop = round(0.5 * RATE_HZ), round(1.0 * RATE_HZ)
    assert not quiet.samples[first:stop].any()
    np.testing.assert_array_equal(quiet.samples[: first - fade], whole.samples[: first - fade])
    np.testing.assert_array_equal(quiet.samples[stop + fade :], whole.samples[stop + fade :])
    steps = np.abs(np.diff(quiet.samples)).max()
    assert steps <= np.abs(np.diff(whole.samples)).max() + 0.5 * np.pi / (2 * fade)
    assert whole.samples[first:stop].any()


@pytest.mark.parametrize("span", [Span(0.0, 0.2), Span(1.9, 5.0), Span(3.0, 4.0), Span(0.0, 9.0)])
def test_spans_at_the_edges_and_behind_the_end_fit(span: Span) -> None:
    quiet = silenced(tone(), [span])
    assert len(quiet.samples) == 2 * RATE_HZ
    assert not quiet.cut(span).any()


def test_two_silences_close_together_keep_their_fades() -> None:
    quiet = silenced(tone(), [Span(0.5, 0.6), Span(0.604, 0.7)])
    assert np.abs(quiet.cut(Span(0.6, 0.604))).max() < 0.5
    assert not quiet.cut(Span(0.5, 0.6)).any()
    assert not quiet.cut(Span(0.604, 0.7)).any()
