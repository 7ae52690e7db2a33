"""``voicecoach voices``: the voices of all engines, and rendering prompts ahead."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import click

from voicecoach.cli.options import (
    SPOKEN,
    engine_option,
    json_option,
    language_option,
    prompts_option,
    reader_ui,
    ui_option,
)
from voicecoach.cli.progress import TerminalProgress
from voicecoach.report import screen
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.errors import EngineError
    from voicecoach.model.transcript import Language
    from voicecoach.words.catalogue import Ui


@click.group(invoke_without_command=True)
@click.pass_context
def voices(ctx: click.Context) -> None:
    """List the voices, render prompts ahead, install the neural voices."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_voices, ui=reader_ui(()))


@voices.command("list")
@json_option
@ui_option()
def list_voices(*, as_json: bool, ui: Ui) -> None:
    """List the voices: id, language, sex, roles, engine, whether installed."""
    from voicecoach.report.wrapping import pad
    from voicecoach.wiring import setup

    def on_fault(engine: str, fault: EngineError) -> None:
        screen.say(word("voices-unavailable", ui, engine=engine, cause=fault.told), err=True)

    rows = setup.voices(on_fault=on_fault)
    if as_json:
        screen.say_json([asdict(row) for row in rows], indent=1)
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        state = pad(word("models-installed", ui) if row.installed else "-", 11)
        roles = ", ".join(row.roles)
        screen.say(f"{row.id:<{width}}  {row.language}  {row.sex}  {row.engine:<8}{state}{roles}")


@voices.command()
@ui_option()
def install(ui: Ui) -> None:
    """Fetch the files of the neural voices; the only command here that uses the network."""
    from voicecoach.wiring import setup

    n_fetched, folder = setup.install_voices()
    screen.say(word("voices-fetched", ui, n=n_fetched, folder=folder))
    setup.check_neural_voice()


@voices.command()
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@language_option("Language of the prompts.", also=("all",))
@engine_option
@prompts_option
@ui_option()
def render(packs: tuple[str, ...], language: str, engine: str, prompts_folder: Path | None, ui: Ui) -> None:
    """Make the sound of all prompts and callers' lines of PACK (default: all) and keep it.

    What is kept already is left alone and what is damaged is made anew, so that this can be broken off with
    Ctrl-C and taken up again.
    """
    from voicecoach import wiring
    from voicecoach.app.practise import say
    from voicecoach.wiring import setup

    prompts = say.of_packs(wiring.prompt_library(prompts_folder).prompts(), packs)
    for spoken in cast("Sequence[Language]", SPOKEN if language == "all" else (language,)):
        lines = [line for prompt in prompts for line in say.lines_of(prompt, spoken)]
        name, why = wiring.choose_engine(spoken, wanted=engine)
        screen.say(word("voices-engine", ui, engine=name, why=why), err=True)
        with TerminalProgress(ui, line_every_s=0.0, head="{n}/{of}  ") as progress:
            say.render_all(lines, setup.rendering(lines, name), progress)
