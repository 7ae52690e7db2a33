"""The rules one by one: every alternative of every pattern catches its example and spares what lies near."""

from __future__ import annotations

import re

import pytest

from voicecoach.rubric.forbidden.rule import Arm, ForbiddenRule, arm, rule
from voicecoach.rubric.forbidden.rules import RULES

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
        assert owner.pattern.search(example)


@pytest.mark.parametrize(("owner", "each"), ALL)
def test_each_arm_spares_the_innocent_wording_that_lies_near(owner: ForbiddenRule, each: Arm) -> None:
    assert each.spares
    assert not re.search(each.pattern, each.spares), owner.name


def test_a_rule_is_told_apart_by_its_code_and_name() -> None:
    for rules in RULES.values():
        names = [(each.code, each.name) for each in rules]
        assert len(names) == len(set(names))


def test_the_wide_nets_come_last_and_are_never_certain() -> None:
    certain = [number for number, each in enumerate(RULES["zh"]) if each.certain]
    nets = [number for number, each in enumerate(RULES["zh"]) if each.name in {"scorn_at_you", "careless"}]
    assert max(certain) < min(nets)


def test_alternatives_are_cut_outside_of_brackets_only() -> None:
    assert alternatives(r"a(?:b|c)|[|]d|\||e") == ["a(?:b|c)", "[|]d", r"\|", "e"]


def test_the_first_arm_that_fits_is_taken() -> None:
    met = rule(
        "rude", "made", arm("a", catches="", spares="c"), arm("ab?", catches="ab", spares="c")
    ).pattern.search("xab")
    assert met is not None
    assert met[0] == "a"
