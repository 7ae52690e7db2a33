"""One take of a practice: kept from before its first sample until it is judged.

Whatever happens, what was said is kept: the take is written down before it is recorded, its sound is on disk
as it is spoken, and a judgement that fails leaves it to be judged another time.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from voicecoach.app.practise.answer import AnswerFace, watch
from voicecoach.app.practise.own_voice import own_baseline
from voicecoach.errors import InputError, VoicecoachError
from voicecoach.model.assessment import blocked
from voicecoach.model.take import Take, new_take_id, utc_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicecoach.app.practise.answer import Ending, Limits
    from voicecoach.app.practise.judge import AnswerJudge
    from voicecoach.app.score.analyse import Task
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import Document
    from voicecoach.model.transcript import Language
    from voicecoach.ports import LiveRecording, Recorder, Store

UNFINISHED = ".part"
"""Ending of a sound file whose recording was broken off."""


class TakeFace(AnswerFace, Protocol):
    """What the user sees of a take."""

    def note(self, code: str, **facts: object) -> None:
        """Say something that is no fault: a code of the catalogue and its facts."""
        ...

    def tell(self, fault: VoicecoachError) -> None:
        """Say what went wrong, and the remedy."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """What came of an attempt. ``path``: its finished sound; ``assessment`` None: it was not judged."""

    take: Take
    ending: Ending
    path: Path | None = None
    task: Task | None = None
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class TakePorts:
    """What a take needs of the world.

    ``to_document`` makes the JSON of an assessment, ``silent`` the fault of a microphone (named) that gives
    zeros, ``recover`` a whole recording of one that was broken off.
    """

    store: Store
    recorder: Recorder
    judge: AnswerJudge
    to_document: Callable[[Assessment], Document]
    silent: Callable[[str], VoicecoachError]
    recover: Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class CalibratedVoice:
    """The speaker profile of a practice, by name ("" = none).

    ``path_latency_s``: by how much a response is measured too long on this way of the sound, seconds.
    """

    name: str = ""
    path_latency_s: float = 0.0


class TakeMaker:
    """Records and judges takes; ``now`` is the clock."""

    def __init__(
        self,
        ports: TakePorts,
        face: TakeFace,
        *,
        language: Language,
        calibrated: CalibratedVoice | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._recorder, self._judge = ports.store, ports.recorder, ports.judge
        self._to_document, self._silent, self._recover = ports.to_document, ports.silent, ports.recover
        self._face, self._language, self._now = face, language, now
        self._calibrated = calibrated or CalibratedVoice()

    def begin(self, prompt: Prompt, profile: str) -> Take:
        """Write a take down that is about to be recorded."""
        now = self._now()
        take = Take(
            id=new_take_id(now),
            recorded_at=utc_text(now),
            prompt_id=prompt.id,
            prompt_text=prompt.text[self._language],
            pack=prompt.pack,
            kind=prompt.kind,
            language=self._language,
            profile=profile,
            speaker_profile=self._calibrated.name,
        )
        self._keep(take)
        return take

    def drop(self, take: Take) -> None:
        """Remove a take that was not recorded, or is to be forgotten."""
        try:
            self._store.delete([take.id])
        except VoicecoachError as exc:
            self._face.tell(exc)

    def record(
        self, take: Take, prompt: Prompt, limits: Limits, *, prompt_end_s: Callable[[], float | None]
    ) -> Attempt:
        """Record the answer, and judge it.

        ``prompt_end_s`` tells when the prompt was heard to its end, ``time.monotonic()``; None: not known.
        Raises DeviceError or StoreError when nothing can be recorded; the take is then gone.
        """
        try:
            task = self._judge.task(prompt, take.profile)
            recording = self._recorder.record(self._store.sound_target(take.id))
        except VoicecoachError:
            self.drop(take)
            raise
        with recording, self._judge.follow(task, recording.waveform_so_far) as analysis:
            try:
                ending = watch(
                    recording,
                    analysis,
                    self._face,
                    limits,
                    on_settled=lambda: self._keep(self._heard(take, recording, prompt_end_s())),
                )
            except BaseException:  # Ctrl-C: stop, and keep what was said
                with contextlib.suppress(VoicecoachError):
                    recording.stop()
                self._keep(self._heard(take, recording, prompt_end_s()))
                raise
            path = self._stopped(recording)
            if ending == "again":
                self.drop(take)
                return Attempt(take, ending)
            take = self._heard(take, recording, prompt_end_s())
            self._keep(take)
            self._tell_faults(recording)
            if path is None:
                return Attempt(take, ending)
            self._face.note("practise-scoring")
            task = self._with_calm_voice(replace(task, prompt_end_s=take.prompt_end_s), take)
            sound = path
            return self._judged(
                Attempt(take, ending, path, task), lambda: analysis.finish(sound, task, source=sound.name)
            )

    def score(self, take: Take, prompt: Prompt | None) -> Attempt:
        """Judge a take of before, whose recording may have been broken off. Raises InputError, StoreError."""
        path = self._store.sound(take)
        if path.name.endswith(UNFINISHED):
            path = self._recover(path)
        task = self._judge.task(prompt, take.profile, prompt_end_s=take.prompt_end_s)
        task = self._with_calm_voice(task, take)
        self._face.note("practise-scoring")
        made = Attempt(replace(take, sound=path.name), "ended", path, task)
        return self._judged(made, lambda: self._judge.score(path, task))

    def _with_calm_voice(self, task: Task, take: Take) -> Task:
        """``task`` with a calm voice: the calibrated one, else that of the speaker's own earlier takes."""
        if task.baseline is not None:
            return task
        try:
            return replace(task, baseline=own_baseline(self._store, take))
        except VoicecoachError as exc:
            self._face.tell(exc)
            return task

    def _judged(self, made: Attempt, judge: Callable[[], Assessment]) -> Attempt:
        """``made`` with its assessment; where that fails, the take stays as it is or becomes unusable."""
        try:
            assessment = replace(judge(), created=self._now().isoformat(timespec="seconds"))
        except InputError as exc:
            self._face.tell(exc)
            take = replace(made.take, state="not_scored")
            self._keep(take)
            return replace(made, take=take)
        except VoicecoachError as exc:
            self._face.tell(exc)
            self._face.note("practise-kept", take=made.take.id)
            return made
        take = replace(
            made.take,
            state="not_scored" if blocked(assessment.refusals) else "scored",
            duration_s=assessment.duration_s,
            recognised_text=assessment.transcript.text,
            assessment=self._to_document(assessment),
        )
        self._keep(take)
        return replace(made, take=take, assessment=assessment)

    def _stopped(self, recording: LiveRecording) -> Path | None:
        """The finished file; None when it could not be finished, which is told, and the part stays."""
        try:
            return recording.stop()
        except VoicecoachError as exc:
            self._face.tell(exc)
            return None

    def _heard(self, take: Take, recording: LiveRecording, end_s: float | None) -> Take:
        """``take`` with what is known of its recording."""
        first_s = recording.first_sample_monotonic_s
        known = end_s is not None and first_s is not None
        return replace(
            take,
            device=recording.device,
            n_overflows=recording.n_overflows,
            duration_s=recording.elapsed_s,
            prompt_end_s=(end_s or 0.0) + self._calibrated.path_latency_s - (first_s or 0.0)
            if known
            else None,
        )

    def _tell_faults(self, recording: LiveRecording) -> None:
        if recording.fault is not None:
            self._face.tell(recording.fault)
        if recording.elapsed_s > 0.0 and recording.all_zeros:
            self._face.tell(self._silent(recording.device))
        if recording.n_overflows or recording.missing_s:
            self._face.note(
                "practise-lost-sound", n=recording.n_overflows, seconds=f"{recording.missing_s:.1f}"
            )

    def _keep(self, take: Take) -> None:
        """Put it into the history; when that fails it is told, and the practice goes on."""
        try:
            self._store.put(take)
        except VoicecoachError as exc:
            self._face.tell(exc)
