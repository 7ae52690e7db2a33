"""F0 against signals whose F0 is known in closed form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.features.pitch import HOP_SAMPLES, pitch_track, without_octave_errors
from voicecoach.model.audio import Span, Waveform
from voicecoach.units import db_to_amplitude, hz_to_st

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
HOP_S = HOP_SAMPLES / RATE_HZ
TRACKING_ST = 0.3
"""The engine's own pitch steps are 0.7 st; between them it interpolates, semitones."""
GAIN_ST = 0.01
"""What float32 rounding may do to F0 when the gain changes, semitones."""
EDGE_S = 0.1
"""Frames this near to the onset of a sound are not judged, seconds."""


def voice(f0_hz: NDArray[np.float64], *, n_harmonics: int = 12) -> NDArray[np.float64]:
    """Harmonics falling by 6 dB an octave on the F0 given for every sample; peak below full scale."""
    phase = 2.0 * np.pi * np.cumsum(f0_hz) / RATE_HZ
    sound: NDArray[np.float64] = sum(
        (0.2 * np.sin(k * phase) / k for k in range(1, n_harmonics + 1)), np.zeros(len(phase))
    )
    return sound


def glide(duration_s: float, *, centre_hz: float = 180.0, depth_st: float = 4.0) -> NDArray[np.float64]:
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return centre_hz * 2.0 ** (depth_st / 12.0 * np.sin(2.0 * np.pi * time_s))


def waveform(samples: NDArray[np.float64]) -> Waveform:
    return Waveform(samples.astype(np.float32), RATE_HZ)


@pytest.mark.parametrize("centre_hz", [90.0, 180.0, 400.0])
def test_follows_a_glide_of_known_f0(centre_hz: float) -> None:
    f0_hz = glide(2.0, centre_hz=centre_hz)
    track = pitch_track(waveform(voice(f0_hz)), [Span(0.0, 2.0)])
    judged = (track.times_s > EDGE_S) & (track.times_s < 2.0 - EDGE_S)
    truth_hz = np.interp(track.times_s, np.arange(len(f0_hz)) / RATE_HZ, f0_hz)
    assert np.isfinite(track.values[judged]).mean() > 0.95
    off_st = np.abs(hz_to_st(track.values[judged]) - np.asarray(hz_to_st(truth_hz[judged])))
    assert np.nanpercentile(off_st, 95) < TRACKING_ST


def test_time_grid_starts_at_zero_and_steps_16_ms() -> None:
    track = pitch_track(waveform(voice(glide(1.0))), [Span(0.0, 1.0)])
    assert (track.first_s, track.hop_s, len(track.values)) == (0.0, HOP_S, RATE_HZ // HOP_SAMPLES)


@settings(max_examples=6, deadline=None)
@given(gain_db=st.floats(-40.0, 6.0))
def test_gain_changes_nothing(gain_db: float) -> None:
    samples = voice(glide(0.8))
    whole = [Span(0.0, 0.8)]
    plain = hz_to_st(pitch_track(waveform(samples), whole).values)
    scaled = hz_to_st(pitch_track(waveform(samples * db_to_amplitude(gain_db)), whole).values)
    assert np.array_equal(np.isnan(plain), np.isnan(scaled))
    assert np.nanmax(np.abs(np.asarray(plain) - np.asarray(scaled))) < GAIN_ST


@settings(max_examples=5, deadline=None)
@given(n_frames=st.integers(1, 120))
def test_silence_in_front_shifts_the_track(n_frames: int) -> None:
    samples = voice(glide(0.8))
    offset_s = n_frames * HOP_S
    plain = pitch_track(waveform(samples), [Span(0.2, 0.7)])
    later = pitch_track(
        waveform(np.concatenate((np.zeros(n_frames * HOP_SAMPLES), samples))),
        [Span(0.2 + offset_s, 0.7 + offset_s)],
    )
    shifted = later.values[n_frames:]
    assert np.nanmax(np.abs(np.asarray(hz_to_st(plain.values)) - np.asarray(hz_to_st(shifted)))) < GAIN_ST
    assert np.isnan(later.values[:n_frames]).all()


def test_cutting_into_blocks_changes_nothing() -> None:
    # 20 s make three blocks of at most 8 s; an even level gives all of them the same gain.
    samples = voice(glide(20.0, depth_st=2.0))
    whole = pitch_track(waveform(samples), [Span(0.0, 20.0)])
    parts = [Span(float(start), start + 0.4) for start in range(1, 19)]
    pieces = pitch_track(waveform(samples), parts)
    for part in parts:
        inner = Span(part.start_s + HOP_S, part.end_s - HOP_S)
        assert (
            np.abs(hz_to_st(whole.within(inner)) - np.asarray(hz_to_st(pieces.within(inner)))).max() < GAIN_ST
        )
    assert np.isnan(pieces.within(Span(1.5, 1.9))).all()
    assert np.isfinite(whole.within(Span(EDGE_S, 20.0 - EDGE_S))).all()


@pytest.mark.parametrize("speech", [[], [Span(0.2, 0.8)]])
def test_silence_has_no_pitch(speech: list[Span]) -> None:
    track = pitch_track(waveform(np.zeros(RATE_HZ)), speech)
    assert np.isnan(track.values).all()
    assert len(track.values) == RATE_HZ // HOP_SAMPLES


def test_noise_has_hardly_any_pitch() -> None:
    noise = 0.1 * np.random.default_rng(1).standard_normal(2 * RATE_HZ)
    assert np.isfinite(pitch_track(waveform(noise), [Span(0.0, 2.0)]).values).mean() < 0.02


@pytest.mark.parametrize("n_samples", [0, 1, 255])
def test_shorter_than_a_hop_gives_an_empty_track(n_samples: int) -> None:
    assert len(pitch_track(waveform(np.ones(n_samples)), [Span(0.0, 1.0)]).values) == 0


def test_other_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="tracked at 16000 Hz, got 8000 Hz"):
        pitch_track(Waveform(np.zeros(8000, dtype=np.float32), 8000), [])


def steady(n_frames: int = 100) -> NDArray[np.float64]:
    return np.full(n_frames, 200.0)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_short_octave_jump_is_taken_out(factor: float) -> None:
    f0_hz = steady()
    f0_hz[50:57] *= factor
    cleaned = without_octave_errors(f0_hz, HOP_S)
    assert np.isnan(cleaned[50:57]).all()
    assert np.array_equal(cleaned[:50], f0_hz[:50])
    assert np.array_equal(cleaned[57:], f0_hz[57:])


def test_a_fifth_is_no_octave_error() -> None:
    f0_hz = steady()
    f0_hz[50:57] *= 1.5
    assert np.array_equal(without_octave_errors(f0_hz, HOP_S), f0_hz)


def test_a_shout_that_holds_stays() -> None:
    f0_hz = steady()
    f0_hz[40:60] *= 2.0
    assert np.array_equal(without_octave_errors(f0_hz, HOP_S), f0_hz)


def test_without_context_nothing_is_convicted() -> None:
    f0_hz = np.full(40, np.nan)
    f0_hz[3:9] = 200.0
    f0_hz[20:27] = 400.0
    cleaned = without_octave_errors(f0_hz, HOP_S)
    assert np.array_equal(cleaned, f0_hz, equal_nan=True)


def test_single_frames_are_chance() -> None:
    f0_hz = np.full(40, np.nan)
    f0_hz[10:12] = 200.0
    f0_hz[20:23] = 200.0
    cleaned = without_octave_errors(f0_hz, HOP_S)
    assert np.flatnonzero(np.isfinite(cleaned)).tolist() == [20, 21, 22]
