"""A profile: the bands, weights and sentences of advice that rate an answer. Data, edited in one file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voicecoach.model.assessment import Band

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.transcript import Language


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the total is worth, in points; they need not add up to 100.

    ``coverage`` is shared out over the rubric points by their weights; ``order`` counts where the prompt has
    an order of steps; ``measurements`` names the measurements that count. ``maybe_ratio`` and
    ``amber_ratio`` (0..1) are the share of the points that a maybe and an amber verdict earn.
    """

    coverage: float
    order: float
    measurements: Mapping[str, float]
    maybe_ratio: float
    amber_ratio: float

    def __post_init__(self) -> None:
        for name, value in (("maybe_ratio", self.maybe_ratio), ("amber_ratio", self.amber_ratio)):
            if not 0.0 <= value <= 1.0:
                msg = f"{name} must lie in 0..1, got {value}"
                raise ValueError(msg)
        for name, value in {"coverage": self.coverage, "order": self.order, **self.measurements}.items():
            if not 0.0 <= value < math.inf:
                msg = f"the weight of {name} must be finite and not negative, got {value}"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class TargetBand:
    """A band whose green limits are the prompt's target; the amber ones are multiples of those.

    ``amber``: (share of the shortest <= 1, multiple of the longest >= 1).
    """

    amber: tuple[float, float]
    source: str

    def __post_init__(self) -> None:
        low, high = self.amber
        if not 0.0 <= low <= 1.0 <= high < math.inf:
            msg = f"amber must be a share of the shortest and a multiple of the longest, got {self.amber}"
            raise ValueError(msg)

    def band(self, target: tuple[float, float]) -> Band:
        """The band for a prompt's target."""
        (low, high), (shortest, longest) = self.amber, target
        return Band(target, (low * shortest, high * longest), self.source)


@dataclass(frozen=True, slots=True)
class Profile:
    """How answers are rated: bands by measurement name, weights, advice by measurement and side.

    ``target_bands`` are those that a prompt fills in (:meth:`for_target`). ``advice`` maps
    ``"speech_rate.high"`` (above green) or ``".low"`` (below) to a sentence by language; ``{value}`` in it
    stands for the figure, ``{target}`` for the green limits.
    """

    name: str
    language: Language
    title: Mapping[str, str]
    bands: Mapping[str, Band]
    weights: Weights
    advice: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    target_bands: Mapping[str, TargetBand] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unbanded = [
            name
            for name, worth in self.weights.measurements.items()
            if worth and name not in self.bands and name not in self.target_bands
        ]
        if unbanded:
            msg = f"a weight needs a band: {', '.join(unbanded)}"
            raise ValueError(msg)

    def for_target(self, target_s: tuple[float, float] | None) -> Profile:
        """The profile with the bands of a prompt's target; itself without a target (None or zeros)."""
        if target_s is None or not any(target_s):
            return self
        aimed = {name: target.band(target_s) for name, target in self.target_bands.items()}
        return replace(self, bands={**self.bands, **aimed})
