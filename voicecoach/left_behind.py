"""What onnxruntime wrote on this machine before it was told to report nothing (:mod:`voicecoach.offline`).

A device's number and a queue of events in the user's cache, and the number of a session in the folder of
temporary files. They are removed at each start, which costs two looks at the disk when there is nothing. Only
plain files of the user's own under the very names that it gives them go; no symbolic link is followed, and
none removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from pathlib import Path
from typing import Final

FOLDERS: Final = ("Microsoft", "DeveloperTools", ".onnxruntime")
"""One in the other, in the user's cache."""
NAMES: Final = re.compile(r"deviceid(?:\.lock|\.tmp\.[0-9a-f-]+)?|onnxruntime\.db(?:-journal|-wal|-shm)?")
"""What lies in the last of them."""
SESSION: Final = ".ses"
SESSION_LINES: Final = re.compile(rb"\d{10,16}\r?\n[0-9a-fA-F-]{36}\s*")
"""When it began, and its number: another ``.ses`` is somebody else's."""
SESSION_LONGEST: Final = 64
FOLDER_ONLY: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
FILE_ONLY: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def remove_left_behind() -> None:
    """Remove all of it; what cannot be removed stays, and nobody is told."""
    if os.unlink not in os.supports_dir_fd:  # Windows, where onnxruntime leaves no files
        return
    for cache in _caches():
        with contextlib.suppress(OSError):
            _clear(cache, FOLDERS)
    for folder in dict.fromkeys((os.environ.get("TMPDIR") or "/tmp", "/tmp")):  # noqa: S108 - where it wrote
        with contextlib.suppress(OSError):
            _remove_session(Path(folder) / SESSION)


def _caches() -> tuple[Path, ...]:
    home = Path(os.environ.get("HOME") or "~").expanduser()
    own = os.environ.get("XDG_CACHE_HOME")
    usual = (home / ".cache", home / "Library/Application Support", home / "Library/Caches")
    return (*([Path(own)] if own else []), *(usual if sys.platform == "darwin" else usual[:1]))


def _clear(parent: Path | str, folders: tuple[str, ...], *, within: int | None = None) -> None:
    """Go down the folders, clear the last, and remove each that is empty then."""
    place = os.open(parent, FOLDER_ONLY if within is not None else os.O_RDONLY, dir_fd=within)
    try:
        if within is not None and not _is_own(os.fstat(place)):
            return
        if folders:
            _clear(folders[0], folders[1:], within=place)
            os.rmdir(folders[0], dir_fd=place)
            return
        with os.scandir(place) as entries:
            names = [entry.name for entry in entries if NAMES.fullmatch(entry.name)]
        for name in names:
            told = os.lstat(name, dir_fd=place)
            if stat.S_ISREG(told.st_mode) and _is_own(told):
                os.unlink(name, dir_fd=place)
    finally:
        os.close(place)


def _remove_session(path: Path) -> None:
    descriptor = os.open(path, FILE_ONLY)
    try:
        told = os.fstat(descriptor)
        if not stat.S_ISREG(told.st_mode) or not _is_own(told) or told.st_size > SESSION_LONGEST:
            return
        content = os.read(descriptor, SESSION_LONGEST)
    finally:
        os.close(descriptor)
    if SESSION_LINES.fullmatch(content):
        path.unlink()


def _is_own(told: os.stat_result) -> bool:
    return told.st_uid == os.getuid()
