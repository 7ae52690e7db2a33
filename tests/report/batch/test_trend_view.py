"""The words of two batches compared: terminal and page, whatever a result holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from batch_documents import documents, prompts
from pages import EVIL, Outline, text_of

from voicecoach.app.batch.trend import answers_of, trend
from voicecoach.documents.result import decode_result
from voicecoach.model.result import FailedResult
from voicecoach.report.batch.trend import TrendView

if TYPE_CHECKING:
    from voicecoach.model.result import Result


def results(n: int, seed: int, *, rubric: str | None = None, **batch: Any) -> list[Result]:
    lines = documents(n, seed=seed)
    for index, line in enumerate(lines):
        line["batch"] |= {"carried": {"班组": "甲乙"[index % 2]}, **batch}
    made = [decode_result(line) for line in lines]
    if rubric is None:
        return made
    return [
        result
        if isinstance(result, FailedResult)
        else replace(result, assessment=replace(result.assessment, rubric_version=rubric))
        for result in made
    ]


def view(*, rubric: str | None = None, ui: str = "zh", **batch: Any) -> TrendView:
    return TrendView(
        trend(answers_of(results(60, 1)), answers_of(results(80, 2, rubric=rubric, **batch))), prompts(), ui
    )


def test_a_terminal_is_told_counts_change_groups_points_and_files() -> None:
    text = "\n".join(view().lines())
    assert "之前 60 个录音" in text
    assert re.search(r"平均总分：\d+\.\d → \d+\.\d，[+-]\d+\.\d \[[+-]\d+\.\d, [+-]\d+\.\d\]", text)
    for title in ("按题目", "按班组", "按说话人", "要点命中率", "有变化的录音"):
        assert title in text
    assert "安抚情绪 · late_delivery" in text
    assert "compare.html" in text
    assert len(text.splitlines()) < 80


def test_what_cannot_be_compared_is_said_with_both_versions() -> None:
    told = list(view(rubric="9-zzz", ui="en").sentences())
    assert any(
        re.search("not comparable: prompt late_delivery, rubric version differs: .* -> 9-zzz", t)
        for t in told
    )
    assert "no totals of both can be compared" in told[1]


def test_the_page_holds_the_same_and_no_markup_of_others() -> None:
    page = view(speaker=EVIL, carried={EVIL: EVIL}, file="week/0001.wav").page().decode()
    outline = Outline()
    outline.feed(page)
    assert not {"img", "script"} & {tag for tag, _ in outline.tags}
    assert "按题目" in text_of(page)
    assert "http" not in page.replace("http-equiv", "")
