"""What an answer shows for one point of a prompt, as a few numbers that the calibration weighs.

Each number is there anyway once the answer is read, and none knows a single prompt or point. Logits are
those of :class:`voicecoach.rubric.coverage.judge.Find`, cut at both ends: beyond them more says no more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.rubric.coverage.relevance import relevance
from voicecoach.rubric.coverage.topic import RIVAL_AHEAD, SHORTEST_CHARS
from voicecoach.rubric.text.windows import PER_HANZI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.rubric.coverage.judge import Find, Heard
    from voicecoach.rubric.coverage.reading import Reading
    from voicecoach.rubric.coverage.topic import Standing

NOTHING: Final = -6.0
"""Logit where no window speaks to a point, and the lower end of all."""
PLENTY: Final = 8.0
"""The upper end of all logits."""
FURTHEST_RIVAL: Final = 4.0
"""Topic score beyond which a rival that is further ahead says no more."""
NEUTRAL_OTHERS: Final = 0.25
"""Share of other points where there are none, or an answer is too short to hold many."""
LONG: Final = 30
"""Hanzi beyond which a longer window says no more."""
DENIAL_GOVERNS: Final = 40
"""An answer of so many Hanzi or fewer is a clause or two: what is denied in it is denied by all of it."""
WORST: Final = 3
"""Clauses of the worst stance that stand for an answer."""


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one point; what an answer is too short for has a neutral value.

    ``best`` and ``second``: logits of the surest window and of the surest that does not overlap it.
    ``margin``: head score of the point in the best window above that of any other point. ``rival``: lead of
    another prompt above its limit (at least 0). ``others``: share of the prompt's other points that were
    heard. ``share``: how much of the answer speaks to the prompt, as in :mod:`.relevance` (at most 0).
    ``voided``: logit of the surest denied window above :data:`NOTHING`. ``cue``: 1 when a cue is in the best.
    ``length``: that of the best window, in tens of Hanzi.
    ``ill``: the worst stance in the best window and beside it, ``hostile``: the mean of the :data:`WORST`
    worst clauses of the answer, ``routine``: how much the best window is a mere phrase, all as in
    :mod:`.manner.stance`. ``story``: how far the answer is told as something that happened, ``told``: 1 when
    the form of the point was found in it.
    """

    best: float
    second: float
    margin: float
    rival: float
    others: float
    share: float
    voided: float
    cue: float
    length: float
    ill: float
    hostile: float
    routine: float
    story: float
    told: float


NAMES: Final = tuple(field.name for field in fields(Signals))


def signals(reading: Reading, standing: Standing | None) -> tuple[Signals | None, ...]:
    """The signals by point; None for a point to which no window speaks, or only denied ones."""
    best = np.array([_cut(heard.finds[0].logit) if heard.finds else NOTHING for heard in reading.heard])
    answer = reading.answer
    brief = len(answer.text) < SHORTEST_CHARS[answer.language]
    hanzi = len(answer.text) / PER_HANZI[answer.language]
    share = 0.0 if brief else relevance(reading.by_window).below()
    rival = 0.0 if standing is None else min(max(0.0, standing.rival_ahead - RIVAL_AHEAD), FURTHEST_RIVAL)
    hostile = _hostile(reading)
    return tuple(
        Signals(
            best=float(best[index]),
            second=_second(heard.finds),
            margin=_margin(reading, heard.finds[0], index),
            rival=rival,
            others=NEUTRAL_OTHERS if brief else _heard_share(np.delete(best, index)),
            share=share,
            voided=0.0 if heard.voided is None else _cut(heard.voided) - NOTHING,
            cue=float(heard.finds[0].by.startswith("cue:")),
            length=min(_hanzi(reading, heard.finds[0]), LONG) / 10,
            ill=_ill(reading, heard.finds[0]),
            hostile=hostile,
            routine=_share_of_one(reading.stance.routine[heard.finds[0].row]),
            story=reading.story,
            told=float(heard.told),
        )
        if heard.finds and not (hanzi <= DENIAL_GOVERNS and _rather_denied(heard))
        else None
        for index, heard in enumerate(reading.heard)
    )


def _cut(logit: float) -> float:
    return min(max(logit, NOTHING), PLENTY)


def _second(finds: Sequence[Find]) -> float:
    """The logit of the surest window apart from the surest."""
    first = finds[0].window
    apart = (find for find in finds if find.window.end <= first.start or first.end <= find.window.start)
    return next((_cut(find.logit) for find in apart), NOTHING)


def _margin(reading: Reading, find: Find, point: int) -> float:
    scores = reading.by_window[find.row]
    return float(scores[point] - np.delete(scores, point).max(initial=0.0))


def _ill(reading: Reading, find: Find) -> float:
    """The worst stance among the windows in and beside that of ``find``."""
    zone = reading.answer.beside(find.window)
    inside = [
        score
        for window, score in zip(reading.answer.windows, reading.stance.ill, strict=True)
        if zone.start <= window.start and window.end <= zone.end
    ]
    return _share_of_one(max(inside, default=0.0))


def _hostile(reading: Reading) -> float:
    clauses = set(reading.answer.clauses)
    scores = [
        _share_of_one(score)
        for window, score in zip(reading.answer.windows, reading.stance.ill, strict=True)
        if window in clauses
    ]
    return sum(sorted(scores)[-WORST:]) / WORST


def _share_of_one(score: float) -> float:
    return min(max(float(score), 0.0), 1.0)


def _heard_share(best: NDArray[np.float64]) -> float:
    """The share of points whose surest window is as likely as not."""
    return float((best >= 0.0).mean()) if len(best) else NEUTRAL_OTHERS


def _rather_denied(heard: Heard) -> bool:
    """Whether a point is denied more surely than anything speaks to it, and nothing is likely by itself."""
    best = heard.finds[0].logit
    return heard.voided is not None and best < min(0.0, heard.voided)


def _hanzi(reading: Reading, find: Find) -> float:
    """The length of a window in Hanzi, or what carries as much."""
    return (find.window.end - find.window.start) / PER_HANZI[reading.answer.language]
