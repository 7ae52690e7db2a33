"""The shape of ``voicecoach.heard/1``.

No ``from __future__ import annotations`` here: msgspec reads the types when it runs.
"""

from dataclasses import dataclass, field
from typing import Literal

Number = int | float
WordShape = tuple[str, Number, Number, Number]
"""Text, start and end in seconds, confidence 0..1."""


@dataclass(frozen=True, slots=True)
class HeardMaker:
    """The recogniser."""

    engine: str
    version: str
    model: str
    model_sha256: str
    options: dict[str, object]


@dataclass(frozen=True, slots=True)
class HeardTranscript:
    """One transcript."""

    language: Literal["zh", "en"]
    words: list[WordShape]
    dropped: list[WordShape]
    unheard: list[tuple[Number, Number]]
    heard_language: tuple[str, float] | None
    provenance: HeardMaker
    heard_again: list[tuple[Number, Number]] = field(default_factory=list)
    hesitations: list[WordShape] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HeardShape:
    """All transcripts of one recording, by the sound that each is of."""

    schema: str
    transcripts: dict[str, HeardTranscript]
