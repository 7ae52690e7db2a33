"""The speaker profile as JSON, schema ``voicecoach.speaker/1``: its keys are the fields of the value."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from voicecoach.documents.checked import checked
from voicecoach.model.speaker_profile import SpeakerProfile

if TYPE_CHECKING:
    from voicecoach.documents.checked import Json

SCHEMA: Final = "voicecoach.speaker/1"


def encode_speaker_profile(profile: SpeakerProfile) -> Json:
    """The document."""
    return {"schema": SCHEMA, **asdict(profile)}


def decode_speaker_profile(document: object) -> SpeakerProfile:
    """The profile of a document. Raises StoreError that says what is wrong with it."""
    return checked(document, SpeakerProfile, schema=SCHEMA)
