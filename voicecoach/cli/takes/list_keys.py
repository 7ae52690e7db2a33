"""All that a terminal sends while a list is shown, arrows included, key by key."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import sys
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.keys import Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT_ONCE: Final = 1024
KEY: Final = re.compile(r"\x1b(?:\[[0-9;]*[~A-Za-z]|O[A-Za-z])?|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+")
"""An escape sequence, a control character, or letters that came together (pasted, or by an input method)."""


@contextlib.contextmanager
def key_reader() -> Iterator[Callable[[], list[str]]]:
    """What waits for keys and gives those that came; an empty text means that the terminal has gone.

    Keys pressed meanwhile are kept, and none is shown. Ctrl-C stays an interrupt.
    """
    if sys.platform == "win32":
        yield lambda: [click.getchar()]
        return
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    descriptor = sys.stdin.fileno()

    def read() -> list[str]:
        try:
            sent = os.read(descriptor, AT_ONCE)
        except OSError:  # a terminal that has gone
            sent = b""
        return split(decoder.decode(sent)) if sent else [""]

    with Keyboard(descriptor):
        yield read


def split(sent: str) -> list[str]:
    """The keys of a text that a terminal sent; Ctrl-D counts as gone."""
    return ["" if key == "\x04" else key for key in KEY.findall(sent)]
