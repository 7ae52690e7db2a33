"""What the history reads of an assessment's document, by the keys of that.

No ``from __future__ import annotations`` here: msgspec reads the types when it runs.
"""

from dataclasses import dataclass, field

Number = int | float
Limits = tuple[Number | None, Number | None]


@dataclass(frozen=True, slots=True)
class KeptBand:
    """The limits of a figure; null is open."""

    green: Limits
    amber: Limits


@dataclass(frozen=True, slots=True)
class FigureShape:
    """One measurement."""

    value: Number | None
    unit: str
    verdict: str | None
    band: KeptBand | None


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """One rubric point."""

    id: str
    state: str


@dataclass(frozen=True, slots=True)
class KeptRubric:
    """Coverage of the rubric."""

    points: list[KeptPoint] = field(default_factory=list)
    coverage: tuple[Number, Number] | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class KeptMaker:
    """The recogniser."""

    engine: str = ""
    version: str = ""
    model_sha256: str = ""


@dataclass(frozen=True, slots=True)
class MakersShape:
    """What made the assessment; what did not recognise is of no interest here."""

    recogniser: KeptMaker | str = ""


@dataclass(frozen=True, slots=True)
class FactsShape:
    """The parts of the document that a list, a trend or a table shows."""

    measurements: dict[str, FigureShape] = field(default_factory=dict)
    rubric: KeptRubric | None = None
    total: Number | None = None
    provenance: MakersShape = field(default_factory=MakersShape)
