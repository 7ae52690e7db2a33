"""Waiting for Enter while something else goes on, on a terminal or a pipe."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

POLL_S: Final = 0.1


class EnterKey(Protocol):
    """What tells of Enter."""

    def pressed(self, ended: Event) -> bool:
        """Wait 0.1 s at most, less when ``ended`` is set; whether Enter was pressed since the last call."""
        ...


class _NoKey:
    """No input at all: it never comes."""

    def pressed(self, ended: Event) -> bool:
        ended.wait(POLL_S)
        return False


if sys.platform == "win32":  # pragma: no cover - the other system's
    import msvcrt

    class _Key:
        def __init__(self, _descriptor: int) -> None:
            while msvcrt.kbhit():
                msvcrt.getwch()

        def pressed(self, ended: Event) -> bool:
            ended.wait(POLL_S)
            found = False
            while msvcrt.kbhit():
                found = msvcrt.getwch() in "\r\n" or found
            return found

else:
    import select
    import termios

    class _Key:
        """Reads the descriptor, past Python's buffers; what was typed before is forgotten."""

        def __init__(self, descriptor: int) -> None:
            self._descriptor: int | None = descriptor
            if os.isatty(descriptor):
                termios.tcflush(descriptor, termios.TCIFLUSH)

        def pressed(self, ended: Event) -> bool:
            if self._descriptor is None:
                ended.wait(POLL_S)
                return False
            if not select.select([self._descriptor], [], [], POLL_S)[0]:
                return False
            typed = os.read(self._descriptor, 4096)
            if not typed:  # the end of a pipe: nothing will come any more
                self._descriptor = None
            return b"\n" in typed or b"\r" in typed


@contextlib.contextmanager
def enter_key() -> Iterator[EnterKey]:
    """Watch standard input; without one Enter never comes."""
    try:
        descriptor = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):  # None, or a file in memory
        yield _NoKey()
        return
    yield _Key(descriptor)
