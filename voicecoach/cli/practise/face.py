"""A practice on a terminal: text that stays, and below it one line that is drawn anew."""

from __future__ import annotations

import math
import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from voicecoach.cli.main import show_error
from voicecoach.errors import VoicecoachError
from voicecoach.report.screen import Styled, draw, say
from voicecoach.words.catalogue import FALLBACK_UI, word

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.practise.answer import Speaking
    from voicecoach.app.practise.face import MenuName, Stage
    from voicecoach.app.practise.session import Summary
    from voicecoach.app.practise.take import Attempt
    from voicecoach.cli.keys import Keyboard
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.audio import Span
    from voicecoach.model.prompt import Prompt
    from voicecoach.words.catalogue import Ui

BAR_CELLS: Final = 14
BAR_DBFS: Final = (-60.0, -6.0)
"""Levels at which the bar is empty and full."""
BAR_CALM: Final = 0.35
"""Share of the new level in the one that is shown: a bar that jumps makes nervous."""
NARROWEST: Final = 40
WIDEST: Final = 100
PASSING: Final = frozenset({"practise-scoring", "practise-preparing"})
"""Notes of what lasts a moment: they are drawn where the next line wipes them away."""
FULL_WIDTH_END: Final = "）"
"""A sign that brings its own space along."""


