"""What judges the answers of a practice: while they are spoken, afterwards, or as a typed text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

from voicecoach.app.practise.answer import Following
from voicecoach.app.score.analyse import Task
from voicecoach.app.score.live import LiveAnalysis
from voicecoach.features import extract
from voicecoach.features.speech import GATE_RATE_HZ
from voicecoach.model.audio import Waveform
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from voicecoach.app.score.analyse import Analyser
    from voicecoach.model.assessment import Assessment, Coverage
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.transcript import Language, Provenance
    from voicecoach.ports import Recogniser
    from voicecoach.rubric.engine import RubricEngine


class Analysis(Following, Protocol):
    """An answer that is analysed while it is spoken (``voicecoach.app.score.live``)."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is not needed any more."""
        ...

    def finish(self, path: Path, task: Task, *, source: str) -> Assessment:
        """Judge the finished file. Raises InputError, EngineError."""
        ...


class AnswerJudge(Protocol):
    """Judges answers to prompts in one language. All raise EngineError, UsageError."""

    def task(self, prompt: Prompt | None, profile: str, *, prompt_end_s: float | None = None) -> Task:
        """How an answer to ``prompt`` is judged; ``profile`` names the bands."""
        ...

    def warm(self, task: Task) -> None:
        """Load all that does not depend on the answer."""
        ...

    def follow(self, task: Task, so_far: Callable[[], Waveform]) -> Analysis:
        """Analyse what is being spoken."""
        ...

    def score(self, path: Path, task: Task) -> Assessment:
        """Judge a recording of before. Raises InputError."""
        ...

    def cover(self, prompt: Prompt, text: str) -> Coverage:
        """Coverage and language of a typed answer."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What all answers of a practice are judged by.

    ``with_total`` False: no total and no points. ``baseline``: the calm voice of this speaker. ``provenance``
    names what judges besides the recogniser.
    """

    language: Language
    with_total: bool = True
    baseline: Baseline | None = None
    provenance: Mapping[str, Provenance | str] = field(default_factory=dict)


class LiveJudge:
    """The judge of spoken answers.

    ``parts`` gives analyser and recogniser at the first use, ``engine`` what judges text, ``profiles`` the
    profile of a name.
    """

    def __init__(
        self,
        parts: Callable[[], tuple[Analyser, Recogniser]],
        engine: Callable[[], RubricEngine],
        profiles: Callable[[str], Profile],
        terms: Terms,
    ) -> None:
        self._parts, self._engine, self._profiles, self._terms = parts, engine, profiles, terms

    def task(self, prompt: Prompt | None, profile: str, *, prompt_end_s: float | None = None) -> Task:
        """How an answer to ``prompt`` is judged. Raises UsageError for an unknown profile."""
        return Task(
            prompt=prompt,
            language=self._terms.language,
            profile=self._profiles(profile),
            baseline=self._terms.baseline,
            prompt_end_s=prompt_end_s,
            with_total=self._terms.with_total,
            provenance=self._terms.provenance,
        )

    def warm(self, task: Task) -> None:
        """Load recogniser, speech gate, word lists and the prompt's points. Raises EngineError."""
        analyser, recogniser = self._parts()
        recogniser.load()
        extract.gate(Waveform(np.zeros(GATE_RATE_HZ, dtype=np.float32), GATE_RATE_HZ))
        analyser.warm(task)

    def follow(self, task: Task, so_far: Callable[[], Waveform]) -> LiveAnalysis[Any]:
        """Analyse what is being spoken. Raises EngineError."""
        analyser, listener = self._parts()
        return LiveAnalysis(analyser, listener, task, so_far)

    def score(self, path: Path, task: Task) -> Assessment:
        """Judge a recording of before. Raises InputError, EngineError."""
        return self._parts()[0].analyse(path, task)

    def cover(self, prompt: Prompt, text: str) -> Coverage:
        """Coverage and language of a typed answer. Raises EngineError."""
        return self._engine().judge(prompt, SpokenText.from_text(text), language=self._terms.language)[1]
