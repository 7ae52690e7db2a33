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
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.accounts import personal_accounts
from voicecoach.rubric.personal.digits import normalised
from voicecoach.rubric.personal.names import personal_names
from voicecoach.rubric.personal.numbers import personal_numbers
from voicecoach.rubric.personal.papers import personal_papers
from voicecoach.rubric.personal.places import personal_places

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    "plate": "［车牌］",
    "birth": "［出生日期］",
    "address": "［地址］",
    "name": "［姓名］",
    "number": "［号码］",
}
"""Rule -> what stands in the place of what it found."""
MASK: Final = re.compile("|".join(map(re.escape, MASKS.values())))
WALL: Final = "\ufffc"
"""Stands for a masked place while a text is searched."""
_PRECEDENCE: Final = {
    rule: number for number, rule in enumerate(("email", "address", "plate", "birth", "account"))
}
_SAID: Final = re.compile(r"[^\W_]")
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
    cased = MASK.sub(lambda match: WALL * len(match.group()), text)
    data: list[PersonalDatum] = []
    while new := _searched_once(normalised(cased), cased):
        data += new
        cased = walled(cased, new)
    return tuple(sorted(data))


def walled(text: str, data: Iterable[PersonalDatum]) -> str:
    """``text`` with walls in the place of the data, none overlapping another; as long as it was."""
    pieces, place = [], 0
    for datum in sorted(data):
        pieces += [text[place : datum.start], WALL * (datum.end - datum.start)]
        place = datum.end
    return "".join([*pieces, text[place:]])


def _searched_once(text: str, cased: str) -> list[PersonalDatum]:
    """The data of one search; of two that overlap the more telling, then the longer one stays."""
    if not _SAID.search(text):
        return []
    places = (
        *personal_places(text),
        *personal_accounts(text),
        *personal_papers(text),
        *personal_numbers(text),
        *personal_names(text, cased),
    )
    candidates = [_trimmed(text, PersonalDatum(*place)) for place in places]
    candidates.sort(
        key=lambda datum: (_PRECEDENCE.get(datum.rule, len(_PRECEDENCE)), datum.start - datum.end, datum)
    )
    taken = bytearray(len(text))
    kept: list[PersonalDatum] = []
    for datum in candidates:
        if datum.start < datum.end and not any(taken[datum.start : datum.end]):
            taken[datum.start : datum.end] = b"\x01" * (datum.end - datum.start)
            kept.append(datum)
    return kept


def _trimmed(text: str, datum: PersonalDatum) -> PersonalDatum:
    """Without blanks and commas at its ends."""
    said = text[datum.start : datum.end]
    return PersonalDatum(
        datum.start + len(said) - len(said.lstrip(_BLANKS)),
        datum.end - len(said) + len(said.rstrip(_BLANKS)),
        datum.rule,
    )


def masked(text: str, data: tuple[PersonalDatum, ...] | None = None) -> str:
    """``text`` with every datum replaced by its mask; ``data`` None: those of :func:`find_personal`."""
    for datum in reversed(find_personal(text) if data is None else data):
        text = text[: datum.start] + MASKS[datum.rule] + text[datum.end :]
    return text
