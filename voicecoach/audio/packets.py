"""Packets of a sound stream through their decoder: frames, and what the packets before each of them were.

Some encoders send nothing, or next to nothing, while nobody speaks (discontinuous transmission). That time is
silence of the speaker and is kept: AMR goes through a decoder that makes a frame of every packet, Opus names
its silence by a packet of its header alone. A packet that the decoder cannot read is damage.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from voicecoach.audio.container import container_of, sound_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from voicecoach.audio.container import Layout

_WHOLE_DECODERS: Final = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}
"""Decoders that make a frame of every packet, by those that leave silence out."""
_SILENT_BYTES: Final = {"opus": 2, "amrnb": 7, "amrwb": 7}
"""A packet up to this size holds no voice, by codec."""
_OPUS_SILENCE_S: Final = 1.0
"""An Opus encoder that is silent sends a packet every .4 s nevertheless; a longer leap is none of its."""
_WITH_CHECKSUM: Final = frozenset({"flac", "wavpack", "tta"})
"""Codecs whose frames carry a checksum that says for certain whether they are whole."""
_FROM_ZERO: Final = frozenset({"mov", "matroska", "flac"})
"""Containers whose stamps count from the file's beginning; those of others begin anywhere."""


@dataclass(frozen=True, slots=True)
class Before:
    """The packets between a frame and the one before: ``n_damaged`` of them lasting ``damaged_s`` in all.

    ``silent_s``: so long the encoder may have sent nothing because nobody spoke.
    """

    n_damaged: int = 0
    damaged_s: float = 0.0
    silent_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded frame, as the decoder gave it; ``stamp_s`` is its time by the file, None: it has none."""

    decoded: Any
    stamp_s: float | None
    before: Before


@dataclass(frozen=True, slots=True)
class Reading:
    """A stream that is being read: ``origin_s`` is the stamp of the file's beginning, None where unknown."""

    frames: Iterator[Frame]
    origin_s: float | None


@contextmanager
def reading(path: Path, file: BufferedReader, layout: Layout) -> Iterator[Reading]:
    """The stream of ``layout``, to be read once. Raises InputError: no sound file."""
    with container_of(path, file) as container:
        stream = sound_stream(path, container, layout.stream)
        origin_s: float | None = 0.0
        if not _FROM_ZERO & set(container.format.name.split(",")):
            start = container.start_time
            origin_s = None if start is None else start / 1e6  # the container counts in us
        yield Reading(_frames(container, stream), origin_s)


def _frames(container: Any, stream: Any) -> Iterator[Frame]:
    """Frames in their order; damaged packets are left out, a torn end ends it."""
    import av

    silent_bytes = _SILENT_BYTES.get(stream.codec_context.name, 0)
    decode = _decoder(stream)
    before = Before()
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.FFmpegError):
            return
        is_silent = 0 < packet.size <= silent_bytes
        lasting_s = float((packet.duration or 0) * packet.time_base) if packet.time_base else 0.0
        try:
            decoded = decode(packet)
        except av.FFmpegError:
            if is_silent:
                before = replace(before, silent_s=before.silent_s + lasting_s)
            else:
                damaged_s = before.damaged_s + lasting_s
                before = replace(before, n_damaged=before.n_damaged + 1, damaged_s=damaged_s)
            continue
        for frame in decoded:
            stamp_s = None
            if frame.pts is not None and frame.time_base is not None:
                stamp_s = float(frame.pts * frame.time_base)
            yield Frame(frame, stamp_s, before)
            before = Before()
        if is_silent:
            before = replace(before, silent_s=before.silent_s + (_OPUS_SILENCE_S if decoded else lasting_s))


def _decoder(stream: Any) -> Callable[[Any], list[Any]]:
    """What makes frames of a packet of ``stream``."""
    import av

    context = stream.codec_context
    whole = _WHOLE_DECODERS.get(context.name)
    if whole in av.codecs_available:
        other: Any = av.CodecContext.create(whole, "r")
        return lambda packet: other.decode(packet if packet.size else None)
    if context.name in _WITH_CHECKSUM:
        context.options = {"err_detect": "crccheck+explode"}
    return lambda packet: packet.decode()
