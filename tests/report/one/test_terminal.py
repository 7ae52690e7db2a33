"""The terminal report: it fits, it says what it must and never what it must not, with and without colours."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from assessments import answer, profile, prompt, refused
from rich.cells import cell_len
from rich.console import Console

from voicecoach.model.assessment import Band, Coverage, Measurement, PointResult, Refusal, Score
from voicecoach.model.speaker_profile import Baseline
from voicecoach.report.one.terminal import print_report

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment


def shown(assessment: Assessment, *, width: int = 80, with_prompt: bool = True, **options: Any) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, emoji=False, markup=False, soft_wrap=True)
    asked = prompt() if with_prompt else None
    print_report(assessment, asked, profile(assessment.language), console=console, **options)
    return file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("ui", ["zh", "en"])
@pytest.mark.parametrize("options", [{}, {"short": True}, {"with_score": False}])
@pytest.mark.parametrize("assessment", [answer(), answer("en"), refused()], ids=["zh", "en", "refused"])
def test_every_line_fits(assessment: Assessment, options: dict[str, Any], ui: str, width: int) -> None:
    lines = shown(assessment, width=width, ui=ui, **options).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_a_figure_against_earlier_takes_says_so() -> None:
    own = Baseline(12.0, 2.0, -10.0, 3.0, n_units=3, n_takes=4).told()
    judged = replace(
        answer(),
        measurements=(Measurement("agitation", 0.1, "-1..1", ""),),
        bands={"agitation": Band((-0.4, 0.4), (-1.0, 0.7), own)},
    )
    lines = [line.strip() for line in shown(judged).splitlines()]
    at = next(i for i, line in enumerate(lines) if line.startswith("激动度"))
    assert lines[at + 1] == "以您自己之前的 4 次练习为准"


def test_it_stays_readable_on_a_very_wide_terminal() -> None:
    assert max(cell_len(line) for line in shown(answer(), width=200).splitlines()) <= 100


def test_headline_advice_with_times_and_coverage() -> None:
    text = shown(answer())
    assert "总分 73  满分 100" in text
    assert "要点覆盖 58%–83%  5 个要点：听到 3，可能 1，没有听到 1" in text
    assert "1. [0:03] 没有听到“倾听诉求”" in text
    assert "✓ 听到      查明原因  “打开物流系统查一下” 0:08" in text
    assert "? 可能      安抚情绪  “实在抱歉，让您久等了” 0:02" in text
    assert "– 没有听到  倾听诉求" in text


def test_figures_stand_with_unit_verdict_in_words_and_good_range() -> None:
    line = next(line for line in shown(answer()).splitlines() if line.strip().startswith("最长停顿"))
    assert line.split() == ["最长停顿", "3.40", "秒", "!", "留意", "合适", "≤", "3"]


def test_what_was_not_measured_says_why() -> None:
    text = shown(answer())
    assert "没有量到" in text
    assert "反应时间: 不知道题目何时播完" in text


@pytest.mark.parametrize("with_score", [True, False])
def test_nobody_is_told_that_he_did_not_say_it(*, with_score: bool) -> None:
    for ui in ("zh", "en"):
        text = shown(answer(), ui=ui, with_score=with_score)
        assert "没有说" not in text.replace("不能证明没有说", "")
        assert "did not say" not in text


def test_zero_fillers_are_not_shown_as_a_fact() -> None:
    text = shown(answer())
    line = next(line for line in text.splitlines() if line.strip().startswith("口头禅"))
    assert line.split() == ["口头禅", "未听到", "仅供参考"]
    assert "识别软件常常漏掉" in text


def test_no_forbidden_phrase_found_proves_nothing() -> None:
    plain = answer()
    assert plain.coverage
    text = shown(replace(plain, coverage=replace(plain.coverage, language=())))
    assert "不能证明没有说" in text


def test_forbidden_phrases_stand_with_quote_time_and_certainty() -> None:
    text = shown(answer())
    assert "! 违规承诺 “我保证明天一定送到” 0:17 · 确定" in text
    assert "? 用“你”不用“您” “你” · 请回放确认" in text


def test_without_a_score_there_is_no_total_no_range_and_no_hard_word() -> None:
    text = shown(answer(), with_score=False)
    for hard in ("总分", "73", "58%", "需改进", "字/分"):
        assert hard not in text
    assert "这里不打分" in text
    assert "再调一点" in text


def test_a_refusal_has_reason_and_remedy_and_no_total() -> None:
    text = shown(refused())
    assert "未评分" in text
    assert "! 录音里没有听到说话声" in text
    assert "办法：检查麦克风是否静音，再录一次" in text
    assert "总分" not in text


def test_a_lesser_remark_leaves_the_total() -> None:
    remark = Refusal("dead_channel", {"zh": "第 1 声道没有声音"}, {"zh": "检查接线"}, blocks_score=False)
    text = shown(replace(answer(), refusals=(remark,)))
    assert "总分 73" in text
    assert "第 1 声道没有声音" in text


def test_without_a_prompt_it_says_so() -> None:
    text = shown(answer(with_prompt=False), with_prompt=False)
    assert "只看指标  没有选题目" in text
    assert "\n要点" not in text


def test_nothing_to_score_is_said() -> None:
    text = shown(replace(answer(), total=None, scores=()))
    assert "未评分  没有能计分的项目" in text


def test_a_fatal_item_is_named_at_the_top() -> None:
    fatal = Score("fatal:rude", 0.0, 0.0, "red", "你听不懂吗")
    text = shown(replace(answer(), total=0.0, scores=(*answer().scores, fatal)))
    assert "总分 0  有一票否决项：一票否决: 不礼貌" in text


def test_wrong_order_names_the_step() -> None:
    plain = answer()
    assert plain.coverage
    text = shown(replace(plain, coverage=replace(plain.coverage, order_ok=False, out_of_order=("solve",))))
    assert "! 步骤的先后不对：给出办法 说早了" in text


def test_the_short_form_has_advice_coverage_and_few_lines_of_figures() -> None:
    text = shown(answer(), short=True)
    assert "先改这几处" in text
    assert "没有听到  倾听诉求" in text
    assert "语速 200 字/分 ✓ 合适 · 停顿频率" in text
    assert "出处" not in text
    assert prompt().text["zh"] not in text  # the practice has just asked it
    assert prompt().text["zh"] in shown(answer())
    assert len(text.splitlines()) < 30


def test_a_point_that_the_prompt_no_longer_has_is_shown_by_its_id() -> None:
    gone = Coverage("late_delivery", (PointResult("old_point", "covered", 1.0),), 1.0, 1.0, None)
    assert "✓ 听到  old_point" in shown(replace(answer(), coverage=gone))


def test_control_characters_reach_no_terminal() -> None:
    text = shown(replace(answer(), source="a\x1b[31m\nb\x07.wav"))
    assert "\x1b" not in text
    assert "a\\x1b[31m b\\x07.wav" in text


def test_colours_only_on_a_terminal_and_never_against_the_readers_wish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def escapes(*, terminal: bool) -> tuple[bool, bool]:
        file = io.StringIO()
        console = Console(file=file, width=80, force_terminal=terminal)
        print_report(answer(), prompt(), profile(), console=console)
        return "\x1b[" in file.getvalue(), "\x1b[32m" in file.getvalue()

    assert escapes(terminal=False) == (False, False)
    assert escapes(terminal=True) == (True, True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert escapes(terminal=True)[1] is False


def test_it_prints_to_standard_output_that_knows_no_hanzi(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setenv("COLUMNS", "80")
    print_report(answer(), prompt(), profile())
    stream.flush()
    assert b"73" in raw.getvalue()


def test_an_answer_without_figures_or_advice_is_said_shortly() -> None:
    bare = replace(answer(), measurements=(Measurement("snr", None, "dB", "d", (), "no_speech"),), advice=())
    text = shown(bare)
    assert "没有要特别提醒的" in text
    assert "\n指标" not in text
    assert "\n指标" not in shown(bare, short=True)
