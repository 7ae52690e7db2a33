"""What a batch's report shows when one recording is opened: ready words and times, laid out by its script.

The words are those of a report of one recording: this module only packs a view. A moment is
``[start_s, end_s]``; None where the time is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicecoach.model.profile import Profile, Weights
from voicecoach.report.one import marked_text
from voicecoach.report.one.marked_text import MarkedRun
from voicecoach.report.one.view import build_view
from voicecoach.report.phrases import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.audio import Span
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import JudgedResult
    from voicecoach.report.figures import FigureView
    from voicecoach.report.one.marked_text import Aside, Mark
    from voicecoach.report.one.view_values import CoverageView
    from voicecoach.words.catalogue import Ui

Json = dict[str, Any]
Moment = list[float] | None


def detail(result: JudgedResult, prompt: Prompt | None, profile: Profile | None, *, ui: Ui) -> Json:
    """All that is shown of one judged recording, but for its sound.

    ``profile`` gives its title only: bands stand in the assessment.
    """
    assessment = result.assessment
    view = build_view(assessment, prompt, profile or _unknown_profile(assessment), ui=ui)
    marks = marked_text.find_marks(assessment, view.coverage, view.ui)
    return {
        "question": view.question,
        "duration": round(assessment.duration_s, 3),
        "language": assessment.language,
        "facts": [view.duration, view.profile],
        "headline": [view.headline.kind, view.headline.title, view.headline.total, view.headline.note],
        "remarks": [[remark.reason, remark.remedy, remark.blocks] for remark in view.remarks],
        "tips": [[tip.text, _moment(tip.span)] for tip in view.tips],
        "coverage": None if view.coverage is None else _coverage(view.coverage),
        "pauses": [_moment(span) for span in marked_text.silent_pauses(assessment)],
        "marks": [
            [mark.kind, _moment(mark.span), mark.badge, mark.title]
            for mark in marks
            if mark.kind in ("covered", "maybe", "forbidden")
        ],
        "text": _text(assessment, marks, view.ui),
        "turns": _turns(assessment),
        "groups": [[group.title, [_figure(figure) for figure in group.figures]] for group in view.groups],
        "missing": [list(pair) for pair in view.missing],
        "parts": [[part.label, part.points, part.out_of, part.verdict, part.word] for part in view.parts],
        "sum": view.sum,
        "masking": dict(result.masking or {}),
        "provenance": [*_digest(assessment), *(list(pair) for pair in view.provenance)],
    }


def _unknown_profile(assessment: Assessment) -> Profile:
    """A profile of which only the name is known."""
    return Profile(assessment.profile, assessment.language, {}, {}, Weights(0.0, 0.0, {}, 0.5, 0.5))


def _digest(assessment: Assessment) -> list[list[str]]:
    return [["SHA-256", assessment.sha256]]


def _coverage(coverage: CoverageView) -> Json:
    return {
        "low": coverage.low,
        "high": coverage.high,
        "range": coverage.range,
        "count": coverage.count,
        "order": coverage.order,
        "orderOk": coverage.order_ok,
        "points": [
            {
                "number": point.number,
                "label": point.label,
                "state": point.state,
                "mark": point.mark,
                "word": point.word,
                "worth": point.worth,
                "said": [[said.quote, _moment(said.span), said.why] for said in point.said],
                "hint": point.hint,
                "due": _moment(point.due),
            }
            for point in coverage.points
        ],
        "language": [
            [hit.label, hit.quote, _moment(hit.span), hit.certain, hit.word] for hit in coverage.language
        ],
    }


def _figure(figure: FigureView) -> Json:
    return {
        "title": figure.title,
        "value": figure.value,
        "unit": figure.unit,
        "verdict": figure.verdict,
        "mark": figure.mark,
        "word": figure.word,
        "band": figure.band,
        "source": figure.source,
        "formula": figure.formula,
        "provisional": figure.provisional,
        "evidence": [_moment(span) for span in figure.evidence],
        "zones": []
        if figure.bullet is None
        else [[zone.verdict, round(zone.start, 4), round(zone.width, 4)] for zone in figure.bullet.zones],
        "at": None if figure.bullet is None else round(figure.bullet.at, 4),
    }


def _text(assessment: Assessment, marks: Sequence[Mark], ui: Ui) -> list[Json]:
    return [
        {
            "clock": paragraph.clock,
            "start": round(paragraph.start_s, 3),
            "parts": [_part(part) for part in paragraph.parts],
        }
        for paragraph in marked_text.paragraphs(assessment, marks, ui)
    ]


def _part(part: MarkedRun | Aside) -> Json:
    if not isinstance(part, MarkedRun):
        return {"aside": part.kind, "moment": _moment(part.span), "text": part.text}
    return {
        "marks": part.classes,
        "title": part.title,
        "words": [
            [marked_text.word_text(word), round(word.span.start_s, 2), int(marked_text.is_unsure(word))]
            for word in part.words
            if word.text
        ],
        "badges": [[mark.badge, mark.kind, _moment(mark.span), mark.title] for mark in part.badges],
    }


def _turns(assessment: Assessment) -> list[list[Any]]:
    turns = () if assessment.dialogue is None else assessment.dialogue.turns
    return [[turn.side, _moment(turn.span), printable(turn.text), turn.back_channel] for turn in turns]


def _moment(span: Span | None) -> Moment:
    return None if span is None else [round(span.start_s, 3), round(span.end_s, 3)]
