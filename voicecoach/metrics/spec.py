"""What a measurement is, said once: its name, group, unit, and how its figure is to be read.

Each metric module declares the specs of its own figures in ``SPECS`` and makes every
:class:`~voicecoach.model.assessment.Measurement` through them; :mod:`voicecoach.metrics.table` lays them
together. The words stand in the catalogue: title ``metric-NAME``, formula ``formula-NAME``; a measurement's
``definition`` is its formula in English.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from voicecoach.model.assessment import Measurement
from voicecoach.words.catalogue import FALLBACK_UI, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.audio import Span

Group = Literal["pace", "pauses", "fillers", "voice", "language", "call", "recording"]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
"""In the order of a report."""
DEFINITION_UI: Final = FALLBACK_UI
"""The language of definitions in documents, whatever their reader's."""


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """One kind of figure.

    ``name`` is its key in documents, and that of its band, weight and advice in a profile; other programs
    rely on it. ``unit`` is spelled as in documents. ``decimals`` are those shown; ``percent`` marks a share
    0..1 that is shown as a percentage. ``text_dependent``: it hangs on the recognised words, not on the sound
    alone. ``provable_at_zero`` False: 0 only says that none was heard. ``facts`` fill the formula
    where a measurement gives none of its own.
    """

    name: str
    group: Group
    unit: str
    _: KW_ONLY
    decimals: int = 1
    percent: bool = False
    text_dependent: bool = False
    provable_at_zero: bool = True
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    formula: str = ""
    """The formula's code without ``formula-``; empty: the name."""

    def variant(self, formula: str, *, unit: str = "") -> MetricSpec:
        """The same figure by another formula (``formula-NAME-FORMULA``), in another ``unit`` if given."""
        return replace(self, formula=f"{self.name}-{formula}", unit=unit or self.unit)

    def title(self, ui: str) -> str:
        """What the figure is called in the language ``ui``."""
        return word(f"metric-{self.name}", ui)

    def explained(self, ui: str, **facts: str) -> str:
        """The formula in the language ``ui``."""
        return word(f"formula-{self.formula or self.name}", ui, **{**self.facts, **facts})

    def measured(
        self, value: float, evidence: Sequence[Span] = (), *, provisional: str = "", **facts: str
    ) -> Measurement:
        """The figure with its value. Raises ValueError when that is not finite."""
        definition = self.explained(DEFINITION_UI, **facts)
        return Measurement(self.name, value, self.unit, definition, tuple(evidence), provisional=provisional)

    def unmeasured(self, reason: str, evidence: Sequence[Span] = (), **facts: str) -> Measurement:
        """The figure without a value; ``reason`` is a code of :mod:`voicecoach.words.reasons`."""
        definition = self.explained(DEFINITION_UI, **facts)
        return Measurement(self.name, None, self.unit, definition, tuple(evidence), reason)
