"""Progress on standard error: a bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final, Self

from voicecoach.report.phrases import printable
from voicecoach.report.screen import console, say

if TYPE_CHECKING:
    from types import TracebackType

    from voicecoach.words.catalogue import Message, Ui

LINE_EVERY_S: Final = 15.0
"""Seconds between two plain lines, where there are many parts."""

HEAD: Final = "[{n}/{of}] "
"""What a plain line begins with."""


class TerminalProgress:
    """Implements ``ports.progress.Progress`` inside its ``with`` block.

    Without a terminal the first and the last part of a stage are told, and one every ``line_every_s``; with
    ``plain`` False none is. ``head`` is what such a line begins with: ``n`` parts done ``of`` all.
    """

    def __init__(
        self, ui: Ui, *, line_every_s: float = LINE_EVERY_S, plain: bool = True, head: str = HEAD
    ) -> None:
        self._ui, self._line_every_s, self._plain, self._head = ui, line_every_s, plain, head
        self._n_parts: int | None = None
        self._told_s = float("-inf")
        self._bars: Any = None

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The bar goes, whatever happened."""
        self._end()

    def stage(self, n_parts: int | None, what: Message | None = None) -> None:
        """As the port says."""
        self._end()
        self._n_parts, self._told_s = n_parts, float("-inf")
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as Bars

            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
            self._bars = Bars(*columns, console=console(err=True), transient=True)
            self._bars.add_task("" if what is None else printable(what.words(self._ui)), total=n_parts)
            self._bars.start()
        elif what is not None and self._plain:
            say(what.words(self._ui), err=True)

    def done(self, n_done: int, what: Message) -> None:
        """As the port says."""
        words = what.words(self._ui)
        if self._bars is not None:
            self._bars.update(self._bars.task_ids[0], completed=n_done, description=printable(words))
            return
        now_s = time.monotonic()
        last = self._n_parts is not None and n_done >= self._n_parts
        if not self._plain or (not last and now_s - self._told_s < self._line_every_s):
            return
        self._told_s = now_s
        of = "?" if self._n_parts is None else self._n_parts
        say(self._head.format(n=n_done, of=of) + words, err=True)

    def note(self, what: Message) -> None:
        """As the port says; a bar that is shown ends here."""
        self._end()
        say(what.words(self._ui), err=True)

    def _end(self) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
