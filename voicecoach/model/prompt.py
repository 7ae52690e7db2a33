"""A prompt and its rubric, as frozen values. The file format is that of ``docs/prompt-schema.md``."""

from __future__ import annotations

import math
from collections.abc import Mapping  # noqa: TC003 - the pack cache reads the types of the fields
from dataclasses import dataclass, field
from typing import Literal

from voicecoach.model.dialogue import Side  # noqa: TC001 - the same

Kind = Literal[
    "intro", "motivation", "scenario", "rules", "knowledge", "tools", "operations", "trait",
    "career", "closing", "caller",
]  # fmt: skip
Polarity = Literal["affirm", "deny"]
Form = Literal["anecdote", "result", "role"]
Severity = Literal["note", "minor", "major", "fatal"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is said: any of ``cues`` by sound, ``regex``, any of ``exemplars`` by meaning.

    Each is given by language. It holds where one of them is found. A match of ``regex`` is void in a
    sentence that ``unless`` matches.
    """

    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regex: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    exemplars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment to count from: the first evidence of ``point``, or where ``said`` holds on ``channel``."""

    point: str | None = None
    said: Condition | None = None
    channel: Side = "agent"


@dataclass(frozen=True, slots=True)
class CallRule:
    """Where and how a point of a call form must be met.

    ``channel``: whose words count. ``first_s``, ``last_s``: only those of the first or last seconds of
    the call. ``after``, ``before``: only those after or before a moment, ``within_s`` seconds after it.
    ``any_of`` holds when at least ``at_least`` of its conditions do, ``all_of`` when all do, ``none_of``
    when none does; whatever is given must hold, and so must the point's own cues and exemplars.
    """

    channel: Side = "agent"
    first_s: float | None = None
    last_s: float | None = None
    any_of: tuple[Condition, ...] = ()
    at_least: int = 1
    all_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    after: Anchor | None = None
    before: Anchor | None = None
    within_s: float | None = None

    @property
    def timed(self) -> bool:
        """Whether it can be judged only where times are known."""
        return self.first_s is not None or self.last_s is not None or self.within_s is not None


@dataclass(frozen=True, slots=True)
class RubricPoint:
    """One thing that a good answer does.

    ``weight`` is a share of the coverage (any positive number). ``cues`` are short phrases matched in
    pinyin space, ``exemplars`` are whole colloquial clauses matched by meaning, ``counter_exemplars``
    are clauses near by that do *not* cover the point; each by language code. ``polarity`` ``deny``
    marks a point that consists in a denial (不泄露): it needs a negator in the evidence.
    ``form`` marks a point with free content, told as something that happened (``anecdote``), as how it ended
    (``result``) or as one's own part in it (``role``): it is recognised by that form too.
    ``fatal``: an answer without this point gets a total of 0. ``severity`` says how grave a miss is; a
    ``note`` is shown and does not count. ``rule`` None: it may be met anywhere in the answer.
    """

    id: str
    label: Mapping[str, str]
    weight: float = 1.0
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exemplars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counter_exemplars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    polarity: Polarity = "affirm"
    form: Form | None = None
    fatal: bool = False
    hint: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = "major"
    rule: CallRule | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.weight < math.inf:
            msg = f"the weight of {self.id} must be positive, got {self.weight}"
            raise ValueError(msg)

    @property
    def counts(self) -> bool:
        """Whether it counts in coverage and total."""
        return self.severity != "note"


@dataclass(frozen=True, slots=True)
class CallerLine:
    """What a caller says further on: ``text`` by language, ``mood`` 1 (calm) to 5 (furious)."""

    text: Mapping[str, str]
    mood: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, scenario or caller's line, with the rubric of its answer.

    ``target_s`` is the wished-for length of the answer (shortest, longest), seconds. ``profile`` names
    the bands that rate the answer. ``order`` lists point ids whose first evidence must come in
    this order (empty: order does not count). ``fatal_language`` lists the language codes (``rude``,
    ``shirk``, ``overpromise``, ``leak``) that void the total when surely said. ``persona`` says who a
    caller is; ``lines`` are what he says after ``text``, by rising and falling mood. ``families`` names
    the matters it is about: good answers to prompts of one family resemble each other by nature.
    """

    id: str
    pack: str
    version: str
    kind: Kind
    text: Mapping[str, str]
    points: tuple[RubricPoint, ...]
    target_s: tuple[float, float]
    profile: str = "interview"
    role: str = "interviewer"
    mood: int = 1
    voice: str | None = None
    order: tuple[str, ...] = ()
    fatal_language: tuple[str, ...] = ()
    tip: Mapping[str, str] = field(default_factory=dict)
    model_answer: Mapping[str, str] = field(default_factory=dict)
    persona: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[CallerLine, ...] = ()
    families: tuple[str, ...] = ()
