"""The text of a YAML file that somebody wrote: bounded, an ordinary file, in an encoding that is told."""

from __future__ import annotations

import codecs
import stat
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import cause_of
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES: Final = 4_000_000
"""A larger file is neither a prompt pack nor a set of profiles (ours; 40 prompts take about 200 kB)."""
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TextFileError(Exception):
    """Why a file cannot be read as text; its reader tells it in words of its own."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.told = Message(code, facts)


def text_of(path: Path) -> str:
    """The whole text: UTF-8, with or without a mark in front, or UTF-16 with one. Raises TextFileError."""
    content = bytes_of(path)
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise TextFileError("pack-encoding", at=exc.start) from exc


def bytes_of(path: Path) -> bytes:
    """The content of a file. Raises TextFileError.

    A pipe, a device and a folder are told without being opened: reading one may never end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TextFileError("pack-no-file")
        if status.st_size > MAX_FILE_BYTES:
            raise TextFileError("pack-large", n=status.st_size, most=MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as exc:
        raise TextFileError("pack-unreadable", cause=cause_of(exc)) from exc
    except ValueError as exc:  # a NUL in the name
        raise TextFileError("pack-unreadable", cause=str(exc)) from exc
