"""The joined clock of a speaker's turns, in closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.call.joined import MARGIN_S, Join
from voicecoach.features.sound import SoundFeatures
from voicecoach.model.audio import Interruption, Span, Track
from voicecoach.model.spans import total_s

TIME_TOLERANCE_S = 1e-9
TURNS = (Span(1.0, 3.0), Span(10.0, 12.0), Span(15.0, 16.0))
LENGTH_S = 20.0


def ramp(hop_s: float, first_s: float = 0.0) -> Track:
    """A track whose values are its own times."""
    times_s = first_s + hop_s * np.arange(round((LENGTH_S - first_s) / hop_s), dtype=np.float64)
    return Track(times_s, first_s, hop_s, "s")


def features(*speech: Span) -> SoundFeatures:
    slow = ramp(0.016)
    return SoundFeatures(LENGTH_S, speech, ramp(0.032, 0.016), ramp(0.005), slow, slow, slow, -60.0)


def test_turns_lie_end_to_end_with_their_margins() -> None:
    join = Join(TURNS, LENGTH_S)
    assert join.duration_s == pytest.approx(5.0 + 6 * MARGIN_S)
    assert join.joints_s == pytest.approx((2.2, 4.4))
    assert [join.to_joined(one).start_s for one in TURNS] == pytest.approx([0.1, 2.3, 4.5])
    outside = join.to_joined(Span(5.0, 8.0))
    assert (outside.start_s, outside.end_s) == pytest.approx((2.2, 2.2))
    between = join.to_joined(Span(2.5, 10.5))
    assert (between.start_s, between.end_s) == pytest.approx((1.6, 2.8))


def test_margins_end_with_the_recording_and_near_turns_become_one() -> None:
    join = Join((Span(0.05, 1.0), Span(1.15, 2.0)), 2.05)
    assert join.joints_s == ()
    assert join.duration_s == pytest.approx(2.05)


def test_tracks_keep_the_values_of_their_times() -> None:
    join = Join(TURNS, LENGTH_S)
    for track in (ramp(0.005), ramp(0.016), ramp(0.032, 0.016)):
        cut = join.track(track)
        assert (cut.first_s, cut.hop_s) == (track.first_s, track.hop_s)
        for time_s, value in zip(cut.times_s, cut.values, strict=True):
            there = join.to_call(Span(float(time_s), float(time_s)))
            nearest = min(abs(value - there.start_s), abs(value - there.end_s))
            assert nearest <= track.hop_s / 2 + TIME_TOLERANCE_S


def test_a_sound_held_while_the_other_one_speaks_is_left_out() -> None:
    join = Join(TURNS, LENGTH_S)
    own, listening, at_the_edge = Span(1.0, 1.4), Span(5.0, 5.5), Span(3.05, 3.6)
    whole = replace(features(*TURNS), held=(own, at_the_edge, listening))
    assert join.features(whole).held == (join.to_joined(own),)


def test_what_interrupts_a_turn_is_led_along_and_ends_no_pause() -> None:
    speech = (Span(1.0, 1.5), Span(2.0, 3.0), Span(10.0, 11.0), Span(11.5, 12.0))
    music = Interruption(Span(1.6, 1.9), "music")
    apart = Interruption(Span(5.0, 8.0), "tone")  # while the other one speaks
    whole = replace(features(*speech), interruptions=(music, apart))
    joined = Join((Span(1.0, 3.0), Span(10.0, 12.0)), LENGTH_S).features(whole)
    plain = Join((Span(1.0, 3.0), Span(10.0, 12.0)), LENGTH_S).features(features(*speech))
    assert [pause.duration_s for pause in plain.silent_pauses()] == pytest.approx([0.5, 0.5])
    assert [pause.duration_s for pause in joined.silent_pauses()] == pytest.approx([0.5])
    assert joined.answer_s == pytest.approx(plain.answer_s - 0.5)


def test_a_joint_is_no_pause_and_parts_units() -> None:
    speech = (Span(1.0, 1.5), Span(2.0, 3.0), Span(10.0, 12.0), Span(15.0, 15.4), Span(15.5, 16.0))
    joined = Join(TURNS, LENGTH_S).features(features(*speech))
    (pause,) = joined.silent_pauses()
    assert pause.duration_s == pytest.approx(0.5)
    assert [unit.duration_s for unit in joined.units()] == pytest.approx([0.5, 1.0, 2.0, 1.0])
    assert joined.answer
    assert joined.answer.duration_s == pytest.approx(5.0 + 4 * MARGIN_S)
    assert joined.noise_floor_dbfs == -60.0


def test_even_touching_turns_part_units() -> None:
    near = (Span(1.0, 2.0), Span(2.21, 3.0))
    joined = Join(near, LENGTH_S).features(features(*near))
    assert len(joined.units()) == 2
    assert joined.silent_pauses(shortest_s=0.1) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2000), min_size=2, max_size=12, unique=True))
def test_there_and_back_again(edges: list[int]) -> None:
    edges = sorted(edges)[: len(edges) // 2 * 2]
    turns = tuple(Span(a / 100, b / 100) for a, b in zip(edges[::2], edges[1::2], strict=True))
    join = Join(turns, LENGTH_S)
    assert join.duration_s >= total_s(turns) - TIME_TOLERANCE_S
    for turn in turns:
        back = join.to_call(join.to_joined(turn))
        assert (back.start_s, back.end_s) == pytest.approx((turn.start_s, turn.end_s), abs=TIME_TOLERANCE_S)
        assert join.to_joined(turn).duration_s == pytest.approx(turn.duration_s, abs=TIME_TOLERANCE_S)
