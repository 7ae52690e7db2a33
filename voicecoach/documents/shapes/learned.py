"""The shape of the sentences that the user taught.

No ``from __future__ import annotations`` here: msgspec reads the types when it runs.
"""

from dataclasses import dataclass

from voicecoach.model.learned import LearnedSentence


@dataclass(frozen=True, slots=True)
class LearnedShape:
    """The whole document; the keys of a sentence are its fields."""

    sentences: list[LearnedSentence]
