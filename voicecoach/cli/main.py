"""The command group: commands load only when they run, and errors become exit statuses in one place."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli import usage
from voicecoach.cli.options import reader_ui
from voicecoach.errors import VoicecoachError
from voicecoach.report.screen import Styled, guard, lost, say
from voicecoach.words.catalogue import word
from voicecoach.words.notices import listen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.words.catalogue import Message, Ui

COMMANDS: dict[str, tuple[str, str]] = {
    "score": ("voicecoach.cli.score:score", "Score recorded answers: rate, pauses, tone, rubric coverage."),
    "batch": (
        "voicecoach.cli.batch.command:batch",
        "Score folders of recordings: resumable, parallel, as tables.",
    ),
    "agree": ("voicecoach.cli.agree:agree", "Compare results with a person's marks; blind sheets."),
    "speak": ("voicecoach.cli.speak:speak", "Read a prompt or a text aloud, calm to furious, with noise."),
    "practise": (
        "voicecoach.cli.practise.command:practise",
        "Hear prompts, answer aloud, see what to do better.",
    ),
    "prompts": (
        "voicecoach.cli.prompts.command:prompts",
        "List, show, check and try prompts and their rubrics.",
    ),
    "voices": (
        "voicecoach.cli.setup.voices:voices",
        "List the voices, render prompts ahead, install voices.",
    ),
    "history": (
        "voicecoach.cli.takes.history:history",
        "List, show, export and delete the takes you have kept.",
    ),
    "review": ("voicecoach.cli.takes.review:review", "Look at kept takes: list, report, moments, progress."),
    "correct": ("voicecoach.cli.takes.correct:correct", "Correct a take's transcript and judge it again."),
    "doctor": (
        "voicecoach.cli.setup.doctor:doctor",
        "Look at microphone, voices, models, disk; name remedies.",
    ),
    "calibrate": ("voicecoach.cli.setup.calibrate:calibrate", "Read a text calmly, to compare takes with."),
    "models": ("voicecoach.cli.setup.models:models", "List, install and verify the recogniser's weights."),
}
"""Name -> where the command lives, and its line in the help."""

EPILOG = """\b
Exit status: 0 scored or done, 1 something failed, 2 wrong usage, 3 a recording
that cannot be used, 4 an engine, its weights or a device are missing, 5 not scored.

\b
Examples:
  voicecoach score answer.wav --prompt late_delivery
  voicecoach score *.m4a --prompt privacy --json results.json --html report.html
  voicecoach prompts list
"""
INTERRUPTED = 130
OUTPUT_LOST = 1
"""Standard output did not take all that was said; files that were asked for are written."""
_PLACE = "\0"
"""Where the words of an error come in their label; no label holds it."""


class Commands(click.Group):
    """Loads a command at its first use: the help must come at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of :data:`COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def main(  # type: ignore[override]  # click overloads on standalone_mode, which is ours to decide
        self,
        args: Sequence[str] | None = None,
        **extra: Any,
    ) -> Any:
        """Run, and turn every failure into a message and an exit status."""
        extra["standalone_mode"] = False
        typed = sys.argv[1:] if args is None else args
        if args is None:  # the program itself: its streams are its own
            guard()
        listen(lambda told: _show_notice(told, reader_ui(typed)))
        ui = reader_ui(typed)
        try:
            status = super().main(args, **extra)
        except click.ClickException as exc:
            _show_usage(exc, ui)
            status = exc.exit_code
        except VoicecoachError as exc:
            show_error(exc, ui)
            status = exc.exit_status
        except (click.Abort, KeyboardInterrupt):
            say(word("face-interrupted", ui), err=True)
            status = INTERRUPTED
        except BrokenPipeError:  # a stream that is not the program's own, as those are outlived
            status = OUTPUT_LOST
        sys.exit(_ended(status if isinstance(status, int) else 0, ui))


def _ended(status: int, ui: Ui) -> int:
    """The status, once standard output has all; what it did not take is told, but to a reader who left."""
    fault = lost()
    if fault is None:
        return status
    if not isinstance(fault, BrokenPipeError):
        what = word("face-output-lost", ui, cause=os.strerror(fault.errno or 0))
        say(*_labelled("face-error", what, ui), err=True)
    return status or OUTPUT_LOST


def _show_usage(exc: click.ClickException, ui: Ui) -> None:
    """What the library has to say of what was typed: how to call it, and what is wrong."""
    if isinstance(exc, click.exceptions.NoArgsIsHelpError):  # no fault: the help was wanted
        say(exc.format_message(), err=True, lines=True)
        return
    line, call = usage.usage_line(exc), usage.help_call(exc)
    if line is not None and call is not None:
        say(word("usage-line", ui, line=line), err=True, lines=True)
        say(word("usage-help", ui, call=call), err=True)
        say("", err=True)
    what = usage.told(exc)
    say(*_labelled("face-error", what if isinstance(what, str) else what.words(ui), ui), err=True, lines=True)


def show_error(exc: VoicecoachError, ui: Ui) -> None:
    """Print what went wrong and what to do about it on standard error, in the language ``ui``."""
    say(*_labelled("face-error", exc.words(ui), ui), err=True, lines=True)
    remedy = exc.remedy(ui)
    if remedy:
        say(*_labelled("face-remedy", remedy, ui, colour="green"), err=True, lines=True)


def _show_notice(told: Message, ui: Ui) -> None:
    say(*_labelled("prompts-warning", told.words(ui), ui, colour="yellow"), err=True, lines=True)


def _labelled(code: str, what: str, ui: Ui, *, colour: str = "red") -> tuple[Styled | str, ...]:
    """The message with all but ``what`` coloured."""
    before, _, after = word(code, ui, what=_PLACE).partition(_PLACE)
    return Styled(before, colour=colour), what, Styled(after, colour=colour)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="voicecoach")
def cli() -> None:
    """Practise customer-service interviews aloud, on your own machine.

    本机语音面试练习：听题、作答，看语速、停顿、语气和要点覆盖。
    """
