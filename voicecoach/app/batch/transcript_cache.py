"""What was heard, kept: a recogniser that asks its memory first, so that nothing is recognised twice.

The memory belongs to one recording. An entry is keyed by the samples, the speech spans and the language that
the recogniser would get, so it serves one voice and each side of a call alike, and a changed speech gate
is never answered with old words. Times and confidences are kept in full precision: a transcript from
memory is the same value as the one that was put in.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from voicecoach.errors import InputError
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.audio import Waveform
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Transcriber

SCHEMA: Final = "voicecoach.heard/1"
GIVEN: Final = "given"
"""The engine's name in the provenance of words that came with the recording."""
GIVEN_SLACK_S: Final = 1.0
"""Given words may end so much after the sound does: other decoders count padding."""

Json = dict[str, Any]


class KeptTranscriber:
    """A Transcriber with a memory in front; :meth:`begin` opens that of the next recording."""

    def __init__(self, recogniser: Transcriber) -> None:
        self._recogniser = recogniser
        self._kept: Json = {}
        self._given: Sequence[Mapping[str, Any]] | None = None
        self._new = False

    def begin(self, heard: Mapping[str, Any] | None, *, given: Mapping[str, Any] | None = None) -> None:
        """Start a recording: ``heard`` as :meth:`heard` gave it before; ``given`` words replace all."""
        self._kept = dict(heard["transcripts"]) if heard and heard.get("schema") == SCHEMA else {}
        self._given = None if given is None else given["words"]
        self._new = False

    def heard(self) -> Json | None:
        """What is to be kept of this recording; None when nothing new was recognised."""
        return {"schema": SCHEMA, "transcripts": self._kept} if self._new else None

    def transcribe(self, waveform: Waveform, *, language: Language, speech: Sequence[Span]) -> Transcript:
        """As the port says; the words given, else those kept, else those recognised now."""
        if self._given is not None:
            return given_transcript(self._given, language, duration_s=waveform.duration_s)
        key = _key(waveform, language, speech)
        if key in self._kept:
            return transcript_from_json(self._kept[key])
        transcript = self._recogniser.transcribe(waveform, language=language, speech=speech)
        self._kept[key] = transcript_to_json(transcript)
        self._new = True
        return transcript


def _key(waveform: Waveform, language: Language, speech: Sequence[Span]) -> str:
    digest = hashlib.sha256(waveform.samples.tobytes())
    digest.update(
        repr((waveform.rate_hz, language, [(span.start_s, span.end_s) for span in speech])).encode()
    )
    return digest.hexdigest()


def given_transcript(
    words: Sequence[Mapping[str, Any]], language: Language, *, duration_s: float
) -> Transcript:
    """Words that came with the recording, as a transcript. Raises InputError when they do not fit it."""
    found = tuple(
        Word(
            str(word["text"]),
            Span(float(word["start_s"]), float(word["end_s"])),
            float(word.get("confidence", 1.0)),
        )
        for word in words
    )
    last_s = max((word.span.end_s for word in found), default=0.0)
    if last_s > duration_s + GIVEN_SLACK_S:
        raise InputError("batch-given-too-long", end_s=f"{last_s:.1f}", duration_s=f"{duration_s:.1f}")
    return Transcript(found, language, Provenance(GIVEN, "1", GIVEN, ""))


def transcript_to_json(transcript: Transcript) -> Json:
    """All of the transcript, times in full precision."""
    made = transcript.provenance
    return {
        "language": transcript.language,
        "words": _words(transcript.words),
        "dropped": _words(transcript.dropped),
        "unheard": [[span.start_s, span.end_s] for span in transcript.unheard],
        "heard_language": None if transcript.heard_language is None else list(transcript.heard_language),
        "provenance": {
            "engine": made.engine,
            "version": made.version,
            "model": made.model,
            "model_sha256": made.model_sha256,
            "options": dict(made.options),
        },
    }


def transcript_from_json(kept: Mapping[str, Any]) -> Transcript:
    """The transcript that :func:`transcript_to_json` wrote. Raises KeyError, ValueError for another text."""
    heard = kept["heard_language"]
    return Transcript(
        words=_from_words(kept["words"]),
        language=kept["language"],
        provenance=Provenance(**kept["provenance"]),
        dropped=_from_words(kept["dropped"]),
        unheard=tuple(Span(start_s, end_s) for start_s, end_s in kept["unheard"]),
        heard_language=None if heard is None else (heard[0], heard[1]),
    )


def _words(words: Iterable[Word]) -> list[list[object]]:
    return [[word.text, word.span.start_s, word.span.end_s, word.confidence] for word in words]


def _from_words(kept: Iterable[Sequence[Any]]) -> tuple[Word, ...]:
    return tuple(Word(text, Span(start_s, end_s), sure) for text, start_s, end_s, sure in kept)
