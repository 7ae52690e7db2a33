"""Packets of a sound stream through their decoder: frames, and what the packets before each of them were.

Some encoders send nothing, or next to nothing, while nobody speaks (discontinuous transmission). That time is
silence of the speaker and is kept: AMR goes through a decoder that makes a frame of every packet, Opus names
its silence by a packet of its header alone. A packet that the decoder cannot read is damage.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from voicecoach.audio.container import MOST_CHANNELS, looked_into, sound_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path

    from voicecoach.audio.container import Layout
    from voicecoach.audio.files.ranges import Source
    from voicecoach.model.audio import Span

_WHOLE_DECODERS: Final = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}
"""Decoders that make a frame of every packet, by those that leave silence out."""
_SILENT_BYTES: Final = {"opus": 2, "amrnb": 7, "amrwb": 7}
"""A packet up to this size holds no voice, by codec; an empty one that has a time holds none in any."""
_OPUS_SILENCE_S: Final = 1.0
"""An Opus encoder that is silent sends a packet every .4 s nevertheless; a longer leap is none of its."""
_WITH_CHECKSUM: Final = frozenset({"flac", "wavpack", "tta"})
"""Codecs whose frames carry a checksum that says for certain whether they are whole."""
_FROM_ZERO: Final = frozenset({"mov", "matroska", "flac"})
"""Containers whose stamps count from the file's beginning; those of others begin anywhere."""
_NUMBERED: Final = frozenset({"flac", "wv", "tta"})
_COUNTED: Final = frozenset({"mp3", "aac", "ac3", "eac3"})
"""Containers without stamps: those that the library makes count the packets, whatever lies between two."""
_TELL_STREAM: Final = frozenset({"flac", "mov", "ogg", "aiff", "au", "tta", "wv"})
"""Containers that tell how long each stream is."""
_TELL_ALL: Final = frozenset({"matroska", "flv", "asf"})
"""Containers that tell how long the longest of their streams is."""
_FRAME_COUNTS: Final = (b"Xing", b"Info")
_FIRST_FRAME: Final = 256
_NO_SOUND: Final = (*_FRAME_COUNTS, b"VBRI", b"TAG", b"ID3", b"APETAGEX", b"LAME")
"""Tags and counts between the frames of joined files are no damage."""


@dataclass(frozen=True, slots=True)
class Before:
    """The packets between a frame and the one before: ``n_damaged`` of them lasting ``damaged_s`` in all.

    ``silent_s``: so long the encoder may have sent nothing because nobody spoke.
    """

    n_damaged: int = 0
    damaged_s: float = 0.0
    silent_s: float = 0.0

    def and_damaged(self, lasting_s: float, n: int = 1) -> Before:
        """With damaged packets more, ``lasting_s`` in all."""
        return replace(self, n_damaged=self.n_damaged + n, damaged_s=self.damaged_s + lasting_s)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded frame, as the decoder gave it; ``stamp_s`` is its time by the file, None: it has none."""

    decoded: Any
    stamp_s: float | None
    before: Before


@dataclass(frozen=True, slots=True)
class Reading:
    """A stream that is being read: ``origin_s`` is the stamp of the file's beginning, None where unknown.

    ``told_s``: its length as its header tells it, None where that cannot be relied on. ``is_numbered``: its
    frames are numbered, so that a gap is a frame that could not be found.
    """

    frames: Iterator[Frame]
    origin_s: float | None
    told_s: float | None
    is_numbered: bool
    source: Source


@contextmanager
def reading(path: Path, file: BufferedReader, layout: Layout) -> Iterator[Reading]:
    """The stream of ``layout``, to be read once. Raises InputError: no sound file."""
    with looked_into(path, file) as (container, source):
        stream = sound_stream(path, container, layout.stream)
        origin_s: float | None = 0.0
        kinds = set(container.format.name.split(","))
        if not _FROM_ZERO & kinds:
            start = container.start_time
            origin_s = None if start is None else start / 1e6  # the container counts in us
        told_s = _told_s(container, stream, source) if source.there is None else None
        yield Reading(
            _frames(container, stream, source.damaged), origin_s, told_s, bool(kinds & _NUMBERED), source
        )


def _told_s(container: Any, stream: Any, source: Source) -> float | None:
    """Length of the stream in seconds where its header has it, and not the decoder's own guess."""
    kinds = set(container.format.name.split(","))
    if "mp3" in kinds:
        return _counted_s(source, int(stream.codec_context.sample_rate))
    if kinds & _TELL_STREAM:
        return float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
    if kinds & _TELL_ALL and len(container.streams) == 1 and container.duration:
        return float(container.duration / 1e6)
    return None


