"""Who reads a practice's prompts aloud, and over which noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.app.practise.say import cast
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from voicecoach.app.practise.say import Line
    from voicecoach.ports import Speaker, Voice

CANDIDATE: Final = "candidate"
"""The role of a model answer: always in a voice of its own."""
NOISE_LEAD_S: Final = 0.7
"""So long a noise is heard alone before and after a prompt, seconds."""


class SpeakerVoice:
    """Reads lines aloud.

    ``voice`` None: whom each line asks for. ``known`` are voices of other engines, whose sex may be asked for
    by name. ``noise`` makes the bed that fits the voice of a first part, None for none.
    """

    def __init__(
        self,
        speaker: Speaker,
        *,
        voice: str | None = None,
        known: Sequence[Voice] = (),
        noise: Callable[[Waveform], Waveform] | None = None,
    ) -> None:
        self._speaker, self._voice, self._known, self._noise = speaker, voice, known, noise
        self._bed: Waveform | None = None

    def parts(self, line: Line) -> Iterator[Waveform]:
        """The sound of ``line``, sentence by sentence. Raises UsageError, EngineError."""
        chosen = self._voice if line.role != CANDIDATE else None
        chosen = chosen or cast(line, self._speaker.voices(), known=self._known)
        said = self._speaker.stream(line.text, voice=chosen, mood=line.mood)
        self._bed = None
        return said if self._noise is None or line.role == CANDIDATE else self._over_noise(said, self._noise)

    def bed(self) -> Waveform | None:
        """The noise under the last line, known when its first part was made; None for none."""
        return self._bed

    def whole(self, line: Line) -> Waveform:
        """The sound of ``line`` in one piece, over its noise. Raises UsageError, EngineError."""
        from voicecoach.features.noise import under

        parts = list(self.parts(line))
        sound = Waveform(np.concatenate([part.samples for part in parts]), parts[0].rate_hz)
        return sound if self._bed is None else under(sound, self._bed)

    def _over_noise(
        self, said: Iterator[Waveform], noise: Callable[[Waveform], Waveform]
    ) -> Iterator[Waveform]:
        first = next(said)
        self._bed = noise(first)
        rest = Waveform(np.zeros(round(NOISE_LEAD_S * first.rate_hz), dtype=np.float32), first.rate_hz)
        yield rest
        yield first
        yield from said
        yield rest
