"""One take: what was asked, what was recorded, and what was said about it. What the history keeps.

A take is written down as JSON, schema ``voicecoach.take/1``; with its sound file that is enough to build
the history anew. The judgement stays the document that ``score --json`` writes
(``voicecoach.assessment/2``): a take never says again in its own words what stands in there.
"""

from __future__ import annotations

import math
import re
import secrets
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.errors import StoreError

TAKE_SCHEMA: Final = "voicecoach.take/1"
ASSESSMENT_SCHEMAS: Final = ("voicecoach.assessment/2", "voicecoach.assessment/1")
"""What is written, and after it what is still read."""
FORMER_UNITS: Final = {"1/min": "per_min"}
"""Units as ``voicecoach.assessment/1`` spells them -> as they are spelled now."""
ID_PATTERN: Final = re.compile(r"[0-9][0-9a-z_-]{0,38}")
"""Begins with a digit, so that it is neither ``last`` nor a name that some system reserves; no capitals,
which some file systems do not tell apart."""
SOUND_ENDING: Final = ".wav"

Json = dict[str, Any]
TakeState = Literal["recorded", "scored", "not_scored"]


def utc_text(when: datetime) -> str:
    """``when`` as the history writes it: ISO 8601, UTC, milliseconds. Raises ValueError without a zone."""
    if when.tzinfo is None:
        msg = f"a time needs its zone, got {when.isoformat()}"
        raise ValueError(msg)
    return when.astimezone(UTC).isoformat(timespec="milliseconds")


def new_take_id(when: datetime) -> str:
    """An id that sorts by time, is never given twice and is safe as a file name."""
    stamp = when.astimezone(UTC)
    return f"{stamp:%Y%m%d-%H%M%S}-{stamp.microsecond // 1000:03d}-{secrets.token_hex(3)}"


@dataclass(frozen=True, slots=True)
class Take:
    """One answer to one prompt.

    ``recorded_at`` is as :func:`utc_text` writes it. ``prompt_text`` is the prompt as it was heard;
    ``kind`` and ``pack`` are the prompt's. ``profile`` names the bands, ``speaker_profile`` the
    calibrated voice ("" = none). ``n_overflows``: times that the sound card lost samples.
    ``prompt_end_s``: end of the prompt's sound on the recording's clock, seconds; it may be negative, None =
    not known. ``duration_s``: length of the recording, seconds. ``state``: ``recorded`` = not yet
    looked at, ``not_scored`` = looked at without a total. ``sound``: name of the file in the folder
    of the takes. ``recognised_text`` is the recogniser's, None before it ran; ``corrected_text`` is the
    candidate's, and ``cer`` (>= 0) the recogniser's character error rate against it. ``assessment`` is
    the document of the recording, judged on the corrected text where there is one; ``assessment_before``
    is that of the recogniser's own text.
    """

    id: str
    recorded_at: str
    prompt_id: str
    prompt_text: str
    pack: str
    kind: str
    language: str
    profile: str
    speaker_profile: str = ""
    device: str = ""
    n_overflows: int = 0
    prompt_end_s: float | None = None
    duration_s: float = 0.0
    state: TakeState = "recorded"
    sound: str = ""
    recognised_text: str | None = None
    corrected_text: str | None = None
    cer: float | None = None
    assessment: Json | None = None
    assessment_before: Json | None = None

    def __post_init__(self) -> None:
        if not self.sound:
            object.__setattr__(self, "sound", self.id + SOUND_ENDING)
        for fine, rule, found in (
            (ID_PATTERN.fullmatch(self.id), "an id is digits, small letters, - and _", self.id),
            (_is_utc(self.recorded_at), "recorded_at must be as utc_text writes it", self.recorded_at),
            (
                _own_file(self.sound, self.id),
                f"the sound of {self.id} must be called {self.id}.*",
                self.sound,
            ),
            (self.state in get_args(TakeState), "the state is one of three", self.state),
            (0 <= self.n_overflows < 2**31, "n_overflows must not be negative", self.n_overflows),
            (0.0 <= self.duration_s < math.inf, "duration_s must be finite", self.duration_s),
            (math.isfinite(self.prompt_end_s or 0.0), "prompt_end_s must be finite", self.prompt_end_s),
            (0.0 <= (self.cer or 0.0) < math.inf, "cer must be finite", self.cer),
            (
                self.state == "not_scored" or (self.state == "scored") != (self.assessment is None),
                "a take has an assessment when it is scored, and none when it is just recorded",
                self.state,
            ),
        ):
            if not fine:
                msg = f"{rule}, got {found!r}"
                raise ValueError(msg)
        for document in (self.assessment, self.assessment_before):
            if document is not None and document.get("schema") not in ASSESSMENT_SCHEMAS:
                msg = f"an assessment has the schema {ASSESSMENT_SCHEMAS[0]}, got {document.get('schema')!r}"
                raise ValueError(msg)

    @property
    def total(self) -> float | None:
        """Total of the assessment, 0..100; None when there is none."""
        return _number(_part(self.assessment, "total"))

    @property
    def coverage(self) -> tuple[float, float] | None:
        """Share of the rubric points surely and perhaps heard, 0..1; None without a rubric."""
        low_high = _part(_part(self.assessment, "rubric"), "coverage")
        return (float(low_high[0]), float(low_high[1])) if low_high else None

    @property
    def rubric_version(self) -> str:
        """Version of the rubric, "" without one."""
        return str(_part(_part(self.assessment, "rubric"), "version") or "")

    @property
    def engine(self) -> str:
        """The recogniser and its version, "" while none has run."""
        made = _part(_part(self.assessment, "provenance"), "recogniser")
        return " ".join(str(made[key]) for key in ("engine", "version") if made.get(key)) if made else ""

    @property
    def model_sha256(self) -> str:
        """Digest of the recogniser's weights, "" while none has run."""
        made = _part(_part(self.assessment, "provenance"), "recogniser")
        return str(_part(made, "model_sha256") or "")

    @property
    def text(self) -> str:
        """What was said, as far as it is known: corrected, else recognised, else nothing."""
        return next((text for text in (self.corrected_text, self.recognised_text) if text is not None), "")


