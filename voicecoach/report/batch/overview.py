"""The figures around the table of a batch's report, in words: heads, groups, distributions, reasons."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from voicecoach.report import names
from voicecoach.report.batch.overview_values import (
    Distribution,
    DistributionGroup,
    GroupRow,
    Overview,
    OwnGroup,
    PointSummary,
    Rate,
    TroubleRow,
)
from voicecoach.report.batch.rows import OWN_VALUES_MOST
from voicecoach.report.batch.statistics import Share, histogram, quantile
from voicecoach.report.batch.words import batch_named
from voicecoach.report.figures import limits_text
from voicecoach.report.phrases import named, printable
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from voicecoach.report.batch.rows import Gathered, PointCount, ResultGroup, Values
    from voicecoach.words.catalogue import Ui

TOTAL_DECIMALS: Final = 1
S_PER_HOUR: Final = 3600.0
OWN_COLUMNS_MOST: Final = 6
"""So many own columns stand in the table; others are searched, filtered and shown with their recording."""
OWN_GROUPS_MOST: Final = 4
"""So many own columns have a table of their groups."""
FEWEST_VALUES: Final = 2
GRAVEST_FIRST: Final = ("failed", "not_scored", "remark")


def overview(gathered: Gathered) -> Overview:
    """Put the figures of a batch into words."""
    ui, totals = gathered.ui, gathered.totals
    n_fatal = sum(bool(row["fatal"]) for row in gathered.rows)
    return Overview(
        n=len(gathered.rows),
        hours=word("batch-hours", ui, n=f"{gathered.sound_s / S_PER_HOUR:.2f}"),
        states=tuple(
            (state, word(label, ui), gathered.states[state])
            for state, label in (
                ("scored", "batch-scored"),
                ("not_scored", "batch-not-scored-short"),
                ("failed", "batch-failed"),
            )
        ),
        mean=_mean(totals),
        median=word("batch-median-of", ui, n=f"{quantile(totals, 0.5):.1f}") if totals else "",
        fatal=word("batch-fatal-files", ui, n=n_fatal) if n_fatal else "",
        totals=_totals(totals, ui) if totals else None,
        prompts=_groups(gathered.prompts, {key: gathered.prompt_label(key) for key in gathered.prompts}),
        speakers=_groups(
            gathered.speakers, {key: printable(key) or word("batch-unnamed", ui) for key in gathered.speakers}
        ),
        own=_own_groups(gathered),
        points=tuple(
            _point(gathered, prompt, key, count)
            for prompt, counts in gathered.points.items()
            for key, count in counts.items()
        ),
        distributions=_distributions(gathered),
        troubles=_troubles(gathered),
        columns=_columns(gathered),
    )


def _columns(gathered: Gathered) -> tuple[tuple[str, str], ...]:
    """What the table sorts by, and the heading: the first own columns stand behind the speaker."""
    own = [(f"own-{index}", label) for index, label in enumerate(gathered.own.values())]
    front, behind = ("file", "speaker"), ("prompt", "total", "low", "worst", "duration")
    labels = {
        "file": "batch-file",
        "speaker": "batch-speaker",
        "prompt": "batch-prompt",
        "total": "report-total",
        "low": "batch-coverage-short",
        "worst": "batch-to-see",
        "duration": "batch-length",
    }
    first, last = (tuple((key, word(labels[key], gathered.ui)) for key in keys) for keys in (front, behind))
    return (*first, *own[:OWN_COLUMNS_MOST], *last)


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


def _own_groups(gathered: Gathered) -> tuple[OwnGroup, ...]:
    """By own columns of a few values, the first ones."""
    groups = [
        OwnGroup(
            index,
            label,
            word("batch-by-own", gathered.ui, column=label),
            _groups(gathered.own_groups[name], {value: value for value in gathered.own_groups[name]}),
        )
        for index, (name, label) in enumerate(gathered.own.items())
        if FEWEST_VALUES <= len(gathered.own_groups[name]) <= OWN_VALUES_MOST
    ]
    return tuple(groups[:OWN_GROUPS_MOST])


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
        title=word("batch-totals", ui),
        unit="",
        band="",
        line="",
        notes=(),
        histogram=drawn,
        titles=tuple(
            word("batch-bar-of", ui, low=f"{bar.low:.0f}", high=f"{bar.high:.0f}", n=bar.n)
            for bar in drawn.bars
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
        DistributionGroup(title, tuple(shown for group, shown in drawn if group == key))
        for key, title in names.groups(gathered.ui).items()
    )
    return tuple(group for group in groups if group.figures)


def _distribution(values: Values, gathered: Gathered, *, alone: bool) -> Distribution:
    ui, name, amounts = gathered.ui, values.name, values.values
    drawn = histogram(amounts, values.band, ceiling=1.0 if names.is_percent(name) else math.inf)

    inset = 0.5 if drawn.whole else 0.0

    def figure(value: float) -> str:
        return names.figure(name, value)

    notes = []
    if drawn.n_outside:
        low, high = figure(min(amounts)), figure(max(amounts))
        notes.append(word("batch-outside", ui, n=drawn.n_outside, low=low, high=high))
    if alone and gathered.missing[name]:
        notes.append(word("batch-not-measured-n", ui, n=gathered.missing[name]))
    title = names.title(name, ui)
    return Distribution(
        name=name,
        title=title if alone else f"{title} · {', '.join(values.profiles)}",
        unit=names.unit(name, values.unit, ui),
        band=""
        if values.band is None
        else word(
            "report-band-text",
            ui,
            green=limits_text(name, values.band.green),
            amber=limits_text(name, values.band.amber),
        ),
        line=word(
            "batch-figure-line",
            ui,
            n=len(amounts),
            mean=figure(sum(amounts) / len(amounts)),
            median=figure(quantile(amounts, 0.5)),
            p10=figure(quantile(amounts, 0.1)),
            p90=figure(quantile(amounts, 0.9)),
        ),
        notes=tuple(notes),
        histogram=drawn,
        titles=tuple(
            word("batch-bar-at", ui, at=figure((bar.low + bar.high) / 2), n=bar.n)
            if drawn.whole
            else word("batch-bar-of", ui, low=figure(bar.low), high=figure(bar.high), n=bar.n)
            for bar in drawn.bars
        ),
        low=figure(drawn.low + inset),
        high=figure(drawn.high - inset),
        verdicts=tuple(
            (verdict, named(verdict, ui), values.verdicts[verdict])
            for verdict in ("red", "amber", "green")
            if values.verdicts[verdict]
        ),
    )


def _troubles(gathered: Gathered) -> tuple[TroubleRow, ...]:
    labels = {"failed": "batch-failed", "not_scored": "batch-not-scored-short", "remark": "batch-remark"}
    gravest_first = sorted(
        gathered.troubles.items(),
        key=lambda item: (GRAVEST_FIRST.index(item[0].kind), -item[1], item[0].code, item[0].reason),
    )
    return tuple(
        TroubleRow(
            trouble.kind,
            word(labels[trouble.kind], gathered.ui),
            gathered.numbers[trouble],
            batch_named(trouble.code, gathered.ui),
            trouble.reason,
            trouble.remedy,
            n,
        )
        for trouble, n in gravest_first
    )
