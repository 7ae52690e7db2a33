"""The assessment's document with the measurements in the order of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.documents.assessment import encode_assessment
from voicecoach.report.names import ordered

if TYPE_CHECKING:
    from voicecoach.documents.checked import Json
    from voicecoach.model.assessment import Assessment
    from voicecoach.words.catalogue import Ui


def assessment_to_json(assessment: Assessment, *, ui: Ui = "zh") -> Json:
    """The document of an assessment, whatever the order of measuring was."""
    return encode_assessment(replace(assessment, measurements=tuple(ordered(assessment.measurements))), ui=ui)
