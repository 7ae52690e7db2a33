"""Whether the first bytes of a file are those of sound, or of a film that may hold some.

A look, no decoding: a folder of thousands of files is gone through in seconds. Formats with a mark of their
own are known by it; those that begin with their first frame, by several in a row, since two bytes of a
photograph look like one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.audio.silk import is_silk

if TYPE_CHECKING:
    from collections.abc import Callable, Container

HEAD_BYTES: Final = 8192
"""So much of a file is looked at."""

_MARKS: Final = (
    (0, b"OggS"), (0, b"fLaC"), (0, b"ID3"), (0, b"caff\x00"), (0, b".snd"), (0, b"dns."), (0, b"#!AMR"),
    (0, b"#!iLBC"), (0, b"MAC "), (0, b"wvpk"), (0, b"TTA1"), (0, b"MPCK"), (0, b"MP+"), (0, b"tBaK"),
    (0, b"\x1aE\xdf\xa3"), (0, b"0&\xb2u\x8ef\xcf\x11"), (0, b"FLV\x01"), (0, b"\x00\x00\x01\xba"),
    (0, b".RMF"), (0, b".ra\xfd"), (0, b"Creative Voice File\x1a"), (0, b"NIST_1A\n"), (0, b"DSD "),
    (0, b"ADIF"), (0, b"\x02dss"), (0, b"\x03ds2"), (0, b"riff.\x91\xcf\x11"), (0, b"ea3\x03"),
    (0, b"\x06\x0e+4\x02\x05\x01\x01\x0d\x01\x02"),
    (4, b"moov"), (4, b"mdat"), (4, b"wide"), (4, b"ftyp"),
    (8, b"WAVE"), (8, b"AVI "), (8, b"AIFF"), (8, b"AIFC"), (8, b"8SVX"), (8, b"QLCM"),
)  # fmt: skip
"""Where a mark stands, and what it is."""
_CHUNKED: Final = (b"RIFF", b"RIFX", b"RF64", b"BW64", b"FORM")
"""What files begin with whose mark stands at byte 8."""
_BEHIND_ZEROS: Final = (b"RIFF", b"OggS", b"fLaC", b"caff", b"#!AMR")
"""What is taken for sound behind zeros."""
_PICTURES: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx ", b"jxl ")
"""Kinds of the container of mp4 that hold pictures."""
_CHUNK_MARK_AT: Final = 8
_FRAMES_ENOUGH: Final = 3
_CELLS_ENOUGH: Final = 8
_GSM_BYTES: Final = 33
_GSM_BEGINS: Final = range(0xD0, 0xE0)
_TS_BYTES: Final = 188
_TS_BEGINS: Final = (0x47,)
_HEADER_BYTES: Final = 7
_SYNC: Final = 0xFF
_MPEG_RATES_KBIT: Final = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By generation and layer, in the order of their codes from 1 on."""
_MPEG_RATES_HZ: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""By the code of the version, in the order of their codes from 0 on."""
_MPEG_LAYERS: Final = {3: 1, 2: 2, 1: 3}
_MPEG_SAMPLES: Final = {(1, 1): 384, (1, 2): 1152, (1, 3): 1152, (2, 1): 384, (2, 2): 1152, (2, 3): 576}


def is_sound(head: bytes) -> bool:
    """Whether a file that begins with these bytes (:data:`HEAD_BYTES` of them, or all) may hold sound."""
    return (
        is_silk(head)
        or _has_mark(head)
        or _has_mark_behind_zeros(head)
        or _in_a_row(head, _mpeg_frame)
        or _in_a_row(head, _adts_frame)
        or _repeats(head, _GSM_BYTES, _GSM_BEGINS)
        or _repeats(head, _TS_BYTES, _TS_BEGINS)
    )


def _has_mark(head: bytes) -> bool:
    for at, mark in _MARKS:
        if head[at : at + len(mark)] != mark:
            continue
        if mark == b"ftyp":
            return head[at + 4 : at + 8] not in _PICTURES
        if at < _CHUNK_MARK_AT or head.startswith(_CHUNKED):
            return True
    return False


def _has_mark_behind_zeros(head: bytes) -> bool:
    behind = head.lstrip(b"\0")
    return behind.startswith(_BEHIND_ZEROS) and _has_mark(behind)


def _in_a_row(head: bytes, frame_bytes: Callable[[bytes], int]) -> bool:
    """Whether frames follow each other from the first byte on; ``frame_bytes``: 0 for what is none."""
    at = 0
    for _ in range(_FRAMES_ENOUGH):
        header = head[at : at + _HEADER_BYTES]
        n_bytes = frame_bytes(header) if len(header) == _HEADER_BYTES and header[0] == _SYNC else 0
        if n_bytes == 0:
            return False
        at += n_bytes
    return True


def _mpeg_frame(header: bytes) -> int:
    """The length of the MPEG audio frame (layers 1 to 3) with this header, bytes."""
    is_frame = header[1] >> 5 == _SYNC >> 5
    rates_hz, layer = _MPEG_RATES_HZ.get(header[1] >> 3 & 3), _MPEG_LAYERS.get(header[1] >> 1 & 3)
    rate, step, padding = (header[2] >> 4) - 1, header[2] >> 2 & 3, header[2] >> 1 & 1
    if not is_frame or rates_hz is None or layer is None or step >= len(rates_hz):
        return 0
    kind = (1 if rates_hz is _MPEG_RATES_HZ[3] else 2), layer
    if not 0 <= rate < len(_MPEG_RATES_KBIT[kind]):
        return 0
    cell = 4 if layer == 1 else 1
    n_cells = _MPEG_SAMPLES[kind] // 8 * 1000 * _MPEG_RATES_KBIT[kind][rate] // rates_hz[step] // cell
    return (n_cells + padding) * cell


def _adts_frame(header: bytes) -> int:
    """The length of the AAC frame with this header, bytes."""
    n_bytes = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    is_frame = header[1] >> 4 == _SYNC >> 4 and not header[1] & 0b0110
    return n_bytes if is_frame and n_bytes > _HEADER_BYTES else 0


def _repeats(head: bytes, stride: int, begins: Container[int]) -> bool:
    """Whether every so many bytes stands one of those that cells begin with."""
    beginnings = head[::stride]
    return len(beginnings) >= _CELLS_ENOUGH and all(byte in begins for byte in beginnings)
