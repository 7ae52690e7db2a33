"""Decoded frames of a sound file as blocks of float samples, about a second each, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.audio.container import container_of, sound_stream
from voicecoach.errors import InputError
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.audio.container import Layout

_BLOCK_S = 1.0
_SCALE = {"u1": 2.0**7, "i2": 2.0**15, "i4": 2.0**31, "i8": 2.0**63}


@dataclass(frozen=True, slots=True)
class _SampleFormat:
    """How the samples of a frame lie: channel after channel (planar), or one of each in turn."""

    is_planar: bool
    n_channels: int


def blocks(path: Path, file: BufferedReader, layout: Layout) -> Iterator[NDArray[np.float32]]:
    """The sound in blocks of about a second, float32 (n_channels, n), full scale +-1.

    Raises InputError: no sound file, or a rate that changes on the way.
    """
    held: list[NDArray[Any]] = []
    n_held, held_format = 0, _SampleFormat(is_planar=False, n_channels=0)
    for frame in _frames(path, file, layout):
        if frame.sample_rate != layout.rate_hz:
            raise InputError(
                "sound-rate-changes", path=shown(path), from_hz=layout.rate_hz, to_hz=frame.sample_rate
            )
        frame_format = _SampleFormat(bool(frame.format.is_planar), int(frame.layout.nb_channels))
        if held and (n_held >= _BLOCK_S * layout.rate_hz or frame_format != held_format):
            yield _as_float(np.concatenate(held, axis=1), held_format, layout.n_channels)
            held, n_held = [], 0
        held.append(frame.to_ndarray())
        n_held, held_format = n_held + frame.samples, frame_format
    if held:
        yield _as_float(np.concatenate(held, axis=1), held_format, layout.n_channels)


def _frames(path: Path, file: BufferedReader, layout: Layout) -> Iterator[Any]:
    """Decoded frames of the stream; damaged ones are left out, a torn end ends it."""
    import av

    with container_of(path, file) as container:
        packets = container.demux(sound_stream(path, container, layout.stream))
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError):
                return
            try:
                frames = packet.decode()
            except av.FFmpegError:
                continue
            yield from frames


def _as_float(samples: NDArray[Any], lie: _SampleFormat, n_channels: int) -> NDArray[np.float32]:
    """Samples as the decoder gave them, as float32 (n_channels, n), full scale +-1."""
    width = lie.n_channels
    if not lie.is_planar:
        samples = samples.reshape(-1, width).T
    kind = samples.dtype.str[1:]
    scaled: NDArray[np.float32] = samples.astype(np.float32, order="C")
    if kind in _SCALE:
        if kind == "u1":
            scaled -= np.float32(_SCALE[kind])
        scaled *= np.float32(1.0 / _SCALE[kind])
    if width != n_channels:  # a stream that changes its layout on the way
        scaled = np.repeat(scaled.mean(axis=0, keepdims=True), n_channels, axis=0)
    return scaled
