"""``voicecoach practise``: hear a prompt, answer aloud, see what was good, try again."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.main import INTERRUPTED
from voicecoach.cli.options import (
    HOUR_S,
    MOST,
    Number,
    device_option,
    engine_option,
    language_option,
    model_option,
    prompts_option,
    ui_option,
)
from voicecoach.cli.prompts.text import KINDS
from voicecoach.cli.speak import NOISE_DB, NOISES
from voicecoach.errors import UsageError
from voicecoach.report.screen import is_dialogue, say
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.app.practise.session import PracticeRequest
    from voicecoach.cli.keys import Keyboard
    from voicecoach.model.device import Device
    from voicecoach.words.catalogue import Ui

AUTO_STOP_S = 4.0
"""As voicecoach.app.practise.answer has it, which is not loaded for the help."""
GOING = ("language", "profile", "think_s", "auto_stop_s", "time_limit_s", "text_only")
"""Options that say how a practice goes; the others say of what it is made."""


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
Exit status: 0 done, 1 the data folder cannot be used, 2 wrong usage or no terminal,
4 an engine or its weights are missing, 130 interrupted.
"""
)
@click.argument("names", nargs=-1, metavar="[PACK|ID...]")
@click.option("--n", "most", type=click.IntRange(1, MOST), metavar="N", help="So many prompts at most.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only prompts of this kind.")
@click.option("--shuffle", is_flag=True, help="In any order.")
@click.option("--weakest", is_flag=True, help="Those first in which you were weakest lately.")
@click.option("--voice", metavar="VOICE", help="A voice of `voicecoach voices list` for all prompts.")
@engine_option
@click.option(
    "--noise", type=(click.Choice(NOISES), Number(*NOISE_DB)), metavar="KIND LEVEL",
    help="office, street or cafe under the prompts, so many dB under the voice. It ends when you speak.",
)  # fmt: skip
@click.option(
    "--time-limit", "time_limit_s", type=Number(1.0, HOUR_S), metavar="SECONDS",
    help="An answer ends after so long.",
)  # fmt: skip
@click.option(
    "--think", "think_s", type=Number(0.0, HOUR_S), default=0.0, metavar="SECONDS",
    help="Time to think before the answer.",
)  # fmt: skip
@click.option(
    "--auto-stop", "auto_stop_s", type=Number(1.0, HOUR_S), is_flag=False, flag_value=AUTO_STOP_S,
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
@device_option()
@prompts_option
@click.option("--check", is_flag=True, help="Only say whether there are a terminal and a microphone.")
def practise(
    names: tuple[str, ...],
    *,
    check: bool,
    ui: Ui,
    without_score: bool,
    **options: Any,
) -> int:
    """Hear prompts of a PACK (default: jd_home) or by ID, answer aloud, and see what to do better.

    听题、作答，看要点、语速、停顿和语气，再来一次。
    """
    _check_terminal()
    if check:
        return _check_microphone(options["device"], ui)
    from voicecoach.app.practise.options import PracticeOptions
    from voicecoach.app.practise.session import PracticeRequest
    from voicecoach.cli.keys import Keyboard
    from voicecoach.wiring.practise import only_practice

    going = {name: options.pop(name) for name in GOING}
    request = PracticeRequest(PracticeOptions(**going, with_score=not without_score), names, **options)
    with Keyboard() as keyboard, _interrupts(keyboard), only_practice() as alone:
        return _run(request, keyboard, ui, alone=alone)


def _run(request: PracticeRequest, keyboard: Keyboard, ui: Ui, *, alone: bool) -> int:
    """Practise until the end; returns the exit status."""
    from voicecoach.cli.practise.face import TerminalFace, readable_ui
    from voicecoach.wiring.practise import session

    ui = readable_ui(ui)
    face = TerminalFace(keyboard, ui=ui, with_score=request.options.with_score)
    practice = session(request, face, ui=ui)
    status = 0
    try:
        practice.run(alone=alone)
    except KeyboardInterrupt:
        face.note("practise-interrupted")
        status = INTERRUPTED
    finally:
        face.leave()
    face.summary(practice.summary())
    practice.close()
    return status


def _check_terminal() -> None:
    if not is_dialogue():
        raise UsageError("practise-needs-terminal")


def _check_microphone(device: Device, ui: Ui) -> int:
    """Open the microphone for a moment. Raises DeviceError."""
    from voicecoach.wiring.practise import working_microphone

    say(word("practise-microphone", ui, device=working_microphone(device)))
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
