"""How measurements are called, grouped, formatted and explained: the table of metrics, put in words.

A measurement that is not in the table is shown under its own name, in the group of other figures, with its
own unit: new ones are seen rather than lost. The table is loaded where a figure is shown, not before: a list
of takes shows none and must come at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.take import FORMER_UNITS
from voicecoach.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.metrics.spec import MetricSpec
    from voicecoach.model.assessment import Measurement
    from voicecoach.words.catalogue import Ui

OTHER: Final = "other"
"""The group of what is not in the table, the last one."""
UNKNOWN_DECIMALS: Final = 2

_UNIT_CODES: Final = {
    "字/min": "characters-a-minute",
    "wpm": "words-a-minute",
    "syllables/s": "syllables-a-second",
    "syllables": "syllables",
    "count": "count",
    "s": "seconds",
    "per_min": "a-minute",
    "per_100_syllables": "per-100-syllables",
    "st": "semitones",
}
"""``Measurement.unit`` -> its code in the catalogue without ``unit-``; others stand as they are."""
_UNITLESS: Final = frozenset({"ratio", "-1..1"})


def groups(ui: Ui) -> dict[str, str]:
    """Group -> its title, in the order of a report."""
    from voicecoach.metrics.spec import GROUPS

    return {group: catalogue.word(f"group-{group}", ui) for group in (*GROUPS, OTHER)}


def title(name: str, ui: Ui) -> str:
    """The measurement's title in the reader's language; an unknown name is returned as it is."""
    spec = _metrics().get(name)
    return name if spec is None else spec.title(ui)


def group(name: str) -> str:
    """The group of :func:`groups` that the measurement belongs to."""
    spec = _metrics().get(name)
    return OTHER if spec is None else spec.group


def is_percent(name: str) -> bool:
    """Whether the measurement is a share 0..1 that is shown as a percentage."""
    spec = _metrics().get(name)
    return spec is not None and spec.percent


def is_unproven(name: str, value: float) -> bool:
    """Whether ``value`` says no more than that none was heard: recognisers drop fillers, lists have gaps."""
    spec = _metrics().get(name)
    return value == 0.0 and spec is not None and not spec.provable_at_zero


def formula(measurement: Measurement, ui: Ui) -> str:
    """The formula in the reader's language; the measurement's own where there is none.

    Definitions are in English and say how this very figure was made, so English readers get them as they are.
    """
    from voicecoach.metrics.spec import DEFINITION_UI

    spec = _metrics().get(measurement.name)
    return measurement.definition if spec is None or ui == DEFINITION_UI else spec.explained(ui)


def figure(name: str, value: float) -> str:
    """``value`` with the decimals of its measurement and a true minus sign, without the unit."""
    spec = _metrics().get(name)
    decimals = UNKNOWN_DECIMALS if spec is None else spec.decimals
    text = f"{value * 100:.{decimals}f}%" if is_percent(name) else f"{value:.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", "−")


def unit(name: str, unit_code: str, ui: Ui) -> str:
    """The unit as it is written after the figure; empty for shares, whose percent sign says it."""
    if is_percent(name) or unit_code in _UNITLESS:
        return ""
    code = _UNIT_CODES.get(FORMER_UNITS.get(unit_code, unit_code))  # the history's index holds former ones
    return unit_code if code is None else catalogue.word(f"unit-{code}", ui, figure="").strip()


def rank(name: str) -> int:
    """The measurement's place in the order of a report; that of unknown ones is behind all others."""
    from voicecoach.metrics import table

    return table.rank(name)


def _metrics() -> Mapping[str, MetricSpec]:
    from voicecoach.metrics.table import METRICS

    return METRICS
