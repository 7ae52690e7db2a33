"""Where the program keeps things: the user's data (private) and the cache (may be deleted at any time).

``VOICECOACH_DATA_DIR`` and ``VOICECOACH_CACHE_DIR`` name other folders.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
DATA_VARIABLE = "VOICECOACH_DATA_DIR"
CACHE_VARIABLE = "VOICECOACH_CACHE_DIR"


def data_folder() -> Path:
    """The user's own things: takes, prompts, profiles. Private (0700). Raises StoreError."""
    return made(data_path(), variable=DATA_VARIABLE)


def data_path() -> Path:
    """Where the data folder is, or would be: nothing is made by asking. Raises StoreError."""
    return _path(DATA_VARIABLE, "user_data_path")


def cache_folder() -> Path:
    """Things that can be made again: assembled models, rendered voices. Raises StoreError."""
    return made(_path(CACHE_VARIABLE, "user_cache_path"), variable=CACHE_VARIABLE)


def vectors_folder() -> Path:
    """Kept sentence vectors, in the cache. Raises StoreError."""
    return cache_folder() / "vectors"


def keep_pulse_at_home() -> None:
    """Where no session names a place for it, PulseAudio's client, inside ALSA, makes folders that stay.

    One lies in the folder of temporary files, one in the user's configuration. Whoever has the latter has a
    server that may be met there; the others get a place in the cache.
    """
    told = "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"
    if sys.platform != "linux" or any(map(os.environ.get, told)):
        return
    with contextlib.suppress(StoreError, RuntimeError):  # no cache, no home
        settings = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
        if not (settings / "pulse").exists():
            os.environ[told[0]] = str(cache_folder() / "pulse")


def made(folder: Path, *, variable: str) -> Path:
    """``folder``, made private when it is not there; ``variable`` would name another. Raises StoreError."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError("folder-not-made", folder=folder, cause=cause_of(exc), variable=variable) from exc
    return folder


def _path(variable: str, default: str) -> Path:
    import platformdirs

    named = os.environ.get(variable)
    folder = Path(named) if named else Path(getattr(platformdirs, default)("voicecoach", appauthor=False))
    try:
        return folder.expanduser()
    except RuntimeError as exc:  # ~nobody has no home
        raise StoreError("folder-not-made", folder=folder, cause=cause_of(exc), variable=variable) from exc


def cause_of(exc: Exception) -> str:
    """What went wrong, without the number and the file name; some OSErrors have no such text."""
    return getattr(exc, "strerror", None) or str(exc) or type(exc).__name__


def check_writable(folder: Path, *, variable: str) -> None:
    """Write into ``folder`` and leave nothing there. Raises StoreError when that cannot be done."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"voicecoach")
    except OSError as exc:
        raise StoreError("folder-unwritable", folder=folder, cause=cause_of(exc), variable=variable) from exc


@contextlib.contextmanager
def locked(path: Path, *, variable: str, wait: bool = True) -> Iterator[bool]:
    """Hold the lock file ``path`` in the block, and say whether; without ``wait`` False when another has it.

    Raises StoreError where no lock can be made; ``variable`` would name another folder.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=-1 if wait else 0, mode=PRIVATE_FILE)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as exc:
        raise StoreError("lock-unusable", path=path, cause=cause_of(exc), variable=variable) from exc
    try:
        yield True
    finally:
        lock.release()


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write ``path`` whole or not at all: a neighbour is written, synced and renamed over it.

    The neighbour is private (0600) and gone when the block fails. A link is followed; a device or pipe
    is written to as it is, never renamed over. Raises StoreError.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file() and not path.is_dir():
        with _special(path) as file:
            yield file
        return
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    except OSError as exc:
        raise StoreError("write-no-folder", path=path, cause=cause_of(exc)) from exc
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as exc:
        raise StoreError("write-failed", path=path, cause=cause_of(exc)) from exc
    finally:
        Path(name).unlink(missing_ok=True)


def at_home(file_name: str) -> Path:
    """The path, ``~`` as the user's folder. Raises UsageError for a user that there is not."""
    try:
        return Path(file_name).expanduser()
    except RuntimeError as exc:
        raise UsageError("path-no-home", path=file_name) from exc


def is_folder(path: Path) -> bool:
    """Whether a folder is there; no name is so strange that this fails."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def is_file(path: Path) -> bool:
    """Whether an ordinary file is there; no name is so strange that this fails."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def check_ordinary(path: Path) -> None:
    """Fail for a folder, pipe or device: reading one may never begin, or never end. Raises UsageError."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as exc:
        raise UsageError("file-unreadable", path=path, cause=cause_of(exc)) from exc
    if not stat.S_ISREG(mode):
        raise UsageError("file-not-ordinary", path=path)


def content_of(path: Path, *, most: int) -> bytes:
    """All of an ordinary file. Raises UsageError: none, not to be read, more than ``most`` bytes."""
    check_ordinary(path)
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as exc:
        raise UsageError("file-unreadable", path=path, cause=cause_of(exc)) from exc
    if len(content) > most:
        raise UsageError("file-large", path=path, most_mb=most // 2**20)
    return content


@contextlib.contextmanager
def _special(path: Path) -> Iterator[BinaryIO]:
    """Write into a device or pipe; a pipe that nobody reads is an error, not a wait without end."""
    try:
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "wb") as file:
            os.set_blocking(descriptor, True)
            yield file
    except OSError as exc:
        raise StoreError("write-special-failed", path=path, cause=cause_of(exc)) from exc
