"""Sentence vectors of the prompt packs, kept on disk: working them out anew would take seconds a start.

Only texts of prompt packs go through here, and the sentences that a user taught: when one of those is
forgotten, the file goes (:mod:`.history.learned`). It belongs to one version of the encoder; a damaged or
foreign one is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.adapters.folders import replacing, vectors_folder
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.ports import SentenceEncoder

_NO_ARCHIVE: Final = (zipfile.BadZipFile, zlib.error, struct.error)
"""What reading a damaged archive raises besides."""


class KeptVectors:
    """An encoder that remembers, in memory and in ``vectors_folder()``, what it has encoded."""

    def __init__(self, encoder: SentenceEncoder, *, version: str) -> None:
        self._encoder = encoder
        self._version = version
        self._known: dict[bytes, NDArray[np.float16]] | None = None
        self._fresh = False

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """As the encoder behind it, to half precision (cosines within 0.001). Raises EngineError."""
        if not sentences:
            return self._encoder.encode(sentences)
        known = self._read() if self._known is None else self._known
        self._known = known
        keys = [
            hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).digest()[:16] for sentence in sentences
        ]
        missing = [place for place, key in enumerate(keys) if key not in known]
        if missing:
            fresh = self._encoder.encode([sentences[place] for place in missing])
            if any(vector.shape != fresh.shape[1:] for vector in islice(known.values(), 1)):
                known.clear()  # of another encoder, or damaged: all are made anew
                return self.encode(sentences)
            for place, vector in zip(missing, fresh, strict=True):
                known[keys[place]] = vector.astype(np.float16)
            self._fresh = True
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def keep(self) -> None:
        """Write what is new to the disk; to be called at the end of the program."""
        if self._fresh and self._known:
            self._write(self._known)
            self._fresh = False

    def _path(self) -> Path:
        name = "".join(character if character.isalnum() else "-" for character in self._version)
        return vectors_folder() / f"{name}.npz"

    def _read(self) -> dict[bytes, NDArray[np.float16]]:
        try:
            with self._path().open("rb") as file, np.load(file, allow_pickle=False) as kept:
                keys, vectors = kept["keys"], kept["vectors"]
        except (OSError, ValueError, KeyError, EOFError, MemoryError, NotImplementedError, *_NO_ARCHIVE):
            return {}
        if (keys.ndim, keys.dtype, vectors.ndim, vectors.dtype) != (2, np.uint8, 2, np.float16):
            return {}
        whole = len(keys) == len(vectors) and bool(np.isfinite(vectors).all())
        return {bytes(key): vector for key, vector in zip(keys, vectors, strict=True)} if whole else {}

    def _write(self, known: dict[bytes, NDArray[np.float16]]) -> None:
        content = io.BytesIO()
        keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), -1)
        np.savez(content, keys=keys, vectors=np.stack(list(known.values())))
        # a full disk or a read-only home must not keep anybody from scoring
        with contextlib.suppress(OSError, StoreError):
            self._path().parent.mkdir(mode=0o700, exist_ok=True)
            with replacing(self._path()) as file:
                file.write(content.getvalue())
