"""Scores and their total.

Every scored thing earns a share of its points: a green verdict (or a covered point) all, an amber one
(or a maybe) a part, a red one (or one not heard) none. What could not be measured, or only
provisionally, drops out, so

    total = 100 * sum(points) / sum(points out of)

and each point of it belongs to one named measurement or rubric point. A fatal item - a forbidden phrase
surely said, or a fatal rubric point not heard - sets the total to 0 and stands in the list with its reason;
what the total would have been is told beside it, and the user's tick takes a wrong one away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import FATAL, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Coverage, Measurement, PointState, Verdict
    from voicecoach.model.profile import Profile, Weights
    from voicecoach.model.prompt import Prompt

POINT_VERDICT: Final[dict[PointState, Verdict]] = {"covered": "green", "maybe": "amber", "not_heard": "red"}
FULL_TOTAL: Final = 100.0


def score_all(
    measurements: Sequence[Measurement], coverage: Coverage | None, prompt: Prompt | None, profile: Profile
) -> tuple[Score, ...]:
    """All scores: rubric points, order, measurements with a weight and a value, fatal items."""
    scores: list[Score] = []
    if coverage is not None and prompt is not None:
        scores += _rubric_scores(coverage, prompt, profile.weights)
    for measurement in measurements:
        out_of = profile.weights.measurements.get(measurement.name, 0.0)
        band = profile.bands.get(measurement.name)
        if measurement.value is None or measurement.provisional or band is None or out_of == 0.0:
            continue
        verdict = band.verdict(measurement.value)
        scores.append(Score(measurement.name, out_of * _share(verdict, profile.weights), out_of, verdict))
    return tuple(scores)


def total(scores: Sequence[Score]) -> float | None:
    """0..100, one decimal; None when nothing was scored; 0 when a fatal item is among the scores."""
    return 0.0 if has_fatal(scores) else _sum(scores)


def total_without_fatal(scores: Sequence[Score]) -> float | None:
    """What :func:`total` would be without the fatal items among the scores; None where there are none."""
    return _sum(scores) if has_fatal(scores) else None


def has_fatal(scores: Sequence[Score]) -> bool:
    """Whether a fatal item is among the scores."""
    return any(score.is_fatal for score in scores)


def _sum(scores: Sequence[Score]) -> float | None:
    out_of = sum(score.out_of for score in scores)
    if out_of <= 0.0:
        return None
    return round(FULL_TOTAL * sum(score.points for score in scores) / out_of, 1)


def _rubric_scores(coverage: Coverage, prompt: Prompt, weights: Weights) -> list[Score]:
    scores: list[Score] = []
    states = {result.id: result.state for result in coverage.points}
    counted = [point for point in prompt.points if point.counts and point.id in states]
    whole = sum(point.weight for point in counted)
    for point in counted:
        verdict = POINT_VERDICT[states[point.id]]
        out_of = weights.coverage * point.weight / whole
        share = {"green": 1.0, "amber": weights.maybe_ratio, "red": 0.0}[verdict]
        scores.append(Score(f"rubric:{point.id}", out_of * share, out_of, verdict))
        if point.fatal and states[point.id] == "not_heard":
            scores.append(Score(f"{FATAL}{point.id}", 0.0, 0.0, "red", "a point that must not be missing"))
    if coverage.order_ok is not None and weights.order > 0.0:
        points = weights.order if coverage.order_ok else 0.0
        scores.append(Score("order", points, weights.order, "green" if coverage.order_ok else "red"))
    said = {hit.code: hit.quote for hit in reversed(coverage.language) if hit.stands}
    scores += [
        Score(f"{FATAL}{code}", 0.0, 0.0, "red", said[code]) for code in prompt.fatal_language if code in said
    ]
    return scores


def _share(verdict: Verdict, weights: Weights) -> float:
    return {"green": 1.0, "amber": weights.amber_ratio, "red": 0.0}[verdict]
