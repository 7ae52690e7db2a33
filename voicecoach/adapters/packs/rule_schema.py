"""Rules of a call form in a prompt pack: what pydantic cannot see, and the checked keys as values.

Documented in ``docs/prompt-schema.md``. Works on the plain values of the file, which may be faulty anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from voicecoach.adapters.packs.faults import near_miss
from voicecoach.adapters.packs.yaml_lines import Document, Fault, KeyPath
from voicecoach.model.prompt import Anchor, CallRule, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voicecoach.adapters.packs.models import (
        AnchorModel,
        ConditionModel,
        CuesModel,
        PointModel,
        RegexModel,
        SentencesModel,
    )
    from voicecoach.model.dialogue import Side

LISTS = ("any", "all", "none")
MEANS = ("cues", "regex", "exemplars")
"""What a condition may be met by."""
SEE = "see docs/prompt-schema.md, Rules of a call form"


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
        cues=_phrases(model.cues),
        regex=_patterns(model.regex),
        unless=_patterns(model.unless),
        exemplars=_phrases(model.exemplars),
    )


def _phrases(model: CuesModel | SentencesModel | None) -> dict[str, tuple[str, ...]]:
    if model is None:
        return {}
    return {"zh": tuple(model.zh)} | ({"en": tuple(model.en)} if model.en else {})


def _patterns(model: RegexModel | None) -> dict[str, str]:
    if model is None:
        return {}
    return {"zh": model.zh} | ({"en": model.en} if model.en else {})


def rule_faults(prompt: Mapping[str, object], path: KeyPath, document: Document) -> Iterator[Fault]:
    """Faults of the rules of one prompt's points; ``path`` is the prompt's."""
    points = prompt.get("points")
    named = {
        one["id"]: one
        for one in (points if isinstance(points, list) else ())
        if isinstance(one, dict) and isinstance(one.get("id"), str)
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

    def _fault(self, what: str, remedy: str, *keys: str | int) -> Fault:
        where = (*self._path, *keys)
        return Fault(self._document.line(where), where, what, remedy)

    def point(self, point: Mapping[str, Any]) -> Iterator[Fault]:
        """Whether it can be met at all, and its window and conditions."""
        if "exemplars" not in point and not any(key in point for key in LISTS):
            yield self._fault(
                "this key is missing",
                "add `exemplars:` to this point, or a rule (any, all, none)",
                "exemplars",
            )
        if point.get("severity") == "note" and point.get("fatal") is True:
            yield self._fault("a fatal point is no note", "remove one of them", "severity")
        window = point.get("window")
        if isinstance(window, dict) and len(window.keys() & {"first_s", "last_s"}) != 1:
            yield self._fault("a window is either first_s or last_s", "write {first_s: 15}", "window")
        at_least, listed = point.get("at_least"), point.get("any")
        if at_least is not None and not isinstance(listed, list):
            yield self._fault("at_least needs a list any", "add any: [...]", "at_least")
        elif isinstance(at_least, int) and isinstance(listed, list) and at_least > len(listed):
            what = f"{at_least} of {len(listed)} conditions can never hold"
            yield self._fault(what, f"write at most {len(listed)}", "at_least")
        for key in LISTS:
            conditions = point.get(key)
            for index, condition in enumerate(conditions if isinstance(conditions, list) else ()):
                if isinstance(condition, dict):
                    yield from self._condition(condition, key, index)

    def _condition(self, condition: Mapping[str, Any], *keys: str | int) -> Iterator[Fault]:
        if not any(means in condition for means in MEANS):
            yield self._fault("a condition holds nothing to look for", f"give it {', '.join(MEANS)}", *keys)
        if "unless" in condition and "regex" not in condition:
            yield self._fault(
                "unless excludes matches of a regex", "add regex, or remove it", *keys, "unless"
            )
        for name in ("regex", "unless"):
            patterns = condition.get(name)
            for language, pattern in (patterns if isinstance(patterns, dict) else {}).items():
                if isinstance(pattern, str):
                    yield from self._pattern(pattern, *keys, name, language)

    def _pattern(self, pattern: str, *keys: str | int) -> Iterator[Fault]:
        try:
            found = re.compile(pattern).search("")
        except re.error as exc:
            at = "" if exc.pos is None else f" at character {exc.pos + 1}"
            yield self._fault(f"this is no regular expression: {exc.msg}{at}", SEE, *keys)
            return
        if found:
            yield self._fault("this pattern matches the empty text, so it always holds", "use + for *", *keys)

    def anchors(self, point: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
        """Whether the moments that it counts from can come."""
        anchors = point.get("anchors")
        if not isinstance(anchors, dict):
            return
        if not anchors.keys() & {"after", "before"}:
            yield self._fault("anchors need after or before", "write after: {point: ID}", "anchors")
        if "within_s" in anchors and "after" not in anchors:
            yield self._fault("within_s counts from after", "add after, or use window", "anchors", "within_s")
        for side in ("after", "before"):
            anchor = anchors.get(side)
            if not isinstance(anchor, dict):
                continue
            means = any(key in anchor for key in MEANS)
            if ("point" in anchor) == means:
                yield self._fault(
                    "an anchor is either a point or something said",
                    "write {point: ID} or {cues: {zh: [...]}}",
                    "anchors",
                    side,
                )
            elif means:
                yield from self._condition(anchor, "anchors", side)
            elif isinstance(anchor["point"], str):
                yield from self._anchor_point(point, anchor["point"], named, "anchors", side, "point")

    def _anchor_point(
        self,
        point: Mapping[str, Any],
        other: str,
        named: Mapping[str, Mapping[str, Any]],
        *keys: str,
    ) -> Iterator[Fault]:
        if other not in named:
            remedy = near_miss(other, list(named)) or f"use ids of its points: {list(named)}"
            yield self._fault(f"there is no point {other!r} in this prompt", remedy, *keys)
        elif set(named[other]) & {*LISTS, "exemplars"} == {"none"}:
            what = f"the point {other!r} is met by what is not said, which has no moment"
            yield self._fault(what, "anchor to another point", *keys)
        elif _leads_to(other, point.get("id"), named):
            yield self._fault(f"the anchors go round in a circle by {other!r}", "cut it at one point", *keys)


def _leads_to(start: str, goal: object, named: Mapping[str, Mapping[str, Any]]) -> bool:
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
