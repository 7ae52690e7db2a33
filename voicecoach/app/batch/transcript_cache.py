"""What was heard, kept: a recogniser that asks its memory first, so that nothing is recognised twice.

The memory belongs to one recording. An entry is keyed by the samples, the speech spans and the language that
the recogniser would get, so it serves one voice and each side of a call alike, and a changed speech gate
is never answered with old words.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from voicecoach.errors import InputError
from voicecoach.model.transcript import Provenance, Transcript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.transcript import Language, Word
    from voicecoach.ports import Transcriber

GIVEN: Final = "given"
"""The engine's name in the provenance of words that came with the recording."""
GIVEN_SLACK_S: Final = 1.0
"""Given words may end so much after the sound does: other decoders count padding."""


class KeptTranscriber:
    """A Transcriber with a memory in front; :meth:`begin` opens that of the next recording."""

    def __init__(self, recogniser: Transcriber) -> None:
        self._recogniser = recogniser
        self._kept: dict[str, Transcript] = {}
        self._given: tuple[Word, ...] | None = None
        self._new = False

    def begin(self, heard: Mapping[str, Transcript] | None, *, given: tuple[Word, ...] | None = None) -> None:
        """Start a recording: ``heard`` as :meth:`heard` gave it before; ``given`` words replace all."""
        self._kept = dict(heard or {})
        self._given = given
        self._new = False

    def heard(self) -> dict[str, Transcript] | None:
        """What is to be kept of this recording; None when nothing new was recognised."""
        return self._kept if self._new else None

    def transcribe(self, waveform: Waveform, *, language: Language, speech: Sequence[Span]) -> Transcript:
        """As the port says; the words given, else those kept, else those recognised now."""
        if self._given is not None:
            return given_transcript(self._given, language, duration_s=waveform.duration_s)
        key = _key(waveform, language, speech)
        if key in self._kept:
            return self._kept[key]
        transcript = self._recogniser.transcribe(waveform, language=language, speech=speech)
        self._kept[key] = transcript
        self._new = True
        return transcript


def _key(waveform: Waveform, language: Language, speech: Sequence[Span]) -> str:
    digest = hashlib.sha256(waveform.samples.tobytes())
    digest.update(
        repr((waveform.rate_hz, language, [(span.start_s, span.end_s) for span in speech])).encode()
    )
    return digest.hexdigest()


def given_transcript(words: tuple[Word, ...], language: Language, *, duration_s: float) -> Transcript:
    """Words that came with the recording, as a transcript. Raises InputError when they do not fit it."""
    last_s = max((word.span.end_s for word in words), default=0.0)
    if last_s > duration_s + GIVEN_SLACK_S:
        raise InputError("batch-given-too-long", end_s=f"{last_s:.1f}", duration_s=f"{duration_s:.1f}")
    return Transcript(words, language, Provenance(GIVEN, "1", GIVEN, ""))
