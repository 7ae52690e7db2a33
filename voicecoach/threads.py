"""Threads beside the main one, as a context."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
