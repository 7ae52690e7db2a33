"""From probabilities to what the user is shown: states, quotes, and the range of the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import Evidence, PointResult, PointState
from voicecoach.rubric.coverage.calibration import COVERED, MAYBE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.prompt import RubricPoint
    from voicecoach.rubric.coverage.judge import Find
    from voicecoach.rubric.text.spoken import Clean, SpokenText
    from voicecoach.rubric.text.windows import Window

MAX_EVIDENCE: Final = 3
"""Quotes kept a point."""
OUTSIDE: Final = 0.1
"""Probability left below the range of the coverage, and above it."""
_EPSILON: Final = 1e-9


def state_of(probability: float) -> PointState:
    """The state of a point."""
    if probability >= COVERED:
        return "covered"
    return "maybe" if probability >= MAYBE else "not_heard"


def result(
    point: RubricPoint, probability: float, finds: Sequence[Find], clean: Clean, spoken: SpokenText
) -> PointResult:
    """The state of a point with its quotes: the surest window, and others that are likely by themselves."""
    state = state_of(probability)
    evidence: list[Evidence] = []
    taken: list[Window] = []
    for find in finds if state != "not_heard" else ():
        window = find.window
        if len(evidence) == MAX_EVIDENCE or (taken and find.logit < 0.0):
            break
        if any(window.start < other.end and other.start < window.end for other in taken):
            continue
        taken.append(window)
        start, end = clean.offsets[window.start], clean.offsets[window.end - 1] + 1
        evidence.append(Evidence(spoken.quote(start, end), spoken.span(start, end), find.by))
    return PointResult(point.id, state, probability, tuple(evidence))


def coverage_range(points: Sequence[RubricPoint], results: Sequence[PointResult]) -> tuple[float, float]:
    """The range, 0..1, in which the true share of the weights probably lies.

    Every point counts with its weight by its probability (``score``); the range leaves :data:`OUTSIDE` on
    either side of the share that results, and always holds the share of the points that are covered.
    """
    shares = {0.0: 1.0}
    certain = total = 0.0
    for point, own in zip(points, results, strict=True):
        if not point.counts:
            continue
        total += point.weight
        certain += point.weight * (own.state == "covered")
        added: dict[float, float] = {}
        for weight, chance in ((point.weight, own.score), (0.0, 1.0 - own.score)):
            for share, probability in shares.items():
                key = round(share + weight, 6)
                added[key] = added.get(key, 0.0) + chance * probability
        shares = added
    if not total:
        return 0.0, 0.0
    rising = sorted(shares.items())
    low = min(_quantile(rising), certain)
    high = max(_quantile(rising[::-1]), certain)
    return low / total, high / total


def _quantile(shares: Sequence[tuple[float, float]]) -> float:
    """The first share at which more than :data:`OUTSIDE` is passed."""
    passed = 0.0
    for share, probability in shares:
        passed += probability
        if passed > OUTSIDE + _EPSILON:
            return share
    return shares[-1][0]
