"""Talk share, dead air, latency, interruptions and back-channels from spans whose truth is in closed form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.metrics.turns import (
    SPECS,
    Exchange,
    SideTurns,
    dead_air,
    exchange,
    is_back_channel_text,
    measure_turns,
    unmeasured_turns,
)
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.spans import total_s
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from voicecoach.model.assessment import Measurement

TIME_TOLERANCE_S = 1e-6
SHARE_TOLERANCE = 1e-9


def spans(*edges_s: float) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in zip(edges_s[::2], edges_s[1::2], strict=True))


def figures(
    agent: tuple[Span, ...], caller: tuple[Span, ...], *, grace_s: float = 1.0
) -> dict[str, Measurement]:
    return {figure.name: figure for figure in measure_turns(exchange(agent, caller), grace_s=grace_s)}


def test_a_silence_without_sound_in_the_file_is_nobodys_wait_and_no_dead_air() -> None:
    agent, caller = spans(0, 3, 12, 14, 20, 22), spans(3.5, 6.0, 14.5, 19.0)
    sides = exchange(agent, caller)
    plain = {figure.name: figure for figure in measure_turns(sides)}
    holed = {figure.name: figure for figure in measure_turns(sides, holes=spans(7, 9))}
    assert (plain["call_dead_air"].value, plain["turn_latency"].value) == (1.0, 3.5)
    assert (holed["call_dead_air"].value, holed["turn_latency"].value) == (0.0, 1.0)
    assert holed["talk_share"] == plain["talk_share"]


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, Span(start_s, end_s), 1.0)


def test_a_polite_call() -> None:
    agent, caller = spans(0, 3, 7.5, 11), spans(3.5, 6.9, 12, 14)
    call = figures(agent, caller)
    assert list(call) == [spec.name for spec in SPECS]
    assert call["talk_share"].value == pytest.approx(6.5 / 11.9, abs=SHARE_TOLERANCE)
    assert call["talk_share"].evidence == agent
    assert call["turn_latency"].value == pytest.approx(0.6, abs=TIME_TOLERANCE_S)
    assert call["turn_latency"].evidence == spans(6.9, 7.5)
    assert [
        call[name].value for name in ("interruptions", "interrupted", "back_channels", "call_dead_air")
    ] == [0.0] * 4


def test_dead_air_is_noted_from_3_s_and_flagged_from_5_s_where_neither_speaks() -> None:
    call = figures(spans(1, 3, 20, 21), spans(6, 8, 10.9, 12, 16.99, 17))
    assert call["call_dead_air"].evidence == spans(3, 6, 12, 16.99, 17, 20)
    assert call["call_dead_air"].value == 3.0
    assert call["call_dead_air_flagged"].value == 0.0
    longer = figures(spans(1, 3, 20, 21), spans(8, 9, 10, 12, 16.99, 17))
    assert longer["call_dead_air"].evidence == spans(3, 8, 12, 16.99, 17, 20)
    assert longer["call_dead_air_flagged"].evidence == spans(3, 8)


def test_one_talks_through_the_others_silence() -> None:
    assert dead_air(exchange(spans(0, 1, 9, 10), spans(0.5, 9.5))) == ()


def test_latency_is_the_median_and_the_90th_percentile_of_the_answers() -> None:
    agent = spans(2, 3, 7, 8, 14, 15, 20, 21)
    caller = spans(0, 1, 4, 6.5, 10, 12, 16, 19.9)
    call = figures(agent, caller)
    waits = [1.0, 0.5, 2.0, 0.1]
    assert [span.duration_s for span in call["turn_latency"].evidence] == pytest.approx(waits)
    assert call["turn_latency"].value == pytest.approx(0.75, abs=TIME_TOLERANCE_S)
    assert call["turn_latency_p90"].value == pytest.approx(1.7, abs=TIME_TOLERANCE_S)


def test_an_early_answer_waits_nothing_and_an_interruption_is_no_answer() -> None:
    early = figures(spans(3.7, 6), spans(0, 4))
    assert early["turn_latency"].value == 0.0
    assert early["turn_latency"].evidence == spans(3.7, 3.7)
    cut = figures(spans(2.7, 6), spans(0, 4))
    assert (cut["interruptions"].value, cut["turn_latency"].reason) == (1.0, "no_answers")


def test_a_second_turn_of_the_agents_own_is_no_answer() -> None:
    assert len(figures(spans(2, 3, 5, 6), spans(0, 1))["turn_latency"].evidence) == 1


def test_words_said_inside_the_callers_turn_are_no_answer() -> None:
    call = figures(spans(3, 4.2), spans(0, 2.9, 3.1, 8))
    assert call["turn_latency"].reason == "no_answers"


@pytest.mark.parametrize(
    ("start_s", "end_s", "counted"),
    [
        (2.0, 6.0, True),  # talks over the caller for 3 s
        (2.0, 3.01, True),  # gives way after just over the grace
        (2.0, 3.0, False),  # gives way within the grace
        (3.99, 7.0, True),
        (4.0, 7.0, False),  # an early answer: overlap of 1 s
        (1.0, 5.0, True),
        (0.99, 5.0, False),  # a collision: both had just begun
        (0.0, 5.0, False),
        (5.2, 8.0, False),  # after the caller
    ],
)
def test_the_grace_window_bounds_both_begin_and_overlap(start_s: float, end_s: float, counted: bool) -> None:
    call = figures(spans(start_s, end_s), spans(0, 5))
    assert call["interruptions"].value == float(counted)
    if counted:
        assert call["interruptions"].evidence == spans(start_s, min(end_s, 5.0))
    mirrored = figures(spans(0, 5), spans(start_s, end_s))
    assert mirrored["interrupted"].value == float(counted)
    assert mirrored["interruptions"].value == 0.0


def test_another_grace_is_obeyed_and_told() -> None:
    assert figures(spans(0.6, 3), spans(0, 1.2), grace_s=0.5)["interruptions"].value == 1.0
    longer = figures(spans(2, 3.9), spans(0, 5), grace_s=2.0)["interruptions"]
    assert longer.value == 0.0
    assert "for more than 2 s" in longer.definition


def test_a_turn_is_not_cut_by_its_own_commas() -> None:
    call = figures(spans(3, 4, 4.6, 6), spans(0, 2, 2.7, 8))
    assert call["interruptions"].evidence == spans(3, 6)


def test_whoever_begins_in_a_pause_of_the_other_does_not_interrupt() -> None:
    assert figures(spans(2.3, 6), spans(0, 2, 2.9, 8))["interruptions"].value == 0.0


def test_a_back_channel_is_neither_interruption_nor_turn() -> None:
    call = figures(spans(2, 2.5, 4.1, 4.6, 8.5, 10), spans(0, 4, 4.8, 8))
    assert call["back_channels"].evidence == spans(2, 2.5, 4.1, 4.6)
    assert call["interruptions"].value == 0.0
    assert call["turn_latency"].evidence == spans(8, 8.5)


@pytest.mark.parametrize(
    ("text", "end_s", "n"),
    [
        ("嗯。", 2.4, 1),
        ("是的，是的，嗯嗯", 3.8, 1),  # long, but nothing else
        ("是的，是的，嗯嗯", 4.1, 0),
        ("好的您稍等", 2.8, 0),  # short, but an answer
        ("八八四二", 2.9, 0),
        ("奶奶是", 2.5, 1),  # too short for its words to be trusted
        ("奶奶是", 2.7, 0),
        ("恩那", 2.6, 1),  # two syllables misheard: the length decides
        ("", 2.9, 1),
        ("", 3.0, 0),
    ],
)
def test_words_and_length_tell_a_back_channel(text: str, end_s: float, n: int) -> None:
    words = [word(text, 2.05, end_s - 0.05)] if text else []
    sides = exchange(spans(2, end_s), spans(0, 8), agent_words=[word("很远", 20, 21), *words])
    assert len(sides.agent.back_channels) == n
    swapped = exchange(spans(0, 8), spans(2, end_s), caller_words=words)
    assert len(swapped.caller.back_channels) == n


@pytest.mark.parametrize(
    "text", ["嗯", "嗯嗯。", "是的", "好的好的", "对对对", "哦，这样"[:1], "Uh-huh", "OK.", "I see", "明白了"]
)
def test_back_channel_words(text: str) -> None:
    assert is_back_channel_text(text)


@pytest.mark.parametrize("text", ["", "不行", "是什么", "好贵", "对不起", "行不通", "okra", "。"])
def test_other_words(text: str) -> None:
    assert not is_back_channel_text(text)


def test_an_answer_between_two_turns_is_no_back_channel() -> None:
    sides = exchange(spans(2.3, 2.9), spans(0, 2, 3.2, 6))
    assert sides.agent.back_channels == ()
    assert sides.caller.turns == spans(0, 2, 3.2, 6)


def test_an_answer_of_the_other_side_parts_two_turns() -> None:
    words = [word("八八四二", 2.15, 2.7)]
    sides = exchange(spans(0, 2, 2.9, 6), spans(2.1, 2.8), caller_words=words)
    assert sides.caller.turns == spans(2.1, 2.8)
    assert sides.agent.turns == spans(0, 2, 2.9, 6)


def test_without_speech_nothing_is_measured() -> None:
    assert [(figure.value, figure.reason) for figure in measure_turns(exchange((), ()))] == [
        (None, "no_speech")
    ] * len(SPECS)
    assert {figure.reason for figure in unmeasured_turns("one_channel_call")} == {"one_channel_call"}


def test_a_side_that_is_silent_has_no_share() -> None:
    call = figures((), spans(0, 5))
    assert (call["talk_share"].value, call["turn_latency"].reason) == (0.0, "no_answers")


@st.composite
def speech(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = draw(st.lists(st.integers(0, 6000), min_size=2, max_size=16, unique=True))
    edges = sorted(edges)[: len(edges) // 2 * 2]
    return spans(*(edge / 64.0 for edge in edges))  # exact in binary, so that sums and shifts are exact


def test_a_breath_inside_a_sentence_is_talk_and_a_pause_between_two_is_none() -> None:
    sides = exchange(spans(0, 2), spans(5, 8))
    voices = (spans(0, 1, 1.4, 2), spans(5, 6, 6.6, 8))
    share = next(f for f in measure_turns(sides, voices=voices) if f.name == "talk_share")
    assert share.value == pytest.approx(2.0 / (2.0 + 2.4), abs=SHARE_TOLERANCE)
    assert share.evidence == spans(0, 2)


@settings(max_examples=60, deadline=None)
@given(speech(), speech())
def test_swapping_the_channels_swaps_the_sides(first: tuple[Span, ...], second: tuple[Span, ...]) -> None:
    here, there = figures(first, second), figures(second, first)
    assert here["talk_share"].value is not None
    assert here["talk_share"].value + (there["talk_share"].value or 0.0) == pytest.approx(
        1.0, abs=SHARE_TOLERANCE
    )
    assert here["interruptions"].evidence == there["interrupted"].evidence
    assert here["interrupted"].evidence == there["interruptions"].evidence
    assert here["call_dead_air"] == there["call_dead_air"]


@settings(max_examples=60, deadline=None)
@given(speech(), speech(), st.integers(0, 640000))
def test_silence_in_front_shifts_the_evidence_and_nothing_else(
    agent: tuple[Span, ...], caller: tuple[Span, ...], shift: int
) -> None:
    shift_s = shift / 64.0
    here = figures(agent, caller)
    later = figures(tuple(s.shifted(shift_s) for s in agent), tuple(s.shifted(shift_s) for s in caller))
    for name, figure in here.items():
        moved = tuple(span.shifted(shift_s) for span in figure.evidence)
        assert later[name] == replace(figure, evidence=moved)


@settings(max_examples=60, deadline=None)
@given(speech(), speech())
def test_every_utterance_is_a_turn_or_a_back_channel(
    agent: tuple[Span, ...], caller: tuple[Span, ...]
) -> None:
    sides = exchange(agent, caller)
    for side in (sides.agent, sides.caller):
        assert not set(side.back_channels) & set(side.turns)
        for utterance in side.utterances:
            homes = [
                t
                for t in (*side.turns, *side.back_channels)
                if t.overlap_s(utterance) == utterance.duration_s
            ]
            assert homes or utterance.duration_s == 0.0
        assert (
            total_s(side.utterances) <= total_s(side.turns) + total_s(side.back_channels) + TIME_TOLERANCE_S
        )


def test_a_pure_value_can_be_measured() -> None:
    quiet = SideTurns((), (), ())
    assert measure_turns(Exchange(quiet, SideTurns(spans(0, 1), spans(0, 1), ())))[0].value == 0.0


def test_a_dialogue_knows_its_sides() -> None:
    turns = (Turn("agent", Span(0, 1), "您好"), Turn("caller", None, "喂"))
    dialogue = Dialogue(1, 1.0, turns)
    assert dialogue.of("caller") == turns[1:]
    for channel, grace_s in ((-1, 1.0), (0, -0.1), (0, float("nan"))):
        with pytest.raises(ValueError, match="a channel from 0 and a grace"):
            Dialogue(channel, grace_s, turns)
