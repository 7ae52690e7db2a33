"""How a window is meant: refusing, belittling, giving in, blaming, mocking, threatening, or mere routine.

Two answers on one topic may use the same words, one of them rudely (您声音小点行不行 beside 我把声音放低).
Families of sentences of each stance, with proper ones against them, make one more classifier like that of a
prompt (:mod:`voicecoach.rubric.coverage.vectors`). It says how much a window sounds like one of them; what
follows from that is weighed by the calibration. Words decide nothing here, so customers who are quoted count
a little too.

The sentences lie in ``families_zh.txt`` and ``families_en.txt`` beside this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.rubric.coverage.vectors import Heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder

STANCES: Final = ("refuse", "dismiss", "concede", "blame", "mock", "threaten")
ROUTINE: Final = "routine"
PROPER: Final = "proper"
"""The family that is against all others: firm, kind or plain sentences on the same matters."""


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """How much each window is meant so, float64 (n_windows,), about 0 (not at all) to 1 (just so).

    ``ill``: the worst of :data:`STANCES`; ``routine``: a mere phrase of service.
    """

    ill: NDArray[np.float64]
    routine: NDArray[np.float64]


class StanceHeads:
    """The classifier of stances of a language; made once."""

    def __init__(self, encoder: SentenceEncoder, *, language: Language) -> None:
        """Raises EngineError when the encoder is missing."""
        sentences = families(language)
        names = (*STANCES, ROUTINE)
        points = tuple(
            RubricPoint(
                name,
                {},
                exemplars={language: sentences[name]},
                counter_exemplars={language: sentences[PROPER]} if name == ROUTINE else {},
            )
            for name in names
        )
        prompt = Prompt("stance", "", "", "rules", {}, points, (0.0, 0.0))
        self._heads = Heads(prompt, encoder, language=language)

    def of(self, sentences: Sequence[str], vectors: NDArray[np.float32]) -> Stance:
        """The stance of windows with their ``vectors`` float32 (n_windows, d)."""
        scores = self._heads.scores(sentences, vectors)
        return Stance(scores[:, :-1].max(axis=1, initial=0.0), scores[:, -1])


def families(language: Language) -> dict[str, tuple[str, ...]]:
    """The sentences by family."""
    found: dict[str, list[str]] = {}
    name = ""
    text = (resources.files(__package__) / f"families_{language}.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}
