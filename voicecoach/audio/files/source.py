"""What the decoder is handed of an open file, after a look at its bytes.

Most files are handed over as they are. Voice messages of WeChat and QQ become the WAV file that they stand
for; a tag that a recorder put before a header that does not expect one is stepped over; joined WAV and AMR
files are one recording.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from voicecoach.audio import silk
from voicecoach.audio.files.amr import amr_source
from voicecoach.audio.files.mpeg import mpeg_source, tag_bytes
from voicecoach.audio.files.ranges import Ranges, Source
from voicecoach.audio.files.riff import wave_source
from voicecoach.audio.files.tails import tail_source

if TYPE_CHECKING:
    from io import BufferedReader

    from voicecoach.audio.files.ranges import Bytes

_TAG_HEAD: Final = 10
_TAKES_TAGS: Final = (b"\xff", b"fLaC", b"TTA1", b"wvpk", b"MPCK", b"MP+", b"MAC ")
"""What begins behind a tag that the decoder itself steps over."""


def source_of(file: BufferedReader, *, name: str, longest_s: float) -> Source:
    """The bytes for the decoder, from their first; ``name`` is the file's in refusals.

    Raises InputError: a voice message that cannot be read.
    """
    file.seek(0)
    head = file.read(len(silk.MAGICS[0]))
    if silk.is_silk(head):
        message = silk.as_wave(file, name=name, longest_s=longest_s)
        source = _looked_at(message.wave, len(message.wave.getbuffer()))
        return replace(source, is_torn=message.is_torn, damaged=message.damaged)
    size = file.seek(0, os.SEEK_END)
    skipped = _tag_bytes(file)
    if not skipped or skipped >= size:
        return _looked_at(file, size)
    return _looked_at(Ranges(file, [(skipped, size)]), size - skipped)


def _looked_at(file: Bytes, size: int) -> Source:
    """``file`` as it is handed over, at its first byte."""
    source = (
        wave_source(file, size)
        or amr_source(file, size)
        or mpeg_source(file, size)
        or tail_source(file, size)
    )
    source.file.seek(0)
    return source


def _tag_bytes(file: BufferedReader) -> int:
    """Length of the tags before a header that expects none, 0 elsewhere."""
    skipped = 0
    while True:
        file.seek(skipped)
        head = file.read(_TAG_HEAD)
        length = tag_bytes(head)
        if length is None:
            return 0 if not skipped or head.startswith(_TAKES_TAGS) else skipped
        skipped += length
