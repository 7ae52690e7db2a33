"""All that is measured on the sound itself, bundled: one pass over the recording, used by every metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.model.spans import clipped, gaps, hull, total_s, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.model.audio import Interruption, Span, Track

NO_SPEECH = 0.3
"""Where the gate's probability lies below this, it is sure that nobody speaks."""
SILENT_PAUSE_S = 0.250
"""Shortest silence that counts as a pause (Goldman-Eisler 1968; de Jong & Bosker 2013), seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundFeatures:
    """The sound of one recording.

    ``speech``: ordered, non-overlapping sounding spans, silences under 60 ms closed; what lies between
    two of them is silence. ``speech_probability``: the neural gate, 0..1. ``level``: dBFS. ``pitch``:
    F0 in Hz, NaN where unvoiced. ``hf500``: 10 log10 of the energy in 500-5000 Hz over that in
    80-500 Hz, dB, NaN where undefined, on the time grid of ``pitch``; ``hf1000``: the same, parted at
    1000 Hz.
    ``noise_floor_dbfs``: level outside the gate, its power averaged over the answer, None when there is no
    such frame. ``interruptions``: what is not the speaker's, in order; ``speech`` holds none of its
    music, tones and gaps. ``held``: sounds in which the voice stands still, in order;
    some lie beside ``speech``.
    """

    duration_s: float
    speech: tuple[Span, ...]
    speech_probability: Track
    level: Track
    pitch: Track
    hf500: Track
    hf1000: Track
    noise_floor_dbfs: float | None
    interruptions: tuple[Interruption, ...] = ()
    held: tuple[Span, ...] = ()

    @property
    def answer(self) -> Span | None:
        """From the first speech onset to the last offset; None without speech."""
        return hull(self.speech)

    @property
    def answer_s(self) -> float:
        """Length of the answer in seconds, without what interrupts it and the silence around that."""
        answer = self.answer
        if answer is None:
            return 0.0
        silences = gaps(self.speech)
        others = [each.span for each in self.interruptions]
        around = set(silences) - set(uninterrupted(silences, self.interruptions))
        return answer.duration_s - total_s(clipped(union([*others, *around]), answer))

    def silent_pauses(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """The silences inside the answer that last at least ``shortest_s`` and that nothing interrupts."""
        return uninterrupted(gaps(self.speech, shortest_s=shortest_s), self.interruptions)

    def units(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """Inter-pause units: speech between neighbouring silent pauses, shorter silences included."""
        return union(self.speech, closing_s=shortest_s)


def uninterrupted(silences: Iterable[Span], interruptions: Sequence[Interruption]) -> tuple[Span, ...]:
    """The silences that share no time with an interruption: of the others nobody knows whose they are."""
    return tuple(
        silence
        for silence in silences
        if not any(silence.overlap_s(each.span) > 0.0 for each in interruptions)
    )
