"""Looking at kept takes: a take opened again, and two assessments side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.documents.assessment import decode_assessment
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.assessment import Assessment, Curves, judged
from voicecoach.model.profile import Profile, Weights
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.scoring.total import POINT_VERDICT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from voicecoach.model.assessment import Band, Verdict
    from voicecoach.model.audio import Waveform
    from voicecoach.model.take import Document, Take
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary

Side = Literal["left", "right"]
Doubt = Literal["other_prompt", "other_rubric", "other_model", "other_profile"]

SAME: Final = 1e-9
"""Figures that differ by less, relative to themselves, are the same."""
_RANK: Final[Mapping[Verdict, int]] = {"red": 0, "amber": 1, "green": 2}


@dataclass(frozen=True, slots=True)
class Opened:
    """A take with all that its report needs.

    ``prompt`` holds the words that were asked; ``known`` False: it is no longer in the library, and then
    only ids stand for its points.
    """

    take: Take
    assessment: Assessment
    prompt: Prompt
    profile: Profile
    known: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a difference; points are those earned of the total."""

    value: float | None = None
    verdict: Verdict | None = None
    points: float | None = None
    out_of: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on two sides: ``total``, ``coverage``, ``rubric:<id>``, ``order``, or a measurement's name.

    ``better`` is by verdict first, then by nearness to the green range; None where neither is.
    """

    name: str
    unit: str
    left: Cell
    right: Cell
    better: Side | None

    @property
    def step(self) -> float | None:
        """Right less left; None where one of them was not measured."""
        if self.left.value is None or self.right.value is None:
            return None
        return self.right.value - self.left.value

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return self.left != self.right


def open_take(
    take: Take,
    *,
    library: PromptLibrary,
    load_profile: Callable[[str, Language], Profile],
) -> Opened:
    """The take with its assessment, prompt and profile.

    Raises UsageError when it was never scored, StoreError when its document cannot be read.
    """
    if take.assessment is None:
        raise UsageError("take-not-scored", take_id=take.id)
    assessment = read_document(take, take.assessment)
    prompt, known = prompt_of(take, assessment, library)
    return Opened(take, assessment, prompt, profile_of(take, assessment, load_profile), known)


def read_document(take: Take, document: Document) -> Assessment:
    """The assessment of a document of ``take``. Raises StoreError."""
    try:
        return decode_assessment(document)
    except StoreError as exc:
        raise StoreError("take-assessment-broken", take_id=take.id, why=exc.told) from exc


def prompt_of(take: Take, assessment: Assessment, library: PromptLibrary) -> tuple[Prompt, bool]:
    """The prompt as it was asked, and whether the library still has it."""
    try:
        prompt = library.prompt(take.prompt_id)
    except UsageError:
        points = () if assessment.coverage is None else assessment.coverage.points
        gone = Prompt(
            id=take.prompt_id,
            pack=take.pack,
            version=assessment.rubric_version,
            kind="scenario",
            text={assessment.language: take.prompt_text or take.prompt_id},
            points=tuple(RubricPoint(point.id, {assessment.language: point.id}) for point in points),
            target_s=(0.0, 0.0),
        )
        return gone, False
    if take.prompt_text:
        prompt = replace(prompt, text={**prompt.text, assessment.language: take.prompt_text})
    return prompt, True


def profile_of(
    take: Take, assessment: Assessment, load_profile: Callable[[str, Language], Profile]
) -> Profile:
    """The profile that the take was judged by; the bands are always those of the assessment."""
    try:
        profile = load_profile(take.profile, assessment.language)
    except UsageError:  # a file of the user's that is gone: only its title is missed
        nothing = Weights(0.0, 0.0, {}, 0.0, 0.0)
        return Profile(assessment.profile, assessment.language, {}, dict(assessment.bands), nothing)
    return replace(profile, bands={**profile.bands, **assessment.bands})


def with_curves(assessment: Assessment, waveform: Waveform) -> Assessment:
    """The assessment with the curves that a page draws, measured anew on its sound (16 kHz)."""
    from voicecoach.features.extract import extract

    features = extract(waveform)
    return replace(assessment, curves=Curves(features.level, features.pitch, features.speech))


def differences(left: Assessment, right: Assessment) -> tuple[Difference, ...]:
    """All that both or one of them says, as a report has it: total, coverage, points, figures."""
    return (
        _plain("total", "", left.total, right.total),
        _plain(
            "coverage",
            "ratio",
            None if left.coverage is None else left.coverage.low,
            None if right.coverage is None else right.coverage.low,
        ),
        *_points(left, right),
        *_figures(left, right),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two takes side by side: what differs, and why not all of it compares."""

    left: Opened
    right: Opened
    differences: tuple[Difference, ...]
    doubts: tuple[Doubt, ...]


