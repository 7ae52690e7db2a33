"""Rules of a call form: every operator, window, channel and anchor, on typed dialogues and timed words.

The encoder knows wording only; prompts are read through the schema, so that both are tried.
"""

# ruff: noqa: E501 - a table of rules has one a line
from __future__ import annotations

import re
import textwrap
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.adapters.packs.pack import read_pack
from voicecoach.app.setup.typed_dialogue import parse_dialogue
from voicecoach.errors import PromptFileError
from voicecoach.model.audio import Span
from voicecoach.model.prompt import Anchor, CallRule, Condition, Prompt, RubricPoint
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.call_rules.hits import ConversationReader, SideFinds
from voicecoach.rubric.call_rules.rules import RuleJudge
from voicecoach.rubric.coverage.answer import Answer
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.conversation import Conversation
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.assessment import Coverage, PointResult
    from voicecoach.model.transcript import Language

DOCS = Path(__file__).parents[3] / "docs" / "prompt-schema.md"
ENGINE = RubricEngine(FakeEncoder())
CALL = """\
[00:00] 客服: 您好，请问有什么可以帮您？
[00:05] 客户: 我的快递怎么还没到，太慢了！
[00:10] 客服: 真的非常抱歉让您久等了。请报一下您的订单号。
[00:20] 客户: 八八四二。
[00:24] 客服: 好的，我马上催一下站点，今天给您优先派送。
[00:34] 客户: 好的那就这样，谢谢。
[00:37] 客服: 请问还有什么可以帮您？感谢您的来电。
[00:45] 客户: 没了。
"""


def prompt_of(points: str, tmp_path: Path, *, order: str = "") -> Prompt:
    head = (
        'schema: voicecoach.prompts/1\npack: rules\nversion: "1"\ntitle: {zh: 规则}\nprompts:\n  - id: call\n'
    )
    head += (
        "    kind: caller\n    text: {zh: 来电, en: A call}\n    target_s: [5, 600]\n"
        + order
        + "    points:\n"
    )
    path = tmp_path / "rules.yaml"
    path.write_text(head + textwrap.indent(textwrap.dedent(points), " " * 6), encoding="utf-8")
    pack, problems = read_pack(path)
    assert pack, problems
    return pack.prompts[0]


def judged(prompt: Prompt, dialogue: str, *, language: Language = "zh") -> Coverage:
    conversation = Conversation.typed(parse_dialogue(dialogue))
    return ENGINE.cover(prompt, conversation.agent.spoken, language=language, conversation=conversation)


def point(coverage: Coverage, name: str = "it") -> PointResult:
    return next(one for one in coverage.points if one.id == name)


def state(points: str, dialogue: str, tmp_path: Path) -> str:
    coverage = judged(prompt_of(points, tmp_path), dialogue)
    dropped = {one.id: one.reason for one in coverage.not_applicable}
    return dropped.get("it") or point(coverage).state


def it(rule: str) -> str:
    return f"- id: it\n  label: {{zh: 它}}\n{textwrap.indent(textwrap.dedent(rule), '  ')}\n"


@pytest.fixture
def documented(tmp_path: Path) -> Prompt:
    """The example of the documentation."""
    block = next(
        text
        for text in re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
        if "call_form" in text
    )
    path = tmp_path / "call_form.yaml"
    path.write_text(block, encoding="utf-8")
    pack, problems = read_pack(path)
    assert pack, problems
    return pack.prompts[0]


def test_the_documented_form_on_a_good_call(documented: Prompt) -> None:
    coverage = judged(documented, CALL)
    assert {one.id: one.state for one in coverage.points} == dict.fromkeys(
        ("greeting", "verify", "soothe", "solution", "no_promise", "closing", "settled"), "covered"
    )
    assert (coverage.low, coverage.high, coverage.order_ok, coverage.not_applicable) == (1.0, 1.0, True, ())
    assert point(coverage, "no_promise").evidence == ()
    (verify,) = point(coverage, "verify").evidence
    assert (verify.quote, verify.by) == ("请报一下您的订单号", "cue:订单号")
    assert verify.span
    assert 10.0 < verify.span.start_s < verify.span.end_s < 20.0
    assert [one.by for one in point(coverage, "settled").evidence] == ["cue:好的那就这样", "cue:谢谢"]


