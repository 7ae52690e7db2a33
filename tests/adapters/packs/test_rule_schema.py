"""Rules in a pack: what they become, and every fault told with line, key and remedy."""

# ruff: noqa: E501 - the table of faults has one a line
from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.packs.cache import read_pack_cached
from voicecoach.adapters.packs.library import FilePromptLibrary
from voicecoach.adapters.packs.pack import read_pack
from voicecoach.model.prompt import Anchor, CallRule, Condition, Prompt

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
schema: voicecoach.prompts/1
pack: demo
version: "1"
title: {zh: 演示}
prompts:
  - id: call
    kind: caller
    text: {zh: 来电}
    target_s: [5, 600]
    points:
      - id: calm
        label: {zh: 安抚}
        severity: minor
        channel: caller
        window: {first_s: 15}
        at_least: 2
        any:
          - cues: {zh: [您好, 请问], en: [hello]}
          - {regex: {zh: '订单.{0,3}号'}, unless: {zh: 没有}}
        all: [{exemplars: {zh: [我理解您]}}]
        none: [{regex: {zh: 保证, en: promise}}]
        anchors:
          after: {channel: caller, cues: {zh: [投诉]}}
          before: {point: solve}
          within_s: 10
      - id: solve
        label: {zh: 解决}
        severity: fatal
        exemplars: {zh: [我让站点先送]}
      - id: quiet
        label: {zh: 不说}
        none: [{cues: {zh: [不归我管]}}]
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def write(folder: Path, text: str) -> Path:
    path = folder / "demo.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def prompt_of(folder: Path, text: str) -> Prompt:
    pack, faults = read_pack(write(folder, text))
    assert pack, faults
    return pack.prompts[0]


def test_a_rule_is_read_whole(tmp_path: Path) -> None:
    calm, solve, quiet = prompt_of(tmp_path, GOOD).points
    assert calm.rule == CallRule(
        channel="caller",
        first_s=15.0,
        any_of=(
            Condition(cues={"zh": ("您好", "请问"), "en": ("hello",)}),
            Condition(regex={"zh": "订单.{0,3}号"}, unless={"zh": "没有"}),
        ),
        at_least=2,
        all_of=(Condition(exemplars={"zh": ("我理解您",)}),),
        none_of=(Condition(regex={"zh": "保证", "en": "promise"}),),
        after=Anchor(None, Condition(cues={"zh": ("投诉",)}), "caller"),
        before=Anchor("solve", None, "caller"),
        within_s=10.0,
    )
    assert calm.rule.timed
    assert (calm.severity, calm.fatal, calm.counts) == ("minor", False, True)
    assert (solve.severity, solve.fatal, solve.rule) == ("fatal", True, None)
    assert quiet.rule == CallRule(none_of=(Condition(cues={"zh": ("不归我管",)}),))
    assert not quiet.rule.timed
    assert (quiet.severity, quiet.exemplars) == ("major", {})


def test_a_note_does_not_count_and_fatal_is_grave(tmp_path: Path) -> None:
    note = prompt_of(tmp_path, GOOD.replace("minor", "note")).points[0]
    assert not note.counts
    fatal = prompt_of(tmp_path, GOOD.replace("severity: minor", "fatal: true")).points[0]
    assert (fatal.severity, fatal.fatal) == ("fatal", True)


def test_a_last_window(tmp_path: Path) -> None:
    rule = prompt_of(tmp_path, GOOD.replace("first_s: 15", "last_s: 20")).points[0].rule
    assert rule
    assert (rule.first_s, rule.last_s) == (None, 20.0)


