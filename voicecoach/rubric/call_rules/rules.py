"""Rules of a call form: who must say (or never say) what, when, and after or before what else.

A rule gathers *hits*: places where one of its conditions holds. Cues are matched by sound and regular
expressions on the cleaned text (lower case, half width, fillers dropped, marks as ``，`` and ``。``); both
are certain. Exemplars are matched by meaning, as those of a point, and may be no more than a maybe. Hits
outside the rule's window or anchors do not count. Then, of the conditions' best hits::

    any of   the n-th best (n = at_least)       all of   the worst
    none of  covered without a hit; not_heard with the quote where one is broken

A rule that cannot be judged is *not applicable* and drops out with its reason: one about seconds
on a text without times, one about the caller where only one side is known, one that counts from a moment
that never came, one without words in this language. It is never failed for that.

Known failures: a cue inside a denial that no negator marks; a regular expression knows no homophones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.errors import PromptFileError
from voicecoach.model.assessment import (
    Coverage,
    Evidence,
    LanguageHit,
    NotApplicable,
    PointResult,
    PointState,
)
from voicecoach.rubric.coverage.order import steps_in_order
from voicecoach.rubric.text.patterns import LIMIT_S, PatternTimeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.dialogue import Side
    from voicecoach.model.prompt import Anchor, CallRule, Condition, Prompt, RubricPoint
    from voicecoach.rubric.call_rules.hits import ConditionHit, ConversationReader, SideReader

NO_TIMES: Final = "no_times"
NO_CALLER: Final = "no_caller_text"
NO_ANCHOR: Final = "anchor_not_heard"
NO_LANGUAGE: Final = "not_in_language"
MAX_EVIDENCE: Final = 3
"""Quotes kept a point, but one for each condition that must hold."""
BROKEN_SHARE: Final = 0.49
"""Score of a broken ``none`` rule: so much of the doubt that is left (under what a maybe needs)."""

_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What became of one point: ``result`` None when not applicable, with the ``reason``; its ``hits``."""

    result: PointResult | None
    reason: str = ""
    hits: tuple[ConditionHit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One demand of a rule: how well it is met, and where (or where it is broken)."""

    score: float
    state: PointState
    hits: tuple[ConditionHit, ...]
    broken: bool = False


class RuleJudge:
    """Judges the points of one prompt in one conversation."""

    def __init__(self, prompt: Prompt, reader: ConversationReader, *, covered: float, maybe: float) -> None:
        """``covered`` and ``maybe`` are the engine's limits of a score."""
        self._prompt = prompt
        self._reader = reader
        self._covered = covered
        self._maybe = maybe
        self._judged: dict[str, RuleVerdict] = {}

    def coverage(self, language: tuple[LanguageHit, ...]) -> Coverage:
        """All points that apply; shares are of their weights. Raises PromptFileError."""
        judged = [(point, self.judge(point)) for point in self._prompt.points]
        results = [(point, verdict.result) for point, verdict in judged if verdict.result is not None]
        counted = [(point, result) for point, result in results if point.counts]
        whole = sum(point.weight for point, _ in counted)

        def share(*states: PointState) -> float:
            met = sum(point.weight for point, result in counted if result.state in states)
            return met / whole if whole else 0.0

        first = {
            point.id: min(hit.at for hit in verdict.hits)
            for point, verdict in judged
            if verdict.result is not None and verdict.result.state == "covered" and verdict.hits
        }
        order_ok, early = steps_in_order(self._prompt.order, first)
        return Coverage(
            prompt_id=self._prompt.id,
            points=tuple(result for _, result in results),
            low=share("covered"),
            high=share("covered", "maybe"),
            order_ok=order_ok,
            language=language,
            out_of_order=early,
            not_applicable=tuple(
                NotApplicable(point.id, verdict.reason) for point, verdict in judged if verdict.result is None
            ),
        )

    def judge(self, point: RubricPoint) -> RuleVerdict:
        """One point; worked out once. Raises PromptFileError: a pattern takes too long on this text."""
        if point.id not in self._judged:
            try:
                self._judged[point.id] = self._point(point)
            except PatternTimeError as exc:
                place = {"pack": self._prompt.pack, "prompt": self._prompt.id, "point": point.id}
                raise PromptFileError(
                    "pattern-slow", **place, pattern=exc.pattern, limit_s=f"{LIMIT_S:g}"
                ) from exc
        return self._judged[point.id]

    def _point(self, point: RubricPoint) -> RuleVerdict:
        rule = point.rule
        side: Side = "agent" if rule is None else rule.channel
        reader = self._reader.side(side)
        if reader is None:
            return RuleVerdict(None, NO_CALLER)
        if rule is not None and rule.timed and not self._reader.timed:
            return RuleVerdict(None, NO_TIMES)
        if not self._has_words(point):
            return RuleVerdict(None, NO_LANGUAGE)
        after, before, reason = self._anchors(rule)
        if reason:
            return RuleVerdict(None, reason)
        parts = list(self._parts(point, reader, _Range(rule, self._reader.bounds, after, before)))
        return self._result(point, reader, parts)

    def _has_words(self, point: RubricPoint) -> bool:
        language = self._reader.language
        if point.rule is None:
            return True
        demands = (*point.rule.any_of, *point.rule.all_of, *point.rule.none_of)
        own = bool(point.exemplars or point.cues)
        return all(_speaks(demand, language) for demand in demands) and not (
            own and language not in point.exemplars and language not in point.cues
        )

    def _anchors(
        self, rule: CallRule | None
    ) -> tuple[tuple[ConditionHit, ...] | None, tuple[ConditionHit, ...] | None, str]:
        """The hits of both anchors, None where there is none; and why they cannot be told."""
        moments: list[tuple[ConditionHit, ...] | None] = []
        for anchor in (rule.after, rule.before) if rule is not None else (None, None):
            if anchor is None:
                moments.append(None)
                continue
            hits, reason = self._moments(anchor)
            if reason:
                return None, None, reason
            moments.append(hits)
        return moments[0], moments[1], ""

    def _moments(self, anchor: Anchor) -> tuple[tuple[ConditionHit, ...], str]:
        if anchor.point is not None:
            other = self.judge(next(point for point in self._prompt.points if point.id == anchor.point))
            sure = other.result is not None and other.result.state == "covered"
            return (other.hits, "") if sure and other.hits else ((), NO_ANCHOR)
        reader = self._reader.side(anchor.channel)
        if reader is None:
            return (), NO_CALLER
        if anchor.said is None or not _speaks(anchor.said, self._reader.language):
            return (), NO_LANGUAGE
        hits = tuple(hit for hit in reader.hits(anchor.said) if hit.score >= self._covered)
        return hits, "" if hits else NO_ANCHOR

    def _parts(self, point: RubricPoint, reader: SideReader, inside: _Range) -> Sequence[_Part]:
        parts = []
        rule = point.rule
        if point.exemplars or point.cues or rule is None:
            own = tuple(hit for hit in reader.own(point) if inside.holds(hit))
            parts.append(self._needed([own], 1))
        if rule is None:
            return parts

        def met(wanted: Sequence[Condition]) -> list[tuple[ConditionHit, ...]]:
            return [tuple(hit for hit in reader.hits(condition) if inside.holds(hit)) for condition in wanted]

        if rule.any_of:
            parts.append(self._needed(met(rule.any_of), rule.at_least))
        if rule.all_of:
            parts.append(self._needed(met(rule.all_of), len(rule.all_of)))
        if rule.none_of:
            parts.append(self._forbidden(met(rule.none_of)))
        return parts

    def _needed(self, by_condition: Sequence[tuple[ConditionHit, ...]], at_least: int) -> _Part:
        """At least so many of the conditions' hits."""
        best = sorted((max((hit.score for hit in hits), default=0.0) for hits in by_condition), reverse=True)
        score = best[at_least - 1]
        state = self._state(score)
        needed = self._covered if state == "covered" else self._maybe
        good = [[hit for hit in hits if hit.score >= needed] for hits in by_condition]
        return _Part(score, state, _few([hits for hits in good if hits], max(MAX_EVIDENCE, at_least)))

    def _forbidden(self, by_condition: Sequence[tuple[ConditionHit, ...]]) -> _Part:
        worst = max((hit.score for hits in by_condition for hit in hits), default=0.0)
        if worst < self._maybe:
            return _Part(1.0, "covered", ())
        sure = worst >= self._covered
        needed = self._covered if sure else self._maybe
        bad = [[hit for hit in hits if hit.score >= needed] for hits in by_condition]
        hits = _few([few for few in bad if few], MAX_EVIDENCE)
        if sure:
            return _Part(BROKEN_SHARE * (1.0 - worst), "not_heard", hits, broken=True)
        return _Part((1.0 - worst) / 2.0, "maybe", hits, broken=True)

    def _state(self, score: float) -> PointState:
        if score >= self._covered:
            return "covered"
        return "maybe" if score >= self._maybe else "not_heard"

    def _result(self, point: RubricPoint, reader: SideReader, parts: Sequence[_Part]) -> RuleVerdict:
        worst = min(parts, key=lambda part: ("not_heard", "maybe", "covered").index(part.state))
        state = worst.state
        broken = tuple(hit for part in parts if part.broken for hit in part.hits)
        good = tuple(hit for part in parts if not part.broken for hit in part.hits)
        score = min(part.score for part in parts if part.state == state)
        shown = broken or (good if state != "not_heard" else ())
        quotes = tuple(
            Evidence(reader.spoken.quote(hit.start, hit.end), reader.spoken.span(hit.start, hit.end), hit.by)
            for hit in shown
        )
        return RuleVerdict(
            PointResult(point.id, state, score, quotes), hits=good if state != "not_heard" else ()
        )


@dataclass(frozen=True, slots=True)
class _Range:
    """Where the hits of a rule count."""

    rule: CallRule | None
    bounds: tuple[float, float]
    after: tuple[ConditionHit, ...] | None
    before: tuple[ConditionHit, ...] | None

    def holds(self, hit: ConditionHit) -> bool:
        """Whether ``hit`` counts."""
        rule = self.rule
        if rule is None:
            return True
        first, last = self.bounds
        if rule.first_s is not None and hit.at > first + rule.first_s + _EPSILON:
            return False
        if rule.last_s is not None and hit.at < last - rule.last_s - _EPSILON:
            return False
        if self.before is not None and hit.at >= min(moment.begins for moment in self.before):
            return False
        return self.after is None or any(_follows(hit, moment, rule.within_s) for moment in self.after)


def _follows(hit: ConditionHit, moment: ConditionHit, within_s: float | None) -> bool:
    if hit.side == moment.side and hit.start < moment.end and moment.start < hit.end:
        return False
    return hit.at >= moment.begins and (within_s is None or hit.at <= moment.ends + within_s + _EPSILON)


def _speaks(condition: Condition, language: str) -> bool:
    return any(language in words for words in (condition.cues, condition.regex, condition.exemplars))


def _few(by_condition: Sequence[Sequence[ConditionHit]], most: int) -> tuple[ConditionHit, ...]:
    """The best hits, one of each condition first, no two of one place; by their time."""
    ranked = [sorted(hits, key=lambda hit: (-hit.score, hit.at)) for hits in by_condition]
    queue = [hits[0] for hits in ranked] + [hit for hits in ranked for hit in hits[1:]]
    taken: list[ConditionHit] = []
    for hit in queue:
        same = any(
            hit.side == other.side and hit.start < other.end and other.start < hit.end for other in taken
        )
        if not same and len(taken) < most:
            taken.append(hit)
    return tuple(sorted(taken, key=lambda hit: hit.at))
