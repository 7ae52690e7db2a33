"""WAV files by their chunks: told and held bytes of sound, and recordings that were joined byte by byte.

A recorder that streams writes 0 or the largest number as the length of its sound: that is no fault, and the
sound reaches to the end of the file. A header inside the sound is that of another recording, put behind the
first by a copy command: its sound is read on where it has the same format, and its header is never played.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.audio.files.ranges import Ranges, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.audio.files.ranges import Bytes

_KINDS: Final = (b"RIFF", b"RF64", b"BW64")
_FORM: Final = b"WAVE"
_UNKNOWN_FROM: Final = 0x7FFF0000
"""Lengths from here on stand for an unknown one: tools write 2 GB or 4 GB, less some bytes."""
_CHUNK: Final = 8
"""Name and length."""
_MOST: Final = 0xFFFFFFFF
_MOST_CHUNKS: Final = 1000
_FORMAT_BYTES: Final = 16
"""So much of a format must be the same for two recordings to be one: coding, channels, rates, width."""
_PLAIN: Final = frozenset({1, 3, 0xFFFE})
"""Codes of samples as they are: whole numbers, floats, and either with a longer format."""
_LOOK: Final = 1 << 20
_SEARCHED: Final = 1 << 30
"""Larger files are not searched for further headers: an hour of sound is seldom larger."""
_REST_SHARE: Final = 0.1
"""Bytes behind the end of the sound are looked at from this share of it on; a little is garbage."""


@dataclass(frozen=True, slots=True)
class _Wave:
    """One recording: its format, where its sound lies, and how much its header tells (None: unknown)."""

    format: bytes
    start: int
    stop: int
    told: int | None


def wave_source(file: Bytes, size: int) -> Source | None:
    """A WAV file as the decoder shall see it; None where it is none, or its chunks are not clear."""
    file.seek(0)
    if file.read(4) not in _KINDS:
        return None
    headers = [at for at in _headers(file, size) if at > 0] if size <= _SEARCHED else []
    first = _wave(file, 0, headers[0] if headers else size, size)
    if first is None:
        return None
    waves = [first]
    for at, stop in pairwise([*headers, size]):
        wave = _wave(file, at, stop, size)
        if wave is not None and wave.stop > wave.start:
            waves.append(wave)
    alike = [wave for wave in waves if wave.format[:_FORMAT_BYTES] == first.format[:_FORMAT_BYTES]]
    held = sum(wave.stop - wave.start for wave in alike)
    last = waves[-1]
    told = held + (0 if last.told is None else last.told - (last.stop - last.start))
    there = held / told if told > held else None
    unread = len(alike) < len(waves)
    if len(waves) == 1 and not headers:
        behind = _behind(file, first, size)
        return Source(file, there=there, behind=behind, contradicts=_contradicts(first.format))
    file.seek(0)
    head = file.read(first.start)[:-4] + struct.pack("<I", min(held, _MOST))
    parts: list[bytes | tuple[int, int]] = [head, *((wave.start, wave.stop) for wave in alike)]
    contradicts = _contradicts(first.format)
    return Source(Ranges(file, parts), there=there, unread=unread, contradicts=contradicts)


def _headers(file: Bytes, size: int) -> Iterator[int]:
    """Where headers of WAV files begin, the first included."""
    kept, at = b"", 0
    mark = _FORM + b"fmt "
    file.seek(0)
    while at < size and (piece := file.read(_LOOK)):
        text = kept + piece
        place = text.find(mark)
        while place >= 0:
            if place >= _CHUNK and text[place - _CHUNK : place - 4] in _KINDS:
                yield at - len(kept) + place - _CHUNK
            place = text.find(mark, place + 1)
        at += len(piece)
        kept = text[-16:]


def _wave(file: Bytes, begin: int, stop: int, size: int) -> _Wave | None:
    """The recording whose header begins at ``begin``, as far as ``stop``."""
    file.seek(begin)
    head = file.read(12)
    if head[:4] not in _KINDS or head[8:] != _FORM:
        return None
    at, coding, long_told = begin + 12, b"", 0
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        chunk = file.read(_CHUNK)
        if len(chunk) < _CHUNK:
            return None
        name, length = chunk[:4], struct.unpack("<I", chunk[4:])[0]
        if name == b"data":
            start = at + _CHUNK
            told = long_told if length == _MOST and long_told else length
            is_unknown = told == 0 or (told == length and told >= _UNKNOWN_FROM and start + told > size)
            if is_unknown or start + told > stop < size:  # or another header lies inside
                return _Wave(coding, start, stop, None) if coding else None
            return _Wave(coding, start, min(start + told, stop), told) if coding else None
        content = file.read(min(length, 64))
        if name == b"fmt ":
            coding = content
        elif name == b"ds64":
            long_told = struct.unpack("<Q", content[8:16])[0] if len(content) >= _FORMAT_BYTES else 0
        at += _CHUNK + length + length % 2
    return None


def _contradicts(coding: bytes) -> bool:
    """Whether a format of plain samples tells of other bytes a second than its rate, channels and width make.

    Zeros tell nothing. Who patched one of them by hand has the sound played too fast, or too slow.
    """
    if len(coding) < _FORMAT_BYTES:
        return False
    code, n_channels, rate_hz, per_second, per_sample, bits = struct.unpack("<HHIIHH", coding[:_FORMAT_BYTES])
    if code not in _PLAIN or not per_second or not per_sample:
        return False
    width = -(-bits // 8) * n_channels
    return bool(per_second != rate_hz * per_sample or per_sample < width)


def _behind(file: Bytes, wave: _Wave, size: int) -> float:
    """Share of the sound that lies behind the end that the header tells; 0 where that is no sound."""
    held, rest = wave.stop - wave.start, size - wave.stop
    if wave.told is None or rest <= _REST_SHARE * held or rest < _second(wave):
        return 0.0
    file.seek(wave.stop + wave.stop % 2)
    look = file.read(_LOOK)
    name, length = look[:4], int.from_bytes(look[4:8], "little")
    is_chunk = name.isascii() and name.decode("ascii").isprintable() and length <= rest
    if is_chunk or not any(look):
        return 0.0
    return rest / (held + rest)


def _second(wave: _Wave) -> int:
    """Bytes in a second of sound, as the format has them."""
    return int(struct.unpack("<I", wave.format[8:12])[0]) if len(wave.format) >= _FORMAT_BYTES else 0
