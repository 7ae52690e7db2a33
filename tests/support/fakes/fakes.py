"""Stand-ins at the ports, fed with a queue of what they are to answer. For fast tests only."""

from __future__ import annotations

import re
import zlib
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import EngineError, UsageError
from voicecoach.model.audio import Waveform
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language
    from voicecoach.words.catalogue import Message

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
class FakeVoice:
    """A voice of :class:`FakeSpeaker`."""

    id: str
    language: str
    sex: str
    roles: tuple[str, ...]


@dataclass
class FakeSpeaker:
    """Hums: one sentence is a tone, the longer the text the longer, the angrier the louder.

    ``said`` keeps the sentences made, in order. ``faults``: a sentence that holds one of these texts raises
    what is beside it.
    """

    engine: str = "fake-1"
    said: list[tuple[str, str, int]] = field(default_factory=list)
    faults: dict[str, BaseException] = field(default_factory=dict)

    def voices(self) -> tuple[FakeVoice, ...]:
        return (
            FakeVoice("zh_ask", "zh", "f", ("interviewer",)),
            FakeVoice("zh_call_f", "zh", "f", ("caller",)),
            FakeVoice("zh_call_m", "zh", "m", ("caller",)),
            FakeVoice("en_any", "en", "m", ("interviewer", "caller")),
        )

    def speak(self, text: str, *, voice: str, mood: int) -> Waveform:
        parts = list(self.stream(text, voice=voice, mood=mood))
        return Waveform(np.concatenate([part.samples for part in parts]), parts[0].rate_hz)

    def stream(self, text: str, *, voice: str, mood: int) -> Iterator[Waveform]:
        if voice not in {known.id for known in self.voices()}:
            raise UsageError("plain", message=f"no fake voice {voice!r}", remedy="")
        if mood not in range(1, 6):
            raise UsageError("plain", message=f"there is no mood {mood}", remedy="")
        sentences = [piece for piece in re.split("(?<=[。！？.!?])", text) if re.search(r"\w", piece)]
        if not sentences:
            raise UsageError("plain", message=f"nothing to say in {text!r}", remedy="")
        return (self._hum(sentence, voice, mood) for sentence in sentences)

    def _hum(self, sentence: str, voice: str, mood: int) -> Waveform:
        for mark, fault in self.faults.items():
            if mark in sentence:
                raise fault
        self.said.append((sentence, voice, mood))
        time_s = np.arange(int(0.1 * len(sentence) * RATE_HZ)) / RATE_HZ
        return Waveform((0.05 * mood * np.sin(2 * np.pi * 200 * time_s)).astype(np.float32), RATE_HZ)


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


@dataclass
class FakeProgress:
    """Keeps what it is told; a page would show it."""

    stages: list[int | None] = field(default_factory=list)
    parts: list[tuple[int, Message]] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    def stage(self, n_parts: int | None, what: Message | None = None) -> None:
        del what
        self.stages.append(n_parts)

    def done(self, n_done: int, what: Message) -> None:
        self.parts.append((n_done, what))

    def note(self, what: Message) -> None:
        self.notes.append(what)

    def noted(self, ui: str) -> list[str]:
        """The notes as a reader sees them."""
        return [note.words(ui) for note in self.notes]
