"""When samples were heard: exact from exact times, robust against late blocks, and aware of gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.sound.sample_clock import GAP_S, RECENT, SETTLED, SampleClock

RATE_HZ = 48_000
BLOCK = 960
START_S = 100.0


def run(n_blocks: int, *, late_s: float = 0.0, gap_after: int = 10**9, gap_s: float = 0.0) -> SampleClock:
    """A device that hands over each block 30 ms after its end; every seventh one ``late_s`` later."""
    clock = SampleClock(RATE_HZ)
    for number in range(n_blocks):
        begin_s = START_S + number * BLOCK / RATE_HZ + (gap_s if number >= gap_after else 0.0)
        late = late_s if number % 7 == 0 else 0.0
        clock.heard(BLOCK, called_s=begin_s + 0.05 + late, delay_s=0.05)
    return clock


def test_nothing_is_known_before_the_first_block() -> None:
    clock = SampleClock(RATE_HZ)
    assert (clock.first_sample_s, clock.elapsed_s, clock.missing_s) == (None, 0.0, 0.0)


@given(n_blocks=st.integers(1, 200))
def test_exact_times_give_the_exact_start(n_blocks: int) -> None:
    clock = run(n_blocks)
    assert clock.first_sample_s == pytest.approx(START_S, abs=1e-9)
    assert clock.elapsed_s == n_blocks * BLOCK / RATE_HZ
    assert clock.missing_s == 0.0


def test_late_blocks_move_nothing() -> None:
    clock = run(100, late_s=0.5)
    assert clock.first_sample_s == pytest.approx(START_S, abs=1e-9)
    assert clock.missing_s == 0.0


@given(gap_s=st.floats(GAP_S + 0.1, 20.0), gap_after=st.integers(SETTLED, 100))
def test_sound_that_never_came_is_missed(gap_s: float, gap_after: int) -> None:
    assert run(gap_after + RECENT, gap_after=gap_after, gap_s=gap_s).missing_s == pytest.approx(gap_s)


def test_a_pause_of_the_program_is_no_gap() -> None:
    clock = run(60)
    handed_over_s = START_S + (60 + RECENT) * BLOCK / RATE_HZ
    for number in range(60, 60 + RECENT):  # all at once, as the device kept them
        begin_s = START_S + number * BLOCK / RATE_HZ
        clock.heard(BLOCK, called_s=handed_over_s, delay_s=handed_over_s - begin_s)
    assert clock.missing_s == 0.0
    assert clock.first_sample_s == pytest.approx(START_S, abs=1e-9)


def test_clocks_that_drift_miss_nothing() -> None:
    clock = SampleClock(RATE_HZ)
    for number in range(0, 180_000, 50):  # an hour, 100 ppm slow
        clock.heard(50 * BLOCK, called_s=START_S + number * 0.02 * (1 + 1e-4) + 0.05, delay_s=0.05)
    assert clock.missing_s == 0.0


@pytest.mark.parametrize("delay_s", [0.0, -1.0, 1e9, np.nan])
def test_a_host_without_times_counts_the_block_itself(delay_s: float) -> None:
    clock = SampleClock(RATE_HZ)
    clock.heard(BLOCK, called_s=START_S + 0.02, delay_s=delay_s)
    assert clock.first_sample_s == pytest.approx(START_S)
