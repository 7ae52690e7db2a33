"""Does this answer cover this point, and where was it said?

A point is heard where a cue phrase was said (in pinyin space) or where a window of the answer speaks to it
by sentence vectors, unless it is denied there, or the surroundings are a bare list of key words. The
two witnesses add up on one scale, ``score`` 0..1: from :data:`COVERED` the point is covered, from
:data:`MAYBE` it may be. Text in, text out: times come from the transcript behind it.

Known failure: irony; talk about the topic without the action; points spread over distant clauses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.assessment import Coverage, Evidence, LanguageHit, PointResult, PointState
from voicecoach.rubric.cues import CueHit, CueMatcher
from voicecoach.rubric.denial import Denial, DenialTable
from voicecoach.rubric.homophones import Lexicon
from voicecoach.rubric.order import steps_in_order
from voicecoach.rubric.polarity import has_denial, negations
from voicecoach.rubric.salad import is_salad
from voicecoach.rubric.vectors import Exemplars, Heads
from voicecoach.rubric.windows import Window, clauses, windows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.prompt import Prompt, RubricPoint
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.spoken import Clean, SpokenText

COVERED = 0.5
"""Score from which a point counts as covered."""
MAYBE = 0.25
"""Score from which it may be covered, and the user is asked."""
HEAD_MIDDLE = 0.44
"""Head score at which a window alone is as likely as not to cover its point."""
HEAD_SLOPE = 12.0
"""Logits per unit of head score."""
CUE_LOGIT = 4.0
"""Logits that a verbatim cue of four or more characters adds."""
SHORT_CUE_LOGIT = 3.0
"""The same for a cue of two or three."""
MAX_EVIDENCE = 3
N_COUNTERPARTS = 3
"""Nearest exemplars that a window's polarity is held against."""
PROMISING = 0.2
"""Head score from which a window is looked at closely."""
DENIED_FROM = 0.2
"""Head score of an affirmed sentence from which its denial is a denial of the point."""
STRUCK = 0.1
"""Fall of the head score, when the denied words go, from which the negation strikes the point."""
STRUCK_COSINE = 0.06
"""The same for an exemplar, in cosine to the window."""
MADE_BY_DENIAL = 0.15
"""Rise of the head score by the negator from which the denial makes the point."""
FLIP = 0.02
"""Cosine by which a sentence must be nearer to the turned one before polarity counts as different."""
NEAR_DENIAL = 2
"""Characters to the next clause: clauses beside a denial of the point are doubtful."""
NEAR_REACH = 12
"""Characters beyond a denial that such a clause may reach."""
NEAR_DENIAL_LOGIT = 1.5
"""Logits that this doubt takes off."""


@dataclass(frozen=True, slots=True)
class _Find:
    window: Window
    score: float
    by: str


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    heads: Heads
    denials: DenialTable
    lexicon: Lexicon | None


class RubricEngine:
    """Coverage of answers; keeps the fitted exemplars of the prompts it has seen."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._fitted: dict[object, _Fitted] = {}

    def cover(
        self,
        prompt: Prompt,
        spoken: SpokenText,
        *,
        language: Language,
        hits: tuple[LanguageHit, ...] = (),
        confirmed: Mapping[str, Sequence[str]] | None = None,
    ) -> Coverage:
        """Coverage of ``prompt`` by ``spoken``.

        ``confirmed`` maps point ids to sentences that a user ticked as covering them. ``hits`` are
        passed through. Raises EngineError when the encoder or a word list is missing.
        """
        clean = spoken.clean()
        finds = self._finds(prompt, clean, language, confirmed or {})
        points = []
        first: dict[str, float] = {}
        for point, found in zip(prompt.points, finds, strict=True):
            result = _result(point, found, clean, spoken)
            points.append(result)
            if result.state == "covered":
                first[point.id] = min(one.window.start for one in found if one.score >= COVERED)
        order_ok, early = steps_in_order(prompt.order, first)
        total = sum(point.weight for point in prompt.points) or 1.0
        weight = {
            state: sum(p.weight for p, r in zip(prompt.points, points, strict=True) if r.state == state)
            for state in ("covered", "maybe")
        }
        return Coverage(
            prompt_id=prompt.id,
            points=tuple(points),
            low=weight["covered"] / total,
            high=(weight["covered"] + weight["maybe"]) / total,
            order_ok=order_ok,
            language=hits,
            out_of_order=early,
        )

    def _fit(self, prompt: Prompt, language: Language, confirmed: Mapping[str, Sequence[str]]) -> _Fitted:
        key = (
            prompt.id,
            language,
            tuple((p.exemplars.get(language), p.counter_exemplars.get(language)) for p in prompt.points),
            tuple(sorted((point, tuple(texts)) for point, texts in confirmed.items())),
        )
        if key not in self._fitted:
            heads = Heads(prompt, self._encoder, language=language, confirmed=confirmed)
            exemplars = heads.exemplars
            self._fitted[key] = _Fitted(
                heads,
                DenialTable(exemplars.readings, self._encoder, language=language),
                Lexicon(_wordings(prompt, exemplars)) if language == "zh" else None,
            )
        return self._fitted[key]

    def _finds(
        self, prompt: Prompt, clean: Clean, language: Language, confirmed: Mapping[str, Sequence[str]]
    ) -> list[list[_Find]]:
        """For each point of ``prompt``, the windows that speak to it, best first."""
        if not clean.text:
            return [[] for _ in prompt.points]
        fitted = self._fit(prompt, language, confirmed)
        if fitted.lexicon:
            clean = replace(clean, text=fitted.lexicon.mend(clean.text))
        seen = windows(clean, language=language)
        answer = _Answer(clean, seen, self._encoder, language)
        scored = _Scored(
            fitted.heads.scores(answer.sentences, answer.vectors),
            fitted.heads.scores(answer.denials.sentences, answer.denials.vectors),
        )
        return [_Judge(answer, fitted, scored, point, index).finds() for index, point in enumerate(prompt.points)]


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Head scores float64 (n, n_points) of the windows, and of the rows of the denials."""

    windows: NDArray[np.float64]
    denials: NDArray[np.float64]


