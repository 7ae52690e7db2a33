"""``voicecoach review``: the kept takes, one of them, two side by side, or all as progress."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from voicecoach.cli.main import show_error
from voicecoach.cli.options import (
    NAMED_PATH,
    WholeText,
    json_option,
    ui_option,
)
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.report.screen import console, is_dialogue, say, say_json, say_json_text
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.takes.ticks import Said
    from voicecoach.model.take import TakeSummary
    from voicecoach.ports import Store
    from voicecoach.report.takes.browse import TakeList
    from voicecoach.words.catalogue import Ui


@click.command(
    epilog="""\b
TAKE is an id, the beginning of one, or: last
In the list: arrows or j k, PgUp PgDn, Enter opens, / filters, q quits.
At a take: 1-9 play a moment, 0 all, h HTML report, m model answer, c correct, t tick, q quits.
POINT is a point's id (voicecoach prompts show ID), or a code of language: rude, shirk:2.

\b
Examples:
  voicecoach review
  voicecoach review last --html report.html
  voicecoach review --html progress.html
  voicecoach review --compare 20261101-09 last
  voicecoach review last --tick apology --untick rude
"""
)
@click.argument("reference", metavar="[TAKE]", required=False)
@click.option("--compare", nargs=2, metavar="TAKE TAKE", help="Two takes side by side.")
@click.option(
    "--html", "html_file", type=NAMED_PATH, metavar="FILE",
    help="Write a page: of the take, of the two, or of the whole progress.",
)  # fmt: skip
@click.option("--tick", multiple=True, metavar="POINT", help="This counts (算), whatever was judged.")
@click.option("--untick", multiple=True, metavar="POINT", help="This does not count (不算).")
@click.option("--as-judged", multiple=True, metavar="POINT", help="Take a tick back.")
@click.option(
    "--sentence",
    type=WholeText(),
    metavar="TEXT",
    help="With one --tick or --untick: the sentence to learn from.",
)
@json_option
@ui_option()
@click.option("--no-score", "without_score", is_flag=True, help="No totals and no coverage.")
def review(
    reference: str | None,
    compare: tuple[str, str] | None,
    html_file: Path | None,
    tick: tuple[str, ...],
    untick: tuple[str, ...],
    as_judged: tuple[str, ...],
    sentence: str | None,
    ui: Ui,
    *,
    as_json: bool,
    without_score: bool,
) -> None:
    """Look at kept takes: the list, one take's report and moments, two side by side, the progress.

    回看练习：列表、报告、回放、对比、进步。
    """
    from voicecoach import wiring
    from voicecoach.wiring.outputs import Output, check_replaceable

    if reference is not None and compare is not None:
        raise UsageError("take-and-compare")
    ticks: list[tuple[str, Said]] = [
        *((name, "counts") for name in tick),
        *((name, "counts_not") for name in untick),
        *((name, "as_judged") for name in as_judged),
    ]
    if ticks and reference is None:
        raise UsageError("tick-without-take")
    if sentence is not None and len(tick) + len(untick) != 1:
        raise UsageError("tick-sentence-for-one")
    if html_file is not None:
        check_replaceable(Output(html_file, "HTML"))
    face = _BrowseFace(wiring.store(), html_file, ui, as_json=as_json, with_score=not without_score)
    if compare is not None:
        face.two(*compare)
    elif reference is not None:
        face.take(reference, ticks=ticks, sentence=sentence)
    elif html_file is not None:
        face.progress(html_file)
    else:
        face.all()


class _BrowseFace:
    """One call of ``review``."""

    def __init__(
        self, store: Store, html_file: Path | None, ui: Ui, *, as_json: bool, with_score: bool
    ) -> None:
        self.store, self.html_file, self.ui = store, html_file, ui
        self.as_json, self.with_score = as_json, with_score

    def all(self) -> None:
        """The list: to browse on a terminal, else as a table."""
        takes = self.store.takes()
        if self.as_json:
            say_json([asdict(take) for take in takes], indent=1)
        elif takes and is_dialogue():
            self._browse(takes)
        else:
            self._table(takes)

    def take(
        self, reference: str, *, ticks: Sequence[tuple[str, Said]] = (), sentence: str | None = None
    ) -> None:
        """One take, ticked first: its report, and keys on a terminal."""
        from voicecoach import wiring
        from voicecoach.cli.takes.page import TakePage
        from voicecoach.wiring import takes

        opened = wiring.opened_take(self.store.take(reference))
        if ticks:
            from voicecoach.cli.takes.ticks import tick_all

            opened = tick_all(self.store, opened, ticks, sentence=sentence, ui=self.ui)
        page = TakePage(self.store, opened, ui=self.ui, with_score=self.with_score)
        if self.html_file is not None:
            content = takes.page(self.store, opened, ui=self.ui, with_score=self.with_score)
            self._write(self.html_file, content)
        if self.as_json:
            from voicecoach.documents.layout import dumps

            say_json_text(dumps(opened.take.assessment))
        elif self.html_file is None and not ticks and is_dialogue():
            page.loop()
        elif self.html_file is None:
            page.print()

    def two(self, first: str, second: str) -> None:
        """Two takes side by side."""
        from voicecoach import wiring
        from voicecoach.app.takes.review import compare
        from voicecoach.report.takes import compare_text
        from voicecoach.wiring import takes

        left, right = (wiring.opened_take(self.store.take(name)) for name in (first, second))
        compared = compare(left, right)
        if self.html_file is not None:
            content = takes.compare_page(compared, ui=self.ui, with_score=self.with_score)
            self._write(self.html_file, content)
        if self.as_json:
            from voicecoach.report.takes.documents import comparison_json

            say_json(comparison_json(compared), indent=1)
        elif self.html_file is None:
            for name, opened in (("A", left), ("B", right)):
                say(f"{name}  {opened.take.id}  {opened.take.prompt_id}")
            for doubt in compared.doubts:
                say(f"! {compare_text.doubt_text(doubt, self.ui)}")
            say("")
            for line in compare_text.difference_lines(
                compared.differences,
                heads=("A", "B"),
                prompt=right.prompt,
                ui=self.ui,
                with_score=self.with_score,
            ):
                say(line)

    def progress(self, target: Path) -> None:
        """The page of the whole progress."""
        from voicecoach.wiring import takes

        self._write(target, takes.progress_page(self.store, ui=self.ui, with_score=self.with_score))

    def _table(self, takes: Sequence[TakeSummary]) -> None:
        from voicecoach.report.takes.listing import list_lines

        for line in list_lines(takes, ui=self.ui):
            say(line)
        if not takes:
            say(word("take-none", self.ui), err=True)

    def _browse(self, takes: Sequence[TakeSummary]) -> None:
        from voicecoach.report.takes.browse import TakeList

        shown = TakeList(takes, height=24, ui=self.ui, with_score=self.with_score)
        while True:
            chosen = _choose(shown)
            if chosen is None:
                return
            try:
                self.take(chosen.id)
            except VoicecoachError as exc:
                show_error(exc, self.ui)
                click.pause(word("take-any-key", self.ui))

    def _write(self, target: Path, content: bytes) -> None:
        """Write a page, and say where it is."""
        from voicecoach.wiring.files import write

        write(target, content, kind="HTML")
        say(word("take-report", self.ui, path=target), err=self.as_json)


def _choose(shown: TakeList) -> TakeSummary | None:
    """Let the user move through the list on the alternate screen; None when they quit."""
    from rich.console import ConsoleDimensions
    from rich.text import Text

    from voicecoach.cli.takes.list_keys import key_reader

    terminal = console()
    with key_reader() as read, terminal.screen() as screen:
        while True:
            width, shown.height = os.get_terminal_size(sys.stdout.fileno())
            terminal.size = ConsoleDimensions(width, shown.height)  # not what LINES once was
            text = Text(no_wrap=True, overflow="crop")
            for number, line in enumerate(lines := shown.lines(width)):
                dim = number in (1, len(lines) - 1)
                here = number == shown.cursor_line() and shown.chosen is not None
                text.append(line + "\n", style="reverse" if here else "dim" if dim else "")
            screen.update(text)
            for key in read():
                action = shown.press(key)
                if action == "quit":
                    return None
                if action == "open":
                    return shown.chosen
