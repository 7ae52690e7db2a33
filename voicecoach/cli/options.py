"""Options that several commands have, said once."""

from __future__ import annotations

import math
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from voicecoach.model.device import device_of
from voicecoach.words.catalogue import DEFAULT_UI, languages
from voicecoach.words.visible import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from voicecoach.wiring.engines import Port
    from voicecoach.words.catalogue import Ui

UI: Final = "--ui"
UI_VARIABLE: Final = "VOICECOACH_UI"
SPOKEN: Final = ("zh", "en")
"""Languages that are spoken and understood; those of texts are the catalogue's."""
END_OF_OPTIONS: Final = "--"

_Command = TypeVar("_Command", bound="Callable[..., object] | click.Command")


def ui_option(
    what: str = "Language of the output.", *, exposed: bool = True
) -> Callable[[_Command], _Command]:
    """``--ui``, as ``ui``: the language of the reader, and ``what`` is in it.

    A command with nothing to say but errors takes it with ``exposed`` False.
    """
    return click.option(
        UI,
        type=click.Choice(languages()),
        default=DEFAULT_UI,
        show_default=True,
        envvar=UI_VARIABLE,
        help=what,
        expose_value=exposed,
    )


def reader_ui(arguments: Sequence[str]) -> Ui:
    """The language of the reader who typed ``arguments``, for what is said before or after a command runs.

    As :func:`ui_option`: the last ``--ui`` counts, then the environment, then the default; a language that
    there is not counts for nothing.
    """
    options = list(arguments)
    if END_OF_OPTIONS in options:
        options = options[: options.index(END_OF_OPTIONS)]
    named = ""
    for option, following in pairwise([*options, ""]):
        if option == UI:
            named = following
        elif option.startswith(f"{UI}="):
            named = option.removeprefix(f"{UI}=")
    wanted = (named, os.environ.get(UI_VARIABLE, ""), DEFAULT_UI)
    return next(ui for ui in wanted if ui in languages())


def language_option(
    what: str = "Language spoken.", *, default: str | None = "zh", also: Sequence[str] = ()
) -> Callable[[_Command], _Command]:
    """``--lang``, as ``language``: what is spoken; ``also`` names further choices."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice((*SPOKEN, *also)),
        default=default,
        show_default=default is not None,
        help=what,
    )


class Number(click.FloatRange):
    """A finite number between two bounds, which count: ``inf`` and ``nan`` pass for numbers elsewhere."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number. Fails as a range does for one outside of it, or for what is none."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return float(number)


class PathName(click.Path):
    """A path; a name that no file can have fails like any other wrong value."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails as the class above it, and for a name with a NUL."""
        try:
            return super().convert(value, param, ctx)
        except ValueError:
            self.fail(f"{value!r}: no file can have that name.", param, ctx)


NAMED_PATH: Final = PathName(path_type=Path, readable=False)
"""A path as it is named: what is wrong with it is told by what opens it, each file by itself.

The library would ask the system beforehand whether it may be read, and end the command for all files.
"""
HOUR_S: Final = 3600.0
"""No span of time that is asked for is longer, seconds; nor is a recording."""
MOST: Final = 1_000_000_000
"""Of anything that is counted."""


class WholeText(click.ParamType[str]):
    """Text in whatever encoding the terminal sent it: no stray byte goes any further."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text with stray bytes read."""
        return whole(value)


class LateChoice(click.ParamType[str]):
    """A choice among ``names()``, asked for only when it is needed: other help must not wait for them."""

    name = "choice"

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As of a choice."""
        return f"[{'|'.join(self._names())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is. Fails as a choice does for one that there is not."""
        names = tuple(self._names())
        if value not in names:
            self.fail(f"{value!r} is not one of {', '.join(map(repr, names))}.", param, ctx)
        return value


def engine_choice(port: Port, *, also: Sequence[str] = ()) -> LateChoice:
    """The name of a registered engine behind ``port``, or one of ``also``."""

    def names() -> tuple[str, ...]:
        from voicecoach.wiring import engines

        return (*also, *engines.names(port))

    return LateChoice(names)


model_option = click.option(
    "--recogniser",
    "--model",
    "model",
    default="base",
    show_default=True,
    metavar="NAME[:MODEL]|MODEL|DIR",
    help="The recogniser and its weights.",
)
channel_option = click.option(
    "--channel", type=click.IntRange(0, MOST), metavar="N", help="Score only this channel, counted from 0."
)


stream_option = click.option(
    "--stream",
    type=click.IntRange(0, MOST),
    metavar="N",
    help="Of files with several sound streams this one, counted from 0.  [default: the one that speaks]",
)


def agent_channel_option(what: str) -> Callable[[_Command], _Command]:
    """``--agent-channel``, as ``agent_channel``: the recordings are calls of two, one side a channel."""
    return click.option("--agent-channel", type=click.IntRange(0, MOST), metavar="N", help=what)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def device_option(what: str = "The microphone.") -> Callable[[_Command], _Command]:
    """``--device``, as ``device``: a microphone by its name or its number."""
    return click.option(
        "--device",
        metavar="NAME|NUMBER",
        callback=lambda _ctx, _param, text: device_of(text),
        help=f"{what}  [default: the system's choice]",
    )


prompts_option = click.option(
    "--prompts",
    "prompts_folder",
    type=NAMED_PATH,
    metavar="DIR",
    help="A folder of more prompt packs.",
)
engine_option = click.option(
    "--engine",
    type=engine_choice("voice", also=("auto",)),
    default="auto",
    show_default=True,
    envvar="VOICECOACH_ENGINE",
    help="kokoro: the neural voice. pyttsx3: the system's voices.",
)
