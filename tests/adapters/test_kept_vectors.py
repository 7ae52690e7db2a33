"""Vectors kept on disk: whatever lies there, they are right, and what is damaged is made anew."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from voicecoach.adapters.folders import CACHE_VARIABLE, vectors_folder
from voicecoach.adapters.kept_vectors import KeptVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

DIMS: Final = 4


class Encoder:
    """Encodes a sentence as its length, and counts."""

    def __init__(self, dims: int = DIMS) -> None:
        self.dims, self.n_encoded = dims, 0

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.n_encoded += len(sentences)
        return np.array([[len(sentence)] * self.dims for sentence in sentences], dtype=np.float32)


def saved(**arrays: NDArray[np.generic]) -> bytes:
    content = io.BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]  # of any kind, on purpose
    return content.getvalue()


KEYS: Final = np.zeros((2, 16), dtype=np.uint8)
DAMAGES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "empty": lambda _: b"",
    "cut": lambda whole: whole[: len(whole) // 2],
    "noise": lambda _: os.urandom(500),
    "one byte": lambda whole: whole[:200] + bytes([whole[200] ^ 0xFF]) + whole[201:],
    "no arrays": lambda _: saved(),
    "one number": lambda _: saved(keys=np.array(1, dtype=np.uint8), vectors=np.array(1, dtype=np.float16)),
    "flat": lambda _: saved(keys=KEYS, vectors=np.zeros(2, dtype=np.float16)),
    "other length": lambda _: saved(keys=KEYS, vectors=np.zeros((3, DIMS), dtype=np.float16)),
    "text": lambda _: saved(keys=KEYS, vectors=np.array([["x"] * DIMS] * 2)),
    "not finite": lambda _: saved(keys=KEYS, vectors=np.full((2, DIMS), np.nan, dtype=np.float16)),
    "of another encoder": lambda _: saved(keys=KEYS, vectors=np.zeros((2, 9), dtype=np.float16)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    sentences = ["您好", "很抱歉", "\udcb5"]
    first = KeptVectors(Encoder(), version="v")
    expected = first.encode(sentences)
    first.keep()
    (path,) = vectors_folder().iterdir()
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    again = KeptVectors(Encoder(), version="v")
    assert again.encode(sentences).tolist() == expected.tolist()
    again.keep()
    fresh = Encoder()
    assert KeptVectors(fresh, version="v").encode(sentences).tolist() == expected.tolist()
    assert fresh.n_encoded == 0


def test_a_folder_in_its_place_keeps_nobody_from_scoring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    (vectors_folder() / "v.npz").mkdir(parents=True)
    kept = KeptVectors(Encoder(), version="v")
    assert kept.encode(["您好"]).shape == (1, DIMS)
    kept.keep()
