"""The moments of an assessment that are worth hearing again, and their sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.assessment import Advice, Assessment

MARGIN_S: Final = 0.3
"""A moment is played with so much sound around it, seconds: word times are that far off."""
MOMENTS_MOST: Final = 9
"""One for each number key."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch worth hearing: what it is ``about`` (as in an advice: ``rubric:solve``), and the quote.

    ``advice``: the advice that it belongs to, if it is one of an advice.
    """

    span: Span
    about: str
    quote: str = ""
    advice: Advice | None = None


def all_moments(assessment: Assessment) -> Iterator[Moment]:
    """Those of the advice, of what must not be said, of the points, and the longest pause, in this order.

    The same stretch may come twice, as what two of these are about.
    """
    for advice in assessment.advice:
        if advice.span is not None:
            yield Moment(advice.span, advice.about, advice=advice)
    coverage = assessment.coverage
    for hit in () if coverage is None else coverage.language:
        if hit.span is not None:
            yield Moment(hit.span, f"language:{hit.code}", hit.quote)
    for point in () if coverage is None else coverage.points:
        first = next((said for said in point.evidence if said.span is not None), None)
        if first is not None and first.span is not None:
            yield Moment(first.span, f"rubric:{point.id}", first.quote)
    for figure in assessment.measurements:
        if figure.name == "longest_pause" and figure.evidence:
            yield Moment(figure.evidence[0], figure.name)


def numbered_moments(assessment: Assessment) -> tuple[Moment, ...]:
    """The first :data:`MOMENTS_MOST` moments, each stretch once: what the number keys play."""
    by_span: dict[Span, Moment] = {}
    for moment in all_moments(assessment):
        by_span.setdefault(moment.span, moment)
    return tuple(by_span.values())[:MOMENTS_MOST]


def cut(waveform: Waveform, span: Span, *, margin_s: float = MARGIN_S) -> Waveform:
    """The sound of ``span`` with a margin on both sides, clipped to the recording."""
    return Waveform(waveform.cut(span.widened(margin_s)).copy(), waveform.rate_hz)
