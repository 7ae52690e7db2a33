"""Files that the user names: written whole or not at all."""

from __future__ import annotations

import codecs
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from voicecoach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voicecoach.model.audio import Waveform
    from voicecoach.wiring.outputs import Kind


def write(path: Path, content: bytes, *, kind: Kind) -> None:
    """Put ``content`` into ``path``, in the place of what was there, when that held the same ``kind``.

    Raises StoreError; UsageError when something else is there.
    """
    from voicecoach.adapters.folders import replacing
    from voicecoach.wiring.outputs import Output, check_replaceable

    check_replaceable(Output(path, kind))
    with named(path), replacing(path) as file:
        file.write(content)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Where no file can be begun in the block, the name that was asked for is at fault. Raises UsageError."""
    try:
        yield
    except StoreError as exc:
        if exc.code != "write-no-folder":
            raise
        raise UsageError("output-no-place", path=path) from exc


TEXT_MOST: Final = 64 * 2**20
"""Bytes of a text that is read whole."""


def read_text(name: str) -> str:
    """The text of the file ``name``, or of standard input for ``-``: UTF-8, or UTF-16 with its mark.

    Raises UsageError: no ordinary file, too large, not to be read, in another encoding.
    """
    from pathlib import Path

    from voicecoach.adapters.folders import cause_of, content_of

    if name == "-":
        try:
            content = sys.stdin.buffer.read(TEXT_MOST + 1)
        except (OSError, ValueError, AttributeError) as exc:  # closed, or none at all
            raise UsageError("file-unreadable", path=name, cause=cause_of(exc)) from exc
        if len(content) > TEXT_MOST:
            raise UsageError("file-large", path=name, most_mb=TEXT_MOST // 2**20)
    else:
        content = content_of(Path(name), most=TEXT_MOST)
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as exc:
        raise UsageError("text-not-utf8", name=name) from exc


def write_sound(path: Path, sound: Waveform) -> None:
    """Put ``sound`` into ``path`` as a WAV file, PCM 16 bit mono. Raises as :func:`write`."""
    from voicecoach.adapters.tts.voice_cache import wav_bytes

    write(path, wav_bytes(sound), kind="WAV")