def test_a_rule_comes_out_of_the_cache_as_it_went_in(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    first, _ = read_pack_cached(path)
    again, _ = read_pack_cached(path)
    assert first
    assert again
    assert again is not first
    assert again.prompts == first.prompts
    assert asdict(again.prompts[0]) == asdict(first.prompts[0])
    assert FilePromptLibrary([tmp_path]).prompt("call") == first.prompts[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity: minor", "severity: grave", "13: prompts.call.points.calm.severity: 'grave' is not allowed here; use one of note, minor, major, fatal"),
        ("severity: minor", "severity: note\n        fatal: true", "13: prompts.call.points.calm.severity: a fatal point is no note; remove one of them"),
        ("channel: caller\n", "channel: callr\n", "14: prompts.call.points.calm.channel: 'callr' is not allowed here; did you mean 'caller'?"),
        ("{first_s: 15}", "{first_s: 15, last_s: 9}", "15: prompts.call.points.calm.window: a window is either first_s or last_s; write {first_s: 15}"),
        ("{first_s: 15}", "{}", "15: prompts.call.points.calm.window: a window is either first_s or last_s"),
        ("{first_s: 15}", "{first_s: 0}", "15: prompts.call.points.calm.window.first_s: must be > 0, got 0"),
        ("{first_s: 15}", "{first_s: 4000}", "15: prompts.call.points.calm.window.first_s: must be <= 3600, got 4000"),
        ("{first_s: 15}", "{first: 15}", "15: prompts.call.points.calm.window.first: there is no such key in a window; did you mean 'first_s'?"),
        ("{first_s: 15}", "15", "15: prompts.call.points.calm.window: must be a set of keys, got 15"),
        ("at_least: 2", "at_least: 0", "16: prompts.call.points.calm.at_least: must be >= 1, got 0"),
        ("at_least: 2", "at_least: 3", "16: prompts.call.points.calm.at_least: 3 of 2 conditions can never hold; write at most 2"),
        ("        none: [{cues: {zh: [不归我管]}}]", "        none: [{cues: {zh: [不归我管]}}]\n        at_least: 1", "33: prompts.call.points.quiet.at_least: at_least needs a list any; add any: [...]"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "cues: {zh: [好]}", "18: prompts.call.points.calm.any[0].cues.zh[0]: 1 characters, at least 2"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "cues: {en: [hello]}", "18: prompts.call.points.calm.any[0].cues.zh: this key is missing; add the Mandarin text"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "cue: {zh: [您好]}", "18: prompts.call.points.calm.any[0].cue: there is no such key in a condition; did you mean 'cues'?"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "unless: {zh: 没有}", "18: prompts.call.points.calm.any[0]: a condition holds nothing to look for; give it cues, regex, exemplars"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "{cues: {zh: [您好]}, unless: {zh: 没有}}", "18: prompts.call.points.calm.any[0].unless: unless excludes matches of a regex; add regex, or remove it"),
        ("cues: {zh: [您好, 请问], en: [hello]}", "您好", "18: prompts.call.points.calm.any[0]: must be a set of keys, got '您好'"),
        ("'订单.{0,3}号'", "'订单(号'", "19: prompts.call.points.calm.any[1].regex.zh: this is no regular expression: missing ), unterminated subpattern at character 3; see docs/"),
        ("'订单.{0,3}号'", "'(订单)*'", "19: prompts.call.points.calm.any[1].regex.zh: this pattern matches the empty text, so it always holds; use + for *"),
        ("'订单.{0,3}号'", "'(?:好|好好)+了(?!吗)'", "19: prompts.call.points.calm.any[1].regex.zh: this pattern takes ever longer: 50 characters"),
        ("'订单.{0,3}号'", "'订{99999999999}'", "19: prompts.call.points.calm.any[1].regex.zh: this is no regular expression: the repetition number is too large"),
        ("'订单.{0,3}号'", "''", "19: prompts.call.points.calm.any[1].regex.zh: 0 characters, at least 1"),
        ("'订单.{0,3}号'", "'" + "订" * 201 + "'", "19: prompts.call.points.calm.any[1].regex.zh: 201 characters, at most 200"),
        ("{zh: '订单.{0,3}号'}", "订单", "19: prompts.call.points.calm.any[1].regex: must be a set of keys, got '订单'"),
        ("{zh: '订单.{0,3}号'}", "{zh: 订单, de: Auftrag}", "19: prompts.call.points.calm.any[1].regex.de: there is no such key in a regex; known keys: zh, en"),
        ("unless: {zh: 没有}", "unless: {zh: '['}", "19: prompts.call.points.calm.any[1].unless.zh: this is no regular expression"),
        ("[{exemplars: {zh: [我理解您]}}]", "[]", "20: prompts.call.points.calm.all: 0 items, at least 1"),
        ("[{exemplars: {zh: [我理解您]}}]", "{}", "20: prompts.call.points.calm.all: must be a list"),
        ("[{regex: {zh: 保证, en: promise}}]", "[" + ", ".join(["{regex: {zh: 保证}}"] * 21) + "]", "21: prompts.call.points.calm.none: 21 items, at most 20"),
        ("          after: {channel: caller, cues: {zh: [投诉]}}\n          before: {point: solve}\n", "", "22: prompts.call.points.calm.anchors: anchors need after or before; write after: {point: ID}"),
        ("          after: {channel: caller, cues: {zh: [投诉]}}\n", "", "24: prompts.call.points.calm.anchors.within_s: within_s counts from after; add after, or use window"),
        ("after: {channel: caller, cues: {zh: [投诉]}}", "after: {channel: caller}", "23: prompts.call.points.calm.anchors.after: an anchor is either a point or something said; write {point: ID}"),
        ("after: {channel: caller, cues: {zh: [投诉]}}", "after: {point: solve, cues: {zh: [投诉]}}", "23: prompts.call.points.calm.anchors.after: an anchor is either a point or something said"),
        ("after: {channel: caller, cues: {zh: [投诉]}}", "after: {regex: {zh: '('}}", "23: prompts.call.points.calm.anchors.after.regex.zh: this is no regular expression"),
        ("after: {channel: caller, cues: {zh: [投诉]}}", "after: {cue: {zh: [投诉]}}", "23: prompts.call.points.calm.anchors.after.cue: there is no such key in a moment; did you mean 'cues'?"),
        ("after: {channel: caller, cues: {zh: [投诉]}}", "after: 投诉", "23: prompts.call.points.calm.anchors.after: must be a set of keys, got '投诉'"),
        ("{point: solve}", "{point: slove}", "24: prompts.call.points.calm.anchors.before.point: there is no point 'slove' in this prompt; did you mean 'solve'?"),
        ("{point: solve}", "{point: xyz}", "24: prompts.call.points.calm.anchors.before.point: there is no point 'xyz' in this prompt; use ids of its points"),
        ("{point: solve}", "{point: calm}", "24: prompts.call.points.calm.anchors.before.point: the anchors go round in a circle by 'calm'; cut it at one point"),
        ("{point: solve}", "{point: quiet}", "24: prompts.call.points.calm.anchors.before.point: the point 'quiet' is met by what is not said, which has no moment; anchor to another"),
        ("{zh: [我让站点先送]}", "{zh: [我让站点先送]}\n        anchors: {after: {point: calm}}", "24: prompts.call.points.calm.anchors.before.point: the anchors go round in a circle by 'solve'"),
        ("within_s: 10", "within_s: -1", "25: prompts.call.points.calm.anchors.within_s: must be > 0, got -1"),
        ("within_s: 10", "within: 10", "25: prompts.call.points.calm.anchors.within: there is no such key in a set of anchors; did you mean 'within_s'?"),
        ("        none: [{cues: {zh: [不归我管]}}]\n", "", "30: prompts.call.points.quiet.exemplars: this key is missing; add `exemplars:` to this point, or a rule (any, all, none)"),
        ("        exemplars: {zh: [我让站点先送]}\n", "", "26: prompts.call.points.solve.exemplars: this key is missing"),
        ("within_s: 10", "within_s: 10\n        regex: {zh: 好}", "26: prompts.call.points.calm.regex: this key belongs into a condition, such as any: [{regex: {zh: ...}}]; move it there"),
        ("within_s: 10", "within_s: 10\n        match: all", "26: prompts.call.points.calm.match: this key is reserved for call scoring and not read yet; remove it"),
    ],
)  # fmt: skip
def test_faults_name_line_key_and_remedy(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    pack, faults = read_pack(write(tmp_path, GOOD.replace(old, new, 1)))
    assert pack is None
    told = [str(problem).removeprefix(f"{tmp_path}/demo.yaml:") for problem in faults]
    assert [line for line in told if line.startswith(expected)], told


@pytest.mark.parametrize(
    "broken",
    [
        "points: 5",
        "points: [5, {id: 7}]",
        "points:\n      - {id: a, any: 5, window: 5, anchors: 5, at_least: x}",
        "points:\n      - {id: a, any: [5, {regex: 5}, {regex: {zh: 5}}], anchors: {after: 5, before: {point: 5}}}",
        "points:\n      - {id: a, anchors: {after: {point: b}}}\n      - {id: b, anchors: 5}",
        "points:\n      - {id: a, anchors: {after: {point: b}}}\n      - {id: b, anchors: {after: {point: c}}}\n      - {id: c, anchors: {before: {point: b}}}",
    ],
)
def test_a_file_that_is_wrong_throughout_is_told_not_crashed_on(tmp_path: Path, broken: str) -> None:
    head = GOOD.partition("    points:")[0]
    pack, faults = read_pack(write(tmp_path, f"{head}    {broken}\n"))
    assert pack is None
    assert faults
