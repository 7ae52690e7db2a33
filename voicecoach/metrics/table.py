"""The one table of all measurements, in the order of reports and documents.

A new figure of a family below needs no line here; a new family needs its one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from voicecoach.metrics import fillers, length, nuclei, pace, pauses, politeness, quality, turns, voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.metrics.spec import MetricSpec
    from voicecoach.model.assessment import Measurement

FAMILIES: Final = (pace, length, nuclei, pauses, fillers, voice, politeness, turns, quality)
"""The modules that declare figures, each in its ``SPECS``."""
METRICS: Final[Mapping[str, MetricSpec]] = MappingProxyType(
    {spec.name: spec for family in FAMILIES for spec in family.SPECS}
)
"""Name -> spec."""
TEXT_DEPENDENT: Final = frozenset(name for name, spec in METRICS.items() if spec.text_dependent)
"""All that hangs on the recognised words; the rest comes of the sound alone."""
_RANKS: Final = {name: rank for rank, name in enumerate(METRICS)}


def in_order(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """The measurements in the order of the table, unknown ones last as they came."""
    return tuple(sorted(measurements, key=lambda measurement: rank(measurement.name)))


def rank(name: str) -> int:
    """The place of a name in the table; that of unknown ones is behind all others."""
    return _RANKS.get(name, len(_RANKS))
