"""How far a batch is: files and hours of sound done, rate, and the time that is left.

Nobody has decoded what is still to do, so its length is estimated from its bytes, by the bytes a second of
the files of the same ending that are done, else of all. A file that failed gave no sound for its bytes.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from voicecoach.model.job import Outcome, Planned

_HOUR_S: Final = 3600.0
_MINUTE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """The state of a run. ``sound_s``: sound judged in this run. ``left_s`` None: cannot be told yet.

    ``n_heard`` counts the recordings in which something was recognised anew.
    """

    n_jobs: int
    n_done: int
    n_failed: int
    n_heard: int
    sound_s: float
    elapsed_s: float
    left_s: float | None

    @property
    def rate(self) -> float:
        """Seconds of sound a second of work."""
        return self.sound_s / self.elapsed_s if self.elapsed_s > 0.0 else 0.0

    def told(self) -> Message:
        """Hours of sound, rate, failures and the time left, in one line."""
        return Message(
            "batch-progress",
            {
                "hours": f"{self.sound_s / _HOUR_S:.2f}",
                "rate": f"{self.rate:.1f}",
                "failed": self.n_failed,
                "left": "…" if self.left_s is None else told_time(self.left_s),
            },
        )

    def told_end(self) -> Message:
        """What was done, when all is done."""
        return Message(
            "batch-done",
            {
                "n": self.n_jobs,
                "heard": self.n_heard,
                "took": told_time(self.elapsed_s),
                "rate": f"{self.rate:.1f}",
            },
        )


def told_time(seconds: float) -> str:
    """``1:02:03`` or ``2:03``."""
    hours, rest = divmod(round(seconds), round(_HOUR_S))
    minutes, seconds_left = divmod(rest, round(_MINUTE_S))
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


class Meter:
    """Counts outcomes; ``clock`` gives seconds."""

    def __init__(self, jobs: Iterable[Planned], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._of: Mapping[str, tuple[str, int]] = {
            plan.job.key: (Path(plan.item.path).suffix.lower(), plan.size_bytes) for plan in jobs if plan.job
        }
        self._clock = clock
        self._began_s = clock()
        self._left = dict(self._of)
        self._bytes: dict[str, int] = defaultdict(int)
        self._sound_s: dict[str, float] = defaultdict(float)
        self._n_failed = 0
        self._n_heard = 0

    def add(self, outcome: Outcome) -> BatchProgress:
        """Count one outcome and say how far the run is."""
        suffix, size = self._left.pop(outcome.key)
        self._n_heard += outcome.heard is not None
        if outcome.assessment is None:
            self._n_failed += 1
        else:
            self._bytes[suffix] += size
            self._sound_s[suffix] += outcome.assessment.duration_s
        return self.progress()

    def progress(self) -> BatchProgress:
        """How far the run is now."""
        sound_s = sum(self._sound_s.values())
        elapsed_s = self._clock() - self._began_s
        left_s = None
        if not self._left:
            left_s = 0.0
        elif sound_s > 0.0:
            left_s = elapsed_s * self._sound_left_s() / sound_s
        return BatchProgress(
            n_jobs=len(self._of),
            n_done=len(self._of) - len(self._left),
            n_failed=self._n_failed,
            n_heard=self._n_heard,
            sound_s=sound_s,
            elapsed_s=elapsed_s,
            left_s=left_s,
        )

    def _sound_left_s(self) -> float:
        n_bytes = max(1, sum(self._bytes.values()))
        of_all = sum(self._sound_s.values()) / n_bytes
        ratio = {suffix: self._sound_s[suffix] / n for suffix, n in self._bytes.items() if n}
        return sum(size * ratio.get(suffix, of_all) for suffix, size in self._left.values())
