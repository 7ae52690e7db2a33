"""One take: what was asked, what was recorded, and what was said about it. What the history keeps.

A take is written down as JSON (:mod:`voicecoach.documents.take`); with its sound file that is enough to build
the history anew. The judgement stays the document that ``score --json`` writes
(``voicecoach.assessment/2``): a take never says again in its own words what stands in there.
"""

from __future__ import annotations

import math
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from voicecoach.errors import StoreError

ASSESSMENT_SCHEMAS: Final = ("voicecoach.assessment/2", "voicecoach.assessment/1")
"""What is written, and after it what is still read."""
FORMER_UNITS: Final = {"1/min": "per_min"}
"""Units as ``voicecoach.assessment/1`` spells them -> as they are spelled now."""
ID_PATTERN: Final = re.compile(r"[0-9][0-9a-z_-]{0,38}")
"""Begins with a digit, so that it is neither ``last`` nor a name that some system reserves; no capitals,
which some file systems do not tell apart."""
SOUND_ENDING: Final = ".wav"

Document = dict[str, Any]
"""An assessment as it was written down; ``voicecoach.documents`` reads it."""
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
    assessment: Document | None = None
    assessment_before: Document | None = None

    def __post_init__(self) -> None:
        if not self.sound:
            object.__setattr__(self, "sound", self.id + SOUND_ENDING)
        for fine, rule, met in (
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
                msg = f"{rule}, got {met!r}"
                raise ValueError(msg)
        for document in (self.assessment, self.assessment_before):
            if document is not None and document.get("schema") not in ASSESSMENT_SCHEMAS:
                msg = f"an assessment has the schema {ASSESSMENT_SCHEMAS[0]}, got {document.get('schema')!r}"
                raise ValueError(msg)

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


def _is_utc(text: str) -> bool:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return False
    return when.utcoffset() == timedelta(0) and utc_text(when) == text


def _own_file(name: str, take_id: str) -> bool:
    ending = name.removeprefix(take_id + ".")
    return ending != name and bool(re.fullmatch(r"[0-9a-z.]{1,16}", ending))
