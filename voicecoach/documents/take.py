"""The take as JSON, schema ``voicecoach.take/1`` (see ``docs/take-json.md``), and what is said of it.

A take is its own shape: the keys are its fields. The assessment in it stays the document that it was written
as, since a later program would word it anew; of it the history needs a few facts only, which is why one of
another version, or of an older program, is listed as long as these can be read.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from voicecoach.documents.checked import checked
from voicecoach.documents.shapes import take as shape
from voicecoach.model.take import ASSESSMENT_SCHEMAS, FORMER_UNITS, FigureRow, PointRow, Take

if TYPE_CHECKING:
    from voicecoach.documents.checked import Json

SCHEMA: Final = "voicecoach.take/1"
NO_LIMITS: Final = (None, None)


@dataclass(frozen=True, slots=True)
class TakeFacts:
    """What the assessment of a take says in short.

    ``total`` 0..100, ``coverage``: shares of the rubric points surely and perhaps heard, 0..1; both None
    where there is none. ``rubric_version``, ``engine`` (the recogniser and its version) and
    ``model_sha256`` are "" without one.
    """

    total: float | None = None
    coverage: tuple[float, float] | None = None
    rubric_version: str = ""
    engine: str = ""
    model_sha256: str = ""
    figures: tuple[FigureRow, ...] = ()
    points: tuple[PointRow, ...] = ()

    @property
    def missed(self) -> tuple[str, ...]:
        """The points that were not heard, in the order of the rubric."""
        return tuple(point.point_id for point in self.points if point.state == "not_heard")


def encode_take(take: Take) -> Json:
    """The document; its assessments are not copied."""
    return {"schema": SCHEMA, **{field.name: getattr(take, field.name) for field in fields(Take)}}


def decode_take(document: object) -> Take:
    """The take of a document. Raises StoreError that says what is wrong with it."""
    take: Take = checked(document, Take, schema=SCHEMA)
    facts_of(take)
    return take


def facts_of(take: Take) -> TakeFacts:
    """What the assessment of ``take`` says. Raises StoreError when it cannot be read."""
    if take.assessment is None:
        return TakeFacts()
    now, *former = ASSESSMENT_SCHEMAS
    said = checked(take.assessment, shape.FactsShape, schema=now, former=former)
    rubric, recogniser = said.rubric, said.provenance.recogniser
    low_high = None if rubric is None else rubric.coverage
    points = () if rubric is None else rubric.points
    made = shape.KeptMaker(recogniser) if isinstance(recogniser, str) else recogniser
    return TakeFacts(
        total=None if said.total is None else float(said.total),
        coverage=None if low_high is None else (float(low_high[0]), float(low_high[1])),
        rubric_version="" if rubric is None else rubric.version,
        engine=" ".join(part for part in (made.engine, made.version) if part),
        model_sha256=made.model_sha256,
        figures=tuple(_figure(take.id, name, figure) for name, figure in said.measurements.items()),
        points=tuple(PointRow(take.id, take.prompt_id, point.id, point.state) for point in points),
    )


def _figure(take_id: str, name: str, figure: shape.FigureShape) -> FigureRow:
    green, amber = (figure.band.green, figure.band.amber) if figure.band else (NO_LIMITS, NO_LIMITS)
    unit = FORMER_UNITS.get(figure.unit, figure.unit)
    limits = map(_float, (*green, *amber))
    return FigureRow(take_id, name, _float(figure.value), unit, figure.verdict, *limits)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
