"""The values of one report: words and spans, ready to be laid out by any renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from voicecoach.model.assessment import Verdict
    from voicecoach.model.audio import Span
    from voicecoach.report.figures import FigureGroup
    from voicecoach.words.catalogue import Ui

STATE_MARKS: Final = {"covered": "✓", "maybe": "?", "not_heard": "–"}

Kind = Literal["scored", "refused", "gentle", "metrics_only", "unscored"]


@dataclass(frozen=True, slots=True)
class Headline:
    """The first thing read: ``total`` is empty unless ``kind`` is ``scored``."""

    kind: Kind
    title: str
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote, when it was said (None on text alone), and a word on it."""

    quote: str
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class PointView:
    """One rubric point; ``due`` is where a point that was not heard should have come."""

    number: int
    id: str
    label: str
    state: str
    mark: str
    word: str
    said: tuple[Quotation, ...]
    hint: str
    worth: str
    due: Span | None


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A phrase that should not be said."""

    code: str
    label: str
    quote: str
    span: Span | None
    certain: bool
    word: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """All points with the coverage range; ``low``, ``high`` are shares 0..1."""

    points: tuple[PointView, ...]
    low: float
    high: float
    range: str
    count: str
    order: str
    order_ok: bool | None
    language: tuple[LanguageView, ...]


@dataclass(frozen=True, slots=True)
class Tip:
    """One sentence of advice and its moment."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Remark:
    """Why there is no score, or one figure less, and the remedy."""

    reason: str
    remedy: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One row of how the total comes about."""

    label: str
    points: str
    out_of: str
    verdict: Verdict | None
    word: str


@dataclass(frozen=True, slots=True)
class View:
    """One report."""

    ui: Ui
    question: str
    source: str
    duration: str
    profile: str
    created: str
    headline: Headline
    remarks: tuple[Remark, ...]
    tips: tuple[Tip, ...]
    coverage: CoverageView | None
    groups: tuple[FigureGroup, ...]
    missing: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    sum: str
    provenance: tuple[tuple[str, str], ...]
