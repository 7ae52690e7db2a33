"""Repetitions: what nobody said so often is a loop, what the sound has as often is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcriber_contract import RATE_HZ

from voicecoach.adapters.whisper.loops import NEVER_SAID_TIMES, LoopJudge, repetitions, stretches
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.transcript import Word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我帮您查。嗨,嗨,嗨,嗨,嗨,嗨,", [("嗨", 6)]),
        ("对对对，好的好的，我看看。", []),
        ("谢谢谢谢谢谢谢谢", [("谢", 8)]),
        ("security of the security of the Security of the security of the", [("security of the", 4)]),
        ("我马上给您查订单。我马上给您查订单，我马上给您查订单。", [("我马上给您查订单", 3)]),
        ("我马上给您查订单。我马上给您查订单。", []),
        ("", []),
    ],
)
def test_repetitions_are_seen_across_marks_and_case(text: str, found: list[tuple[str, int]]) -> None:
    met = [
        (text[repetition.start : repetition.start + len(unit)], repetition.times)
        for repetition, (unit, _) in zip(repetitions(text), found, strict=True)
    ]
    assert met == found


@given(st.text("甲乙丙丁 ，。", max_size=60))
def test_repetitions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for repetition in repetitions(text):
        assert last <= repetition.start < repetition.stop <= len(text)
        assert repetition.times >= 3
        last = repetition.stop


def syllables(n: int, *, per_s: float) -> Waveform:
    """``n`` bursts of a buzz, 60 % of the time on, level 0 between."""
    time_s = np.arange(round(n / per_s * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * k * time_s) for k in range(2, 20)) / 40
    return Waveform((buzz * ((time_s * per_s) % 1.0 < 0.6)).astype(np.float32), RATE_HZ)


def spread(texts: list[str], duration_s: float) -> list[Word]:
    step_s = duration_s / len(texts)
    return [Word(text, Span(at * step_s, (at + 1) * step_s), 0.9) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "n_said", "per_s", "n_looped"),
    [
        (["我马上查。"] * 10, 40, 5.0, 0),  # said ten times
        (["我马上查。"] * 10, 40, 14.0, 10),  # faster than anybody speaks
        (["我马上查。"] * 10, 12, 1.5, 10),  # slow sound with few syllables under many
        (["好。"] * 6, 24, 4.0, 6),  # a word stretched over other speech
        (["对"] * 6, 6, 4.0, 0),
        (["嗨"] * NEVER_SAID_TIMES[0], NEVER_SAID_TIMES[0], 4.0, NEVER_SAID_TIMES[0]),
        (["好的"] * NEVER_SAID_TIMES[1], 2 * NEVER_SAID_TIMES[1], 4.0, NEVER_SAID_TIMES[1]),
        (["好的"] * 6, 12, 4.0, 0),
        (["谢谢"] * 5, 10, 4.0, 0),
        (["我马上查。"] * 20, 80, 4.0, 0),
    ],
)
def test_the_sound_decides(texts: list[str], n_said: int, per_s: float, n_looped: int) -> None:
    sound = syllables(n_said, per_s=per_s)
    judge = LoopJudge(sound, [Span(0.0, sound.duration_s)], "zh")
    assert len(judge.looped(spread(texts, sound.duration_s))) == n_looped


def test_only_the_loop_is_cut_out() -> None:
    sound = syllables(20, per_s=4.0)
    words = spread(["我", "来", "查", *["肉"] * 24, "好", "的"], sound.duration_s)
    judge = LoopJudge(sound, [Span(0.0, sound.duration_s)], "zh")
    looped = judge.looped(words)
    assert looped == frozenset(range(3, 27))
    assert not judge.repeats_in_earnest(words)
    assert [len(part) for part in stretches(words, looped)] == [24]


def test_a_repetition_without_speech_under_it_is_a_loop() -> None:
    sound = syllables(20, per_s=4.0)
    assert len(LoopJudge(sound, [], "zh").looped(spread(["对"] * 6, 2.0))) == 6


def test_what_was_said_again_and_again_is_in_earnest() -> None:
    sound = syllables(28, per_s=4.0)
    judge = LoopJudge(sound, [Span(0.0, sound.duration_s)], "zh")
    assert judge.repeats_in_earnest(spread(["我给您查订单。"] * 4, sound.duration_s)[:4])
    assert not judge.repeats_in_earnest(spread(["我给您查订单。", "请稍等", "谢谢您"], sound.duration_s))
