"""The families, in the order of the rows of their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageCode

FAMILIES: Final[tuple[LanguageCode, ...]] = ("rude", "shirk", "overpromise", "leak")
