"""What is said about one recording: figures with evidence, coverage, scores, refusals."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.audio import Interruption, Span, Track
    from voicecoach.model.dialogue import Dialogue
    from voicecoach.model.transcript import Language, Provenance, Transcript

Verdict = Literal["green", "amber", "red"]
PointState = Literal["covered", "maybe", "not_heard"]
LanguageCode = Literal["rude", "shirk", "overpromise", "leak", "ni"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure. ``value`` None means not measured, and then ``reason`` says why.

    ``evidence`` are the spans that justify it; ``definition`` is one sentence with the formula;
    ``provisional`` says in words why the figure is to be taken with care (empty: it is not).
    """

    name: str
    value: float | None
    unit: str
    definition: str
    evidence: tuple[Span, ...] = ()
    reason: str | None = None
    provisional: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            msg = f"{self.name}: exactly one of value and reason must be given"
            raise ValueError(msg)
        if self.value is not None and not math.isfinite(self.value):
            msg = (
                f"{self.name}: a value must be finite, got {self.value}; what cannot be measured has a reason"
            )
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Band:
    """Limits of a figure, closed; None = open on that side. ``amber`` encloses ``green``."""

    green: tuple[float | None, float | None]
    amber: tuple[float | None, float | None]
    source: str

    def __post_init__(self) -> None:
        (amber_low, amber_high), (green_low, green_high) = map(_bounds, (self.amber, self.green))
        if not amber_low <= green_low <= green_high <= amber_high:  # also false when one is NaN
            msg = f"amber must enclose green and limits must rise, got green {self.green}, amber {self.amber}"
            raise ValueError(msg)

    def verdict(self, value: float) -> Verdict:
        """Green inside the green limits, amber inside the amber ones, else red."""
        if _inside(value, self.green):
            return "green"
        return "amber" if _inside(value, self.amber) else "red"


UNJUDGED: Final = frozenset({"text_missing", "text_heard_again", "text_and_sound_differ"})
"""Doubts (``provisional``) that leave a figure without a verdict: it may lie in another zone altogether."""


def judged(measurement: Measurement, band: Band | None) -> Verdict | None:
    """How a figure lies in its band; None without a band or a value, and where its doubt is too great."""
    if band is None or measurement.value is None or measurement.provisional in UNJUDGED:
        return None
    return band.verdict(measurement.value)


def _bounds(limits: tuple[float | None, float | None]) -> tuple[float, float]:
    low, high = limits
    return -math.inf if low is None else low, math.inf if high is None else high


def _inside(value: float, limits: tuple[float | None, float | None]) -> bool:
    low, high = _bounds(limits)
    return low <= value <= high


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was said, when (None on text alone), and what it was matched by (``cue:...``)."""

    quote: str
    span: Span | None
    by: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the engine made of a point before the user ticked it."""

    state: PointState
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PointResult:
    """Whether one rubric point was heard; ``score`` 0..1 is how likely it is covered.

    ``judged`` is given where the user ticked the point: then ``state`` and ``score`` are the user's (covered
    and 1, or not_heard, 0 and without evidence), and ``judged`` is what the engine had made of it.
    """

    id: str
    state: PointState
    score: float
    evidence: tuple[Evidence, ...] = ()
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class LanguageHit:
    """A phrase of service language that should not be said. ``certain`` False: to be looked at.

    ``counts`` is the user's tick: True, it was said as such; False, it was not; None, not ticked.
    """

    code: LanguageCode
    quote: str
    span: Span | None
    certain: bool
    counts: bool | None = None

    @property
    def stands(self) -> bool:
        """Whether it may be told as a fact, and can be fatal: surely found, or ticked; never ticked off."""
        return self.certain if self.counts is None else self.counts


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A point that could not be judged and drops out: its ``id``, and why as a code."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rubric coverage of one answer: the share of the weights that it covers lies from ``low`` to ``high``.

    The range comes from the points' probabilities; with rules of a call form ``low`` counts the covered
    points and ``high`` the maybes too.

    ``points`` are those that could be judged; the others stand in ``not_applicable``. A point ``not_heard``
    with evidence is a rule of what must not be said, and the evidence is where it was.
    """

    prompt_id: str
    points: tuple[PointResult, ...]
    low: float
    high: float
    order_ok: bool | None
    language: tuple[LanguageHit, ...] = ()
    out_of_order: tuple[str, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()


FATAL: Final = "fatal:"
"""What the name of the score of a fatal item begins with."""


@dataclass(frozen=True, slots=True)
class Score:
    """A part of the total: ``points`` of ``out_of``, from the measurement or rubric point ``name``."""

    name: str
    points: float
    out_of: float
    verdict: Verdict | None
    explanation: str = ""

    @property
    def is_fatal(self) -> bool:
        """Whether it is a fatal item, which sets the total to 0."""
        return self.name.startswith(FATAL)


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence worth acting on, by language, tied to a moment where there is one."""

    about: str
    text: Mapping[str, str]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no score (or one figure less): a code, the reason, and what to do about it."""

    code: str
    reason: Mapping[str, str]
    remedy: Mapping[str, str]
    blocks_score: bool = True


def blocked(refusals: Iterable[Refusal]) -> bool:
    """Whether any of the refusals stands against a score."""
    return any(refusal.blocks_score for refusal in refusals)


@dataclass(frozen=True, slots=True)
class Curves:
    """What a report draws: ``level`` dBFS, ``pitch`` Hz (NaN unvoiced), ``speech`` = sounding spans."""

    level: Track
    pitch: Track
    speech: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is known of one recording. ``curves`` serve pictures and are not part of the JSON.

    ``total`` is 0..100, None when refused, when no prompt was given, or when scores are switched off;
    ``total_without_fatal`` is what it would be without the fatal items among the scores, None where there
    are none.
    ``bands`` holds the band used for a measurement, by its name. ``dialogue``: the turns of a call of two.
    ``interruptions``: what in the recording is not the speaker's and was left out of every figure.
    ``streams``: the sound streams of the file that were judged, one or the two of a call, from 0; empty where
    it has but one.
    """

    source: str
    sha256: str
    duration_s: float
    language: Language
    profile: str
    transcript: Transcript
    measurements: tuple[Measurement, ...]
    bands: Mapping[str, Band]
    coverage: Coverage | None
    scores: tuple[Score, ...]
    total: float | None
    advice: tuple[Advice, ...]
    refusals: tuple[Refusal, ...]
    provenance: Mapping[str, Provenance | str]
    rubric_version: str = ""
    curves: Curves | None = field(default=None, compare=False)
    created: str = field(default="", compare=False)
    dialogue: Dialogue | None = None
    interruptions: tuple[Interruption, ...] = ()
    total_without_fatal: float | None = None
    streams: tuple[int, ...] = ()

    def measurement(self, name: str) -> Measurement:
        """The measurement of that name. Raises KeyError when there is none."""
        for figure in self.measurements:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def verdict(self, measurement: Measurement) -> Verdict | None:
        """How the figure lies in its band; None without a band or a value, or where it is too doubtful."""
        return judged(measurement, self.bands.get(measurement.name))
