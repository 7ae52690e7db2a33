"""How practice goes on: trends, how often each point is met, best against last, and what to drill.

Figures compare only within the same recogniser and, for what the rubric says, the same version of a prompt's
rubric: where one of them changes a trend has a break, and hit rates count the newest version only.

The interval of a hit rate is Wilson's (1927), 95 %, which holds for few takes too.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.metrics.comparison.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import FigureRow, PointRow, TakeSummary

POINTS_MOST: Final = 300
"""A trend shows at most so many points (and one more at each break); neighbours are put together."""
RECENT: Final = 5
"""So many takes are what ``lately`` and ``at first`` mean."""
WEAK_FROM: Final = 3
"""A step is called weak only when it was judged so often."""
DRILLS_MOST: Final = 6
SCORES: Final = ("total", "coverage")

Limits = tuple[float | None, float | None]
_Known = tuple["TakeSummary", float, "str | None"]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One place of a trend: the median of ``n`` neighbouring takes, ``at`` their middle (0 = the first)."""

    at: float
    value: float
    verdict: str | None
    first_id: str
    recorded_at: str
    n: int


@dataclass(frozen=True, slots=True)
class BandStretch:
    """The band from take number ``first`` to ``last``."""

    first: int
    last: int
    green: Limits
    amber: Limits


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the takes that have it.

    ``breaks`` are the numbers of the takes from which on another recogniser or rubric judged. ``at_first``
    and ``lately``: medians of the first and last five takes since the last break (None with fewer than ten).
    """

    name: str
    unit: str
    n: int
    points: tuple[TrendPoint, ...]
    bands: tuple[BandStretch, ...]
    breaks: tuple[int, ...]
    at_first: float | None
    lately: float | None


@dataclass(frozen=True, slots=True)
class HitRate:
    """How often a rubric point was met: shares 0..1, ``low``..``high`` the 95 % interval of ``rate``."""

    point_id: str
    label: Mapping[str, str]
    n: int
    covered: int
    maybe: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PromptProgress:
    """One prompt: its points, and its best and its last take (both None when none has a total).

    ``n_left_out``: takes judged by older versions of its rubric, not counted in the hit rates.
    """

    prompt_id: str
    text: str
    n_takes: int
    n_left_out: int
    rates: tuple[HitRate, ...]
    best: TakeSummary | None
    last: TakeSummary | None


@dataclass(frozen=True, slots=True)
class Weakest:
    """The step met least often over all prompts, and the prompts that ask for it, least practised first."""

    rate: HitRate
    drills: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class LearningProgress:
    """All of it; ``takes`` oldest first; ``figures`` and ``states`` of the best and last takes, by id."""

    takes: tuple[TakeSummary, ...]
    trends: tuple[Trend, ...]
    prompts: tuple[PromptProgress, ...]
    weakest: Weakest | None
    figures: Mapping[str, Mapping[str, FigureRow]]
    states: Mapping[str, Mapping[str, str]]


def progress(
    takes: Iterable[TakeSummary],
    figures: Iterable[FigureRow],
    points: Iterable[PointRow],
    prompts: Sequence[Prompt],
) -> LearningProgress:
    """Put the rows of a history together (in any order of the takes); ``prompts`` are the library's."""
    ordered = tuple(sorted(takes, key=lambda take: (take.recorded_at, take.id)))
    number = {take.id: index for index, take in enumerate(ordered)}
    by_name: dict[str, list[FigureRow]] = defaultdict(list)
    by_take: dict[str, dict[str, FigureRow]] = defaultdict(dict)
    for row in figures:
        if row.take_id in number:
            by_name[row.name].append(row)
            by_take[row.take_id][row.name] = row
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for point in points:
        if point.take_id in number:
            states[point.take_id][point.point_id] = point.state
    rated = _prompts(ordered, states, prompts)
    shown = {take.id for prompt in rated for take in (prompt.best, prompt.last) if take is not None}
    return LearningProgress(
        ordered,
        tuple(_trends(ordered, by_name)),
        rated,
        _weakest(rated, prompts),
        {take_id: by_take[take_id] for take_id in shown},
        {take_id: states[take_id] for take_id in shown},
    )


def _trends(takes: Sequence[TakeSummary], by_name: Mapping[str, list[FigureRow]]) -> Iterable[Trend]:
    """Total and coverage, then every figure that has a band."""
    by_rubric, by_model = _stretches(takes)
    for name in SCORES:
        values = [(take, take.total if name == "total" else take.coverage_low) for take in takes]
        scored: list[_Known] = [(take, value, None) for take, value in values if value is not None]
        if scored:
            yield _trend(name, "" if name == "total" else "ratio", scored, by_rubric, ())
    summary = {take.id: take for take in takes}
    for name, rows in by_name.items():
        rows.sort(key=lambda row: (summary[row.take_id].recorded_at, row.take_id))
        measured = [row for row in rows if row.value is not None]
        if not any(row.verdict for row in measured):
            continue
        known = [(summary[row.take_id], row.value, row.verdict) for row in measured if row.value is not None]
        yield _trend(name, measured[-1].unit, known, by_model, _bands(measured))


def _stretches(takes: Sequence[TakeSummary]) -> tuple[dict[str, int], dict[str, int]]:
    """Which stretch a take belongs to: of one rubric (its prompt's) and recogniser; of one recogniser."""
    rubric: dict[str, int] = {}
    model: dict[str, int] = {}
    versions: dict[str, str] = {}
    made = ("", "")
    n_rubric = n_model = 0
    for take in takes:
        if take.engine or take.model_sha256:
            other = made not in (("", ""), (take.engine, take.model_sha256))
            made = (take.engine, take.model_sha256)
            n_model += other
            n_rubric += other or versions.get(take.prompt_id, take.rubric_version) != take.rubric_version
            versions[take.prompt_id] = take.rubric_version
        rubric[take.id], model[take.id] = n_rubric, n_model
    return rubric, model


