"""``voicecoach doctor``: what this machine has and lacks for practising."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.options import device_option, json_option, model_option, ui_option
from voicecoach.report.screen import Styled, say, say_json
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from voicecoach.app.setup.doctor import Check
    from voicecoach.model.device import Device
    from voicecoach.words.catalogue import Ui

MARKS: Final = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "missing": ("✗", "red")}
STATES: Final = {
    "ok": "doctor-state-ok",
    "warning": "doctor-state-warning",
    "missing": "doctor-state-missing",
}
INDENT: Final = 4
NARROWEST: Final = 40
WIDEST: Final = 100


@click.command(
    epilog="""\b
Exit status: 0 practice can go on fully, 4 something that it needs is missing.

\b
Examples:
  voicecoach doctor
  voicecoach doctor --no-record --json
"""
)
@json_option
@click.option("--no-record", is_flag=True, help="Do not listen to the microphone.")
@model_option
@device_option("The microphone to listen to.")
@ui_option()
def doctor(*, as_json: bool, no_record: bool, model: str, device: Device, ui: Ui) -> int:
    """Look at microphone, loudspeaker, voices, models, disk; name what is missing, with its remedy."""
    from voicecoach import wiring
    from voicecoach.app.setup.doctor import LISTEN_S, diagnose, diagnosis_json, exit_status

    def on_listening() -> None:
        if not as_json:
            say(word("doctor-listening", ui, listen_s=f"{LISTEN_S:.0f}"), err=True)

    checks: list[Check] = []
    machine = wiring.machine(model, device=device)
    for check in diagnose(machine, record=not no_record, on_listening=on_listening):
        checks.append(check)
        if not as_json:
            show_check(check, ui)
    status = exit_status(checks)
    if as_json:
        say_json(diagnosis_json(checks, ui), indent=1)
    else:
        say(word("doctor-not-ready" if status else "doctor-ready", ui))
    return status


def show_check(check: Check, ui: Ui) -> None:
    """Print one check: its mark and title, what was found, the remedy."""
    from voicecoach.app.setup.doctor import worded
    from voicecoach.report.wrapping import pad, wrap

    width = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST)) - INDENT
    mark, colour = MARKS[check.state]
    head = f"{mark} {pad(word(STATES[check.state], ui), 8)}{check.title.words(ui)}"
    say(Styled(head, colour=colour))
    lines = wrap(worded(check.finding, ui), width)
    if check.remedy:
        lines = [*lines, *wrap(word("doctor-remedy", ui, remedy=worded(check.remedy, ui)), width)]
    for line in lines:
        say(" " * INDENT + line)
