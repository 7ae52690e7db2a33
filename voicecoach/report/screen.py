"""The one way to the terminal: standard output and standard error, for every command.

What is said may hold what others wrote: packs, names of files, what was heard. No terminal obeys it, since
every control, direction and unseen sign stands as an escape (:mod:`voicecoach.words.visible`); colours are
ours and are given beside the text. JSON stays exact: such signs are escapes there by JSON's own rule.

:func:`guard` makes the program outlive its streams. What cannot be written (a pipe whose reader has gone, a
full disk, a stream that is closed) is dropped and remembered, so that files which were asked for are still
written; :func:`lost` says so at the end.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from voicecoach.words.visible import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.console import Console

_UNSEEN: Final = re.compile(
    r"[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""Signs that JSON may hold as they are and a terminal may obey, or no encoding takes."""
_STREAMS: Final = (0, 1, 2)
UTF_8: Final = "utf-8"
_TAB: Final = "\t"


@dataclass(frozen=True, slots=True)
class Styled:
    """Text with a look of its own; a terminal without colours, and a file, shows the text alone."""

    text: str
    colour: str | None = None
    bold: bool | None = None
    dim: bool | None = None


def say(*parts: str | Styled, err: bool = False, lines: bool = False, end: str = "\n") -> None:
    """Write the parts on one line; ``lines``: line breaks in them are ours and stay.

    ``err``: on standard error. Never fails for what the terminal cannot show.
    """
    click.echo("".join(_made(part, lines=lines) for part in parts) + end, nl=False, err=err)


def say_json(document: object, *, indent: int | None = None) -> None:
    """Write a document as JSON on standard output. Raises ValueError for figures that JSON does not have."""
    say_json_text(json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False) + "\n")


def say_json_text(text: str) -> None:
    """Write JSON that is laid out already, UTF-8 whatever the terminal."""
    say_bytes(_UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text).encode())


def say_bytes(content: bytes) -> None:
    """Write a file's content on standard output, as it is."""
    sys.stdout.flush()
    click.echo(content, nl=False)


def draw(text: str) -> None:
    """Write on the line that is drawn anew: from its beginning, without ending it."""
    click.echo("\r" + _made(text, lines=False), nl=False)


def is_dialogue() -> bool:
    """Whether somebody sits there: standard input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def console(*, err: bool = False) -> Console:
    """The screen for what is laid out in colours: what is printed there must have been made visible."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a terminal without Hanzi shows ? and goes on
    return Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)


def _made(part: str | Styled, *, lines: bool) -> str:
    if isinstance(part, Styled):
        text = _made(part.text, lines=lines)
        return click.style(text, fg=part.colour, bold=part.bold, dim=part.dim)
    return visible(part, keep="\n\t") if lines else visible(" ".join(part.split("\n")), keep=_TAB)


# -- streams that may fail ---------------------------------------------------------------------------------


class _Outlived(io.FileIO):
    """A stream to the outside that takes whatever is written, and remembers the first fault."""

    fault: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """As a file, but what cannot be written is dropped."""
        try:
            return super().write(data)
        except OSError as exc:
            if self.fault is None:
                self.fault = exc
            return memoryview(data).nbytes


_out: _Outlived | None = None


def guard() -> None:
    """Let the program's own streams outlive what they write to; streams that are closed stand in for nothing.

    For the beginning of a process, before anything is opened: a file that came to lie where a closed
    stream belongs would get what is meant for it.
    """
    global _out  # noqa: PLW0603 - a process has one standard output
    for descriptor in _STREAMS:
        try:
            os.fstat(descriptor)
        except OSError:  # the lowest free one is this one; nothing can be written to it, as before
            os.open(os.devnull, os.O_WRONLY if descriptor == _STREAMS[2] else os.O_RDONLY)
            os.set_inheritable(descriptor, True)  # noqa: FBT003 - so the function is called
    if sys.stdin is None:
        sys.stdin = open(0, encoding=UTF_8, closefd=False)  # noqa: SIM115 - open as the process
    if os.name != "nt":  # there, a console is no file
        _out = _Outlived(1, "w", closefd=False)
        sys.stdout = _text(_out, sys.stdout)
        sys.stderr = _text(_Outlived(2, "w", closefd=False), sys.stderr)


def _text(raw: _Outlived, former: object) -> io.TextIOWrapper:
    """The stream of text over ``raw``, in the encoding of the one before; ASCII is no terminal's wish."""
    encoding = former.encoding if isinstance(former, io.TextIOWrapper) else UTF_8
    if codecs.lookup(encoding).name == "ascii":
        encoding = UTF_8
    is_error = raw.fileno() == _STREAMS[2]
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=encoding,
        errors="backslashreplace" if is_error else "replace",
        line_buffering=is_error or raw.isatty(),
    )


def lost() -> OSError | None:
    """Why standard output did not take all that was said; None when it did."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError) as exc:  # streams of somebody else
            return exc if isinstance(exc, OSError) else None
    return None if _out is None else _out.fault
