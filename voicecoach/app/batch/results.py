"""From kept outcomes to lines of results, in the order of the items, and the count of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from voicecoach.model.job import Failure
from voicecoach.words.catalogue import FALLBACK_UI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from voicecoach.model.job import Planned
    from voicecoach.ports.batch import ResultStore

FAILURE_SCHEMA: Final = "voicecoach.failure/1"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """The items of the results by state; ``sound_s`` counts what was judged, scored or not."""

    n_items: int = 0
    n_scored: int = 0
    n_not_scored: int = 0
    n_failed: int = 0
    sound_s: float = 0.0


def state_of(line: Mapping[str, Any]) -> str:
    """``failed``, ``not_scored`` (a refusal stands against a score), else ``scored``, prompt or not."""
    if line["schema"] == FAILURE_SCHEMA:
        return "failed"
    refused = any(refusal["blocks_score"] for refusal in line["refusals"])
    return "not_scored" if refused else "scored"


def counted(lines: Iterable[Mapping[str, Any]]) -> Tally:
    """The tally of finished lines."""
    states = {"scored": 0, "not_scored": 0, "failed": 0}
    sound_s = 0.0
    for line in lines:
        states[state_of(line)] += 1
        if line["schema"] != FAILURE_SCHEMA:
            sound_s += line["recording"]["duration_s"]
    return Tally(
        n_items=sum(states.values()),
        n_scored=states["scored"],
        n_not_scored=states["not_scored"],
        n_failed=states["failed"],
        sound_s=round(sound_s, 3),
    )


def result_lines(
    planned: Iterable[Planned], store: ResultStore, *, finish: Callable[[Json], Json] | None = None
) -> Iterator[Json]:
    """One document an item that has a result, in order; ``finish`` has the last word on each.

    Raises StoreError.
    """
    for one in planned:
        outcome = one.failure if one.job is None else store.outcome(one.job.key)
        if outcome is None:
            continue
        line = failure_line(one, outcome) if isinstance(outcome, Failure) else assessment_line(one, outcome)
        yield line if finish is None else finish(line)


def assessment_line(planned: Planned, document: Mapping[str, Any]) -> Json:
    """The assessment with the item's own name, and what the batch knows beside it."""
    recording = {**document["recording"], "source": PurePosixPath(planned.item.file).name}
    return {**document, "recording": recording, "batch": _batch(planned)}


def failure_line(planned: Planned, failure: Failure) -> Json:
    """The failure with the item's own name in its message, in English whoever reads it."""
    file = planned.item.file or "?"
    said = failure.said_of(file, FALLBACK_UI)
    return {
        "schema": FAILURE_SCHEMA,
        "source": PurePosixPath(file).name,
        "error": {
            "code": failure.code,
            "message": said.message,
            "hint": said.hint,
            "exit_status": failure.exit_status,
            "attempts": failure.attempts,
        },
        "batch": _batch(planned),
    }


def _batch(planned: Planned) -> Json:
    item, job = planned.item, planned.job
    prompt = item.prompt_id if job is None or job.prompt is None else job.prompt.id
    return {
        "file": item.file,
        "speaker": item.speaker or None,
        "date": item.date or None,
        "prompt": prompt,
        "channel": item.channel if job is None else job.channel,
        "agent_channel": None if job is None else job.agent_channel,
        "line": item.line,
        "carried": dict(item.carried),
        "key": None if job is None else job.key,
    }
