"""``python -m voicecoach`` and the ``voicecoach`` command."""

import atexit
import gc
import os
from typing import Final

GARBAGE_THRESHOLDS: Final = (50_000, 20, 50)
"""Word lists and packs are some hundred thousand objects that live as long as the program: looking through
them for garbage at the usual thresholds costs a tenth of a second each time."""


def main() -> None:
    """Run the command line."""
    # Matrix products of several threads round differently, and the recogniser's words follow the last digit
    # of its spectra: with one thread the same recording gets the same words on any number of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    atexit.register(gc.freeze)  # the system takes the memory back; nothing is left to be looked for
    from voicecoach.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
