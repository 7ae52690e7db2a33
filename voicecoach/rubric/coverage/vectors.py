"""Which point of a prompt a window of an answer speaks to, by meaning and wording.

A cosine to the nearest exemplar tells little: some sentences lie close to everything, and the points of one
prompt lie close to each other. So every prompt gets a small classifier of its own, worked out in closed
form: kernel ridge regression (Saunders, Gammerman and Vovk, 1998), one head a point, on its exemplars
and cues, with those of the other points, the counter-exemplars and ordinary background talk as negatives.
The kernel is ``exp(GAMMA (cos - 1)) + WORDING w.w'`` with the cosine of the sentence vectors and the
vectors of ``voicecoach.rubric.text.wording``. A head gives about 1 on an exemplar of its point and about 0
elsewhere, on one scale for all points, so nothing is tuned to single prompts.

Known failure: negation is hardly seen (``voicecoach.rubric.coverage.denial`` sees to that), nor is a
homophone that a recogniser wrote (``voicecoach.rubric.text.homophones`` mends it first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.rubric.coverage.background import background
from voicecoach.rubric.text.spoken import STRONG, WEAK, SpokenText
from voicecoach.rubric.text.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder

    Vectors = NDArray[np.float32]
    Scores = NDArray[np.float64]

GAMMA = 2.0
"""Sharpness of the kernel of meaning; anything from 1 to 3 does as well."""
WORDING = 1.0
"""Share of wording against meaning; .6 to 1.5 do as well."""
RIDGE = 0.3
"""Regularisation; .15 to .6 do as well."""
POSITIVE_WEIGHT = 4.0
"""Weight of a point's own sentences, which are few, against all else."""
CUE_WEIGHT = 0.25
"""Weight of a cue against an exemplar: cues are short and less telling."""
NOBODY = -1
"""The point index of counter-exemplars and background."""


def readable(text: str) -> str:
    """A text as the encoder is to see it: cleaned, without marks at its ends."""
    return SpokenText.from_text(text).clean().text.strip(f"{WEAK}{STRONG} ")


@dataclass(frozen=True, slots=True, eq=False)
class Exemplars:
    """The exemplars of the points, in order.

    ``texts`` as written, ``readings`` cleaned, ``point`` int (n,) the index of the point, ``vectors``
    float32 (n, d).
    """

    texts: tuple[str, ...]
    readings: tuple[str, ...]
    point: NDArray[np.int64]
    vectors: Vectors

    def of_point(self, index: int) -> Exemplars:
        """The exemplars of one point."""
        own = [int(row) for row in np.flatnonzero(self.point == index)]
        return Exemplars(
            tuple(self.texts[row] for row in own),
            tuple(self.readings[row] for row in own),
            self.point[own],
            self.vectors[own],
        )


class Heads:
    """The classifier of one prompt."""

    def __init__(self, prompt: Prompt, encoder: SentenceEncoder, *, language: Language) -> None:
        """Fit on ``prompt``, in which what a user taught is among the exemplars."""
        texts: list[str] = []
        points: list[int] = []
        others: list[tuple[str, int, float]] = []
        for index, point in enumerate(prompt.points):
            own = point.exemplars.get(language, ())
            texts += own
            points += [index] * len(own)
            others += [(cue, index, CUE_WEIGHT) for cue in point.cues.get(language, ())]
            others += [(text, NOBODY, 1.0) for text in point.counter_exemplars.get(language, ())]
        others += [(text, NOBODY, 1.0) for text in background(language=language)]
        readings = [readable(text) for text in (*texts, *(text for text, _, _ in others))]
        self._wording = Wording(readings, language=language)
        self._vectors = encoder.encode(readings)
        self._wordings = self._wording.vectors(readings)
        self.exemplars = Exemplars(
            tuple(texts),
            tuple(readings[: len(texts)]),
            np.array(points, np.int64),
            self._vectors[: len(texts)],
        )
        target = np.array([*points, *(index for _, index, _ in others)])
        weight = np.array([*(1.0 for _ in texts), *(weight for _, _, weight in others)])
        self._weights = _solve(
            self._kernel(self._vectors, self._wordings), target, weight, len(prompt.points)
        )

    def _kernel(self, vectors: Vectors, wordings: NDArray[np.float32]) -> Scores:
        meaning = np.exp(GAMMA * (vectors @ self._vectors.T - 1.0))
        kernel: Scores = (meaning + WORDING * (wordings @ self._wordings.T)).astype(np.float64)
        return kernel

    def scores(self, sentences: Sequence[str], vectors: Vectors) -> Scores:
        """Scores float64 (n_sentences, n_points), about 0 (unrelated) to 1 (an exemplar)."""
        scores: Scores = self._kernel(vectors, self._wording.vectors(sentences)) @ self._weights
        return scores


def _solve(gram: Scores, target: NDArray[np.int64], weight: NDArray[np.float64], n_points: int) -> Scores:
    """The weights of the heads, float64 (n_sentences, n_points)."""
    heads = np.zeros((len(gram), n_points))
    for index in range(n_points):
        own = target == index
        noise = RIDGE / np.where(own, POSITIVE_WEIGHT * weight, weight)
        heads[:, index] = np.linalg.solve(gram + np.diag(noise), own.astype(np.float64))
    return heads
