"""Threads beside the main one, and stretches of the main one that Ctrl-C does not break off."""

from __future__ import annotations

import contextlib
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType


class SideThreads(ThreadPoolExecutor):
    """A pool that is left without delay: an error gives up what has not begun, Ctrl-C also what runs.

    Left in the usual way it waits for everything, as its parent.
    """

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the block."""
        interrupted = isinstance(value, KeyboardInterrupt)
        self.shutdown(wait=not interrupted, cancel_futures=value is not None)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C in the block is not heard: for cleaning up, which a second one would leave half done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
