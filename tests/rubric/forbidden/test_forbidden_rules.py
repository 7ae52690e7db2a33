"""The rules one by one: every alternative of every pattern catches its example and spares what lies near."""

from __future__ import annotations

import re

import pytest

from voicecoach.rubric.forbidden.rule import Arm, ForbiddenRule, arm, rule
from voicecoach.rubric.forbidden.rules import RULES
from voicecoach.rubric.forbidden.wide_nets import WIDE_NETS

ALL = [
    pytest.param(owner, each, id=f"{owner.code}-{owner.name}-{number}")
    for rules in RULES.values()
    for owner in rules
    for number, each in enumerate(owner.arms)
]
META = re.compile(r"[\[\](){}?*+|\\.^$]")


def alternatives(pattern: str) -> list[str]:
    """The pattern cut at the bars that stand in no bracket."""
    parts, depth, start, in_class = [], 0, 0, False
    for at, mark in enumerate(pattern):
        if pattern[at - 1 : at] == "\\":
            continue
        if in_class:
            in_class = mark != "]"
        elif mark == "[":
            in_class = True
        elif mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


@pytest.mark.parametrize(("owner", "each"), ALL)
def test_each_alternative_has_an_example_that_it_catches(owner: ForbiddenRule, each: Arm) -> None:
    patterns = [part for part in alternatives(each.pattern) if META.search(part)]
    assert len(patterns) == len(each.catches), patterns
    for pattern, example in zip(patterns, each.catches, strict=True):
        assert re.search(pattern, example), (pattern, example)
        assert any(each.compiled.search(example) for each in owner.arms)


@pytest.mark.parametrize(("owner", "each"), ALL)
def test_each_arm_spares_the_innocent_wording_that_lies_near(owner: ForbiddenRule, each: Arm) -> None:
    assert each.spares
    assert not re.search(each.pattern, each.spares), owner.name


def test_a_rule_is_told_apart_by_its_code_and_name() -> None:
    for rules in RULES.values():
        names = [(each.code, each.name) for each in rules]
        assert len(names) == len(set(names))


def test_wide_nets_are_never_certain() -> None:
    assert {each.certain for rule in WIDE_NETS for each in rule.arms} == {"never"}


def test_alternatives_are_cut_outside_of_brackets_only() -> None:
    assert alternatives(r"a(?:b|c)|[|]d|\||e") == ["a(?:b|c)", "[|]d", r"\|", "e"]


def test_an_arm_is_certain_as_its_rule_unless_it_says_otherwise() -> None:
    own, plain = rule(
        "rude", "made", arm("a", catches="", spares="c", certain="never"), arm("b", catches="", spares="c"),
        certain="alone",
    ).arms  # fmt: skip
    assert (own.certain, plain.certain) == ("never", "alone")


@pytest.mark.parametrize(
    ("pattern", "open_ended"),
    [("爱[^，。]{0,4}", True), ("(?:爱(?:谁|[^，。]{0,4}))", True), ("爱谁谁", False), ("爱{1,2}", False)],
)
def test_a_filler_at_the_end_leaves_an_arm_open(pattern: str, *, open_ended: bool) -> None:
    assert arm(pattern, catches="", spares="").open_ended is open_ended
