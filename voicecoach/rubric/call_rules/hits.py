"""Where the conditions of rules hold in what one side said."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from voicecoach.model.prompt import RubricPoint
from voicecoach.rubric.text.patterns import Budget, compiled
from voicecoach.rubric.text.spoken import STRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from voicecoach.model.dialogue import Side
    from voicecoach.model.prompt import Condition, Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.coverage.answer import Answer
    from voicecoach.rubric.coverage.judge import Find
    from voicecoach.rubric.text.conversation import Conversation, SideText
    from voicecoach.rubric.text.cues import CueHit
    from voicecoach.rubric.text.spoken import Clean, SpokenText

CERTAIN: Final = 1.0
"""Score of a cue or a regular expression."""


@dataclass(frozen=True, slots=True)
class ConditionHit:
    """A condition met by ``side`` at the characters ``[start, end)`` of its verbatim text.

    ``begins``, ``ends`` and ``at`` (what is held against windows and anchors) lie on its common scale.
    """

    side: Side
    start: int
    end: int
    begins: float
    ends: float
    at: float
    score: float
    by: str


@dataclass(frozen=True, slots=True, eq=False)
class SideFinds:
    """One side worked out: the cleaned and mended text, and what speaks to every point, by its id."""

    clean: Clean
    answer: Answer
    by_point: Mapping[str, tuple[Find, ...]]


def conditions(point: RubricPoint) -> Iterator[Condition]:
    """All conditions of a point, those of its anchors as well."""
    rule = point.rule
    if rule is None:
        return
    yield from (*rule.any_of, *rule.all_of, *rule.none_of)
    yield from (anchor.said for anchor in (rule.after, rule.before) if anchor is not None and anchor.said)


def with_conditions(prompt: Prompt) -> Prompt:
    """``prompt`` with a point of its own for every condition that is matched by meaning."""
    more = {
        _name(condition): RubricPoint(_name(condition), {}, exemplars=condition.exemplars)
        for point in prompt.points
        for condition in conditions(point)
        if condition.exemplars
    }
    return replace(prompt, points=(*prompt.points, *more.values())) if more else prompt


def _name(condition: Condition) -> str:
    """No id of a point looks like this."""
    return "~" + repr(sorted(condition.exemplars.items()))


class SideReader:
    """Finds hits in one side of a conversation."""

    def __init__(self, side: Side, text: SideText, finds: SideFinds | None, language: Language) -> None:
        """``finds`` None: this side said nothing."""
        self.spoken: SpokenText = text.spoken
        self._side: Side = side
        self._text = text
        self._known = finds
        self._language: Language = language

    def hits(self, condition: Condition) -> tuple[ConditionHit, ...]:
        """Where ``condition`` holds. Raises PatternTimeError."""
        if self._known is None:
            return ()
        return (*self._cues(self._known, condition), *self._matches(self._known, condition)) + (
            self._by_meaning(self._known, _name(condition)) if condition.exemplars else ()
        )

    def own(self, point: RubricPoint) -> tuple[ConditionHit, ...]:
        """Where the cues and exemplars of ``point`` itself are met."""
        return () if self._known is None else self._by_meaning(self._known, point.id)

    def _cues(self, finds: SideFinds, condition: Condition) -> Iterator[ConditionHit]:
        answer = finds.answer
        for hit in answer.matcher.hits(condition.cues.get(self._language, ())):
            if not _denied(answer, hit):
                yield self._certain(finds, hit.start, hit.end, f"cue:{hit.cue}")

    def _matches(self, finds: SideFinds, condition: Condition) -> Iterator[ConditionHit]:
        pattern = condition.regex.get(self._language)
        if pattern is None:
            return
        unless = condition.unless.get(self._language)
        text = finds.answer.text
        matching, excluding = Budget(), Budget()
        for start, end in _sentences(finds.clean):
            if unless is not None and compiled(unless).found(text, start, end, excluding):
                continue
            for first, last in compiled(pattern).spans(text, start, end, matching):
                yield self._certain(finds, first, last, f"regex:{pattern}")

    def _by_meaning(self, finds: SideFinds, name: str) -> tuple[ConditionHit, ...]:
        return tuple(
            self._hit(
                finds,
                find.window.start,
                find.window.end,
                find.at,
                1.0 / (1.0 + math.exp(-find.logit)),
                find.by,
            )
            for find in finds.by_point.get(name, ())
        )

    def _certain(self, finds: SideFinds, start: int, end: int, by: str) -> ConditionHit:
        """A hit with its clause for a quote; its time is that of the words themselves."""
        clause = finds.answer.clause_around(start, end)
        hit = self._hit(finds, clause.start, clause.end, start, CERTAIN, by)
        first, last = finds.clean.offsets[start], finds.clean.offsets[end - 1]
        return replace(hit, begins=self._text.begins[first], ends=self._text.ends[last])

    def _hit(self, finds: SideFinds, start: int, end: int, at: float, score: float, by: str) -> ConditionHit:
        offsets = finds.clean.offsets
        first, last = offsets[start], offsets[end - 1]
        return ConditionHit(
            self._side,
            first,
            last + 1,
            self._text.begins[first],
            self._text.ends[last],
            self._text.begins[offsets[min(int(at), len(offsets) - 1)]],
            score,
            by,
        )


class ConversationReader:
    """Both sides of a conversation, each worked out when first asked for."""

    def __init__(
        self,
        conversation: Conversation,
        finds_in: Callable[[SpokenText], SideFinds | None],
        language: Language,
    ) -> None:
        self.timed = conversation.timed
        self.bounds = conversation.bounds()
        self.language: Language = language
        self._conversation = conversation
        self._finds_in = finds_in
        self._sides: dict[Side, SideReader] = {}

    def side(self, side: Side) -> SideReader | None:
        """The reader of one side; None when nothing is known of it."""
        text = self._conversation.side(side)
        if text is None:
            return None
        if side not in self._sides:
            self._sides[side] = SideReader(side, text, self._finds_in(text.spoken), self.language)
        return self._sides[side]


def _denied(answer: Answer, hit: CueHit) -> bool:
    """Whether a cue is denied by a negator outside of it."""
    return any(
        negation.denies(hit.start, hit.end)
        for negation in answer.negations
        if not (hit.start <= negation.start and negation.end <= hit.end)
    )


def _sentences(clean: Clean) -> Iterator[tuple[int, int]]:
    """The sentences of a cleaned text: between full stops and long pauses."""
    cuts = sorted(clean.pauses | {index + 1 for index, mark in enumerate(clean.text) if mark == STRONG})
    start = 0
    for end in (*cuts, len(clean.text)):
        if end > start:
            yield start, end
        start = end
