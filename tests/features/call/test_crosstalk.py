"""Whose speech it is, on made levels; calls with known leaks are in ``tests/app/score/test_call.py``."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.call.crosstalk import Ownership, ownership, same_sound
from voicecoach.features.extract import Gate
from voicecoach.features.vocal import vocal_activity
from voicecoach.model.audio import Span, Track

HOP_S = 0.005
LENGTH_S = 20.0
FLOOR_DBFS = -70.0
EDGE_TOLERANCE_S = 0.08
"""Half the window of the averaged level."""


def gate(speech: tuple[Span, ...], *sounds: tuple[Span, float], floor: float | None = FLOOR_DBFS) -> Gate:
    """A channel in which the ``sounds`` (dBFS) lie over the floor, and the gate heard the ``speech``."""
    power = np.full(round(LENGTH_S / HOP_S) + 1, 10.0 ** (FLOOR_DBFS / 10.0))
    for span, level in sounds:
        power[round(span.start_s / HOP_S) : round(span.end_s / HOP_S)] += 10.0 ** (level / 10.0)
    level_track = Track(10.0 * np.log10(power), 0.0, HOP_S, "dBFS")
    return Gate(speech, Track(np.zeros(10), 0.016, 0.032, "probability"), level_track, floor)


A, B, BOTH = Span(1.0, 6.0), Span(8.0, 13.0), Span(12.0, 16.0)


def told(leak_db: float, *, gain_db: float = 0.0) -> Ownership | None:
    """A speaks in A and BOTH, B in B; each leaks into the other channel, where the gate hears it."""
    heard = (A, Span(8.0, 16.0))
    first = gate(heard, (A, -20.0), (BOTH, -20.0), (B, -20.0 + leak_db))
    second = gate(
        heard, (B, -20.0 + gain_db), (A, -20.0 + leak_db + gain_db), (BOTH, -20.0 + leak_db + gain_db)
    )
    return ownership(first, second)


def close(found: tuple[Span, ...], *wanted: Span) -> None:
    assert [(one.start_s, one.end_s) for one in found] == [
        pytest.approx((one.start_s, one.end_s), abs=EDGE_TOLERANCE_S) for one in wanted
    ]


@pytest.mark.parametrize("leak_db", [-40.0, -25.0, -15.0, -10.0])
@pytest.mark.parametrize("gain_db", [0.0, -12.0])
def test_a_leak_is_left_to_its_owner_and_talk_over_belongs_to_both(leak_db: float, gain_db: float) -> None:
    own = told(leak_db, gain_db=gain_db)
    assert own
    heard = (A, Span(8.0, 16.0))
    close(own.of_first(heard), A, BOTH)
    close(own.of_second(heard), B)


def test_channels_that_leak_too_much_do_not_tell() -> None:
    assert told(-5.0) is None


def test_a_channel_without_speech_leaves_the_other_alone() -> None:
    own = ownership(gate((A,), (A, -20.0)), gate(()))
    assert own
    assert own.of_first((A,)) == (A,)
    assert own.of_second(()) == ()


def test_one_voice_at_one_level_is_not_parted() -> None:
    assert ownership(gate((A,), (A, -20.0)), gate((A,), (A, -40.0))) is None


def test_edges_that_ownership_leaves_alone_are_kept() -> None:
    own = told(-25.0)
    assert own
    odd = Span(1.0013, 4.0037)
    assert own.of_first((odd,)) == (odd,)
    short = Span(2.0, 2.05)
    assert own.of_first((short,)) == (short,)  # short, but wholly its own
    assert own.of_first((Span(7.98, 8.3),)) == ()


@settings(max_examples=20, deadline=None)
@given(st.floats(-30.0, 30.0))
def test_gain_of_one_channel_changes_nothing(gain_db: float) -> None:
    base, other = told(-20.0), told(-20.0, gain_db=gain_db if gain_db < 0 else 0.0)
    assert base
    assert other
    heard = (A, Span(8.0, 16.0))
    close(other.of_first(heard), *base.of_first(heard))


def test_the_same_sound_at_any_gain() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.normal(0, 0.1, (2, 16000)).astype(np.float32)
    assert same_sound(one, one)
    assert same_sound(one, -0.01 * one[:-5])
    assert same_sound(one, one + 0.1 * other)
    assert not same_sound(one, other)
    assert not same_sound(one, 0.5 * one + other)
    assert not same_sound(one, np.zeros_like(one))


def voice_of(heard: Gate) -> tuple[Span, ...]:
    return vocal_activity(heard.speech, heard.level, heard.noise_floor_dbfs)


LAUGH, CLICK, MUSIC, SOFT = Span(8.0, 8.6), Span(10.0, 10.1), Span(12.0, 15.0), Span(17.0, 18.0)


def test_a_laugh_counts_as_voice_but_no_click_music_or_murmur() -> None:
    made = gate((A,), (A, -20.0), (LAUGH, -35.0), (CLICK, -20.0), (MUSIC, -25.0), (SOFT, -50.0))
    assert [(one.start_s, one.end_s) for one in voice_of(made)] == [
        pytest.approx((one.start_s, one.end_s), abs=HOP_S) for one in (A, LAUGH)
    ]


def test_the_bursts_of_a_laugh_are_one_and_join_the_speech_beside_it() -> None:
    made = gate((A,), (A, -20.0), (Span(6.1, 6.3), -30.0), (Span(6.4, 6.6), -30.0))
    (one,) = voice_of(made)
    assert (one.start_s, one.end_s) == pytest.approx((1.0, 6.6), abs=HOP_S)


def test_without_speech_or_noise_to_go_by_only_speech_counts() -> None:
    assert voice_of(gate((), (LAUGH, -20.0))) == ()
    assert voice_of(gate((A,), (A, -20.0), (LAUGH, -20.0), floor=None)) == (A,)


def test_in_noise_a_sound_must_stand_out() -> None:
    (one,) = voice_of(gate((A,), (A, -20.0), (LAUGH, -35.0), floor=-40.0))
    assert (one.start_s, one.end_s) == pytest.approx((1.0, 6.0), abs=HOP_S)


def test_much_talk_over_does_not_move_what_belongs_to_whom() -> None:
    alone, over = Span(1.0, 1.8), Span(3.0, 14.0)
    first = gate((over,), (over, -20.0))
    second = gate((alone, over), (alone, -20.0), (Span(3.0, 8.0), -20.0), (Span(8.0, 12.0), -50.0))
    own = ownership(first, second)
    assert own
    close(own.of_first((over,)), over)
