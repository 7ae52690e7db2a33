"""Coverage of answers by a small prompt, with an encoder that knows wording only; rules and invariants.

What the engine makes of real meaning is in ``test_packs_weights.py``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from fakes import FakeEncoder
from rubric_answers import ENGINE, HEARD, PROMPT, cover, covered, result, timed

from voicecoach.model.assessment import LanguageHit
from voicecoach.model.learned import LearnedSentence, taught
from voicecoach.model.prompt import RubricPoint
from voicecoach.rubric.coverage.calibration import COVERED, MAYBE
from voicecoach.rubric.coverage.verdict import MAX_EVIDENCE
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.spoken import SpokenText

WEIGHT_TOLERANCE = 1e-12


TIME_TOLERANCE_S = 1e-9


KEYWORDS = "安抚情绪理解您的心情倾听诉求核实订单分析问题真诚道歉优先派送补偿优惠券"


@pytest.mark.parametrize(("point", "text"), HEARD)
def test_a_cue_an_exemplar_or_a_homophone_slip_covers_its_point_alone(point: str, text: str) -> None:
    assert covered(text) == {point}


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ("soothe", "我不会理解您的心情"),
        ("soothe", "凭什么理解您的心情"),
        ("soothe", "您的心情我体会不了"),
        ("listen", "我懒得让他把话说完"),
        ("check", "我才不打电话给配送站问清楚原因"),
        ("check", "物流我不会查"),
        ("no_leak", "我会泄露"),
        ("no_leak", "客户的地址电话告诉别人"),
        ("check", "这个尺码挺合适"),
    ],
)
def test_what_is_denied_or_only_sounds_alike_covers_nothing(point: str, text: str) -> None:
    assert result(text, point).state == "not_heard"


@pytest.mark.parametrize(
    "opening", ["我特别", "我不仅", "对不起，我", "我是不是要", "不好意思，我", "没问题，我"]
)
def test_what_only_looks_like_a_negator_voids_no_cue(opening: str) -> None:
    assert result(f"{opening}理解您的心情", "soothe").state == "covered"


def test_a_denial_in_one_clause_leaves_another_alone() -> None:
    assert covered("我不会理解您的心情。今天店里来了好多人。让他把话说完") == {"listen"}


def test_a_denied_cue_kills_the_windows_that_hold_it() -> None:
    assert result("我不会查一下物流", "check").evidence == ()


def test_a_point_made_by_a_denial_is_covered_by_one() -> None:
    assert result("他讲的时候我不插嘴", "listen").state == "covered"
    assert result("他讲的时候我不插嘴", "listen").evidence[0].by == "exemplar:他讲的时候我不插嘴"


def test_a_list_of_key_words_covers_nothing() -> None:
    assert cover(KEYWORDS).high == 0.0
    assert covered("我先说理解您的心情，然后我会让他把话说完") == {"soothe", "listen"}


@pytest.mark.parametrize("text", ["", "，。……", "嗯嗯"])
def test_nothing_said_covers_nothing(text: str) -> None:
    found = cover(text)
    assert (found.low, found.high, found.order_ok) == (0.0, 0.0, None)
    assert {(one.state, one.score, one.evidence) for one in found.points} == {("not_heard", 0.0, ())}


@pytest.mark.parametrize(
    ("text", "share"),
    [("我理解您的心情，我绝不泄露", 4 / 8), ("我查一下物流", 2 / 8), ("今天天气挺好的", 0.0)],
)
def test_the_range_of_the_coverage_holds_the_share_of_the_weights_that_are_covered(
    text: str, share: float
) -> None:
    found = cover(text)
    weight = {point.id: point.weight for point in PROMPT.points}
    assert sum(weight[point] for point in covered(text)) / 8 == pytest.approx(share, abs=WEIGHT_TOLERANCE)
    assert found.low <= share <= found.high
    possible = sum(weight[one.id] for one in found.points if one.score > 0.0) / 8
    assert found.high <= possible


def test_a_prompt_without_points_covers_nothing() -> None:
    bare = replace(PROMPT, points=(), order=())
    found = ENGINE.cover(bare, SpokenText.from_text("我查一下物流"), language="zh")
    assert (found.points, found.low, found.high, found.order_ok) == ((), 0.0, 0.0, None)


def test_a_point_with_cues_alone_and_one_with_nothing() -> None:
    bare = replace(
        PROMPT, points=(replace(PROMPT.points[0], exemplars={}), RubricPoint("empty", {})), order=()
    )
    found = ENGINE.cover(bare, SpokenText.from_text("我理解您的心情"), language="zh")
    assert found.points[1].state == "not_heard"
    assert [one.by for one in found.points[0].evidence] == ["cue:理解您的心情"]


def test_between_heard_and_not_heard_lies_maybe() -> None:
    states = {}
    said = "打电话给配送站问清楚原因"
    for start in range(len(said) + 1):
        one = result("今天店里来了好多人都在排队等着，" + said[start:], "check")
        states[one.state] = one.score
        assert (one.state == "covered") == (one.score >= COVERED)
        assert (one.state == "maybe") == (MAYBE <= one.score < COVERED)
        assert bool(one.evidence) == (one.state != "not_heard")
    assert set(states) == {"covered", "maybe", "not_heard"}


def test_evidence_is_verbatim_and_has_its_time() -> None:
    text = "嗯，我，我我理解“您的”心情！"
    (evidence,) = ENGINE.cover(PROMPT, timed(text), language="zh").points[0].evidence
    assert evidence.quote in text
    assert "理解“您的”心情" in evidence.quote
    assert evidence.span
    start = text.index(evidence.quote)
    assert evidence.span.start_s == pytest.approx(1.0 + start * 0.25, abs=TIME_TOLERANCE_S)
    assert evidence.span.end_s == pytest.approx(
        1.0 + (start + len(evidence.quote)) * 0.25, abs=TIME_TOLERANCE_S
    )


def test_a_homophone_slip_is_quoted_as_it_was_recognised() -> None:
    (evidence,) = result("我会河石一下", "check").evidence
    assert "河石" in evidence.quote
    assert evidence.by == "cue:核实"


def test_text_alone_has_no_times() -> None:
    assert [one.span for one in result("我查一下物流", "check").evidence] == [None]


def test_evidence_is_kept_short_and_never_overlaps() -> None:
    text = "。".join(
        ["我先查一下物流", "打电话给配送站问清楚原因", "我再核实一下", "我去系统里看看包裹走到哪一站"] * 2
    )
    found = ENGINE.cover(PROMPT, timed(text), language="zh").points[2].evidence
    assert len(found) == MAX_EVIDENCE
    spans = sorted((one.span.start_s, one.span.end_s) for one in found if one.span)
    assert len(spans) == MAX_EVIDENCE
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "ok", "early"),
    [
        ("我理解您的心情。然后让他把话说完。最后我查一下物流", True, ()),
        ("我理解您的心情。然后我查一下物流。最后让他把话说完", False, ("check",)),
        ("首先我查一下物流。然后让他把话说完。再说我理解您的心情", False, ("listen", "check")),
        ("我查一下物流", None, ()),
    ],
)
def test_steps_out_of_order_are_named(text: str, ok: bool | None, early: tuple[str, ...]) -> None:
    found = cover(text)
    assert (found.order_ok, found.out_of_order) == (ok, early)


def test_a_prompt_without_order_has_no_verdict_on_it() -> None:
    free = replace(PROMPT, order=())
    text = SpokenText.from_text("让他把话说完，我理解您的心情")
    assert ENGINE.cover(free, text, language="zh").order_ok is None


def test_a_confirmed_sentence_is_heard_from_then_on_and_only_where_it_was_confirmed() -> None:
    said = "递上一杯热茶陪着坐会儿"
    assert "soothe" not in covered(said)
    sentence = LearnedSentence(PROMPT.id, "soothe", "zh", said, covers=True, take_id="1")
    learned = ENGINE.cover(taught(PROMPT, [sentence]), SpokenText.from_text(said), language="zh")
    assert learned.points[0].state == "covered"
    assert learned.points[0].evidence[0].by == f"exemplar:{said}"
    assert "soothe" not in covered(said)


def test_language_hits_are_passed_on() -> None:
    hit = LanguageHit("rude", "你听不懂吗", None, certain=True)
    assert cover("我查一下物流", hits=(hit,)).language == (hit,)


@pytest.mark.parametrize("text", ["理解您的心情，不归我管", "我去核实一下", ""])
def test_judging_finds_language_and_coverage_together(text: str) -> None:
    spoken = SpokenText.from_text(text)
    hits = find_forbidden(spoken, language="zh")
    assert bool(hits) is ("不归我管" in text)
    assert ENGINE.judge(PROMPT, spoken, language="zh") == (
        hits,
        ENGINE.cover(PROMPT, spoken, language="zh", hits=hits),
    )
    assert ENGINE.judge(None, spoken, language="zh") == (hits, None)


def test_what_a_prompt_needs_is_worked_out_once() -> None:
    encoder = FakeEncoder()
    engine = RubricEngine(encoder)
    for _ in range(3):
        engine.cover(PROMPT, SpokenText.from_text("我查一下物流"), language="zh")
    exemplars = [call for call in encoder.encoded if "打电话给配送站问清楚原因" in call]
    assert len(exemplars) == len({call for call in encoder.encoded if "打电话给配送站问清楚原因" in call})


def test_a_changed_rubric_is_worked_out_anew() -> None:
    engine = RubricEngine(FakeEncoder())
    text = SpokenText.from_text("仓库主管一起盘点货架")
    other = replace(
        PROMPT,
        points=(replace(PROMPT.points[0], exemplars={"zh": ("仓库主管一起盘点货架",)}), *PROMPT.points[1:]),
    )
    assert engine.cover(PROMPT, text, language="zh").points[0].state == "not_heard"
    assert engine.cover(other, text, language="zh").points[0].state == "covered"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I completely understand how you feel.", {"soothe"}),
        ("Anyone would be upset after such a wait", {"soothe"}),
        ("Well, um, I am so sorry, and then I look up where the parcel is", {"soothe", "check"}),
        ("I never look up where the parcel is", set()),
        ("I do not understand how you feel", set()),
        ("his mood is none of my business", set()),
        ("", set()),
    ],
)
def test_english_answers(text: str, expected: set[str]) -> None:
    english = replace(PROMPT, points=(PROMPT.points[0], PROMPT.points[2]), order=("soothe", "check"))
    found = ENGINE.cover(english, SpokenText.from_text(text), language="en")
    assert {one.id for one in found.points if one.state == "covered"} == expected


def test_an_english_cue_is_heard_in_the_plural() -> None:
    spoken = SpokenText.from_text("Please give me your tracking numbers")
    check = ENGINE.cover(PROMPT, spoken, language="en").points[2]
    assert check.state != "not_heard"
    assert [one.by for one in check.evidence] == ["cue:tracking number"]
