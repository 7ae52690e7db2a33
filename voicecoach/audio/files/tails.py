"""Whether a file breaks off before the end that its own structure has: pages, elements, chunks, boxes.

Only what is certain is told: a length that reaches past the last byte. Lengths that mean "unknown", as
recorders that stream write them, tell nothing, and what follows the end is no fault.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from voicecoach.audio.files.ranges import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.audio.files.ranges import Bytes

_OGG_MARK: Final = b"OggS"
_OGG_HEAD: Final = 27
_OGG_LOOK: Final = 1 << 17
"""A page has 64 KB at most."""
_EBML: Final = b"\x1aE\xdf\xa3"
_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_INSIDE: Final = frozenset({
    0x1A45DFA3, 0xA3, 0xA0, 0xE7, 0xA7, 0xAB, 0xEC, 0xBF, 0x5854, 0x114D9B74, 0x1549A966, 0x1654AE6B,
    0x1C53BB6B, 0x1254C367, 0x1043A770, 0x1941A469,
})  # fmt: skip
"""Elements that lie in a segment or a cluster; what has another name is no element."""
_W64_DATA: Final = b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
_W64: Final = b"riff\x2e\x91\xcf\x11"
_W64_HEAD: Final = 40
_W64_CHUNK: Final = 24
_BOX: Final = 8
_ADTS: Final = 0xF0
_ADTS_HEAD: Final = 7
_UNKNOWN_FROM: Final = 0x7FFF0000
"""A length from here on stands for an unknown one."""
_CAF_CHUNK: Final = 12
_MOST: Final = 250_000
"""So many elements are walked over: an hour of packets of 20 ms."""


def tail_source(file: Bytes, size: int) -> Source:
    """The file itself, with what its structure tells about its end."""
    file.seek(0)
    head = file.read(16)
    is_torn = unread = lacks_index = False
    there: float | None = None
    if head.startswith(_OGG_MARK):
        is_torn = _ogg_is_torn(file, size)
    elif head.startswith(_EBML):
        is_torn = _matroska_is_torn(file, size)
    elif head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        end = 8 + int.from_bytes(head[4:8], "little")
        is_torn = size < end < _UNKNOWN_FROM
    elif _begins_adts(head):
        is_torn = _adts_is_torn(file, size)
    elif head[4:8] == b"ftyp":
        names = list(_boxes(file, size))
        unread, lacks_index = names.count(b"ftyp") > 1, b"moov" not in names
    elif head.startswith(b"FORM") and head[8:11] == b"AIF":
        end = 8 + int.from_bytes(head[4:8], "big")
        unread = _reads(file, end + end % 2, b"FORM")
    elif head.startswith(b"caff"):
        there = _caf_share(file, size)
    elif head.startswith(_W64):
        there = _w64_share(file, size)
    return Source(file, there=there, is_torn=is_torn, unread=unread, lacks_index=lacks_index)


def _reads(file: Bytes, at: int, mark: bytes) -> bool:
    file.seek(at)
    return file.read(len(mark)) == mark


def _share(start: int, told: int, size: int) -> float | None:
    """Share of ``told`` bytes from ``start`` on that are there; None where all are."""
    held = max(size - start, 0)
    return held / told if held < told else None


def _ogg_is_torn(file: Bytes, size: int) -> bool:
    """Whether the last page is not whole."""
    first = max(size - _OGG_LOOK, 0)
    file.seek(first)
    text = file.read()
    at = text.rfind(_OGG_MARK)
    while at >= 0 and text[at + 4 : at + 5] not in {b"\0", b""}:  # not a page: by chance inside one
        at = text.rfind(_OGG_MARK, 0, at)
    if at < 0:
        return False
    page = text[at:]
    if len(page) < _OGG_HEAD:
        return True
    n_segments = page[_OGG_HEAD - 1]
    lengths = page[_OGG_HEAD : _OGG_HEAD + n_segments]
    return len(lengths) < n_segments or _OGG_HEAD + n_segments + sum(lengths) > len(page)


def _boxes(file: Bytes, size: int) -> Iterator[bytes]:
    """The names of the boxes of an MP4 file that are whole, in order."""
    at = 0
    for _ in range(_MOST):
        file.seek(at)
        head = file.read(16)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        elif length == 0:  # to the end of the file
            length = size - at
        if len(head) < _BOX or length < _BOX or at + length > size:
            return
        yield name
        at += length


def _adts_is_torn(file: Bytes, size: int) -> bool:
    """Whether the last frame of AAC without a container is not whole."""
    at = 0
    for _ in range(_MOST):
        if at + _ADTS_HEAD > size:
            break
        file.seek(at)
        head = file.read(_ADTS_HEAD)
        length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        if not _begins_adts(head) or length < _ADTS_HEAD:
            return False
        at += length
    file.seek(min(at, size))
    return at > size or file.read(1) == b"\xff"


def _begins_adts(head: bytes) -> bool:
    return head.startswith(b"\xff") and head[1:2] != b"" and head[1] & 0xF6 == _ADTS


def _caf_share(file: Bytes, size: int) -> float | None:
    at = 8
    for _ in range(_MOST):
        if at >= size:
            break
        file.seek(at)
        head = file.read(_CAF_CHUNK)
        if len(head) < _CAF_CHUNK:
            return None
        name, length = head[:4], struct.unpack(">q", head[4:])[0]
        if name == b"data" or length < 0:
            return _share(at + _CAF_CHUNK, length, size)
        at += _CAF_CHUNK + length
    return None


def _w64_share(file: Bytes, size: int) -> float | None:
    at = _W64_HEAD
    for _ in range(_MOST):
        if at >= size:
            break
        file.seek(at)
        head = file.read(_W64_CHUNK)
        length = int.from_bytes(head[16:], "little")  # that of the head included
        if len(head) < _W64_CHUNK or length < _W64_CHUNK:
            return None
        if head[:16] == _W64_DATA:
            return _share(at + _W64_CHUNK, length - _W64_CHUNK, size)
        at += -(-length // 8) * 8
    return None


def _matroska_is_torn(file: Bytes, size: int) -> bool:
    """Whether the last element of the last cluster reaches past the end."""
    end = 0
    for start, length in _elements(file, size):
        end = max(end, start + length)
    return end > size


def _elements(file: Bytes, size: int) -> Iterator[tuple[int, int]]:
    """Where the content of each element begins and how long it is; into segments and clusters, not deeper."""
    at = 0
    for _ in range(_MOST):
        file.seek(at)
        head = file.read(12)
        n_name = _width(head[:1])
        n_length = _width(head[n_name : n_name + 1]) if n_name else 0
        if not n_name or not n_length or len(head) < n_name + n_length:
            return
        name = int.from_bytes(head[:n_name], "big")
        length = int.from_bytes(head[n_name : n_name + n_length], "big") & ((1 << 7 * n_length) - 1)
        start = at + n_name + n_length
        if name in {_SEGMENT, _CLUSTER}:
            at = start
            continue
        if name not in _INSIDE:
            return
        yield start, length
        at = start + length
        if at >= size:
            return


def _width(first: bytes) -> int:
    """Bytes of a number of Matroska by its first one; 0 where none begins so."""
    return 9 - first[0].bit_length() if first and first[0] else 0
