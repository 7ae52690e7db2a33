"""From kept outcomes to results, in the order of the items, and the count of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult, Tally
from voicecoach.words.catalogue import FALLBACK_UI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.job import Planned
    from voicecoach.model.result import Result
    from voicecoach.ports.batch import ResultStore


def counted(results: Iterable[Result]) -> Tally:
    """The tally of finished results."""
    states = {"scored": 0, "not_scored": 0, "failed": 0}
    sound_s = 0.0
    for result in results:
        states[result.state] += 1
        if isinstance(result, JudgedResult):
            sound_s += result.assessment.duration_s
    return Tally(
        n_items=sum(states.values()),
        n_scored=states["scored"],
        n_not_scored=states["not_scored"],
        n_failed=states["failed"],
        sound_s=round(sound_s, 3),
    )


def results_of(
    planned: Iterable[Planned], store: ResultStore, *, finish: Callable[[Result], Result] | None = None
) -> Iterator[Result]:
    """One result an item that has one, in order; ``finish`` has the last word on each. Raises StoreError."""
    for plan in planned:
        outcome = plan.failure if plan.job is None else store.outcome(plan.job.key)
        if outcome is None:
            continue
        result = failed(plan, outcome) if isinstance(outcome, Failure) else judged(plan, outcome)
        yield result if finish is None else finish(result)


def judged(planned: Planned, assessment: Assessment) -> JudgedResult:
    """The assessment with the item's own name, and what the batch knows beside it."""
    named = replace(assessment, source=PurePosixPath(planned.item.file).name)
    return JudgedResult(named, _facts(planned))


def failed(planned: Planned, failure: Failure) -> FailedResult:
    """The failure with the item's own name in its message, in English whoever reads it."""
    file = planned.item.file or "?"
    return FailedResult(PurePosixPath(file).name, failure.said_of(file, FALLBACK_UI), _facts(planned))


def _facts(planned: Planned) -> BatchFacts:
    item, job = planned.item, planned.job
    return BatchFacts(
        file=item.file,
        speaker=item.speaker or None,
        date=item.date or None,
        prompt=item.prompt_id if job is None or job.prompt is None else job.prompt.id,
        channel=item.channel if job is None else job.channel,
        agent_channel=None if job is None else job.agent_channel,
        line=item.line,
        carried=dict(item.carried),
        key=None if job is None else job.key,
    )
