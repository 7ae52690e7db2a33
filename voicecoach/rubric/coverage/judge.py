"""Where one answer speaks to one point, how surely, and where it denies it.

Two witnesses add up in logits: the head of the point (``voicecoach.rubric.coverage.vectors``) and the cues
heard. A denial of the point voids the windows that it reaches and makes the clauses beside it doubtful; what
is brushed aside is void for all points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.spans import chained
from voicecoach.rubric.coverage.answer import NEAR_DENIAL
from voicecoach.rubric.coverage.denial import denies_nothing
from voicecoach.rubric.text.polarity import has_denial
from voicecoach.rubric.text.windows import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import RubricPoint
    from voicecoach.rubric.coverage.answer import Answer
    from voicecoach.rubric.coverage.denial import Denial, DenialTable
    from voicecoach.rubric.coverage.vectors import Exemplars
    from voicecoach.rubric.text.cues import CueHit
    from voicecoach.rubric.text.polarity import Negation

    Vector = NDArray[np.float32]

HEAD_MIDDLE = 0.42
"""Head score at which a window alone is as likely as not to cover its point."""
HEAD_SLOPE = 12.0
"""Logits per unit of head score."""
LONG_CUE = 4
"""Characters from which a cue is long."""
CUE_LOGIT = 4.0
"""Logits that a long cue adds."""
SHORT_CUE_LOGIT = 3.0
"""The same for a short one."""
PROMISING = 0.2
"""Head score from which a window is looked at closely."""
DENIED_FROM = 0.2
"""Head score of an affirmed sentence from which its denial is a denial of the point."""
STRUCK = 0.1
"""Fall of the head score, when the denied words go, from which the negation strikes the point."""
STRUCK_COSINE = 0.06
"""The same for an exemplar, in cosine to the window."""
GAIN_WEIGHT = 2.0
"""Weight of the head score that a negator wins, against the cosines to denying and affirming exemplars."""
MADE_BY_DENIAL = 0.03
"""Sum of both from which the denial makes the point (不打断他 makes listening)."""
FLIP = 0.02
"""Cosine by which a sentence must be nearer to the turned one before polarity counts as different."""
NEAR_DENIAL_LOGIT = 3.8
"""Logits that a denial in the next clause takes off, times the head score of what it denies (1 for a cue)."""


@dataclass(frozen=True, slots=True)
class Find:
    """A window that speaks to a point: how surely (``logit``), from which place (``at``), matched by what.

    ``row`` is its index among the windows of the answer.
    """

    window: Window
    logit: float
    at: float
    by: str
    row: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What one answer says to one point.

    ``finds`` are the windows that speak to it, surest first; ``voided`` is the logit of the surest window
    that did not count because it denies the point (None without one). ``told``: one of the finds has the form
    that the point asks for.
    """

    finds: tuple[Find, ...] = ()
    voided: float | None = None
    told: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Head scores of one point, float64: of an answer's ``windows``, and of the rows of its ``denials``."""

    windows: NDArray[np.float64]
    denials: NDArray[np.float64]


