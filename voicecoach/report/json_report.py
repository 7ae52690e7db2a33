"""The assessment as JSON, schema ``voicecoach.assessment/1`` (described in ``docs/assessment-json.md``).

Keys come in one order and figures are rounded in one way, so the same recording judged by the same engines
gives the same bytes; only ``created`` may differ. Words that people read (``reason`` and ``remedy`` of a
refusal, ``text`` of an advice) are in one language, and beside it in both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from voicecoach.metrics.reasons import REASONS
from voicecoach.report.names import ordered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import Advice, Assessment, Band, Coverage, Measurement, Refusal, Score
    from voicecoach.model.audio import Span
    from voicecoach.model.dialogue import Dialogue
    from voicecoach.model.transcript import Provenance, Word
    from voicecoach.report.names import Ui

SCHEMA: Final = "voicecoach.assessment/1"
TIME_DECIMALS: Final = 3
"""Times are given to the millisecond: the sound is measured every 5 ms."""
SHARE_DECIMALS: Final = 3
FIGURE_DIGITS: Final = 6
"""Significant digits of a figure: more than any of them deserves."""

LINE_LONGEST: Final = 110
"""An object that fits on a line of so many characters is written on one."""

Json = dict[str, Any]


def assessment_to_json(assessment: Assessment, *, ui: Ui = "zh") -> Json:
    """The document, ready for :func:`dumps`. ``ui`` is the language of the sentences for people."""
    call = {} if assessment.dialogue is None else {"call": _call(assessment.dialogue)}
    return {
        "schema": SCHEMA,
        "created": assessment.created,
        "recording": {
            "source": assessment.source,
            "sha256": assessment.sha256,
            "duration_s": _time(assessment.duration_s),
        },
        "language": assessment.language,
        "profile": assessment.profile,
        "transcript": _transcript(assessment),
        **call,
        "measurements": {
            measurement.name: _measurement(measurement, assessment.bands.get(measurement.name))
            for measurement in ordered(assessment.measurements)
        },
        "rubric": None
        if assessment.coverage is None
        else {**coverage_to_json(assessment.coverage), "version": assessment.rubric_version},
        "scores": [_score(score) for score in assessment.scores],
        "total": None if assessment.total is None else round(assessment.total, 1),
        "advice": [_advice(advice, ui) for advice in assessment.advice],
        "refusals": [_refusal(refusal, ui) for refusal in assessment.refusals],
        "provenance": {name: _provenance(made) for name, made in sorted(assessment.provenance.items())},
    }


def dumps(document: object) -> str:
    """The JSON text, Chinese as it is written: what fits on a line stands on one, and a newline ends it.

    Raises ValueError for a figure that JSON does not have (NaN, infinity).
    """
    return _lines(document, 0) + "\n"


def _lines(document: object, depth: int) -> str:
    flat = json.dumps(document, ensure_ascii=False, allow_nan=False)
    if 2 * depth + len(flat) <= LINE_LONGEST or not document or not isinstance(document, (dict, list)):
        return flat
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(document, dict):
        items = [f"{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}" for k, v in document.items()]
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + _lines(item, depth + 1) for item in document) + f"\n{outer}]"


def coverage_to_json(coverage: Coverage) -> Json:
    """The ``rubric`` part; times are null on text alone; ``not_applicable`` only when it is not empty."""
    dropped = [
        {"id": one.id, "reason": one.reason, "reason_text": _explained(one.reason)}
        for one in coverage.not_applicable
    ]
    return {
        "prompt": coverage.prompt_id,
        "points": [
            {
                "id": point.id,
                "state": point.state,
                "score": _share(point.score),
                "evidence": [
                    {"quote": evidence.quote, **_start_end(evidence.span), "by": evidence.by}
                    for evidence in point.evidence
                ],
            }
            for point in coverage.points
        ],
        "coverage": [_share(coverage.low), _share(coverage.high)],
        "order_ok": coverage.order_ok,
        "out_of_order": list(coverage.out_of_order),
        "language": [
            {"code": hit.code, "quote": hit.quote, **_start_end(hit.span), "certain": hit.certain}
            for hit in coverage.language
        ],
        **({"not_applicable": dropped} if dropped else {}),
    }


def _call(dialogue: Dialogue) -> Json:
    return {
        "agent_channel": dialogue.agent_channel,
        "grace_s": _time(dialogue.grace_s),
        "turns": [
            {
                "side": turn.side,
                **_start_end(turn.span),
                "text": turn.text,
                "back_channel": turn.back_channel,
            }
            for turn in dialogue.turns
        ],
    }


def _transcript(assessment: Assessment) -> Json:
    transcript = assessment.transcript
    return {
        "text": transcript.text,
        "words": [_word(word) for word in transcript.words],
        "dropped": [_word(word) for word in transcript.dropped],
        "unheard": [_pair(span) for span in transcript.unheard],
    }


def _word(word: Word) -> Json:
    return {"text": word.text, **_start_end(word.span), "confidence": _share(word.confidence)}


def _measurement(measurement: Measurement, band: Band | None) -> Json:
    value = measurement.value
    reason = measurement.reason
    return {
        "value": None if value is None else _figure(value),
        "unit": measurement.unit,
        "verdict": None if value is None or band is None else band.verdict(value),
        "band": None if band is None else {"green": list(band.green), "amber": list(band.amber)},
        "source": None if band is None else band.source,
        "definition": measurement.definition,
        "reason": reason,
        "reason_text": None if reason is None else _explained(reason),
        "provisional": measurement.provisional or None,
        "evidence": [_pair(span) for span in measurement.evidence],
    }


def _explained(code: str) -> dict[str, str]:
    return dict(REASONS.get(code, {"zh": code, "en": code}))


def _score(score: Score) -> Json:
    return {
        "name": score.name,
        "points": _share(score.points),
        "out_of": _share(score.out_of),
        "verdict": score.verdict,
        "explanation": score.explanation,
    }


def _advice(advice: Advice, ui: Ui) -> Json:
    return {
        "about": advice.about,
        "text": _in_language(advice.text, ui),
        **_start_end(advice.span),
        "by_language": dict(sorted(advice.text.items())),
    }


def _refusal(refusal: Refusal, ui: Ui) -> Json:
    return {
        "code": refusal.code,
        "reason": _in_language(refusal.reason, ui),
        "remedy": _in_language(refusal.remedy, ui),
        "blocks_score": refusal.blocks_score,
        "by_language": {
            language: {"reason": refusal.reason[language], "remedy": refusal.remedy.get(language, "")}
            for language in sorted(refusal.reason)
        },
    }


def _in_language(words: Mapping[str, str], ui: Ui) -> str:
    return words.get(ui) or next((words[other] for other in sorted(words) if words[other]), "")


def _provenance(made: Provenance | str) -> Json | str:
    if isinstance(made, str):
        return made
    return {
        "engine": made.engine,
        "version": made.version,
        "model": made.model,
        "model_sha256": made.model_sha256,
        "options": {key: _plain(value) for key, value in sorted(made.options.items())},
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value)


def _start_end(span: Span | None) -> dict[str, float | None]:
    if span is None:
        return {"start_s": None, "end_s": None}
    return {"start_s": _time(span.start_s), "end_s": _time(span.end_s)}


def _pair(span: Span) -> list[float]:
    return [_time(span.start_s), _time(span.end_s)]


def _time(seconds: float) -> float:
    return round(float(seconds), TIME_DECIMALS)


def _share(value: float) -> float:
    return round(float(value), SHARE_DECIMALS) + 0.0


def _figure(value: float) -> float:
    return float(f"{value:.{FIGURE_DIGITS}g}") + 0.0