def test_the_documented_form_on_a_bad_call(documented: Prompt) -> None:
    bad = """\
    [00:00] 客服: 喂。
    [00:12] 客服: 您好。
    [00:15] 客户: 我要投诉！
    [00:18] 客服: 我跟您保证明天肯定给您送到。
    [00:30] 客服: 真的非常抱歉让您久等了。
    [00:40] 客服: 感谢您的来电。
    [00:44] 客户: 哼。
    """
    coverage = judged(documented, bad)
    assert {one.id: one.state for one in coverage.points} == dict.fromkeys(
        ("greeting", "verify", "soothe", "no_promise", "closing", "settled"), "not_heard"
    )
    assert [(one.id, one.reason) for one in coverage.not_applicable] == [("solution", "anchor_not_heard")]
    (breach,) = point(coverage, "no_promise").evidence
    assert "保证明天肯定给您送到" in breach.quote
    assert breach.span
    assert 18.0 <= breach.span.start_s < 30.0
    assert coverage.order_ok is None


def test_shares_are_of_the_points_that_apply_and_count(documented: Prompt) -> None:
    coverage = judged(documented, "客服: 您好\n客服: 请报一下您的订单号\n客服: 我去申请补偿\n客户: 好")
    assert {one.id: one.reason for one in coverage.not_applicable} == {
        "greeting": "no_times",
        "soothe": "no_times",
        "closing": "no_times",
    }
    assert coverage.low == 1.0  # the note about the caller, not heard, does not count
    assert point(coverage, "settled").state == "not_heard"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("any: [{cues: {zh: [订单号]}}]", "covered"),
        ("any: [{cues: {zh: [定单耗]}}]", "covered"),  # by sound
        ("any: [{cues: {zh: [退货地址]}}, {cues: {zh: [优先派送]}}]", "covered"),
        ("any: [{cues: {zh: [退货地址]}}]", "not_heard"),
        ("any: [{cues: {zh: [订单号]}}, {cues: {zh: [优先派送]}}, {cues: {zh: [退货]}}]\nat_least: 2", "covered"),
        ("any: [{cues: {zh: [订单号]}}, {cues: {zh: [优惠券]}}, {cues: {zh: [退货]}}]\nat_least: 2", "not_heard"),
        ("all: [{cues: {zh: [订单号]}}, {regex: {zh: '优先.送'}}]", "covered"),
        ("all: [{cues: {zh: [订单号]}}, {regex: {zh: '优先.货'}}]", "not_heard"),
        ("none: [{cues: {zh: [不归我管]}}, {regex: {zh: '随便你'}}]", "covered"),
        ("none: [{cues: {zh: [优先派送]}}]", "not_heard"),
        ("any: [{cues: {zh: [订单号]}}]\nnone: [{cues: {zh: [优先派送]}}]", "not_heard"),
        ("any: [{cues: {zh: [订单号]}}]\nnone: [{cues: {zh: [退货]}}]", "covered"),
        ("any: [{cues: {zh: [退货]}}]\nnone: [{cues: {zh: [换货]}}]", "not_heard"),
        ("any: [{regex: {zh: '订单号'}, unless: {zh: '优先'}}]", "covered"),
        ("any: [{regex: {zh: '订单号'}, unless: {zh: '请报'}}]", "not_heard"),
        ("any: [{regex: {zh: '好的，我'}}]", "covered"),  # marks as the cleaned text has them
        ("any: [{exemplars: {zh: [我马上催一下站点]}}]", "covered"),
        ("any: [{exemplars: {zh: [仓库主管一起盘点货架]}}]", "not_heard"),
        ("channel: caller\nany: [{cues: {zh: [太慢了]}}]", "covered"),
        ("channel: agent\nany: [{cues: {zh: [太慢了]}}]", "not_heard"),
        ("channel: caller\nnone: [{cues: {zh: [太慢了]}}]", "not_heard"),
        ("channel: caller\nexemplars: {zh: [我的快递怎么还没到]}", "covered"),
        ("window: {first_s: 3}\nany: [{cues: {zh: [您好]}}]", "covered"),
        ("window: {first_s: 9}\nany: [{cues: {zh: [订单号]}}]", "not_heard"),
        ("window: {first_s: 20}\nany: [{cues: {zh: [订单号]}}]", "covered"),
        ("window: {last_s: 10}\nany: [{cues: {zh: [感谢您的来电]}}]", "covered"),
        ("window: {last_s: 10}\nany: [{cues: {zh: [优先派送]}}]", "not_heard"),
        ("window: {last_s: 10}\nnone: [{cues: {zh: [优先派送]}}]", "covered"),
        ("window: {first_s: 20}\nexemplars: {zh: [真的非常抱歉让您久等了]}", "covered"),
        ("window: {first_s: 8}\nexemplars: {zh: [真的非常抱歉让您久等了]}", "not_heard"),
        ("anchors: {after: {channel: caller, cues: {zh: [八八四二]}}}\nany: [{cues: {zh: [优先派送]}}]", "covered"),
        ("anchors: {after: {channel: caller, cues: {zh: [八八四二]}}}\nany: [{cues: {zh: [订单号]}}]", "not_heard"),
        ("anchors: {before: {channel: caller, cues: {zh: [八八四二]}}}\nany: [{cues: {zh: [订单号]}}]", "covered"),
        ("anchors: {before: {channel: caller, cues: {zh: [八八四二]}}}\nany: [{cues: {zh: [优先派送]}}]", "not_heard"),
        ("anchors: {after: {cues: {zh: [订单号]}}, within_s: 5}\nany: [{cues: {zh: [感谢您的来电]}}]", "not_heard"),
        ("anchors: {after: {cues: {zh: [订单号]}}, within_s: 30}\nany: [{cues: {zh: [感谢您的来电]}}]", "covered"),
        ("anchors: {after: {cues: {zh: [订单号]}}, before: {cues: {zh: [感谢]}}}\nany: [{cues: {zh: [优先派送]}}]", "covered"),
        ("anchors: {after: {cues: {zh: [订单号]}}}\nany: [{regex: {zh: '订单号'}}]", "not_heard"),  # itself is not after it
        ("anchors: {after: {channel: caller, cues: {zh: [赔钱]}}}\nany: [{cues: {zh: [优先派送]}}]", "anchor_not_heard"),
        ("anchors: {after: {regex: {zh: '订单号'}, unless: {zh: 请报}}}\nany: [{cues: {zh: [优先派送]}}]", "anchor_not_heard"),
    ],
)  # fmt: skip
def test_operators(rule: str, expected: str, tmp_path: Path) -> None:
    assert state(it(rule), CALL, tmp_path) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我不能跟您保证", "covered"),
        ("我没办法保证明天", "covered"),
        ("我跟您保证明天到", "not_heard"),
        ("不好意思，我保证明天到", "not_heard"),
    ],
)
def test_a_denied_cue_is_no_breach(said: str, expected: str, tmp_path: Path) -> None:
    assert state(it("none: [{cues: {zh: [保证]}}]"), f"客服: {said}", tmp_path) == expected


