"""The assessment as JSON, schema ``voicecoach.assessment/2`` (described in ``docs/assessment-json.md``).

Keys come in one order and figures are rounded in one way, so the same recording judged by the same engines
gives the same bytes; only ``created`` may differ. Words that people read (``reason`` and ``remedy`` of a
refusal, ``text`` of an advice) are in one language, and beside it in both.

What the document does not hold is not there when it is read: the curves, the language that was heard instead,
and the digits that were rounded away. So :func:`encode_assessment` of what :func:`decode_assessment` gives is
the same document again, and every renderer shows a kept take as it showed it at first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from voicecoach.documents import assessment_shape as shape
from voicecoach.documents.checked import built, checked, written
from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Band,
    Coverage,
    Evidence,
    Judged,
    LanguageHit,
    Measurement,
    NotApplicable,
    PointResult,
    Refusal,
    Score,
    judged,
)
from voicecoach.model.audio import Interruption, Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.take import ASSESSMENT_SCHEMAS, FORMER_UNITS
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.words.catalogue import in_language
from voicecoach.words.reasons import explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.documents.checked import Json
    from voicecoach.model.assessment import LanguageCode
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
    for part in ("call", "interruptions", "total_without_fatal"):
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
    return built(lambda: _assessment(whole), schema=SCHEMA)


def _without_nothing(rubric: Json) -> Json:
    """``not_applicable`` stands there only when it is not empty, what the user ticked only where he did."""
    return {
        key: [_ticked(part) for part in parts] if key in TICKED_PARTS else parts
        for key, parts in rubric.items()
        if key != "not_applicable" or parts
    }


def _ticked(part: Json) -> Json:
    return {key: value for key, value in part.items() if value is not None or key not in TICKS}


# --- to the document


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


# --- from the document


def _assessment(document: shape.AssessmentShape) -> Assessment:
    provenance = {name: _provenance(made) for name, made in document.provenance.items()}
    recogniser = provenance.get("recogniser", "")
    rubric, call = document.rubric, document.call
    return Assessment(
        source=document.recording.source,
        sha256=document.recording.sha256,
        duration_s=document.recording.duration_s,
        language=document.language,
        profile=document.profile,
        transcript=Transcript(
            words=_words(document.transcript.words),
            language=document.language,
            provenance=recogniser
            if isinstance(recogniser, Provenance)
            else Provenance(recogniser, "", "", ""),
            dropped=_words(document.transcript.dropped),
            unheard=tuple(Span(*pair) for pair in document.transcript.unheard),
        ),
        measurements=tuple(_measurement(name, figure) for name, figure in document.measurements.items()),
        bands={
            name: Band(_limits(figure.band.green), _limits(figure.band.amber), figure.source or "")
            for name, figure in document.measurements.items()
            if figure.band is not None
        },
        coverage=None if rubric is None else _coverage(rubric),
        scores=tuple(
            Score(score.name, score.points, score.out_of, score.verdict, score.explanation)
            for score in document.scores
        ),
        total=document.total,
        total_without_fatal=document.total_without_fatal,
        advice=tuple(
            Advice(advice.about, advice.by_language, _span(advice.start_s, advice.end_s))
            for advice in document.advice
        ),
        refusals=tuple(_refusal(refusal) for refusal in document.refusals),
        provenance=provenance,
        rubric_version="" if rubric is None else rubric.version,
        created=document.created,
        dialogue=None if call is None else _dialogue(call),
        interruptions=tuple(
            Interruption(Span(each.start_s, each.end_s), each.kind) for each in document.interruptions or ()
        ),
    )


def _limits(limits: shape.Limits) -> tuple[float | None, float | None]:
    low, high = limits
    return low, high


def _words(words: Sequence[shape.WordShape]) -> tuple[Word, ...]:
    return tuple(Word(word.text, Span(word.start_s, word.end_s), word.confidence) for word in words)


def _measurement(name: str, figure: shape.MeasurementShape) -> Measurement:
    return Measurement(
        name=name,
        value=figure.value,
        unit=FORMER_UNITS.get(figure.unit, figure.unit),
        definition=figure.definition,
        evidence=tuple(Span(*pair) for pair in figure.evidence),
        reason=figure.reason,
        provisional=figure.provisional or "",
    )


def _coverage(rubric: shape.RubricShape) -> Coverage:
    low, high = rubric.coverage
    return Coverage(
        prompt_id=rubric.prompt,
        points=tuple(
            PointResult(
                point.id,
                point.state,
                point.score,
                _evidence(point.evidence),
                None
                if point.judged is None
                else Judged(point.judged.state, point.judged.score, _evidence(point.judged.evidence)),
            )
            for point in rubric.points
        ),
        low=low,
        high=high,
        order_ok=rubric.order_ok,
        language=tuple(
            LanguageHit(
                cast("LanguageCode", hit.code),
                hit.quote,
                _span(hit.start_s, hit.end_s),
                hit.certain,
                hit.counts,
            )
            for hit in rubric.language
        ),
        out_of_order=tuple(rubric.out_of_order),
        not_applicable=tuple(NotApplicable(point.id, point.reason) for point in rubric.not_applicable or ()),
    )


def _evidence(shapes: Sequence[shape.EvidenceShape]) -> tuple[Evidence, ...]:
    return tuple(Evidence(said.quote, _span(said.start_s, said.end_s), said.by) for said in shapes)


def _dialogue(call: shape.CallShape) -> Dialogue:
    return Dialogue(
        call.agent_channel,
        call.grace_s,
        tuple(
            Turn(turn.side, _span(turn.start_s, turn.end_s), turn.text, turn.back_channel)
            for turn in call.turns
        ),
    )


def _refusal(refusal: shape.RefusalShape) -> Refusal:
    words = refusal.by_language
    return Refusal(
        refusal.code,
        {language: text.reason for language, text in words.items()},
        {language: text.remedy for language, text in words.items() if text.remedy},
        refusal.blocks_score,
    )


def _provenance(made: shape.ProvenanceShape | str) -> Provenance | str:
    if isinstance(made, str):
        return made
    return Provenance(made.engine, made.version, made.model, made.model_sha256, made.options)


def _span(start_s: float | None, end_s: float | None) -> Span | None:
    return None if start_s is None or end_s is None else Span(start_s, end_s)
