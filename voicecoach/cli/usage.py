"""What the library of the command line has to say about what was typed, in the language of the reader."""

from __future__ import annotations

import difflib
import re
from typing import Final

import click

from voicecoach.words.catalogue import Message, joined
from voicecoach.words.visible import visible

_FAULTS: Final = {
    "usage-no-whole-number": r"(?P<value>.+) is not a valid integer(?: range)?\.",
    "usage-no-number": r"(?P<value>.+) is not a (?:valid float(?: range)?|finite number)\.",
    "usage-beyond-range": r"(?P<value>.+) is not in the range (?P<range>.+)\.",
    "usage-no-choice": r"(?P<value>.+) is not (?:one of )?(?P<choices>'.+)\.",
    "usage-path-missing": r"(?:File|Directory|Path) (?P<value>.+) does not exist\.",
    "usage-path-is-file": r"(?:File|Directory|Path) (?P<value>.+) is a file\.",
    "usage-path-is-folder": r"(?:File|Directory|Path) (?P<value>.+) is a directory\.",
    "usage-path-impossible": r"(?P<value>.+): no file can have that name\.",
    "usage-option-bare": r"Option (?P<option>.+) requires an argument\.",
    "usage-option-full": r"Option (?P<option>.+) does not take a value\.",
    "usage-option-pairs": r"Option (?P<option>.+) requires (?P<n>\d+) arguments\.",
    "usage-extra": r"Got unexpected extra arguments? \((?P<value>.+)\)",
    "usage-command-missing": r"Missing command\.",
}
"""Sentences of the library, which gives no facts beside them, by the code that says the same."""


def told(exc: click.ClickException) -> Message | str:
    """What is wrong, as a message where the library's sentence is known; else that sentence."""
    if isinstance(exc, click.NoSuchOption):
        return _with_near(
            Message("usage-option-unknown", {"option": visible(exc.option_name)}), exc.possibilities
        )
    if isinstance(exc, click.exceptions.NoSuchCommand):
        unknown = Message("usage-command-unknown", {"name": visible(exc.command_name)})
        return _with_near(unknown, exc.possibilities or _near_commands(exc))
    if isinstance(exc, click.MissingParameter):
        return _missing(exc)
    if isinstance(exc, click.BadParameter):
        name = "" if exc.param is None else exc.param.get_error_hint(exc.ctx)
        name = exc.param_hint if isinstance(exc.param_hint, str) else name
        return Message("usage-value", {"option": visible(name), "what": _fault(exc.message)})
    return _fault(exc.format_message())


def help_call(exc: click.ClickException) -> str | None:
    """What to type for the help of the command that was meant; None where there is none."""
    context = exc.ctx if isinstance(exc, click.UsageError) else None
    return None if context is None else f"{context.command_path} --help"


def usage_line(exc: click.ClickException) -> str | None:
    """How the command is called; None where no command was meant."""
    context = exc.ctx if isinstance(exc, click.UsageError) else None
    return None if context is None else context.get_usage().partition(": ")[2]


def _fault(sentence: str) -> Message | str:
    for code, pattern in _FAULTS.items():
        match = re.fullmatch(pattern, sentence, re.DOTALL)
        if match is not None:
            return Message(code, {name: visible(value) for name, value in match.groupdict().items()})
    return visible(sentence)


def _missing(exc: click.MissingParameter) -> Message:
    kind = exc.param_type or (exc.param.param_type_name if exc.param else "option")
    name = "" if exc.param is None else exc.param.get_error_hint(exc.ctx)
    missing = Message(
        "usage-argument-missing" if kind == "argument" else "usage-option-missing", {"name": name}
    )
    if exc.param is None or not isinstance(exc.param.type, click.Choice):
        return missing
    return Message("usage-choices", {"what": missing, "choices": ", ".join(map(str, exc.param.type.choices))})


def _near_commands(exc: click.exceptions.NoSuchCommand) -> list[str]:
    """Commands that look like the one that was typed; the library knows none that are loaded late."""
    context = exc.ctx
    if context is None or not isinstance(context.command, click.Group):
        return []
    return difflib.get_close_matches(exc.command_name, context.command.list_commands(context))


def _with_near(unknown: Message, near: list[str] | None) -> Message:
    if not near:
        return unknown
    meant = Message("did-you-mean", {"near": joined("joined-or", [visible(name) for name in near])})
    return Message("usage-near", {"what": unknown, "near": meant})
