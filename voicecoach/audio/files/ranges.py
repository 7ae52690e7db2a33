"""What the decoder is handed: a file itself, or some ranges of its bytes as if they were one file."""

from __future__ import annotations

import errno
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span

_FARTHEST: Final = 1 << 62


class Bytes(Protocol):
    """What the decoder reads from, as of a file."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes, or all."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a byte."""
        ...

    def tell(self) -> int:
        """Where the next byte is read."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes for the decoder, and what their order tells without decoding.

    ``there``: share 0..1 of the bytes that the file says it has, None where it says nothing. ``is_torn``: it
    breaks off inside a frame. ``unread``: another recording follows that does not fit the first.
    ``behind``: share of the sound's bytes that lie behind the end told by the header, and were not
    read. ``contradicts``: its header's rates do not fit its format. ``lacks_index``: nothing can be found
    without it. ``damaged``: frames that are none, by their stamps.
    """

    file: Bytes
    there: float | None = None
    is_torn: bool = False
    unread: bool = False
    behind: float = 0.0
    contradicts: bool = False
    lacks_index: bool = False
    damaged: tuple[Span, ...] = field(default=())


class Steady:
    """Bytes for the decoder: places that no file has are answered, where a file would raise.

    A damaged header sends the decoder to them, and what is raised in its callback ends on the terminal.
    """

    def __init__(self, file: Bytes, name: str) -> None:
        """``name``: that of the file; some streams are known by their ending alone."""
        self._file = file
        self.name = name

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes, or all."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte; -1 where there can be none."""
        if abs(offset) > _FARTHEST or (whence == io.SEEK_SET and offset < 0):
            return -1
        try:
            return self._file.seek(offset, whence)
        except OSError as exc:
            if exc.errno != errno.EINVAL:
                raise
            return -1

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._file.tell()


class Ranges(io.RawIOBase):
    """Bytes, and ranges ``(start, stop)`` of a file, one behind the other: read only."""

    def __init__(self, file: Bytes, parts: Sequence[bytes | tuple[int, int]]) -> None:
        super().__init__()
        self._file = file
        self._parts: list[tuple[int, bytes | tuple[int, int]]] = []
        self._size = self._at = 0
        for part in parts:
            length = len(part) if isinstance(part, bytes) else part[1] - part[0]
            self._parts.append((self._size, part))
            self._size += length

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte, counted as in any file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes; all that is left where it is negative."""
        wanted = self._size - self._at if size < 0 else min(size, self._size - self._at)
        pieces = []
        while wanted > 0:
            piece = self._piece(wanted)
            if not piece:
                break
            pieces.append(piece)
            self._at += len(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def _piece(self, wanted: int) -> bytes:
        begin, part = next(each for each in reversed(self._parts) if each[0] <= self._at)
        inside = self._at - begin
        if isinstance(part, bytes):
            return part[inside : inside + wanted]
        self._file.seek(part[0] + inside)
        return self._file.read(min(wanted, part[1] - part[0] - inside))
