"""``voicecoach doctor``: what this machine has and lacks for practising."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.options import json_option, model_option, ui_option

if TYPE_CHECKING:
    from voicecoach.app.setup.doctor import Check

SCHEMA: Final = "voicecoach.doctor/1"
MARKS: Final = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "missing": ("✗", "red")}
STATES: Final = {
    "zh": {"ok": "正常", "warning": "注意", "missing": "缺少"},
    "en": {"ok": "ok", "warning": "warning", "missing": "missing"},
}
REMEDY: Final = {"zh": "办法：", "en": "remedy: "}
LISTENING: Final = {
    "zh": "正在听 2 秒麦克风，请不要出声……",
    "en": "listening to the microphone for 2 s, be quiet ...",
}
VERDICTS: Final = {
    "zh": {"ok": "可以练习了。", "missing": "练习还缺上面标 ✗ 的。"},
    "en": {"ok": "Ready to practise.", "missing": "Practice lacks what is marked ✗."},
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
@click.option(
    "--device", metavar="NAME|NUMBER", help="The microphone to listen to.  [default: the system's choice]"
)
@ui_option()
def doctor(*, as_json: bool, no_record: bool, model: str, device: str | None, ui: str) -> int:
    """Look at microphone, loudspeaker, voices, models, disk; name what is missing, with its remedy."""
    from voicecoach import wiring
    from voicecoach.app.setup.doctor import diagnose, exit_status

    number = int(device) if device is not None and device.isdigit() else device
    checks: list[Check] = []
    for check in diagnose(wiring.machine(model, device=number), record=not no_record):
        checks.append(check)
        if not as_json:
            show_check(check, ui)
            if check.name == "output" and not no_record and _has_input(checks):
                click.echo(LISTENING[ui], err=True)
    status = exit_status(checks)
    if as_json:
        click.echo(_document(checks, status, ui))
    else:
        click.echo(VERDICTS[ui]["missing" if status else "ok"])
    return status


def _has_input(checks: list[Check]) -> bool:
    return any(check.name == "input" and check.state != "missing" for check in checks)


def show_check(check: Check, ui: str) -> None:
    """Print one check: its mark and title, what was found, the remedy."""
    from voicecoach.report.wrapping import pad, wrap

    width = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST)) - INDENT
    mark, colour = MARKS[check.state]
    head = f"{mark} {pad(STATES[ui][check.state], 8)}{check.title[ui]}"
    click.echo(click.style(head, fg=colour))
    for line in wrap(check.finding[ui], width):
        click.echo(" " * INDENT + line)
    if check.remedy:
        for line in wrap(REMEDY[ui] + check.remedy[ui], width):
            click.echo(" " * INDENT + line)


def _document(checks: list[Check], status: int, ui: str) -> str:
    rows = [
        {
            "name": check.name,
            "title": check.title[ui],
            "state": check.state,
            "finding": check.finding[ui],
            "remedy": check.remedy[ui] if check.remedy else None,
        }
        for check in checks
    ]
    return json.dumps({"schema": SCHEMA, "ready": not status, "checks": rows}, ensure_ascii=False, indent=1)
