"""One practice at a time looks after the takes that were broken off: a lock on the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import DATA_VARIABLE, data_folder, locked

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

LOCK: Final = "practise.lock"


def alone() -> AbstractContextManager[bool]:
    """Whether this is the only practice on this data folder, and stays so inside the block.

    Raises StoreError.
    """
    return locked(data_folder() / LOCK, variable=DATA_VARIABLE, wait=False)
