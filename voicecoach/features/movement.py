"""How much the articulators move: the change of the spectrum's envelope over 60 ms.

The power in 24 mel bands between 100 and 5000 Hz, in dB, is smoothed to its first 9 cepstral coefficients
without the zeroth, so that neither the level nor the harmonics count (Davis & Mermelstein 1980), and
compared 30 ms before and after::

    movement = RMS over the bands of (envelope at t + 30 ms - envelope at t - 30 ms), dB

Running speech lies at 5 to 12 dB, a held vowel or a hummed nasal at 1 to 3 dB. It is the delta cepstrum of
Goto, Itou & Hayamizu (1999), whose filled pauses are stretches of small change.

Known failure: noise as loud as the voice moves by itself and hides that the voice stands still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.model.audio import Track
from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model.audio import Waveform

HOP_S: Final = 0.010
WINDOW_S: Final = 0.032
REACH_S: Final = 0.030
"""So far before and after a moment the envelopes are compared, seconds."""
LOWEST_HZ: Final = 100.0
HIGHEST_HZ: Final = 5000.0
N_BANDS: Final = 24
N_COEFFICIENTS: Final = 9
DYNAMIC_DB: Final = 50.0
"""What lies deeper under the loud bands of the recording does not count: it is noise, dB."""
LOUD_PERCENTILE: Final = 95.0

_SMOOTH = 3
_BLOCK_FRAMES = 1024


def movement_track(waveform: Waveform) -> Track:
    """Movement in dB >= 0, float64 (t,), hop 10 ms, first value at 0 s. Works in blocks of 10 s."""
    envelope = _envelope(waveform)
    reach = round(REACH_S / HOP_S)
    padded = np.pad(envelope, ((reach, reach), (0, 0)), mode="edge")
    change = padded[2 * reach :] - padded[: -2 * reach]
    moved = np.sqrt(np.square(change).sum(axis=1) / N_BANDS)
    smooth = np.convolve(np.pad(moved, _SMOOTH // 2, mode="edge"), np.full(_SMOOTH, 1.0 / _SMOOTH), "valid")
    return Track(smooth, first_s=0.0, hop_s=HOP_S, unit="dB")


def _envelope(waveform: Waveform) -> NDArray[np.float64]:
    """The cepstral coefficients of every frame, float64 (t, :data:`N_COEFFICIENTS`), in dB."""
    hop, size = round(HOP_S * waveform.rate_hz), round(WINDOW_S * waveform.rate_hz)
    n_frames = len(waveform.samples) // hop + 1
    samples = np.pad(waveform.samples, (size // 2, size))
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    bands = _mel_bands(size, waveform.rate_hz)
    level = np.empty((n_frames, N_BANDS))
    for first in range(0, n_frames, _BLOCK_FRAMES):
        n_block = min(_BLOCK_FRAMES, n_frames - first)
        sound = samples[first * hop : (first + n_block - 1) * hop + size]
        frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
        power = np.square(np.abs(np.fft.rfft(frames * window)))
        level[first : first + n_block] = power_to_db(np.maximum(power @ bands, 1e-12))
    loud = float(np.percentile(level.max(axis=1), LOUD_PERCENTILE))
    order, band = np.arange(1, N_COEFFICIENTS + 1), np.arange(N_BANDS) + 0.5
    cosines = np.sqrt(2.0 / N_BANDS) * np.cos(np.pi * np.outer(order, band) / N_BANDS)
    coefficients: NDArray[np.float64] = np.maximum(level, loud - DYNAMIC_DB) @ cosines.T
    return coefficients


def _mel_bands(size: int, rate_hz: int) -> NDArray[np.float64]:
    """Triangular weights of the bands, float64 (bins, :data:`N_BANDS`)."""
    low, high = (2595.0 * np.log10(1.0 + hz / 700.0) for hz in (LOWEST_HZ, HIGHEST_HZ))
    edges_hz = 700.0 * (10.0 ** (np.linspace(low, high, N_BANDS + 2) / 2595.0) - 1.0)
    bins_hz = (np.arange(size // 2 + 1) * rate_hz / size)[:, None]
    rise = (bins_hz - edges_hz[:-2]) / np.diff(edges_hz)[:-1]
    fall = (edges_hz[2:] - bins_hz) / np.diff(edges_hz)[1:]
    weights: NDArray[np.float64] = np.maximum(np.minimum(rise, fall), 0.0)
    return weights
