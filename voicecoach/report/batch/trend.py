"""Two batches side by side as tables of words: for a terminal, and as a page that asks for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.app.batch.trend import SPEAKER
from voicecoach.report.page import html_page
from voicecoach.report.phrases import printable, reader_language
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import in_language, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicecoach.app.batch.trend import Change, FileTrend, GroupTrend, PointTrend, Trend
    from voicecoach.model.prompt import Prompt
    from voicecoach.words.catalogue import Ui

PAGE: Final = "compare.html"
ROWS_IN_TERMINAL: Final = 8
ROWS_IN_PAGE: Final = 2_000
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class TrendTable:
    """One table: ``rows`` as texts, ``signs`` +1, -1 where a row's change is sure, else 0."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signs: tuple[int, ...]


class TrendView:
    """The words of a comparison in one language; ``prompts`` name questions and points."""

    def __init__(self, trend: Trend, prompts: Mapping[str, Prompt], ui: Ui) -> None:
        self._trend, self._prompts, self._ui = trend, prompts, reader_language(ui)

    def _word(self, code: str, **facts: object) -> str:
        return word(f"trend-{code}", self._ui, **facts)

    def sentences(self) -> Iterator[str]:
        """What is to be known first: how many, how much, and what cannot be compared."""
        trend = self._trend
        scored, files = trend.n_scored, trend.n_files
        yield self._word(
            "counts", before=files[0], now=files[1], scored_before=scored[0], scored_now=scored[1]
        )
        yield self._change_sentence("overall", trend.overall)
        if trend.paired.n_now:
            yield self._change_sentence("paired", trend.paired)
        for prompt in trend.prompts:
            for doubt in prompt.doubts:
                yield self._word(
                    "doubt",
                    prompt=printable(prompt.prompt),
                    what=self._word(f"what-{doubt.what}"),
                    before=printable(", ".join(doubt.before)) or NOTHING,
                    now=printable(", ".join(doubt.now)) or NOTHING,
                )

    def _change_sentence(self, code: str, change: Change) -> str:
        if change.difference is None:
            return self._word(f"{code}-none")
        before, now = f"{change.before:.1f}", f"{change.now:.1f}"
        return self._word(code, n=change.n_now, before=before, now=now, change=_difference(change))

    def tables(self) -> Iterator[TrendTable]:
        """By prompt, group, point and file; those without a row are left out."""
        trend = self._trend
        counts = (self._word("before"), self._word("now"), self._word("change"))
        by_prompt = [(self._prompt(p.prompt), p.change) for p in trend.prompts]
        yield from self._changes("by-prompt", by_prompt, counts)
        for column in dict.fromkeys(group.column for group in trend.groups):
            groups = [group for group in trend.groups if group.column == column]
            title = self._word("by-speaker") if column == SPEAKER else None
            yield from self._groups(
                title or self._word("by-column", column=printable(column)), groups, counts
            )
        yield from self._points(trend.points, counts)
        yield from self._files(trend.files, counts)

    def _groups(
        self, title: str, groups: Sequence[GroupTrend], counts: tuple[str, ...]
    ) -> Iterator[TrendTable]:
        rows = [(printable(group.value), group.change) for group in groups]
        rows.sort(key=lambda row: row[1].difference or 0.0)
        yield from self._table(title, rows, counts)

    def _changes(
        self, code: str, rows: Sequence[tuple[str, Change]], counts: tuple[str, ...]
    ) -> Iterator[TrendTable]:
        yield from self._table(self._word(code), rows, counts)

    def _table(
        self, title: str, rows: Sequence[tuple[str, Change]], counts: tuple[str, ...]
    ) -> Iterator[TrendTable]:
        if rows:
            told = tuple(
                (
                    name,
                    _mean(change.before, change.n_before),
                    _mean(change.now, change.n_now),
                    _difference(change),
                )
                for name, change in rows
            )
            yield TrendTable(title, ("", *counts), told, tuple(_sign(change.interval) for _, change in rows))

    def _points(self, points: Sequence[PointTrend], counts: tuple[str, ...]) -> Iterator[TrendTable]:
        rows = sorted(points, key=lambda point: point.change.difference or 0.0)
        if rows:
            told = tuple(
                (
                    f"{self._point(point.prompt, point.point)} · {printable(point.prompt)}",
                    _share(point.change.before, point.change.n_before),
                    _share(point.change.now, point.change.n_now),
                    _share_difference(point.change),
                )
                for point in rows
            )
            signs = tuple(_sign(point.change.interval) for point in rows)
            yield TrendTable(self._word("by-point"), ("", *counts), told, signs)

    def _files(self, files: Sequence[FileTrend], counts: tuple[str, ...]) -> Iterator[TrendTable]:
        changed = [file for file in files if file.difference or file.gained or file.lost]
        if changed:
            told = tuple(
                (
                    printable(file.file),
                    self._word(f"same-{file.same}"),
                    _figure(file.before),
                    _figure(file.now),
                    "" if file.before is None or file.now is None else f"{file.difference:+.1f}",
                    self._labels(file.prompt, file.gained),
                    self._labels(file.prompt, file.lost),
                )
                for file in changed[:ROWS_IN_PAGE]
            )
            heads = (
                self._word("file"),
                self._word("same"),
                *counts,
                self._word("gained"),
                self._word("lost"),
            )
            yield TrendTable(self._word("by-file", n=len(changed)), heads, told, (0,) * len(told))

    def _prompt(self, prompt_id: str) -> str:
        prompt = self._prompts.get(prompt_id)
        return printable(prompt_id if prompt is None else in_language(prompt.text, self._ui, prompt_id))

    def _point(self, prompt_id: str, point_id: str) -> str:
        prompt = self._prompts.get(prompt_id)
        for point in () if prompt is None else prompt.points:
            if point.id == point_id:
                return printable(in_language(point.label, self._ui, point_id))
        return printable(point_id)

    def _labels(self, prompt_id: str, points: Sequence[str]) -> str:
        return ", ".join(self._point(prompt_id, point) for point in points)

    def lines(self) -> Iterator[str]:
        """For a terminal: sentences, then the ends of every table."""
        from rich.cells import cell_len

        yield from self.sentences()
        for table in self.tables():
            yield ""
            yield table.title
            n, half = len(table.rows), ROWS_IN_TERMINAL // 2
            ends = table.rows if n <= ROWS_IN_TERMINAL else (*table.rows[:half], *table.rows[-half:])
            rows = [table.heads, *ends]
            widths = [max(cell_len(row[place]) for row in rows) for place in range(len(table.heads))]
            for row in rows:
                yield "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
            if n > len(ends):
                yield self._word("more", n=n - len(ends), page=PAGE)

    def page(self) -> bytes:
        """The page, UTF-8."""
        return html_page(
            "trend.html.jinja",
            self._ui,
            {"sentences": list(self.sentences()), "tables": list(self.tables())},
            style=("report.css", "batch.css"),
        )


def _mean(mean: float | None, n: int) -> str:
    return NOTHING if mean is None else f"{mean:.1f} (n = {n})"


def _share(share: float | None, n: int) -> str:
    return NOTHING if share is None else f"{share:.0%} (n = {n})"


def _figure(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"


def _difference(change: Change) -> str:
    if change.difference is None:
        return NOTHING
    told = f"{change.difference:+.1f}"
    return (
        told if change.interval is None else f"{told} [{change.interval[0]:+.1f}, {change.interval[1]:+.1f}]"
    )


def _share_difference(change: Change) -> str:
    if change.difference is None or change.interval is None:
        return NOTHING
    low, high = (100 * edge for edge in change.interval)
    return f"{100 * change.difference:+.0f} [{low:+.0f}, {high:+.0f}]"


def _sign(interval: tuple[float, float] | None) -> int:
    """Whether a change is surely one: its interval leaves out 0."""
    if interval is None:
        return 0
    return 1 if interval[0] > 0.0 else -1 if interval[1] < 0.0 else 0