@dataclass(frozen=True, slots=True)
class TakeSummary:
    """A row of the history: what a list shows. The fields are those of :class:`Take`, in short.

    ``coverage_low`` and ``coverage_high`` are shares 0..1; ``corrected``: there is a corrected text.
    """

    id: str
    recorded_at: str
    prompt_id: str
    prompt_text: str
    pack: str
    kind: str
    language: str
    profile: str
    speaker_profile: str
    state: TakeState
    duration_s: float
    total: float | None
    coverage_low: float | None
    coverage_high: float | None
    corrected: bool
    engine: str
    model_sha256: str
    rubric_version: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measurement of one take, for trends; ``value`` None = not measured, band limits None = open.

    ``verdict`` is None where there is no band or no value.
    """

    take_id: str
    name: str
    value: float | None
    unit: str
    verdict: str | None
    green_low: float | None
    green_high: float | None
    amber_low: float | None
    amber_high: float | None


@dataclass(frozen=True, slots=True)
class PointRow:
    """One rubric point of one take; ``state`` covered, maybe or not_heard."""

    take_id: str
    prompt_id: str
    point_id: str
    state: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of building the history anew from the files beside the sounds.

    ``unreadable``: file name and error of each that could not be taken in. ``kept_aside``: name of
    the damaged database, "" when it was sound.
    """

    n_takes: int
    unreadable: tuple[tuple[str, StoreError], ...]
    kept_aside: str


def figure_rows(take: Take) -> tuple[FigureRow, ...]:
    """The measurements of ``take``. Raises ValueError when its document is not what it says to be."""
    try:
        measured = (_part(take.assessment, "measurements") or {}).items()
        return tuple(
            FigureRow(
                take.id,
                name,
                _number(found["value"]),
                _unit(str(found["unit"])),
                found["verdict"] and str(found["verdict"]),
                *_limits(found["band"], "green"),
                *_limits(found["band"], "amber"),
            )
            for name, found in measured
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise _malformed(take.id, "measurements") from exc


def point_rows(take: Take) -> tuple[PointRow, ...]:
    """The rubric points of ``take``. Raises ValueError when its document is not what it says to be."""
    try:
        points = _part(_part(take.assessment, "rubric"), "points") or ()
        return tuple(
            PointRow(take.id, take.prompt_id, str(point["id"]), str(point["state"])) for point in points
        )
    except (KeyError, TypeError, AttributeError) as exc:
        raise _malformed(take.id, "points") from exc


def take_to_json(take: Take) -> Json:
    """The document ``voicecoach.take/1``."""
    return {"schema": TAKE_SCHEMA, **{field.name: getattr(take, field.name) for field in fields(Take)}}


def take_from_json(document: object) -> Take:
    """The take of a document. Raises ValueError that says what is wrong with it."""
    if not isinstance(document, dict) or document.get("schema") != TAKE_SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else type(document).__name__
        msg = f"the schema must be {TAKE_SCHEMA}, got {found!r}"
        raise ValueError(msg)
    given = {field.name: document[field.name] for field in fields(Take) if field.name in document}
    for name, value in given.items():
        if not isinstance(value, _TYPES[name]) or isinstance(value, bool):
            msg = f"{name} cannot be {value!r}"
            raise ValueError(msg)  # noqa: TRY004 - a fault of the document, told as all others of it
    try:
        take = Take(**given)
        _ = (take.total, take.coverage, take.engine, take.model_sha256, take.rubric_version)
        _ = (figure_rows(take), point_rows(take))
    except (TypeError, LookupError, AttributeError) as exc:
        msg = f"the document is not whole: {exc}"
        raise ValueError(msg) from exc
    return take


_NUMBER: Final = (int, float)
_MAYBE: Final = type(None)
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    **{field.name: (str,) for field in fields(Take)},
    "n_overflows": (int,),
    "duration_s": _NUMBER,
    "prompt_end_s": (*_NUMBER, _MAYBE),
    "cer": (*_NUMBER, _MAYBE),
    "recognised_text": (str, _MAYBE),
    "corrected_text": (str, _MAYBE),
    "assessment": (dict, _MAYBE),
    "assessment_before": (dict, _MAYBE),
}


def _is_utc(text: str) -> bool:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return False
    return when.utcoffset() == timedelta(0) and utc_text(when) == text


def _own_file(name: str, take_id: str) -> bool:
    ending = name.removeprefix(take_id + ".")
    return ending != name and bool(re.fullmatch(r"[0-9a-z.]{1,16}", ending))


def _part(document: Mapping[str, Any] | None, key: str) -> Any:  # noqa: ANN401 - a part of a JSON document
    return None if document is None else document.get(key)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _unit(spelled: str) -> str:
    return FORMER_UNITS.get(spelled, spelled)


def _limits(band: Mapping[str, Any] | None, side: str) -> tuple[float | None, float | None]:
    low, high = (None, None) if band is None else band[side]
    return _number(low), _number(high)


def _malformed(take_id: str, part: str) -> ValueError:
    schema = ASSESSMENT_SCHEMAS[0]
    return ValueError(f"the {part} in the assessment of {take_id} are not as {schema} has them")
