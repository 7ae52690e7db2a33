"""A sound file that can be read at every moment while it is being recorded: 16-bit mono wav.

The file is unbuffered and its header is brought up to date after each block, so what was written is there
when the program is killed; it is synced about each second, against power cuts. It is called
``NAME.wav.part`` until it is complete. What was left behind is made a recording again by
:func:`recover`, which never deletes what it cannot read.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import struct
import sys
import time
import wave
from typing import TYPE_CHECKING, Final, Self

from voicecoach.adapters.folders import PRIVATE_FILE, cause_of
from voicecoach.errors import StoreError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

PART: Final = ".part"
SYNC_S: Final = 1.0
"""The file is synced to the disk so often, seconds: what a power cut may take."""
SAMPLE_BYTES: Final = 2
HEADER_BYTES: Final = 44
"""RIFF, WAVE, a ``fmt `` chunk of 16 bytes and the head of ``data``: what the wave module writes."""
LARGEST_BYTES: Final = 2**32 - 2**16
"""A wav file counts its bytes in 32 bits: 12.4 h at 48 kHz."""
DISK_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _WholeFile(io.FileIO):
    """Unbuffered, but writes all it is given: a nearly full disk takes a part of a block without a word.

    After a fault ``is_given_up`` lets what else the wave module writes at its end go nowhere.
    """

    is_given_up = False

    def write(self, data: bytes) -> int:  # type: ignore[override]  # the wave module gives bytes
        """Write all of ``data``. Raises OSError."""
        n_written = 0
        while n_written < len(data) and not self.is_given_up:
            n_written += os.write(self.fileno(), data[n_written:])
        return len(data)


class TakeFile:
    """``path`` while it is being recorded, as ``path`` + ``.part`` until :meth:`finish`.

    Raises StoreError when one of the two exists or cannot be made.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        self.path, self.rate_hz = path, rate_hz
        self.part = path.with_name(path.name + PART)
        self._n_bytes = 0
        self._synced_s = -SYNC_S
        if path.exists():
            raise _exists(path)
        try:
            descriptor = os.open(self.part, os.O_CREAT | os.O_EXCL | os.O_RDWR | _BINARY, PRIVATE_FILE)
        except FileExistsError as exc:
            raise _exists(self.part) from exc
        except OSError as exc:
            raise StoreError("recording-not-begun", path=str(self.part), cause=cause_of(exc)) from exc
        self._file = _WholeFile(descriptor, "r+b")
        _lock(self._file)
        self._wave = wave.open(self._file, "wb")  # noqa: SIM115 - open as long as the recording
        self._wave.setnchannels(1)
        self._wave.setsampwidth(SAMPLE_BYTES)
        self._wave.setframerate(rate_hz)

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the part as it is, unless :meth:`finish` was called."""
        self.close()

    @property
    def n_samples(self) -> int:
        """Samples written."""
        return self._n_bytes // SAMPLE_BYTES

    def write(self, pcm: bytes) -> None:
        """Append whole samples, 16-bit little-endian.

        Raises StoreError; what was there before stays readable.
        """
        if HEADER_BYTES + self._n_bytes + len(pcm) > LARGEST_BYTES:
            raise StoreError("recording-too-large", name=self.path.name)
        try:
            self._wave.writeframes(pcm)
            self._n_bytes += len(pcm)
            if time.monotonic() - self._synced_s >= SYNC_S:
                os.fsync(self._file.fileno())
                self._synced_s = time.monotonic()
        except OSError as exc:
            with contextlib.suppress(OSError):  # half a block beyond what the header counts
                self._file.truncate(HEADER_BYTES + self._n_bytes)
            self._file.is_given_up = True
            raise _unwritable(self.part, exc) from exc

    def finish(self) -> Path:
        """Sync, close and take the part's ``.part`` away; returns ``path``. Raises StoreError."""
        try:
            if not self._n_bytes:
                self._wave.writeframes(b"")  # at least a header
            os.fsync(self._file.fileno())
        except OSError as exc:
            self.close()
            raise _unwritable(self.part, exc) from exc
        self.close()
        return _renamed(self.part, self.path)

    def discard(self) -> None:
        """Take the part away, if it holds no sound: nothing was recorded at all."""
        self.close()
        if not self._n_bytes:
            self.part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file where it is; may be called again."""
        if not self._file.closed:
            try:
                self._wave.close()
            except OSError:  # of a header without samples
                self._file.is_given_up = True
                self._wave.close()
            self._file.close()


def recover(part: Path) -> Path:
    """Make ``NAME.wav.part`` a recording again, header mended.

    Returns ``NAME.wav``, numbered if that is taken.

    Raises StoreError when it is still being recorded, holds no sound or no header; the part then stays.
    """
    try:
        with part.open("r+b") as file:
            if not _lock(file):
                raise StoreError("recording-going-on", name=part.name)
            _mend(file, part)
            os.fsync(file.fileno())
    except OSError as exc:
        raise StoreError("recording-unreadable", name=part.name, cause=cause_of(exc)) from exc
    return _renamed(part, _free(part.with_name(part.name.removesuffix(PART))))


def _mend(file: io.BufferedRandom, part: Path) -> None:
    """Let the header count the samples that are there. Raises StoreError."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    header = file.read(HEADER_BYTES)
    whole = len(header) == HEADER_BYTES and (header[:4], header[8:16], header[36:40]) == (
        b"RIFF", b"WAVEfmt ", b"data",
    )  # fmt: skip
    n_bytes = (size - HEADER_BYTES) // SAMPLE_BYTES * SAMPLE_BYTES
    if n_bytes <= 0:
        raise StoreError("recording-without-sound", name=part.name, path=str(part))
    if not whole:
        raise StoreError("recording-without-header", name=part.name, path=str(part))
    file.truncate(HEADER_BYTES + n_bytes)
    for place, value in ((4, HEADER_BYTES - 8 + n_bytes), (HEADER_BYTES - 4, n_bytes)):
        file.seek(place)
        file.write(struct.pack("<I", value))
    file.flush()


def _free(path: Path) -> Path:
    """``path``, or the first of ``path-2``, ``path-3`` ... that does not exist."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _renamed(part: Path, path: Path) -> Path:
    try:
        part.replace(path)
    except OSError as exc:
        raise _unwritable(part, exc) from exc
    with contextlib.suppress(OSError):  # Windows has no handle of a folder
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return path


def _exists(path: Path) -> StoreError:
    return StoreError("recording-exists", path=str(path))


def _unwritable(part: Path, exc: OSError) -> StoreError:
    cause = Message("recording-disk-full") if exc.errno in DISK_FULL else cause_of(exc)
    return StoreError("recording-unwritable", path=str(part), cause=cause)


_BINARY: Final = getattr(os, "O_BINARY", 0)

if sys.platform == "win32":

    def _lock(_file: io.FileIO | io.BufferedRandom) -> bool:
        """Windows renames no file that is open, which says as much."""
        return True

else:
    import fcntl

    def _lock(file: io.FileIO | io.BufferedRandom) -> bool:
        """Hold the file until it is closed; False when another process does."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
