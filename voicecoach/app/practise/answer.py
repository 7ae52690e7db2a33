"""An answer while it is spoken: what is shown, and what ends it.

A long silence may end it (auto-stop), never one in which somebody still thinks: nothing ends it in its first
seconds, a first word is waited for longer, and any key says *I go on*.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.ports import LiveRecording

AUTO_STOP_S: Final = 4.0
"""Silence that ends an answer when no other length is asked for, seconds."""
NEVER_BEFORE_S: Final = 5.0
"""No silence ends a recording that is shorter, seconds."""
FIRST_WORD_S: Final = 20.0
"""So long a first word is waited for, seconds."""
COUNT_DOWN_S: Final = 2.0
"""The rest of the silence that is counted down before the eyes, seconds."""
TICK_S: Final = 0.1
"""So often the line on the screen is drawn anew, seconds."""
SETTLED_S: Final = 1.2
"""From here on the moment of the first sample is known for good, seconds."""

Ending = Literal["enter", "silence", "limit", "ended", "again"]
"""By the key, by auto-stop, by the limit, by itself (a fault), or thrown away to hear the prompt again."""


class Following(Protocol):
    """What is known about the answer while it is spoken."""

    @property
    def silence_s(self) -> float:
        """Seconds since the last speech."""
        ...

    @property
    def has_spoken(self) -> bool:
        """Whether there was any speech."""
        ...


class AnswerFace(Protocol):
    """What the user sees and presses while speaking."""

    def key(self, timeout_s: float) -> str | None:
        """The next key, None when none was pressed in that time."""
        ...

    def speaking(self, shown: Speaking) -> None:
        """Draw the line anew."""
        ...


@dataclass(frozen=True, slots=True)
class Speaking:
    """What is shown while speaking.

    ``target_s``: wished-for length (shortest, longest). ``stop_in_s``: seconds until silence or the time
    limit ends it, None when that is not near. ``level_dbfs``: -inf for digital silence. ``is_zeros``: the
    microphone sends nothing but zeros. ``n_overflows``: times that the sound card lost samples.
    """

    elapsed_s: float
    target_s: tuple[float, float]
    level_dbfs: float
    stop_in_s: float | None = None
    is_zeros: bool = False
    n_overflows: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What ends an answer besides Enter, seconds; None = nothing of that kind."""

    target_s: tuple[float, float]
    auto_stop_s: float | None = None
    time_limit_s: float | None = None


def silence_left_s(
    elapsed_s: float, silence_s: float, *, has_spoken: bool, held_s: float, auto_stop_s: float
) -> float:
    """Seconds of silence until auto-stop; ``held_s`` is when a key last said that it goes on."""
    since_key_s = elapsed_s - held_s
    if has_spoken:
        left_s = auto_stop_s - min(silence_s, since_key_s)
    else:
        left_s = max(FIRST_WORD_S, auto_stop_s) - since_key_s
    return max(left_s, NEVER_BEFORE_S - elapsed_s)


def watch(
    recording: LiveRecording,
    following: Following,
    face: AnswerFace,
    limits: Limits,
    *,
    on_settled: Callable[[], None],
) -> Ending:
    """Show the recording until something ends it; ``on_settled`` is called once, early in it."""
    held_s, settled = 0.0, False
    while True:
        elapsed_s = recording.elapsed_s
        if not settled and elapsed_s >= SETTLED_S:
            settled = True
            on_settled()
        if recording.ended.is_set():
            return "ended"
        left_s, by = _left(elapsed_s, following, limits, held_s)
        if left_s <= 0.0:
            return by
        face.speaking(
            Speaking(
                elapsed_s,
                limits.target_s,
                recording.level_dbfs,
                left_s if left_s <= COUNT_DOWN_S else None,
                recording.silent_zeros,
                recording.n_overflows,
            )
        )
        key = face.key(TICK_S)
        if key == "enter":
            return "enter"
        if key == "r" and not following.has_spoken:
            return "again"
        if key is not None:
            held_s = elapsed_s


def _left(
    elapsed_s: float, following: Following, limits: Limits, held_s: float
) -> tuple[float, Literal["silence", "limit"]]:
    """Seconds until it is ended, and by what."""
    silence_s = limit_s = math.inf
    if limits.auto_stop_s is not None:
        silence_s = silence_left_s(
            elapsed_s,
            following.silence_s,
            has_spoken=following.has_spoken,
            held_s=held_s,
            auto_stop_s=limits.auto_stop_s,
        )
    if limits.time_limit_s is not None:
        limit_s = limits.time_limit_s - elapsed_s
    return (silence_s, "silence") if silence_s < limit_s else (limit_s, "limit")
