"""The assessment as JSON, schema ``voicecoach.assessment/2`` (described in ``docs/assessment-json.md``).

Keys come in one order and figures are rounded in one way, so the same recording judged by the same engines
gives the same bytes; only ``created`` may differ. Words that people read (``reason`` and ``remedy`` of a
refusal, ``text`` of an advice) are in one language, and beside it in both.

What the document does not hold is not there when it is read: the curves, the language that was heard instead,
and the digits that were rounded away. So :func:`encode_assessment` of what :func:`decode_assessment` gives is
the same document again, and every renderer shows a kept take as it showed it at first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.documents.assessment_values import assessment_of
from voicecoach.documents.checked import built, checked, written
from voicecoach.documents.shapes import assessment as shape
from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Band,
    Coverage,
    Evidence,
    Measurement,
    Refusal,
    judged,
)
from voicecoach.model.take import ASSESSMENT_SCHEMAS
from voicecoach.words.catalogue import in_language
from voicecoach.words.reasons import explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.documents.checked import Json
    from voicecoach.model.audio import Span
    from voicecoach.model.dialogue import Dialogue
    from voicecoach.model.transcript import Provenance, Transcript, Word
    from voicecoach.words.catalogue import Ui

SCHEMA, *FORMER_SCHEMAS = ASSESSMENT_SCHEMAS
"""What is written; what is read besides: there ``pause_rate`` was in ``1/min``, which is now ``per_min``."""
TIME_DECIMALS: Final = 3
"""Times are given to the millisecond: the sound is measured every 5 ms."""
SHARE_DECIMALS: Final = 3
TICKED_PARTS: Final = ("points", "language")
TICKS: Final = ("judged", "counts")
"""The keys of a point and of a phrase that say what the user ticked."""
FIGURE_DIGITS: Final = 6
"""Significant digits of a figure: more than any of them deserves."""


def encode_assessment(assessment: Assessment, *, ui: Ui = "zh") -> Json:
    """The document; measurements in the order in which they are given.

    ``ui`` is the language of the sentences for people.
    """
    document = written(
        shape.AssessmentShape(
            schema=SCHEMA,
            created=assessment.created,
            recording=shape.RecordingShape(
                assessment.source, assessment.sha256, _time(assessment.duration_s)
            ),
            language=assessment.language,
            profile=assessment.profile,
            transcript=_transcript_shape(assessment.transcript),
            call=None if assessment.dialogue is None else _call_shape(assessment.dialogue),
            streams=list(assessment.streams),
            interruptions=[
                shape.InterruptionShape(each.kind, *_pair(each.span)) for each in assessment.interruptions
            ],
            measurements={
                figure.name: _measurement_shape(figure, assessment.bands.get(figure.name))
                for figure in assessment.measurements
            },
            rubric=None
            if assessment.coverage is None
            else _rubric_shape(assessment.coverage, assessment.rubric_version),
            scores=[
                shape.ScoreShape(
                    score.name, _share(score.points), _share(score.out_of), score.verdict, score.explanation
                )
                for score in assessment.scores
            ],
            total=None if assessment.total is None else round(assessment.total, 1),
            total_without_fatal=None
            if assessment.total_without_fatal is None
            else round(assessment.total_without_fatal, 1),
            advice=[_advice_shape(advice, ui) for advice in assessment.advice],
            refusals=[_refusal_shape(refusal, ui) for refusal in assessment.refusals],
            provenance={
                name: _provenance_shape(made) for name, made in sorted(assessment.provenance.items())
            },
        )
    )
    for part in ("call", "streams", "interruptions", "total_without_fatal"):
        if document[part] is None or document[part] == []:
            del document[part]
    if document["rubric"] is not None:
        document["rubric"] = _without_nothing(document["rubric"])
    return document


def encode_coverage(coverage: Coverage) -> Json:
    """The ``rubric`` part by itself, without a version; times are null on text alone."""
    return _without_nothing(written(_coverage_shape(coverage)))


def decode_assessment(document: object) -> Assessment:
    """The assessment of a document. Raises StoreError when it is not of the schema, or not whole."""
    whole = checked(document, shape.AssessmentShape, schema=SCHEMA, former=FORMER_SCHEMAS)
    return built(lambda: assessment_of(whole), schema=SCHEMA)


def _without_nothing(rubric: Json) -> Json:
    """``not_applicable`` stands there only when it is not empty, what the user ticked only where he did."""
    return {
        key: [_ticked(part) for part in parts] if key in TICKED_PARTS else parts
        for key, parts in rubric.items()
        if key != "not_applicable" or parts
    }


def _ticked(part: Json) -> Json:
    return {key: value for key, value in part.items() if value is not None or key not in TICKS}


def _transcript_shape(transcript: Transcript) -> shape.TranscriptShape:
    return shape.TranscriptShape(
        text=transcript.text,
        words=[_word_shape(word) for word in transcript.words],
        dropped=[_word_shape(word) for word in transcript.dropped],
        unheard=[_pair(span) for span in transcript.unheard],
    )


def _word_shape(word: Word) -> shape.WordShape:
    start_s, end_s = _pair(word.span)
    return shape.WordShape(word.text, start_s, end_s, _share(word.confidence))


def _call_shape(dialogue: Dialogue) -> shape.CallShape:
    return shape.CallShape(
        dialogue.agent_channel,
        _time(dialogue.grace_s),
        [
            shape.TurnShape(turn.side, *_start_end(turn.span), turn.text, turn.back_channel)
            for turn in dialogue.turns
        ],
    )


def _measurement_shape(figure: Measurement, band: Band | None) -> shape.MeasurementShape:
    value = figure.value
    return shape.MeasurementShape(
        value=None if value is None else _figure(value),
        unit=figure.unit,
        verdict=judged(figure, band),
        band=None if band is None else shape.BandShape(list(band.green), list(band.amber)),
        source=None if band is None else band.source,
        definition=figure.definition,
        reason=figure.reason,
        reason_text=None if figure.reason is None else explained(figure.reason),
        provisional=figure.provisional or None,
        evidence=[_pair(span) for span in figure.evidence],
    )


def _coverage_shape(coverage: Coverage) -> shape.CoverageShape:
    return shape.CoverageShape(
        prompt=coverage.prompt_id,
        points=[
            shape.PointShape(
                point.id,
                point.state,
                _share(point.score),
                _evidence_shapes(point.evidence),
                None
                if point.judged is None
                else shape.JudgedShape(
                    point.judged.state, _share(point.judged.score), _evidence_shapes(point.judged.evidence)
                ),
            )
            for point in coverage.points
        ],
        coverage=[_share(coverage.low), _share(coverage.high)],
        order_ok=coverage.order_ok,
        out_of_order=list(coverage.out_of_order),
        language=[
            shape.HitShape(hit.code, hit.quote, *_start_end(hit.span), hit.certain, hit.counts)
            for hit in coverage.language
        ],
        not_applicable=[
            shape.DroppedPointShape(point.id, point.reason, explained(point.reason))
            for point in coverage.not_applicable
        ],
    )


def _evidence_shapes(evidence: Sequence[Evidence]) -> list[shape.EvidenceShape]:
    return [shape.EvidenceShape(said.quote, *_start_end(said.span), said.by) for said in evidence]


def _rubric_shape(coverage: Coverage, version: str) -> shape.RubricShape:
    plain = _coverage_shape(coverage)
    return shape.RubricShape(
        plain.prompt,
        plain.points,
        plain.coverage,
        plain.order_ok,
        plain.out_of_order,
        plain.language,
        plain.not_applicable,
        version,
    )


def _advice_shape(advice: Advice, ui: Ui) -> shape.AdviceShape:
    start_s, end_s = _start_end(advice.span)
    return shape.AdviceShape(
        about=advice.about,
        text=in_language(advice.text, ui),
        start_s=start_s,
        end_s=end_s,
        by_language=dict(sorted(advice.text.items())),
    )


def _refusal_shape(refusal: Refusal, ui: Ui) -> shape.RefusalShape:
    return shape.RefusalShape(
        code=refusal.code,
        reason=in_language(refusal.reason, ui),
        remedy=in_language(refusal.remedy, ui),
        blocks_score=refusal.blocks_score,
        by_language={
            language: shape.RefusalWordsShape(refusal.reason[language], refusal.remedy.get(language, ""))
            for language in sorted(refusal.reason)
        },
    )


def _provenance_shape(made: Provenance | str) -> shape.ProvenanceShape | str:
    if isinstance(made, str):
        return made
    options = {key: _plain(value) for key, value in sorted(made.options.items())}
    return shape.ProvenanceShape(made.engine, made.version, made.model, made.model_sha256, options)


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value)


def _start_end(span: Span | None) -> tuple[float | None, float | None]:
    return (None, None) if span is None else (_time(span.start_s), _time(span.end_s))


def _pair(span: Span) -> list[float]:
    return [_time(span.start_s), _time(span.end_s)]


def _time(seconds: float) -> float:
    return round(float(seconds), TIME_DECIMALS)


def _share(value: float) -> float:
    return round(float(value), SHARE_DECIMALS) + 0.0


def _figure(value: float) -> float:
    return float(f"{value:.{FIGURE_DIGITS}g}") + 0.0