class TerminalFace:
    """The face of a practice on standard output and a keyboard."""

    def __init__(self, keyboard: Keyboard, *, ui: Ui, with_score: bool = True) -> None:
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

    def menu(self, name: MenuName) -> None:
        """Show what can be pressed now."""
        from voicecoach.app.practise.face import MENUS

        text = ""
        for choice in MENUS[name]:
            key = choice.key if len(choice.key) == 1 else choice.key.capitalize()
            dot = ("· " if text.endswith(FULL_WIDTH_END) else " · ") if text else ""
            text += f"{dot}{key} {self._word(choice.code)}"
        self._say("")
        self._wrapped(text, bold=True)

    def flush(self) -> None:
        """Forget what was pressed until now."""
        self._keyboard.flush()

    def typed(self) -> str | None:
        """Lines until an empty one; None at the end of input."""
        self._say(self._word("practise-type"))
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
        from voicecoach.app.practise.face import STAGE_WORDS

        self._draw(self._word(STAGE_WORDS[stage], left=math.ceil(left_s)))

    def speaking(self, shown: Speaking) -> None:
        """Elapsed time, target length, a bar of the level; nothing else, unless something is wrong."""
        low, high = shown.target_s
        level_dbfs = max(shown.level_dbfs, BAR_DBFS[0])
        self._level_dbfs += BAR_CALM * (level_dbfs - self._level_dbfs)
        filled = (self._level_dbfs - BAR_DBFS[0]) / (BAR_DBFS[1] - BAR_DBFS[0])
        n_full = min(BAR_CELLS, max(0, round(filled * BAR_CELLS)))
        bar = self._signs[0] * n_full + self._signs[1] * (BAR_CELLS - n_full)
        if shown.stop_in_s is not None:
            beside = self._word("practise-stops-in", left=f"{max(shown.stop_in_s, 0.0):.1f}")
        elif shown.is_zeros:
            beside = self._word("practise-zeros")
        elif shown.n_overflows:
            beside = self._word("practise-overflow", n=shown.n_overflows)
        else:
            beside = self._word("practise-end-key")
        time_text = f"{int(shown.elapsed_s) // 60}:{int(shown.elapsed_s) % 60:02d} / {low:g}-{high:g} s"
        self._draw(f"{self._dot} {time_text}  {bar}  {beside}")

    def _draw(self, text: str) -> None:
        from voicecoach.report.wrapping import wrap

        text = next(iter(wrap(text, self._columns() - 1)), "")
        if text != self._drawn:
            self._wipe()
            draw(text)
            self._drawn = text

    def _wipe(self) -> None:
        from rich.cells import cell_len

        if self._drawn:
            width = min(cell_len(self._drawn), self._columns() - 1)
            draw(" " * width)
            draw("")
            self._drawn = ""

    # -- what stays ----------------------------------------------------------------------------------------

    def prompt(self, prompt: Prompt, text: str, place: str) -> None:
        """The prompt, its place in the practice, the wished-for length."""
        low, high = prompt.target_s
        self._level_dbfs = BAR_DBFS[0]
        self._say("")
        target = self._word("practise-target", low=f"{low:g}", high=f"{high:g}")
        self._wrapped(f"[{place}] {self._word('practise-question')} · {prompt.id} · {target}")
        self._wrapped(text, bold=True)

    def note(self, code: str, **facts: object) -> None:
        """Say something that is no fault."""
        show = self._draw if code in PASSING else self._wrapped
        show(self._word(code, **facts))

    def tell(self, fault: VoicecoachError) -> None:
        """Say what went wrong, and the remedy."""
        self._wipe()
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

        where = self._word("practise-whole") if span is None else f"{clock(span.start_s)}-{clock(span.end_s)}"
        self._wrapped(f"{self._word('practise-playing', where=where)}  {title}".rstrip())

    def page(self, made: Attempt) -> None:
        """Keep the HTML report with the take, and open it where there is a display."""
        from voicecoach.wiring import takes

        try:
            target = takes.keep_attempt_page(made, ui=self._ui, with_score=self._with_score)
        except VoicecoachError as exc:
            self.tell(exc)
            return
        if target is None:
            return
        self._say(self._word("practise-page", path=target))
        if _has_display():
            _open(target)

    def correct(self, made: Attempt) -> Attempt:
        """Let the user correct the transcript in an editor, and show what that changes."""
        from voicecoach import wiring
        from voicecoach.app.takes.correct import is_new
        from voicecoach.cli.takes.correct import edited, print_correction
        from voicecoach.wiring import takes

        try:
            with self._keyboard.lines():
                text = edited(made.take)
            if text is None or not is_new(text, made.take):
                self.note("take-text-unchanged")
                return made
            opened = wiring.opened_take(made.take)
            done = takes.correct(wiring.store(), opened, text)
        except VoicecoachError as exc:
            self.tell(exc)
            return made
        print_correction(done, opened, ui=self._ui, with_score=self._with_score)
        return replace(made, take=done.take, assessment=done.after)

    def tick(self, made: Attempt) -> Attempt:
        """Let the user say what counts, by keys."""
        from voicecoach import wiring
        from voicecoach.cli.takes.ticks import tick_by_keys

        if made.assessment is None:
            return made
        try:
            opened = tick_by_keys(wiring.store(), wiring.opened_take(made.take), self.key, ui=self._ui)
        except VoicecoachError as exc:
            self.tell(exc)
            return made
        return replace(made, take=opened.take, assessment=opened.assessment)

    def summary(self, summary: Summary | None) -> None:
        """How the practice was, in a few lines; nothing when nothing was recorded."""
        if summary is None:
            return
        self._wrapped("")
        first = self._word("practise-summary", n=summary.n_takes)
        if summary.mean_total is not None:
            first += " · " + self._word("practise-mean", mean=f"{summary.mean_total:.0f}")
        self._wrapped(first)
        if summary.best is not None:
            prompt_id, total = summary.best
            self.note("practise-best", prompt=prompt_id, total=f"{total:.0f}")
        missed = summary.missed
        if missed is not None:
            label = missed.label.get(self._ui) or missed.point_id
            self.note("practise-weakest", prompt=missed.prompt_id, point=label, n=missed.n)
        self.note("practise-review")

    def leave(self) -> None:
        """Leave the cursor on a line of its own."""
        self._wipe()

    def _word(self, code: str, **facts: object) -> str:
        return word(code, self._ui, **facts)

    def _say(self, text: str) -> None:
        self._wipe()
        say(text)

    def _wrapped(self, text: str, *, bold: bool = False, indent: int = 0) -> None:
        from voicecoach.report.wrapping import wrap

        self._wipe()
        for part in wrap(text, min(self._columns(), WIDEST) - indent):
            line = " " * indent + part
            say(Styled(line, bold=True) if bold else line)

    @staticmethod
    def _columns() -> int:
        return max(NARROWEST, shutil.get_terminal_size().columns)


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def readable_ui(ui: Ui) -> Ui:
    """``ui``, but English where the terminal has not its characters."""
    return ui if _can_print(word("practise-question", ui)) else FALLBACK_UI


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open(page: Path) -> None:
    import webbrowser

    webbrowser.open(page.as_uri())