def _trend(
    name: str,
    unit: str,
    known: Sequence[_Known],
    stretches: Mapping[str, int],
    bands: tuple[BandStretch, ...],
) -> Trend:
    breaks = [
        index
        for index in range(1, len(known))
        if stretches[known[index][0].id] != stretches[known[index - 1][0].id]
    ]
    edges = [0, *breaks, len(known)]
    size = math.ceil(len(known) / POINTS_MOST)
    points = [
        _point(known[first : min(first + size, stop)], first)
        for start, stop in pairwise(edges)
        for first in range(start, stop, size)
    ]
    since = [value for _, value, _ in known[edges[-2] :]]
    enough = len(since) >= 2 * RECENT
    return Trend(
        name,
        unit,
        len(known),
        tuple(points),
        bands,
        tuple(breaks),
        statistics.median(since[:RECENT]) if enough else None,
        statistics.median(since[-RECENT:]) if enough else None,
    )


def _point(group: Sequence[_Known], first: int) -> TrendPoint:
    take, _, verdict = group[0]
    return TrendPoint(
        first + (len(group) - 1) / 2,
        statistics.median(value for _, value, _ in group),
        verdict if len(group) == 1 else Counter(verdict for _, _, verdict in group).most_common(1)[0][0],
        take.id,
        take.recorded_at,
        len(group),
    )


def _bands(rows: Sequence[FigureRow]) -> tuple[BandStretch, ...]:
    stretches: list[BandStretch] = []
    for index, row in enumerate(rows):
        green, amber = (row.green_low, row.green_high), (row.amber_low, row.amber_high)
        if row.verdict is None and (*green, *amber) == (None,) * 4:
            continue
        if stretches and (stretches[-1].green, stretches[-1].amber, stretches[-1].last) == (
            green,
            amber,
            index - 1,
        ):
            stretches[-1] = BandStretch(stretches[-1].first, index, green, amber)
        else:
            stretches.append(BandStretch(index, index, green, amber))
    return tuple(stretches)


def _prompts(
    takes: Sequence[TakeSummary], states: Mapping[str, Mapping[str, str]], library: Sequence[Prompt]
) -> tuple[PromptProgress, ...]:
    known = {prompt.id: prompt for prompt in library}
    by_prompt: dict[str, list[TakeSummary]] = defaultdict(list)
    for take in takes:
        by_prompt[take.prompt_id].append(take)
    rated = []
    for prompt_id, members in by_prompt.items():
        judged = [take for take in members if states.get(take.id)]
        newest = judged[-1].rubric_version if judged else ""
        counted = [take for take in judged if take.rubric_version == newest]
        scored = [take for take in members if take.total is not None]
        rated.append(
            PromptProgress(
                prompt_id,
                members[-1].prompt_text,
                len(members),
                len(judged) - len(counted),
                _rates([states[take.id] for take in counted], known.get(prompt_id)),
                max(scored, key=lambda take: (take.total or 0.0, take.recorded_at), default=None),
                scored[-1] if scored else None,
            )
        )
    return tuple(sorted(rated, key=lambda prompt: -prompt.n_takes))


def _rates(judged: Sequence[Mapping[str, str]], prompt: Prompt | None) -> tuple[HitRate, ...]:
    labels = {} if prompt is None else {point.id: point.label for point in prompt.points}
    counts: dict[str, Counter[str]] = {}
    for points in judged:
        for point_id, state in points.items():
            counts.setdefault(point_id, Counter())[state] += 1
    return tuple(_rate(point_id, labels.get(point_id, {}), count) for point_id, count in counts.items())


def _rate(point_id: str, label: Mapping[str, str], count: Mapping[str, int]) -> HitRate:
    n, covered = sum(count.values()), count.get("covered", 0)
    return HitRate(point_id, label, n, covered, count.get("maybe", 0), covered / n, *wilson(covered, n))


def _weakest(rated: Sequence[PromptProgress], library: Sequence[Prompt]) -> Weakest | None:
    """By id over all prompts: the least rate among the points judged often enough."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, Mapping[str, str]] = {}
    practised: Counter[str] = Counter()
    for prompt in rated:
        practised[prompt.prompt_id] = prompt.n_takes
        for rate in prompt.rates:
            counts[rate.point_id] += Counter(
                covered=rate.covered, maybe=rate.maybe, not_heard=rate.n - rate.covered - rate.maybe
            )
            if rate.label:
                labels.setdefault(rate.point_id, rate.label)
    rates = [
        _rate(point_id, labels.get(point_id, {}), count)
        for point_id, count in counts.items()
        if count.total() >= WEAK_FROM
    ]
    if not rates:
        return None
    weakest = min(rates, key=lambda rate: (rate.rate, -rate.n, rate.point_id))
    if weakest.covered == weakest.n:
        return None
    drills = [prompt for prompt in library if _drills(prompt, weakest)]
    drills.sort(key=lambda prompt: practised[prompt.id])
    return Weakest(weakest, tuple(drills[:DRILLS_MOST]))


def _drills(prompt: Prompt, rate: HitRate) -> bool:
    """Whether the prompt asks for the same step: by id, or by label in any language."""
    names = set(rate.label.values())
    return any(point.id == rate.point_id or names & set(point.label.values()) for point in prompt.points)
