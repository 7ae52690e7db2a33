"""Spectral balance of the voice: how much of its energy lies above 500 Hz.

HF500 = 10 log10(E[500-5000 Hz] / E[80-500 Hz]) per voiced frame, in dB (Bone, Lee & Narayanan 2014).
Vocal effort raises it. Stationary noise raises the softer band more, so the energy that the two bands hold
where nobody speaks is taken off first.

Known failure: the microphone's and the line's frequency response shift it as a whole (read Mandarin:
-16 to +0.3 dB over 17 speakers and their microphones), so it means something only against the same speaker on
the same equipment; noise that comes and goes with the speech is not taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.audio import Track
from voicecoach.units import power_to_db, s_to_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model.audio import Waveform

LOW_BAND_HZ = (80.0, 500.0)
"""The denominator's band (Bone, Lee & Narayanan 2014), Hz, upper limit excluded."""
HIGH_BAND_HZ = (500.0, 5000.0)
"""The numerator's band (the same), Hz; a line that ends lower ends the band."""
WINDOW_S = 0.064
"""Length of the Hann window, seconds: resolves 31 Hz, so that a harmonic falls on one side of 500 Hz."""
BLOCK_FRAMES = 256
"""Frames transformed in one piece; bounds the memory (4 MB of spectrum), frames."""
NOISE_PERCENTILE = 10.0
"""The noise in a band: this percentile of its energy in unvoiced frames, %; low, to pass by fricatives."""
NOISE_FRAMES = 20
"""Fewest unvoiced, not digitally silent frames from which noise is estimated, frames."""
LEAST_LEFT = 0.05
"""At least this share of a band's energy is left when noise is taken off, ratio."""
ROUNDING_S = 1e-9
"""Hops that differ by no more are the same, seconds."""
DIGITAL_SILENCE = 1e-9
"""Less than this share of the median voiced frame's energy is digital silence, ratio (-90 dB)."""


def hf500_track(waveform: Waveform, pitch: Track) -> Track:
    """HF500 in dB on the time grid of ``pitch``, NaN where ``pitch`` is.

    Raises ValueError when a hop of ``pitch`` is no whole number of samples.
    """
    hop_samples = s_to_samples(pitch.hop_s, waveform.rate_hz)
    if abs(hop_samples / waveform.rate_hz - pitch.hop_s) > ROUNDING_S:
        msg = f"a hop of {pitch.hop_s} s is no whole number of samples at {waveform.rate_hz} Hz"
        raise ValueError(msg)
    voiced = np.isfinite(pitch.values)
    ratio_db = np.full(len(voiced), np.nan)
    if voiced.any():
        low, high = band_energies(
            waveform, first_s=pitch.first_s, hop_samples=hop_samples, n_frames=len(voiced)
        )
        low, high = _without_noise(low, voiced), _without_noise(high, voiced)
        defined = voiced & (low > 0.0) & (high > 0.0)
        ratio_db[defined] = power_to_db(high[defined] / low[defined])
    return Track(ratio_db, pitch.first_s, pitch.hop_s, "dB")


def band_energies(
    waveform: Waveform, *, first_s: float, hop_samples: int, n_frames: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Energy in :data:`LOW_BAND_HZ` and :data:`HIGH_BAND_HZ`, two float64 (n_frames,), full scale squared.

    Frame ``i`` is centred at ``first_s`` + ``i`` hops; zeros stand beyond the ends of the recording.
    """
    n_fft = s_to_samples(WINDOW_S, waveform.rate_hz)
    frequency_hz = np.arange(n_fft // 2 + 1) * waveform.rate_hz / n_fft
    in_low = (frequency_hz >= LOW_BAND_HZ[0]) & (frequency_hz < LOW_BAND_HZ[1])
    in_high = (frequency_hz >= HIGH_BAND_HZ[0]) & (frequency_hz <= HIGH_BAND_HZ[1])
    # The periodic Hann window of librosa.stft, against which the tests check this transform: importing
    # librosa here would cost 4-5 s of CPU (numba, scipy.signal) for 0.1 s of work on a 2-minute answer.
    window = np.hanning(n_fft + 1)[:-1].astype(np.float32)
    first_sample = s_to_samples(first_s, waveform.rate_hz) - n_fft // 2
    low, high = np.zeros(n_frames), np.zeros(n_frames)
    for first in range(0, n_frames, BLOCK_FRAMES):
        n_block = min(BLOCK_FRAMES, n_frames - first)
        start = first_sample + first * hop_samples
        sound = _padded(waveform.samples, start, start + (n_block - 1) * hop_samples + n_fft)
        frames = np.lib.stride_tricks.sliding_window_view(sound, n_fft)[::hop_samples]
        power = np.square(np.abs(np.fft.rfft(frames * window)))
        low[first : first + n_block] = power[:, in_low].sum(axis=1)
        high[first : first + n_block] = power[:, in_high].sum(axis=1)
    return low, high


def _padded(samples: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
    """``samples[start:stop]``, with zeros where the recording does not reach."""
    inside = samples[max(start, 0) : max(stop, 0)]
    before = max(-start, 0)
    return np.pad(inside, (before, stop - start - before - len(inside)))


def _without_noise(energy: NDArray[np.float64], voiced: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Band energy (t,) less the noise in it, as estimated from the unvoiced frames."""
    silence = DIGITAL_SILENCE * float(np.median(energy[voiced]))
    idle = energy[~voiced & (energy > silence)]
    if len(idle) < NOISE_FRAMES:
        return energy
    return np.maximum(energy - np.percentile(idle, NOISE_PERCENTILE), LEAST_LEFT * energy)
