"""A prompt and its rubric, as frozen values. The file format is that of ``docs/prompt-schema.md``."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


Kind = Literal[
    "intro", "motivation", "scenario", "rules", "knowledge", "tools", "operations", "trait",
    "career", "closing", "caller",
]  # fmt: skip
Polarity = Literal["affirm", "deny"]


@dataclass(frozen=True, slots=True)
class RubricPoint:
    """One thing that a good answer does.

    ``weight`` is a share of the coverage (any positive number). ``cues`` are short phrases matched in
    pinyin space, ``exemplars`` are whole colloquial clauses matched by meaning, ``counter_exemplars``
    are clauses near by that do *not* cover the point; each by language code. ``polarity`` ``deny``
    marks a point that consists in a denial (不泄露): it needs a negator in the evidence.
    ``fatal``: an answer without this point gets a total of 0.
    """

    id: str
    label: Mapping[str, str]
    weight: float = 1.0
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exemplars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counter_exemplars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    polarity: Polarity = "affirm"
    fatal: bool = False
    hint: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0.0 < self.weight < math.inf:
            msg = f"the weight of {self.id} must be positive, got {self.weight}"
            raise ValueError(msg)


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
    caller is; ``lines`` are what he says after ``text``, by rising and falling mood.
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
