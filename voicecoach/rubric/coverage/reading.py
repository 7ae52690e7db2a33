"""One answer read against one prompt: its windows, their head scores, and what it says to each point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.coverage.answer import Answer
from voicecoach.rubric.coverage.denial import DenialTable
from voicecoach.rubric.coverage.judge import Find, Heard, PointJudge, Scored
from voicecoach.rubric.coverage.manner.story import form_find, story_share
from voicecoach.rubric.coverage.vectors import Exemplars, Heads
from voicecoach.rubric.text.homophones import Lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model.prompt import Form, Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.coverage.manner.stance import Stance, StanceHeads
    from voicecoach.rubric.text.spoken import Clean


TOLD_LOGIT: Final = 0.0
"""Logit of a stretch that only has the form of its point; what that is worth says the calibration."""


ROUTINE_FROM: Final = 0.4
"""Routine score from which a window is a mere phrase."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What :meth:`Reader.read` made of an answer.

    ``clean`` is its mended text; ``by_window`` holds head scores, float64 (n_windows, n_points); ``heard``
    what it says to each point. ``stance`` says how each window is meant, ``story`` 0..1 how far the answer
    is told as something that happened.
    """

    clean: Clean
    answer: Answer
    by_window: NDArray[np.float64]
    heard: tuple[Heard, ...]
    stance: Stance
    story: float


class Reader:
    """Reads answers to one prompt; what depends on the prompt alone is worked out once."""

    def __init__(
        self,
        prompt: Prompt,
        encoder: SentenceEncoder,
        *,
        language: Language,
        stances: StanceHeads,
    ) -> None:
        self._points = prompt.points
        self._language: Language = language
        self._stances = stances
        self._heads = Heads(prompt, encoder, language=language)
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
        stance = self._stances.of(answer.sentences, answer.vectors)
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
        heard = tuple(
            _told(_meant(own, stance, by_window[:, index]), answer, point.form)
            for index, (own, point) in enumerate(zip(heard, self._points, strict=True))
        )
        story = story_share(answer.text, answer.clauses, language=self._language)
        return Reading(clean, answer, by_window, heard, stance, story)


def _meant(heard: Heard, stance: Stance, scores: NDArray[np.float64]) -> Heard:
    """``heard`` without windows that are a mere phrase of service more than they speak to the point."""
    finds = tuple(
        find
        for find in heard.finds
        if stance.routine[find.row] < ROUTINE_FROM or stance.routine[find.row] < scores[find.row]
    )
    return replace(heard, finds=finds)


def _told(heard: Heard, answer: Answer, form: Form | None) -> Heard:
    """``heard`` with the stretch that has the form of the point among its finds."""
    told = None if form is None else form_find(answer.text, answer.clauses, form, language=answer.language)
    if told is None:
        return heard
    rows = (row for row, window in enumerate(answer.windows) if window.start >= told.window.start)
    find = Find(told.window, TOLD_LOGIT, float(told.window.start), f"form:{form}", next(rows, 0))
    finds = sorted((*heard.finds, find), key=lambda own: -own.logit)
    return replace(heard, finds=tuple(finds), told=True)


def _wordings(prompt: Prompt, exemplars: Exemplars) -> list[str]:
    cues = [cue for point in prompt.points for cue in point.cues.get("zh", ())]
    return [*cues, *exemplars.readings, *(point.label.get("zh", "") for point in prompt.points)]