def test_a_doubtful_breach_is_a_maybe_with_its_quote(tmp_path: Path) -> None:
    prompt = prompt_of(it("none: [{exemplars: {zh: [打电话给配送站问清楚原因]}}]"), tmp_path)
    found = {}
    for length in range(1, 13):
        one = point(judged(prompt, f"客服: {'打电话给配送站问清楚原因'[-length:]}"))
        found[one.state] = one
        assert (one.state == "covered") == (one.evidence == ())
    assert set(found) == {"covered", "maybe", "not_heard"}
    assert 0.25 <= found["maybe"].score < 0.5
    assert found["not_heard"].score < 0.25
    assert found["maybe"].evidence[0].by.startswith("exemplar:")


@pytest.mark.parametrize(
    ("rule", "dialogue", "reason"),
    [
        ("window: {first_s: 10}\nany: [{cues: {zh: [您好]}}]", "客服: 您好", "no_times"),
        ("window: {last_s: 10}\nany: [{cues: {zh: [您好]}}]", "客服: 您好", "no_times"),
        (
            "anchors: {after: {cues: {zh: [您好]}}, within_s: 3}\nany: [{cues: {zh: [谢谢]}}]",
            "客服: 您好",
            "no_times",
        ),
        ("anchors: {after: {point: other}}\nany: [{cues: {zh: [谢谢]}}]", "客服: 谢谢", "anchor_not_heard"),
    ],
)
def test_what_cannot_be_judged_drops_out(rule: str, dialogue: str, reason: str, tmp_path: Path) -> None:
    points = it(rule) + "- {id: other, label: {zh: 另}, any: [{cues: {zh: [请稍等]}}]}\n"
    assert state(points, dialogue, tmp_path) == reason


def test_order_needs_no_times(tmp_path: Path) -> None:
    rule = it("anchors: {after: {channel: caller, cues: {zh: [太慢了]}}}\nany: [{cues: {zh: [非常抱歉]}}]")
    assert state(rule, "客户: 太慢了\n客服: 非常抱歉", tmp_path) == "covered"
    assert state(rule, "客服: 非常抱歉\n客户: 太慢了\n客服: 嗯", tmp_path) == "not_heard"


