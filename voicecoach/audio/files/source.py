"""What the decoder is handed of an open file, after a look at its bytes.

Most files are handed over as they are. Voice messages of WeChat and QQ become the WAV file that they stand
for; a tag or zeros that a recorder put before a header that does not expect them are stepped over; joined WAV
and AMR files are one recording.
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
_BEHIND_ZEROS: Final = (
    b"RIFF", b"RIFX", b"RF64", b"BW64", b"FORM", b"OggS", b"fLaC", b"caff", b".snd", b"#!AMR", b"ID3",
    b"\x1aE\xdf\xa3",
)  # fmt: skip
"""Headers that are looked for behind zeros: a recorder that reserves room, a card with an empty sector."""
ZEROS_MOST: Final = 1 << 20
"""Zeros that are stepped over, bytes."""


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
    begin = _zero_bytes(file)
    skipped = _tag_bytes(file, begin)
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


def _zero_bytes(file: BufferedReader) -> int:
    """How many zeros stand before a header that is known, 0 where none follows them."""
    file.seek(0)
    if file.read(1) != b"\0":
        return 0
    zeros = b"\0" + file.read(ZEROS_MOST)
    begin = len(zeros) - len(zeros.lstrip(b"\0"))
    file.seek(begin)
    return begin if file.read(_TAG_HEAD).startswith(_BEHIND_ZEROS) else 0


def _tag_bytes(file: BufferedReader, begin: int) -> int:
    """Where the header stands behind tags that it does not expect; ``begin`` where there are none of them."""
    skipped = begin
    while True:
        file.seek(skipped)
        head = file.read(_TAG_HEAD)
        length = tag_bytes(head)
        if length is None:
            return begin if head.startswith(_TAKES_TAGS) else skipped
        skipped += length