class PointJudge:
    """Finds the evidence for one point of a prompt in one answer."""

    def __init__(
        self, answer: Answer, point: RubricPoint, scored: Scored, exemplars: Exemplars, denials: DenialTable
    ) -> None:
        """``exemplars`` are those of ``point`` alone; ``denials`` are theirs, in the same order."""
        self._answer = answer
        self._point = point
        self._scored = scored
        self._exemplars = exemplars
        self._denials = denials
        self._by_denying = point.polarity == "affirm" and self._often_made_by_denial()

    def heard(self) -> Heard:
        """The windows that speak to the point, and the surest of those that deny it."""
        answer = self._answer
        live, dead = self._cues()
        struck = self._denied(live)
        denied = [(Window(hit.start, hit.end), 1.0) for hit in dead] + [pair for pair, _ in struck]
        zones = [zone for zone, _ in denied]
        doubtful = [(Window(hit.start, hit.end), 1.0) for hit in dead] + [
            pair for pair, negation in struck if not (negation.excuses or negation.elsewhere)
        ]
        near = [(answer.beside(zone), weight) for zone, weight in _merged(doubtful)]
        places: list[Find] = []
        voided: float | None = None
        alone = not self._exemplars.texts
        for index, window in enumerate(answer.windows):
            cue = max((hit for hit in live if _within(hit, window)), key=_cue_logit, default=None)
            head = float(self._scored.windows[index])
            if head <= PROMISING and cue is None:
                continue
            if answer.is_void(window):
                continue
            if any(_overlap(window, zone) for zone in zones):
                denied_logit = HEAD_SLOPE * (head - HEAD_MIDDLE) + (0.0 if cue is None else _cue_logit(cue))
                voided = denied_logit if voided is None else max(voided, denied_logit)
                continue
            exemplar = self._counterpart(index)
            if exemplar is None and cue is None:
                continue
            # without exemplars a cue is the only witness there can be
            logit = 0.0 if alone else HEAD_SLOPE * ((0.0 if exemplar is None else head) - HEAD_MIDDLE)
            doubts = [weight for zone, weight in near if _overlap(window, zone)]
            logit -= NEAR_DENIAL_LOGIT * max(doubts, default=0.0)
            if cue is not None:
                places.append(
                    Find(window, logit + _cue_logit(cue), (cue.start + cue.end) / 2, f"cue:{cue.cue}", index)
                )
            elif exemplar is not None:
                text = self._exemplars.texts[exemplar]
                places.append(Find(window, logit, (window.start + window.end) / 2, f"exemplar:{text}", index))
        places.sort(key=lambda find: (-find.logit, find.window.end - find.window.start, find.window))
        return Heard(tuple(places), voided)

    def _cues(self) -> tuple[list[CueHit], list[CueHit]]:
        """The cues heard, and those heard but denied."""
        live: list[CueHit] = []
        dead: list[CueHit] = []
        for hit in self._answer.matcher.hits(self._point.cues.get(self._answer.language, ())):
            (live if self._stands(hit) else dead).append(hit)
        return live, dead

    def _stands(self, hit: CueHit) -> bool:
        """Whether a cue is meant: not denied, or, for a point that consists in a denial, denied."""
        answer = self._answer
        outside = [
            negation
            for negation in answer.negations
            if not (hit.start <= negation.start and negation.end <= hit.end)
        ]
        denials = [
            negation
            for negation in outside
            if negation.denies(hit.start, hit.end) and not self._spared(negation)
        ]
        if self._point.polarity == "affirm":
            return all(negation.resolve for negation in denials)
        clause = answer.clause_around(hit.start, hit.end)
        inside = has_denial(answer.text, answer.negations, hit.start, hit.end)
        return inside or bool(denials) or has_denial(answer.text, (), clause.start, clause.end)

    def _counterpart(self, index: int) -> int | None:
        """The nearest exemplar of a window; None when they differ in polarity, or when there is none."""
        answer, window = self._answer, self._answer.windows[index]
        denies = has_denial(answer.text, answer.statements, window.start, window.end)
        if not self._exemplars.texts or (self._point.polarity == "deny" and not denies):
            return None
        if not denies and (self._is_turned(index) or self._only_turned_inside(index)):
            return None
        return int((self._exemplars.vectors @ answer.vectors[index]).argmax())

    def _is_turned(self, index: int) -> bool:
        """Whether a window affirms what its nearest exemplar denies (借给他 beside 不借)."""
        vector = self._answer.vectors[index]
        cosines = self._exemplars.vectors @ vector
        nearest = int(cosines.argmax())
        turned = (
            float(self._denials.vectors[denial.affirmed] @ vector) for denial in self._denials.of(nearest)
        )
        return any(cosine > cosines[nearest] + FLIP for cosine in turned)

    def _only_turned_inside(self, index: int) -> bool:
        """Whether all that speaks to the point inside a window, two clauses at least, is turned."""
        whole = self._answer.windows[index]
        starts, ends = self._promising
        inside = np.flatnonzero((whole.start <= starts) & (ends <= whole.end))
        inside = inside[inside != index]
        return len(inside) > 1 and all(self._is_turned(int(other)) for other in inside)

    @cached_property
    def _promising(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Start and end of the windows that speak to the point; the others lie outside of everything."""
        windows = self._answer.windows
        bounds = np.array([(window.start, window.end) for window in windows], dtype=np.int64).reshape(-1, 2)
        bounds[~(self._scored.windows > PROMISING), 0] = -1
        return bounds[:, 0], bounds[:, 1]

    def _denied(self, live: Sequence[CueHit]) -> list[tuple[tuple[Window, float], Negation]]:
        """The stretches of the answer that deny the point, with the head score of what they deny.

        A negation that is part of a ``live`` cue (不用说理由), that only supposes, or that vows not to do
        what nobody should, denies no point.
        """
        if self._point.polarity == "deny":
            return []
        zones = []
        for denial in self._answer.denials.of(0):
            if denies_nothing(denial.negation, live) or self._spared(denial.negation):
                continue
            affirmed = self._scored.denials[denial.affirmed]
            remainder = 0.0 if denial.remainder is None else self._scored.denials[denial.remainder]
            strikes = affirmed > DENIED_FROM and affirmed - remainder > STRUCK
            if strikes and (denial.negation.unwilling or not self._made_by_denial(denial)):
                zone = Window(
                    denial.negation.scope_start, max(denial.negation.scope_end, denial.negation.end)
                )
                zones.append(((zone, min(float(affirmed), 1.0)), denial.negation))
        return zones

    def _spared(self, negation: Negation) -> bool:
        """Whether the point is often made by such a denial, which then is none of it."""
        return self._by_denying and not negation.unwilling

    def _often_made_by_denial(self) -> bool:
        """Whether half of the point's exemplars deny something (退不了): then a 不 tells nothing."""
        exemplars = range(len(self._exemplars.texts))
        denying = sum(any(not own.negation.attributive for own in self._denials.of(row)) for row in exemplars)
        return 0 < len(exemplars) <= 2 * denying

    def _made_by_denial(self, denial: Denial) -> bool:
        """Whether a clause speaks to the point by denying, as an exemplar near by does."""
        gain = float(self._scored.denials[denial.phrase] - self._scored.denials[denial.affirmed])
        vector = self._answer.denials.vectors[denial.phrase]
        turned = self._answer.denials.vectors[denial.affirmed]
        denying = affirming = -1.0
        for exemplar, theirs in enumerate(self._exemplars.vectors):
            if any(self._denies_alike(other, theirs, vector, turned) for other in self._denials.of(exemplar)):
                denying = max(denying, float(theirs @ vector))
            else:
                affirming = max(affirming, float(theirs @ turned))
        return denying - affirming + GAIN_WEIGHT * gain > MADE_BY_DENIAL

    def _denies_alike(self, other: Denial, theirs: Vector, mine: Vector, turned: Vector) -> bool:
        """Whether an exemplar denies what ``mine`` denies: like goes with like better than with unlike."""
        if not self._strikes(other, mine):
            return False
        theirs_turned = self._denials.vectors[other.affirmed]
        return float((theirs - theirs_turned) @ (mine - turned)) > 0.0

    def _strikes(self, denial: Denial, counterpart: Vector) -> bool:
        vectors = self._denials.vectors
        remainder = 0.0 if denial.remainder is None else float(vectors[denial.remainder] @ counterpart)
        return float(vectors[denial.affirmed] @ counterpart) - remainder > STRUCK_COSINE


def _merged(denied: list[tuple[Window, float]]) -> list[tuple[Window, float]]:
    """Stretches that follow each other closely as one, with the highest of their weights."""

    def join(before: tuple[Window, float], after: tuple[Window, float]) -> tuple[Window, float] | None:
        (last, heavier), (zone, weight) = before, after
        if zone.start - last.end > NEAR_DENIAL:
            return None
        return Window(last.start, max(last.end, zone.end)), max(heavier, weight)

    return chained(sorted(denied), join)


def _within(hit: CueHit, window: Window) -> bool:
    return window.start <= hit.start and hit.end <= window.end


def _overlap(left: Window, right: Window) -> bool:
    return left.start < right.end and right.start < left.end


def _cue_logit(hit: CueHit) -> float:
    return CUE_LOGIT if hit.end - hit.start >= LONG_CUE else SHORT_CUE_LOGIT
