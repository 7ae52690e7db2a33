"""One answer read against one prompt: its windows, their head scores, and what it says to each point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.rubric.coverage.answer import Answer
from voicecoach.rubric.coverage.denial import DenialTable
from voicecoach.rubric.coverage.judge import Heard, PointJudge, Scored
from voicecoach.rubric.coverage.vectors import Exemplars, Heads
from voicecoach.rubric.text.homophones import Lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.text.spoken import Clean


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What :meth:`Reader.read` made of an answer.

    ``clean`` is its mended text; ``by_window`` holds head scores, float64 (n_windows, n_points); ``heard``
    what it says to each point.
    """

    clean: Clean
    answer: Answer
    by_window: NDArray[np.float64]
    heard: tuple[Heard, ...]


class Reader:
    """Reads answers to one prompt; what depends on the prompt alone is worked out once."""

    def __init__(
        self,
        prompt: Prompt,
        encoder: SentenceEncoder,
        *,
        language: Language,
        confirmed: Mapping[str, Sequence[str]],
    ) -> None:
        """``confirmed`` maps point ids to sentences that a user ticked as covering them."""
        self._points = prompt.points
        self._language: Language = language
        self._heads = Heads(prompt, encoder, language=language, confirmed=confirmed)
        exemplars = self._heads.exemplars
        self._exemplars = tuple(exemplars.of_point(index) for index in range(len(prompt.points)))
        self._denials = tuple(
            DenialTable(own.readings, encoder, language=language) for own in self._exemplars
        )
        self._lexicon = Lexicon(_wordings(prompt, exemplars)) if language == "zh" else None

    def mended(self, clean: Clean) -> Clean:
        """The text with misheard words of the prompt put right."""
        return clean if self._lexicon is None else replace(clean, text=self._lexicon.mend(clean.text))

    def read(self, clean: Clean, encoder: SentenceEncoder) -> Reading:
        """Read ``clean``, which must not be empty, with ``encoder``. Raises EngineError."""
        clean = self.mended(clean)
        answer = Answer(clean, encoder, language=self._language)
        by_window = self._heads.scores(answer.sentences, answer.vectors)
        by_denial = self._heads.scores(answer.denials.sentences, answer.denials.vectors)
        heard = tuple(
            PointJudge(
                answer,
                point,
                Scored(by_window[:, index], by_denial[:, index]),
                self._exemplars[index],
                self._denials[index],
            ).heard()
            for index, point in enumerate(self._points)
        )
        return Reading(clean, answer, by_window, heard)


def _wordings(prompt: Prompt, exemplars: Exemplars) -> list[str]:
    cues = [cue for point in prompt.points for cue in point.cues.get("zh", ())]
    return [*cues, *exemplars.readings, *(point.label.get("zh", "") for point in prompt.points)]
