"""``voicecoach models``: the recogniser's weights."""

from __future__ import annotations

import json

import click

from voicecoach.adapters.whisper import weights
from voicecoach.cli.options import json_option, ui_option


@click.group()
def models() -> None:
    """List, install and verify the recogniser's weights."""


@models.command("list")
@json_option
@ui_option(exposed=False)
def list_models(*, as_json: bool) -> None:
    """List the models, their size, and whether they are on this machine."""
    rows = [
        {
            "name": entry.name,
            "size_mb": entry.size_mb,
            "installed": weights.installed(entry.name),
            "pinned": "model.bin" in entry.sha256,
        }
        for entry in weights.CATALOGUE.values()
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        state = "installed" if row["installed"] else "-"
        pinned = "" if row["pinned"] else "  (digest kept at the first installation)"
        click.echo(f"{row['name']:<16}{row['size_mb']:>6} MB  {state}{pinned}")


@models.command()
@click.argument("name", type=click.Choice(list(weights.CATALOGUE)))
@ui_option(exposed=False)
def install(name: str) -> None:
    """Bring the model NAME to this machine; the only command that may use the network.

    \b
    Example:
      voicecoach models install small
    """  # noqa: D301 - click's own mark for text that is not to be re-wrapped
    model = weights.install(name)
    click.echo(f"{model.name}: {model.folder}")


@models.command()
@click.argument("names", nargs=-1)
@ui_option(exposed=False)
def verify(names: tuple[str, ...]) -> None:
    """Read the files of the models NAMES (default: all installed) again and compare their digests."""
    for name in names or [name for name in weights.CATALOGUE if weights.installed(name)]:
        model = weights.verify(name)
        click.echo(f"{model.name}: ok  sha256 {model.sha256}")
