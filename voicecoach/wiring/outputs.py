"""Files that a command is asked to write: never one that it reads, nor one that is something else.

What is looked at are the files, not their names: links, hard links, and systems that tell no case apart give
one file several names.
"""

from __future__ import annotations

import codecs
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.errors import UsageError
from voicecoach.words.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Kind = Literal["HTML", "JSON", "CSV", "WAV", "Parquet", "XLSX"]
"""What a file holds that is written; one that is there already may be overwritten when it holds the same."""

_HEAD_BYTES: Final = 1024
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""What UTF-16 begins with, as a spreadsheet saves it."""
_OTHER_TEXT: Final = ("{", "[", "<", "%", "#!")
"""What text begins with that is no table."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be written, and what it will hold."""

    path: Path
    kind: Kind


def check_outputs(
    outputs: Sequence[Output], *, inputs: Iterable[Path] = (), own: bool = False, makes_folder: bool = False
) -> None:
    """Fail before the work when an output is an input, is another output, or is there and something else.

    With ``own`` they are known to be an earlier run's: what is there is replaced, however damaged it is.
    With ``makes_folder`` their folder is made where it is missing. Raises UsageError.
    """
    read = {_identity(path) for path in inputs}
    met: set[object] = set()
    for output in outputs:
        if not own:
            check_place(output.path, makes_folder=makes_folder)
        identity = _identity(output.path)
        if identity is None:
            continue
        if identity in read:
            raise UsageError("output-is-input", path=output.path)
        if identity in met:
            raise UsageError("output-twice", path=output.path)
        met.add(identity)
        if not own:
            check_replaceable(output, makes_folder=makes_folder)


def check_place(path: Path, *, makes_folder: bool = False) -> None:
    """Fail when no file can be there: a folder is, or its own is missing, none, or not to be written to.

    A device or pipe is a place. Raises UsageError.
    """
    try:
        real = Path(os.path.realpath(path))
        if real.exists() and not real.is_file() and not real.is_dir():
            return
        folder = real.parent
        while makes_folder and not folder.exists() and folder != folder.parent:
            folder = folder.parent
        fits = not real.is_dir() and folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    except (OSError, ValueError) as exc:
        cause = getattr(exc, "strerror", None) or str(exc)
        raise UsageError("output-unreadable", path=path, cause=cause) from exc
    if not fits:
        raise UsageError("output-no-place", path=path)


def check_replaceable(output: Output, *, makes_folder: bool = False) -> None:
    """Fail when it cannot be put there, or a file is there that holds something else. Raises UsageError."""
    check_place(output.path, makes_folder=makes_folder)
    try:
        status = output.path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size == 0:
            return
        with output.path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as exc:
        cause = getattr(exc, "strerror", None) or str(exc)
        raise UsageError("output-unreadable", path=output.path, cause=cause) from exc
    if not _BEGINNINGS[output.kind](head):
        raise UsageError("output-foreign", path=output.path, kind=output.kind)


def _identity(path: Path) -> object:
    """What two names of one file have in common; None for what is no file: a pipe, a device."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        real = os.path.realpath(path) if "\0" not in str(path) else str(path)
        return unicodedata.normalize("NFC", real).casefold()
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _is_html(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def _is_csv(head: bytes) -> bool:
    """A table: text in an encoding that spreadsheets save, and of no other kind."""
    encodings = ("utf-16",) if head.startswith(_WIDE_MARKS) else ("utf-8-sig", "gb18030")
    return any(_is_table(head, encoding) for encoding in encodings)


def _is_table(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)  # the last sign may be cut
    except UnicodeDecodeError:
        return False
    plain = text.replace("\t", "").replace("\r", "").replace("\n", "")
    return visible(plain) == plain and not text.lstrip().startswith(_OTHER_TEXT)


def _is_wav(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WAVE"


_BEGINNINGS: Final[Mapping[Kind, Callable[[bytes], bool]]] = {
    "HTML": _is_html,
    "JSON": _is_json,
    "CSV": _is_csv,
    "WAV": _is_wav,
    "Parquet": lambda head: head.startswith(b"PAR1"),
    "XLSX": lambda head: head.startswith(b"PK"),
}