def _wordings(prompt: Prompt, exemplars: Exemplars) -> list[str]:
    cues = [cue for point in prompt.points for cue in point.cues.get("zh", ())]
    return [*cues, *exemplars.readings, *(point.label.get("zh", "") for point in prompt.points)]


class _Answer:
    """One answer, worked out once for all points."""

    def __init__(
        self, clean: Clean, seen: tuple[Window, ...], encoder: SentenceEncoder, language: Language
    ) -> None:
        self.text = clean.text
        self.language: Language = language
        self.windows = seen
        self.clauses = clauses(clean, language=language)
        self.negations = negations(clean.text, language=language)
        self.statements = [one for one in self.negations if not one.attributive]
        self.matcher = CueMatcher(clean.text, language=language)
        self.sentences = [clean.text[window.start : window.end] for window in seen]
        self.vectors = encoder.encode(self.sentences)
        self.denials = DenialTable([clean.text], encoder, language=language)

    def in_salad(self, window: Window) -> bool:
        return is_salad(self.text, window.start, window.end, language=self.language)

    def clause_around(self, start: int, end: int) -> Window:
        touching = [clause for clause in self.clauses if clause.start < end and clause.end > start]
        if not touching:
            return Window(start, end)
        return Window(min(start, touching[0].start), max(end, touching[-1].end))

    def beside(self, zone: Window) -> Window:
        """``zone`` with the clauses beside it, as far as they are near."""
        around = self.clause_around(zone.start - NEAR_DENIAL, zone.end + NEAR_DENIAL)
        return Window(max(around.start, zone.start - NEAR_REACH), min(around.end, zone.end + NEAR_REACH))


