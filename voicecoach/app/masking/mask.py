"""Hide spoken personal data in an assessment: in every text of it, and in the copy of the sound.

What to hide is found in the transcript, and hidden in every other text as well
(:mod:`voicecoach.app.masking.texts`). Words keep their times; the first word of a masked value carries the
mask and the others become empty.

Left alone: names of files and whatever a batch carries along (they are the reader's own keys), and the
texts of the prompt that something was matched by. Figures, curves and times are not texts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.app.masking.texts import Mask
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import union
from voicecoach.rubric.personal.data import MASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.assessment import Assessment

SILENCE_MARGIN_S: Final = 0.15
"""Silenced before and behind a masked word, seconds (project's choice): word times are not exact."""
FADE_S: Final = 0.01
"""Fade on either side of a silenced span, seconds, so that there is no click."""
VERSION: Final = "mask r1"
"""Names the rules: results masked by others are to be made anew."""


def mask_assessment(assessment: Assessment) -> tuple[Assessment, dict[str, int], list[Span]]:
    """The assessment with personal data hidden, how often by rule, and the spans to silence.

    Any report made of it is masked; the sound beside a report has to go through :func:`silenced`.
    """
    mask = Mask()
    transcript = assessment.transcript
    hidden = [
        tuple(
            replace(word, text=text)
            for word, text in zip(
                words, mask.words([w.text for w in words], [w.span for w in words]), strict=True
            )
        )
        for words in (transcript.words, transcript.dropped)
    ]
    dialogue = assessment.dialogue
    if dialogue is not None:
        shown = mask.turns([turn.text for turn in dialogue.turns], [turn.span for turn in dialogue.turns])
        turns = tuple(replace(turn, text=text) for turn, text in zip(dialogue.turns, shown, strict=True))
        dialogue = replace(dialogue, turns=turns)
    coverage = assessment.coverage
    if coverage is not None:
        coverage = replace(
            coverage,
            points=tuple(
                replace(point, evidence=tuple(replace(e, quote=mask.shown(e.quote)) for e in point.evidence))
                for point in coverage.points
            ),
            language=tuple(replace(hit, quote=mask.shown(hit.quote)) for hit in coverage.language),
        )
    result = replace(
        assessment,
        transcript=replace(transcript, words=hidden[0], dropped=hidden[1]),
        coverage=coverage,
        dialogue=dialogue,
        scores=tuple(replace(s, explanation=mask.shown(s.explanation)) for s in assessment.scores),
        advice=tuple(replace(a, text=_all_shown(mask, a.text)) for a in assessment.advice),
    )
    return result, _counted(mask), _silences(mask, assessment.duration_s)


def mask_document(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, int], list[Span]]:
    """The same for a document ``voicecoach.assessment/2``: a masked copy, counts by rule, spans to silence.

    The copy has ``masking`` with the counts, added to those it came with. Masking a masked document
    changes nothing. The original is not touched; a failure document comes back as it is.
    """
    if "transcript" not in document:
        return dict(document), {}, []
    mask = Mask()
    copy = dict(document)
    transcript = dict(document["transcript"])
    had_words = bool(transcript["words"])
    for key in ("words", "dropped"):
        transcript[key] = _words_shown(mask, transcript[key])
    transcript["text"] = (
        "".join(word["text"] for word in transcript["words"]).strip()
        if had_words
        else mask.said(transcript["text"])
    )
    copy["transcript"] = transcript
    if "call" in document:
        copy["call"] = _quotes_shown(mask, _turns_shown(mask, document["call"]))
    if document.get("rubric"):
        rubric = dict(document["rubric"])
        rubric["points"] = [
            {**point, "evidence": [_quote_shown(mask, evidence) for evidence in point["evidence"]]}
            for point in rubric["points"]
        ]
        rubric["language"] = [_quote_shown(mask, hit) for hit in rubric["language"]]
        copy["rubric"] = rubric
    copy["scores"] = [
        {**score, "explanation": mask.shown(score["explanation"])} for score in document["scores"]
    ]
    copy["advice"] = [
        {**advice, "text": mask.shown(advice["text"]), "by_language": _all_shown(mask, advice["by_language"])}
        for advice in document["advice"]
    ]
    counts = _counted(mask)
    before: Mapping[str, int] = document.get("masking") or {}
    copy["masking"] = {
        rule: counts.get(rule, 0) + before.get(rule, 0) for rule in MASKS if rule in counts or rule in before
    }
    return copy, counts, _silences(mask, float(document["recording"]["duration_s"]))


def _words_shown(mask: Mask, words: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    texts = mask.words([word["text"] for word in words], [_span(word) for word in words])
    return [{**word, "text": text} for word, text in zip(words, texts, strict=True)]


def _span(timed: Mapping[str, Any]) -> Span | None:
    start_s, end_s = timed.get("start_s"), timed.get("end_s")
    return None if start_s is None or end_s is None else Span(float(start_s), float(end_s))


def _quote_shown(mask: Mask, quoted: Mapping[str, Any]) -> dict[str, Any]:
    return {**quoted, "quote": mask.shown(quoted["quote"])}


def _all_shown(mask: Mask, texts: Mapping[str, str]) -> dict[str, str]:
    return {language: mask.shown(text) for language, text in texts.items()}


def _turns_shown(mask: Mask, part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """A call's part with its words and turns masked, at whatever depth they stand."""
    if isinstance(part, list):
        return [_turns_shown(mask, item) for item in part]
    if not isinstance(part, dict):
        return part
    shown: dict[str, Any] = {}
    for key, value in part.items():
        if key == "words":
            shown[key] = _words_shown(mask, value)
        elif key == "turns":
            texts = mask.turns([turn["text"] for turn in value], [_span(turn) for turn in value])
            shown[key] = [{**turn, "text": text} for turn, text in zip(value, texts, strict=True)]
        else:
            shown[key] = _turns_shown(mask, value)
    return shown


def _quotes_shown(mask: Mask, part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same for its quotes, once all that they may quote is known."""
    if isinstance(part, list):
        return [_quotes_shown(mask, item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: mask.shown(value) if key == "quote" and isinstance(value, str) else _quotes_shown(mask, value)
        for key, value in part.items()
    }


def _counted(mask: Mask) -> dict[str, int]:
    return {rule: mask.counts[rule] for rule in MASKS if mask.counts[rule]}


def _silences(mask: Mask, duration_s: float) -> list[Span]:
    """The spans with their margins, in order, those that meet joined."""
    return list(union(span.widened(SILENCE_MARGIN_S, last_s=duration_s) for span in mask.spans))


def silenced(waveform: Waveform, spans: Iterable[Span]) -> Waveform:
    """A copy of the sound, digital silence in the spans and a fade of :data:`FADE_S` outside each.

    The waveform given is never changed.
    """
    gain = np.ones(len(waveform.samples), dtype=np.float32)
    n_fade = max(1, round(FADE_S * waveform.rate_hz))
    falling = (0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_fade + 1) / (n_fade + 1))).astype(np.float32)
    for span in spans:
        first = min(int(span.start_s * waveform.rate_hz), len(gain))
        stop = min(int(np.ceil(span.end_s * waveform.rate_hz)), len(gain))
        gain[first:stop] = 0.0
        before, after = min(n_fade, first), min(n_fade, len(gain) - stop)
        if before:
            gain[first - before : first] = np.minimum(gain[first - before : first], falling[-before:])
        if after:
            gain[stop : stop + after] = np.minimum(gain[stop : stop + after], falling[::-1][:after])
    return Waveform(waveform.samples * gain, waveform.rate_hz)
