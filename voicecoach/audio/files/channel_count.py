"""The number of channels as headers tell it, where it is so large that the decoder makes zero of it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from voicecoach.audio.files.ranges import Bytes

_FORMS: Final = {
    b"RIFF": ("<", b"WAVE", b"fmt ", 2),
    b"RF64": ("<", b"WAVE", b"fmt ", 2),
    b"BW64": ("<", b"WAVE", b"fmt ", 2),
    b"RIFX": (">", b"WAVE", b"fmt ", 2),
    b"FORM": (">", b"AIF", b"COMM", 0),
}
"""By the first bytes: order of bytes, what the form begins with, the chunk that tells, and where in it."""
_SUN: Final = b".snd"
_SUN_PLACE: Final = 20
_CHUNKS_MOST: Final = 1000


def told_channels(file: Bytes) -> int | None:
    """What the header of a WAV, AIFF or AU file tells; None for others, and where it breaks off before."""
    file.seek(0)
    head = file.read(12)
    if head.startswith(_SUN):
        file.seek(_SUN_PLACE)
        return _number(file.read(4), ">I")
    order, form, name, place = _FORMS.get(head[:4], ("<", b"", b"", 0))
    if not form or not head[8:].startswith(form):
        return None
    at = len(head)
    for _ in range(_CHUNKS_MOST):
        file.seek(at)
        chunk = file.read(8)
        length = _number(chunk[4:], f"{order}I")
        if length is None:
            return None
        if chunk[:4] == name:
            file.seek(at + len(chunk) + place)
            return _number(file.read(2), f"{order}H")
        at += len(chunk) + length + length % 2
    return None


def _number(data: bytes, layout: str) -> int | None:
    return struct.unpack(layout, data)[0] if len(data) == struct.calcsize(layout) else None
