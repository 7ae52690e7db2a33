"""The scale that marks were given on, and what a mark on it says of a rubric point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.app.agreement.cells import CELL_LONGEST, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

MAYBE_FROM: Final = 0.25
"""A smaller share of the scale is a miss: the nearest of 0, 0.5 and 1 (ties are maybe)."""
MAYBE_TO: Final = 0.75
"""A larger share covers the point."""
COMMON_TOPS: Final = (5.0, 10.0, 100.0)
MARKS_FEWEST: Final = 5
"""From so many numbers on the data may show their scale."""
TOP_LARGEST: Final = 1000.0

ScaleSource = Literal["heading", "option", "data"]
_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_RANGE: Final = rf"{_NUMBER} ?[-–—~～至到] ?{_NUMBER} ?分?"
_TOP: Final = rf"满分 ?{_NUMBER} ?分?|(?:out )?of {_NUMBER}|/ ?{_NUMBER}|{_NUMBER} ?分制"
_HEADING: Final = re.compile(rf"[(\[【<,:/ ]* ?(?:{_RANGE}|{_TOP}) ?[)\]】>]*$")
_OPTION: Final = re.compile(_RANGE)


@dataclass(frozen=True, slots=True)
class Scale:
    """Marks from ``low`` (not at all) to ``high`` (fully)."""

    low: float
    high: float

    def share(self, mark: float) -> float | None:
        """The mark as a share 0..1, None for one that is not on the scale."""
        return (mark - self.low) / (self.high - self.low) if self.low <= mark <= self.high else None

    def __str__(self) -> str:
        return f"{self.low:g}-{self.high:g}"


def state_of(share: float) -> float:
    """A share 0..1 of the scale as the mark of a rubric point: 0, 0.5 or 1."""
    return 0.0 if share < MAYBE_FROM else 0.5 if share <= MAYBE_TO else 1.0


def scale_in_heading(heading: str) -> tuple[str, Scale | None]:
    """A heading without the scale that it ends in, and that scale: ``empathy (0-5)``, ``安抚 满分10``."""
    text = normal(heading)
    match = _HEADING.search(text)
    if match is None or match.start() == 0:
        return text, None
    low, high, *tops = match.groups()
    scale = _scale("0" if low is None else low, high or next(filter(None, tops)))
    return (text, None) if scale is None else (text[: match.start()].strip(), scale)


def scale_of_text(text: str) -> Scale | None:
    """The scale that an option names, ``0-5``; None for anything else."""
    match = _OPTION.fullmatch(normal(text)) if len(text) <= CELL_LONGEST else None
    return None if match is None else _scale(match[1], match[2])


def _scale(low: str, high: str) -> Scale | None:
    scale = Scale(float(low), float(high))
    return scale if scale.low < scale.high <= TOP_LARGEST else None


def scale_of_data(columns: Sequence[Sequence[float]]) -> Scale | None:
    """The scale that the numbers of some columns show together, None where they leave a doubt.

    They show it when every column has marks beyond 1, and both the zero and a usual top were given.
    """
    numbers = [number for column in columns for number in column]
    if len(numbers) < MARKS_FEWEST or min(numbers) != 0.0 or max(numbers) not in COMMON_TOPS:
        return None
    return Scale(0.0, max(numbers)) if all(max(column) > 1.0 for column in columns) else None
