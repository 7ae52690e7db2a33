"""What a batch shows while it runs: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.app.batch.progress import BatchProgress

LINE_EVERY_S: Final = 15.0
"""Seconds between two plain lines."""
_HOUR_S, _MINUTE_S = 3600.0, 60.0


@contextmanager
def shown_progress(ui: str) -> Iterator[Callable[[BatchProgress], None]]:
    """What is to be told of every step, while the block lasts; on standard error."""
    if not sys.stderr.isatty():
        yield _Lines(ui).show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def show(progress: BatchProgress) -> None:
            told = told_progress(progress, ui)
            bars.update(task, total=progress.n_jobs, completed=progress.n_done, description=told)

        yield show


class _Lines:
    """Plain lines: the first, the last, and one every :data:`LINE_EVERY_S`."""

    def __init__(self, ui: str) -> None:
        self._ui = ui
        self._last_s = float("-inf")

    def show(self, progress: BatchProgress) -> None:
        """Print the line when its time has come."""
        now_s = time.monotonic()
        if progress.n_done < progress.n_jobs and now_s - self._last_s < LINE_EVERY_S:
            return
        self._last_s = now_s
        told = told_progress(progress, self._ui)
        click.echo(f"[{progress.n_done}/{progress.n_jobs}] {told}", err=True)


def told_progress(progress: BatchProgress, ui: str) -> str:
    """Hours of sound, rate, failures and the time left, in one line."""
    left = "…" if progress.left_s is None else told_time(progress.left_s)
    hours, rate = progress.sound_s / _HOUR_S, progress.rate
    if ui == "zh":
        return f"录音 {hours:.2f} 小时 · {rate:.1f}× 实时 · 失败 {progress.n_failed} · 还需 {left}"
    return f"{hours:.2f} h of sound · {rate:.1f} x real time · {progress.n_failed} failed · {left} left"


def told_time(seconds: float) -> str:
    """``1:02:03`` or ``2:03``."""
    whole = round(seconds)
    hours, rest = divmod(whole, round(_HOUR_S))
    minutes, seconds_left = divmod(rest, round(_MINUTE_S))
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"
