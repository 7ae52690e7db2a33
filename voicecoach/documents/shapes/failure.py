"""The shape of ``voicecoach.failure/1``, and of a failure that a batch keeps.

No ``from __future__ import annotations`` here: msgspec reads the types when it runs.
"""

from dataclasses import dataclass
from typing import Any

from voicecoach.model.result import BatchFacts


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """What went wrong; ``attempts`` only in results of a batch."""

    code: str
    message: str
    hint: str
    exit_status: int
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class FailureShape:
    """The whole document; ``batch`` only in results of a batch."""

    schema: str
    source: str
    error: ErrorShape
    batch: BatchFacts | None = None


@dataclass(frozen=True, slots=True)
class KeptFailure(ErrorShape):
    """The same between runs, with its words as a plain message of the catalogue."""

    told: dict[str, Any] | None = None
