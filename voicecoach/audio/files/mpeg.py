"""MP3 files that were joined byte by byte: the tags between the recordings are stepped over.

A tag with a picture is as large as ten seconds of sound, and a decoder looks for frames in it. Where the
tags lie they say themselves; what is no sound is handed to no decoder.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.audio.files.ranges import Ranges, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.audio.files.ranges import Bytes

_TAG: Final = b"ID3"
_HEAD: Final = 10
_NEWEST: Final = 4
_SYNC: Final = 0xE0
_FOOT: Final = 0x10
_LOOK: Final = 1 << 20
_SEARCHED: Final = 1 << 30
"""Larger files are not searched for tags: an hour at the highest rate has 144 million bytes."""


def mpeg_source(file: Bytes, size: int) -> Source | None:
    """An MP3 file with tags inside as the decoder shall see it; None where there are none."""
    if size > _SEARCHED:
        return None
    file.seek(0)
    head = file.read(2)
    if not (head == _TAG[:2] or _begins_frame(head)):
        return None
    tags = [tag for tag in _tags(file, size) if tag[0] > 0]
    if not tags:
        return None
    edges = [(0, 0), *tags, (size, size)]
    return Source(
        Ranges(file, [(left[1], right[0]) for left, right in pairwise(edges) if left[1] < right[0]])
    )


def tag_bytes(head: bytes) -> int | None:
    """Length of the tag that begins with these ten bytes, head and foot included; None where none does."""
    if len(head) < _HEAD or not head.startswith(_TAG) or head[3] > _NEWEST or not head[6:].isascii():
        return None
    length = 0
    for byte in head[6:]:  # four numbers of seven bits
        length = length << 7 | byte
    return _HEAD + length + (_HEAD if head[5] & _FOOT else 0)


def _tags(file: Bytes, size: int) -> Iterator[tuple[int, int]]:
    """Where tags begin and end, in order: what is behind one is a frame, another tag, or nothing."""
    kept, at, done = b"", 0, 0
    file.seek(0)
    while at < size and (piece := file.read(_LOOK)):
        text = kept + piece
        place = text.find(_TAG)
        while place >= 0:
            begin = at - len(kept) + place
            file.seek(begin)
            length = tag_bytes(file.read(_HEAD))
            if length is not None and begin >= done and _ends_well(file, begin + length, size):
                yield begin, begin + length
                done = begin + length
            place = text.find(_TAG, place + 1)
        at += len(piece)
        file.seek(at)
        kept = text[-2:]


def _ends_well(file: Bytes, end: int, size: int) -> bool:
    file.seek(end)
    behind = file.read(len(_TAG))
    return end == size or behind == _TAG or _begins_frame(behind)


def _begins_frame(head: bytes) -> bool:
    return head.startswith(b"\xff") and len(head) > 1 and head[1] & _SYNC == _SYNC
