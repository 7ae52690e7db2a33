"""The files of one report: private, each written whole or not at all, those of before swept away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.adapters.folders import PRIVATE_FILE, PRIVATE_FOLDER, cause_of, replacing
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


class ReportFiles:
    """Files in the folder ``out``, the pages of recordings in its folder ``pages``. Raises StoreError."""

    def __init__(self, out: Path, *, pages: str) -> None:
        self._out, self._pages = out, out / pages
        self._written: set[Path] = set()
        try:
            self._pages.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        except OSError as exc:
            raise StoreError("batch-pages-folder", path=self._pages, cause=cause_of(exc)) from exc

    def write(self, name: str, data: bytes) -> None:
        """Keep the bytes under a name relative to ``out``; what is there already is left alone."""
        path = self._out / name
        self._written.add(path)
        if path.is_file() and path.stat().st_mode & 0o777 == PRIVATE_FILE and path.read_bytes() == data:
            return
        with replacing(path) as file:
            file.write(data)

    def sweep(self) -> None:
        """Remove pages of results that are no more: nobody would look for words there."""
        for path in (*self._pages.glob("*.js"), *self._pages.glob(".*.part")):
            if path not in self._written:
                path.unlink(missing_ok=True)
