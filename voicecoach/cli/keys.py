"""Single keys from a terminal, while something else is drawn on it.

The terminal sends each key at once and shows none (cbreak mode); Ctrl-C stays a signal. Whatever happens, it
is put back as it was: on leaving, and by :meth:`Keyboard.restore` before a sudden end. Standard input may
also be a pipe, whose letters count as keys.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event
    from types import TracebackType

NAMES: Final = {"\r": "enter", "\n": "enter", "\x04": "q", " ": "space"}
"""Keys that have no sign of their own; Ctrl-D ends what it can."""
HUNG_UP: Final = "q"
"""What a terminal that has gone presses for ever."""
ESCAPE: Final = "\x1b"
AT_ONCE: Final = 64
POLL_S: Final = 0.1
_FULL_WIDTH: Final = 0xFEE0
_FULL_WIDTH_SIGNS: Final = range(0xFF01, 0xFF5F)


def named(text: str) -> str | None:
    """The key that sent ``text``: a small letter, a digit, ``enter`` or ``space``; None for all others.

    Letters and digits in full width, as Chinese input sends them, count as the plain ones.
    """
    if not text or text.startswith(ESCAPE):
        return None
    sign = text[0]
    if ord(sign) in _FULL_WIDTH_SIGNS:
        sign = chr(ord(sign) - _FULL_WIDTH)
    return NAMES.get(sign, sign.lower() if sign.isprintable() else None)


if sys.platform == "win32":
    import msvcrt

    class Keyboard:
        """The console's keys."""

        def __init__(self, _descriptor: int | None = None) -> None:
            """There is one console."""

        def __enter__(self) -> Self:
            """Nothing to set up."""
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to put back."""

        def restore(self) -> None:
            """Nothing to put back."""

        def key(self, timeout_s: float) -> str | None:
            """The next key, None when none was pressed in that time."""
            end_s = time.monotonic() + timeout_s
            while not msvcrt.kbhit():
                if time.monotonic() >= end_s:
                    return None
                time.sleep(0.01)
            sign = msvcrt.getwch()
            if sign in {"\x00", "\xe0"}:  # a function or arrow key: two codes
                msvcrt.getwch()
                return None
            return named(sign)

        def flush(self) -> None:
            """Forget what was pressed until now."""
            while msvcrt.kbhit():
                msvcrt.getwch()

        @contextlib.contextmanager
        def lines(self) -> Iterator[None]:
            """Whole lines are read inside the block, as usual."""
            yield

else:
    import codecs
    import select
    import signal
    import termios
    import tty

    class Keyboard:
        """The keys of the terminal, or pipe, behind standard input."""

        def __init__(self, descriptor: int | None = None) -> None:
            self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
            self._before: list[Any] | None = None
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
            self._waiting: list[str] = []

        def __enter__(self) -> Self:
            """Send each key at once, show none."""
            if os.isatty(self._descriptor):
                self._before = termios.tcgetattr(self._descriptor)
            self._single()
            self._resume = signal.signal(signal.SIGCONT, lambda *_: self._single())
            return self

        def __exit__(
            self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
        ) -> None:
            """Put the terminal back as it was."""
            signal.signal(signal.SIGCONT, self._resume)
            self.restore()

        def _single(self) -> None:
            with contextlib.suppress(termios.error):  # it has gone, or never was a terminal
                tty.setcbreak(self._descriptor, termios.TCSADRAIN)

        def restore(self) -> None:
            """Put the terminal back as it was; may be called at any moment, and again."""
            if self._before is not None:
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

        def key(self, timeout_s: float) -> str | None:
            """The next key, None when none was pressed in that time."""
            if not self._waiting:
                ready, _, _ = select.select([self._descriptor], [], [], timeout_s)
                if not ready:
                    return None
                sent = self._read()
                if not sent:
                    time.sleep(timeout_s)
                    return HUNG_UP
                text = self._decoder.decode(sent)
                self._waiting = [text] if text.startswith(ESCAPE) else list(text)
            return named(self._waiting.pop(0)) if self._waiting else None

        def _read(self) -> bytes:
            try:
                return os.read(self._descriptor, AT_ONCE)
            except OSError:  # a terminal that has gone
                return b""

        def flush(self) -> None:
            """Forget what was pressed until now."""
            self._waiting.clear()
            with contextlib.suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCIFLUSH)

        @contextlib.contextmanager
        def lines(self) -> Iterator[None]:
            """Whole lines are read inside the block, as usual."""
            self.restore()
            try:
                yield
            finally:
                self._single()


class EnterKey:
    """Enter while something else goes on; without any input (``keyboard`` None) it never comes."""

    def __init__(self, keyboard: Keyboard | None) -> None:
        self._keyboard = keyboard

    def pressed(self, ended: Event) -> bool:
        """Wait for a key, 0.1 s at most, less when ``ended`` is set; whether it was Enter."""
        if self._keyboard is None:
            ended.wait(POLL_S)
            return False
        return self._keyboard.key(0.0 if ended.is_set() else POLL_S) == "enter"


@contextlib.contextmanager
def enter_key() -> Iterator[EnterKey]:
    """Watch standard input; what was typed at a terminal before is forgotten."""
    try:
        descriptor = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):  # None, or a file in memory
        yield EnterKey(None)
        return
    with Keyboard(descriptor) as keyboard:
        keyboard.flush()
        yield EnterKey(keyboard)
