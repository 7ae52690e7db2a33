"""AMR files by their frames: where the sound ends, what in it is no frame, recordings that were joined.

An AMR file is a row of frames without any mark between them, so a decoder that loses the beginning of one
plays noise to the end. Here the frames are walked by their first bytes: another file's mark is stepped over,
bytes that are no frames are left out and told as damage, and what follows the last frame is no sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.audio.files.ranges import Ranges, Source
from voicecoach.model.audio import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.audio.files.ranges import Bytes

FRAME_S: Final = 0.020
_NARROW: Final = dict(zip(range(9), (12, 13, 15, 17, 19, 20, 26, 31, 5), strict=True)) | {15: 0}
_WIDE: Final = dict(zip(range(10), (17, 23, 32, 36, 40, 46, 50, 58, 60, 5), strict=True)) | {14: 0, 15: 0}
"""Bytes behind the first one, by the type of the frame; other types are none."""
_SIZES: Final[Mapping[bytes, Mapping[int, int]]] = {b"#!AMR\n": _NARROW, b"#!AMR-WB\n": _WIDE}
_FIXED_BITS: Final = 0x83
"""Bits of the first byte that are always 0."""
_GOOD: Final = 0x04
"""Bit of the first byte that says that the frame is whole."""
_LARGEST: Final = 1 << 24
"""Bytes; an hour at the highest rate has 11 million."""
_ENOUGH: Final = 10
"""So many frames in a row are found again, seldom by chance."""
_NOTHING: Final = b"\x7c"
"""A frame of nothing: it stands for one that was damaged, and holds its time."""


def amr_source(file: Bytes, size: int) -> Source | None:
    """An AMR file of one channel as the decoder shall see it; None where it is none, or far too long."""
    if size > _LARGEST:
        return None
    file.seek(0)
    data = file.read(max(map(len, _SIZES)))
    mark = next((mark for mark in _SIZES if data.startswith(mark)), None)
    if mark is None:
        return None
    data += file.read()
    sizes = _SIZES[mark]
    parts: list[bytes | tuple[int, int]] = [mark]
    damaged: list[Span] = []
    begin, n_frames, is_torn = len(mark), 0, False
    while begin < len(data):
        stop, n_more, is_torn = _walk(data, begin, sizes)
        parts.append((begin, stop))
        n_frames += n_more
        if stop == len(data) or is_torn:
            break
        if data.startswith(mark, stop):
            begin = stop + len(mark)
            continue
        begin = _found_again(data, stop + 1, sizes)
        if begin == len(data):
            break
        mean = (stop - len(mark)) / max(n_frames, 1)
        n_lost = max(1, round((begin - stop) / mean))
        damaged.append(Span(n_frames * FRAME_S, (n_frames + n_lost) * FRAME_S))
        parts.append(_NOTHING * n_lost)
        n_frames += n_lost
    return Source(Ranges(file, parts), is_torn=is_torn, damaged=tuple(damaged))


def _size(data: bytes, at: int, sizes: Mapping[int, int]) -> int | None:
    """Bytes of the frame that begins at ``at``; None where none does, as in the empty blocks of a card."""
    first = data[at]
    if not first and not any(data[at : at + 1 + sizes[0]]):
        return None
    behind = None if first & _FIXED_BITS else sizes.get(first >> 3 & 15)
    return None if behind is None else 1 + behind


def _walk(data: bytes, at: int, sizes: Mapping[int, int]) -> tuple[int, int, bool]:
    """Step over frames: where they end, how many they were, whether another is there in part."""
    n_frames = 0
    while at < len(data):
        size = _size(data, at, sizes)
        if size is None:
            return at, n_frames, False
        if at + size > len(data):
            return at, n_frames, True
        at += size
        n_frames += 1
    return at, n_frames, False


def _found_again(data: bytes, at: int, sizes: Mapping[int, int]) -> int:
    """Where frames begin again from ``at`` on; the end of the data where they do not."""
    while at < len(data):
        place, n_frames = at, 0
        while n_frames < _ENOUGH and place < len(data):
            size = _size(data, place, sizes)
            if size is None or not data[place] & _GOOD:
                break
            place += size
            n_frames += 1
        if n_frames == _ENOUGH:
            return at
        at += 1
    return len(data)
