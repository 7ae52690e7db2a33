"""A corrected transcript: only what hangs on the words is worked out again.

Pauses, pitch, loudness and the acoustic rate come of the sound and are taken over from the kept document, not
measured again: they do not change by one digit. The words of the correction get the times of those that they
replace; a second correction starts from the recogniser's words again, and never from the first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from voicecoach.app.score.analyse import HeardRecording, assemble, measure_all
from voicecoach.app.takes.review import differences, read_document
from voicecoach.app.takes.ticks import carried
from voicecoach.audio import decode
from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.errors import UsageError
from voicecoach.features import extract
from voicecoach.features.corrected import corrected
from voicecoach.metrics.comparison.recognition import character_error_rate
from voicecoach.metrics.table import TEXT_DEPENDENT
from voicecoach.model.assessment import blocked
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from voicecoach.app.score.analyse import Task
    from voicecoach.app.takes.review import Difference, Opened
    from voicecoach.model.assessment import Assessment, Band, Coverage, Measurement
    from voicecoach.model.take import Take
    from voicecoach.rubric.engine import RubricEngine

MADE_BY_HAND = "corrected by hand"
"""What the provenance says of a transcript that was corrected."""
TEXT_MAKERS = frozenset({"voicecoach", "sentence_encoder"})
"""Of these the present versions judge; what made the figures of the sound stays as it was."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What came of a correction: the take as it is to be kept, and what changed.

    ``before`` is what was shown until now, ``after`` what holds from now on. ``rubric_changed``: the
    prompt's points are no longer those of the first assessment, so part of the change is theirs.
    ``cer`` is the recogniser's character error rate against the correction.
    """

    take: Take
    before: Assessment
    after: Assessment
    cer: float
    rubric_changed: bool

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs between before and after, and nothing else."""
        return tuple(row for row in differences(self.before, self.after) if row.changed)


def caveats(done: Correction, opened: Opened) -> tuple[Message, ...]:
    """Why not all of what changed is the text's doing."""
    said = []
    if not opened.known:
        said.append(Message("correction-without-prompt", {"prompt": opened.take.prompt_id}))
    if done.rubric_changed:
        said.append(Message("correction-other-rubric"))
    return tuple(said)


MAX_CHARS: Final = 10_000
"""Characters of a corrected text: what is said in half an hour. Aligning takes their square."""


def is_new(text: str, take: Take) -> bool:
    """Whether ``text`` says anything else than what is known of the take; blanks around it do not count."""
    return text.strip() != take.text.strip()


class Corrector:
    """Judges corrected texts."""

    def __init__(self, engine: RubricEngine) -> None:
        self._engine = engine

    def correct(
        self,
        take: Take,
        text: str,
        task: Task,
        *,
        sound: Path,
        created: str,
        heard: HeardRecording | None = None,
    ) -> Correction:
        """Judge ``text`` as what was said in ``take``; nothing is stored.

        ``task`` says how: its prompt (None: text metrics only), profile and language. ``sound`` is the take's
        file; ``heard``, what was found in it, saves reading it again. ``created``: the time, ISO 8601.
        Raises UsageError (no text, one of more than MAX_CHARS, or a take that was never scored), InputError,
        EngineError, StoreError.
        """
        if not any(character.isalnum() for character in text):
            raise UsageError("correction-empty", take_id=take.id)
        if len(text) > MAX_CHARS:
            raise UsageError("text-long", n=len(text), most=MAX_CHARS)
        document = take.assessment_before or take.assessment
        if document is None or take.assessment is None:
            raise UsageError("correction-of-unscored", take_id=take.id)
        original = read_document(take, document)
        before = read_document(take, take.assessment)
        recording = _heard(sound, task) if heard is None else heard
        recording = replace(
            recording,
            transcript=corrected(original.transcript, text, speech=recording.features.speech),
        )
        judged = self._judged(recording, original, _as_at_first(task, original), created, before.coverage)
        written = encode_assessment(judged)
        after = replace(decode_assessment(written), curves=judged.curves)
        recognised = original.transcript.text
        cer = character_error_rate(recognised, text)
        return Correction(
            replace(
                take,
                state="not_scored" if after.total is None else "scored",
                recognised_text=recognised if take.recognised_text is None else take.recognised_text,
                corrected_text=after.transcript.text,
                cer=cer,
                assessment=written,
                assessment_before=document,
            ),
            before,
            after,
            cer,
            task.prompt is not None
            and original.coverage is not None
            and task.prompt.version != original.rubric_version,
        )

    def _judged(
        self, heard: HeardRecording, original: Assessment, task: Task, created: str, ticked: Coverage | None
    ) -> Assessment:
        spoken = SpokenText.from_transcript(heard.transcript)
        hits, coverage = self._engine.judge(task.prompt, spoken, language=task.language)
        coverage = carried(ticked, coverage, task.prompt)
        hits = hits if coverage is None else coverage.language
        again = {figure.name: figure for figure in measure_all(heard, task, hits)}
        made = assemble(
            heard,
            task,
            source=original.source,
            measurements=tuple(_merged(original.measurements, again)),
            coverage=coverage,
        )
        return replace(
            made,
            sha256=original.sha256,
            duration_s=original.duration_s,
            bands=_bands(made, original),
            created=created,
        )


def _bands(made: Assessment, original: Assessment) -> dict[str, Band]:
    """Those of ``made``; what comes of the sound was rated then, and is not rated now if it was not."""
    kept = {figure.name for figure in original.measurements if figure.name not in TEXT_DEPENDENT}
    return {name: band for name, band in made.bands.items() if name not in kept or name in original.bands}


def _merged(kept: Iterable[Measurement], again: Mapping[str, Measurement]) -> Iterator[Measurement]:
    """What hangs on the words, again; all else as it was; and what an older program did not measure yet."""
    names = set()
    for figure in kept:
        names.add(figure.name)
        yield again.get(figure.name, figure) if figure.name in TEXT_DEPENDENT else figure
    yield from (figure for name, figure in again.items() if name not in names)


def _heard(sound: Path, task: Task) -> HeardRecording:
    from voicecoach.model.transcript import Provenance, Transcript

    recording = decode.load(sound, channel=task.channel)
    nothing = Transcript((), task.language, Provenance("", "", "", ""))
    return HeardRecording(recording, extract.extract(recording.waveform, gaps=recording.gaps), nothing)


def _as_at_first(task: Task, original: Assessment) -> Task:
    """With a total where there was one, or a reason against it; bands and makers as they were."""
    made = {name: maker for name, maker in original.provenance.items() if name != "recogniser"}
    now = {name: maker for name, maker in task.provenance.items() if name in TEXT_MAKERS}
    return replace(
        task,
        language=original.language,
        profile=replace(task.profile, bands={**task.profile.bands, **original.bands}),
        with_total=task.with_total and (original.total is not None or blocked(original.refusals)),
        provenance={**made, **now, "transcript": MADE_BY_HAND},
    )
