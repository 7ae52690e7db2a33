"""What a report says, in the reader's language and before any layout: the one model behind every renderer.

All decisions of wording stand here; the words themselves are the catalogue's. A point that was not found is
没有听到, never "you did not say"; a figure that was not measured has its reason and no zero; zero fillers
of a transcript are "none heard", since recognisers drop them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import blocked
from voicecoach.model.audio import Span
from voicecoach.report import names
from voicecoach.report.figures import figure_groups
from voicecoach.report.one.view_values import (
    STATE_MARKS,
    CoverageView,
    Headline,
    LanguageView,
    Part,
    PointView,
    Quotation,
    Remark,
    Tip,
    View,
)
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.words.catalogue import has, in_language, word
from voicecoach.words.reasons import explain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.assessment import (
        Advice,
        Assessment,
        Coverage,
        Evidence,
        LanguageHit,
        PointResult,
        Verdict,
    )
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Provenance
    from voicecoach.words.catalogue import Ui

DIGEST_SHOWN: Final = 12
"""So many hexadecimal digits tell two models apart for a reader; the JSON holds all."""

DUE_LEAD_S: Final = 3.0
"""Where a step is due, so much of the step before it is played, seconds."""

_WHY: Final = {"cue": "report-by-cue", "exemplar": "report-by-exemplar", "regex": "report-by-regex"}
"""What found a quote -> the code of its sentence."""


def build_view(
    assessment: Assessment, prompt: Prompt | None, profile: Profile, *, ui: Ui, with_score: bool = True
) -> View:
    """Put an assessment into words. ``with_score`` False: no total, no points, gentle words."""
    from voicecoach.metrics.table import in_order

    reader = reader_language(ui)
    labels = {} if prompt is None else {point.id: _in(point.label, reader) for point in prompt.points}
    return View(
        ui=reader,
        question="" if prompt is None else _in(prompt.text, assessment.language),
        source=printable(assessment.source),
        duration=word("report-seconds", reader, n=f"{assessment.duration_s:.1f}"),
        profile=_in(profile.title, reader) or profile.name,
        created=assessment.created,
        headline=_headline(assessment, labels, reader, with_score=with_score),
        remarks=tuple(
            Remark(
                _in(refusal.reason, reader),
                _in(refusal.remedy, reader),
                refusal.blocks_score,
            )
            for refusal in assessment.refusals
        ),
        tips=tuple(Tip(_in(advice.text, reader), advice.span) for advice in assessment.advice),
        coverage=_coverage(assessment, prompt, labels, reader, with_score=with_score),
        groups=figure_groups(assessment, reader, gentle=not with_score),
        missing=(
            *(
                (names.title(measurement.name, reader), explain(measurement.reason, reader))
                for measurement in in_order(assessment.measurements)
                if measurement.reason is not None
            ),
            *(
                (labels.get(point.id, point.id), explain(point.reason, reader))
                for point in (assessment.coverage.not_applicable if assessment.coverage else ())
            ),
        ),
        parts=_parts(assessment, labels, reader) if with_score else (),
        sum=_sum(assessment, reader) if with_score else "",
        provenance=tuple(
            (_role(name, reader), _made_by(made)) for name, made in sorted(assessment.provenance.items())
        ),
    )


def clock(time_s: float) -> str:
    """Minutes and seconds, ``0:07`` or ``61:05``."""
    whole = int(time_s)
    return f"{whole // 60}:{whole % 60:02d}"


def _in(words: Mapping[str, str], language: str) -> str:
    return printable(in_language(words, language))


def _headline(assessment: Assessment, labels: Mapping[str, str], ui: Ui, *, with_score: bool) -> Headline:
    if blocked(assessment.refusals):
        return Headline("refused", word("report-not-scored", ui), "", word("report-refused-note", ui))
    if not with_score:
        return Headline("gentle", word("report-gentle", ui), "", word("report-gentle-note", ui))
    if assessment.total is not None:
        fatal = [_score_label(score.name, labels, ui) for score in assessment.scores if score.is_fatal]
        note = _fatal_note(assessment, fatal, ui) if fatal else word("report-out-of-100", ui)
        return Headline("scored", word("report-total", ui), f"{assessment.total:.0f}", note)
    if assessment.coverage is None:
        return Headline(
            "metrics_only", word("report-metrics-only", ui), "", word("report-metrics-only-note", ui)
        )
    return Headline("unscored", word("report-not-scored", ui), "", word("report-nothing-to-score", ui))


def _fatal_note(assessment: Assessment, fatal: Sequence[str], ui: Ui) -> str:
    told = word("report-fatal-note", ui, what=_listed(fatal, ui))
    without = assessment.total_without_fatal
    if without is None:
        return told
    return f"{told}{word('report-fatal-without', ui, total=f'{without:.0f}')}"


def _coverage(
    assessment: Assessment, prompt: Prompt | None, labels: Mapping[str, str], ui: Ui, *, with_score: bool
) -> CoverageView | None:
    coverage = assessment.coverage
    if coverage is None:
        return None
    states = [point.state for point in coverage.points]
    order = ""
    if coverage.order_ok is not None:
        early = _listed([labels.get(step, step) for step in coverage.out_of_order], ui)
        order = (
            word("report-order-ok", ui) if coverage.order_ok else word("report-order-wrong", ui, what=early)
        )
    return CoverageView(
        points=tuple(
            _point(number, result, assessment, prompt, ui, with_score=with_score)
            for number, result in enumerate(coverage.points, start=1)
        ),
        low=coverage.low,
        high=coverage.high,
        range=_range(coverage) if with_score else "",
        count=word(
            "report-count",
            ui,
            n=len(states),
            **{state: states.count(state) for state in ("covered", "maybe", "not_heard")},
        ),
        order=order,
        order_ok=coverage.order_ok,
        language=tuple(
            LanguageView(
                hit.code,
                named(hit.code, ui),
                printable(hit.quote),
                hit.span,
                hit.stands,
                word(_hit_word(hit), ui),
            )
            for hit in coverage.language
        ),
    )


def _hit_word(hit: LanguageHit) -> str:
    if hit.counts is not None:
        return "report-hit-counts" if hit.counts else "report-hit-dismissed"
    return "report-certain" if hit.certain else "report-uncertain"


def _range(coverage: Coverage) -> str:
    low, high = f"{coverage.low:.0%}", f"{coverage.high:.0%}"
    return low if low == high else f"{low}–{high}"


def _point(
    number: int,
    result: PointResult,
    assessment: Assessment,
    prompt: Prompt | None,
    ui: Ui,
    *,
    with_score: bool,
) -> PointView:
    asked = next((p for p in prompt.points if p.id == result.id), None) if prompt else None
    score = next((s for s in assessment.scores if s.name == f"rubric:{result.id}"), None)
    hint = "" if asked is None or result.state == "covered" else _in(asked.hint, ui)
    state = named("broken" if result.state == "not_heard" and result.evidence else result.state, ui)
    if asked is not None and asked.fatal:
        state = word("report-aside", ui, what=state, aside=word("report-fatal-point", ui))
    if result.judged is not None:
        state = word("report-aside", ui, what=state, aside=word("report-ticked", ui))
    return PointView(
        number=number,
        id=result.id,
        label=result.id if asked is None else _in(asked.label, ui),
        state=result.state,
        mark=STATE_MARKS[result.state],
        word=state,
        said=tuple(
            Quotation(printable(evidence.quote), evidence.span, _why(evidence, ui))
            for evidence in result.evidence
        ),
        hint=hint,
        worth=f"{score.points:.1f} / {score.out_of:.1f}" if score is not None and with_score else "",
        due=_due(assessment.advice, result),
    )


def _due(advice: tuple[Advice, ...], result: PointResult) -> Span | None:
    if result.state != "not_heard":
        return None
    before = next((tip.span for tip in advice if tip.about == f"rubric:{result.id}"), None)
    return None if before is None else Span(max(before.start_s, before.end_s - DUE_LEAD_S), before.end_s)


def _why(evidence: Evidence, ui: Ui) -> str:
    kind, _, what = evidence.by.partition(":")
    code = _WHY.get(kind)
    return printable(evidence.by) if code is None else word(code, ui, what=printable(what))


def _listed(labels: Sequence[str], ui: Ui) -> str:
    return word("report-separator", ui).join(labels)


def _score_label(name: str, labels: Mapping[str, str], ui: Ui) -> str:
    kind, _, key = name.rpartition(":")
    if kind == "fatal":
        return f"{word('report-fatal', ui)}: {labels.get(key) or named(key, ui)}"
    if kind == "rubric":
        return labels.get(key, key)
    return word("report-order", ui) if name == "order" else names.title(name, ui)


def _parts(assessment: Assessment, labels: Mapping[str, str], ui: Ui) -> tuple[Part, ...]:
    return tuple(
        Part(
            label=_score_label(score.name, labels, ui),
            points=f"{score.points:.1f}",
            out_of=f"{score.out_of:.1f}",
            verdict=score.verdict,
            word=printable(score.explanation)
            if score.is_fatal
            else named(_state_or_verdict(score.name, score.verdict), ui),
        )
        for score in assessment.scores
    )


def _state_or_verdict(name: str, verdict: Verdict | None) -> str:
    if verdict is None:
        return "no_verdict"
    if name.startswith("rubric:"):
        return {"green": "covered", "amber": "maybe", "red": "not_heard"}[verdict]
    return verdict


def _sum(assessment: Assessment, ui: Ui) -> str:
    if assessment.total is None:
        return ""
    if any(score.is_fatal for score in assessment.scores):
        return word("report-scores-fatal", ui)
    points = sum(score.points for score in assessment.scores)
    out_of = sum(score.out_of for score in assessment.scores)
    return word("report-scores-note", ui, points=f"{points:.1f}", out_of=f"{out_of:.1f}")


def _role(name: str, ui: Ui) -> str:
    code = f"report-made-{name.replace('_', '-')}"
    return word(code, ui) if has(code) else printable(name)


def _made_by(made: Provenance | str) -> str:
    if isinstance(made, str):
        return printable(made)
    parts = [f"{made.engine} {made.version}", made.model]
    if made.model_sha256:
        parts.append(f"sha256 {made.model_sha256[:DIGEST_SHOWN]}…")
    return printable(" · ".join(part.strip() for part in parts if part.strip()))
