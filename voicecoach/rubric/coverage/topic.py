"""Is this an answer to this question at all?

Single windows of an answer to another question often come near an exemplar (一个字都不给 for a point on
privacy). So the answer as a whole is held against all prompts of the library, by sentence vectors, in
three ways: its mean clause against the mean exemplar of the prompt, its clauses against their nearest
exemplars, its whole text against the mean exemplar. Each is taken relative to the mean over all
prompts; their sum, each in units of its spread over answers, is the topic score. An answer below
:data:`ON_TOPIC` is about something else: what it seems to cover is doubtful.

The spreads and the limit come from 124 written answers to 8 prompts (the right prompt against the seven
others): area under the curve .96; the limit keeps 98 % of the answers to the right prompt and turns
away 83 % of the others. An answer above the limit that speaks by :data:`RIVAL_AHEAD` more to a prompt
on another matter is in doubt: there, only sure finds count (tuned on 100 of those answers). Known
failure: two prompts on one matter (a late parcel as a question and as a call) are not told apart, and
need not be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder

Relation = Literal["on", "doubtful", "off"]
"""Of an answer to a prompt: about it, perhaps about something else, about something else."""
ON_TOPIC: Final = 2.5
"""Topic score from which an answer is about its prompt."""
RIVAL_AHEAD: Final = 1.5
"""Topic score by which a prompt on another matter must be ahead to put an answer in doubt."""
KINDRED_COSINE: Final = 0.4
"""Prompts whose mean exemplars are this near are on one matter: neither is a rival of the other."""
SPREADS: Final = (0.086, 0.052, 0.148)
"""Standard deviations over answers of the three relative similarities: mean, nearest, whole."""
SHORTEST_CHARS: Final = {"zh": 20, "en": 80}
"""A shorter answer has no topic to be judged by."""
FEWEST_PROMPTS: Final = 4
"""Fewer prompts in the library are no background to be relative to."""
CLAUSE_LONGEST: Final = {"zh": 24, "en": 72}
SLIDE: Final = {"zh": (20, 14), "en": (60, 42)}
"""Length and step of the pieces into which a clause without punctuation is cut, characters."""
_BREAK = re.compile(r"[，。？！；：、,.?!;:\s]+")
_BREAK_EN = re.compile(r"[，。？！；：、,.?!;:]+")
CLAUSE_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The topic ``score`` of an answer for its prompt; ``rival_ahead``: that of the best rival above it."""

    score: float
    rival_ahead: float


class Topics:
    """The prompts of a library as vectors; made once, asked for every answer."""

    def __init__(self, prompts: Sequence[Prompt], encoder: SentenceEncoder, *, language: Language) -> None:
        self._language: Language = language
        texts = [texts_of(prompt, language) for prompt in prompts]
        kept = [(prompt.id, own) for prompt, own in zip(prompts, texts, strict=True) if own]
        self._ids = [prompt_id for prompt_id, _ in kept]
        if len(kept) < FEWEST_PROMPTS:
            self._ids = []
            return
        self._vectors = np.asarray(
            encoder.encode([text for _, own in kept for text in own]), dtype=np.float32
        )
        self._starts = np.cumsum([0, *(len(own) for _, own in kept[:-1])])
        centres = np.add.reduceat(self._vectors, self._starts, axis=0)
        centres /= np.array([[len(own)] for _, own in kept], dtype=np.float32)
        centres -= centres.mean(axis=0)
        self._centres = centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)

    def standing(self, prompt_id: str, text: str, encoder: SentenceEncoder) -> Standing | None:
        """How near ``text`` is to the prompt, and how far a prompt on another matter is ahead of it.

        None when there is nothing to judge it by.
        """
        scores = self.scores(prompt_id, text, encoder)
        if scores is None:
            return None
        own = self._ids.index(prompt_id)
        rivals = scores[self._centres @ self._centres[own] < KINDRED_COSINE]
        ahead = float(rivals.max() - scores[own]) if len(rivals) else -np.inf
        return Standing(float(scores[own]), ahead)

    def score(self, prompt_id: str, text: str, encoder: SentenceEncoder) -> float | None:
        """The topic score of ``text``; None when there is nothing to judge it by."""
        scores = self.scores(prompt_id, text, encoder)
        return None if scores is None else float(scores[self._ids.index(prompt_id)])

    def scores(self, prompt_id: str, text: str, encoder: SentenceEncoder) -> NDArray[np.float32] | None:
        """The topic scores of ``text`` for all prompts, in their order; None as in :meth:`score`."""
        if prompt_id not in self._ids or len(text) < SHORTEST_CHARS[self._language]:
            return None
        pieces = list(_pieces(text, self._language))
        vectors = encoder.encode([*pieces, text])
        clauses, whole = vectors[:-1], vectors[-1]
        nearest = np.maximum.reduceat(clauses @ self._vectors.T, self._starts, axis=1).mean(axis=0)
        views = (self._centres @ clauses.mean(axis=0), nearest, self._centres @ whole)
        parts = [(view - view.mean()) / spread for view, spread in zip(views, SPREADS, strict=True)]
        total: NDArray[np.float32] = np.sum(parts, axis=0, dtype=np.float32)
        return total


def relation_of(standing: Standing | None) -> Relation:
    """Whether an answer is about its prompt; ``on`` too when there is nothing to judge it by."""
    if standing is None:
        return "on"
    if standing.score < ON_TOPIC:
        return "off"
    return "doubtful" if standing.rival_ahead > RIVAL_AHEAD else "on"


def texts_of(prompt: Prompt, language: Language) -> list[str]:
    """What stands for a prompt: its question and all exemplars; empty without exemplars in that language."""
    exemplars = [text for point in prompt.points for text in point.exemplars.get(language, ())]
    return [prompt.text[language], *exemplars] if exemplars and language in prompt.text else []


def _pieces(text: str, language: Language) -> Iterator[str]:
    """Clauses at punctuation, long ones cut into overlapping pieces; the text itself when all are short."""
    clauses = [
        clause
        for clause in (_BREAK if language == "zh" else _BREAK_EN).split(text)
        if len(clause) >= CLAUSE_SHORTEST
    ]
    length, step = SLIDE[language]
    for clause in clauses or [text]:
        if len(clause) <= CLAUSE_LONGEST[language]:
            yield clause
        else:
            yield from (clause[start : start + length] for start in range(0, len(clause), step))
