"""Syllable nuclei on sounds whose rate is known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.level import level_track
from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.nuclei import DIP_DB, measure_nuclei, nuclei_s, peaks_between_dips
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.units import db_to_amplitude

RATE_HZ = 16_000
PITCH_HOP_S = 0.016
PEAK_S = 0.012
"""Where a nucleus may lie from the top of its syllable, seconds: two steps of the level track and a bit."""


def syllables(rate_per_s: float, *, depth_db: float, duration_s: float = 3.0) -> np.ndarray:
    """A 1 kHz tone whose level swings by ``depth_db``, topping ``rate_per_s`` times a second."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    swing_db = -depth_db * (0.5 + 0.5 * np.cos(2.0 * np.pi * rate_per_s * time_s))
    return 0.3 * 10.0 ** (swing_db / 20.0) * np.sin(2.0 * np.pi * 1000.0 * time_s)


def features(samples: np.ndarray, *, speech: tuple[Span, ...] = (), voiced: bool = True) -> SoundFeatures:
    waveform = Waveform(samples.astype(np.float32), RATE_HZ)
    n_frames = round(waveform.duration_s / PITCH_HOP_S)
    pitch = Track(np.full(n_frames, 150.0 if voiced else np.nan), 0.0, PITCH_HOP_S, "Hz")
    return SoundFeatures(
        duration_s=waveform.duration_s,
        speech=speech or (Span(0.0, waveform.duration_s),),
        speech_probability=Track(np.ones(10), 0.0, 0.032, "probability"),
        level=level_track(waveform),
        pitch=pitch,
        hf500=Track(pitch.values.copy(), 0.0, PITCH_HOP_S, "dB"),
        hf1000=Track(pitch.values.copy(), 0.0, PITCH_HOP_S, "dB"),
        noise_floor_dbfs=None,
    )


@pytest.mark.parametrize("rate_per_s", [2.0, 4.0, 6.0])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_rate_of_a_modulated_tone(rate_per_s: float, language: str) -> None:
    figure = measure_nuclei(
        features(syllables(rate_per_s, depth_db=12.0)), language="zh" if language == "zh" else "en"
    )
    assert figure.value == pytest.approx(rate_per_s)
    assert (figure.name, figure.unit) == ("nuclei_rate", "syllables/s")


def test_nuclei_lie_at_the_tops() -> None:
    times_s = nuclei_s(features(syllables(4.0, depth_db=12.0)), dip_db=DIP_DB["zh"])
    assert np.abs(times_s - (0.125 + 0.25 * np.arange(12))).max() < PEAK_S


def test_a_shallow_dip_parts_english_nuclei_but_not_mandarin_ones() -> None:
    sound = features(syllables(3.0, depth_db=2.6))
    assert len(nuclei_s(sound, dip_db=DIP_DB["en"])) == 9
    assert len(nuclei_s(sound, dip_db=DIP_DB["zh"])) == 1


def test_unvoiced_peaks_do_not_count() -> None:
    assert measure_nuclei(features(syllables(4.0, depth_db=12.0), voiced=False), language="zh").value == 0.0


def test_peaks_far_below_the_loudest_do_not_count() -> None:
    samples = np.concatenate(
        (syllables(4.0, depth_db=12.0), db_to_amplitude(-30.0) * syllables(4.0, depth_db=12.0))
    )
    assert len(nuclei_s(features(samples), dip_db=DIP_DB["zh"])) == 12


def test_pauses_do_not_count_into_the_phonation_time() -> None:
    samples = np.concatenate(
        (syllables(4.0, depth_db=12.0), np.zeros(RATE_HZ), syllables(4.0, depth_db=12.0))
    )
    speech = (Span(0.0, 3.0), Span(4.0, 7.0))
    figure = measure_nuclei(features(samples, speech=speech), language="zh")
    assert figure.value == pytest.approx(4.0)
    assert figure.evidence == speech


@settings(max_examples=20, deadline=None)
@given(gain_db=st.floats(-40.0, 0.0))
def test_gain_changes_nothing(gain_db: float) -> None:
    samples = syllables(4.0, depth_db=12.0, duration_s=2.0)
    assert len(nuclei_s(features(samples * db_to_amplitude(gain_db)), dip_db=3.0)) == 8


def test_too_short_or_silent_is_not_measured() -> None:
    short = measure_nuclei(features(syllables(4.0, depth_db=12.0, duration_s=0.9)), language="zh")
    assert (short.value, short.reason) == (None, "too_little_voiced")
    sound = features(np.zeros(RATE_HZ))
    silent = SoundFeatures(
        duration_s=sound.duration_s,
        speech=(),
        speech_probability=sound.speech_probability,
        level=sound.level,
        pitch=sound.pitch,
        hf500=sound.hf500,
        hf1000=sound.hf1000,
        noise_floor_dbfs=None,
    )
    assert measure_nuclei(silent, language="zh").reason == "no_speech"
    assert len(nuclei_s(silent, dip_db=3.0)) == 0


@pytest.mark.parametrize(
    ("level_db", "peaks"),
    [
        ([], []),
        ([0.0], [0]),
        ([0.0, 0.0, 0.0], [0]),
        ([-9.0, 0.0, -9.0], [1]),
        ([-9.0, 0.0, -2.9, 0.5, -9.0], [3]),
        ([-9.0, 0.0, -3.0, 0.0, -9.0], [1, 3]),
        ([0.0, -5.0, -4.0, -5.0, -1.0], [0, 4]),
        ([0.0, -5.0, -4.0, -6.0], [0]),
    ],
)
def test_peaks_between_dips_of_three_decibels(level_db: list[float], peaks: list[int]) -> None:
    assert peaks_between_dips(np.array(level_db), 3.0) == peaks
