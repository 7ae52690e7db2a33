"""One practice at a time looks after the takes that were broken off: a lock on the data folder."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import PRIVATE_FILE, data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK: Final = "practise.lock"


@contextlib.contextmanager
def alone() -> Iterator[bool]:
    """Whether this is the only practice on this data folder, and stays so inside the block.

    Raises StoreError.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(data_folder() / LOCK, timeout=0, mode=PRIVATE_FILE)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
