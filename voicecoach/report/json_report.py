"""The assessment's document, under the name that it had in this room."""

from voicecoach.documents.assessment import encode_assessment as assessment_to_json

__all__ = ["assessment_to_json"]
