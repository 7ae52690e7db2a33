"""``voicecoach practise``: hear a prompt, answer aloud, see what was good, try again."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.main import INTERRUPTED
from voicecoach.cli.options import engine_option, language_option, model_option, prompts_option, ui_option
from voicecoach.cli.prompts.text import KINDS
from voicecoach.cli.speak import NOISE_DB, NOISES
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.cli.keys import Keyboard

LOCK = "practise.lock"
AUTO_STOP_S = 4.0
"""As voicecoach.app.practise.answer has it, which is not loaded for the help."""
CHECK_S = 0.2
"""So long ``--check`` listens, seconds."""


@click.command(
    epilog="""\b
Keys: while the prompt is read Enter skips and r repeats; Enter ends the answer.
Afterwards a again, n next, p and 1-9 play moments, m the model answer,
h the HTML report, c corrects the text, q quits. Ctrl-C keeps what was said.

\b
Examples:
  voicecoach practise                             the first pack, prompt by prompt
  voicecoach practise late_delivery --auto-stop   4 s of silence end the answer
  voicecoach practise tmall --kind scenario --shuffle --n 3 --think 20
  voicecoach practise --weakest --n 5
  voicecoach practise --text-only                 no microphone: answer in writing

\b
Exit status: 0 done, 2 wrong usage or no terminal, 4 an engine or its weights are
missing, 130 interrupted.
"""
)
@click.argument("names", nargs=-1, metavar="[PACK|ID...]")
@click.option("--n", "most", type=click.IntRange(min=1), metavar="N", help="So many prompts at most.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only prompts of this kind.")
@click.option("--shuffle", is_flag=True, help="In any order.")
@click.option("--weakest", is_flag=True, help="Those first in which you were weakest lately.")
@click.option("--voice", metavar="VOICE", help="A voice of `voicecoach voices list` for all prompts.")
@engine_option
@click.option(
    "--noise", type=(click.Choice(NOISES), click.FloatRange(*NOISE_DB)), metavar="KIND LEVEL",
    help="office, street or cafe under the prompts, so many dB under the voice. It ends when you speak.",
)  # fmt: skip
@click.option(
    "--time-limit", "time_limit_s", type=click.FloatRange(min=1.0), metavar="SECONDS",
    help="An answer ends after so long.",
)  # fmt: skip
@click.option(
    "--think", "think_s", type=click.FloatRange(min=0.0), default=0.0, metavar="SECONDS",
    help="Time to think before the answer.",
)  # fmt: skip
@click.option(
    "--auto-stop", "auto_stop_s", type=click.FloatRange(min=1.0), is_flag=False, flag_value=AUTO_STOP_S,
    metavar="[SECONDS]", help="So long a silence ends the answer (without a number: 4 s), counted down.",
)  # fmt: skip
@click.option("--text-only", is_flag=True, help="Answer in writing; nothing is recorded or kept.")
@click.option("--no-score", "without_score", is_flag=True, help="No total and no points.")
@click.option(
    "--profile", metavar="NAME", help="Bands and weights, as for score.  [default: the prompt's own]"
)
@click.option(
    "--speaker", metavar="NAME",
    help="Your calibrated voice (voicecoach calibrate).  [default: the newest of this microphone]",
)  # fmt: skip
@language_option("Language of prompts and answers.")
@ui_option("Language of reports and keys.")
@model_option
@click.option("--device", metavar="NAME|NUMBER", help="The microphone.  [default: the system's choice]")
@prompts_option
@click.option("--check", is_flag=True, help="Only say whether there are a terminal and a microphone.")
def practise(names: tuple[str, ...], *, check: bool, **options: Any) -> int:  # noqa: ANN401 - click passes them by name
    """Hear prompts of a PACK (default: jd_home) or by ID, answer aloud, and see what to do better.

    听题、作答，看要点、语速、停顿和语气，再来一次。
    """
    _check_terminal()
    if check:
        return _check_microphone(options["device"])
    from voicecoach.cli.keys import Keyboard
    from voicecoach.cli.practise.session import Session

    with Keyboard() as keyboard, _interrupts(keyboard), _lock() as alone:
        return Session(names, keyboard, alone=alone, **options).run()


def _check_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "practise 要在终端里运行，这里没有 / practise needs a terminal, and this is none",
            hint="在终端窗口里直接运行；已有的录音用 voicecoach score / run it in a terminal window, without "
            "pipes; recordings are judged by: voicecoach score FILE",
        )


def _check_microphone(device: str | None) -> int:
    """Open the microphone for a moment. Raises DeviceError."""
    import tempfile
    import time

    from voicecoach import wiring
    from voicecoach.cli.practise.session import device_of

    with tempfile.TemporaryDirectory() as folder:
        with wiring.microphone(device_of(device)).record(Path(folder) / "check.wav") as recording:
            time.sleep(CHECK_S)
        click.echo(f"麦克风 / microphone: {recording.device}")
    return 0


@contextlib.contextmanager
def _interrupts(keyboard: Keyboard) -> Iterator[None]:
    """The first Ctrl-C (or the system's wish to end us) is an orderly end, the second an immediate one."""
    seen: list[int] = []

    def stop(number: int, _frame: object) -> None:
        seen.append(number)
        if len(seen) > 1:
            keyboard.restore()
            os._exit(INTERRUPTED)
        raise KeyboardInterrupt

    signals = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = [(number, signal.signal(number, stop)) for number in signals]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextlib.contextmanager
def _lock() -> Iterator[bool]:
    """Whether this is the only practice on this data folder."""
    from filelock import FileLock, Timeout

    from voicecoach.adapters.folders import PRIVATE_FILE, data_folder

    lock = FileLock(data_folder() / LOCK, timeout=0, mode=PRIVATE_FILE)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
