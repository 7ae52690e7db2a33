"""Files that the user names: written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put ``content`` into ``path``, in the place of what was there. Raises StoreError."""
    from voicecoach.adapters.folders import replacing

    with replacing(path) as file:
        file.write(content)
