"""HF500 and HF1000 against signals of few tones, whose ratios are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.spectrum import balance_tracks, band_energies
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.units import db_to_amplitude

RATE_HZ = 16_000
HOP_S = 0.016
RATIO_DB = 0.05
"""Leakage of the Hann window across 500 Hz, dB."""
GAIN_DB = 1e-3
"""What float32 rounding may do when the gain changes, dB."""
NOISE_DB = 1.0
"""What is left of stationary noise 10 dB under the voice, dB (5 dB without taking it off)."""
INNER = Span(0.1, 0.9)


def hf500_track(waveform: Waveform, pitch: Track) -> Track:
    return balance_tracks(waveform, pitch)[0]


def two_tones(ratio_db: float, duration_s: float = 1.0) -> np.ndarray:
    """200 Hz, and 1500 Hz that is ``ratio_db`` louder."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    low = 0.05 * np.sin(2.0 * np.pi * 200.0 * time_s)
    return low + 0.05 * db_to_amplitude(ratio_db) * np.sin(2.0 * np.pi * 1500.0 * time_s)


def test_frames_are_centred_on_their_time() -> None:
    # The ratio changes at 0.5 s; half a window away from it nothing of the other side is heard.
    samples = np.concatenate((two_tones(-10.0, 0.5), two_tones(10.0, 0.5)))
    track = hf500_track(waveform(samples), pitch(62))
    assert np.abs(track.within(Span(0.1, 0.468)) + 10.0).max() < RATIO_DB
    assert np.abs(track.within(Span(0.533, 0.9)) - 10.0).max() < RATIO_DB


def pitch(n_frames: int, *, voiced: slice = slice(None)) -> Track:
    values = np.full(n_frames, np.nan)
    values[voiced] = 200.0
    return Track(values, 0.0, HOP_S, "Hz")


def waveform(samples: np.ndarray) -> Waveform:
    return Waveform(samples.astype(np.float32), RATE_HZ)


@pytest.mark.parametrize("ratio_db", [-20.0, -8.0, 0.0, 12.0])
def test_two_tones_read_their_ratio(ratio_db: float) -> None:
    track = hf500_track(waveform(two_tones(ratio_db)), pitch(62))
    assert np.abs(track.within(INNER) - ratio_db).max() < RATIO_DB
    assert track.unit == "dB"


def test_the_border_of_the_second_ratio_is_at_a_thousand_hertz() -> None:
    # Tones of powers 1, 2, 4 at 200, 900 and 1100 Hz: (2 + 4) / 1 about 500 Hz, 4 / (1 + 2) about 1000 Hz.
    time_s = np.arange(RATE_HZ) / RATE_HZ
    tones = ((200.0, 1.0), (900.0, 2.0), (1100.0, 4.0))
    samples = sum(0.02 * np.sqrt(power) * np.sin(2.0 * np.pi * hz * time_s) for hz, power in tones)
    hf500, hf1000 = balance_tracks(waveform(np.asarray(samples)), pitch(62))
    assert np.abs(hf500.within(INNER) - 10.0 * np.log10(6.0)).max() < RATIO_DB
    assert np.abs(hf1000.within(INNER) - 10.0 * np.log10(4.0 / 3.0)).max() < RATIO_DB


def test_energy_outside_both_bands_does_not_count() -> None:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    outside = 0.2 * np.sin(2.0 * np.pi * 40.0 * time_s) + 0.2 * np.sin(2.0 * np.pi * 6000.0 * time_s)
    track = hf500_track(waveform(two_tones(0.0) + outside), pitch(62))
    assert np.abs(track.within(INNER)).max() < RATIO_DB


def test_undefined_where_unvoiced_and_in_digital_silence() -> None:
    samples = two_tones(0.0)
    samples[RATE_HZ // 2 :] = 0.0
    track = hf500_track(waveform(samples), pitch(62, voiced=slice(10, 60)))
    assert np.isnan(track.values[:10]).all()
    assert np.isfinite(track.values[10:30]).all()
    assert np.isnan(track.values[35:]).all()


def test_no_voiced_frame_no_value() -> None:
    assert np.isnan(hf500_track(waveform(two_tones(0.0)), pitch(62, voiced=slice(0))).values).all()


@settings(max_examples=10, deadline=None)
@given(gain_db=st.floats(-40.0, 6.0))
def test_gain_changes_nothing(gain_db: float) -> None:
    samples = two_tones(-6.0)
    plain = hf500_track(waveform(samples), pitch(62)).values
    scaled = hf500_track(waveform(samples * db_to_amplitude(gain_db)), pitch(62)).values
    assert np.nanmax(np.abs(plain - scaled)) < GAIN_DB


def test_blocks_join_without_a_seam() -> None:
    # 1250 frames: more than one block.
    track = hf500_track(waveform(two_tones(3.0, 20.0)), pitch(1250))
    assert np.abs(track.within(Span(0.1, 19.8)) - 3.0).max() < RATIO_DB


def test_stationary_noise_is_taken_off() -> None:
    # White noise puts 42/4.2 = 10.7 times the low band's noise into the high band.
    samples = np.concatenate((np.zeros(RATE_HZ), two_tones(-15.0, 2.0), np.zeros(RATE_HZ)))
    noise = db_to_amplitude(-40.0) * np.random.default_rng(2).standard_normal(len(samples))
    track = hf500_track(waveform(samples + noise), pitch(250, voiced=slice(65, 185)))
    plain = hf500_track(waveform(samples), pitch(250, voiced=slice(65, 185)))
    assert abs(np.nanmedian(track.values) - np.nanmedian(plain.values)) < NOISE_DB


def test_a_hop_between_samples_is_refused() -> None:
    odd = Track(np.full(10, 200.0), 0.0, 0.01601, "Hz")
    with pytest.raises(ValueError, match="no whole number of samples"):
        hf500_track(waveform(two_tones(0.0)), odd)


@pytest.mark.weights
def test_the_transform_is_librosas() -> None:
    # Independent tool: librosa.stft, marked slow for its import of seconds, not for weights of its own.
    from librosa.core.spectrum import stft

    noise = np.random.default_rng(1).standard_normal(RATE_HZ).astype(np.float32) * 0.1
    bands_hz = ((80.0, 500.0), (500.0, 5000.0))
    low, high = band_energies(Waveform(noise, RATE_HZ), bands_hz, first_s=0.1, hop_samples=256, n_frames=40)
    sound = noise[1600 - 512 :]
    power = np.abs(stft(sound, n_fft=1024, hop_length=256, center=False)[:, :40]) ** 2
    frequency_hz = np.arange(513) * RATE_HZ / 1024
    in_low, in_high = ((frequency_hz >= low_hz) & (frequency_hz < high_hz) for low_hz, high_hz in bands_hz)
    np.testing.assert_allclose(low, power[in_low].sum(axis=0), rtol=1e-4)
    np.testing.assert_allclose(high, power[in_high].sum(axis=0), rtol=1e-4)
