"""The figures around the table of a batch's report, in words: heads, groups, distributions, reasons."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from voicecoach.report import names
from voicecoach.report.batch.statistics import Share, histogram, quantile
from voicecoach.report.batch.words import tell, tell_code
from voicecoach.report.figures import limits_text
from voicecoach.report.phrases import printable

if TYPE_CHECKING:
    from voicecoach.report.batch.rows import Gathered, PointCount, ResultGroup, Values
    from voicecoach.report.batch.statistics import Histogram
    from voicecoach.report.names import Ui

TOTAL_DECIMALS: Final = 1
S_PER_HOUR: Final = 3600.0
GRAVEST_FIRST: Final = ("failed", "not_scored", "remark")


@dataclass(frozen=True, slots=True)
class Rate:
    """A hit rate in words and as shares 0..1 of the width of its picture; ``text`` "" for n = 0."""

    text: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One speaker or prompt; ``id`` filters the table."""

    id: str
    label: str
    n: str
    mean: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class PointSummary:
    """One rubric point of a prompt."""

    prompt: str
    prompt_label: str
    id: str
    label: str
    n: int
    missed: int
    maybe: int
    earned: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Distribution:
    """One measurement under one band; ``line`` are its figures in words."""

    name: str
    title: str
    unit: str
    band: str
    line: str
    notes: tuple[str, ...]
    histogram: Histogram
    titles: tuple[str, ...]
    low: str
    high: str
    verdicts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class DistributionGroup:
    """Measurements that belong together."""

    title: str
    figures: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class TroubleRow:
    """Why results have no score, or a figure less; ``number`` filters the table."""

    kind: str
    kind_label: str
    number: int
    label: str
    reason: str
    remedy: str
    n: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it; ``totals`` None without a total."""

    n: int
    hours: str
    states: tuple[tuple[str, str, int], ...]
    mean: str
    median: str
    fatal: str
    totals: Distribution | None
    prompts: tuple[GroupRow, ...]
    speakers: tuple[GroupRow, ...]
    points: tuple[PointSummary, ...]
    distributions: tuple[DistributionGroup, ...]
    troubles: tuple[TroubleRow, ...]
    columns: tuple[tuple[str, str], ...]


def overview(gathered: Gathered) -> Overview:
    """Put the figures of a batch into words."""
    ui, totals = gathered.ui, gathered.totals
    n_fatal = sum(bool(row["fatal"]) for row in gathered.rows)
    return Overview(
        n=len(gathered.rows),
        hours=tell("hours", ui, n=f"{gathered.sound_s / S_PER_HOUR:.2f}"),
        states=tuple(
            (state, tell(label, ui), gathered.states[state])
            for state, label in (
                ("scored", "scored"),
                ("not_scored", "not_scored_short"),
                ("failed", "failed"),
            )
        ),
        mean=_mean(totals),
        median=tell("median_of", ui, n=f"{quantile(totals, 0.5):.1f}") if totals else "",
        fatal=tell("fatal_files", ui, n=n_fatal) if n_fatal else "",
        totals=_totals(totals, ui) if totals else None,
        prompts=_groups(gathered.prompts, {key: gathered.prompt_label(key) for key in gathered.prompts}),
        speakers=_groups(
            gathered.speakers, {key: printable(key) or tell("unnamed", ui) for key in gathered.speakers}
        ),
        points=tuple(
            _point(gathered, prompt, key, count)
            for prompt, counts in gathered.points.items()
            for key, count in counts.items()
        ),
        distributions=_distributions(gathered),
        troubles=_troubles(gathered),
        columns=tuple(
            (key, tell(word, ui))
            for key, word in (
                ("file", "file"),
                ("speaker", "speaker"),
                ("prompt", "prompt"),
                ("total", "total"),
                ("low", "coverage_short"),
                ("worst", "to_see"),
                ("duration", "length"),
            )
        ),
    )


def _mean(values: list[float]) -> str:
    return f"{sum(values) / len(values):.{TOTAL_DECIMALS}f}" if values else "–"


def _rate(hits: int, n: int) -> Rate:
    share = Share.of(hits, n)
    value = share.value
    if value is None:
        return Rate("", 0.0, 0.0, 0.0)
    return Rate(f"{value:.0%} ({share.low:.0%}–{share.high:.0%})", value, share.low, share.high)


def _groups(groups: dict[str, ResultGroup], labels: dict[str, str]) -> tuple[GroupRow, ...]:
    """Worst mean first; those without a total last."""

    def rank(item: tuple[str, ResultGroup]) -> tuple[bool, float, str]:
        key, group = item
        return not group.totals, sum(group.totals) / max(len(group.totals), 1), labels[key]

    return tuple(
        GroupRow(
            key,
            labels[key],
            f"{len(group.totals)} / {group.n}",
            _mean(group.totals),
            _rate(group.hits, group.judged),
        )
        for key, group in sorted(groups.items(), key=rank)
    )


def _point(gathered: Gathered, prompt: str, key: str, count: PointCount) -> PointSummary:
    states, n = count.states, sum(count.states.values())
    return PointSummary(
        prompt=prompt,
        prompt_label=gathered.prompt_label(prompt),
        id=key,
        label=gathered.point_label(prompt, key),
        n=n,
        missed=states["not_heard"],
        maybe=states["maybe"],
        earned=f"{sum(count.earned) / len(count.earned):.0%}" if count.earned else "–",
        rate=_rate(states["covered"], n),
    )


def _totals(totals: list[float], ui: Ui) -> Distribution:
    drawn = histogram(totals, None, ceiling=100.0)
    return Distribution(
        name="total",
        title=tell("totals", ui),
        unit="",
        band="",
        line="",
        notes=(),
        histogram=drawn,
        titles=tuple(
            tell("bar_of", ui, low=f"{bar.low:.0f}", high=f"{bar.high:.0f}", n=bar.n) for bar in drawn.bars
        ),
        low=f"{max(drawn.low, 0):.0f}",
        high=f"{min(drawn.high, 100):.0f}",
        verdicts=(),
    )


def _distributions(gathered: Gathered) -> tuple[DistributionGroup, ...]:
    several = Counter(name for name, _, _ in gathered.values)
    known = sorted(gathered.values.values(), key=lambda values: names.rank(values.name))
    drawn = [
        (names.group(values.name), _distribution(values, gathered, alone=several[values.name] == 1))
        for values in known
    ]
    groups = (
        DistributionGroup(title, tuple(one for group, one in drawn if group == key))
        for key, title in names.groups(gathered.ui).items()
    )
    return tuple(group for group in groups if group.figures)


def _distribution(values: Values, gathered: Gathered, *, alone: bool) -> Distribution:
    ui, name, found = gathered.ui, values.name, values.values
    drawn = histogram(found, values.band, ceiling=1.0 if names.is_percent(name) else math.inf)

    inset = 0.5 if drawn.whole else 0.0

    def figure(value: float) -> str:
        return names.figure(name, value)

    notes = []
    if drawn.n_outside:
        notes.append(tell("outside", ui, n=drawn.n_outside, low=figure(min(found)), high=figure(max(found))))
    if alone and gathered.missing[name]:
        notes.append(tell("not_measured_n", ui, n=gathered.missing[name]))
    title = names.title(name, ui)
    return Distribution(
        name=name,
        title=title if alone else f"{title} · {', '.join(values.profiles)}",
        unit=names.unit(name, values.unit, ui),
        band=""
        if values.band is None
        else tell(
            "band_text",
            ui,
            green=limits_text(name, values.band.green),
            amber=limits_text(name, values.band.amber),
        ),
        line=tell(
            "figure_line",
            ui,
            n=len(found),
            mean=figure(sum(found) / len(found)),
            median=figure(quantile(found, 0.5)),
            p10=figure(quantile(found, 0.1)),
            p90=figure(quantile(found, 0.9)),
        ),
        notes=tuple(notes),
        histogram=drawn,
        titles=tuple(
            tell("bar_at", ui, at=figure((bar.low + bar.high) / 2), n=bar.n)
            if drawn.whole
            else tell("bar_of", ui, low=figure(bar.low), high=figure(bar.high), n=bar.n)
            for bar in drawn.bars
        ),
        low=figure(drawn.low + inset),
        high=figure(drawn.high - inset),
        verdicts=tuple(
            (verdict, tell(verdict, ui), values.verdicts[verdict])
            for verdict in ("red", "amber", "green")
            if values.verdicts[verdict]
        ),
    )


def _troubles(gathered: Gathered) -> tuple[TroubleRow, ...]:
    words: dict[str, str] = {"failed": "failed", "not_scored": "not_scored_short", "remark": "remark"}
    found: list[Any] = sorted(
        gathered.troubles.items(),
        key=lambda item: (GRAVEST_FIRST.index(item[0].kind), -item[1], item[0].code, item[0].reason),
    )
    return tuple(
        TroubleRow(
            one.kind,
            tell(words[one.kind], gathered.ui),
            gathered.numbers[one],
            tell_code(one.code, gathered.ui),
            one.reason,
            one.remedy,
            n,
        )
        for one, n in found
    )
