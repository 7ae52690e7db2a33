"""What the user says to the judgement of a take: this counts (算), this does not (不算), or as it was judged.

A tick puts the user's word in place of the engine's, for a rubric point or for a phrase that should not be
said; scores, total and advice are worked out again from that, all else stays as it is. What the engine had
said is kept beside it, so a tick can be taken back. A ticked point teaches: the sentence that covers it, or
that does not although the engine thought so, becomes an example of the user's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.errors import UsageError
from voicecoach.metrics.politeness import measure_forbidden
from voicecoach.model.assessment import Judged, PointResult, blocked
from voicecoach.model.learned import LONGEST_CHARS, SHORTEST_CHARS, LearnedSentence
from voicecoach.rubric.coverage.verdict import coverage_range
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.scoring.advice import advise
from voicecoach.scoring.total import score_all, total, total_without_fatal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.takes.review import Difference, Opened
    from voicecoach.model.assessment import Assessment, Coverage, LanguageHit, PointState
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import Take
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.engine import RubricEngine

Said = Literal["counts", "counts_not", "as_judged"]
"""What a tick says of a point or a phrase."""
NEXT_SAID: Final[dict[Said, Said]] = {
    "as_judged": "counts",
    "counts": "counts_not",
    "counts_not": "as_judged",
}
"""The order in which a key goes through them."""


@dataclass(frozen=True, slots=True)
class Tickable:
    """Something that can be ticked: ``name`` is ``rubric:POINT`` or ``language:CODE:N``, N counted from 1."""

    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class Ticked:
    """What came of a tick: the take as it is to be kept, what changed, and the sentence that it taught."""

    take: Take
    before: Assessment
    after: Assessment
    taught: LearnedSentence | None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs between before and after, and nothing else."""
        from voicecoach.app.takes.review import differences

        return tuple(row for row in differences(self.before, self.after) if row.changed)


def tickables(assessment: Assessment) -> tuple[Tickable, ...]:
    """All that can be ticked, points first, in the order of the report."""
    coverage = assessment.coverage
    if coverage is None:
        return ()
    points = (Tickable(f"rubric:{point.id}", _said_of_point(point)) for point in coverage.points)
    hits = (
        Tickable(name, _said_of_hit(hit))
        for name, hit in zip(_hit_names(coverage), coverage.language, strict=True)
    )
    return (*points, *hits)


def found(assessment: Assessment, wanted: str) -> Tickable:
    """What ``wanted`` names: a point's id, a code (its first phrase), CODE:N, or a full name.

    Raises UsageError that names what can be ticked.
    """
    known = tickables(assessment)
    for name in (wanted, f"rubric:{wanted}", f"language:{wanted}", f"language:{wanted}:1"):
        for each in known:
            if each.name == name:
                return each
    names = "、".join(each.name.partition(":")[2] for each in known)
    raise UsageError("tick-unknown", wanted=repr(wanted), names=names or "-")


class Ticker:
    """Puts ticks into takes."""

    def __init__(self, engine: RubricEngine) -> None:
        self._engine = engine

    def tick(self, opened: Opened, name: str, said: Said, *, sentence: str | None = None) -> Ticked:
        """Say ``said`` of ``name`` (see :func:`found`) in a take; nothing is stored.

        ``sentence`` is what is to be learned; None: what was heard for the point. Raises UsageError (no such
        point, nothing to tick, a prompt that is gone, a sentence too short or too long), EngineError,
        StoreError.
        """
        assessment, coverage = opened.assessment, opened.assessment.coverage
        if coverage is None:
            raise UsageError("tick-without-coverage", take_id=opened.take.id)
        if not opened.known:
            raise UsageError("tick-without-prompt", prompt_id=repr(opened.take.prompt_id))
        if sentence is not None and not SHORTEST_CHARS <= len(sentence) <= LONGEST_CHARS:
            raise UsageError("tick-sentence-length", n=len(sentence), low=SHORTEST_CHARS, high=LONGEST_CHARS)
        target = found(assessment, name)
        changed = _with_tick(coverage, target.name, said, opened.prompt)
        after = reassembled(opened, changed)
        written = encode_assessment(after)
        kept = replace(decode_assessment(written), curves=assessment.curves)
        state = opened.take.state if after.total is None else "scored"
        return Ticked(
            replace(opened.take, assessment=written, state=state),
            assessment,
            kept,
            self._lesson(opened, target.name, said, sentence),
        )

    def _lesson(self, opened: Opened, name: str, said: Said, sentence: str | None) -> LearnedSentence | None:
        kind, _, point_id = name.partition(":")
        coverage = opened.assessment.coverage
        if kind != "rubric" or said == "as_judged" or coverage is None:
            return None
        point = next(each for each in coverage.points if each.id == point_id)
        spoken = SpokenText.from_transcript(opened.assessment.transcript)
        language = opened.assessment.language
        covers = said == "counts"
        text = sentence or lesson(
            self._engine, opened.prompt, spoken, point, language=language, covers=covers
        )
        if text is None:
            return None
        text = text.strip()[:LONGEST_CHARS]
        if len(text) < SHORTEST_CHARS:
            return None
        return LearnedSentence(opened.take.prompt_id, point_id, language, text, covers, opened.take.id)


