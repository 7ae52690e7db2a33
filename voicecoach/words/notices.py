"""What the reader should know beside the result, from wherever it is noticed to whoever has a face.

A program without a listener (a worker of a batch, a test of one room) says nothing. A notice is told once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.words.catalogue import Message


class _Notices:
    """The one listener of this process, and what it was told."""

    def __init__(self) -> None:
        self.listener: Callable[[Message], None] | None = None
        self.told: list[Message] = []


_HERE = _Notices()


def listen(listener: Callable[[Message], None]) -> None:
    """Tell ``listener`` whatever is noticed from now on; it replaces the one before."""
    _HERE.listener = listener
    _HERE.told.clear()


def notice(message: Message) -> None:
    """Tell the listener, unless it was told the same before."""
    if message not in _HERE.told:
        _HERE.told.append(message)
        if _HERE.listener is not None:
            _HERE.listener(message)
