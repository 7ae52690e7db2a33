"""Two assessments side by side in a terminal: what a correction changed, or one take against another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from voicecoach.report import names
from voicecoach.report.figures import VERDICT_MARKS
from voicecoach.report.one.view_values import STATE_MARKS
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import DEFAULT_UI, in_language, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.app.takes.review import Cell, Difference
    from voicecoach.model.prompt import Prompt
    from voicecoach.words.catalogue import Ui

_STATES: Final = {"green": "covered", "amber": "maybe", "red": "not_heard"}


def difference_lines(
    differences: Sequence[Difference],
    *,
    heads: tuple[str, str],
    prompt: Prompt | None = None,
    ui: Ui = DEFAULT_UI,
    with_score: bool = True,
    with_better: bool = True,
) -> Iterator[str]:
    """A table: what, left, right, the change, and which is better. ``heads`` name the two sides."""
    reader = reader_language(ui)
    rows = [row(difference, prompt, reader) for difference in shown(differences, with_score=with_score)]
    if not rows:
        yield word("takes-nothing-changed", reader)
        return
    better = dict(zip(("left", "right"), heads, strict=True)) if with_better else {}
    change, best = word("takes-column-change", reader), word("takes-column-better", reader)
    head = ("", *heads, change, best if with_better else "")
    table = [head, *((*cells[:4], better.get(cells[4], "")) for cells in rows)]
    widths = [max(cell_len(line[column]) for line in table) for column in range(5)]
    for line in table:
        yield "  ".join(pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip()


def row(difference: Difference, prompt: Prompt | None, ui: Ui) -> tuple[str, str, str, str, str]:
    """Name, left, right, change (empty when there is none), and ``left``, ``right`` or nothing."""
    step = difference.step
    change = "" if not step else f"{'+' if step > 0 else ''}{_figure(difference.name, step)}"
    return (
        printable(label(difference.name, prompt, ui)),
        _cell(difference, difference.left, ui),
        _cell(difference, difference.right, ui),
        "" if change.strip("+−0.%") == "" else change,
        difference.better or "",
    )


def shown(differences: Sequence[Difference], *, with_score: bool) -> list[Difference]:
    """Without scores: the points and what has a verdict, but no total and no coverage."""
    if with_score:
        return list(differences)
    return [
        difference
        for difference in differences
        if difference.name not in {"total", "coverage"}
        and (difference.left.verdict or difference.right.verdict)
    ]


def doubt_text(doubt: str, ui: Ui) -> str:
    """Why the two do not compare, as a sentence; a doubt that may be new is shown as it is."""
    return named(doubt, reader_language(ui), rooms=("takes",))


def label(name: str, prompt: Prompt | None, ui: Ui) -> str:
    """What a difference or a moment is about, in the reader's language."""
    kind, _, key = name.rpartition(":")
    if kind == "rubric":
        points = () if prompt is None else prompt.points
        labels = next((point.label for point in points if point.id == key), {})
        return in_language(labels, ui, key)
    if kind in {"language", "fatal"}:
        return named(key, ui)
    if name in {"total", "order"}:
        return named(name, ui)
    return word("report-coverage", ui) if name == "coverage" else names.title(name, ui)


def difference_json(difference: Difference) -> dict[str, Any]:
    """The difference for a program."""
    return {
        "name": difference.name,
        "unit": difference.unit,
        "left": _cell_json(difference.left),
        "right": _cell_json(difference.right),
        "change": None if difference.step is None else float(f"{difference.step:.6g}"),
        "better": difference.better,
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "verdict": cell.verdict, "points": cell.points, "out_of": cell.out_of}


def _cell(difference: Difference, cell: Cell, ui: Ui) -> str:
    if difference.name.startswith("rubric:"):
        if cell.verdict is None:
            return "—"
        state = _STATES[cell.verdict]
        return f"{STATE_MARKS[state]} {named(state, ui)}"
    if difference.name == "order":
        return "—" if cell.verdict is None else VERDICT_MARKS[cell.verdict]
    if cell.value is None:
        return "—"
    if names.is_unproven(difference.name, cell.value):
        return word("report-none-heard", ui)
    amount = (
        f"{_figure(difference.name, cell.value)} {names.unit(difference.name, difference.unit, ui)}".strip()
    )
    return amount if cell.verdict is None else f"{amount} {VERDICT_MARKS[cell.verdict]}"


def _figure(name: str, value: float) -> str:
    if name == "coverage":
        return f"{value:.0%}".replace("-", "−")
    return f"{value:.1f}".replace("-", "−") if name == "total" else names.figure(name, value)
