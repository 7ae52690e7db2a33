"""From the shapes of an assessment's document back to its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

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
)
from voicecoach.model.audio import Interruption, Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.take import FORMER_UNITS
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.documents.shapes import assessment as shape
    from voicecoach.model.assessment import LanguageCode


def assessment_of(document: shape.AssessmentShape) -> Assessment:
    """The assessment of a checked document. Raises ValueError, TypeError when parts do not fit together."""
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
        streams=tuple(document.streams or ()),
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