def test_one_answer_alone_has_no_caller(tmp_path: Path) -> None:
    points = it("channel: caller\nany: [{cues: {zh: [太慢了]}}]") + (
        "- id: more\n  label: {zh: 另}\n  any: [{cues: {zh: [订单号]}}]\n"
        "- id: calm\n  label: {zh: 安抚}\n  anchors: {after: {channel: caller, cues: {zh: [太慢了]}}}\n"
        "  any: [{cues: {zh: [抱歉]}}]\n"
    )
    coverage = ENGINE.cover(
        prompt_of(points, tmp_path), SpokenText.from_text("太慢了，订单号，抱歉"), language="zh"
    )
    assert {one.id: one.reason for one in coverage.not_applicable} == dict.fromkeys(
        ("it", "calm"), "no_caller_text"
    )
    assert [(one.id, one.state) for one in coverage.points] == [("more", "covered")]


def test_a_rule_without_words_in_the_language_drops_out(tmp_path: Path) -> None:
    points = (
        it("any: [{cues: {zh: [您好], en: [hello there]}}]")
        + "- {id: zh_rule, label: {zh: 只}, any: [{cues: {zh: [订单号]}}]}\n"
        + "- {id: zh_own, label: {zh: 自}, channel: agent, exemplars: {zh: [请稍等]}}\n"
        + "- {id: zh_anchor, label: {zh: 锚}, any: [{regex: {zh: 好, en: hello}}], anchors: {after: {cues: {zh: [您好]}}}}\n"
    )
    coverage = judged(prompt_of(points, tmp_path), "agent: hello there", language="en")
    assert [(one.id, one.state) for one in coverage.points] == [("it", "covered")]
    assert {one.reason for one in coverage.not_applicable} == {"not_in_language"}


def test_a_side_that_says_nothing_breaks_nothing_and_covers_nothing(tmp_path: Path) -> None:
    points = it("none: [{cues: {zh: [保证]}}]") + "- {id: own, label: {zh: 自}, exemplars: {zh: [请稍等]}}\n"
    coverage = judged(prompt_of(points, tmp_path), "客户: 喂？")
    assert {one.id: one.state for one in coverage.points} == {"it": "covered", "own": "not_heard"}


def test_plain_points_stand_beside_rules(tmp_path: Path) -> None:
    points = (
        it("any: [{cues: {zh: [订单号]}}]")
        + "- {id: own, label: {zh: 自}, exemplars: {zh: [我马上催一下站点]}}\n"
    )
    coverage = judged(prompt_of(points, tmp_path, order="    order: [own, it]\n"), CALL)
    assert {one.state for one in coverage.points} == {"covered"}
    assert (coverage.order_ok, coverage.out_of_order) == (False, ("it",))
    assert point(coverage, "own").evidence[0].by == "exemplar:我马上催一下站点"


def test_evidence_names_every_condition_that_must_hold(tmp_path: Path) -> None:
    rule = (
        "all: [{cues: {zh: [您好]}}, {cues: {zh: [订单号]}}, {cues: {zh: [优先派送]}}, {regex: {zh: 来电}}]"
    )
    found = point(judged(prompt_of(it(rule), tmp_path), CALL)).evidence
    assert [one.by for one in found] == ["cue:您好", "cue:订单号", "cue:优先派送", "regex:来电"]
    starts_s = [one.span.start_s for one in found if one.span]
    assert starts_s == sorted(starts_s)
    assert len(starts_s) == 4


def test_recognised_words_are_judged_by_their_times(tmp_path: Path) -> None:
    def heard(text: str, start_s: float) -> Iterator[Word]:
        for index, letter in enumerate(text):
            yield Word(letter, Span(start_s + 0.2 * index, start_s + 0.2 * (index + 1)), 1.0)

    def spoken(*words: Word) -> SpokenText:
        return SpokenText.from_transcript(Transcript(words, "zh", Provenance("", "", "", "")))

    agent = spoken(*heard("您好，", 3.0), *heard("非常抱歉，", 20.0))
    caller = spoken(*heard("太慢了。", 12.0))
    conversation = Conversation.timed_sides(agent, caller)
    assert conversation.bounds() == pytest.approx((3.0, 21.0))
    rule = "anchors: {after: {channel: caller, cues: {zh: [太慢了]}}, within_s: %s}\nany: [{cues: {zh: [非常抱歉]}}]"
    for within_s, expected in ((8.0, "covered"), (7.0, "not_heard")):
        prompt = prompt_of(it(rule % within_s), tmp_path)
        coverage = ENGINE.cover(prompt, agent, language="zh", conversation=conversation)
        assert point(coverage).state == expected
    early = prompt_of(it("window: {first_s: 1}\nany: [{cues: {zh: [您好]}}]"), tmp_path)
    alone = ENGINE.cover(early, agent, language="zh")  # the times of an answer alone serve as well
    (evidence,) = point(alone).evidence
    assert evidence.span
    assert (evidence.span.start_s, evidence.span.end_s) == pytest.approx((3.0, 3.4))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(1, 60), st.booleans())
