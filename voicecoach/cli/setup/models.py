"""``voicecoach models``: the recogniser's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voicecoach.cli.options import json_option, ui_option
from voicecoach.report.screen import say, say_json
from voicecoach.wiring import setup
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from voicecoach.words.catalogue import Ui


@click.group()
def models() -> None:
    """List, install and verify the recogniser's weights."""


@models.command("list")
@json_option
@ui_option()
def list_models(*, as_json: bool, ui: Ui) -> None:
    """List the models, their size, and whether they are on this machine."""
    rows = setup.models()
    if as_json:
        say_json(rows, indent=1)
        return
    for row in rows:
        state = word("models-installed", ui) if row["installed"] else "-"
        pinned = "" if row["pinned"] else f"  {word('models-digest-later', ui)}"
        say(f"{row['name']:<16}{row['size_mb']:>6} MB  {state}{pinned}")


@models.command()
@click.argument("name", type=click.Choice(setup.model_names()))
@ui_option(exposed=False)
def install(name: str) -> None:
    """Bring the model NAME to this machine; the only command that may use the network.

    \b
    Example:
      voicecoach models install small
    """
    say(f"{name}: {setup.install_model(name)}")


@models.command()
@click.argument("names", nargs=-1)
@ui_option()
def verify(names: tuple[str, ...], ui: Ui) -> None:
    """Read the files of the models NAMES (default: all installed) again and compare their digests."""
    for name, sha256 in setup.verified_models(names):
        say(word("models-verified", ui, name=name, sha256=sha256))
