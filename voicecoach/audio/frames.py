"""Decoded frames of a sound file as blocks of float samples on the file's time line, in order.

Time for which the file has no sound (:mod:`voicecoach.audio.timeline`) is filled with zeros and told apart:
it is nobody's pause.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.audio.container import CODEC_SLACK_S, LONGEST_S
from voicecoach.audio.packets import reading
from voicecoach.audio.timeline import JITTER_S, Timeline
from voicecoach.errors import InputError
from voicecoach.model.audio import Span
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.audio.container import Layout
    from voicecoach.audio.packets import Frame

_BLOCK_S = 1.0
_ODD_S = 0.5
"""A stream that has another rate for longer has changed it, seconds."""
_SCALE = {"u1": 2.0**7, "i2": 2.0**15, "i4": 2.0**31, "i8": 2.0**63}


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Samples, float32 (n_channels, n), full scale +-1; ``is_gap``: zeros where the file has no sound."""

    samples: NDArray[np.float32]
    is_gap: bool = False


@dataclass(slots=True)
class Faults:
    """What was amiss in a file, filled while its blocks are read.

    ``gaps``: time without sound in the file, in order. ``damaged``: the places of packets that could not be
    read, of no length where nothing is missing there. ``leaps``: steps of the clock that were not
    believed: (at, by), seconds. ``told_s``: length that the file tells, None where it tells none;
    ``is_torn``: it ends inside a frame; ``unread``: another recording follows that was not read;
    ``behind_s``: so much sound lies behind the end that the header tells. ``n_wild``: samples that no
    converter makes, limited. ``contradicts``: the header's rates do not fit its format.
    """

    gaps: list[Span] = field(default_factory=list)
    damaged: list[Span] = field(default_factory=list)
    leaps: list[tuple[float, float]] = field(default_factory=list)
    told_s: float | None = None
    is_torn: bool = False
    unread: bool = False
    behind_s: float = 0.0
    n_wild: int = 0
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class _SampleFormat:
    """How the samples of a frame lie: channel after channel (planar), or one of each in turn."""

    is_planar: bool
    n_channels: int


def blocks(path: Path, file: BufferedReader, layout: Layout, faults: Faults) -> Iterator[Block]:
    """The sound in blocks of about a second, on the file's time line; ``faults`` is filled on the way.

    Raises InputError: no sound file, or a rate that changes on the way.
    """
    with reading(path, file, layout) as stream:
        line = Timeline(layout.rate_hz, stream.origin_s, LONGEST_S + CODEC_SLACK_S, leaps=faults.leaps)
        yield from _laid(path, stream.frames, layout, line, faults)
        source = stream.source
        if stream.is_numbered:
            faults.damaged = sorted({*faults.damaged, *faults.gaps})
        faults.told_s = line.laid_s / source.there if source.there else stream.told_s
        faults.is_torn, faults.unread = source.is_torn, source.unread
        faults.contradicts = source.contradicts
        faults.behind_s = line.laid_s * source.behind / (1.0 - source.behind)


def _laid(
    path: Path, frames: Iterable[Frame], layout: Layout, line: Timeline, faults: Faults
) -> Iterator[Block]:
    held: list[NDArray[Any]] = []
    n_held, held_format = 0, _SampleFormat(is_planar=False, n_channels=0)
    for frame in _with_likely_stamps(_at_one_rate(path, frames, layout)):
        sound = frame.decoded
        sound_format = _SampleFormat(bool(sound.format.is_planar), int(sound.layout.nb_channels))
        n_missing = _missing(frame, line)
        if held and (n_missing or n_held >= _BLOCK_S * layout.rate_hz or sound_format != held_format):
            yield Block(_as_float(np.concatenate(held, axis=1), held_format, layout.n_channels))
            held, n_held = [], 0
        if n_missing or frame.before.n_damaged:
            yield from _silence(n_missing, frame, layout, line, faults)
        held.append(_array(sound))
        line.lay(sound.samples)
        n_held, held_format = n_held + sound.samples, sound_format
    if held:
        yield Block(_as_float(np.concatenate(held, axis=1), held_format, layout.n_channels))


def _at_one_rate(path: Path, frames: Iterable[Frame], layout: Layout) -> Iterator[Frame]:
    """The frames of the rate of ``layout``; a few of another are damaged. Raises InputError: it changes."""
    odd_s, n_odd = 0.0, 0
    for frame in frames:
        sound = frame.decoded
        if sound.sample_rate == layout.rate_hz:
            yield replace(frame, before=frame.before.and_damaged(odd_s, n_odd)) if n_odd else frame
            odd_s, n_odd = 0.0, 0
            continue
        odd_s, n_odd = odd_s + sound.samples / sound.sample_rate, n_odd + 1
        if odd_s > _ODD_S:
            raise InputError(
                "sound-rate-changes", path=shown(path), from_hz=layout.rate_hz, to_hz=sound.sample_rate
            )


def _with_likely_stamps(frames: Iterable[Frame]) -> Iterator[Frame]:
    """The frames, less the stamps that the next frame's stamp refutes: one wild stamp moves nothing."""
    last: Frame | None = None
    for frame in frames:
        if last is not None:
            if last.stamp_s is not None and frame.stamp_s is not None:
                end_s = last.stamp_s + last.decoded.samples / last.decoded.sample_rate
                if frame.stamp_s < end_s - JITTER_S:
                    last = replace(last, stamp_s=None)
            yield last
        last = frame
    if last is not None:
        yield last


def _missing(frame: Frame, line: Timeline) -> int:
    """Samples missing before ``frame``: by its stamp, or by the packets that could not be read."""
    if frame.stamp_s is not None:
        return line.missing(frame.stamp_s)
    return round(frame.before.damaged_s * line.rate_hz) if line.origin_s is None else 0


def _silence(n_missing: int, frame: Frame, layout: Layout, line: Timeline, faults: Faults) -> Iterator[Block]:
    """Zeros before a frame, a second at most each; what is missing is noted unless the encoder was silent."""
    start_s = line.laid_s
    is_gap = frame.before.n_damaged > 0 or n_missing / line.rate_hz > frame.before.silent_s + JITTER_S
    for first in range(0, n_missing, layout.rate_hz):
        n = min(layout.rate_hz, n_missing - first)
        yield Block(np.zeros((layout.n_channels, n), dtype=np.float32), is_gap)
    line.lay(n_missing, of_stamps=False)
    missing = Span(start_s, line.laid_s)
    if frame.before.n_damaged:
        faults.damaged.append(missing)
    if is_gap and n_missing:
        faults.gaps.append(missing)


def _array(sound: Any) -> NDArray[Any]:
    """Samples of a decoded frame as they lie: (n_channels, n) planar, else (1, n_channels * n)."""
    if not sound.format.name.startswith("s64"):
        samples: NDArray[Any] = sound.to_ndarray()
        return samples
    n = sound.samples * (1 if sound.format.is_planar else sound.layout.nb_channels)
    return np.stack([np.frombuffer(bytes(plane), dtype=np.int64)[:n] for plane in sound.planes])


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
