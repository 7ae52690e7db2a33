"""All that is measured on the sound itself, bundled: one pass over the recording, used by every metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.model.spans import gaps, hull, union

if TYPE_CHECKING:
    from voicecoach.model.audio import Span, Track

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
    ``noise_floor_dbfs``: median level outside the gate, None when there is no such frame.
    """

    duration_s: float
    speech: tuple[Span, ...]
    speech_probability: Track
    level: Track
    pitch: Track
    hf500: Track
    hf1000: Track
    noise_floor_dbfs: float | None

    @property
    def answer(self) -> Span | None:
        """From the first speech onset to the last offset; None without speech."""
        return hull(self.speech)

    def silent_pauses(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """The silences inside the answer that last at least ``shortest_s``."""
        return gaps(self.speech, shortest_s=shortest_s)

    def units(self, *, shortest_s: float = SILENT_PAUSE_S) -> tuple[Span, ...]:
        """Inter-pause units: speech between neighbouring silent pauses, shorter silences included."""
        return union(self.speech, closing_s=shortest_s)
