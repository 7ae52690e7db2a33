"""The second witness of forbidden language: stretches of an answer that read like one of a family.

It sees rudeness, shirking and promises in words that no rule has, at the price that it cannot say why. So
its finds are worth a look and never certain; and :meth:`FamilyDetector.support` tells a rule whether the
meaning of a stretch agrees with it.

Known failure: irony, and most ways of saying it: recall on fresh sentences is low (docs/benchmarks.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.rubric.forbidden.families.codes import FAMILIES
from voicecoach.rubric.forbidden.families.lifted import is_lifted
from voicecoach.rubric.text.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.assessment import LanguageCode
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.forbidden.families.weights import Weights
    from voicecoach.rubric.text.spoken import Clean

    Scores = NDArray[np.float32]

LENGTHS: Final = {"zh": (4, 30), "en": (12, 96)}
"""Least and most characters of a stretch that is held against the families."""
NEAR: Final = 12
"""Characters around a stretch whose own scores have a say in its own."""
CONTEXT: Final = 0.4
"""Their share: what stands among ordinary words is less likely meant."""
ANY: Final = -1
"""Instead of the index of a family: all of them."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Characters ``[start, end)`` of the cleaned text that read like the family ``code``."""

    code: LanguageCode
    start: int
    end: int
    score: float


class FamilyDetector:
    """Finds stretches like those of the families; ``weights`` must belong to ``encoder``."""

    def __init__(self, weights: Weights, encoder: SentenceEncoder) -> None:
        self._weights = weights
        self._encoder = encoder

    def suspicions(self, clean: Clean) -> tuple[Suspicion, ...]:
        """What reads like a family and is not taken back around it, in order; none overlap.

        Raises EngineError.
        """
        language = self._weights.language
        held_against = stretches(clean, language=language)
        if not held_against:
            return ()
        texts = [clean.text[window.start : window.end] for window in held_against]
        scores = in_context(self._scores(texts), held_against)
        taken_back = partial(is_lifted, text=clean.text, language=language)
        return tuple(
            Suspicion(FAMILIES[family], window.start, window.end, float(scores[place, family]))
            for window, place, family in sorted(
                (held_against[place], place, family)
                for place, family in surest(scores, self._weights.limits, held_against, taken_back)
            )
        )

    def support(self, code: LanguageCode, stretch: str) -> float:
        """By how much ``stretch``, as cleaned, reads like the family ``code``: log-odds, from 0 rather so.

        Raises ValueError for a code without a family, EngineError.
        """
        return float(self._scores([stretch])[0, FAMILIES.index(code)])

    def _scores(self, texts: list[str]) -> Scores:
        return self._weights.scores(texts, self._encoder.encode(texts))


def stretches(clean: Clean, *, language: Language) -> list[Window]:
    """The windows of a text that are held against the families, in order."""
    least, most = LENGTHS[language]
    return [
        window for window in windows(clean, language=language) if least <= window.end - window.start <= most
    ]


def surest(
    scores: Scores,
    limits: Scores,
    held_against: Sequence[Window],
    taken_back: Callable[..., bool],
) -> Iterator[tuple[int, int]]:
    """(stretch, family) of the scores (n, 4) above ``limits``, the furthest above first; none overlap.

    A stretch is ``taken_back(code, start=…, end=…)`` with all weaker ones of its family that overlap it:
    they hold what takes it back.
    """
    ahead = scores - limits
    blocked: list[tuple[int, int, int]] = []
    for flat in np.argsort(-ahead, axis=None, kind="stable"):
        place, family = divmod(int(flat), len(FAMILIES))
        if ahead[place, family] <= 0.0:
            return
        start, end = held_against[place].start, held_against[place].end
        if any(start < last and first < end and own in {family, ANY} for first, last, own in blocked):
            continue
        if taken_back(FAMILIES[family], start=start, end=end):
            blocked.append((start, end, family))
        else:
            blocked.append((start, end, ANY))
            yield place, family


def in_context(scores: Scores, held_against: Sequence[Window]) -> Scores:
    """The scores (n, 4) of stretches, each with a share of the mean of the highest ones near it."""
    highest = scores.max(axis=1, initial=-np.inf)
    starts = np.array([window.start for window in held_against])
    ends = np.array([window.end for window in held_against])
    near = (starts[None, :] < ends[:, None] + NEAR) & (ends[None, :] > starts[:, None] - NEAR)
    around = near @ highest / near.sum(axis=1)
    mixed: Scores = ((1.0 - CONTEXT) * scores + CONTEXT * around[:, None]).astype(np.float32)
    return mixed
