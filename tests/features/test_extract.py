"""Both steps of extraction on a synthetic voice: two stretches of vowel whose times and F0 are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.features.extract import Gate, complete, extract, gate
from voicecoach.features.level import level_track
from voicecoach.metrics.nuclei import measure_nuclei
from voicecoach.metrics.voice import measure_voice
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.features.sound import SoundFeatures

RATE_HZ = 16_000
F0_HZ, SWING_ST, SYLLABLES_PER_S = 140.0, 3.0, 4.0
STRETCHES = (Span(0.5, 2.5), Span(3.5, 5.5))
EDGE_S = 0.05
"""Where the gate may put an edge: the syllables fade in and out, seconds."""
GAIN_TOLERANCE = {"Hz": 0.5, "st": 0.05, "dB": 0.05, "-1..1": 0.01, "count": 0.0, "syllables/s": 0.0}
"""What a change of gain may do to a figure, in its unit."""


def vowel(duration_s: float) -> NDArray[np.float64]:
    """Harmonics under three formants, F0 swinging by 3 st, four syllables a second; peak 0.3."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    f0_hz = F0_HZ * 2.0 ** (SWING_ST / 12.0 * np.sin(2.0 * np.pi * time_s / 2.0))
    phase = 2.0 * np.pi * np.cumsum(f0_hz) / RATE_HZ
    sound = np.zeros(len(time_s))
    for k in range(1, 40):
        resonance = sum(
            1.0 / (1.0 + ((k * F0_HZ - f) / b) ** 2) for f, b in ((600, 90), (1200, 110), (2500, 160))
        )
        sound += resonance / k * np.sin(k * phase)
    sound *= np.maximum(0.5 - 0.5 * np.cos(2.0 * np.pi * SYLLABLES_PER_S * time_s), 0.02)
    return np.asarray(0.3 * sound / np.abs(sound).max(), dtype=np.float64)


def recording() -> NDArray[np.float64]:
    half = np.zeros(RATE_HZ // 2)
    samples = np.concatenate((half, vowel(2.0), half, half, vowel(2.0), half))
    return samples + 1e-4 * np.random.default_rng(3).standard_normal(len(samples))


def waveform(samples: NDArray[np.float64]) -> Waveform:
    return Waveform(samples.astype(np.float32), RATE_HZ)


def figures(sound: SoundFeatures) -> dict[str, tuple[float | None, str]]:
    found = (*measure_voice(sound, language="zh"), measure_nuclei(sound, language="zh"))
    return {m.name: (m.value, m.unit) for m in found}


def test_complete_adds_pitch_and_spectrum_where_the_gate_is_open() -> None:
    sound = waveform(recording())
    open_gate = Gate(STRETCHES, Track(np.ones(10), 0.0, 0.032, "probability"), level_track(sound), -80.0)
    found = complete(sound, open_gate)
    assert found.speech == STRETCHES
    assert found.duration_s == pytest.approx(6.0)
    assert found.noise_floor_dbfs == -80.0
    assert np.isnan(found.pitch.within(Span(2.6, 3.4))).all()
    assert np.array_equal(np.isfinite(found.hf500.values), np.isfinite(found.pitch.values))
    values = {name: value for name, (value, _) in figures(found).items()}
    assert values["pitch_median"] == pytest.approx(F0_HZ, rel=0.02)
    assert values["pitch_variety"] == pytest.approx(SWING_ST / np.sqrt(2.0), abs=0.3)
    assert values["nuclei_rate"] == pytest.approx(SYLLABLES_PER_S)


@pytest.mark.weights
def test_extract_finds_the_stretches() -> None:
    found = extract(waveform(recording()))
    assert len(found.speech) == len(STRETCHES)
    for span, truth in zip(found.speech, STRETCHES, strict=True):
        assert span.start_s == pytest.approx(truth.start_s, abs=EDGE_S)
        assert span.end_s == pytest.approx(truth.end_s, abs=EDGE_S)


@pytest.mark.weights
@pytest.mark.parametrize("gain_db", [-40.0, -20.0, 6.0])
def test_gain_changes_no_figure(gain_db: float) -> None:
    plain = figures(extract(waveform(recording())))
    scaled = figures(extract(waveform(recording() * db_to_amplitude(gain_db))))
    for name, (value, unit) in plain.items():
        assert scaled[name][0] == (None if value is None else pytest.approx(value, abs=GAIN_TOLERANCE[unit]))


@pytest.mark.weights
def test_silence_has_no_features() -> None:
    found = gate(waveform(np.zeros(RATE_HZ)))
    assert found.speech == ()
    sound = complete(waveform(np.zeros(RATE_HZ)), found)
    assert all(value is None for value, _ in figures(sound).values())
