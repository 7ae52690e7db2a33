"""Vowels whose pitch and formants are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
SCHWA_HZ, AH_HZ, EE_HZ = (500.0, 1400.0, 2500.0), (800.0, 1250.0, 2600.0), (280.0, 2300.0, 3000.0)
BANDWIDTH_HZ = 90.0


def vowel(f0_hz: float, duration_s: float, *formants_hz: tuple[float, ...]) -> NDArray[np.float64]:
    """Harmonics under the formants of the vowels given, each held for an equal share of the time."""
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    which = np.minimum((times_s / duration_s * len(formants_hz)).astype(int), len(formants_hz) - 1)
    total = np.zeros(len(times_s))
    for harmonic in range(1, int(5000.0 / f0_hz)):
        hz = harmonic * f0_hz
        gains = np.array([envelope(hz, formants) for formants in formants_hz])
        total += gains[which] / harmonic * np.sin(2.0 * np.pi * hz * times_s)
    levelled: NDArray[np.float64] = 0.2 * total / np.abs(total).max()
    return levelled


def envelope(hz: float, formants_hz: tuple[float, ...]) -> float:
    return float(sum(1.0 / (1.0 + ((hz - formant) / BANDWIDTH_HZ) ** 2) for formant in formants_hz)) + 1e-3
