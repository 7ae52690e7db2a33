"""A line of a batch's ``results.jsonl``: an assessment or a failure, and beside it what the batch knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from voicecoach.documents import failure
from voicecoach.documents.assessment import FORMER_SCHEMAS, decode_assessment, encode_assessment
from voicecoach.documents.assessment import SCHEMA as ASSESSMENT_SCHEMA
from voicecoach.documents.checked import checked
from voicecoach.documents.shapes.result import BesideShape
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult

if TYPE_CHECKING:
    from voicecoach.documents.checked import Json
    from voicecoach.model.result import Result
    from voicecoach.words.catalogue import Ui


def encode_result(result: Result, *, ui: Ui) -> Json:
    """The line; ``ui`` is the language of an assessment's sentences for people."""
    if isinstance(result, FailedResult):
        return failure.encode_failed(result)
    masking = {} if result.masking is None else {"masking": dict(result.masking)}
    return encode_assessment(result.assessment, ui=ui) | {"batch": asdict(result.batch)} | masking


def decode_result(document: object) -> Result:
    """The result of a line; an assessment by itself goes by the name of its recording. Raises StoreError."""
    if isinstance(document, dict) and document.get("schema") == failure.SCHEMA:
        return failure.decode_failed(document)
    assessment = decode_assessment(document)
    beside = checked(document, BesideShape, schema=ASSESSMENT_SCHEMA, former=FORMER_SCHEMAS)
    return JudgedResult(assessment, beside.batch or BatchFacts(assessment.source), beside.masking)