def test_a_window_is_what_lies_inside_it(at_s: int, first_s: int, first: bool) -> None:
    rule = CallRule(first_s=float(first_s), any_of=(Condition(cues={"zh": ("订单号",)}),))
    if not first:
        rule = replace(rule, first_s=None, last_s=float(first_s))
    prompt = Prompt("p", "t", "1", "caller", {"zh": "问"}, (RubricPoint("it", {}, rule=rule),), (1.0, 2.0))
    dialogue = (
        f"[00:00] 客户: 喂\n[00:{at_s:02}] 客服: 订单号\n[01:00] 客户: 喂"
        if at_s < 60
        else ("[00:00] 客户: 喂\n[01:00] 客服: 订单号")
    )
    inside = at_s <= first_s if first else at_s >= 60 - first_s
    assert (point(judged(prompt, dialogue)).state == "covered") == inside


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(["订单号", "优先派送", "申请补偿", "感谢来电"])), st.integers(1, 4))
def test_at_least_counts_and_none_is_its_opposite(said: set[str], n: int) -> None:
    wanted = tuple(Condition(cues={"zh": (cue,)}) for cue in ("订单号", "优先派送", "申请补偿", "感谢来电"))
    points = (
        RubricPoint("any", {}, rule=CallRule(any_of=wanted, at_least=n)),
        RubricPoint("all", {}, rule=CallRule(all_of=wanted)),
        RubricPoint("none", {}, rule=CallRule(none_of=wanted)),
    )
    prompt = Prompt("p", "t", "1", "caller", {"zh": "问"}, points, (1.0, 2.0))
    coverage = judged(prompt, "客服: 嗯" + "".join(f"\n客服: {one}" for one in sorted(said)))
    assert (point(coverage, "any").state == "covered") == (len(said) >= n)
    assert (point(coverage, "all").state == "covered") == (len(said) == 4)
    assert (point(coverage, "none").state == "covered") == (not said)


def test_an_anchor_without_a_moment_has_none() -> None:
    rule = CallRule(after=Anchor(), any_of=(Condition(cues={"zh": ("您好",)}),))
    prompt = Prompt("p", "t", "1", "caller", {"zh": "问"}, (RubricPoint("it", {}, rule=rule),), (1.0, 2.0))
    assert judged(prompt, "客服: 您好").not_applicable[0].reason == "not_in_language"


@pytest.mark.parametrize("pattern", ["(好+)+了", "(([一-鿿]+)+)+Z", "(.*)*x"])
def test_a_catastrophic_pattern_is_judged_at_once(pattern: str, tmp_path: Path) -> None:
    began_s = time.monotonic()
    assert (
        state(it(f"any: [{{regex: {{zh: '{pattern}'}}}}]"), "客服: " + "好" * 3000, tmp_path) == "not_heard"
    )
    assert time.monotonic() - began_s < 20.0


def test_a_pattern_that_takes_too_long_is_an_error_with_its_place(tmp_path: Path) -> None:
    prompt = prompt_of(it("any: [{regex: {zh: '(?=(好+)+了)好'}}]"), tmp_path)
    text = "好" * 20_000
    spoken = SpokenText.from_text(text)
    clean = spoken.clean()
    sides = Conversation.typed(parse_dialogue(f"客服: {text}"))
    reader = ConversationReader(
        sides, lambda _: SideFinds(clean, Answer(clean, FakeEncoder(), language="zh"), {}), "zh"
    )
    judge = RuleJudge(prompt, reader, covered=0.5, maybe=0.3)
    with pytest.raises(
        PromptFileError, match=r"pattern \(\?=\(好\+\)\+了\)好 of call.it \(pack rules\) took more than 2 s"
    ):
        judge.judge(prompt.points[0])
