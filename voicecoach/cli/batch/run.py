"""One call of ``voicecoach batch``: the request from its options, and what a terminal is told of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from voicecoach.cli.progress import TerminalProgress
from voicecoach.report.screen import say, say_json
from voicecoach.words.catalogue import word
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.batch.session import BatchOutcome, BatchRequest
    from voicecoach.app.batch.trend import Answers

SOME_FAILED: Final = 1
COMPARISON: Final = "voicecoach.comparison/1"
FAILURES_SHOWN: Final = 20


def run(request: BatchRequest, *, dry_run: bool, as_json: bool, compare: Path | None = None) -> int:
    """Do it, or list what would be done; returns the exit status.

    ``compare``: the folder of an earlier batch, beside which this one is set. Raises VoicecoachError.
    """
    from voicecoach.wiring.batch import batch_session, to_compare

    before = None if compare is None else to_compare(compare, request.out)
    session = batch_session(request)
    if dry_run:
        plan = session.look()
        for planned in sorted(plan.work.todo, key=lambda planned: planned.item.file):
            prompt = planned.job.prompt.id if planned.job and planned.job.prompt else "-"
            say(f"{planned.item.file}\t{prompt}\t{planned.size_bytes}")
        for sentence in plan.told():
            say(sentence.words(request.ui), err=True)
        _show_reasons(plan.reasons)
        return 0
    with TerminalProgress(request.ui) as progress:
        outcome = session.run(progress)
    comparison = None
    if before is not None:
        comparison = {
            "schema": COMPARISON,
            "before": shown(compare or ""),
            **_compare(before, request, as_json=as_json),
        }
    if as_json:
        document = outcome.document() | ({} if comparison is None else {"comparison": comparison})
        say_json(document, indent=2)
    else:
        _show(outcome, request.ui)
    return SOME_FAILED if outcome.tally.n_failed else 0


def _compare(before: Answers, request: BatchRequest, *, as_json: bool) -> dict[str, Any]:
    """Write the page of the comparison and give it as JSON; tell it unless that is all that is wanted."""
    from voicecoach import wiring
    from voicecoach.report.batch.trend import TrendView
    from voicecoach.wiring.batch import compared, write_comparison

    trend = compared(before, request.out)
    prompts = {prompt.id: prompt for prompt in wiring.prompt_library(request.prompts_folder).prompts()}
    view = TrendView(trend, prompts, request.ui)
    page = write_comparison(view.page(), request.out)
    if not as_json:
        for line in view.lines():
            say(line)
        say(word("trend-page", request.ui, page=page))
        say("")
    return asdict(trend)


def _show(outcome: BatchOutcome, ui: str) -> None:
    for sentence in outcome.told():
        say(sentence.words(ui))
    _show_reasons(outcome.reasons)


def _show_reasons(reasons: Sequence[str]) -> None:
    for reason in reasons[:FAILURES_SHOWN]:
        say(f"  ✗ {reason}", err=True)
    if len(reasons) > FAILURES_SHOWN:
        say(f"  … +{len(reasons) - FAILURES_SHOWN}", err=True)
