"""Rules that can never hold are told at their line; a pack that is in order hears nothing."""

# ruff: noqa: E501 - the table of weak rules has one a line
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import FakeProgress

from voicecoach.adapters.packs.library import bundled_folder, pack_files, read_packs
from voicecoach.adapters.packs.pack import read_pack
from voicecoach.app.setup.pack_check import weaknesses
from voicecoach.app.setup.rule_check import rule_warnings
from voicecoach.rubric.text.pattern_syntax import dead_part
from voicecoach.words.catalogue import languages

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.pack import Problem

SENTENCES = "[我特别理解您的心情, 等这么久谁都着急, 换成是我也会生气, 让您久等是我们不好, 真的很抱歉耽误您, 您先消消气我来办]"
PACK = """\
schema: voicecoach.prompts/1
pack: weak
version: "1"
title: {zh: 规则}
prompts:
  - id: call
    kind: caller
    text: {zh: 来电}
    target_s: [5, 600]
    points:
      - id: it
        label: {zh: 要点}
"""


def warnings_of(rule: str, folder: Path) -> list[Problem]:
    path = folder / "weak.yaml"
    path.write_text(PACK + "".join(f"        {line}\n" for line in rule.splitlines()), encoding="utf-8")
    pack, problems = read_pack(path)
    assert pack, problems
    return list(weaknesses([pack], encoder=None, progress=FakeProgress()))


