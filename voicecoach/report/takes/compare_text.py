"""Two assessments side by side in a terminal: what a correction changed, or one take against another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from voicecoach.report import names
from voicecoach.report.figures import VERDICT_MARKS
from voicecoach.report.one.view_values import STATE_MARKS
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicecoach.app.takes.review import Cell, Difference
    from voicecoach.model.prompt import Prompt
    from voicecoach.words.catalogue import Ui

DOUBTS: Final = {
    "other_prompt": ("题目不同，要点和总分不能直接比", "different prompts: points and totals do not compare"),
    "other_rubric": ("要点的版本不同", "different versions of the rubric"),
    "other_model": ("识别模型不同", "different recognisers"),
    "other_profile": ("评分标准不同", "different profiles"),
}
_HEADS: Final = {
    "better": ("较好", "better"),
    "change": ("变化", "change"),
    "nothing": ("没有变化。", "Nothing changed."),
    "coverage": ("要点覆盖", "Coverage"),
}
_STATES: Final = {"green": "covered", "amber": "maybe", "red": "not_heard"}


def difference_lines(
    differences: Sequence[Difference],
    *,
    heads: tuple[str, str],
    prompt: Prompt | None = None,
    ui: str = "zh",
    with_score: bool = True,
    with_better: bool = True,
) -> Iterator[str]:
    """A table: what, left, right, the change, and which is better. ``heads`` name the two sides."""
    reader = reader_language(ui)
    rows = [row(found, prompt, reader) for found in shown(differences, with_score=with_score)]
    if not rows:
        yield _word("nothing", reader)
        return
    better = dict(zip(("left", "right"), heads, strict=True)) if with_better else {}
    head = ("", *heads, _word("change", reader), _word("better", reader) if with_better else "")
    table = [head, *((*cells[:4], better.get(cells[4], "")) for cells in rows)]
    widths = [max(cell_len(line[column]) for line in table) for column in range(5)]
    for line in table:
        yield "  ".join(pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip()


def row(found: Difference, prompt: Prompt | None, ui: Ui) -> tuple[str, str, str, str, str]:
    """Name, left, right, change (empty when there is none), and ``left``, ``right`` or nothing."""
    step = found.step
    change = "" if not step else f"{'+' if step > 0 else ''}{_figure(found.name, step)}"
    return (
        printable(label(found.name, prompt, ui)),
        _cell(found, found.left, ui),
        _cell(found, found.right, ui),
        "" if change.strip("+−0.%") == "" else change,
        found.better or "",
    )


def shown(differences: Sequence[Difference], *, with_score: bool) -> list[Difference]:
    """Without scores: the points and what has a verdict, but no total and no coverage."""
    if with_score:
        return list(differences)
    return [
        found
        for found in differences
        if found.name not in {"total", "coverage"} and (found.left.verdict or found.right.verdict)
    ]


def label(name: str, prompt: Prompt | None, ui: Ui) -> str:
    """What a difference or a moment is about, in the reader's language."""
    kind, _, key = name.rpartition(":")
    if kind == "rubric":
        points = () if prompt is None else prompt.points
        found = next((point.label for point in points if point.id == key), {})
        return found.get(ui) or next(iter(found.values()), key)
    if kind in {"language", "fatal"}:
        return named(key, ui)
    if name in {"total", "order"}:
        return named(name, ui)
    return _word("coverage", ui) if name == "coverage" else names.title(name, ui)


def difference_json(found: Difference) -> dict[str, Any]:
    """The difference for a program."""
    return {
        "name": found.name,
        "unit": found.unit,
        "left": _cell_json(found.left),
        "right": _cell_json(found.right),
        "change": None if found.step is None else float(f"{found.step:.6g}"),
        "better": found.better,
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "verdict": cell.verdict, "points": cell.points, "out_of": cell.out_of}


def _cell(found: Difference, cell: Cell, ui: Ui) -> str:
    if found.name.startswith("rubric:"):
        if cell.verdict is None:
            return "—"
        state = _STATES[cell.verdict]
        return f"{STATE_MARKS[state]} {named(state, ui)}"
    if found.name == "order":
        return "—" if cell.verdict is None else VERDICT_MARKS[cell.verdict]
    if cell.value is None:
        return "—"
    if names.is_unproven(found.name, cell.value):
        return word("report-none-heard", ui)
    amount = f"{_figure(found.name, cell.value)} {names.unit(found.name, found.unit, ui)}".strip()
    return amount if cell.verdict is None else f"{amount} {VERDICT_MARKS[cell.verdict]}"


def _figure(name: str, value: float) -> str:
    if name == "coverage":
        return f"{value:.0%}".replace("-", "−")
    return f"{value:.1f}".replace("-", "−") if name == "total" else names.figure(name, value)


def _word(key: str, ui: Ui, words: Mapping[str, tuple[str, str]] = _HEADS) -> str:
    return words[key][0 if ui == "zh" else 1]
