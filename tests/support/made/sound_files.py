"""Sound files made for tests: a tone, WAV of any width, anything that the codecs write."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pysilk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


AMPLITUDE = 0.5


TONE_HZ = 1000.0
WMA_BIT_RATE = 64_000
"""The encoder of this codec chooses none by itself."""


def tone(duration_s: float, rate_hz: int, frequency_hz: float = TONE_HZ) -> NDArray[np.float32]:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (AMPLITUDE * np.sin(2.0 * np.pi * frequency_hz * time_s)).astype(np.float32)


def write_wav(path: Path, channels: NDArray[Any], rate_hz: int, *, width: int = 2) -> Path:
    """Integer wav by the standard library: (n,) or (channels, n) floats of full scale +-1."""
    rows = np.atleast_2d(channels)
    scale = 2.0 ** (8 * width - 1)
    scaled = np.clip(np.round(rows * scale), -scale, scale - 1).astype(np.int64).T
    if width == 1:
        data = (scaled + 128).astype("<u1").tobytes()
    elif width == 3:
        data = scaled.astype("<i4")[..., None].view("u1")[..., :3].tobytes()
    else:
        data = scaled.astype(f"<i{width}").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(rows))
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(data)
    return path


def write_float_wav(path: Path, channels: NDArray[Any], rate_hz: int, *, width: int = 4) -> Path:
    """Float wav, header written by hand: also what no encoder would write."""
    rows = np.atleast_2d(channels)
    data = np.ascontiguousarray(rows.T, dtype=f"<f{width}").tobytes()
    n_channels = len(rows)
    fmt = b"".join(
        value.to_bytes(size, "little")
        for value, size in (
            (3, 2), (n_channels, 2), (rate_hz, 4), (rate_hz * width * n_channels, 4),
            (width * n_channels, 2), (8 * width, 2),
        )
    )  # fmt: skip
    head = b"WAVEfmt " + len(fmt).to_bytes(4, "little") + fmt + b"data" + len(data).to_bytes(4, "little")
    path.write_bytes(b"RIFF" + (len(head) + len(data)).to_bytes(4, "little") + head + data)
    return path


def encode(
    path: Path,
    channels: NDArray[Any],
    rate_hz: int,
    codec: str,
    *,
    container: str | None = None,
    bit_rate: int | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Any other format, by the encoder that the decoder's library has."""
    rows = np.atleast_2d(channels).astype(np.float32)
    layout = "mono" if len(rows) == 1 else "stereo"
    with av.open(str(path), "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=rate_hz, layout=layout)
        if codec.startswith("wma"):
            stream.bit_rate = WMA_BIT_RATE
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        if options:
            stream.options = options
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(rows), format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts = 0
        resampler = av.AudioResampler(stream.format, layout, rate_hz, frame_size=stream.frame_size or 1024)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return path


def write_silk(
    path: Path, samples: NDArray[Any], rate_hz: int, *, tencent: bool = True, pauses: bool = False
) -> Path:
    """A voice message as WeChat and QQ send it: (n,) floats of full scale +-1, in packets of 20 ms.

    ``tencent``: with the byte that Tencent puts first. ``pauses``: silence is left out of the stream.
    """
    pcm = np.clip(np.round(samples * 2.0**15), -(2.0**15), 2.0**15 - 1).astype("<i2").tobytes()
    stream = io.BytesIO()
    pysilk.encode(io.BytesIO(pcm), stream, rate_hz, 24_000, tencent=tencent, use_dtx=pauses)
    path.write_bytes(stream.getvalue())
    return path


def write_streams(
    path: Path,
    tracks: Sequence[NDArray[Any]],
    rate_hz: int,
    codec: str = "flac",
    *,
    titles: Sequence[str] = (),
    default: int | None = None,
) -> Path:
    """A film without pictures: one sound stream for each of ``tracks``, (n,) or (channels, n) floats."""
    with av.open(str(path), "w") as file:
        made: list[tuple[Any, list[Any]]] = []
        for number, track in enumerate(tracks):
            rows = np.atleast_2d(track).astype(np.float32)
            layout = "mono" if len(rows) == 1 else "stereo"
            stream: Any = file.add_stream(codec, rate=rate_hz, layout=layout)
            stream.metadata["title"] = titles[number] if titles else ""
            if default is not None:
                flag = stream.disposition.default
                stream.disposition = flag if number == default else stream.disposition & ~flag
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(rows), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate_hz, 0
            resampler = av.AudioResampler(stream.format, layout, rate_hz, frame_size=1024)
            made.append((stream, [*resampler.resample(frame), *resampler.resample(None)]))
        for _, stream, part in sorted(
            ((index, stream, part) for stream, parts in made for index, part in enumerate(parts)),
            key=lambda each: each[0],
        ):
            file.mux(stream.encode(part))
        for stream, _ in made:
            file.mux(stream.encode(None))
    return path
