"""The sound of a page: a compressed copy that plays in every browser, and the outline of its waveform.

MP3, since every browser has it, those without licensed codecs included (AAC is missing there, Opus in Ogg
is missing in Safari). 48 kbit/s mono at 16 kHz keeps speech as it is heard; the encoder's delay stands
in the file's header, so that the times of the report hold.
"""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model.audio import Track, Waveform

BIT_RATE: Final = 48_000
"""Of the embedded sound, bit/s."""
MIME: Final = "audio/mpeg"
FAST_ENCODING: Final = {"compression_level": "9"}
"""LAME's fastest search: inaudible on speech at this rate, and half the time."""
FINEST_HOP_S: Final = 0.01
"""Outline and curves are never drawn finer than this, seconds."""
MOST_STEPS: Final = 72_000
"""Nor in more steps than this: an hour in steps of 50 ms."""
PEAK_SCALE: Final = 100
QUIETEST_FULL: Final = 0.02
"""A recording that never gets this loud (full scale 1) does not fill the height of its picture."""
_BLOCK: Final = 1 << 16


def encode_mp3(waveform: Waveform) -> bytes:
    """The sound as MP3 bytes."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=waveform.rate_hz)
        stream.bit_rate, stream.layout, stream.options = BIT_RATE, "mono", FAST_ENCODING
        stream.time_base = Fraction(1, waveform.rate_hz)
        for start in range(0, len(waveform.samples), _BLOCK):
            samples = np.clip(waveform.samples[start : start + _BLOCK], -1.0, 1.0)
            frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = waveform.rate_hz, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def step_s(duration_s: float, *, finest_s: float = FINEST_HOP_S) -> float:
    """The time step of what is drawn, seconds: ``finest_s`` unless that makes too many steps."""
    return max(finest_s, duration_s / MOST_STEPS)


def outline(waveform: Waveform) -> tuple[float, list[int]]:
    """Step in seconds, and the largest amplitude of each step, 0..100 of the largest."""
    size = max(1, round(step_s(waveform.duration_s) * waveform.rate_hz))
    starts = np.arange(0, len(waveform.samples), size)
    if len(starts) == 0:
        return FINEST_HOP_S, []
    highest = np.maximum.reduceat(waveform.samples, starts)
    lowest = np.minimum.reduceat(waveform.samples, starts)
    peaks = np.maximum(highest, -lowest)
    scaled = peaks * (PEAK_SCALE / max(float(peaks.max()), QUIETEST_FULL))
    return size / waveform.rate_hz, [int(value) for value in np.rint(scaled)]


def thinned(track: Track, duration_s: float) -> tuple[float, float, NDArray[np.float64]]:
    """First time, step (seconds) and values of a curve with no more steps than are drawn.

    Each step holds the median of its values, NaN where none of them is defined.
    """
    factor = max(1, round(step_s(duration_s, finest_s=2 * FINEST_HOP_S) / track.hop_s))
    values = track.values
    if factor == 1 or len(values) == 0:
        return track.first_s, track.hop_s, values
    padded = np.full(-(-len(values) // factor) * factor, np.nan)
    padded[: len(values)] = values
    rows = padded.reshape(-1, factor)
    medians = np.full(len(rows), np.nan)
    defined = np.isfinite(rows).any(axis=1)
    medians[defined] = np.nanmedian(rows[defined], axis=1)
    return track.first_s + (factor - 1) / 2 * track.hop_s, track.hop_s * factor, medians
