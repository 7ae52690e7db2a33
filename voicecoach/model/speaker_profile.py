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
OWN_TAKES: Final = "the speaker's own {n} earlier takes"
"""How documents name a calm voice that is that of earlier takes; reports word it for their reader."""
_NAME = re.compile(rf"\w[\w.-]{{0,{LONGEST_NAME - 1}}}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A speaker's calm voice, and its spreads (SD) over ``n_units`` inter-pause units.

    ``f0_high_st``: 85th percentile of F0 in semitones above 100 Hz; ``hf1000_db``: median HF1000 in dB.
    ``n_takes`` is 0 for a calibration; else the voice is that of so many earlier takes of the speaker, and
    ``n_units`` counts those that were taken for calm.
    """

    f0_high_st: float
    f0_high_sd_st: float
    hf1000_db: float
    hf1000_sd_db: float
    n_units: int
    n_takes: int = 0

    def told(self) -> str:
        """Whose voice it is, where that is not the calibrated one; "" for that."""
        return OWN_TAKES.format(n=self.n_takes) if self.n_takes else ""


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """One calibration. ``created``: ISO 8601, UTC. ``device``, ``output_device``: names, "" when not known.

    ``f0_median_hz``, ``f0_sd_st``, ``hf500_db``, ``hf500_sd_db``: medians and spreads over ``n_units``
    inter-pause units. ``f0_high_hz``, ``f0_high_sd_st``, ``hf1000_db``, ``hf1000_sd_db``: as
    :class:`Baseline` has them; None in a profile of a program that did not measure them.
    ``level_dbfs``: median level of the speech, 150-4000 Hz. ``noise_floor_dbfs`` and ``snr_db``: as
    measured on the reading. ``speech_s``: length of the speech measured. ``latency_s``: how late sound is on
    its way from the loudspeaker to the recording beyond what the devices admit, to be taken off a response
    latency; None when not measured.
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
    f0_high_hz: float | None = None
    f0_high_sd_st: float | None = None
    hf1000_db: float | None = None
    hf1000_sd_db: float | None = None

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
        for name in _POSITIVE:
            value = getattr(self, name)
            if value is not None and value <= 0:
                msg = f"{name} must be positive, got {value}"
                raise ValueError(msg)

    def baseline(self) -> Baseline | None:
        """The calm voice as ``voicecoach.metrics.agitation`` wants it; None in an old profile without it."""
        if (
            self.f0_high_hz is None
            or self.f0_high_sd_st is None
            or self.hf1000_db is None
            or self.hf1000_sd_db is None
        ):
            return None
        return Baseline(
            f0_high_st=hz_to_st(self.f0_high_hz),
            f0_high_sd_st=self.f0_high_sd_st,
            hf1000_db=self.hf1000_db,
            hf1000_sd_db=self.hf1000_sd_db,
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
_POSITIVE: Final = (
    "f0_median_hz", "f0_sd_st", "hf500_sd_db", "n_units", "speech_s",
    "f0_high_hz", "f0_high_sd_st", "hf1000_sd_db",
)  # fmt: skip
_NUMBERS: Final = tuple(name for name in _FIELDS if name not in _TEXTS)


def _is_utc(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() == timedelta(0)
    except ValueError:
        return False
