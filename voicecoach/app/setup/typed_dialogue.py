"""A dialogue as somebody types it: ``客服: …`` and ``客户: …``, a turn a line, times in front where known."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.errors import UsageError
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Turn

if TYPE_CHECKING:
    from voicecoach.model.dialogue import Side

NAMES: Final[dict[str, Side]] = {
    "客服": "agent", "坐席": "agent", "agent": "agent",
    "客户": "caller", "顾客": "caller", "用户": "caller", "来电": "caller",
    "caller": "caller", "customer": "caller",
}  # fmt: skip
"""How a line may name its side."""
SHOWN: Final = 40
"""Characters of a wrong line that are shown."""
_LINE = re.compile(
    r"(?:[\[【](?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>[0-5]?\d(?:\.\d+)?)[\]】])?\s*+"
    rf"(?P<name>{'|'.join(NAMES)})\s*+[:：]\s*+(?P<text>.+)",
    re.IGNORECASE,
)


def parse_dialogue(text: str) -> tuple[Turn, ...]:
    """The turns in order; with times, each lasts until the next begins, the last one no time.

    Raises UsageError with the number of the line: no side named, falling times, times on some lines only.
    """
    sides: list[tuple[Side, str]] = []
    starts_s: list[float] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        turn = _LINE.fullmatch(line.strip())
        if turn is None:
            raise UsageError("dialogue-no-turn", line=number, text=line.strip()[:SHOWN])
        if turn["m"] is not None:
            starts_s.append(int(turn["h"] or 0) * 3600.0 + int(turn["m"]) * 60.0 + float(turn["s"]))
            if len(starts_s) > 1 and starts_s[-1] < starts_s[-2]:
                raise UsageError("dialogue-time-falls", line=number)
        sides.append((NAMES[turn["name"].lower()], turn["text"]))
        if starts_s and len(starts_s) < len(sides):
            raise UsageError("dialogue-some-times", line=number)
    if not sides:
        raise UsageError("dialogue-empty")
    if not starts_s:
        return tuple(Turn(side, None, said) for side, said in sides)
    spans = [Span(start_s, end_s) for start_s, end_s in pairwise([*starts_s, starts_s[-1]])]
    return tuple(Turn(side, span, said) for (side, said), span in zip(sides, spans, strict=True))
