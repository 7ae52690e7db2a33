"""What both sides of a call said, on one scale: seconds where times are known, else the order of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.rubric.text.spoken import SpokenText, character_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span
    from voicecoach.model.dialogue import Side, Turn

_BETWEEN = "\n"
"""Parts two turns of one side: the end of a sentence."""


@dataclass(frozen=True, slots=True)
class SideText:
    """One side: its text, and the places of its characters on the common scale, ``begins`` and ``ends``."""

    spoken: SpokenText
    begins: tuple[float, ...]
    ends: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Both sides; ``caller`` None where nobody else is known. ``timed``: the scale is in seconds."""

    agent: SideText
    caller: SideText | None
    timed: bool

    @classmethod
    def timed_sides(cls, agent: SpokenText, caller: SpokenText | None) -> Conversation:
        """Recognised words of both sides, with times."""
        return cls(_side(agent), None if caller is None else _side(caller), timed=True)

    @classmethod
    def alone(cls, spoken: SpokenText) -> Conversation:
        """One answer, recognised (with times) or written (without)."""
        return cls(_side(spoken), None, timed=_has_times(spoken))

    @classmethod
    def typed(cls, turns: Sequence[Turn]) -> Conversation:
        """A typed dialogue: its turns in order, all with times or none.

        The characters of a turn share its span evenly.
        """
        timed = all(turn.span is not None for turn in turns)
        texts: dict[Side, list[str]] = {"agent": [], "caller": []}
        spans: dict[Side, list[Span | None]] = {"agent": [], "caller": []}
        places: dict[Side, list[float]] = {"agent": [], "caller": []}
        at = 0
        for turn in turns:
            said = turn.text + _BETWEEN
            texts[turn.side].append(said)
            shares = [None] * len(said) if turn.span is None else character_spans(turn.span, len(said))
            spans[turn.side] += shares if timed else [None] * len(said)
            places[turn.side] += map(float, range(at, at + len(said)))
            at += len(said)
        sides: list[SideText] = []
        for side, text in texts.items():
            spoken = SpokenText("".join(text), tuple(spans[side]))
            begins = tuple(places[side])
            sides.append(
                _side(spoken) if timed else SideText(spoken, begins, tuple(place + 1.0 for place in begins))
            )
        return cls(sides[0], sides[1], timed=timed)

    def side(self, side: Side) -> SideText | None:
        """The text of one side."""
        return self.agent if side == "agent" else self.caller

    def bounds(self) -> tuple[float, float]:
        """Where the first of both sides begins and the last ends, on the common scale."""
        sides = [side for side in (self.agent, self.caller) if side is not None and side.begins]
        return min((side.begins[0] for side in sides), default=0.0), max(
            (max(side.ends) for side in sides), default=0.0
        )


def _has_times(spoken: SpokenText) -> bool:
    return bool(spoken.spans) and all(span is not None for span in spoken.spans)


def _side(spoken: SpokenText) -> SideText:
    if _has_times(spoken):
        timed = [span for span in spoken.spans if span is not None]
        return SideText(spoken, tuple(span.start_s for span in timed), tuple(span.end_s for span in timed))
    n = len(spoken.text)
    return SideText(spoken, tuple(map(float, range(n))), tuple(float(i + 1) for i in range(n)))
