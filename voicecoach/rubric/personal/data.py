"""Personal data in what was said: where it stands, and by which rule it was found.

Text in, places out: nothing here knows of sound or of reports. Made for *recognised* text, see
:mod:`voicecoach.rubric.personal.digits`. Masks that a text already holds are walls: no rule reads
them or across them, so masking what is masked changes nothing.

What it finds was measured on made sentences, see ``docs/privacy.md``. A miss is possible: masking lowers
what a reader sees, it proves nothing about what is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from voicecoach.rubric.personal.digits import normalised
from voicecoach.rubric.personal.numbers import personal_numbers
from voicecoach.rubric.personal.places import personal_places

MASKS: Final = {
    "mobile": "［手机号］",
    "phone": "［电话］",
    "order": "［单号］",
    "id_card": "［证件号］",
    "bank_card": "［卡号］",
    "code": "［验证码］",
    "tail": "［尾号］",
    "account": "［账号］",
    "email": "［邮箱］",
    "address": "［地址］",
    "name": "［姓名］",
    "number": "［号码］",
}
"""Rule -> what stands in the place of what it found."""
MASK: Final = re.compile("|".join(map(re.escape, MASKS.values())))
WALL: Final = "\ufffc"
"""Stands for a masked place while a text is searched."""
_PRECEDENCE: Final = {rule: number for number, rule in enumerate(("email", "address", "account"))}
_BLANKS: Final = " \t\n,，、"


@dataclass(frozen=True, slots=True, order=True)
class PersonalDatum:
    """The characters ``[start, end)`` of a text, found by ``rule`` (a key of :data:`MASKS`)."""

    start: int
    end: int
    rule: str


def find_personal(text: str) -> tuple[PersonalDatum, ...]:
    """Every personal value of ``text``, in order, none overlapping another.

    Searched until nothing more is found, so that what is left after masking holds no further hit.
    """
    searched = MASK.sub(lambda match: WALL * len(match.group()), normalised(text))
    found: list[PersonalDatum] = []
    while new := _searched_once(searched):
        found += new
        for hit in new:
            searched = searched[: hit.start] + WALL * (hit.end - hit.start) + searched[hit.end :]
    return tuple(sorted(found))


def _searched_once(text: str) -> list[PersonalDatum]:
    """The hits of one search; of two that overlap the more telling, then the longer one stays."""
    places = (*personal_places(text), *personal_numbers(text))
    candidates = [_trimmed(text, PersonalDatum(*place)) for place in places]
    candidates.sort(key=lambda hit: (_PRECEDENCE.get(hit.rule, len(_PRECEDENCE)), hit.start - hit.end, hit))
    kept: list[PersonalDatum] = []
    for hit in candidates:
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return kept


def _trimmed(text: str, hit: PersonalDatum) -> PersonalDatum:
    """Without blanks and commas at its ends."""
    said = text[hit.start : hit.end]
    return PersonalDatum(
        hit.start + len(said) - len(said.lstrip(_BLANKS)),
        hit.end - len(said) + len(said.rstrip(_BLANKS)),
        hit.rule,
    )


def masked(text: str, hits: tuple[PersonalDatum, ...] | None = None) -> str:
    """``text`` with every hit replaced by its mask; ``hits`` None: those of :func:`find_personal`."""
    for hit in reversed(find_personal(text) if hits is None else hits):
        text = text[: hit.start] + MASKS[hit.rule] + text[hit.end :]
    return text
