"""Spectral balance of the voice: how much of its energy lies above 500 Hz, and above 1000 Hz.

HF500 = 10 log10(E[500-5000 Hz] / E[80-500 Hz]) per voiced frame, in dB (Bone, Lee & Narayanan 2014); HF1000
has its border at 1000 Hz, as the alpha ratio has, so that the first formant of a vowel stays below it.
Vocal effort raises both. Stationary noise raises the softer band more, so the energy that the two bands hold
where nobody speaks is taken off first.

Known failure: the microphone's and the line's frequency response shift it as a whole (read Mandarin:
-16 to +0.3 dB over 17 speakers and their microphones), so it means something only against the same speaker on
the same equipment; noise that comes and goes with the speech is not taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.model.audio import Track
from voicecoach.units import power_to_db, s_to_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.audio import Waveform

LOWEST_HZ: Final = 80.0
"""Where the lower band begins (Bone, Lee & Narayanan 2014), Hz."""
HIGHEST_HZ: Final = 5000.0
"""Where the upper band ends (the same), Hz, excluded; a line that ends lower ends the band."""
BORDERS_HZ: Final = (500.0, 1000.0)
"""Where the two bands of HF500 and of HF1000 meet, Hz; the border belongs to the upper one."""
WINDOW_S = 0.064
"""Length of the Hann window, seconds: resolves 31 Hz, so that a harmonic falls on one side of a border."""
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


def balance_tracks(waveform: Waveform, pitch: Track) -> tuple[Track, ...]:
    """HF500 and HF1000 in dB on the time grid of ``pitch``, NaN where ``pitch`` is.

    Raises ValueError when a hop of ``pitch`` is no whole number of samples.
    """
    hop_samples = s_to_samples(pitch.hop_s, waveform.rate_hz)
    if abs(hop_samples / waveform.rate_hz - pitch.hop_s) > ROUNDING_S:
        msg = f"a hop of {pitch.hop_s} s is no whole number of samples at {waveform.rate_hz} Hz"
        raise ValueError(msg)
    voiced = np.isfinite(pitch.values)
    ratios_db = np.full((len(BORDERS_HZ), len(voiced)), np.nan)
    if voiced.any():
        bands = [
            band for border_hz in BORDERS_HZ for band in ((LOWEST_HZ, border_hz), (border_hz, HIGHEST_HZ))
        ]
        energies = band_energies(
            waveform, bands, first_s=pitch.first_s, hop_samples=hop_samples, n_frames=len(voiced)
        )
        for ratio_db, low, high in zip(ratios_db, energies[::2], energies[1::2], strict=True):
            quiet_low, quiet_high = _without_noise(low, voiced), _without_noise(high, voiced)
            defined = voiced & (quiet_low > 0.0) & (quiet_high > 0.0)
            ratio_db[defined] = power_to_db(quiet_high[defined] / quiet_low[defined])
    return tuple(Track(ratio_db, pitch.first_s, pitch.hop_s, "dB") for ratio_db in ratios_db)


def band_energies(
    waveform: Waveform,
    bands_hz: Sequence[tuple[float, float]],
    *,
    first_s: float,
    hop_samples: int,
    n_frames: int,
) -> NDArray[np.float64]:
    """Energy in each of the bands, upper limits excluded: float64 (bands, n_frames), full scale squared.

    Frame ``i`` is centred at ``first_s`` + ``i`` hops; zeros stand beyond the ends of the recording.
    """
    n_fft = s_to_samples(WINDOW_S, waveform.rate_hz)
    frequency_hz = np.arange(n_fft // 2 + 1) * waveform.rate_hz / n_fft
    inside = np.array([(frequency_hz >= low_hz) & (frequency_hz < high_hz) for low_hz, high_hz in bands_hz])
    # The periodic Hann window of librosa.stft, against which the tests check this transform: importing
    # librosa here would cost 4-5 s of CPU (numba, scipy.signal) for 0.1 s of work on a 2-minute answer.
    window = np.hanning(n_fft + 1)[:-1].astype(np.float32)
    first_sample = s_to_samples(first_s, waveform.rate_hz) - n_fft // 2
    energies = np.zeros((len(bands_hz), n_frames))
    for first in range(0, n_frames, BLOCK_FRAMES):
        n_block = min(BLOCK_FRAMES, n_frames - first)
        start = first_sample + first * hop_samples
        sound = _padded(waveform.samples, start, start + (n_block - 1) * hop_samples + n_fft)
        frames = np.lib.stride_tricks.sliding_window_view(sound, n_fft)[::hop_samples]
        power = np.square(np.abs(np.fft.rfft(frames * window)))
        for energy, of_band in zip(energies, inside, strict=True):
            energy[first : first + n_block] = power[:, of_band].sum(axis=1)
    return energies


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
