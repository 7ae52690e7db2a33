"""What a line of results has beside the assessment.

No ``from __future__ import annotations`` here: msgspec reads the types when it runs.
"""

from dataclasses import dataclass

from voicecoach.model.result import BatchFacts


@dataclass(frozen=True, slots=True)
class BesideShape:
    """Only in results of a batch, and only where masking was asked for."""

    batch: BatchFacts | None = None
    masking: dict[str, int] | None = None
