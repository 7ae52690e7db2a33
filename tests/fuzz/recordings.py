"""Recordings in the formats that people bring, a few seconds each, to be damaged."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import numpy as np
import soxr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FIXTURES: Final = Path(__file__).parents[2] / "audio_fixtures"
FORMATS: Final = (
    # ending, container, codec, rate, layout
    ("wav", "wav", "pcm_s16le", 16_000, "mono"),
    ("f32.wav", "wav", "pcm_f32le", 16_000, "mono"),
    ("s24.wav", "wav", "pcm_s24le", 44_100, "stereo"),
    ("ima.wav", "wav", "adpcm_ima_wav", 16_000, "mono"),
    ("ms.wav", "wav", "adpcm_ms", 16_000, "mono"),
    ("alaw.wav", "wav", "pcm_alaw", 8_000, "mono"),
    ("w64", "w64", "pcm_s16le", 16_000, "mono"),
    ("aiff", "aiff", "pcm_s16be", 16_000, "mono"),
    ("au", "au", "pcm_s16be", 16_000, "mono"),
    ("caf", "caf", "pcm_s16le", 16_000, "mono"),
    ("flac", "flac", "flac", 16_000, "mono"),
    ("mp3", "mp3", "libmp3lame", 16_000, "mono"),
    ("m4a", "ipod", "aac", 16_000, "mono"),
    ("mp4", "mp4", "aac", 44_100, "stereo"),
    ("mov", "mov", "alac", 16_000, "mono"),
    ("3gp", "3gp", "libopencore_amrnb", 8_000, "mono"),
    ("amr", "amr", "libopencore_amrnb", 8_000, "mono"),
    ("aac", "adts", "aac", 16_000, "mono"),
    ("ogg", "ogg", "flac", 16_000, "mono"),
    ("opus", "ogg", "libopus", 48_000, "mono"),
    ("webm", "webm", "libopus", 48_000, "mono"),
    ("mkv", "matroska", "flac", 16_000, "mono"),
    ("avi", "avi", "pcm_s16le", 16_000, "mono"),
    ("wma", "asf", "wmav2", 44_100, "mono"),
)
STARTS_S: Final = (0.0, 7.0)
LENGTH_S: Final = 4.0
WMA_BIT_RATE: Final = 64_000
SILK_BIT_RATE: Final = 24_000
_RATE_HZ: Final = 16_000


def originals() -> dict[str, list[bytes]]:
    """Whole files by ending; SILK, which no encoder here knows, comes from its own package."""
    parts = list(_parts())
    made: dict[str, list[bytes]] = {}
    for ending, container, codec, rate_hz, layout in FORMATS:
        made[ending] = [_encoded(part, container, codec, rate_hz, layout) for part in parts]
    made["silk"] = [_silk(part) for part in parts]
    return made


def _parts() -> Iterator[NDArray[np.float32]]:
    with av.open(str(FIXTURES / "late_delivery_good.flac")) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]
    full_scale: NDArray[np.float32] = sound.astype(np.float32) / np.float32(2**15)
    for start_s in STARTS_S:
        first = round(start_s * _RATE_HZ)
        yield full_scale[first : first + round(LENGTH_S * _RATE_HZ)]


def _whole_numbers(part: NDArray[np.float32], rate_hz: int) -> NDArray[np.int16]:
    sound = part if rate_hz == _RATE_HZ else soxr.resample(part, _RATE_HZ, rate_hz)
    numbers: NDArray[np.int16] = np.clip(np.round(sound * 2**15), -(2**15), 2**15 - 1).astype("<i2")
    return numbers


def _encoded(part: NDArray[np.float32], kind: str, codec: str, rate_hz: int, layout: str) -> bytes:
    numbers = _whole_numbers(part, rate_hz)
    interleaved = np.repeat(numbers, 2 if layout == "stereo" else 1).reshape(1, -1)
    file = io.BytesIO()
    with av.open(file, "w", format=kind, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout, options={"flags": "+bitexact"})
        assert isinstance(stream, av.AudioStream)
        if codec == "wmav2":
            stream.bit_rate = WMA_BIT_RATE
        frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout=layout)
        frame.sample_rate, frame.pts = rate_hz, 0
        for packets in (stream.encode(frame), stream.encode(None)):
            for packet in packets:
                container.mux(packet)
    return file.getvalue()


def _silk(part: NDArray[np.float32]) -> bytes:
    import pysilk

    file = io.BytesIO()
    pysilk.encode(io.BytesIO(_whole_numbers(part, _RATE_HZ).tobytes()), file, _RATE_HZ, SILK_BIT_RATE)
    return file.getvalue()
