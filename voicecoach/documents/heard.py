"""What was heard in one recording, ``voicecoach.heard/1``: transcripts by the sound that they are of.

Times and confidences are kept in full precision: a transcript that is read is the same value as the one that
was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.documents.checked import built, checked, written
from voicecoach.documents.shapes.heard import HeardMaker, HeardShape, HeardTranscript
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.documents.checked import Json
    from voicecoach.documents.shapes.heard import WordShape

SCHEMA: Final = "voicecoach.heard/1"


def encode_heard(transcripts: Mapping[str, Transcript]) -> Json:
    """The document."""
    return written(HeardShape(SCHEMA, {key: _shape(one) for key, one in transcripts.items()}))


def decode_heard(document: object) -> dict[str, Transcript]:
    """The transcripts of a document. Raises StoreError."""
    heard = checked(document, HeardShape, schema=SCHEMA)
    return built(lambda: {key: _transcript(kept) for key, kept in heard.transcripts.items()}, schema=SCHEMA)


def _shape(transcript: Transcript) -> HeardTranscript:
    made = transcript.provenance
    return HeardTranscript(
        transcript.language,
        _word_shapes(transcript.words),
        _word_shapes(transcript.dropped),
        [(span.start_s, span.end_s) for span in transcript.unheard],
        transcript.heard_language,
        HeardMaker(made.engine, made.version, made.model, made.model_sha256, dict(made.options)),
        [(span.start_s, span.end_s) for span in transcript.heard_again],
        _word_shapes(transcript.hesitations),
    )


def _word_shapes(words: Iterable[Word]) -> list[WordShape]:
    return [(word.text, word.span.start_s, word.span.end_s, word.confidence) for word in words]


def _transcript(kept: HeardTranscript) -> Transcript:
    made = kept.provenance
    return Transcript(
        words=_words(kept.words),
        language=kept.language,
        provenance=Provenance(made.engine, made.version, made.model, made.model_sha256, made.options),
        dropped=_words(kept.dropped),
        unheard=tuple(Span(*pair) for pair in kept.unheard),
        heard_language=kept.heard_language,
        heard_again=tuple(Span(*pair) for pair in kept.heard_again),
        hesitations=_words(kept.hesitations),
    )


def _words(kept: Iterable[WordShape]) -> tuple[Word, ...]:
    return tuple(Word(text, Span(start_s, end_s), sure) for text, start_s, end_s, sure in kept)
