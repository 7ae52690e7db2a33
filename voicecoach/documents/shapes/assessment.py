"""The shape of ``voicecoach.assessment/2``, key by key in the order in which they are written.

Names of fields are those of the document. No ``from __future__ import annotations`` here: msgspec reads the
types when it runs. What follows from the rest (a verdict, the words of a code) has a default: no reader needs
it. A number stays whole or broken as it is written: ``3`` and ``3.0`` are two texts.
"""

from dataclasses import dataclass
from typing import Literal

Number = int | float
Language = Literal["zh", "en"]
Verdict = Literal["green", "amber", "red"]
Words = dict[str, str]
"""A sentence by language."""
Pair = list[Number]
"""``[start_s, end_s]``, or ``[low, high]`` of a coverage."""
Limits = list[Number | None]
"""``[low, high]``; null is open."""


@dataclass(frozen=True, slots=True)
class RecordingShape:
    """Which sound it was."""

    source: str
    sha256: str
    duration_s: Number


@dataclass(frozen=True, slots=True)
class WordShape:
    """One word of the transcript."""

    text: str
    start_s: Number
    end_s: Number
    confidence: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptShape:
    """What was recognised; ``text`` is that of the words."""

    text: str = ""
    words: list[WordShape]
    dropped: list[WordShape]
    unheard: list[Pair]


@dataclass(frozen=True, slots=True)
class TurnShape:
    """One turn of a call."""

    side: Literal["agent", "caller"]
    start_s: Number | None
    end_s: Number | None
    text: str
    back_channel: bool


@dataclass(frozen=True, slots=True)
class CallShape:
    """The two sides of a call."""

    agent_channel: int
    grace_s: Number
    turns: list[TurnShape]


@dataclass(frozen=True, slots=True)
class InterruptionShape:
    """What in the recording is not the speaker's."""

    kind: Literal["music", "tone", "loss", "gap"]
    start_s: Number
    end_s: Number


@dataclass(frozen=True, slots=True)
class BandShape:
    """The limits of a figure; null is open."""

    green: Limits
    amber: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementShape:
    """One figure; ``reason_text`` and ``verdict`` follow from the rest."""

    value: Number | None
    unit: str
    verdict: Verdict | None = None
    band: BandShape | None
    source: str | None
    definition: str
    reason: str | None
    reason_text: Words | None = None
    provisional: str | None
    evidence: list[Pair]


@dataclass(frozen=True, slots=True)
class EvidenceShape:
    """What a rubric point was matched by."""

    quote: str
    start_s: Number | None
    end_s: Number | None
    by: str


@dataclass(frozen=True, slots=True)
class JudgedShape:
    """What the engine made of a point that the user ticked."""

    state: Literal["covered", "maybe", "not_heard"]
    score: Number
    evidence: list[EvidenceShape]


@dataclass(frozen=True, slots=True)
class PointShape:
    """One rubric point; ``judged`` stands there when the user ticked it."""

    id: str
    state: Literal["covered", "maybe", "not_heard"]
    score: Number
    evidence: list[EvidenceShape]
    judged: JudgedShape | None = None


@dataclass(frozen=True, slots=True)
class HitShape:
    """A phrase that should not be said; its code is one of ours, but a later version may have more.

    ``counts`` stands there when the user ticked it.
    """

    code: str
    quote: str
    start_s: Number | None
    end_s: Number | None
    certain: bool
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class DroppedPointShape:
    """A point that could not be judged."""

    id: str
    reason: str
    reason_text: Words | None = None


@dataclass(frozen=True, slots=True)
class CoverageShape:
    """Coverage of a prompt's rubric; ``not_applicable`` is left out when it is empty."""

    prompt: str
    points: list[PointShape]
    coverage: Pair
    order_ok: bool | None
    out_of_order: list[str]
    language: list[HitShape]
    not_applicable: list[DroppedPointShape] | None = None


@dataclass(frozen=True, slots=True)
class RubricShape(CoverageShape):
    """The same, with the version of the rubric."""

    version: str = ""


@dataclass(frozen=True, slots=True)
class ScoreShape:
    """A part of the total."""

    name: str
    points: Number
    out_of: Number
    verdict: Verdict | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceShape:
    """A sentence worth acting on, in the language of the document and by language."""

    about: str
    text: str = ""
    start_s: Number | None
    end_s: Number | None
    by_language: Words


@dataclass(frozen=True, slots=True)
class RefusalWordsShape:
    """The words of a refusal in one language; no remedy is an empty one."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalShape:
    """Why there is no score, or one figure less."""

    code: str
    reason: str = ""
    remedy: str = ""
    blocks_score: bool
    by_language: dict[str, RefusalWordsShape]


@dataclass(frozen=True, slots=True)
class ProvenanceShape:
    """What made a part of the assessment."""

    engine: str
    version: str
    model: str
    model_sha256: str
    options: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentShape:
    """The whole document; ``call`` is left out where there was one voice, ``interruptions`` where none.

    So are ``total_without_fatal`` without a fatal item, and ``streams`` of a file that has but one.
    """

    schema: str
    created: str
    recording: RecordingShape
    language: Language
    profile: str
    transcript: TranscriptShape
    call: CallShape | None = None
    streams: list[int] | None = None
    interruptions: list[InterruptionShape] | None = None
    measurements: dict[str, MeasurementShape]
    rubric: RubricShape | None
    scores: list[ScoreShape]
    total: Number | None
    total_without_fatal: Number | None = None
    advice: list[AdviceShape]
    refusals: list[RefusalShape]
    provenance: dict[str, ProvenanceShape | str]