@pytest.mark.parametrize(
    ("rule", "line", "key", "code"),
    [
        ("any:\n  - cues: {zh: [您好，很高兴, 谢谢]}", 14, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any:\n  - cues: {zh: [您好、请问]}", 14, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any: [{cues: {zh: [抱歉；对不起]}}]", 13, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any: [{cues: {zh: [抱歉/对不起]}}]", 13, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any: [{cues: {zh: ['抱歉,对不起']}}]", 13, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any: [{cues: {zh: [抱歉|对不起]}}]", 13, "any[0].cues.zh[0]", "check-cue-mark"),
        ("any: [{cues: {zh: [抱歉\u3000对不起]}}]", 13, "any[0].cues.zh[0]", "check-cue-blank"),
        ("any: [{cues: {zh: [抱歉\n          对不起]}}]", 13, "any[0].cues.zh[0]", "check-cue-blank"),
        ("any: [{cues: {zh: [谢谢], en: [thank you，bye]}}]", 13, "any[0].cues.en[0]", "check-cue-mark"),
        ("any: [{cues: {zh: [谢谢], en: [谢谢]}}]", 13, "any[0].cues.en[0]", "check-cue-empty"),
        ("any: [{cues: {zh: [嗯嗯]}}]", 13, "any[0].cues.zh[0]", "check-cue-empty"),
        ("any: [{cues: {zh: [那个]}}]", 13, "any[0].cues.zh[0]", "check-cue-empty"),
        ("any: [{cues: {zh: [……]}}]", 13, "any[0].cues.zh[0]", "check-cue-empty"),
        ("any: [{cues: {zh: [谢谢, 谢谢]}}]", 13, "any[0].cues.zh[1]", "check-cue-twice"),
        (f"exemplars: {{zh: {SENTENCES}}}\ncues:\n  zh:\n    - 谢谢\n    - 您好，请问", 17, "cues.zh[1]", "check-cue-mark"),
        ("any: [{regex: {zh: '您好！'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '您好(、|：)请问'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '“您好”'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '您好,请问'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '您好 请问'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '您好[？！]'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: 'ＡＢＣ'}}]", 13, "any[0].regex.zh", "check-pattern-never"),
        ("any: [{regex: {zh: '保證|承諾'}}]", 13, "any[0].regex.zh", "check-pattern-traditional"),
        ("any: [{regex: {zh: '保证(今天|)到'}}]", 13, "any[0].regex.zh", "check-pattern-empty"),
        ("any: [{regex: {zh: '保证(?!不了)'}}]", 13, "any[0].regex.zh", "check-pattern-bounded"),
        ("none: [{regex: {zh: 保证}, unless: {zh: 保证}}]", 13, "none[0].unless.zh", "check-unless-always"),
        ("none: [{regex: {zh: 不能保证}, unless: {zh: '不能|不敢'}}]", 13, "none[0].unless.zh", "check-unless-always"),
        ("any: [{cues: {zh: [保证]}}]\nnone: [{cues: {zh: [保证]}}]", 13, "any", "check-rule-contradicts"),
        ("all:\n  - regex: {zh: 保.}\nnone: [{regex: {zh: 保.}}]", 14, "all[0]", "check-rule-contradicts"),
        ("any: [{cues: {zh: [保证, 尽快]}}]\nnone: [{cues: {zh: [保证]}}]", 13, "any[0].cues.zh[0]", "check-cue-excluded"),
        ("any: [{cues: {zh: [保证今天到, 尽快]}}]\nnone: [{cues: {zh: [保证]}}]", 13, "any[0].cues.zh[0]", "check-cue-excluded"),
        ("at_least: 2\nany: [{cues: {zh: [保证]}}, {cues: {zh: [尽快]}}]\nnone: [{cues: {zh: [尽快]}}]", 14, "any", "check-rule-contradicts"),
        ("any: [{cues: {zh: [谢谢]}}]\nanchors: {after: {cues: {zh: [投诉，太慢]}}}", 14, "anchors.after.cues.zh[0]", "check-cue-mark"),
    ],
)  # fmt: skip
def test_what_can_never_hold_is_told_at_its_line(
    rule: str, line: int, key: str, code: str, tmp_path: Path
) -> None:
    told = warnings_of(rule, tmp_path)
    assert [
        (each.line, each.key.removeprefix("prompts.call.points.it."), each.told.code) for each in told
    ] == [(line, key, code)]
    assert all(told[0].told.words(ui) and told[0].told.hint(ui) for ui in languages())


@pytest.mark.parametrize(
    "rule",
    [
        "any: [{cues: {zh: [您好, 很高兴为您服务], en: [how may I help, after-sales]}}]",
        "any: [{cues: {zh: [“您好”, 《用户协议》, App 下单, 7 天, 3.5 折, 百分之 50]}}]",
        "any: [{cues: {zh: ['您好。']}}]",
        "any: [{regex: {zh: '(哪个|什么).{0,3}单号', en: '\\bwhich (order|parcel)'}}]",
        "any: [{regex: {zh: '您好[，、]?请问'}}]",
        "any: [{regex: {zh: '您好(？|！)?请问'}}]",
        "any: [{regex: {zh: '(!|保证)到'}}]",
        "any: [{regex: {zh: 'VIP ?客户', en: \"don't\"}}]",
        "any: [{regex: {zh: '著名|保证'}}]",
        "any: [{regex: {zh: '[保保證]证'}}]",
        "any: [{regex: {zh: '50%|3\\.5'}}]",
        "none: [{regex: {zh: '(保证|肯定).{0,8}(到|送)'}, unless: {zh: '不能|不敢|没法'}}]",
        "any: [{cues: {zh: [尽快]}}]\nnone: [{cues: {zh: [保证]}}]",
        "any: [{regex: {zh: '(好+)+了'}}]",
    ],
)
def test_what_can_hold_is_not_told(rule: str, tmp_path: Path) -> None:
    assert warnings_of(rule, tmp_path) == []


def test_no_pack_of_the_program_is_told_anything() -> None:
    packs, problems = read_packs(pack_files([bundled_folder()]))
    prompts = [prompt for pack in packs for prompt in pack.prompts]
    assert (problems, len(prompts) > 50) == ((), True)
    assert [warn for prompt in prompts for warn in rule_warnings(prompt)] == []


@pytest.mark.parametrize(
    ("pattern", "part"),
    [("x", "x"), ("ax|b", ""), ("ax|bx", "x"), ("x?", ""), ("x*a", ""), ("x{0,3}", ""), ("x{1,3}", "x"), ("x+?", "x"),
     ("(ax)?b", ""), ("(a|x)b", ""), ("(x)b", "x"), ("[xa]", ""), ("[xx]", "x"), ("[^x]", ""), ("[w-y]", ""), ("a(?!x)", ""),
     ("a(?=x)", "x"), ("a(?<!x)", ""), (r"\x78", "x"), (r"(a)\1x", "x"), ("(?i)(?#x)a", ""), ("(?:a(?:b|x){2}c)", "")],
)  # fmt: skip
def test_a_pattern_is_dead_when_no_way_through_it_is_left(pattern: str, part: str) -> None:
    assert dead_part(pattern, "x".__eq__) == part
