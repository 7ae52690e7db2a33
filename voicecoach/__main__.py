"""``python -m voicecoach`` and the ``voicecoach`` command: how the process begins, and how it ends."""

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from typing import Final

GARBAGE_THRESHOLDS: Final = (50_000, 20, 50)
"""Word lists and packs are some hundred thousand objects that live as long as the program: looking through
them for garbage at the usual thresholds costs a tenth of a second each time."""
INTERRUPTED: Final = 130
FAILED: Final = 1
ENDING_MOST_S = 20.0
"""Longest that the end may take, seconds: PortAudio waits without end for a sound server that has gone."""


def main() -> None:
    """Run the command line, and end with its status."""
    ending = Ending()
    try:
        # Matrix products of several threads round differently, and the recogniser's words follow the last
        # digit of its spectra: with one thread the same recording gets the same words on any number of cores.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        from voicecoach.left_behind import remove_left_behind

        remove_left_behind()
        from voicecoach.cli.main import cli

        cli()
        ending.comes(0)
    except SystemExit as exc:
        ending.comes(exc.code)
        raise
    except KeyboardInterrupt:
        ending.comes(INTERRUPTED)
        raise SystemExit(INTERRUPTED) from None


class Ending:
    """The end of the process: in order, and never through what the engines do when they are taken apart.

    Python joins all threads, and calls what was registered for the end in reverse order; this was registered
    first, so it comes last and ends the process there. What would follow has ended the program with a signal
    instead of its status: threads of engines that still ran, and destructors of their libraries. Nothing is
    lost, since what writes is closed by who opened it. After Ctrl-C nobody waits for what is being heard.
    """

    def __init__(self) -> None:
        self._status = FAILED  # an exception that nobody caught: Python has shown it by then
        atexit.register(self._end)

    def comes(self, code: object) -> None:
        """The status is known: a number, or what ``SystemExit`` carries besides."""
        with contextlib.suppress(ValueError):  # not the main thread: somebody else called main()
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._status = code if isinstance(code, int) else FAILED if code else 0
        if self._status == INTERRUPTED and any(
            thread is not threading.current_thread() and not thread.daemon for thread in threading.enumerate()
        ):
            self._end()  # else Python would wait for them
        late = threading.Timer(ENDING_MOST_S, self._end)
        late.daemon = True
        late.start()

    def _end(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.flush()
        os._exit(self._status)


if __name__ == "__main__":
    main()
