"""Where frames are laid: missing sound is found by the stamps, and rounding, jitter and nonsense are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.timeline import JITTER_S, PRIMING, Timeline

RATE_HZ = 48_000
FRAME = 960
FRAME_S = FRAME / RATE_HZ
LONGEST_S = 3600.0


def gaps(stamps_s: list[float | None], *, origin_s: float | None = 0.0) -> list[tuple[float, float]]:
    """Lay frames of 20 ms with these stamps; where silence was asked for, and how much, seconds."""
    line = Timeline(RATE_HZ, origin_s, LONGEST_S)
    asked = []
    for stamp_s in stamps_s:
        n = line.missing(stamp_s)
        if n:
            asked.append((line.laid_s, n / RATE_HZ))
            line.lay(n, of_stamps=False)
        line.lay(FRAME)
    return asked


def even(n: int, start_s: float = 0.0) -> list[float | None]:
    return [start_s + i * FRAME_S for i in range(n)]


def test_even_stamps_ask_for_nothing() -> None:
    assert gaps(even(500)) == []
    assert gaps([None] * 500) == []


@given(st.integers(1, 400), st.floats(JITTER_S + 0.001, 600.0))
def test_a_gap_is_found_where_it_is_and_as_long_as_it_is(n_before: int, length_s: float) -> None:
    stamps = even(n_before) + even(50, n_before * FRAME_S + length_s)
    ((at_s, asked_s),) = gaps(stamps)
    assert at_s == pytest.approx(n_before * FRAME_S)
    assert asked_s == pytest.approx(length_s, abs=2.0 / RATE_HZ)


@given(st.lists(st.booleans(), min_size=50, max_size=400))
def test_single_lost_packets_never_move_what_follows_by_more_than_the_jitter(lost: list[bool]) -> None:
    kept: list[float | None] = [i * FRAME_S for i, gone in enumerate([False, *lost]) if not gone]
    line = Timeline(RATE_HZ, 0.0, LONGEST_S)
    for stamp_s in kept:
        line.lay(line.missing(stamp_s), of_stamps=False)
        assert stamp_s is not None
        assert abs(line.laid_s - stamp_s) <= JITTER_S + 1e-6
        line.lay(FRAME)


@given(st.lists(st.floats(-0.024, 0.024), min_size=10, max_size=300))
def test_jitter_asks_for_nothing(jitter_s: list[float]) -> None:
    assert gaps([max(0.0, i * FRAME_S + late_s) for i, late_s in enumerate(jitter_s)]) == []


@pytest.mark.parametrize("drift", [-3e-4, 3e-4])
def test_a_clock_that_drifts_for_an_hour_asks_for_nothing(drift: float) -> None:
    assert gaps([round(i * FRAME_S * (1.0 + drift), 3) for i in range(170_000)]) == []


def test_after_a_drift_a_gap_is_as_long_as_its_own_jump() -> None:
    stamps = [i * FRAME_S * 1.0003 for i in range(60_000)]
    stamps = [*stamps[:30_000], *(stamp + 2.0 for stamp in stamps[30_000:])]
    ((_, asked_s),) = gaps(list(stamps))
    assert asked_s == pytest.approx(2.0, abs=0.002)


def test_sound_that_begins_late_stays_late_but_priming_is_no_lead() -> None:
    assert gaps(even(50, 5.0)) == [(0.0, 5.0)]
    assert gaps(even(50, PRIMING / RATE_HZ)) == []


def test_without_an_origin_the_first_stamp_is_the_beginning() -> None:
    assert gaps(even(50, 5.0), origin_s=None) == []


def test_stamps_that_go_back_ask_for_nothing_and_the_line_goes_on() -> None:
    again = even(50) + even(50)
    assert gaps(again) == []
    ((at_s, asked_s),) = gaps(again + even(50, 50 * FRAME_S + 2.0))
    assert at_s == pytest.approx(2.0)
    assert asked_s == pytest.approx(2.0)


def test_a_leap_past_the_limit_is_told_and_not_filled() -> None:
    line = Timeline(RATE_HZ, 0.0, LONGEST_S)
    for stamp_s in (*even(50), *even(50, 9 * 3600.0)):
        assert line.missing(stamp_s) == 0
        line.lay(FRAME)
    ((at_s, by_s),) = line.leaps
    assert at_s == pytest.approx(1.0)
    assert by_s == pytest.approx(9 * 3600.0 - 1.0)
    assert gaps(even(50, 20 * 3600.0)) == []  # a clock that counts from elsewhere is no leap


def test_frames_without_a_stamp_lie_behind_the_last() -> None:
    stamps = even(50)
    stamps[10:20] = [None] * 10
    assert gaps(stamps) == []
    assert np.isclose(gaps([*stamps[:10], *[None] * 10, *even(30, 3.0)])[0][1], 3.0 - 20 * FRAME_S)
