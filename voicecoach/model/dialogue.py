"""A conversation of two: who said what, and when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from voicecoach.model.audio import Span

Side = Literal["agent", "caller"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: ``text`` as recognised ("" for nothing), ``span`` None in a typed dialogue without times.

    ``back_channel``: a short 嗯 or 好的 while the other one talks, which takes no turn.
    """

    side: Side
    span: Span | None
    text: str
    back_channel: bool = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a call by their start; ``grace_s`` is the window that interruptions were judged by.

    ``agent_channel`` is the channel of the agent's side, counted from 0.
    """

    agent_channel: int
    grace_s: float
    turns: tuple[Turn, ...]

    def __post_init__(self) -> None:
        if self.agent_channel < 0 or not 0.0 <= self.grace_s < math.inf:
            msg = (
                f"a channel from 0 and a grace from 0 s are needed, got {self.agent_channel}, {self.grace_s}"
            )
            raise ValueError(msg)

    def of(self, side: Side) -> tuple[Turn, ...]:
        """The turns of one side."""
        return tuple(turn for turn in self.turns if turn.side == side)
