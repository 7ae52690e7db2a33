"""Conversions between the units of the field. Conversions are named ``x_to_y``.

Zero and negative inputs of the logarithmic ones give ``-inf`` or NaN as IEEE 754 has it,
without a warning: silence is an ordinary input here, not an accident.
"""

from typing import overload

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64] | NDArray[np.float32]

S_PER_MIN = 60.0
ST_PER_OCTAVE = 12.0
REFERENCE_HZ = 100.0
"""F0 in semitones is counted from here; spreads and differences do not depend on it."""


@overload
def amplitude_to_db(amplitude: float) -> float: ...
@overload
def amplitude_to_db(amplitude: FloatArray) -> FloatArray: ...
def amplitude_to_db(amplitude: float | FloatArray) -> float | FloatArray:
    """Level in dB re 1.0 (dBFS when full scale is 1): ``20 log10(amplitude)``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        level = 20.0 * np.log10(amplitude)
    return float(level) if np.ndim(level) == 0 else level


@overload
def power_to_db(power: float) -> float: ...
@overload
def power_to_db(power: FloatArray) -> FloatArray: ...
def power_to_db(power: float | FloatArray) -> float | FloatArray:
    """Level in dB re 1.0: ``10 log10(power)``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        level = 10.0 * np.log10(power)
    return float(level) if np.ndim(level) == 0 else level


def db_to_amplitude(level_db: float) -> float:
    """Amplitude re 1.0 of a level in dB: ``10 ** (level / 20)``."""
    return float(10.0 ** (level_db / 20.0))


@overload
def hz_to_st(frequency_hz: float) -> float: ...
@overload
def hz_to_st(frequency_hz: FloatArray) -> FloatArray: ...
def hz_to_st(frequency_hz: float | FloatArray) -> float | FloatArray:
    """Semitones above :data:`REFERENCE_HZ`: ``12 log2(f / 100 Hz)``; NaN stays NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pitch = ST_PER_OCTAVE * np.log2(np.asarray(frequency_hz) / REFERENCE_HZ)
    return float(pitch) if np.ndim(pitch) == 0 else pitch


def st_to_hz(pitch_st: float) -> float:
    """The frequency that lies ``pitch_st`` semitones above :data:`REFERENCE_HZ`."""
    return float(REFERENCE_HZ * 2.0 ** (pitch_st / ST_PER_OCTAVE))


def per_s_to_per_min(rate_per_s: float) -> float:
    """Events a second to events a minute."""
    return rate_per_s * S_PER_MIN


def s_to_samples(time_s: float, rate_hz: float) -> int:
    """The index of the sample nearest to ``time_s``."""
    return round(time_s * rate_hz)
