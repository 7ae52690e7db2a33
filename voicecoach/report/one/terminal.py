"""The report in a terminal: 80 columns, Chinese widths minded, words and marks beside every colour.

Colours go when the output is no terminal or ``NO_COLOR`` is set (rich sees to both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from voicecoach.report import screen
from voicecoach.report.one.view import build_view, clock
from voicecoach.report.wrapping import pad, wrap
from voicecoach.words.catalogue import DEFAULT_UI, word
from voicecoach.words.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.audio import Span
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.report.figures import FigureView
    from voicecoach.report.one.view_values import CoverageView, PointView, View
    from voicecoach.words.catalogue import Ui

WIDEST: Final = 100
"""Wider lines are hard to read, columns."""
NARROWEST: Final = 40
STYLES: Final = {"green": "green", "amber": "yellow", "red": "red", None: ""}
STATE_STYLES: Final = {"covered": "green", "maybe": "yellow", "not_heard": "red"}


def print_report(
    assessment: Assessment,
    prompt: Prompt | None,
    profile: Profile,
    *,
    ui: Ui = DEFAULT_UI,
    with_score: bool = True,
    short: bool = False,
    console: Console | None = None,
) -> None:
    """Print the report. ``short``: advice, coverage and the figures in few lines, without the question.

    ``with_score`` False: no total and no figures, gentle words.
    """
    if console is None:
        console = screen.console()
    view = build_view(assessment, prompt, profile, ui=ui, with_score=with_score)
    page = _Page(view, max(NARROWEST, min(console.width, WIDEST)), with_score=with_score)
    page.render(short=short)
    for line in page.lines:
        console.print(line if visible(line.plain) == line.plain else Text(visible(line.plain)))


class _Page:
    """The lines of one report."""

    def __init__(self, view: View, width: int, *, with_score: bool) -> None:
        self.view, self.width, self.with_score = view, width, with_score
        self.lines: list[Text] = []

    def render(self, *, short: bool) -> None:
        """Write all sections in their order."""
        view = self.view
        self._headline(short=short)
        self._remarks()
        self._tips()
        if view.coverage is not None:
            self._coverage(view.coverage, short=short)
            self._language(view.coverage)
        if short:
            self._figures_short()
            return
        self._figures()
        self._missing()
        self._provenance()

    def _word(self, code: str, **facts: object) -> str:
        return word(code, self.view.ui, **facts)

    def _section(self, title: str, extra: str = "") -> None:
        self.lines.append(Text())
        line = Text(title, style="bold")
        beside = cell_len(f"{title}  {extra}") <= self.width
        if extra and beside:
            line.append(f"  {extra}", style="dim")
        self.lines.append(line)
        if extra and not beside:
            self._block(extra, first="  ", style="dim")

    def _block(self, text: str, *, first: str = "", indent: int | None = None, style: str = "") -> None:
        """``text`` wrapped behind ``first``; the following lines stand under the text's beginning."""
        indent = cell_len(first) if indent is None else indent
        for number, line in enumerate(wrap(text, self.width - indent)):
            self.lines.append(Text((pad(first, indent) if number == 0 else " " * indent) + line, style=style))

    def _headline(self, *, short: bool) -> None:
        view, headline = self.view, self.view.headline
        if view.question and not short:
            self._block(view.question, style="bold")
        facts = [view.duration, f"{self._word('report-profile')} {view.profile}"]
        facts = facts if short else [view.source, *facts]
        self._block(" · ".join(facts), style="dim")
        self.lines.append(Text())
        line = Text(f"{headline.title} {headline.total}".rstrip(), style="bold")
        room = f"{headline.title} {headline.total}  "
        notes = wrap(headline.note, self.width - cell_len(room))
        line.append("  " + notes[0])
        self.lines += [line, *(Text(" " * cell_len(room) + note) for note in notes[1:])]
        if view.coverage is not None and self.with_score and headline.kind == "scored":
            self._block(f"{self._word('report-coverage')} {view.coverage.range}  {view.coverage.count}")

    def _remarks(self) -> None:
        if not self.view.remarks:
            return
        self._section(self._word("report-refusals"))
        for remark in self.view.remarks:
            self._block(remark.reason, first="! ", style="red" if remark.blocks else "yellow")
            self._block(self._word("report-remedy", what=remark.remedy), first="  ")

    def _tips(self) -> None:
        if not self.view.tips and self.view.headline.kind in {"refused", "metrics_only"}:
            return
        self._section(self._word("report-advice"))
        if not self.view.tips:
            self._block(self._word("report-advice-none"), first="  ")
        for number, tip in enumerate(self.view.tips, start=1):
            moment = f"[{_times(tip.span)}] " if tip.span else ""
            self._block(moment + tip.text, first=f"  {number}. ")

    def _coverage(self, coverage: CoverageView, *, short: bool) -> None:
        self._section(self._word("report-points"), coverage.range or coverage.count)
        label_width = max((cell_len(point.label) for point in coverage.points), default=0)
        word_width = max((cell_len(point.word) for point in coverage.points), default=0)
        for point in coverage.points:
            head = f"  {point.mark} {pad(point.word, word_width)}  {pad(point.label, label_width)}  "
            if cell_len(head) > self.width // 2:
                self.lines.append(Text(head.rstrip(), style=STATE_STYLES[point.state]))
                head = "    "
            self._point(point, head, short=short)
        if coverage.order:
            mark, style = ("✓", "green") if coverage.order_ok else ("!", "yellow")
            self._block(coverage.order, first=f"  {mark} ", style=style)
        if coverage.low != coverage.high and not short and self.with_score:
            self._block(self._word("report-coverage-range"), first="    ", style="dim")

    def _point(self, point: PointView, head: str, *, short: bool) -> None:
        style, indent = STATE_STYLES[point.state], " " * cell_len(head)
        quotes = [f"“{said.quote}” {_times(said.span)}".rstrip() for said in point.said]
        lines = [(quote, style) for quote in (quotes[:1] if short else quotes)]
        if point.hint and not short:
            lines.append((self._word("report-try-saying", what=point.hint), "dim"))
        for number, (text, text_style) in enumerate(lines or [("", "")]):
            first = head if number == 0 else indent
            self._block(text, first=first, style=style if number == 0 else text_style)

    def _language(self, coverage: CoverageView) -> None:
        self._section(self._word("report-language"))
        if not coverage.language:
            self._block(self._word("report-language-none"), first="  ", style="dim")
        for hit in coverage.language:
            line = f"{hit.label} “{hit.quote}” {_times(hit.span)}".rstrip() + f" · {hit.word}"
            self._block(
                line, first="  ! " if hit.certain else "  ? ", style="red" if hit.certain else "yellow"
            )

    def _figures(self) -> None:
        groups = [
            (group.title, [figure for figure in group.figures if self.with_score or figure.verdict])
            for group in self.view.groups
        ]
        figures = [figure for _, members in groups for figure in members]
        if not figures:
            return
        self._section(self._word("report-figures"))
        titles = max(cell_len(figure.title) for figure in figures)
        amounts = max(cell_len(figure.amount) for figure in figures) if self.with_score else 0
        words = max(cell_len(figure.word) for figure in figures) + 2
        for title, members in groups:
            if members:
                self.lines.append(Text(f"  {title}", style="dim"))
            for figure in members:
                self._figure(figure, titles, amounts, words)

    def _figure(self, figure: FigureView, titles: int, amounts: int, words: int) -> None:
        line = Text(f"    {pad(figure.title, titles)}  ")
        if self.with_score:
            line.append(pad(figure.amount, amounts) + "  ")
        line.append(pad(_judged(figure), words), style=STYLES[figure.verdict])
        if self.with_score and figure.good:
            line.append(f"  {self._word('report-green')} {figure.good}", style="dim")
        line.rstrip()
        if line.cell_len <= self.width:
            self.lines.append(line)
        else:
            self._block(line.plain.strip(), first="    ", indent=6)
        if figure.reference:
            self._block(figure.reference, first="      ", style="dim")
        if figure.provisional:
            self._block(
                f"{self._word('report-provisional')}: {figure.provisional}", first="      ", style="dim"
            )

    def _figures_short(self) -> None:
        figures = [figure for group in self.view.groups for figure in group.figures if figure.verdict]
        if not figures:
            return
        self._section(self._word("report-figures"))
        parts = []
        for figure in figures:
            amount = figure.amount if self.with_score else ""
            parts.append(" ".join(word for word in (figure.title, amount, _judged(figure)) if word))
        self._block(" · ".join(parts), first="  ")

    def _missing(self) -> None:
        if not self.view.missing:
            return
        self._section(self._word("report-missing"))
        by_reason: dict[str, list[str]] = {}
        for title, reason in self.view.missing:
            by_reason.setdefault(reason, []).append(title)
        for reason, titles in by_reason.items():
            joined = self._word("report-separator").join(titles)
            self._block(f"{joined}: {reason}", first="  ")

    def _provenance(self) -> None:
        self._section(self._word("report-provenance"))
        for name, made in self.view.provenance:
            self._block(f"{name}: {made}", first="  ", style="dim")


def _judged(figure: FigureView) -> str:
    return f"{figure.mark} {figure.word}".strip()


def _times(span: Span | None) -> str:
    return "" if span is None else clock(span.start_s)