class _Judge:
    """Finds the evidence for one point."""

    def __init__(self, answer: _Answer, fitted: _Fitted, scored: _Scored, point: RubricPoint, index: int) -> None:
        self._answer = answer
        self._exemplars = fitted.heads.exemplars
        self._exemplar_denials = fitted.denials
        self._point = point
        self._own = np.flatnonzero(self._exemplars.point == index)
        self._heads = scored.windows[:, index]
        self._rows = scored.denials[:, index]

    def finds(self) -> list[_Find]:
        answer = self._answer
        live, dead = self._cues()
        zones = [Window(hit.start, hit.end) for hit in dead] + self._denied()
        promising: list[tuple[int, CueHit | None]] = []
        for index, window in enumerate(answer.windows):
            cue = max((hit for hit in live if _within(hit, window)), key=_cue_logit, default=None)
            if self._heads[index] > PROMISING or cue:
                promising.append((index, cue))
        near = [answer.beside(zone) for zone in zones]
        finds = []
        for index, cue in promising:
            window = answer.windows[index]
            if any(_overlap(window, zone) for zone in zones) or answer.in_salad(window):
                continue
            exemplar = self._counterpart(index)
            if exemplar is None and cue is None:
                continue
            head = 0.0 if exemplar is None else float(self._heads[index])
            bonus = _cue_logit(cue) if cue else 0.0
            if any(_overlap(window, zone) for zone in near):
                bonus -= NEAR_DENIAL_LOGIT
            score = _score(head, bonus)
            if score >= MAYBE:
                by = f"cue:{cue.cue}" if cue else f"exemplar:{self._exemplars.texts[exemplar or 0]}"
                finds.append(_Find(window, score, by))
        return sorted(finds, key=lambda find: (-find.score, find.window.end - find.window.start, find.window))

    def _cues(self) -> tuple[list[CueHit], list[CueHit]]:
        """The cues heard, and those heard but denied."""
        live, dead = [], []
        for hit in self._answer.matcher.hits(self._point.cues.get(self._answer.language, ())):
            (live if self._stands(hit) else dead).append(hit)
        return live, dead

    def _stands(self, hit: CueHit) -> bool:
        outside = [n for n in self._answer.negations if not (hit.start <= n.start and n.end <= hit.end)]
        denied = any(negation.denies(hit.start, hit.end) for negation in outside)
        if self._point.polarity == "deny":
            clause = self._answer.clause_around(hit.start, hit.end)
            inside = has_denial(self._answer.text, self._answer.negations, hit.start, hit.end)
            return inside or denied or has_denial(self._answer.text, (), clause.start, clause.end)
        return not denied

    def _counterpart(self, index: int) -> int | None:
        """The nearest exemplar of the point whose polarity the window shares; None when there is none."""
        window = self._answer.windows[index]
        if self._point.polarity == "deny" and not has_denial(
            self._answer.text, self._answer.statements, window.start, window.end
        ):
            return None
        return next(iter(self._nearest(index)), None)

    def _nearest(self, index: int) -> list[int]:
        """The nearest exemplars of the point that do not deny what the window affirms."""
        exemplars, denials = self._exemplars, self._exemplar_denials
        vector = self._answer.vectors[index]
        cosines = exemplars.vectors[self._own] @ vector
        found = []
        for rank in np.argsort(-cosines, kind="stable")[:N_COUNTERPARTS]:
            exemplar = int(self._own[rank])
            affirmed = [float(denials.vectors[one.affirmed] @ vector) for one in denials.of(exemplar)]
            if self._negated(index) or not any(cosine > cosines[rank] + FLIP for cosine in affirmed):
                found.append(exemplar)
        return found

    def _negated(self, index: int) -> bool:
        """Whether the window holds a negator that denies a statement."""
        window = self._answer.windows[index]
        return any(
            window.start <= one.start and one.end <= window.end and not one.attributive
            for one in self._answer.negations
        )

    def _denied(self) -> list[Window]:
        """The stretches of the answer that deny the point."""
        if self._point.polarity == "deny" or not len(self._own):
            return []
        found = []
        for one in self._answer.denials.of(0):
            affirmed = self._rows[one.affirmed]
            remainder = 0.0 if one.remainder is None else self._rows[one.remainder]
            strikes = affirmed > DENIED_FROM and affirmed - remainder > STRUCK
            if strikes and not self._made_by_denial(one):
                found.append(Window(one.negation.scope_start, max(one.negation.scope_end, one.negation.end)))
        return found

    def _made_by_denial(self, one: Denial) -> bool:
        """Whether a clause speaks to the point by denying, as an exemplar near by does."""
        if self._rows[one.phrase] - self._rows[one.affirmed] > MADE_BY_DENIAL:
            return True
        exemplars, denials = self._exemplars, self._exemplar_denials
        vector = self._answer.denials.vectors[one.phrase]
        turned = self._answer.denials.vectors[one.affirmed]
        denying = affirming = -1.0
        for exemplar in map(int, self._own):
            if any(self._strikes(theirs, vector) for theirs in denials.of(exemplar)):
                denying = max(denying, float(exemplars.vectors[exemplar] @ vector))
            else:
                affirming = max(affirming, float(exemplars.vectors[exemplar] @ turned))
        return denying > affirming

    def _strikes(self, one: Denial, counterpart: NDArray[np.float32]) -> bool:
        vectors = self._exemplar_denials.vectors
        remainder = 0.0 if one.remainder is None else float(vectors[one.remainder] @ counterpart)
        return float(vectors[one.affirmed] @ counterpart) - remainder > STRUCK_COSINE


def _within(hit: CueHit, window: Window) -> bool:
    return window.start <= hit.start and hit.end <= window.end


def _overlap(left: Window, right: Window) -> bool:
    return left.start < right.end and right.start < left.end


def _cue_logit(hit: CueHit) -> float:
    return SHORT_CUE_LOGIT if hit.end - hit.start < 4 else CUE_LOGIT  # noqa: PLR2004 - see the constants


def _score(head: float, bonus: float) -> float:
    return 1.0 / (1.0 + math.exp(-(HEAD_SLOPE * (head - HEAD_MIDDLE) + bonus)))


def _result(point: RubricPoint, finds: list[_Find], clean: Clean, spoken: SpokenText) -> PointResult:
    if not finds:
        return PointResult(point.id, "not_heard", 0.0)
    score = finds[0].score
    state: PointState = "covered" if score >= COVERED else "maybe"
    evidence: list[Evidence] = []
    taken: list[Window] = []
    for find in finds:
        if len(evidence) == MAX_EVIDENCE or (state == "covered" and find.score < COVERED):
            break
        if any(find.window.start < other.end and other.start < find.window.end for other in taken):
            continue
        taken.append(find.window)
        start, end = clean.offsets[find.window.start], clean.offsets[find.window.end - 1] + 1
        evidence.append(Evidence(spoken.quote(start, end), spoken.span(start, end), find.by))
    return PointResult(point.id, state, score, tuple(evidence))
