"""A speaker's calm voice on one microphone: what a take of the same person is compared with.

Not to be confused with :mod:`voicecoach.model.profile`, the bands by which an answer is rated.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final, get_args

from voicecoach.model.transcript import Language
from voicecoach.units import hz_to_st

LONGEST_NAME: Final = 40
_NAME = re.compile(rf"\w[\w.-]{{0,{LONGEST_NAME - 1}}}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A speaker's calm voice: medians and spreads (SD) over ``n_units`` inter-pause units.

    F0 in semitones above 100 Hz, HF500 in dB.
    """

    f0_median_st: float
    f0_sd_st: float
    hf500_db: float
    hf500_sd_db: float
    n_units: int


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """One calibration. ``created``: ISO 8601, UTC. ``device``, ``output_device``: names, "" when not known.

    ``f0_median_hz``, ``f0_sd_st``, ``hf500_db``, ``hf500_sd_db``: as
    :class:`Baseline` has them, over ``n_units`` inter-pause units. ``level_dbfs``: median level of
    the speech, 150-4000 Hz. ``noise_floor_dbfs`` and ``snr_db``: as measured on the reading. ``speech_s``:
    length of the speech measured. ``latency_s``: how late sound is on its way from the loudspeaker to the
    recording beyond what the devices admit, to be taken off a response latency; None when not measured.
    """

    name: str
    created: str
    language: Language
    device: str
    output_device: str
    f0_median_hz: float
    f0_sd_st: float
    hf500_db: float
    hf500_sd_db: float
    n_units: int
    level_dbfs: float
    noise_floor_dbfs: float
    snr_db: float
    speech_s: float
    latency_s: float | None = None

    def __post_init__(self) -> None:
        if not is_profile_name(self.name):
            msg = (
                "a profile's name is made of letters, digits, _ . - and begins with one of the first three, "
                f"{LONGEST_NAME} at most; got {self.name!r}"
            )
            raise ValueError(msg)
        if self.language not in get_args(Language):
            msg = f"the language must be zh or en, got {self.language!r}"
            raise ValueError(msg)
        if not _is_utc(self.created):
            msg = f"created must be a UTC time in ISO 8601, got {self.created!r}"
            raise ValueError(msg)
        for name in _NUMBERS:
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                msg = f"{name} must be finite, got {value}"
                raise ValueError(msg)
        for name in ("f0_median_hz", "f0_sd_st", "hf500_sd_db", "n_units", "speech_s"):
            if getattr(self, name) <= 0:
                msg = f"{name} must be positive, got {getattr(self, name)}"
                raise ValueError(msg)

    def baseline(self) -> Baseline:
        """The calm voice as ``voicecoach.metrics.agitation`` wants it."""
        return Baseline(
            f0_median_st=hz_to_st(self.f0_median_hz),
            f0_sd_st=self.f0_sd_st,
            hf500_db=self.hf500_db,
            hf500_sd_db=self.hf500_sd_db,
            n_units=self.n_units,
        )

    def told(self) -> str:
        """Name, microphone and time, for the provenance of an assessment."""
        return " · ".join(part for part in (self.name, self.device, self.created) if part)


def is_profile_name(name: str) -> bool:
    """Whether ``name`` can be that of a profile: it is the name of a file on every system."""
    return bool(_NAME.fullmatch(name) and not _RESERVED.fullmatch(name) and not name.endswith("."))


_FIELDS: Final = tuple(field.name for field in fields(SpeakerProfile))
_TEXTS: Final = ("name", "created", "language", "device", "output_device")
_NUMBERS: Final = tuple(name for name in _FIELDS if name not in _TEXTS)


def _is_utc(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() == timedelta(0)
    except ValueError:
        return False
