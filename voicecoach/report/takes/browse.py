"""The list of takes on a terminal, without the terminal: keys in, lines out.

Only the rows in view are laid out, so that a thousand takes are as quick as ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len

from voicecoach.report.phrases import printable, reader_language
from voicecoach.report.takes.export import coverage, local_time, state_words
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.take import TakeSummary
    from voicecoach.words.catalogue import Ui

Key = Literal["up", "down", "page_up", "page_down", "home", "end", "enter", "escape", "backspace"]
Action = Literal["", "open", "quit"]

KEYS: Final[dict[str, Key]] = {
    "\x1b[A": "up", "\x1bOA": "up", "\xe0H": "up", "\x00H": "up", "k": "up",
    "\x1b[B": "down", "\x1bOB": "down", "\xe0P": "down", "\x00P": "down", "j": "down",
    "\x1b[5~": "page_up", "\xe0I": "page_up", "\x00I": "page_up",
    "\x1b[6~": "page_down", "\xe0Q": "page_down", "\x00Q": "page_down", " ": "page_down",
    "\x1b[H": "home", "\x1b[1~": "home", "\x1bOH": "home", "\xe0G": "home", "\x00G": "home", "g": "home",
    "\x1b[F": "end", "\x1b[4~": "end", "\x1bOF": "end", "\xe0O": "end", "\x00O": "end", "G": "end",
    "\r": "enter", "\n": "enter", "\x1b": "escape", "\x7f": "backspace", "\b": "backspace",
}  # fmt: skip
"""What a terminal sends (also Windows' own) -> the key."""
AROUND: Final = 4
"""Lines of the screen that are not takes: title, heading, blank, help."""
FEWEST_ROWS: Final = 3
_TEXT_WIDTH: Final = 12


class TakeList:
    """A list with a cursor, a page in view and a filter; ``height`` lines of a screen are its."""

    def __init__(self, takes: Sequence[TakeSummary], *, height: int, ui: Ui, with_score: bool = True) -> None:
        self._all = tuple(takes)
        self._ui, self._with_score = reader_language(ui), with_score
        self.height = height
        self.filter = ""
        self.typing = False
        self._fitting = self._all
        self._cursor = self._top = 0

    @property
    def chosen(self) -> TakeSummary | None:
        """The take under the cursor; None when none fits the filter."""
        return self._fitting[self._cursor] if self._fitting else None

    @property
    def n_rows(self) -> int:
        """Takes in view."""
        return max(FEWEST_ROWS, self.height - AROUND)

    def press(self, sent: str) -> Action:
        """Take in what the terminal sent: a key, or letters for the filter."""
        if not sent:
            return "quit"
        if self.typing:
            self._type(sent)
            return ""
        if len(sent) > 1 and sent not in KEYS and sent.isprintable():  # faster than they were read
            return next((action for letter in sent if (action := self.press(letter))), "")
        if sent in ("q", "Q"):
            return "quit"
        if sent == "/":
            self.typing = True
            return ""
        return self._move(KEYS.get(sent))

    def lines(self, width: int) -> list[str]:
        """What the screen shows: the first line is a title, the third and on are the takes in view."""
        self._top = min(max(self._top, self._cursor - self.n_rows + 1), self._cursor)
        place = f"{self._cursor + 1 if self._fitting else 0}/{len(self._fitting)}"
        title = f"{self._word('takes-history')}  {place}" + (
            f"  /{self.filter}" if self.filter or self.typing else ""
        )
        room = max(_TEXT_WIDTH, width - 2 - 16 - 2 - (24 if self._with_score else 0))
        lines = [printable(title), self._row(self._heads(), room)]
        for number in range(self._top, min(self._top + self.n_rows, len(self._fitting))):
            mark = "› " if number == self._cursor else "  "
            lines.append(mark + self._row(self._cells(self._fitting[number]), room)[2:])
        if not self._fitting:
            lines.append("  " + self._word("takes-none-fits"))
        return [*lines, "", self._word("takes-keys-filter" if self.typing else "takes-keys-list")]

    def cursor_line(self) -> int:
        """Which of :meth:`lines` the cursor stands in."""
        return 2 + self._cursor - self._top

    def _move(self, key: Key | None) -> Action:
        if key == "enter":
            return "open" if self._fitting else ""
        last = max(0, len(self._fitting) - 1)
        steps = {"up": -1, "down": 1, "page_up": -self.n_rows, "page_down": self.n_rows}
        if key == "home":
            self._cursor = 0
        elif key == "end":
            self._cursor = last
        elif key == "escape":
            self._sift("")
        elif key in steps:
            self._cursor = min(max(self._cursor + steps[key], 0), last)
        return ""

    def _type(self, sent: str) -> None:
        key = KEYS.get(sent) if not sent.isprintable() else None
        if key == "backspace":
            self._sift(self.filter[:-1])
        elif key == "escape":
            self.typing = False
            self._sift("")
        elif key == "enter":
            self.typing = False
        else:
            self._sift(self.filter + "".join(letter for letter in sent if letter.isprintable()))

    def _sift(self, text: str) -> None:
        self.filter = text
        wanted = text.casefold()
        self._fitting = tuple(
            take for take in self._all if wanted in f"{take.prompt_id}\n{take.prompt_text}".casefold()
        )
        self._cursor = self._top = 0

    def _heads(self) -> tuple[str, str, str, str]:
        when, prompt = self._word("takes-when"), self._word("takes-prompt")
        return when, prompt, self._word("report-total"), self._word("report-coverage")

    def _cells(self, take: TakeSummary) -> tuple[str, str, str, str]:
        total = state_words(take.state, self._ui) if take.total is None else f"{take.total:.0f}"
        asked = printable(f"{take.prompt_id} {take.prompt_text}")
        covered = coverage(take.coverage_low, take.coverage_high)
        return local_time(take.recorded_at), asked, total, covered

    def _row(self, cells: tuple[str, str, str, str], room: int) -> str:
        when, asked, total, covered = cells
        line = f"  {pad(when, 16)}  {pad(_cut(asked, room), room)}"
        return f"{line}  {pad(total, 12)}{covered}".rstrip() if self._with_score else line.rstrip()

    def _word(self, code: str) -> str:
        return word(code, self._ui)


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    kept = ""
    for character in text:
        if cell_len(kept + character) > width - 1:
            break
        kept += character
    return kept + "…"
