"""What the user taught by a tick: his own sentences as further examples of a point, or against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.prompt import Prompt, RubricPoint

SHORTEST_CHARS: Final = 4
"""A shorter sentence (好的) speaks to everything and teaches nothing."""
LONGEST_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class LearnedSentence:
    """One sentence: ``covers`` True, an example of the point; False, of what does not cover it.

    ``take_id`` is the take in which it was ticked.
    """

    prompt_id: str
    point_id: str
    language: str
    text: str
    covers: bool
    take_id: str

    def __post_init__(self) -> None:
        if not SHORTEST_CHARS <= len(self.text) <= LONGEST_CHARS:
            limits = f"{SHORTEST_CHARS} to {LONGEST_CHARS} characters"
            msg = f"a sentence to learn has {limits}, got {len(self.text)}"
            raise ValueError(msg)


def taught(prompt: Prompt, sentences: Iterable[LearnedSentence]) -> Prompt:
    """The prompt with the sentences that belong to it among its exemplars and counter-exemplars."""
    own = [sentence for sentence in sentences if sentence.prompt_id == prompt.id]
    if not own:
        return prompt
    return replace(prompt, points=tuple(_taught_point(point, own) for point in prompt.points))


def _taught_point(point: RubricPoint, sentences: Iterable[LearnedSentence]) -> RubricPoint:
    own = [sentence for sentence in sentences if sentence.point_id == point.id]
    return replace(
        point,
        exemplars=_with(point.exemplars, (sentence for sentence in own if sentence.covers)),
        counter_exemplars=_with(
            point.counter_exemplars, (sentence for sentence in own if not sentence.covers)
        ),
    )


def _with(
    texts: Mapping[str, tuple[str, ...]], sentences: Iterable[LearnedSentence]
) -> Mapping[str, tuple[str, ...]]:
    more = dict(texts)
    for sentence in sentences:
        more[sentence.language] = (*more.get(sentence.language, ()), sentence.text)
    return more
