"""A practice on a terminal: text that stays, and below it one line that is drawn anew."""

from __future__ import annotations

import io
import math
import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from voicecoach.cli.main import show_error
from voicecoach.cli.practise.words import MENUS, WORDS
from voicecoach.errors import VoicecoachError

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.practise.answer import Speaking
    from voicecoach.app.practise.face import Stage
    from voicecoach.app.practise.take import Attempt
    from voicecoach.cli.keys import Keyboard
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.audio import Span
    from voicecoach.model.prompt import Prompt

BAR_CELLS: Final = 14
BAR_DBFS: Final = (-60.0, -6.0)
"""Levels at which the bar is empty and full."""
BAR_CALM: Final = 0.35
"""Share of the new level in the one that is shown: a bar that jumps makes nervous."""
NARROWEST: Final = 40
WIDEST: Final = 100


class TerminalFace:
    """The face of a practice on standard output and a keyboard."""

    def __init__(self, keyboard: Keyboard, *, ui: str, with_score: bool = True) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        self._keyboard, self._with_score = keyboard, with_score
        self._ui = ui
        self._drawn = ""
        self._level_dbfs = BAR_DBFS[0]
        self._signs = "█░" if _can_print("█░●") else "#-"
        self._dot = "●" if _can_print("●") else "*"

    # -- keys ----------------------------------------------------------------------------------------------

    def key(self, timeout_s: float) -> str | None:
        """The next key, None when none was pressed in that time."""
        return self._keyboard.key(timeout_s)

    def menu(self, keys: str) -> None:
        """Show what can be pressed now."""
        self._say("")
        self._wrapped(MENUS[keys][self._ui == "en"], bold=True)

    def flush(self) -> None:
        """Forget what was pressed until now."""
        self._keyboard.flush()

    def typed(self) -> str | None:
        """Lines until an empty one; None at the end of input."""
        self._say(self.word("type"))
        lines: list[str] = []
        with self._keyboard.lines():
            while True:
                line = sys.stdin.readline()
                if not line:
                    return None
                if not line.strip():
                    return "\n".join(lines)
                lines.append(line.strip())

    # -- the line that is drawn anew -----------------------------------------------------------------------

    def waiting(self, stage: Stage, left_s: float = 0.0) -> None:
        """What goes on before the answer; ``left_s`` of the time to think."""
        self._draw(self.word(stage, left=math.ceil(left_s)))

    def speaking(self, shown: Speaking) -> None:
        """Elapsed time, target length, a bar of the level; nothing else, unless something is wrong."""
        low, high = shown.target_s
        level_dbfs = max(shown.level_dbfs, BAR_DBFS[0])
        self._level_dbfs += BAR_CALM * (level_dbfs - self._level_dbfs)
        filled = (self._level_dbfs - BAR_DBFS[0]) / (BAR_DBFS[1] - BAR_DBFS[0])
        n_full = min(BAR_CELLS, max(0, round(filled * BAR_CELLS)))
        bar = self._signs[0] * n_full + self._signs[1] * (BAR_CELLS - n_full)
        if shown.stop_in_s is not None:
            beside = self.word("stops_in", left=max(shown.stop_in_s, 0.0))
        elif shown.is_zeros:
            beside = self.word("zeros")
        elif shown.n_overflows:
            beside = self.word("overflow", n=shown.n_overflows)
        else:
            beside = self.word("end_key")
        time_text = f"{int(shown.elapsed_s) // 60}:{int(shown.elapsed_s) % 60:02d} / {low:g}-{high:g} s"
        self._draw(f"{self._dot} {time_text}  {bar}  {beside}")

    def _draw(self, text: str) -> None:
        from voicecoach.report.wrapping import wrap

        text = next(iter(wrap(text, self._columns() - 1)), "")
        if text != self._drawn:
            self._wipe()
            sys.stdout.write("\r" + text)
            sys.stdout.flush()
            self._drawn = text

    def _wipe(self) -> None:
        from rich.cells import cell_len

        if self._drawn:
            width = min(cell_len(self._drawn), self._columns() - 1)
            sys.stdout.write("\r" + " " * width + "\r")
            self._drawn = ""

    # -- what stays ----------------------------------------------------------------------------------------

    def prompt(self, prompt: Prompt, text: str, place: str) -> None:
        """The prompt, its place in the practice, the wished-for length."""
        low, high = prompt.target_s
        self._level_dbfs = BAR_DBFS[0]
        self._say("")
        target = self.word("target", low=low, high=high)
        self._wrapped(f"[{place}] {self.word('question')} · {prompt.id} · {target}")
        self._wrapped(text, bold=True)

    def note(self, code: str, **facts: Any) -> None:  # noqa: ANN401 - what the words need
        """Say something that is no fault."""
        if code in {"scoring", "preparing"}:
            self._draw(self.word(code))
            return
        if code == "unfinished":
            take = facts.pop("take")
            facts |= {"when": _local_time(take.recorded_at), "prompt": take.prompt_text}
        if code == "model_answer" and not facts["text"]:
            code = "no_model_answer"
        self._wrapped(self.word(code, **facts))

    def tell(self, fault: VoicecoachError) -> None:
        """Say what went wrong, and the remedy."""
        self._wipe()
        sys.stdout.flush()
        show_error(fault, self._ui)

    def report(self, made: Attempt) -> None:
        """The short report."""
        from voicecoach.report.one.terminal import print_report

        if made.assessment is not None and made.task is not None:
            self._say("")
            print_report(
                made.assessment,
                made.task.prompt,
                made.task.profile,
                ui=self._ui,
                with_score=self._with_score,
                short=True,
            )

    def coverage(self, prompt: Prompt, coverage: Coverage) -> None:
        """Coverage and language of a typed answer."""
        from voicecoach.cli.prompts.text import coverage_text

        self._say("")
        for line in coverage_text(prompt, coverage, self._ui).splitlines():
            self._wrapped(line.lstrip(), indent=len(line) - len(line.lstrip()))

    def moment(self, title: str, span: Span | None) -> None:
        """What is being played."""
        from voicecoach.report.one.view import clock

        where = self.word("whole") if span is None else f"{clock(span.start_s)}-{clock(span.end_s)}"
        self._wrapped(f"{self.word('playing', where=where)}  {title}".rstrip())

    def page(self, made: Attempt) -> None:
        """Keep the HTML report with the take, and open it where there is a display."""
        if made.assessment is None or made.task is None:
            return
        from voicecoach import wiring
        from voicecoach.report.one.html import html_bytes

        try:
            content = html_bytes(
                made.assessment,
                made.task.prompt,
                made.task.profile,
                sound=made.path,
                ui=self._ui,
                with_score=self._with_score,
            )
            target = wiring.store().put_report(made.take.id, content)
        except VoicecoachError as exc:
            self.tell(exc)
            return
        self._say(self.word("page", path=target))
        if _has_display():
            _open(target)

    def correct(self, made: Attempt) -> Attempt:
        """Let the user correct the transcript in an editor, and show what that changes."""
        from voicecoach import wiring
        from voicecoach.cli.takes.correct import correct_take, edited, print_correction

        try:
            with self._keyboard.lines():
                text = edited(made.take)
            if text is None or text.strip() == made.take.text.strip():
                self.say("unchanged")
                return made
            opened = wiring.opened_take(made.take)
            done = correct_take(wiring.store(), opened, text)
        except VoicecoachError as exc:
            self.tell(exc)
            return made
        print_correction(done, opened, ui=self._ui, with_score=self._with_score)
        return replace(made, take=done.take, assessment=done.after)

    def line(self, text: str) -> None:
        """A line that stands in no table."""
        self._wrapped(text)

    def say(self, code: str, **facts: Any) -> None:  # noqa: ANN401 - what the words need
        """A line of :data:`WORDS`."""
        self._wrapped(self.word(code, **facts))

    def leave(self) -> None:
        """Leave the cursor on a line of its own."""
        self._wipe()
        sys.stdout.flush()

    def word(self, code: str, **facts: Any) -> str:  # noqa: ANN401 - what the words need
        """A line of :data:`WORDS` as text."""
        return WORDS[code][self._ui == "en"].format(**facts)

    def _say(self, text: str) -> None:
        self._wipe()
        click.echo(text)

    def _wrapped(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        from voicecoach.report.wrapping import wrap

        self._wipe()
        for part in wrap(text, min(self._columns(), WIDEST) - indent):
            line = " " * indent + part
            click.echo(click.style(line, bold=True) if bold else line)

    @staticmethod
    def _columns() -> int:
        return max(NARROWEST, shutil.get_terminal_size().columns)


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def readable_ui(ui: str) -> str:
    """``ui``, but English where the terminal has no Chinese characters."""
    return ui if ui == "en" or _can_print("题") else "en"


def _local_time(recorded_at: str) -> str:
    from datetime import datetime

    return f"{datetime.fromisoformat(recorded_at).astimezone():%m-%d %H:%M}"


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open(page: Path) -> None:
    import webbrowser

    webbrowser.open(page.as_uri())
