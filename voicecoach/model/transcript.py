"""What was recognised, word by word, and with which engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.audio import Span

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised token: ``text`` as written (punctuation included), when, how sure (0..1)."""

    text: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a result: without it two results cannot be compared."""

    engine: str
    version: str
    model: str
    model_sha256: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The recognised words in order of time.

    ``text`` is the plain concatenation of the word texts. ``dropped`` holds spans whose text was
    thrown away because the sound holds no speech to support it, with that text. ``unheard`` holds speech
    that got no text, ``heard_again`` speech that got its text only at a second listening.
    ``heard_language``: what the recogniser's own detector takes the sound for (ISO 639), and how sure it is
    of that; of another language than ``language``, how sure it is that it is not ``language``.
    ``hesitations``: 嗯, 啊 and 呃 heard where somebody begins to speak; no ``words``, but some stand in both.
    """

    words: tuple[Word, ...]
    language: Language
    provenance: Provenance
    dropped: tuple[Word, ...] = ()
    unheard: tuple[Span, ...] = ()
    heard_language: tuple[str, float] | None = None
    heard_again: tuple[Span, ...] = ()
    hesitations: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """All word texts, joined as they stand."""
        return "".join(word.text for word in self.words).strip()
