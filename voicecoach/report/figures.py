"""Figures in words: value, unit, verdict, band, source, formula, and the geometry of their bullet graph."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import judged
from voicecoach.model.speaker_profile import OWN_TAKES
from voicecoach.report import names
from voicecoach.report.phrases import named
from voicecoach.words.catalogue import word
from voicecoach.words.reasons import explain

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment, Band, Measurement, Verdict
    from voicecoach.model.audio import Span
    from voicecoach.words.catalogue import Ui

VERDICT_MARKS: Final = {"green": "✓", "amber": "!", "red": "✗"}
_OWN_TAKES: Final = re.compile(OWN_TAKES.format(n=r"(\d+)"))
ZONE_MARGIN: Final = 0.35
"""A bullet graph shows this share of its limits' width beyond them."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One colour of a bullet graph: ``start`` and ``width`` are shares 0..1 of its width."""

    verdict: Verdict
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet graph: zones from left to right without gaps, and where the value stands (0..1)."""

    zones: tuple[Zone, ...]
    at: float


@dataclass(frozen=True, slots=True)
class FigureView:
    """One measured figure; ``good`` is its green range in words, ``word`` the verdict with its mark.

    ``reference`` says what the figure is compared with where that is not the calibrated voice.
    """

    name: str
    title: str
    value: str
    unit: str
    verdict: Verdict | None
    mark: str
    word: str
    good: str
    band: str
    source: str
    reference: str
    formula: str
    provisional: str
    evidence: tuple[Span, ...]
    bullet: Bullet | None

    @property
    def amount(self) -> str:
        """Value and unit as they are read."""
        return f"{self.value} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that belong together."""

    id: str
    title: str
    figures: tuple[FigureView, ...]


def figure_groups(assessment: Assessment, ui: Ui, *, gentle: bool) -> tuple[FigureGroup, ...]:
    """All measured figures in their groups, in the order of a report; ``gentle`` softens the verdicts."""
    from voicecoach.metrics.table import in_order

    figures = [
        _figure(measurement, assessment.bands.get(measurement.name), ui, gentle=gentle)
        for measurement in in_order(assessment.measurements)
        if measurement.value is not None
    ]
    groups = (
        FigureGroup(key, title, tuple(figure for figure in figures if names.group(figure.name) == key))
        for key, title in names.groups(ui).items()
    )
    return tuple(group for group in groups if group.figures)


def bullet(band: Band, value: float) -> Bullet:
    """The zones around the limits of ``band`` and the place of ``value`` among them."""
    low, high = _domain(band, value)
    edges = sorted({low, high, *(limit for limit in _limits(band) if low < limit < high)})
    zones: list[Zone] = []
    for start, stop in pairwise(edges):
        verdict = band.verdict((start + stop) / 2)
        share = (stop - start) / (high - low)
        if zones and zones[-1].verdict == verdict:
            zones[-1] = Zone(verdict, zones[-1].start, zones[-1].width + share)
        else:
            zones.append(Zone(verdict, (start - low) / (high - low), share))
    return Bullet(tuple(zones), (value - low) / (high - low))


def limits_text(name: str, limits: tuple[float | None, float | None]) -> str:
    """``160–240``, ``≥ 8`` or ``≤ 18``, with the decimals that the limits need."""
    low, high = limits
    if low is None or high is None:
        if low is None and high is None:
            return "−∞–∞"
        return f"≥ {_limit(name, low)}" if low is not None else f"≤ {_limit(name, high)}"
    return (
        f"{_limit(name, low)}–{_limit(name, high)}"
        if low >= 0
        else f"{_limit(name, low)}…{_limit(name, high)}"
    )


def _limit(name: str, limit: float | None) -> str:
    if limit is None:
        return ""
    text = f"{limit * 100:.4g}%" if names.is_percent(name) else f"{limit:.4g}"
    return text.replace("-", "−")


def _limits(band: Band) -> list[float]:
    return [limit for limit in (*band.amber, *band.green) if limit is not None]


def _domain(band: Band, value: float) -> tuple[float, float]:
    """What the graph spans: every limit and the value, with a margin; from 0 where nothing is below it."""
    known = [*_limits(band), value]
    low, high = min(known), max(known)
    margin = ZONE_MARGIN * (high - low) or max(abs(high), 1.0) * ZONE_MARGIN
    at_zero = low >= 0.0
    return (0.0 if at_zero and low - margin < margin else low - margin), high + margin


def _figure(measurement: Measurement, band: Band | None, ui: Ui, *, gentle: bool) -> FigureView:
    name, value = measurement.name, measurement.value if measurement.value is not None else math.nan
    verdict = judged(measurement, band)
    unproven = names.is_unproven(name, value)
    if unproven:
        verdict = None
    said = named("no_verdict" if verdict is None else f"{verdict}_gentle" if gentle else verdict, ui)
    return FigureView(
        name=name,
        title=names.title(name, ui),
        value=word("report-none-heard", ui) if unproven else names.figure(name, value),
        unit="" if unproven else names.unit(name, measurement.unit, ui),
        verdict=verdict,
        mark="" if verdict is None else VERDICT_MARKS[verdict],
        word=said,
        good="" if band is None else limits_text(name, band.green),
        band=word("report-band-none", ui)
        if band is None
        else word(
            "report-band-gentle" if gentle else "report-band-text",
            ui,
            green=limits_text(name, band.green),
            amber=limits_text(name, band.amber),
        ),
        source="" if band is None else _source(band.source, ui),
        reference="" if band is None else _reference(band.source, ui),
        formula=names.formula(measurement, ui),
        provisional=explain(measurement.provisional, ui) if measurement.provisional else "",
        evidence=measurement.evidence,
        bullet=None if band is None or unproven else bullet(band, value),
    )


def _source(source: str, ui: Ui) -> str:
    own_takes = _OWN_TAKES.match(source)
    if own_takes is not None:
        source = source.replace(own_takes[0], _reference(source, ui))
    return source.replace("project's choice", word("report-own-choice", ui))


def _reference(source: str, ui: Ui) -> str:
    """That the figure is compared with the speaker's own earlier takes, "" where it is not."""
    own_takes = _OWN_TAKES.match(source)
    return "" if own_takes is None else word("report-own-takes", ui, n=own_takes[1])
