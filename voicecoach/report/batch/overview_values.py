"""The values around the table of a batch's report: words and shares, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.report.batch.statistics import Histogram


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
class OwnGroup:
    """The groups of one own column; ``index`` is its place among them all, ``title`` its words."""

    index: int
    label: str
    title: str
    rows: tuple[GroupRow, ...]


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
    own: tuple[OwnGroup, ...]
    points: tuple[PointSummary, ...]
    distributions: tuple[DistributionGroup, ...]
    troubles: tuple[TroubleRow, ...]
    columns: tuple[tuple[str, str], ...]
