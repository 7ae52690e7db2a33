"""An answer analysed while it is spoken.

A background thread looks for pauses in what was recorded so far. At a pause the stretch before it goes to the
recogniser, so that at the end only the words after the last pause are left. A stretch has at least
:data:`CHUNK_SHORTEST_S` of sound, since the recogniser needs context; without a long pause shorter ones do,
the more so the longer the stretch has become.

The features of the sound are measured on the finished file in one go: they cost a fraction of the words.
"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Generic, Self

from voicecoach.features import extract
from voicecoach.model.audio import Span, Waveform
from voicecoach.ports import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

    from voicecoach.app.score.analyse import Analyser, Task
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.transcript import Transcript
    from voicecoach.ports import Listener

POLL_S: Final = 0.2
"""How often the sound is looked at."""
LOOK_BACK_S: Final = 4.0
"""Sound before the last speech that is looked at each time."""
LOOK_BACK_LONGEST_S: Final = 24.0
CHUNK_SHORTEST_S: Final = 5.0
"""Sound that a stretch has before it goes to the recogniser."""
CHUNK_LONG_S: Final = 16.0
"""From here on a short pause ends a stretch."""
PAUSE_S: Final = 0.45
"""Silence that ends a stretch: longer than most pauses inside a clause."""
SHORT_PAUSE_S: Final = 0.2
LONG_PAUSE_S: Final = 1.5
"""Silence that ends even a short stretch: long inner silence invites hallucinations."""
MARGIN_S: Final = 0.15
"""Silence kept before and after the words of a stretch."""


class LiveAnalysis(Generic[Part]):
    """Follows one recording; ``so_far`` gives what was recorded until now, at 16 kHz.

    To be used as a context: the thread runs inside it. A fault of the recogniser is raised by :meth:`finish`.
    """

    def __init__(
        self, analyser: Analyser, listener: Listener[Part], task: Task, so_far: Callable[[], Waveform]
    ) -> None:
        self._analyser, self._listener, self._task, self._so_far = analyser, listener, task, so_far
        self._open_s = 0.0
        self._onset_s: float | None = None
        self._speech_end_s: float | None = None
        self._length_s = 0.0
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="listener")
        self._futures: list[Future[Part]] = []
        self._thread = threading.Thread(target=self._follow, name="live-analysis", daemon=True)
        self._fault: Exception | None = None

    def __enter__(self) -> Self:
        """Begin to follow."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop following; what waits for the recogniser is given up."""
        self._halt()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def has_spoken(self) -> bool:
        """Whether speech was heard."""
        return self._speech_end_s is not None

    @property
    def silence_s(self) -> float:
        """Seconds since the last speech ended, as of the last look; infinite before the first speech."""
        return math.inf if self._speech_end_s is None else self._length_s - self._speech_end_s

    def finish(self, path: Path, task: Task, *, source: str) -> Assessment:
        """Judge the finished recording ``path``; only the words since the last pause are still decoded.

        Raises InputError, EngineError.
        """
        self._halt()
        if self._fault is not None:
            raise self._fault
        self._look(is_last=True)  # the recogniser begins with the rest while the sound is measured

        def transcribe(waveform: Waveform, speech: Sequence[Span]) -> Transcript:
            listened = [future.result() for future in self._futures]
            return self._listener.transcribe(
                waveform, language=task.language, speech=speech, listened=listened
            )

        heard = self._analyser.hear(path, task, transcribe=transcribe)
        return self._analyser.judge(heard, task, source=source)

    def _halt(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _follow(self) -> None:
        try:
            while not self._stopping.wait(POLL_S):
                self._look()
        except Exception as exc:  # noqa: BLE001 - a thread's fault is raised where its result is needed
            self._fault = exc

    def _look(self, *, is_last: bool = False) -> None:
        """See whether the user pauses, and hand the stretch before the pause to the recogniser."""
        waveform = self._so_far()
        self._length_s = waveform.duration_s
        start_s = self._window_start_s()
        recent = Waveform(waveform.cut(Span(start_s, self._length_s)), waveform.rate_hz)
        fresh = [
            span.shifted(start_s)
            for span in extract.gate(recent).speech
            if start_s + span.end_s > self._open_s
        ]
        if not fresh:
            return
        if self._onset_s is None:
            self._onset_s = max(self._open_s, fresh[0].start_s - MARGIN_S)
        self._speech_end_s = fresh[-1].end_s
        wanted_s = 0.0 if is_last else self._pause_wanted_s(self._speech_end_s - self._onset_s)
        if self.silence_s >= wanted_s:
            self._hand_over(waveform, self._onset_s, min(self._speech_end_s + MARGIN_S, self._length_s))

    def _window_start_s(self) -> float:
        """Some speech belongs into what is looked at: the gate sets its level by it."""
        anchor_s = self._length_s if self._speech_end_s is None else self._speech_end_s
        return max(0.0, anchor_s - LOOK_BACK_S, self._length_s - LOOK_BACK_LONGEST_S)

    @staticmethod
    def _pause_wanted_s(sound_s: float) -> float:
        if sound_s < CHUNK_SHORTEST_S:
            return LONG_PAUSE_S
        return PAUSE_S if sound_s < CHUNK_LONG_S else SHORT_PAUSE_S

    def _hand_over(self, waveform: Waveform, start_s: float, end_s: float) -> None:
        self._open_s, self._onset_s = end_s, None
        chunk = Span(start_s, end_s)
        self._futures.append(
            self._pool.submit(self._listener.listen, waveform, chunk, language=self._task.language)
        )
