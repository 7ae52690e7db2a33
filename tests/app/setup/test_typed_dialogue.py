"""Typed dialogues: lines to turns, and ``prompts try --dialogue`` from outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from fakes import FakeEncoder

from voicecoach import wiring
from voicecoach.app.setup.typed_dialogue import parse_dialogue
from voicecoach.cli.main import cli
from voicecoach.errors import UsageError
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Turn
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACK = """\
schema: voicecoach.prompts/1
pack: form
version: "1"
title: {zh: 质检}
prompts:
  - id: form_call
    kind: caller
    text: {zh: 来电, en: A call}
    target_s: [5, 600]
    points:
      - id: greet
        label: {zh: 问候}
        window: {first_s: 10}
        any: [{cues: {zh: [您好]}}]
      - id: order
        label: {zh: 核实}
        any: [{cues: {zh: [订单号]}}]
      - id: promise
        label: {zh: 不保证}
        none: [{cues: {zh: [我保证]}}]
"""


def test_turns_without_times() -> None:
    assert parse_dialogue("客服: 您好\n\n 客户：喂 \nAgent: hello\nCUSTOMER: hi") == (
        Turn("agent", None, "您好"),
        Turn("caller", None, "喂"),
        Turn("agent", None, "hello"),
        Turn("caller", None, "hi"),
    )


def test_turns_with_times_last_until_the_next() -> None:
    turns = parse_dialogue("[00:01] 坐席: 您好\n【00:05.5】顾客: 喂\n[1:00:00] 用户: 嗯")
    assert [turn.span for turn in turns] == [Span(1, 5.5), Span(5.5, 3600), Span(3600, 3600)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the dialogue is empty"),
        ("客服: 您好\n路人: 嘿", "line 2: this is no turn: 路人: 嘿"),
        ("您好", "line 1: this is no turn"),
        ("客服:", "line 1: this is no turn"),
        ("[00:61] 客服: 好", "line 1: this is no turn"),
        ("[00:09] 客服: 好\n[00:05] 客户: 好", "line 2: this time lies before the last one"),
        ("[00:09] 客服: 好\n客户: 好", "line 2: times stand on some lines only"),
        ("客服: 好\n[00:09] 客户: 好", "line 2: times stand on some lines only"),
    ],
)
def test_what_is_no_dialogue_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_dialogue(text)


def test_a_conversation_keeps_the_order_of_its_turns() -> None:
    call = Conversation.typed(parse_dialogue("客服: 您好\n客户: 喂\n客服: 请说"))
    assert call.agent.spoken.text == "您好\n请说\n"
    assert call.agent.begins == (0, 1, 2, 5, 6, 7)
    assert call.caller
    assert call.caller.begins == (3, 4)
    assert call.bounds() == (0.0, 8.0)
    assert not call.timed
    timed = Conversation.typed(parse_dialogue("[00:02] 客服: 您好\n[00:05] 客户: 喂"))
    assert timed.timed
    assert timed.agent.begins == pytest.approx((2, 3, 4))
    assert timed.side("caller") == timed.caller
    assert timed.bounds() == pytest.approx((2, 5))


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(wiring, "rubric_engine", lambda: RubricEngine(FakeEncoder()))
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "form.yaml").write_text(PACK, encoding="utf-8")

    def run(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["prompts", "try", *args, "--prompts", str(folder)], input=stdin)

    return run


def test_a_typed_dialogue_is_tried(tried: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text(
        "[00:00] 客服: 您好\n[00:30] 客服: 报一下订单号，我保证今天到\n[00:40] 客户: 好", encoding="utf-8"
    )
    result = tried("form_call", "--dialogue", str(file), "--json")
    found: dict[str, Any] = json.loads(result.stdout)
    assert [(one["id"], one["state"]) for one in found["points"]] == [
        ("greet", "covered"),
        ("order", "covered"),
        ("promise", "not_heard"),
    ]
    breach = found["points"][2]["evidence"][0]
    assert (breach["quote"], 30.0 <= breach["start_s"] < 40.0) == ("我保证今天到", True)
    assert found["coverage"] == [0.667, 0.667]
    assert "not_applicable" not in found


def test_words_without_times_say_what_drops_out(tried: Callable[..., Result]) -> None:
    said = "客服: 您好，我保证今天到"
    shown = tried("form_call", "--dialogue", "-", stdin=said).stdout
    assert "- 问候  不评: 只有文字、没有时间，按秒的规则不评" in shown
    assert "✗ 不保证  说了不该说的" in shown
    found = json.loads(tried("form_call", "--text", "您好，报订单号", "--json").stdout)
    (dropped,) = found["not_applicable"]
    assert (dropped["id"], dropped["reason"]) == ("greet", "no_times")
    assert "no times" in dropped["reason_text"]["en"]
    assert found["coverage"] == [1.0, 1.0]


def test_rules_are_shown_in_the_keys_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    more = """\
      - id: calm
        label: {zh: 安抚}
        channel: caller
        window: {last_s: 20}
        at_least: 2
        any: [{cues: {zh: [您好]}}, {regex: {zh: 订单}}]
        all: [{exemplars: {zh: [请稍等]}}]
        anchors: {after: {channel: caller, cues: {zh: [投诉]}}, before: {point: order}, within_s: 5}
"""
    (tmp_path / "form.yaml").write_text(PACK + more, encoding="utf-8")
    shown = CliRunner().invoke(cli, ["prompts", "show", "form_call", "--prompts", str(tmp_path)]).stdout
    assert "规则: channel agent; first_s 10; any [您好]" in shown
    assert "规则: channel agent; none [我保证]" in shown
    assert (
        "规则: channel caller; last_s 20; after caller: 投诉; before order; within_s 5; "
        "at_least 2 [您好, /订单/]; all [请稍等]"
    ) in shown


def test_wrong_use_is_told(tried: Callable[..., Result], tmp_path: Path) -> None:
    both = tried("form_call", "--dialogue", "-", "--text", "好", stdin="客服: 好")
    assert isinstance(both.exception, UsageError | SystemExit)
    assert both.exit_code != 0
    for args in (("form_call", "--dialogue", str(tmp_path / "none.txt")), ("--dialogue", "-")):
        assert tried(*args, stdin="客服: 好").exit_code != 0