def compare(left: Opened, right: Opened) -> Comparison:
    """Put two takes side by side."""
    sides = left.assessment, right.assessment
    return Comparison(left, right, differences(*sides), doubts(*sides))


def doubts(left: Assessment, right: Assessment) -> tuple[Doubt, ...]:
    """Why two assessments do not compare in all they say."""
    prompts = [None if side.coverage is None else side.coverage.prompt_id for side in (left, right)]
    why: list[Doubt] = []
    if prompts[0] != prompts[1]:
        why.append("other_prompt")
    elif left.rubric_version != right.rubric_version:
        why.append("other_rubric")
    made = [(side.transcript.provenance.engine, side.transcript.provenance.version,
             side.transcript.provenance.model_sha256) for side in (left, right)]  # fmt: skip
    if made[0] != made[1]:
        why.append("other_model")
    if left.profile != right.profile:
        why.append("other_profile")
    return tuple(why)


def _plain(name: str, unit: str, left: float | None, right: float | None) -> Difference:
    """More is better."""
    better: Side | None = None
    if left is not None and right is not None and abs(left - right) > SAME:
        better = "right" if right > left else "left"
    return Difference(name, unit, Cell(left), Cell(right), better)


def _points(left: Assessment, right: Assessment) -> Iterator[Difference]:
    sides = [_point_cells(assessment) for assessment in (left, right)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        cells = [side.get(name, Cell()) for side in sides]
        yield Difference(name, "", cells[0], cells[1], _by_verdict(cells[0], cells[1]))


def _point_cells(assessment: Assessment) -> dict[str, Cell]:
    scores = {score.name: score for score in assessment.scores}
    cells = {}
    for point in () if assessment.coverage is None else assessment.coverage.points:
        name = f"rubric:{point.id}"
        score = scores.get(name)
        earned = (None, None) if score is None else (score.points, score.out_of)
        cells[name] = Cell(None, POINT_VERDICT[point.state], *earned)
    if "order" in scores:
        order = scores["order"]
        cells["order"] = Cell(None, order.verdict, order.points, order.out_of)
    return cells


def _figures(left: Assessment, right: Assessment) -> Iterator[Difference]:
    sides = [{figure.name: figure for figure in side.measurements} for side in (left, right)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        units = [side[name].unit for side in sides if name in side]
        cells = [_figure_cell(assessment, name) for assessment in (left, right)]
        if all(cell.value is None for cell in cells):
            continue
        band = right.bands.get(name) or left.bands.get(name)
        yield Difference(name, units[-1], cells[0], cells[1], _by_band(cells[0], cells[1], band))


def _figure_cell(assessment: Assessment, name: str) -> Cell:
    figure = next((row for row in assessment.measurements if row.name == name), None)
    if figure is None or figure.value is None:
        return Cell()
    score = next((score for score in assessment.scores if score.name == name), None)
    return Cell(
        figure.value,
        judged(figure, assessment.bands.get(name)),
        None if score is None else score.points,
        None if score is None else score.out_of,
    )


def _by_verdict(left: Cell, right: Cell) -> Side | None:
    if left.verdict is None or right.verdict is None or left.verdict == right.verdict:
        return None
    return "right" if _RANK[right.verdict] > _RANK[left.verdict] else "left"


def _by_band(left: Cell, right: Cell, band: Band | None) -> Side | None:
    if band is None or left.value is None or right.value is None:
        return None
    if left.verdict != right.verdict:
        return _by_verdict(left, right)
    far = [_from_green(cell.value, band) for cell in (left, right) if cell.value is not None]
    if abs(far[0] - far[1]) <= SAME * max(1.0, *far):
        return None
    return "right" if far[1] < far[0] else "left"


def _from_green(value: float, band: Band) -> float:
    """How far ``value`` lies outside the green range, 0 inside."""
    low, high = band.green
    below = 0.0 if low is None else low - value
    above = 0.0 if high is None else value - high
    return max(0.0, below, above)
