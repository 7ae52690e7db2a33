"""Conversions against figures that arithmetic gives, and their inverses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach import units

TOLERANCE_DB = 1e-9
TOLERANCE_ST = 1e-9
LEVELS_DB = st.floats(-200.0, 60.0)


@pytest.mark.parametrize(
    ("amplitude", "level_db"), [(1.0, 0.0), (10.0, 20.0), (0.1, -20.0), (2.0, 20 * math.log10(2))]
)
def test_amplitude_to_db(amplitude: float, level_db: float) -> None:
    assert units.amplitude_to_db(amplitude) == pytest.approx(level_db, abs=TOLERANCE_DB)


@pytest.mark.parametrize(("power", "level_db"), [(1.0, 0.0), (10.0, 10.0), (0.01, -20.0)])
def test_power_to_db(power: float, level_db: float) -> None:
    assert units.power_to_db(power) == pytest.approx(level_db, abs=TOLERANCE_DB)


@pytest.mark.parametrize(
    ("frequency_hz", "pitch_st"), [(100.0, 0.0), (200.0, 12.0), (50.0, -12.0), (100 * 2 ** (1 / 12), 1.0)]
)
def test_hz_to_st(frequency_hz: float, pitch_st: float) -> None:
    assert units.hz_to_st(frequency_hz) == pytest.approx(pitch_st, abs=TOLERANCE_ST)


@given(st.floats(-60.0, 60.0))
def test_st_to_hz_undoes_hz_to_st(pitch_st: float) -> None:
    assert units.hz_to_st(units.st_to_hz(pitch_st)) == pytest.approx(pitch_st, abs=TOLERANCE_ST)
    assert units.st_to_hz(12.0) == 200.0


def test_silence_is_an_ordinary_input() -> None:
    assert units.amplitude_to_db(0.0) == -math.inf
    assert units.power_to_db(0.0) == -math.inf
    assert units.hz_to_st(0.0) == -math.inf
    assert math.isnan(units.amplitude_to_db(-1.0))
    assert math.isnan(units.hz_to_st(math.nan))
    assert units.db_to_amplitude(-math.inf) == 0.0


def test_arrays_keep_their_shape_and_their_nan() -> None:
    pitch_hz = np.array([100.0, np.nan, 400.0, 0.0])
    np.testing.assert_allclose(units.hz_to_st(pitch_hz), [0.0, np.nan, 24.0, -np.inf])
    np.testing.assert_allclose(units.amplitude_to_db(np.array([1.0, 0.0])), [0.0, -np.inf])
    np.testing.assert_allclose(units.power_to_db(np.array([100.0, -1.0])), [20.0, np.nan])


def test_a_scalar_comes_back_as_a_float() -> None:
    for convert in (units.amplitude_to_db, units.power_to_db, units.hz_to_st):
        assert type(convert(2.0)) is float


@given(LEVELS_DB)
def test_amplitude_and_db_are_inverses(level_db: float) -> None:
    assert units.amplitude_to_db(units.db_to_amplitude(level_db)) == pytest.approx(level_db, abs=TOLERANCE_DB)


@given(st.floats(1e-6, 1e6))
def test_power_is_amplitude_squared(amplitude: float) -> None:
    assert units.power_to_db(amplitude**2) == pytest.approx(
        units.amplitude_to_db(amplitude), abs=TOLERANCE_DB
    )


@given(st.floats(20.0, 4000.0), st.floats(20.0, 4000.0))
def test_an_octave_is_twelve_semitones_anywhere(low_hz: float, other_hz: float) -> None:
    for frequency_hz in (low_hz, other_hz):
        step_st = units.hz_to_st(2 * frequency_hz) - units.hz_to_st(frequency_hz)
        assert step_st == pytest.approx(units.ST_PER_OCTAVE, abs=TOLERANCE_ST)


def test_rates_and_samples() -> None:
    assert units.per_s_to_per_min(4.0) == 240.0
    assert units.s_to_samples(0.5, 16000) == 8000
    assert units.s_to_samples(1.00004, 10000) == 10000


@given(st.integers(0, 10**9), st.sampled_from([8000, 16000, 44100, 48000]))
def test_samples_survive_the_way_through_seconds(n_samples: int, rate_hz: int) -> None:
    assert units.s_to_samples(n_samples / rate_hz, rate_hz) == n_samples
