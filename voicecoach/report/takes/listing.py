"""The history for a terminal: a list of takes, and one take in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.take import figure_rows, point_rows
from voicecoach.report import names
from voicecoach.report.phrases import printable, reader_language
from voicecoach.report.takes.export import coverage, length, local_time
from voicecoach.report.wrapping import pad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model.take import Take, TakeSummary

LABEL_WIDTH: Final = 15
NAME_WIDTH: Final = 28
"""Columns of a terminal."""
_STATES: Final = {
    "recorded": ("未评", "not looked at"),
    "scored": ("", ""),
    "not_scored": ("未评分", "not scored"),
}
_POINT_MARKS: Final = {"covered": "✓", "maybe": "?", "not_heard": "·"}
_VERDICT_MARKS: Final = {"green": "●", "amber": "◐", "red": "○"}
_LABELS: Final = {
    "prompt": ("题目", "prompt"),
    "time": ("时间", "time"),
    "length": ("时长", "length"),
    "device": ("设备", "device"),
    "total": ("总分", "total"),
    "coverage": ("要点覆盖", "coverage"),
    "said": ("说了什么", "what was said"),
    "recognised": ("识别原文", "as recognised"),
    "engine": ("识别引擎", "recogniser"),
    "rubric": ("评分标准", "rubric"),
    "overflows": ("丢失的声音块", "blocks lost"),
}


def list_lines(takes: Iterable[TakeSummary], *, ui: str) -> Iterator[str]:
    """A line a take: id, time, prompt, length, total or why there is none, coverage."""
    rows = [
        (
            take.id,
            local_time(take.recorded_at),
            take.prompt_id,
            length(take.duration_s).rjust(5),
            _right(_word(_STATES[take.state], ui) if take.total is None else f"{take.total:.0f}", 6),
            coverage(take.coverage_low, take.coverage_high),
            _word(("已校正", "corrected"), ui) if take.corrected else "",
        )
        for take in takes
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for take_id, when, prompt_id, *rest in rows:
        first = (pad(text, width) for text, width in zip((take_id, when, prompt_id), widths, strict=True))
        yield "  ".join((*first, rest[0], rest[1], pad(rest[2], 9), rest[3])).rstrip()


def take_lines(take: Take, *, ui: str) -> Iterator[str]:
    """One take: what was asked and said, total, points, figures."""
    low, high = take.coverage or (None, None)
    total = _word(_STATES[take.state], ui) if take.total is None else f"{take.total:.1f}"
    recognised = take.recognised_text if take.corrected_text is not None else ""
    cer = "" if take.cer is None else f" (CER {take.cer:.1%})"
    facts = (
        ("prompt", f"{take.prompt_id}  {take.prompt_text}".strip()),
        ("time", local_time(take.recorded_at)),
        ("length", length(take.duration_s)),
        ("device", take.device),
        ("overflows", str(take.n_overflows or "")),
        ("total", total),
        ("coverage", coverage(low, high)),
        ("said", take.text),
        ("recognised", (recognised or "") + cer),
        ("engine", f"{take.engine} {take.model_sha256[:12]}".strip()),
        ("rubric", take.rubric_version),
    )
    language = reader_language(ui)
    yield take.id
    for label, text in facts:
        if text:
            yield f"  {pad(_word(_LABELS[label], ui), LABEL_WIDTH)}{printable(text)}"
    for point in point_rows(take):
        yield f"  {_POINT_MARKS.get(point.state, '·')} {printable(point.point_id)}"
    for row in figure_rows(take):
        if row.value is not None:
            mark = _VERDICT_MARKS.get(row.verdict or "", " ")
            shown = f"{names.figure(row.name, row.value)} {names.unit(row.name, row.unit, language)}"
            yield f"  {mark} {pad(printable(names.title(row.name, language)), NAME_WIDTH)}{shown}".rstrip()


def _right(text: str, width: int) -> str:
    return pad(text, width)[len(text) :] + text


def _word(words: tuple[str, str], ui: str) -> str:
    return words[0 if ui == "zh" else 1]
