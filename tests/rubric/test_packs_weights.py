"""Rubric coverage with the real encoder and the packs that the program brings.

``tests/data/denied_affirmed.jsonl`` holds pairs of sentences, one that realises a point and one that denies
it in nearly the same words.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from voicecoach import wiring
from voicecoach.adapters.packs.library import FilePromptLibrary, bundled_folder
from voicecoach.cli.main import cli
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.engine import RubricEngine

pytestmark = pytest.mark.weights

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "denied_affirmed.jsonl").read_text("utf-8").splitlines()
]
MIN_MODEL_COVERAGE = 0.8  # share of the weights that a model answer covers for sure
LIBRARY = FilePromptLibrary([bundled_folder()])
MODEL_ANSWERS = [
    prompt.id
    for prompt in LIBRARY.prompts()
    if prompt.pack.startswith("tmall")
    or prompt.id in {"late_delivery", "over_return", "why_jd", "rule_violation"}
]
ENGLISH_MODEL_ANSWERS = [prompt.id for prompt in LIBRARY.prompts() if "en" in prompt.model_answer]
STUFFED = {
    "late_delivery": "安抚情绪、倾听诉求、分析问题、解决方案、真诚道歉、优先派送、补偿优惠券、订单号。",
    "over_return": "安抚情绪、退换货期限、平台规则、替代方案、维修渠道、特殊情况、升级审批、原则底线。",
    "why_jd": "企业价值观、正品服务、品质保障、岗位理解、耐心细心、抗压能力、客服经验。",
    "rule_violation": "安抚情绪、规定初衷、替代方案、上报主管、公平原则、合规承诺、客户诉求、公司制度。",
    "partial_receipt": "订单信息分批发货仓库物流反馈结果核实联系补发退款顾客商品部分天猫致歉安抚",
    "opened_return": "核实商品状态退货政策沟通协商尺码退款流程售后进度天猫规则",
    "abuse": "冷静专业情绪控制冲突回避倾听理解同理心问题解决时限承诺主管汇报记录备案",
    "privacy": "隐私意识重视程度信息安全泄露风险系统规范密码强度网络安全身份核实权限最小化",
}
OFF_TOPIC = (
    "周末我和同学去爬山，山上风很大，中午在农家乐吃了顿土鸡，下山的时候腿都软了，回来睡了一整天。",
    "我家那只橘猫特别能吃，一天三顿还要加餐，前两天又胖了半斤，沙发都被它抓烂了。",
)
STEPS = (
    "我会跟他说您先消消气，等了这么久，换成我也着急。",
    "我请他报一下订单号，让他把话说完，我不插话。",
    "我在系统里查一下物流走到哪一站了，弄清楚为什么晚了。",
    "我请站点优先派送，再给他申请一张优惠券。",
)


@cache
def engine() -> RubricEngine:
    return wiring.rubric_engine()


@cache
def cover(prompt_id: str, text: str, language: Language = "zh") -> Coverage:
    return engine().cover(LIBRARY.prompt(prompt_id), SpokenText.from_text(text), language=language)


def state(prompt_id: str, point: str, text: str) -> str:
    return next(one.state for one in cover(prompt_id, text).points if one.id == point)


def covered_share(prompt_id: str, coverage: Coverage) -> float:
    weight = {point.id: point.weight for point in LIBRARY.prompt(prompt_id).points}
    covered = sum(weight[one.id] for one in coverage.points if one.state == "covered")
    return covered / sum(weight.values())


@pytest.mark.parametrize("prompt_id", STUFFED)
def test_a_list_of_key_words_covers_nothing(prompt_id: str) -> None:
    assert cover(prompt_id, STUFFED[prompt_id]).high == 0.0


@pytest.mark.parametrize("prompt_id", STUFFED)
@pytest.mark.parametrize("text", OFF_TOPIC)
def test_talk_about_something_else_covers_nothing(prompt_id: str, text: str) -> None:
    assert covered_share(prompt_id, cover(prompt_id, text)) == 0.0


def test_what_is_affirmed_is_heard_and_what_is_denied_is_not() -> None:
    covered = [row["id"] for row in PAIRS if state(row["prompt"], row["point"], row["denied"]) == "covered"]
    missed = [row["id"] for row in PAIRS if state(row["prompt"], row["point"], row["affirmed"]) != "covered"]
    print(f"{len(PAIRS)} pairs: denied but covered {len(covered)} {covered}")
    print(f"{len(PAIRS)} pairs: affirmed but not covered {len(missed)} {missed}")
    assert len(PAIRS) >= 76
    assert covered == []
    assert missed == []


@pytest.mark.parametrize("prompt_id", MODEL_ANSWERS)
def test_a_model_answer_covers_its_own_points_in_their_order(prompt_id: str) -> None:
    found = cover(prompt_id, LIBRARY.prompt(prompt_id).model_answer["zh"])
    missed = [one.id for one in found.points if one.state != "covered"]
    assert covered_share(prompt_id, found) >= MIN_MODEL_COVERAGE, missed
    assert found.order_ok in (True, None)


@pytest.mark.parametrize("prompt_id", ENGLISH_MODEL_ANSWERS)
def test_an_english_model_answer_covers_its_own_points_in_their_order(prompt_id: str) -> None:
    found = cover(prompt_id, LIBRARY.prompt(prompt_id).model_answer["en"], "en")
    assert [point.id for point in found.points if point.state != "covered"] == []
    assert found.order_ok in (True, None)
    assert found.language == ()


def test_steps_in_their_order_are_in_order() -> None:
    found = cover("late_delivery", "".join(STEPS))
    assert {one.id for one in found.points if one.state == "covered"} >= {
        "empathy",
        "listen",
        "analyze",
        "solve",
    }
    assert (found.order_ok, found.out_of_order) == (True, ())


def test_a_step_put_first_came_too_early() -> None:
    empathy, listen, analyze, solve = STEPS
    found = cover("late_delivery", solve + empathy + listen + analyze)
    assert (found.order_ok, found.out_of_order) == (False, ("solve",))


def test_a_quote_is_verbatim_and_says_what_it_was_matched_by() -> None:
    text = "".join(STEPS)
    for point in cover("late_delivery", text).points:
        for evidence in point.evidence:
            assert evidence.quote in text
            assert evidence.by.startswith(("cue:", "exemplar:"))


def test_homophone_slips_and_missing_punctuation_keep_the_points() -> None:
    text = (
        "".join(STEPS)
        .replace("，", "")
        .replace("。", "")
        .replace("优先派送", "优先派宋")
        .replace("订单号", "定单号")
    )
    slipped, plain = (
        covered_share("late_delivery", cover("late_delivery", said)) for said in (text, "".join(STEPS))
    )
    assert slipped >= MIN_MODEL_COVERAGE * plain


def test_the_check_of_the_packs_finds_nothing_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(cli, ["prompts", "check", "--ui", "en"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{len(LIBRARY.prompts())} prompts, 0 errors, 0 warnings" in result.stderr
