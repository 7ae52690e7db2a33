"""The level track against closed forms: sines of known level, bursts of known place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.level import HOP_S, LOWEST_DBFS, WINDOW_S, level_track
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
SINE_DBFS = -3.0103
"""RMS of a sine at full scale."""
TOLERANCE_DB = 0.01
NOISE_TOLERANCE_DB = 0.2
"""Mean level of 20 s of noise."""


def sine(frequency_hz: float, duration_s: float = 1.0, rate_hz: int = RATE_HZ) -> NDArray[np.float32]:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return np.sin(2.0 * np.pi * frequency_hz * time_s).astype(np.float32)


def inner(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[40:-40]


@pytest.mark.parametrize("frequency_hz", [300.0, 1000.0, 3500.0])
@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_a_sine_in_the_band_reads_its_rms(frequency_hz: float, rate_hz: int) -> None:
    track = level_track(Waveform(sine(frequency_hz, rate_hz=rate_hz), rate_hz))
    np.testing.assert_allclose(inner(track.values), SINE_DBFS, atol=TOLERANCE_DB)


@pytest.mark.parametrize("frequency_hz", [50.0, 90.0, 4200.0, 6000.0])
def test_what_lies_outside_the_band_is_not_heard(frequency_hz: float) -> None:
    track = level_track(Waveform(sine(frequency_hz, 2.0), RATE_HZ))
    assert track.values[100:-100].max() < -70.0


@pytest.mark.parametrize("frequency_hz", [150.0, 4000.0])
def test_the_limits_of_the_band_pass_half_the_power(frequency_hz: float) -> None:
    track = level_track(Waveform(sine(frequency_hz, 2.0), RATE_HZ))
    np.testing.assert_allclose(np.median(track.values), SINE_DBFS - 3.0103, atol=0.1)


def test_white_noise_reads_its_share_of_the_band() -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.1, 20 * RATE_HZ).astype(np.float32)
    power = np.mean(10.0 ** (level_track(Waveform(noise, RATE_HZ)).values / 10.0))
    expected_db = -20.0 + 10.0 * np.log10((4000.0 - 150.0) / 8000.0)
    assert abs(10.0 * np.log10(power) - expected_db) <= NOISE_TOLERANCE_DB


def test_a_band_of_ones_own() -> None:
    mixed = Waveform(0.5 * sine(300.0) + 0.05 * sine(5000.0), RATE_HZ)
    track = level_track(mixed, low_hz=4500.0, high_hz=8000.0)
    np.testing.assert_allclose(inner(track.values), SINE_DBFS - 26.0206, atol=TOLERANCE_DB)


def test_a_burst_stands_where_it_is() -> None:
    """Half a window before its edge a burst is not heard; at its edge half of its power is."""
    samples = np.zeros(2 * RATE_HZ, dtype=np.float32)
    samples[RATE_HZ // 2 : RATE_HZ] = sine(1000.0, 0.5)
    track = level_track(Waveform(samples, RATE_HZ))
    at = {round(time_s, 3): value for time_s, value in zip(track.times_s, track.values, strict=True)}
    assert at[0.5] == pytest.approx(SINE_DBFS - 3.0, abs=0.5)
    assert at[1.0] == pytest.approx(SINE_DBFS - 3.0, abs=0.5)
    assert max(at[0.485], at[1.015]) < SINE_DBFS - 40.0
    assert min(at[0.515], at[0.985]) == pytest.approx(SINE_DBFS, abs=0.1)


def test_grid_unit_and_digital_silence() -> None:
    track = level_track(Waveform(np.zeros(RATE_HZ, dtype=np.float32), RATE_HZ))
    assert (track.first_s, track.hop_s, track.unit, len(track.values)) == (0.0, HOP_S, "dBFS", 201)
    assert set(track.values) == {LOWEST_DBFS}


@pytest.mark.parametrize("n", [0, 1, 79, 80, 81])
def test_the_shortest_sounds(n: int) -> None:
    track = level_track(Waveform(np.ones(n, dtype=np.float32), RATE_HZ))
    assert len(track.values) == n // 80 + 1


@pytest.mark.parametrize("band", [(-1.0, 4000.0), (400.0, 400.0), (150.0, 9000.0)])
def test_an_impossible_band_is_refused(band: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="a band needs 0 <= low_hz < high_hz <= 8000 Hz"):
        level_track(Waveform(sine(300.0), RATE_HZ), low_hz=band[0], high_hz=band[1])


@settings(max_examples=15, deadline=None)
@given(gain_db=st.floats(-40.0, 0.0), seed=st.integers(0, 99))
def test_gain_shifts_the_level(gain_db: float, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0.0, 0.1, RATE_HZ).astype(np.float32)
    quiet = (noise * 10.0 ** (gain_db / 20.0)).astype(np.float32)
    before, after = (level_track(Waveform(x, RATE_HZ)).values for x in (noise, quiet))
    np.testing.assert_allclose(after, before + gain_db, atol=TOLERANCE_DB)


@settings(max_examples=15, deadline=None)
@given(n_hops=st.integers(0, 2000), seed=st.integers(0, 99))
def test_silence_in_front_shifts_the_track(n_hops: int, seed: int) -> None:
    """Also across the seams between the blocks in which the track is made."""
    noise = np.random.default_rng(seed).normal(0.0, 0.1, 5 * RATE_HZ).astype(np.float32)
    shifted = np.concatenate([np.zeros(n_hops * 80, dtype=np.float32), noise])
    before, after = (level_track(Waveform(x, RATE_HZ)).values for x in (noise, shifted))
    reach = round(WINDOW_S / HOP_S)
    np.testing.assert_allclose(after[n_hops + reach :], before[reach:], atol=TOLERANCE_DB)
