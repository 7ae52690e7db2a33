"""Rules of a call form in a prompt pack: what pydantic cannot see, and the checked keys as values.

Documented in ``docs/prompt-schema.md``. Works on the plain values of the file, which may be faulty anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.adapters.packs.faults import no_such_point
from voicecoach.adapters.packs.models import phrases, texts
from voicecoach.adapters.packs.yaml_lines import Document, Fault, KeyPath
from voicecoach.model.prompt import Anchor, CallRule, Condition
from voicecoach.rubric.text.patterns import Budget, compiled, hard_for
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voicecoach.adapters.packs.models import (
        AnchorModel,
        ConditionModel,
        PointModel,
    )
    from voicecoach.model.dialogue import Side

    Values = Mapping[str, object]
    """Keys of the file with whatever values they have there."""

LISTS = ("any", "all", "none")
MEANS = ("cues", "regex", "exemplars")
"""What a condition may be met by."""


def rule_of(point: PointModel) -> CallRule | None:
    """The rule of a checked point; None for one that may be met anywhere in the answer."""
    keys = (point.channel, point.window, point.any_of, point.all_of, point.none_of, point.anchors)
    if all(key is None for key in keys):
        return None
    channel: Side = point.channel or "agent"
    window, anchors = point.window, point.anchors
    return CallRule(
        channel=channel,
        first_s=window.first_s if window else None,
        last_s=window.last_s if window else None,
        any_of=tuple(map(_condition, point.any_of or ())),
        at_least=point.at_least or 1,
        all_of=tuple(map(_condition, point.all_of or ())),
        none_of=tuple(map(_condition, point.none_of or ())),
        after=_anchor(anchors.after, channel) if anchors else None,
        before=_anchor(anchors.before, channel) if anchors else None,
        within_s=anchors.within_s if anchors else None,
    )


def _anchor(model: AnchorModel | None, channel: Side) -> Anchor | None:
    if model is None:
        return None
    said = None if model.point else _condition(model)
    return Anchor(model.point, said, model.channel or channel)


def _condition(model: ConditionModel) -> Condition:
    return Condition(
        cues=phrases(model.cues),
        regex=texts(model.regex),
        unless=texts(model.unless),
        exemplars=phrases(model.exemplars),
    )


def rule_faults(prompt: Values, path: KeyPath, document: Document) -> Iterator[Fault]:
    """Faults of the rules of one prompt's points; ``path`` is the prompt's."""
    points = prompt.get("points")
    named = {
        point["id"]: point
        for point in (points if isinstance(points, list) else ())
        if isinstance(point, dict) and isinstance(point.get("id"), str)
    }
    for index, point in enumerate(points if isinstance(points, list) else ()):
        if isinstance(point, dict):
            checker = _Checker(document, (*path, "points", index))
            yield from checker.point(point)
            yield from checker.anchors(point, named)


class _Checker:
    """Looks for the faults of one point."""

    def __init__(self, document: Document, path: KeyPath) -> None:
        self._document = document
        self._path = path

    def _fault(self, told: Message | str, *keys: str | int) -> Fault:
        """What is ``told``, by its code where there are no facts, at the ``keys`` inside the point."""
        where = (*self._path, *keys)
        return Fault(self._document.line(where), where, Message(told) if isinstance(told, str) else told)

    def point(self, point: Values) -> Iterator[Fault]:
        """Whether it can be met at all, and its window and conditions."""
        if "exemplars" not in point and not any(key in point for key in LISTS):
            yield self._fault("pack-exemplars-missing", "exemplars")
        if point.get("severity") == "note" and point.get("fatal") is True:
            yield self._fault("pack-fatal-note", "severity")
        window = point.get("window")
        if isinstance(window, dict) and len(window.keys() & {"first_s", "last_s"}) != 1:
            yield self._fault("pack-window-unclear", "window")
        at_least, listed = point.get("at_least"), point.get("any")
        if at_least is not None and not isinstance(listed, list):
            yield self._fault("pack-at-least-alone", "at_least")
        elif isinstance(at_least, int) and isinstance(listed, list) and at_least > len(listed):
            told = Message("pack-at-least-many", {"n": at_least, "most": len(listed)})
            yield self._fault(told, "at_least")
        for key in LISTS:
            conditions = point.get(key)
            for index, condition in enumerate(conditions if isinstance(conditions, list) else ()):
                if isinstance(condition, dict):
                    yield from self._condition(condition, key, index)

    def _condition(self, condition: Values, *keys: str | int) -> Iterator[Fault]:
        if not any(means in condition for means in MEANS):
            told = Message("pack-condition-empty", {"means": ", ".join(MEANS)})
            yield self._fault(told, *keys)
        if "unless" in condition and "regex" not in condition:
            yield self._fault("pack-unless-alone", *keys, "unless")
        for name in ("regex", "unless"):
            patterns = condition.get(name)
            for language, pattern in (patterns if isinstance(patterns, dict) else {}).items():
                if isinstance(pattern, str):
                    yield from self._pattern(pattern, *keys, name, language)

    def _pattern(self, pattern: str, *keys: str | int) -> Iterator[Fault]:
        try:
            always = compiled(pattern).found("", 0, 0, Budget())
            hard = hard_for(pattern)
        except re.error as exc:
            if exc.pos is None:
                yield self._fault(Message("pack-no-regex", {"cause": exc.msg}), *keys)
            else:
                yield self._fault(Message("pack-no-regex-at", {"cause": exc.msg, "at": exc.pos + 1}), *keys)
            return
        if always:
            yield self._fault("pack-regex-always", *keys)
        if hard is not None:
            yield self._fault(Message("pack-regex-slow", {"n": len(hard)}), *keys)

    def anchors(self, point: Values, named: Mapping[str, Values]) -> Iterator[Fault]:
        """Whether the moments that it counts from can come."""
        anchors = point.get("anchors")
        if not isinstance(anchors, dict):
            return
        if not anchors.keys() & {"after", "before"}:
            yield self._fault("pack-anchors-empty", "anchors")
        if "within_s" in anchors and "after" not in anchors:
            yield self._fault("pack-within-alone", "anchors", "within_s")
        for side in ("after", "before"):
            anchor = anchors.get(side)
            if not isinstance(anchor, dict):
                continue
            means = any(key in anchor for key in MEANS)
            if ("point" in anchor) == means:
                yield self._fault("pack-anchor-unclear", "anchors", side)
            elif means:
                yield from self._condition(anchor, "anchors", side)
            elif isinstance(anchor["point"], str):
                yield from self._anchor_point(point, anchor["point"], named, "anchors", side, "point")

    def _anchor_point(
        self,
        point: Values,
        other: str,
        named: Mapping[str, Values],
        *keys: str,
    ) -> Iterator[Fault]:
        if other not in named:
            yield self._fault(no_such_point(other, list(named)), *keys)
        elif set(named[other]) & {*LISTS, "exemplars"} == {"none"}:
            yield self._fault(Message("pack-anchor-without-moment", {"point": repr(other)}), *keys)
        elif _leads_to(other, point.get("id"), named):
            yield self._fault(Message("pack-anchors-circle", {"point": repr(other)}), *keys)


def _leads_to(start: str, goal: object, named: Mapping[str, Values]) -> bool:
    """Whether the anchors lead from the point ``start`` to the point ``goal``."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at in seen:
            continue
        seen.add(at)
        anchors = named.get(at, {}).get("anchors")
        for side in ("after", "before"):
            anchor = anchors.get(side) if isinstance(anchors, dict) else None
            if isinstance(anchor, dict) and isinstance(anchor.get("point"), str):
                waiting.append(anchor["point"])
    return False
