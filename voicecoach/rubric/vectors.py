"""Which point of a prompt a window of an answer speaks to, by sentence vectors.

A cosine to the nearest exemplar tells little: some sentences lie close to everything, and the points of one
prompt lie close to each other. So every prompt gets a small classifier of its own, worked out in
closed form from its exemplars: kernel ridge regression (Saunders, Gammerman and Vovk, 1998), one head a
point, with the exemplars of the other points, the counter-exemplars and ordinary background talk as
negatives. The kernel is ``exp(GAMMA (cos - 1))``; a head gives about 1 on an exemplar of its point
and about 0 elsewhere, on the same scale for every point, so nothing is tuned to single prompts.

Known failure: sentence encoders are blind to negation (``voicecoach.rubric.engine`` weighs it) and to
homophones that a recogniser wrote (``voicecoach.rubric.homophones`` mends those first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.rubric.background import background
from voicecoach.rubric.spoken import STRONG, WEAK, SpokenText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder

    Vectors = NDArray[np.float32]

GAMMA = 2.0
"""Sharpness of the kernel; anything from 1 to 3 does as well."""
RIDGE = 0.3
"""Regularisation; .1 to 1 does as well."""
POSITIVE_WEIGHT = 4.0
"""Weight of a point's own exemplars, which are few, against all else."""
NOBODY = -1
"""The point index of counter-exemplars and background."""


def readable(text: str) -> str:
    """A text as the encoder is to see it: cleaned, without marks at its ends."""
    return SpokenText.from_text(text).clean().text.strip(f"{WEAK}{STRONG} ")


@dataclass(frozen=True, slots=True, eq=False)
class Exemplars:
    """The exemplars of one prompt and the heads fitted on them.

    ``texts`` are as written, ``readings`` cleaned; ``point`` int (n,) is the index of the point that each
    belongs to, ``counter`` bool (n,) marks counter-exemplars; ``vectors`` float32 (n, d). ``anchors``
    float32 (n + background, d) are the sentences that the heads were fitted on; ``heads`` float64
    (n + background, n_points) their weights, ``heads_without_counters`` the same without counter-exemplars.
    """

    texts: tuple[str, ...]
    readings: tuple[str, ...]
    point: NDArray[np.int64]
    counter: NDArray[np.bool_]
    vectors: Vectors
    anchors: Vectors
    heads: NDArray[np.float64]
    heads_without_counters: NDArray[np.float64]

    def scores(self, windows: Vectors, *, counters: bool) -> NDArray[np.float64]:
        """Scores float64 (n_windows, n_points), about 0 (unrelated) to 1 (an exemplar)."""
        heads = self.heads if counters else self.heads_without_counters
        found: NDArray[np.float64] = _kernel(windows, self.anchors) @ heads
        return found


def _kernel(left: Vectors, right: Vectors) -> NDArray[np.float64]:
    cosine: NDArray[np.float64] = (left @ right.T).astype(np.float64)
    return np.exp(GAMMA * (cosine - 1.0))


def fit(
    prompt: Prompt,
    encoder: SentenceEncoder,
    *,
    language: Language,
    confirmed: Mapping[str, Sequence[str]],
) -> Exemplars:
    """Encode the exemplars of ``prompt``, those a user ``confirmed`` too, and fit the heads."""
    texts: list[str] = []
    points: list[int] = []
    counters: list[bool] = []
    for index, point in enumerate(prompt.points):
        own = (*point.exemplars.get(language, ()), *confirmed.get(point.id, ()))
        against = point.counter_exemplars.get(language, ())
        texts += [*own, *against]
        points += [index] * (len(own) + len(against))
        counters += [False] * len(own) + [True] * len(against)
    readings = tuple(readable(text) for text in texts)
    vectors = encoder.encode(readings)
    others = encoder.encode(background(language=language))
    anchors = np.concatenate([vectors, others])
    point_of = np.array(points, np.int64)
    counter = np.array(counters, np.bool_)
    target = np.concatenate([np.where(counter, NOBODY, point_of), np.full(len(others), NOBODY)])
    is_counter = np.concatenate([counter, np.zeros(len(others), np.bool_)])
    gram = _kernel(anchors, anchors)
    n_points = len(prompt.points)
    return Exemplars(
        texts=tuple(texts),
        readings=readings,
        point=point_of,
        counter=counter,
        vectors=vectors,
        anchors=anchors,
        heads=_heads(gram, target, n_points, np.ones(len(anchors), np.bool_)),
        heads_without_counters=_heads(gram, target, n_points, ~is_counter),
    )


def _heads(
    gram: NDArray[np.float64], target: NDArray[np.int64], n_points: int, used: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Weights float64 (n_anchors, n_points); rows of anchors that are not ``used`` are 0."""
    heads = np.zeros((len(gram), n_points))
    inner = gram[np.ix_(used, used)]
    for index in range(n_points):
        own = target[used] == index
        noise = RIDGE / np.where(own, POSITIVE_WEIGHT, 1.0)
        heads[used, index] = np.linalg.solve(inner + np.diag(noise), own.astype(np.float64))
    return heads
