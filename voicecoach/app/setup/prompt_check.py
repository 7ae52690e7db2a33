"""What a checked prompt file may still lack: warnings for the person who writes it.

Reading a file finds what is wrong; this finds what is weak: a cue that two points of a prompt share,
a cue that stands twice, too few exemplars, a model answer that does not cover its own points, or
that covers another prompt's as well. The last two ask the rubric engine. Prompts of one family share
steps by nature (whoever is angry is calmed first), so their answers are not held against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.engine import RubricEngine

MIN_EXEMPLARS = 6
"""Exemplars a point below which F1 on ordinary talk falls (``docs/rubric.md``; 8-10 serve best)."""
MAX_FOREIGN_COVERAGE = 0.5
"""Share of another prompt's points, by weight, from which a model answer answers that one as well (ours)."""


@dataclass(frozen=True, slots=True)
class Warn:
    """A weakness of the prompt ``prompt_id``, or of its point ``point_id``; the hint says what to do."""

    prompt_id: str
    point_id: str | None
    key: str
    told: Message


class RememberingEncoder:
    """An encoder that keeps the vector of every sentence: one answer is held against many prompts."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """As the encoder behind it: float32 (len(sentences), d). Raises EngineError."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        if new or not sentences:
            vectors = self._encoder.encode(new)
            if not sentences:
                return vectors
            self._known.update(zip(new, vectors, strict=True))
        return np.stack([self._known[sentence] for sentence in sentences])


def rubric_warnings(prompt: Prompt) -> Iterator[Warn]:
    """Weak spots that the file itself shows."""
    for point in prompt.points:
        for language, exemplars in point.exemplars.items():
            if len(exemplars) < MIN_EXEMPLARS:
                told = Message("check-few-exemplars", {"n": len(exemplars), "least": MIN_EXEMPLARS})
                yield Warn(prompt.id, point.id, f"exemplars.{language}", told)
        for language, cues in point.cues.items():
            for cue in sorted({cue for cue in cues if cues.count(cue) > 1}):
                told = Message("check-cue-twice", {"cue": repr(cue)})
                yield Warn(prompt.id, point.id, f"cues.{language}", told)
    for first, second in combinations(prompt.points, 2):
        for language in first.cues.keys() & second.cues.keys():
            for cue in sorted(set(first.cues[language]) & set(second.cues[language])):
                told = Message("check-cue-shared", {"cue": repr(cue), "point": repr(first.id)})
                yield Warn(prompt.id, second.id, f"cues.{language}", told)


def answer_warnings(
    prompts: Sequence[Prompt],
    engine: RubricEngine,
    *,
    language: Language = "zh",
    progress: Callable[[Prompt], None] = lambda _: None,
) -> Iterator[Warn]:
    """Model answers that miss points of their own prompt, or cover those of another one.

    ``progress`` is told each prompt before its turn. Raises EngineError.
    """
    able = [prompt for prompt in prompts if all(point.exemplars.get(language) for point in prompt.points)]
    for prompt in able:
        progress(prompt)
        text = prompt.model_answer.get(language)
        if not text:
            continue
        spoken = SpokenText.from_text(text)
        key = f"model_answer.{language}"
        for point in engine.cover(prompt, spoken, language=language).points:
            if point.state != "covered":
                facts = {"point": repr(point.id), "state": point.state, "score": f"{point.score:.2f}"}
                yield Warn(prompt.id, None, key, Message("check-answer-unsure", facts))
        for other in able:
            if other is prompt or set(prompt.families) & set(other.families):
                continue
            if engine.relation(other, spoken, language=language) == "off":
                continue  # nothing counts as covered there: working it out would only take time
            low = engine.cover(other, spoken, language=language).low
            if low >= MAX_FOREIGN_COVERAGE:
                told = Message("check-answer-foreign", {"share": f"{low:.0%}", "prompt": repr(other.id)})
                yield Warn(prompt.id, None, key, told)
