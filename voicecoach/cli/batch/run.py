"""One call of ``voicecoach batch``: the request from its options, and what a terminal is told of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.progress import TerminalProgress

if TYPE_CHECKING:
    from voicecoach.app.batch.session import BatchOutcome, BatchRequest

SOME_FAILED: Final = 1
FAILURES_SHOWN: Final = 20


def run(request: BatchRequest, *, dry_run: bool, as_json: bool) -> int:
    """Do it, or list what would be done; returns the exit status. Raises VoicecoachError."""
    from voicecoach.wiring.batch import batch_session

    session = batch_session(request)
    if dry_run:
        plan = session.look()
        for planned in sorted(plan.work.todo, key=lambda planned: planned.item.file):
            prompt = planned.job.prompt.id if planned.job and planned.job.prompt else "-"
            click.echo(f"{planned.item.file}\t{prompt}\t{planned.size_bytes}")
        for sentence in plan.told():
            click.echo(sentence.words(request.ui), err=True)
        return 0
    with TerminalProgress(request.ui) as progress:
        outcome = session.run(progress)
    if as_json:
        click.echo(json.dumps(outcome.document(), ensure_ascii=False, indent=2))
    else:
        _show(outcome, request.ui)
    return SOME_FAILED if outcome.tally.n_failed else 0


def _show(outcome: BatchOutcome, ui: str) -> None:
    for sentence in outcome.told():
        click.echo(sentence.words(ui))
    for reason in outcome.reasons[:FAILURES_SHOWN]:
        click.echo(f"  ✗ {reason}", err=True)
    if len(outcome.reasons) > FAILURES_SHOWN:
        click.echo(f"  … +{len(outcome.reasons) - FAILURES_SHOWN}", err=True)
