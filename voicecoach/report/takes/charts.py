"""Trends as pictures: an SVG a trend, drawn here, so that a page needs no script and no network.

The band is a stripe behind the points: green in the good range, amber around it; a dashed line stands where
another recogniser or rubric began to judge. Every point says in words what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.report import names
from voicecoach.report.figures import limits_text
from voicecoach.report.takes.export import local_time
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicecoach.app.takes.progress import BandStretch, Limits, Trend
    from voicecoach.words.catalogue import Ui

WIDTH, HEIGHT = 480, 150
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 10, 22
"""Margins around the plot, in units of the picture."""
MARGIN: Final = 0.12
"""The plot reaches so much beyond its highest and lowest point, as a share of their distance."""
TITLES: Final = {"total": "report-total", "coverage": "report-coverage"}
"""Trends of scores -> the code of their title; the others are measurements."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, top left corner first."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A point: where, which verdict, and its words."""

    x: float
    y: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One trend ready to be drawn; ``lines`` are paths, one a stretch; ``ticks`` are y and label."""

    name: str
    title: str
    unit: str
    count: str
    good: str
    summary: str
    bands: tuple[Box, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    breaks: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]
    last: str


def chart(trend: Trend, ui: Ui, *, gentle: bool = False) -> Chart:
    """Lay out one trend. ``gentle``: no verdicts."""
    low, high = _domain(trend)

    def x(at: float) -> float:
        share = 0.5 if trend.n == 1 else at / (trend.n - 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def half(at: float) -> float:
        """The edge between a take and the one before it; the plot's own at its ends."""
        if at <= 0 or trend.n == 1:
            return LEFT
        return WIDTH - RIGHT if at >= trend.n else round((x(at - 1) + x(at)) / 2, 1)

    def stripes(stretch: BandStretch) -> list[Box]:
        left, right = half(stretch.first), half(stretch.last + 1)
        boxes = []
        for kind, limits in (("amber", stretch.amber), ("green", stretch.green)):
            top, bottom = _edges(limits, low, high)
            if top > bottom:
                boxes.append(Box(kind, left, y(top), round(right - left, 1), round(y(bottom) - y(top), 1)))
            elif limits[0] == limits[1] and limits[0] is not None:
                boxes.append(Box(kind, left, y(top) - 1, round(right - left, 1), 2))
        return boxes

    last = trend.points[-1]
    summary = ""
    if trend.at_first is not None and trend.lately is not None:
        first, lately = (figure(trend.name, value) for value in (trend.at_first, trend.lately))
        summary = word("takes-trend-summary", ui, first=first, last=lately)
    green = trend.bands[-1].green if trend.bands else (None, None)
    return Chart(
        trend.name,
        title(trend.name, ui),
        _unit(trend, last.value, ui),
        word("takes-trend-n", ui, n=trend.n),
        "" if green == (None, None) else word("takes-trend-good", ui, limits=limits_text(trend.name, green)),
        summary,
        tuple(box for stretch in trend.bands for box in stripes(stretch)),
        tuple(_lines(trend, x, y)),
        tuple(
            Dot(
                x(point.at),
                y(point.value),
                "plain" if gentle or names.is_unproven(trend.name, point.value) else point.verdict or "plain",
                _words(trend, index, ui),
            )
            for index, point in enumerate(trend.points)
        ),
        tuple(half(number) for number in trend.breaks),
        tuple((y(value), figure(trend.name, value)) for value in _ticks(low, high)),
        _amount(trend.name, last.value, ui),
    )


def title(name: str, ui: Ui) -> str:
    """What the trend is called."""
    return word(TITLES[name], ui) if name in TITLES else names.title(name, ui)


def figure(name: str, value: float) -> str:
    """A value with the decimals that it deserves."""
    if name == "coverage":
        return f"{value:.0%}"
    return f"{value:.0f}" if name == "total" else names.figure(name, value)


def _lines(trend: Trend, x: Callable[[float], float], y: Callable[[float], float]) -> list[str]:
    edges = [0.0, *map(float, trend.breaks), float("inf")]
    paths = []
    for start, stop in pairwise(edges):
        inside = [point for point in trend.points if start <= point.at < stop]
        places = [f"{x(point.at):g} {y(point.value):g}" for point in inside]
        if len(places) > 1:
            paths.append("M" + "L".join(places))
    return paths


def _words(trend: Trend, index: int, ui: Ui) -> str:
    point = trend.points[index]
    amount = f"{_amount(trend.name, point.value, ui)} {_unit(trend, point.value, ui)}".strip()
    which = local_time(point.recorded_at)
    if point.n > 1:
        which += f" · {word('takes-trend-median-of', ui, n=point.n)}"
    return f"{amount} · {which} · {point.first_id}"


def _amount(name: str, value: float, ui: Ui) -> str:
    return word("report-none-heard", ui) if names.is_unproven(name, value) else figure(name, value)


def _unit(trend: Trend, value: float, ui: Ui) -> str:
    known = trend.name in TITLES or names.is_unproven(trend.name, value)
    return "" if known else names.unit(trend.name, trend.unit, ui)


def _domain(trend: Trend) -> tuple[float, float]:
    """All points, and the green limits where they are near; 0..100 and 0..1 for scores."""
    if trend.name in TITLES:
        return (0.0, 100.0) if trend.name == "total" else (0.0, 1.0)
    values = [point.value for point in trend.points]
    limits = [limit for stretch in trend.bands for limit in stretch.green if limit is not None]
    low, high = min([*values, *limits]), max([*values, *limits])
    margin = (high - low) * MARGIN or max(abs(high), 1.0) * MARGIN
    return (0.0 if low >= 0.0 and low - margin < margin else low - margin), high + margin


def _edges(limits: Limits, low: float, high: float) -> tuple[float, float]:
    """Top and bottom of a stripe within the plot; an open side reaches its edge."""
    first, last = limits
    return (high if last is None else min(last, high)), (low if first is None else max(first, low))


def _ticks(low: float, high: float) -> Sequence[float]:
    return (low, (low + high) / 2, high)
