"""One line of a batch's results: an assessment or a failure, with what the batch knows beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from voicecoach.model.assessment import blocked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.job import Failure

ResultState = Literal["scored", "not_scored", "failed"]


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What the batch knows of one recording.

    ``file`` is what the user wrote, ``carried`` are his own columns, ``line`` is that of the manifest.
    ``key`` names the result; None where nothing could be begun.
    """

    file: str
    speaker: str | None = None
    date: str | None = None
    prompt: str | None = None
    channel: int | None = None
    agent_channel: int | None = None
    line: int | None = None
    carried: dict[str, str] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedResult:
    """A recording that was judged, scored or not; ``masking``: how often what was hidden, None: not asked."""

    assessment: Assessment
    batch: BatchFacts
    masking: Mapping[str, int] | None = None

    @property
    def state(self) -> ResultState:
        """``not_scored`` when a refusal stands against a score, else ``scored``, prompt or not."""
        return "not_scored" if blocked(self.assessment.refusals) else "scored"

    @property
    def prompt_id(self) -> str:
        """The prompt whose rubric it was judged by, else the one that was asked; "" for none."""
        coverage = self.assessment.coverage
        return (self.batch.prompt if coverage is None else coverage.prompt_id) or ""

    @property
    def file(self) -> str:
        """The name that it goes by: the batch's, else that of the recording."""
        return self.batch.file or self.assessment.source


@dataclass(frozen=True, slots=True)
class FailedResult:
    """A recording that has no assessment; ``source`` is the name of its file, ``failure`` says why."""

    source: str
    failure: Failure
    batch: BatchFacts

    @property
    def state(self) -> ResultState:
        """Always ``failed``."""
        return "failed"


Result = JudgedResult | FailedResult


@dataclass(frozen=True, slots=True)
class Tally:
    """The items of the results by state; ``sound_s`` counts what was judged, scored or not."""

    n_items: int = 0
    n_scored: int = 0
    n_not_scored: int = 0
    n_failed: int = 0
    sound_s: float = 0.0
