"""Options that several commands have, said once."""

from __future__ import annotations

import click

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language spoken.",
)
model_option = click.option(
    "--model", default="base", show_default=True, metavar="NAME|DIR", help="The recogniser's weights."
)
channel_option = click.option(
    "--channel", type=click.IntRange(min=0), metavar="N", help="Score only this channel, counted from 0."
)