def lesson(
    engine: RubricEngine,
    prompt: Prompt,
    spoken: SpokenText,
    point: PointResult,
    *,
    language: Language,
    covers: bool,
) -> str | None:
    """What an answer teaches about a point that the user ticked: its first quote, else the nearest window.

    None where nothing is to be learned: a point that was heard needs no further example, one that was not
    heard none against it; and where nothing in the answer comes near. Raises EngineError.
    """
    judged = point.judged or Judged(point.state, point.score, point.evidence)
    if (covers and judged.state == "covered") or (not covers and judged.state == "not_heard"):
        return None
    if judged.evidence:
        return judged.evidence[0].quote
    if not spoken.clean().text or any(each.rule is not None for each in prompt.points):
        return None
    reading, _ = engine.read(prompt, spoken, language=language)
    finds = reading.heard[[each.id for each in prompt.points].index(point.id)].finds
    if not finds:
        return None
    window, offsets = finds[0].window, reading.clean.offsets
    return spoken.quote(offsets[window.start], offsets[window.end - 1] + 1)


def carried(before: Coverage | None, after: Coverage | None, prompt: Prompt | None) -> Coverage | None:
    """The ticks of ``before`` in the judgement of a corrected text: same points, same phrases."""
    if before is None or after is None or prompt is None:
        return after
    known = {each.id for each in after.points}
    for point in before.points:
        if point.judged is not None and point.id in known:
            after = _with_tick(after, f"rubric:{point.id}", _said_of_point(point), prompt)
    ticked = {(hit.code, hit.quote): hit.counts for hit in before.language}
    return replace(
        after,
        language=tuple(replace(hit, counts=ticked.get((hit.code, hit.quote))) for hit in after.language),
    )


def reassembled(opened: Opened, coverage: Coverage) -> Assessment:
    """The assessment with another coverage: scores, total and advice again, all else as it was."""
    before = opened.assessment
    measurements = before.measurements
    if before.coverage is None or before.coverage.language != coverage.language:
        measurements = tuple(
            measure_forbidden(coverage.language) if figure.name == "forbidden_language" else figure
            for figure in measurements
        )
    scores = score_all(measurements, coverage, opened.prompt, opened.profile)
    scored = bool(before.scores) and not blocked(before.refusals)
    return replace(
        before,
        coverage=coverage,
        measurements=measurements,
        scores=scores if scored else (),
        total=total(scores) if scored else None,
        total_without_fatal=total_without_fatal(scores) if scored else None,
        advice=advise(scores, measurements, coverage, opened.prompt, opened.profile)
        if not blocked(before.refusals)
        else before.advice,
    )


def learned_with(
    kept: Sequence[LearnedSentence], opened: Opened, done: Ticked, name: str
) -> tuple[LearnedSentence, ...]:
    """The sentences that hold after a tick: a point teaches one of a take at most."""
    point_id = found(done.after, name).name.partition(":")[2]
    others = (
        sentence for sentence in kept if (sentence.take_id, sentence.point_id) != (opened.take.id, point_id)
    )
    return (*others, *([] if done.taught is None else [done.taught]))


def _with_tick(coverage: Coverage, name: str, said: Said, prompt: Prompt) -> Coverage:
    points = tuple(
        _ticked_point(point, said) if name == f"rubric:{point.id}" else point for point in coverage.points
    )
    hits = tuple(
        replace(hit, counts=None if said == "as_judged" else said == "counts") if each == name else hit
        for each, hit in zip(_hit_names(coverage), coverage.language, strict=True)
    )
    if points == coverage.points:
        return replace(coverage, language=hits)
    low, high = _range(points, prompt)
    return replace(coverage, points=points, language=hits, low=low, high=high)


def _range(points: tuple[PointResult, ...], prompt: Prompt) -> tuple[float, float]:
    """As the engine makes it: by the probabilities, or with rules of a call form by the states."""
    asked = {point.id: point for point in prompt.points if point.counts}
    known = [result for result in points if result.id in asked]
    if all(point.rule is None for point in prompt.points):
        return coverage_range([asked[result.id] for result in known], known)
    whole = sum(asked[result.id].weight for result in known) or 1.0

    def share(*states: PointState) -> float:
        return sum(asked[result.id].weight for result in known if result.state in states) / whole

    return share("covered"), share("covered", "maybe")


def _ticked_point(point: PointResult, said: Said) -> PointResult:
    judged = point.judged or Judged(point.state, point.score, point.evidence)
    if said == "as_judged":
        return PointResult(point.id, judged.state, judged.score, judged.evidence)
    if said == "counts":
        return PointResult(point.id, "covered", 1.0, judged.evidence, judged)
    return PointResult(point.id, "not_heard", 0.0, (), judged)


def _said_of_point(point: PointResult) -> Said:
    if point.judged is None:
        return "as_judged"
    return "counts" if point.state == "covered" else "counts_not"


def _said_of_hit(hit: LanguageHit) -> Said:
    if hit.counts is None:
        return "as_judged"
    return "counts" if hit.counts else "counts_not"


def _hit_names(coverage: Coverage) -> list[str]:
    names: list[str] = []
    for hit in coverage.language:
        n = sum(name.startswith(f"language:{hit.code}:") for name in names) + 1
        names.append(f"language:{hit.code}:{n}")
    return names
