"""Level of the sound over time, in the band where speech has its energy.

Formula: the sound is band-passed (zero phase, raised-cosine edges), squared, and averaged under a squared
Hann window of 20 ms every 5 ms; the level is ``10 log10`` of that, so a sine at full scale +-1 reads
-3.01 dBFS. The band keeps hum and rumble out below and hiss out above; 20 ms hold two periods of a low
voice, so the level does not follow the pitch periods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.audio import Track
from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.model.audio import Waveform

HOP_S = 0.005
"""Step of the level track, seconds: a tenth of the shortest silence that is looked at."""
WINDOW_S = 0.020
"""Length of the window, seconds (its effective length is half of that)."""
LOWEST_DBFS = -120.0
"""Digital silence reads this: 16-bit rounding noise lies at -101 dBFS, single precision at -140 dBFS."""
EDGE_HZ = 100.0
"""Width of the filter's edges, Hz, about the band's limits: it rings for 20 ms, as long as the window."""

_BLOCK_S = 4.0
_MARGIN_S = 0.1


def level_track(waveform: Waveform, *, low_hz: float = 150.0, high_hz: float = 4000.0) -> Track:
    """Level between ``low_hz`` and ``high_hz``: dBFS >= -120, float64 (t,), hop 5 ms, first value at 0 s.

    Value ``i`` is that of a window centred on ``i * 5 ms``; outside the recording there is silence. Works in
    blocks of 4 s. Raises ValueError unless ``0 <= low_hz < high_hz <= rate_hz / 2``.
    """
    rate_hz = waveform.rate_hz
    if not 0.0 <= low_hz < high_hz <= rate_hz / 2.0:
        msg = f"a band needs 0 <= low_hz < high_hz <= {rate_hz / 2:g} Hz, got {low_hz:g} and {high_hz:g}"
        raise ValueError(msg)
    hop = round(HOP_S * rate_hz)
    n_hops = round(WINDOW_S / HOP_S)
    window = np.square(np.hanning(n_hops * hop + 1)[:-1]).astype(np.float32)
    parts = (window / window.sum()).reshape(n_hops, hop).T  # (hop, n_hops): one column a hop of the window
    n_frames = len(waveform.samples) // hop + 1
    power = np.empty(n_frames)
    done = 0
    for squares in _band_squares(waveform, low_hz, high_hz, hop * n_hops // 2, n_frames * hop):
        partial = squares.reshape(-1, hop) @ parts
        n_new = min(len(partial) - n_hops, n_frames - done)
        power[done : done + n_new] = sum(partial[k : k + n_new, k] for k in range(n_hops))
        done += n_new
    return Track(np.maximum(power_to_db(power), LOWEST_DBFS), first_s=0.0, hop_s=hop / rate_hz, unit="dBFS")


def _band_squares(
    waveform: Waveform, low_hz: float, high_hz: float, reach: int, n_total: int
) -> Iterator[NDArray[np.float32]]:
    """Squared band-passed samples, block after block; each reaches ``reach`` samples beyond itself."""
    size = 2 ** round(np.log2(_BLOCK_S * waveform.rate_hz))
    hop = 2 * reach
    margin = round(_MARGIN_S * waveform.rate_hz) + reach
    block = (size - 2 * margin) // hop * hop
    gain = _gain(np.fft.rfftfreq(size, 1.0 / waveform.rate_hz), low_hz, high_hz)
    samples = waveform.samples
    for start in range(0, n_total, block):
        first, last = start - margin, start - margin + size
        piece = samples[max(first, 0) : last]
        piece = np.pad(piece, (max(-first, 0), last - max(first, 0) - len(piece)))
        band = np.fft.irfft(np.fft.rfft(piece) * gain, size)
        yield np.square(band[margin - reach : margin + block + reach])


def _gain(frequency_hz: NDArray[np.floating], low_hz: float, high_hz: float) -> NDArray[np.float32]:
    """Amplitude response 0..1 over ``frequency_hz``: half power at both limits."""
    edge_hz = min(EDGE_HZ, 2.0 * low_hz) if low_hz > 0 else EDGE_HZ
    rise = np.clip((frequency_hz - low_hz) / edge_hz + 0.5, 0.0, 1.0) if low_hz > 0 else 1.0
    fall = np.clip((high_hz - frequency_hz) / EDGE_HZ + 0.5, 0.0, 1.0)
    gain: NDArray[np.float32] = (np.sin(0.5 * np.pi * rise) * np.sin(0.5 * np.pi * fall)).astype(np.float32)
    return gain
