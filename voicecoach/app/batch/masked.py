"""Personal data hidden in the lines of the results, and in the sound of their report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span

MASK_VERSION: Final = "mask 1"
"""Counts changes of masking: results written before are written anew."""


@dataclass
class Masking:
    """Hides personal data in each line of the results and keeps, by key, what must not be heard."""

    silences: dict[str, Sequence[Span]] = field(default_factory=dict)

    def __call__(self, line: dict[str, Any]) -> dict[str, Any]:
        """The masked line."""
        from voicecoach.app.masking.mask import mask_document

        masked, _, spans = mask_document(line)
        if spans:
            self.silences[line["batch"]["key"]] = spans
        return masked
