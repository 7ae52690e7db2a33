"""The sentences that the user taught, as JSON, schema ``voicecoach.learned/1``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from voicecoach.documents.checked import checked
from voicecoach.documents.shapes.learned import LearnedShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.documents.checked import Json
    from voicecoach.model.learned import LearnedSentence

SCHEMA: Final = "voicecoach.learned/1"


def encode_learned(sentences: Sequence[LearnedSentence]) -> Json:
    """The document."""
    return {"schema": SCHEMA, "sentences": [asdict(sentence) for sentence in sentences]}


def decode_learned(document: object) -> tuple[LearnedSentence, ...]:
    """The sentences of a document. Raises StoreError that says what is wrong with it."""
    return tuple(checked(document, LearnedShape, schema=SCHEMA).sentences)
