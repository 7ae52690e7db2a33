"""The way back: a document ``voicecoach.assessment/1`` to the assessment that it was written from.

What the document does not hold is not there afterwards: the curves, the language that was heard instead, and
the digits that were rounded away. So :func:`voicecoach.report.json_report.assessment_to_json` of what is
read gives the same document again, and every renderer shows a kept take as it showed it at first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Band,
    Coverage,
    Evidence,
    LanguageHit,
    Measurement,
    NotApplicable,
    PointResult,
    Refusal,
    Score,
)
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.report.json_report import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.report.json_report import Json


def assessment_from_json(document: Mapping[str, Any]) -> Assessment:
    """The assessment of a document. Raises ValueError when it is not of the schema, or not whole."""
    if document.get("schema") != SCHEMA:
        msg = f"the schema must be {SCHEMA}, got {document.get('schema')!r}"
        raise ValueError(msg)
    try:
        return _assessment(document)
    except (LookupError, TypeError, AttributeError) as exc:
        msg = f"the document is not as {SCHEMA} has it: {type(exc).__name__} {exc}"
        raise ValueError(msg) from exc


def _assessment(document: Mapping[str, Any]) -> Assessment:
    rubric, call = document["rubric"], document.get("call")
    provenance = {name: _provenance(made) for name, made in document["provenance"].items()}
    recogniser = provenance.get("recogniser", "")
    return Assessment(
        source=document["recording"]["source"],
        sha256=document["recording"]["sha256"],
        duration_s=document["recording"]["duration_s"],
        language=document["language"],
        profile=document["profile"],
        transcript=Transcript(
            words=tuple(_word(word) for word in document["transcript"]["words"]),
            language=document["language"],
            provenance=recogniser
            if isinstance(recogniser, Provenance)
            else Provenance(recogniser, "", "", ""),
            dropped=tuple(_word(word) for word in document["transcript"]["dropped"]),
            unheard=tuple(Span(*pair) for pair in document["transcript"]["unheard"]),
        ),
        measurements=tuple(_measurement(name, found) for name, found in document["measurements"].items()),
        bands={
            name: Band(tuple(found["band"]["green"]), tuple(found["band"]["amber"]), found["source"])
            for name, found in document["measurements"].items()
            if found["band"] is not None
        },
        coverage=None if rubric is None else _coverage(rubric),
        scores=tuple(Score(**score) for score in document["scores"]),
        total=document["total"],
        advice=tuple(
            Advice(advice["about"], dict(advice["by_language"]), _span(advice))
            for advice in document["advice"]
        ),
        refusals=tuple(_refusal(refusal) for refusal in document["refusals"]),
        provenance=provenance,
        rubric_version="" if rubric is None else rubric["version"],
        created=document["created"],
        dialogue=None if call is None else _dialogue(call),
    )


def _word(word: Json) -> Word:
    return Word(word["text"], Span(word["start_s"], word["end_s"]), word["confidence"])


def _measurement(name: str, found: Json) -> Measurement:
    return Measurement(
        name=name,
        value=found["value"],
        unit=found["unit"],
        definition=found["definition"],
        evidence=tuple(Span(*pair) for pair in found["evidence"]),
        reason=found["reason"],
        provisional=found["provisional"] or "",
    )


def _coverage(rubric: Json) -> Coverage:
    low, high = rubric["coverage"]
    return Coverage(
        prompt_id=rubric["prompt"],
        points=tuple(
            PointResult(
                point["id"],
                point["state"],
                point["score"],
                tuple(Evidence(said["quote"], _span(said), said["by"]) for said in point["evidence"]),
            )
            for point in rubric["points"]
        ),
        low=low,
        high=high,
        order_ok=rubric["order_ok"],
        language=tuple(
            LanguageHit(hit["code"], hit["quote"], _span(hit), hit["certain"]) for hit in rubric["language"]
        ),
        out_of_order=tuple(rubric["out_of_order"]),
        not_applicable=tuple(
            NotApplicable(point["id"], point["reason"]) for point in rubric.get("not_applicable", ())
        ),
    )


def _dialogue(call: Json) -> Dialogue:
    return Dialogue(
        call["agent_channel"],
        call["grace_s"],
        tuple(Turn(turn["side"], _span(turn), turn["text"], turn["back_channel"]) for turn in call["turns"]),
    )


def _refusal(refusal: Json) -> Refusal:
    words: Json = refusal["by_language"]
    return Refusal(
        refusal["code"],
        {language: text["reason"] for language, text in words.items()},
        {language: text["remedy"] for language, text in words.items() if text["remedy"]},
        refusal["blocks_score"],
    )


def _provenance(made: Json | str) -> Provenance | str:
    return made if isinstance(made, str) else Provenance(**made)


def _span(timed: Json) -> Span | None:
    return None if timed["start_s"] is None else Span(timed["start_s"], timed["end_s"])
