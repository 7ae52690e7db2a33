"""One recording in, one assessment out.

The speech gate runs first, and the recogniser is loaded beside it; then pitch and spectrum are measured in
a second thread while the recogniser works (it leaves most of one core idle), and the rubric is matched when
both are there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voicecoach.app.score.refusals import find_refusals
from voicecoach.app.score.streams import load_answer
from voicecoach.audio import decode
from voicecoach.features import extract
from voicecoach.features.text.clauses import clause_end_odds, tokens_of
from voicecoach.features.text.figures import spelled_figures
from voicecoach.features.text.words import spoken_syllables, word_count
from voicecoach.metrics.comparison.recognition import doubted, rate_doubt
from voicecoach.metrics.fillers import fillers
from voicecoach.metrics.length import measure_length
from voicecoach.metrics.nuclei import DIP_DB, measure_nuclei, nuclei_s
from voicecoach.metrics.pace import measure_pace
from voicecoach.metrics.pauses import measure_pauses
from voicecoach.metrics.politeness import measure_forbidden, measure_politeness
from voicecoach.metrics.quality import SNR, measure_quality
from voicecoach.metrics.table import in_order
from voicecoach.metrics.voice import AGITATION, measure_voice
from voicecoach.model.assessment import Assessment, Curves, blocked
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.scoring.advice import advise
from voicecoach.scoring.total import score_all, total, total_without_fatal
from voicecoach.threads import SideThreads
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Band, Coverage, LanguageHit, Measurement, Refusal
    from voicecoach.model.audio import Waveform
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Transcriber
    from voicecoach.rubric.engine import RubricEngine

WARMING = {"zh": "您好，满300元的订单。", "en": "Hello, about the order of 300."}
"""A sentence with a number, by language: judging it loads all that judging loads."""


@dataclass(frozen=True, slots=True)
class Task:
    """How a recording is to be judged.

    ``prompt`` None: metrics only, no coverage and no total. ``prompt_end_s``: when the prompt's sound
    ended, on the recording's clock, for the response latency. ``stream``: the sound stream to judge, None:
    the one that speaks. ``with_total`` False leaves out
    the total and the scores.
    """

    prompt: Prompt | None
    language: Language
    profile: Profile
    channel: int | None = None
    stream: int | None = None
    baseline: Baseline | None = None
    prompt_end_s: float | None = None
    with_total: bool = True
    provenance: Mapping[str, Provenance | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class HeardRecording:
    """What was found in the recording before any judgement: kept so that a text can be judged again."""

    recording: decode.Recording
    features: SoundFeatures
    transcript: Transcript


class Analyser:
    """Scores recordings with one recogniser and one rubric engine.

    ``load`` loads the recogniser; it is called beside the speech gate of each recording. Left out where the
    recogniser is loaded already, or may not be needed. ``preload`` begins to load what judges the text, and
    does not wait for it: it is called as soon as the file has turned out to be a recording.
    """

    def __init__(
        self,
        transcriber: Transcriber,
        engine: RubricEngine,
        *,
        load: Callable[[], None] = lambda: None,
        preload: Callable[[], object] = lambda: None,
    ) -> None:
        self._transcriber = transcriber
        self._engine = engine
        self._load = load
        self._preload = preload

    @property
    def transcriber(self) -> Transcriber:
        """The recogniser."""
        return self._transcriber

    @property
    def engine(self) -> RubricEngine:
        """The rubric engine."""
        return self._engine

    def analyse(self, path: Path, task: Task) -> Assessment:
        """Read, measure, recognise and judge one file. Raises InputError, EngineError."""
        return self.judge(self.hear(path, task), task, source=shown(path.name))

    def begin(self, path: Path) -> None:
        """Look at the file's header, then begin to load what takes long. Raises InputError.

        So a file that is no recording is told at once, and nothing still loads that nobody needs.
        """
        decode.told_length_s(path)
        self._preload()

    def warm(self, task: Task) -> None:
        """Do beforehand what does not depend on the recording: load word lists, fit the prompt's points.

        Raises EngineError.
        """
        words = (Word(WARMING[task.language], Span(0.0, 1.0), 1.0),)
        sample = Transcript(words, task.language, Provenance("", "", "", ""))
        spoken = SpokenText.from_transcript(sample)
        spoken_syllables(sample, task.language)
        if task.prompt is not None:
            self._engine.warm(task.prompt, language=task.language)
        self._engine.judge(task.prompt, spoken, language=task.language)

    def hear(
        self,
        path: Path,
        task: Task,
        *,
        transcribe: Callable[[Waveform, Sequence[Span]], Transcript] | None = None,
    ) -> HeardRecording:
        """Everything up to the transcript, which ``transcribe`` makes of the sound and its speech spans.

        Raises InputError, EngineError.
        """
        self.begin(path)
        recording = load_answer(path, channel=task.channel, stream=task.stream)
        with SideThreads(1, thread_name_prefix="features") as pool:
            loaded = pool.submit(self._load)
            gate = extract.gate(recording.waveform, gaps=recording.gaps)
            measured = pool.submit(extract.complete, recording.waveform, gate)
            warmed = pool.submit(self.warm, task)
            loaded.result()
            if transcribe is None:
                transcript = self._transcriber.transcribe(
                    recording.waveform, language=task.language, speech=gate.speech
                )
            else:
                transcript = transcribe(recording.waveform, gate.speech)
            features = measured.result()
            warmed.result()
        return HeardRecording(recording, features, transcript)

    def judge(self, heard: HeardRecording, task: Task, *, source: str) -> Assessment:
        """Measurements, coverage, scores, advice and refusals of what was heard. Raises EngineError."""
        spoken = SpokenText.from_transcript(heard.transcript)
        asked = task.prompt if spoken.text.strip() else None  # nothing heard is not the same as 0 % covered
        hits, coverage = self._engine.judge(asked, spoken, language=task.language)
        return assemble(
            heard, task, source=source, measurements=measure_all(heard, task, hits), coverage=coverage
        )


def assemble(
    heard: HeardRecording,
    task: Task,
    *,
    source: str,
    measurements: tuple[Measurement, ...],
    coverage: Coverage | None,
    remarks: tuple[Refusal, ...] = (),
) -> Assessment:
    """Scores, advice and refusals from what was measured; ``remarks`` are refusals known beforehand."""
    transcript, features = heard.transcript, heard.features
    by_name = {measurement.name: measurement for measurement in measurements}
    refusals = (*remarks, *find_refusals(heard.recording, features, transcript, by_name))
    usable = not blocked(refusals)
    scored = task.with_total and task.prompt is not None and usable
    profile = task.profile.for_target(None if task.prompt is None else task.prompt.target_s)
    scores = score_all(measurements, coverage, task.prompt, profile)
    return Assessment(
        source=source,
        sha256=heard.recording.sha256,
        duration_s=heard.recording.waveform.duration_s,
        language=task.language,
        profile=task.profile.name,
        transcript=transcript,
        measurements=in_order(measurements),
        bands=_bands(profile, task.baseline, by_name),
        coverage=coverage,
        scores=scores if scored else (),
        total=total(scores) if scored else None,
        total_without_fatal=total_without_fatal(scores) if scored else None,
        advice=advise(scores, measurements, coverage, task.prompt, profile) if usable else (),
        refusals=refusals,
        provenance={"recogniser": transcript.provenance, **task.provenance},
        rubric_version=task.prompt.version if task.prompt else "",
        curves=Curves(features.level, features.pitch, features.speech),
        interruptions=features.interruptions,
        streams=heard.recording.streams,
    )


def _bands(profile: Profile, baseline: Baseline | None, measured: Collection[str]) -> dict[str, Band]:
    """The bands of what was measured; that of agitation says when the calm voice is that of earlier takes."""
    bands = {name: band for name, band in profile.bands.items() if name in measured}
    told = "" if baseline is None else baseline.told()
    if told and AGITATION.name in bands:
        band = bands[AGITATION.name]
        bands[AGITATION.name] = replace(band, source=f"{told}; {band.source}")
    return bands


def measure_all(heard: HeardRecording, task: Task, hits: tuple[LanguageHit, ...]) -> tuple[Measurement, ...]:
    """Every measurement that one recording can give, in the order of the report."""
    features, transcript, language = heard.features, heard.transcript, task.language
    nuclei = nuclei_s(features, dip_db=DIP_DB[language])
    spelled = spelled_figures(transcript, language, nuclei_s=nuclei)
    syllables = spoken_syllables(transcript, language, spelled=spelled)
    quality = measure_quality(features, clipping_ratio=heard.recording.clipping_ratio)
    doubt = rate_doubt(
        transcript,
        features.speech,
        n_syllables=len(syllables),
        n_nuclei=len(nuclei),
        snr_db=next(figure.value for figure in quality if figure.name == SNR.name),
    )
    filled = fillers(transcript, features, syllables, language)
    tokens = tokens_of(transcript.words, language)
    figures = (
        *measure_pace(
            features,
            syllables,
            language,
            n_words=word_count(transcript, language, spelled=spelled),
            fillers=filled.syllables,
        ),
        measure_nuclei(features, language=language, nuclei=nuclei),
        measure_length(features),
        *measure_pauses(
            features,
            clause_end_odds=clause_end_odds(features.silent_pauses(), tokens, language) if tokens else None,
            n_syllables=len(syllables) or None,
            prompt_end_s=task.prompt_end_s,
        ),
        *filled.measurements,
        *measure_voice(features, language=language, baseline=task.baseline),
        *measure_politeness(transcript, language),
        measure_forbidden(hits),
        *quality,
    )
    return doubted(figures, doubt)
