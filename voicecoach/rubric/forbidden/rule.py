"""What a rule of forbidden language is: patterns, each with what it is to find and what it must spare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageCode


@dataclass(frozen=True, slots=True)
class Arm:
    """One pattern of a rule, read on the cleaned text.

    ``catches``: one example for each of its alternatives, in their order; those that are plain wording speak
    for themselves and have none. ``spares``: an innocent wording that lies near and must not be found.
    """

    pattern: str
    catches: tuple[str, ...]
    spares: str


@dataclass(frozen=True, slots=True)
class ForbiddenRule:
    """One structure. ``conditional``: innocent where a rule, a check or a superior's consent is named."""

    code: LanguageCode
    name: str
    pattern: re.Pattern[str]
    certain: bool
    conditional: bool
    arms: tuple[Arm, ...]


def arm(pattern: str, *, catches: str, spares: str) -> Arm:
    """An arm; the examples of ``catches`` are parted by slashes."""
    return Arm(pattern, tuple(catches.split("/")) if catches else (), spares)


def rule(
    code: LanguageCode, name: str, *arms: Arm, certain: bool = False, conditional: bool = False
) -> ForbiddenRule:
    """A rule that holds where one of its arms does; the first that fits is taken."""
    pattern = re.compile("|".join(f"(?:{each.pattern})" for each in arms))
    return ForbiddenRule(code, name, pattern, certain, conditional, arms)
