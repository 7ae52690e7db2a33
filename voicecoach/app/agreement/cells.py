"""What a person wrote into a cell of a sheet of marks: a word, a number, a share, or nothing.

Nothing is guessed: ``1,234`` may be a thousand or one and a bit, and is refused with that reason.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

CELL_LONGEST: Final = 40
"""Characters of a cell that may be a mark; what is longer is a remark in the wrong column."""
LARGEST: Final = 1e9
"""No figure that a person marks is beyond this (project's choice): a typing error."""
QUOTED_LONGEST: Final = 30

_BLANK_WORDS: Final = "n/a na n.a. n.a #n/a null - – — ― / \\ … 不适用 无关 未评 未标 未评分 不评 空 略"
BLANK: Final = frozenset(("", *_BLANK_WORDS.split()))
"""Not marked: the point does not belong here, or nobody has looked."""
_SPELLED: Final = {
    1.0: "yes y true covered hit full pass ok 有 是 对 √ ✓ ✔ ☑ ✅ ○ 〇 ◯ ● ◎ 算 做到 做到了 达到 达标 合格 "
    "通过 满分",
    0.0: "no n false not_heard missed none fail 无 没有 没 否 错 × ✗ ✘ ✖ ✕ ☒ ❌ x 不算 没做到 未做到 未达到 "
    "不达标 不合格 不通过",
    0.5: "maybe partly partial half ? △ ▲ 半 一半 半对 半分 部分 部分做到 部分达到 可能 不确定 1/2 1⁄2 ½",
}
WORDS: Final = {spelled: mark for mark, words in _SPELLED.items() for spelled in words.split()}
"""Marks of a rubric point in words and signs, as :func:`normal` leaves them."""
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?")
_COMMA: Final = re.compile(r"([+-]?\d+),(\d+)")
_OF: Final = re.compile(r"(\d+(?:\.\d+)?) ?[/⁄] ?(\d+(?:\.\d+)?)")
_THOUSANDS_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark as it was written: exactly one of the three, or none where the cell says nothing.

    ``state`` is a word's mark 0, 0.5 or 1; ``number`` stands on whatever scale its column has; ``share`` is
    0..1 of the whole (``85 %``, ``4/5``).
    """

    state: float | None = None
    number: float | None = None
    share: float | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was marked."""
        return self.state is None and self.number is None and self.share is None


def normal(text: str) -> str:
    """The text as it is compared: full width and half width alike, small letters, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_cell(text: str) -> Cell | str:
    """What is written there, or the reason why it is no mark: the code of a message ``mark-REASON``."""
    if len(text) > CELL_LONGEST:
        return "too-long"
    plain = normal(text)
    if plain in BLANK or set(plain) <= {"-"}:
        return Cell()
    if plain in WORDS:
        return Cell(state=WORDS[plain])
    part = _OF.fullmatch(plain)
    return (
        _number(plain.removesuffix("分").strip()) if part is None else _share(float(part[1]), float(part[2]))
    )


def _number(text: str) -> Cell | str:
    number = text.removesuffix("%").strip()
    comma = _COMMA.fullmatch(number)
    if comma is not None:
        if len(comma[2]) == _THOUSANDS_DIGITS and comma[1].lstrip("+-").strip("0"):
            return "thousands"
        number = f"{comma[1]}.{comma[2]}"
    if not _NUMBER.fullmatch(number):
        return "no-mark"
    value = float(number)
    if abs(value) > LARGEST:  # an infinity is, too
        return "too-large"
    return _share(value, 100.0) if text.endswith("%") else Cell(number=value)


def _share(part: float, whole: float) -> Cell | str:
    return Cell(share=part / whole) if 0.0 <= part <= whole and whole > 0.0 else "over-whole"


def quoted(text: str) -> str:
    """A cell as a message shows it: on one line, shortened."""
    text = text if len(text) <= QUOTED_LONGEST else f"{text[:QUOTED_LONGEST]}… ({len(text)})"
    return repr(text)
