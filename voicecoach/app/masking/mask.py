"""Hide spoken personal data in an assessment: in every text of it, and in the copy of the sound.

What to hide is found in the transcript, and hidden in every other text as well
(:mod:`voicecoach.app.masking.texts`). Words keep their times; the first word of a masked value carries the
mask and the others become empty.

Left alone: names of files and whatever a batch carries along (they are the reader's own keys), and the
texts of the prompt that something was matched by. Figures, curves and times are not texts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.app.masking.texts import Mask
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import union
from voicecoach.rubric.personal.data import MASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.assessment import Assessment, Evidence, PointResult

SILENCE_MARGIN_S: Final = 0.15
"""Silenced before and behind a masked word, seconds (project's choice): word times are not exact."""
FADE_S: Final = 0.01
"""Fade on either side of a silenced span, seconds, so that there is no click."""


def mask_assessment(assessment: Assessment) -> tuple[Assessment, dict[str, int], list[Span]]:
    """The assessment with personal data hidden, how often by rule, and the spans to silence.

    Any report made of it is masked; the sound beside a report has to go through :func:`silenced`. Masking
    what is masked already changes nothing. The assessment given is not touched.
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
            points=tuple(_masked_point(point, mask) for point in coverage.points),
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


def _masked_point(point: PointResult, mask: Mask) -> PointResult:
    judged = point.judged
    if judged is not None:
        judged = replace(judged, evidence=_masked_evidence(judged.evidence, mask))
    return replace(point, evidence=_masked_evidence(point.evidence, mask), judged=judged)


def _masked_evidence(evidence: tuple[Evidence, ...], mask: Mask) -> tuple[Evidence, ...]:
    """``by`` may hold an example that the user taught."""
    return tuple(replace(e, quote=mask.shown(e.quote), by=mask.shown(e.by)) for e in evidence)


def _all_shown(mask: Mask, texts: Mapping[str, str]) -> dict[str, str]:
    return {language: mask.shown(text) for language, text in texts.items()}


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
