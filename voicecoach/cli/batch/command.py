"""``voicecoach batch``: folders and manifests in, tables out, as often broken off as you like."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from voicecoach.cli.options import (
    MOST,
    NAMED_PATH,
    Number,
    PathName,
    agent_channel_option,
    channel_option,
    engine_choice,
    language_option,
    model_option,
    prompts_option,
    stream_option,
    ui_option,
)

TIMEOUT_MOST_S: Final = 30 * 86_400.0
"""Of a single file, seconds: longer than anybody waits."""


@click.command(
    epilog="""\b
PATHS are folders (searched recursively), sound files, and manifests (.csv,
.xlsx, .json or .jsonl with a column 'file' or 文件; prompt, speaker, date,
channel, agent_channel, lang, transcript and profile are read, also by Chinese
headings, all else is carried along). The same command goes on where it was
broken off, and does only what is missing or changed. See docs/batch.md.

\b
Exit status: 0 all done, 1 at least one file failed (the others are done),
2 wrong usage, 4 an engine or its weights are missing, 130 interrupted.

\b
Examples:
  voicecoach batch answers/ --prompt late_delivery --out results
  voicecoach batch calls.csv --out results --workers 4
  voicecoach batch week32/ --name-pattern '{speaker}_{prompt}_{date}' --out week32.out
  voicecoach batch week33/ --prompt late_delivery --out week33.out --compare week32.out
"""
)
@click.argument("paths", nargs=-1, required=True, type=NAMED_PATH, metavar="PATHS...")
@click.option(
    "--out",
    required=True,
    type=PathName(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the results go, and what is kept to go on from.",
)
@click.option("--prompt", "prompt_id", metavar="ID", help="The prompt of files that name none themselves.")
@prompts_option
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    metavar="GLOB",
    help="Which files of a folder, for example '*.wav'; may be given again.  [default: all of sound]",
)
@click.option(
    "--name-pattern",
    metavar="TEXT",
    help="What a file's name says: '{speaker}_{prompt}_{date}'; other names in braces are carried along.",
)
@language_option()
@click.option("--profile", metavar="NAME", help="Bands and weights.  [default: the prompt's own]")
@model_option
@channel_option
@stream_option
@agent_channel_option("The recordings are calls, one side a channel; this one is the agent's.")
@click.option(
    "--engine",
    type=engine_choice("batch"),
    default="pool",
    show_default=True,
    help="Processes of this machine, or a Ray cluster (voicecoach[cluster]).",
)
@click.option("--address", metavar="HOST:PORT", help="Of the Ray cluster.  [default: one on this machine]")
@click.option(
    "--workers",
    type=click.IntRange(1, MOST),
    metavar="N",
    help="How many files at once.  [default: one a core, as the memory allows]",
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(1, MOST),
    metavar="MB",
    help="Memory that all workers may use.  [default: three quarters of the machine's]",
)
@click.option(
    "--file-timeout",
    "file_timeout_s",
    type=Number(0.0, TIMEOUT_MOST_S, min_open=True),
    metavar="S",
    help="Time limit of one file.  [default: 60 s + twice its length]",
)
@click.option(
    "--mask/--no-mask",
    "mask",
    default=True,
    show_default=True,
    help="Hide spoken personal data in all results and in the sound of the report.",
)
@click.option(
    "--sound",
    type=click.Choice(["link", "embed", "none"]),
    default="link",
    show_default=True,
    help="The report plays the recordings where they lie, holds copies, or is silent.",
)
@click.option("--no-report", "without_report", is_flag=True, help="Write the tables without report.html.")
@click.option(
    "--compare",
    type=PathName(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also say what changed since the batch in DIR, and write compare.html.",
)
@click.option("--limit", type=click.IntRange(1, MOST), metavar="N", help="Do at most N files now.")
@click.option("--retry-failed", is_flag=True, help="Try files again that could not be used before.")
@click.option("--dry-run", is_flag=True, help="List what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the final summary as JSON.")
@ui_option("Language of messages and of sentences in the results.")
def batch(
    paths: tuple[Path, ...],
    *,
    dry_run: bool,
    as_json: bool,
    without_report: bool,
    compare: Path | None,
    **options: Any,
) -> int:
    """Score many recordings: full results, tables, a report, and each failure with its reason."""
    from voicecoach.app.batch.session import BatchRequest
    from voicecoach.cli.batch.run import run

    request = BatchRequest(paths, with_report=not without_report, **options)
    return run(request, dry_run=dry_run, as_json=as_json, compare=compare)
