"""The history for a terminal: a list of takes, and one take in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.documents.take import facts_of
from voicecoach.report import names
from voicecoach.report.phrases import printable, reader_language
from voicecoach.report.takes.export import coverage, length, local_time, state_words
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model.take import Take, TakeSummary
    from voicecoach.words.catalogue import Ui

LABEL_WIDTH: Final = 15
NAME_WIDTH: Final = 28
"""Columns of a terminal."""
_POINT_MARKS: Final = {"covered": "✓", "maybe": "?", "not_heard": "·"}
_VERDICT_MARKS: Final = {"green": "●", "amber": "◐", "red": "○"}


def list_lines(takes: Iterable[TakeSummary], *, ui: Ui) -> Iterator[str]:
    """A line a take: id, time, prompt, length, total or why there is none, coverage."""
    reader = reader_language(ui)
    rows = [
        (
            take.id,
            local_time(take.recorded_at),
            take.prompt_id,
            length(take.duration_s).rjust(5),
            _right(state_words(take.state, reader) if take.total is None else f"{take.total:.0f}", 6),
            coverage(take.coverage_low, take.coverage_high),
            word("takes-corrected", reader) if take.corrected else "",
        )
        for take in takes
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for take_id, when, prompt_id, *rest in rows:
        first = (pad(text, width) for text, width in zip((take_id, when, prompt_id), widths, strict=True))
        yield "  ".join((*first, rest[0], rest[1], pad(rest[2], 9), rest[3])).rstrip()


def take_lines(take: Take, *, ui: Ui) -> Iterator[str]:
    """One take: what was asked and said, total, points, figures."""
    reader = reader_language(ui)
    judged = facts_of(take)
    low, high = judged.coverage or (None, None)
    total = state_words(take.state, reader) if judged.total is None else f"{judged.total:.1f}"
    recognised = take.recognised_text if take.corrected_text is not None else ""
    cer = "" if take.cer is None else f" {word('takes-cer', reader, rate=f'{take.cer:.1%}')}"
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
        ("engine", f"{judged.engine} {judged.model_sha256[:12]}".strip()),
        ("rubric", judged.rubric_version),
    )
    yield take.id
    for label, text in facts:
        if text:
            yield f"  {pad(word(f'takes-label-{label}', reader), LABEL_WIDTH)}{printable(text)}"
    for point in judged.points:
        yield f"  {_POINT_MARKS.get(point.state, '·')} {printable(point.point_id)}"
    for row in judged.figures:
        if row.value is not None:
            mark = _VERDICT_MARKS.get(row.verdict or "", " ")
            shown = f"{names.figure(row.name, row.value)} {names.unit(row.name, row.unit, reader)}"
            yield f"  {mark} {pad(printable(names.title(row.name, reader)), NAME_WIDTH)}{shown}".rstrip()


def _right(text: str, width: int) -> str:
    return pad(text, width)[len(text) :] + text
