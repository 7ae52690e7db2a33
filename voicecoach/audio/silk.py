"""Voice messages of WeChat and QQ: SILK v3 streams, read as the WAV file that they stand for.

They come under many endings (``.amr``, ``.silk``, ``.slk``, ``.aud``, none), so they are known by their
first bytes alone. The stream is a row of packets, each with its length before it; a packet holds one frame
of 20 ms, or up to five. The native decoder is handed only packets whose length was checked, and room for
its longest frame. Of a damaged packet its guess is kept, as for a lost one.
"""

from __future__ import annotations

import io
import struct
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from voicecoach.errors import InputError

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

_SAMPLE_BYTES: Final = 2
_FRAME_BYTES: Final = round(RATE_HZ * FRAME_S) * _SAMPLE_BYTES
_ROOM_BYTES: Final = 4 * _FRAME_BYTES
_FRAMES_MOST: Final = 5
_PACKET_MOST: Final = 1024
"""The decoder takes no larger packet, bytes: a length above it is damage, and what follows is not found."""


def is_silk(head: bytes) -> bool:
    """Whether a file with these first bytes is such a stream."""
    return head.startswith(MAGICS)


def as_wave(file: BufferedReader, *, name: str, longest_s: float) -> io.BytesIO:
    """The stream as a WAV file in memory, 16 bit mono at :data:`RATE_HZ`; ``name`` is the file's in refusals.

    Where the stream breaks off, the header still tells the length that its bytes stand for. Raises
    InputError: longer than ``longest_s`` (packets are counted first), nothing to decode, or no decoder.
    """
    most = int(longest_s / FRAME_S)
    file.seek(0)
    file.seek(len(MAGICS[file.read(1) == MAGICS[1][:1]]))
    packets = list(islice(_packets(file), most + 1))
    if not packets:
        raise InputError("sound-silk-damaged", path=name, n=1, of=1)
    sound = bytearray() if len(packets) > most else _decoded(packets, name, most)
    if len(packets) > most or len(sound) > most * _FRAME_BYTES:
        raise InputError("sound-past-limit", path=name, limit=f"{longest_s / 60:.0f}")
    return io.BytesIO(_header(len(sound) + _torn_bytes(file, packets, len(sound))) + sound)


def _packets(file: BufferedReader) -> Iterator[bytes]:
    """The packets up to the end, or up to the first that cannot be one; then the file stands before it."""
    while True:
        at = file.tell()
        length = file.read(_SAMPLE_BYTES)
        n_bytes = struct.unpack("<h", length)[0] if len(length) == _SAMPLE_BYTES else -1
        packet = file.read(n_bytes) if 0 <= n_bytes <= _PACKET_MOST else b""
        if len(packet) != n_bytes:  # also the mark -1 that ends a stream of the codec's own encoder
            file.seek(at)
            return
        yield packet


def _decoded(packets: Sequence[bytes], name: str, most: int) -> bytearray:
    """The sound of the packets, 16 bit little-endian; at most a packet more than ``most`` frames."""
    ffi, lib = _decoder(name)
    n_bytes = ffi.new("int32_t *")
    lib.SKP_Silk_SDK_Get_Decoder_Size(n_bytes)
    state = ffi.new("char[]", n_bytes[0])
    control = ffi.new("SKP_SILK_SDK_DecControlStruct *")
    control.API_sampleRate, control.framesPerPacket = RATE_HZ, 1
    lib.SKP_Silk_SDK_InitDecoder(state)
    samples, n_samples = ffi.new("int16_t[]", _ROOM_BYTES // _SAMPLE_BYTES), ffi.new("int16_t *")
    sound = bytearray()
    n_damaged = 0
    for packet in packets:
        lost = not packet  # nothing was sent: silence, as long as a packet
        whole = True
        for number in range(_FRAMES_MOST):
            code = lib.SKP_Silk_SDK_Decode(state, control, lost, packet, len(packet), samples, n_samples)
            sound += ffi.buffer(samples)[: n_samples[0] * _SAMPLE_BYTES]
            whole = whole and code == 0
            left = number + 1 < control.framesPerPacket if lost else control.moreInternalDecoderFrames
            if not left:
                break
        n_damaged += not whole
        if len(sound) > most * _FRAME_BYTES:
            break
    if n_damaged > MOST_DAMAGED * len(packets):
        raise InputError("sound-silk-damaged", path=name, n=n_damaged, of=len(packets))
    return sound


def _decoder(name: str) -> tuple[Any, Any]:
    """The native decoder: its types and its functions. Raises InputError: it is not installed."""
    try:
        from pysilk.backends.cffi._silk import ffi, lib
    except ImportError as exc:
        raise InputError("sound-silk-unread", path=name, package=PACKAGE) from exc
    return ffi, lib


def _torn_bytes(file: BufferedReader, packets: Sequence[bytes], n_sound: int) -> int:
    """What the bytes behind the last packet stand for, in bytes of sound at the rate of those before it."""
    rest = file.read()
    if not rest or rest == struct.pack("<h", -1):
        return 0
    n_before = sum(len(packet) + _SAMPLE_BYTES for packet in packets)
    n_frames = max(1, round(n_sound / n_before * len(rest) / _FRAME_BYTES))
    return n_frames * _FRAME_BYTES


def _header(n_sound: int) -> bytes:
    """The header of a WAV file with so many bytes of sound."""
    layout = struct.pack("<HHIIHH", 1, 1, RATE_HZ, RATE_HZ * _SAMPLE_BYTES, _SAMPLE_BYTES, 8 * _SAMPLE_BYTES)
    chunks = b"WAVEfmt " + struct.pack("<I", len(layout)) + layout + b"data" + struct.pack("<I", n_sound)
    return b"RIFF" + struct.pack("<I", len(chunks) + n_sound) + chunks
