"""The recogniser ``whisper`` of the registry: faster-whisper with weights by name or folder."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Final

from voicecoach.adapters.whisper import weights
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber

DEFAULT_MODEL: Final = "base"
_BYTES_PER_MB: Final = 2**20


class WhisperRecogniser(WhisperTranscriber):
    """The transcriber with what the house asks of every recogniser (``voicecoach.ports.Recogniser``)."""

    def identity(self) -> str:
        """As the port says: weights, engine and recipe."""
        from voicecoach.adapters.whisper import recipe

        parts = {
            "engine": "whisper",
            "model_sha256": self._model.sha256,
            "faster_whisper": version("faster-whisper"),
            "recipe": recipe.RECIPE,
            "recipe_sha256": recipe.digest(),
        }
        return json.dumps(parts, sort_keys=True)

    def describe(self) -> str:
        """As the port says."""
        return f"{self._model.name} (sha256 {self._model.sha256[:12]}…)"

    def size_mb(self) -> float:
        """As the port says."""
        return (self._model.folder / "model.bin").stat().st_size / _BYTES_PER_MB


def open_recogniser(model: str | None = None, *, threads: int | None = None) -> WhisperRecogniser:
    """The recogniser with the weights ``model``, not loaded yet.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    return WhisperRecogniser(weights.resolve(model or DEFAULT_MODEL), threads=threads)
