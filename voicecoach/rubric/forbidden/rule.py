"""What a rule of forbidden language is: patterns, each with what it is to find and what it must spare."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageCode

Certainty = Literal["alone", "stance", "never"]
"""How a hit becomes certain, the only kind that can void a total.

``alone``: the wording hardly ever means anything else; it stands in no sentence of
``tests/data/innocent.jsonl``. ``stance``: only where the sentence around it takes the same side, a second
signal (:func:`.stance.stands_by`). ``never``: worth a look, no more.
"""
_OPEN_END: Final = re.compile(r"\{0,\d+\}\)*\??$")
"""A pattern that ends in a filler: where its match stops says nothing about words."""


@dataclass(frozen=True)
class Arm:
    """One pattern of a rule, read on the cleaned text.

    ``catches``: one example for each of its alternatives, in their order; those that are plain wording speak
    for themselves and have none. ``spares``: an innocent wording that lies near and must not be found.
    ``certain``: how its hits become certain, where that differs from the rule's own way.
    """

    pattern: str
    catches: tuple[str, ...]
    spares: str
    certain: Certainty | None = None

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)

    @cached_property
    def open_ended(self) -> bool:
        """Whether its match may stop anywhere, so that its end cuts no word that matters."""
        return _OPEN_END.search(self.pattern) is not None


@dataclass(frozen=True, slots=True)
class ForbiddenRule:
    """One structure.

    ``conditional``: innocent where a rule, a check or a superior's consent is named. ``trait``: tells what
    somebody is like, and is innocent of oneself, a child or a thing.
    """

    code: LanguageCode
    name: str
    certain: Certainty
    conditional: bool
    trait: bool
    arms: tuple[Arm, ...]


def arm(pattern: str, *, catches: str, spares: str, certain: Certainty | None = None) -> Arm:
    """An arm; the examples of ``catches`` are parted by slashes."""
    return Arm(pattern, tuple(catches.split("/")) if catches else (), spares, certain)


def rule(
    code: LanguageCode,
    name: str,
    *arms: Arm,
    certain: Certainty = "never",
    conditional: bool = False,
    trait: bool = False,
) -> ForbiddenRule:
    """A rule that holds where one of its arms does."""
    settled = tuple(replace(each, certain=each.certain or certain) for each in arms)
    return ForbiddenRule(code, name, certain, conditional, trait, settled)
