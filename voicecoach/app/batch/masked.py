"""Personal data hidden in the lines of the results, and in the sound of their report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from voicecoach.app.masking.mask import mask_assessment
from voicecoach.model.result import JudgedResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span
    from voicecoach.model.result import Result

MASK_VERSION: Final = "mask 2"
"""Counts changes of masking: results written before are written anew."""


@dataclass
class Masking:
    """Hides personal data in each result and keeps, by key, what must not be heard."""

    silences: dict[str, Sequence[Span]] = field(default_factory=dict)

    def __call__(self, result: Result) -> Result:
        """The masked result; what a failure quotes of the words is masked where it is made."""
        if not isinstance(result, JudgedResult):
            return result
        assessment, counts, spans = mask_assessment(result.assessment)
        if spans and result.batch.key is not None:
            self.silences[result.batch.key] = spans
        return replace(result, assessment=assessment, masking=counts)
