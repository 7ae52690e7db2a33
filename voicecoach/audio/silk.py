"""Voice messages of WeChat and QQ: SILK v3 streams, read as the WAV file that they stand for.

They come under many endings (``.amr``, ``.silk``, ``.slk``, ``.aud``, none), so they are known by their
first bytes alone. The stream is a row of packets, each with its length before it; a packet holds one frame
of 20 ms, or up to five. The native decoder is handed only packets whose length was checked, and room for
its longest frame. Of a damaged packet its guess is kept, as for a lost one, and its place is told.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from voicecoach.errors import InputError
from voicecoach.model.audio import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import BufferedReader

MAGICS: Final = (b"\x02#!SILK_V3", b"#!SILK_V3")
"""First bytes: as Tencent writes them, and as the codec's own encoder does."""
RATE_HZ: Final = 24_000
"""Sampling rate that is decoded to: the widest band that the codec has."""
FRAME_S: Final = 0.02
PACKAGE: Final = "silk-python"
"""What decodes the frames."""
MOST_DAMAGED: Final = 0.5
"""A stream with a larger share of damaged packets holds no sound to judge (or is encrypted)."""

_HEAD_BYTES: Final = max(map(len, MAGICS))
_BEGINS: Final = None
"""Among the packets: a stream begins."""
_END: Final = b"\xff\xff"
"""The codec's own encoder ends a stream with this length, -1."""
_SAMPLE_BYTES: Final = 2
_BYTES_PER_S: Final = RATE_HZ * _SAMPLE_BYTES
_FRAME_BYTES: Final = round(RATE_HZ * FRAME_S) * _SAMPLE_BYTES
_ROOM_BYTES: Final = 4 * _FRAME_BYTES
_FRAMES_MOST: Final = 5
_PACKET_MOST: Final = 1024
"""The decoder takes no larger packet, bytes: a length above it is damage, and what follows is not found."""


def is_silk(head: bytes) -> bool:
    """Whether a file with these first bytes is such a stream."""
    return head.startswith(MAGICS)


@dataclass(frozen=True, slots=True)
class Message:
    """A stream as a WAV file in memory, 16 bit mono at :data:`RATE_HZ`.

    Where the stream breaks off, the header still tells the length that its bytes stand for. ``is_torn``: it
    ends inside a packet. ``damaged``: packets that could not be decoded, by their places.
    """

    wave: io.BytesIO
    is_torn: bool
    damaged: tuple[Span, ...]


def as_wave(file: BufferedReader, *, name: str, longest_s: float) -> Message:
    """The stream decoded; streams that follow it in the file belong to it.

    ``name`` is the file's in refusals. Raises InputError: longer than ``longest_s`` (packets are counted
    first), nothing to decode, or no decoder.
    """
    most = int(longest_s / FRAME_S)
    file.seek(0)
    packets = list(islice(_packets(file), most + 1))
    n_packets = len(packets) - packets.count(_BEGINS)
    if not n_packets:
        raise InputError("sound-silk-damaged", path=name, n=1, of=1)
    sound, damaged = (bytearray(), []) if len(packets) > most else _decoded(packets, name, most)
    if len(packets) > most or len(sound) > most * _FRAME_BYTES:
        raise InputError("sound-past-limit", path=name, limit=f"{longest_s / 60:.0f}")
    if len(damaged) > MOST_DAMAGED * n_packets:
        raise InputError("sound-silk-damaged", path=name, n=len(damaged), of=n_packets)
    rest = file.read()
    n_torn = _stands_for(rest, packets, len(sound))
    wave = io.BytesIO(_header(len(sound) + n_torn) + sound)
    return Message(wave, is_torn=bool(n_torn), damaged=tuple(damaged))


def _packets(file: BufferedReader) -> Iterator[bytes | None]:
    """The packets up to the end, or up to the first that cannot be one; then the file stands before it.

    None where a stream begins.
    """
    while True:
        at = file.tell()
        head = file.read(_HEAD_BYTES)
        magic = next((magic for magic in MAGICS if head.startswith(magic)), b"")
        if magic or head.startswith(_END):
            file.seek(at + len(magic or _END))
            if magic:
                yield _BEGINS
            continue
        n_bytes = struct.unpack("<h", head[:_SAMPLE_BYTES])[0] if len(head) >= _SAMPLE_BYTES else -1
        file.seek(at + _SAMPLE_BYTES)
        packet = file.read(n_bytes) if 0 <= n_bytes <= _PACKET_MOST else b""
        if len(packet) != n_bytes:
            file.seek(at)
            return
        yield packet


def _decoded(packets: Sequence[bytes | None], name: str, most: int) -> tuple[bytearray, list[Span]]:
    """The sound of the packets, 16 bit little-endian, and the places of those that are damaged.

    At most a packet more than ``most`` frames.
    """
    ffi, lib = _decoder(name)
    n_bytes = ffi.new("int32_t *")
    lib.SKP_Silk_SDK_Get_Decoder_Size(n_bytes)
    state = ffi.new("char[]", n_bytes[0])
    control = ffi.new("SKP_SILK_SDK_DecControlStruct *")
    samples, n_samples = ffi.new("int16_t[]", _ROOM_BYTES // _SAMPLE_BYTES), ffi.new("int16_t *")
    sound = bytearray()
    damaged: list[Span] = []
    for packet in packets:
        if packet is _BEGINS:
            lib.SKP_Silk_SDK_InitDecoder(state)
            control.API_sampleRate, control.framesPerPacket = RATE_HZ, 1
            control.moreInternalDecoderFrames = 0
            continue
        lost = not packet  # nothing was sent: silence, as long as a packet
        begin, whole = len(sound), True
        for number in range(_FRAMES_MOST):
            code = lib.SKP_Silk_SDK_Decode(state, control, lost, packet, len(packet), samples, n_samples)
            sound += ffi.buffer(samples)[: n_samples[0] * _SAMPLE_BYTES]
            whole = whole and code == 0
            left = number + 1 < control.framesPerPacket if lost else control.moreInternalDecoderFrames
            if not left:
                break
        if not whole:
            damaged.append(Span(begin / _BYTES_PER_S, len(sound) / _BYTES_PER_S))
        if len(sound) > most * _FRAME_BYTES:
            break
    return sound, damaged


def _decoder(name: str) -> tuple[Any, Any]:
    """The native decoder: its types and its functions. Raises InputError: it is not installed."""
    try:
        from pysilk.backends.cffi._silk import ffi, lib
    except ImportError as exc:
        raise InputError("sound-silk-unread", path=name, package=PACKAGE) from exc
    return ffi, lib


def _stands_for(rest: bytes, packets: Sequence[bytes | None], n_sound: int) -> int:
    """What the bytes behind the last packet stand for, in bytes of sound at the rate of those before it."""
    if not rest:
        return 0
    n_before = sum(len(packet) + _SAMPLE_BYTES for packet in packets if packet is not None)
    return max(1, round(n_sound / n_before * len(rest) / _FRAME_BYTES)) * _FRAME_BYTES


def _header(n_sound: int) -> bytes:
    """The header of a WAV file with so many bytes of sound."""
    layout = struct.pack("<HHIIHH", 1, 1, RATE_HZ, RATE_HZ * _SAMPLE_BYTES, _SAMPLE_BYTES, 8 * _SAMPLE_BYTES)
    chunks = b"WAVEfmt " + struct.pack("<I", len(layout)) + layout + b"data" + struct.pack("<I", n_sound)
    return b"RIFF" + struct.pack("<I", len(chunks) + n_sound) + chunks
