"""The per-file function of a batch: the same on this machine's workers and on a cluster's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.app.score.analyse import Task
from voicecoach.app.score.recording import assess
from voicecoach.app.score.refusals import of_given
from voicecoach.audio import decode
from voicecoach.errors import InputError
from voicecoach.model.job import FILE_MARK, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.app.batch.transcript_cache import KeptTranscriber
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.job import Job

LONGEST_S: Final = decode.LONGEST_S
"""Length that is assumed of a recording that does not say how long it is (streams of a browser) or lies."""


class RecordingScorer:
    """Judges one recording after another with one recogniser and one rubric engine."""

    def __init__(
        self,
        analyser: Analyser,
        memory: KeptTranscriber,
        *,
        provenance: Mapping[str, str],
    ) -> None:
        self._analyser = analyser
        self._memory = memory
        self._provenance = provenance

    def length_s(self, job: Job) -> float:
        """What the recording's header says, seconds. Raises InputError."""
        told_s = decode.told_length_s(Path(job.path))
        return LONGEST_S if told_s is None else min(told_s, LONGEST_S)

    def score(self, job: Job) -> Outcome:
        """Read, measure, recognise and judge. Raises InputError, EngineError."""
        self._memory.begin(job.heard, given=job.given)
        task = Task(
            prompt=job.prompt,
            language=job.language,
            profile=job.profile,
            channel=job.channel,
            stream=job.stream,
            provenance=self._provenance,
        )
        assessment = self._assessed(job, task)
        if assessment.sha256 != job.sha256:
            raise InputError("batch-file-changed", file=FILE_MARK)
        if job.given_mended:
            remarks = (*assessment.refusals, *of_given(job.given_mended))
            assessment = replace(assessment, refusals=remarks)
        return Outcome(job.key, replace(assessment, curves=None), heard=self._memory.heard())

    def _assessed(self, job: Job, task: Task) -> Assessment:
        return assess(self._analyser, Path(job.path), task, agent_channel=job.agent_channel)
