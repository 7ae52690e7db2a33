"""Where the program keeps things: the user's data (private) and the cache (may be deleted at any time).

``VOICECOACH_DATA_DIR`` and ``VOICECOACH_CACHE_DIR`` name other folders.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def data_folder() -> Path:
    """The user's own things: takes, prompts, profiles. Only the user may look in (0700)."""
    return _folder("VOICECOACH_DATA_DIR", "user_data_path")


def cache_folder() -> Path:
    """Things that can be made again: assembled models, rendered voices."""
    return _folder("VOICECOACH_CACHE_DIR", "user_cache_path")


def _folder(variable: str, default: str) -> Path:
    import platformdirs

    named = os.environ.get(variable)
    folder = Path(named) if named else getattr(platformdirs, default)("voicecoach", appauthor=False)
    try:
        folder = folder.expanduser()
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as exc:  # RuntimeError: ~nobody has no home
        raise StoreError(
            f"cannot make the folder {folder}: {cause_of(exc)}",
            hint=f"set {variable} to a folder you may write to",
        ) from exc
    return folder


def cause_of(exc: OSError | RuntimeError) -> str:
    """What went wrong, without the number and the file name; some OSErrors have no such text."""
    return getattr(exc, "strerror", None) or str(exc) or type(exc).__name__


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
        raise StoreError(
            f"cannot write {path}: {cause_of(exc)}",
            hint="choose a folder that exists and that you may write to",
        ) from exc
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as exc:
        raise StoreError(
            f"cannot write {path}: {cause_of(exc)}", hint="free some space or choose another folder"
        ) from exc
    finally:
        Path(name).unlink(missing_ok=True)


@contextlib.contextmanager
def _special(path: Path) -> Iterator[BinaryIO]:
    """Write into a device or pipe."""
    try:
        with path.open("wb") as file:
            yield file
    except OSError as exc:
        raise StoreError(f"cannot write {path}: {cause_of(exc)}", hint="choose another file") from exc