def _counted_s(source: Source, rate_hz: int) -> float | None:
    """Length of an MP3 file whose first frame tells how many follow, seconds; None where it does not."""
    at = source.file.tell()
    source.file.seek(0)
    head = source.file.read(10)
    tag = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(head[:5:-1]))
    source.file.seek(10 + tag if head.startswith(b"ID3") else 0)
    first = source.file.read(_FIRST_FRAME)
    source.file.seek(at)
    place = max(first.find(mark) for mark in _FRAME_COUNTS)
    if place < 0 or not first[place + 7] & 1:
        return None
    per_frame = 1152 if first[1] & 0x08 else 576  # the halved rates of MPEG 2 have halved frames
    return int.from_bytes(first[place + 8 : place + 12], "big") * per_frame / rate_hz


def _frames(container: Any, stream: Any, damaged: Sequence[Span]) -> Iterator[Frame]:
    """Frames in their order; damaged packets are left out, a torn end ends it."""
    import av

    silent_bytes = _SILENT_BYTES.get(stream.codec_context.name, 0)
    is_counted = bool(_COUNTED & set(container.format.name.split(",")))
    decode = _decoder(stream)
    before, shift_s, read = Before(), 0.0, _Rate()
    for packet in _packets(container, stream):
        lasting_s = float((packet.duration or 0) * packet.time_base) if packet.time_base else 0.0
        is_read = not (damaged and _lies_in(packet, damaged))
        is_silent = is_read and packet.pts is not None and packet.size <= silent_bytes
        is_read = is_read and (packet.size > 0 or packet.pts is None)  # an empty one at the end flushes
        try:
            decoded = decode(packet) if is_read else []
        except av.FFmpegError:
            decoded, is_read = [], False
        if not is_read:
            if is_silent:
                before = replace(before, silent_s=before.silent_s + lasting_s)
            elif not any(mark in bytes(packet) for mark in _NO_SOUND):
                held_s = max(read.seconds(packet.size) - lasting_s, 0.0) if is_counted else 0.0
                shift_s += held_s
                before = before.and_damaged(lasting_s + held_s)
            continue
        read.add(packet.size, lasting_s)
        for frame in decoded:
            if not _is_whole(frame):
                before = before.and_damaged(frame.samples / frame.sample_rate)
                continue
            has_stamp = frame.pts is not None and frame.time_base is not None
            yield Frame(frame, float(frame.pts * frame.time_base) + shift_s if has_stamp else None, before)
            before = Before()
        if is_silent:
            before = replace(before, silent_s=before.silent_s + (_OPUS_SILENCE_S if decoded else lasting_s))


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of the stream, as far as they can be found."""
    import av

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.FFmpegError):
            return
        yield packet


@dataclass(slots=True)
class _Rate:
    """Bytes and seconds of the packets that could be read."""

    n_bytes: int = 0
    lasted_s: float = 0.0

    def add(self, n_bytes: int, lasting_s: float) -> None:
        """A packet more."""
        self.n_bytes += n_bytes
        self.lasted_s += lasting_s

    def seconds(self, n_bytes: int) -> float:
        """How long so many bytes last."""
        return n_bytes * self.lasted_s / self.n_bytes if self.n_bytes else 0.0


def _is_whole(frame: Any) -> bool:
    """Whether a frame has the planes that its channels need: of a damaged one more may be told."""
    n_channels = int(frame.layout.nb_channels)
    return n_channels <= MOST_CHANNELS and len(frame.planes) == (n_channels if frame.format.is_planar else 1)


def _lies_in(packet: Any, spans: Sequence[Span]) -> bool:
    if packet.pts is None or packet.time_base is None:
        return False
    middle_s = float((packet.pts + (packet.duration or 0) / 2) * packet.time_base)
    return any(span.contains(middle_s) for span in spans)


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
