"""A prompt that is heard: played in a thread of its own, so that it can be skipped, its true end known.

A rendered voice ends in silence. The end of a prompt is that of its last audible sound: from there a
candidate counts as answering, and from there the microphone listens, so that no loudspeaker speaks into it.
"""

from __future__ import annotations

import math
import threading
import time
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.ports import Player
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voicecoach.model.audio import Waveform

AUDIBLE_DB: Final = 40.0
"""What lies further below the loudest sample of a prompt counts as silence, dB; its soft sounds do not."""


class PromptPlayer(Player, Protocol):
    """A loudspeaker whose playing can be cut short, and that knows when its last sound was heard."""

    @property
    def end_monotonic_s(self) -> float | None:
        """When the last sample of the last :meth:`play` was heard, ``time.monotonic()``."""
        ...

    @property
    def left_s(self) -> float:
        """Seconds until the last sample that it was given so far is heard."""
        ...

    def run_bed(self, bed: Waveform | None) -> None:
        """Let a noise run under everything; None ends it."""
        ...

    def skip(self) -> None:
        """Forget what was not played yet."""
        ...


def trailing_silence_s(parts: Sequence[Waveform]) -> float:
    """Seconds of silence at the end of ``parts``, in their order; all of them when nothing sounds."""
    loudest = max((float(np.abs(part.samples).max(initial=0.0)) for part in parts), default=0.0)
    floor = loudest * float(db_to_amplitude(-AUDIBLE_DB))
    silence_s = 0.0
    for part in reversed(parts):
        sounding = np.flatnonzero(np.abs(part.samples) > floor)
        if len(sounding):
            return silence_s + (len(part.samples) - 1 - int(sounding[-1])) / part.rate_hz
        silence_s += part.duration_s
    return silence_s


class Hearing:
    """``parts`` being played by ``player``, from now on.

    ``fault`` says why it ended early: what the player or the maker of the parts raised.
    """

    def __init__(self, player: PromptPlayer, parts: Iterable[Waveform]) -> None:
        self._player, self._parts = player, parts
        self._silence_s: float | None = None
        self._has_begun = False
        self._skipped_s: float | None = None
        self._end_s: float | None = None
        self.fault: VoicecoachError | None = None
        self._unforeseen: Exception | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="prompt")
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether nothing more of it sounds, by itself or skipped; what is left is silence."""
        return self._skipped_s is not None or self._done.is_set() or self.left_s <= 0.0

    @property
    def has_begun(self) -> bool:
        """Whether anything of it was made."""
        return self._has_begun

    @property
    def left_s(self) -> float:
        """Seconds until its last audible sound ends; infinite while parts of it are still being made."""
        if self._done.is_set():
            return 0.0
        return math.inf if self._silence_s is None else self._player.left_s - self._silence_s

    @property
    def end_monotonic_s(self) -> float | None:
        """When its last audible sound was heard, or when it was skipped, ``time.monotonic()``.

        None when it was never heard. Waits until the silence behind it was played, too.
        """
        if self._skipped_s is not None:
            return self._skipped_s
        self.wait()
        return None if self._end_s is None else self._end_s - (self._silence_s or 0.0)

    def skip(self) -> None:
        """Cut it short; what is being made of it is made, but not heard."""
        if self._skipped_s is None:
            self._skipped_s = time.monotonic()
        self._player.skip()

    def wait(self) -> None:
        """Until the player is free again. Raises what nobody foresaw."""
        self._thread.join()
        if self._unforeseen is not None:
            raise self._unforeseen

    def _run(self) -> None:
        try:
            self._player.play(self._handed_out())
            self._end_s = self._player.end_monotonic_s
        except VoicecoachError as exc:
            self.fault = exc
        except Exception as exc:  # noqa: BLE001 - raised by wait(), where somebody hears it
            self._unforeseen = exc
        finally:
            self._done.set()

    def _handed_out(self) -> Iterator[Waveform]:
        heard = []
        for part in self._parts:
            if self._skipped_s is None:
                heard.append(part)
                self._has_begun = True
                yield part
            if self._skipped_s is not None:
                self._player.skip()  # what was handed out just before
                return
        self._silence_s = trailing_silence_s(heard)
