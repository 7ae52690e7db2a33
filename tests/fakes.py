"""Stand-ins at the ports, fed with a queue of what they are to answer. For fast tests only."""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import EngineError
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.transcript import Language

RATE_HZ = 16000


@dataclass
class FakeTranscriber:
    """Answers each call with the next text of the queue, laid evenly over the speech; an error is raised.

    ``heard`` keeps the calls: language, speech spans. An empty queue is a fault of the test.
    """

    answers: deque[str | EngineError]
    heard: list[tuple[Language, tuple[Span, ...]]] = field(default_factory=list)

    @classmethod
    def of(cls, *answers: str | EngineError) -> FakeTranscriber:
        return cls(deque(answers))

    def transcribe(self, waveform: Waveform, *, language: Language, speech: Sequence[Span]) -> Transcript:
        if waveform.rate_hz != RATE_HZ:
            msg = f"the recogniser needs {RATE_HZ} Hz, got {waveform.rate_hz}"
            raise ValueError(msg)
        self.heard.append((language, tuple(speech)))
        answer = self.answers.popleft()
        if isinstance(answer, EngineError):
            raise answer
        return Transcript(
            tuple(laid_over(answer, speech)), language, Provenance("fake", "1", "none", "0" * 64)
        )


def laid_over(text: str, speech: Sequence[Span]) -> Iterable[Word]:
    """The letters of ``text``, each as long as the others, one after another where there is speech."""
    if not speech:
        return
    whole_s = sum(span.duration_s for span in speech)
    for number, letter in enumerate(text):
        at_s = whole_s * number / len(text)
        for span in speech:
            if at_s < span.duration_s:
                start_s = span.start_s + at_s
                end_s = min(start_s + whole_s / len(text), span.end_s)
                yield Word(letter, type(span)(start_s, end_s), 1.0)
                break
            at_s -= span.duration_s


@dataclass(frozen=True)
class FakeEncoder:
    """Hashes characters and their pairs into a unit vector: like wording lies close, nothing else does.

    ``encoded`` keeps the sentences of each call.
    """

    dimensions: int = 512
    encoded: list[tuple[str, ...]] = field(default_factory=list)

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.append(tuple(sentences))
        vectors = np.zeros((len(sentences), self.dimensions), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            framed = f"^{sentence}$"
            for piece in (*framed, *map("".join, pairwise(framed))):
                vectors[row, zlib.crc32(piece.encode()) % self.dimensions] += 1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / lengths
        return unit
