"""A recording that could not be judged as JSON, schema ``voicecoach.failure/1``, and how a batch keeps it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from voicecoach.documents.checked import checked
from voicecoach.documents.shapes.failure import FailureShape, KeptFailure
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult

if TYPE_CHECKING:
    from voicecoach.documents.checked import Json

SCHEMA: Final = "voicecoach.failure/1"


def encode_failure(source: str, failure: Failure) -> Json:
    """The document of a recording that was judged by itself; ``source`` is the name of its file."""
    return {
        "schema": SCHEMA,
        "source": source,
        "error": {
            "code": failure.code,
            "message": failure.message,
            "hint": failure.hint,
            "exit_status": failure.exit_status,
        },
    }


def encode_failed(result: FailedResult) -> Json:
    """The line of a batch's results: it says how often the recording was tried, and what the batch knows."""
    document = encode_failure(result.source, result.failure)
    document["error"]["attempts"] = result.failure.attempts
    return document | {"batch": asdict(result.batch)}


def decode_failed(document: object) -> FailedResult:
    """The failed result of a document. Raises StoreError."""
    failed = checked(document, FailureShape, schema=SCHEMA)
    error = failed.error
    return FailedResult(
        failed.source,
        Failure(error.code, error.message, error.hint, error.exit_status, error.attempts),
        failed.batch or BatchFacts(failed.source),
    )


def encode_kept(failure: Failure) -> Json:
    """A failure as a batch keeps it between runs: its words as code and facts, the file not named."""
    return asdict(failure)


def decode_kept(document: object) -> Failure | None:
    """The failure that was kept; None for one of another version: its recording is to be done again."""
    from msgspec import ValidationError, convert

    try:
        kept = convert(document, KeptFailure)
    except ValidationError:
        return None
    return Failure(kept.code, kept.message, kept.hint, kept.exit_status, kept.attempts, kept.told)
