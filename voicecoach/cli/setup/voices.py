"""``voicecoach voices``: the voices of all engines, and rendering prompts ahead."""

from __future__ import annotations

import json
import sys
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
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from voicecoach.app.practise.say import Rendered
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
        click.echo(word("voices-unavailable", ui, engine=engine, cause=fault.told), err=True)

    rows = setup.voices(on_fault=on_fault)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        state = pad(word("models-installed", ui) if row.installed else "-", 11)
        roles = ", ".join(row.roles)
        click.echo(f"{row.id:<{width}}  {row.language}  {row.sex}  {row.engine:<8}{state}{roles}")


@voices.command()
@ui_option()
def install(ui: Ui) -> None:
    """Fetch the files of the neural voices; the only command here that uses the network."""
    from voicecoach.wiring import setup

    n_fetched, folder = setup.install_voices()
    click.echo(word("voices-fetched", ui, n=n_fetched, folder=folder))
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
        click.echo(word("voices-engine", ui, engine=name, why=why), err=True)
        _show(setup.rendering(lines, name), len(lines), ui)


def _show(rendered: Iterable[Rendered], n_lines: int, ui: Ui) -> None:
    """Run the rendering and show how far it is: a bar on a terminal, else a line each."""
    n_made = n_kept = 0
    try:
        for done in _with_progress(rendered, n_lines, ui):
            n_made += done.made
            n_kept += not done.made
    finally:
        click.echo(word("voices-rendered", ui, n=n_lines, made=n_made, kept=n_kept), err=True)


def _with_progress(rendered: Iterable[Rendered], n_lines: int, ui: Ui) -> Iterator[Rendered]:
    if not sys.stderr.isatty():
        for number, done in enumerate(rendered, start=1):
            kept = "" if done.made else f"  {word('voices-kept', ui)}"
            click.echo(
                f"{number}/{n_lines}  {done.line.prompt_id}.{done.line.number}  {done.voice}  "
                f"{done.line.mood}  {done.duration_s:.1f} s{kept}",
                err=True,
            )
            yield done
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=n_lines)
        for done in rendered:
            progress.update(task, advance=1, description=f"{done.line.prompt_id}.{done.line.number}")
            yield done
