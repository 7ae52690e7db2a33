"""How likely a point is covered, given its signals: a small logistic model, one a language.

The weights are data, ``calibration.json`` beside this module, fitted on labelled answers by
``tests/benchmarks/rubric/fit_coverage.py``. They weigh signals, not words: nothing in them belongs to a
prompt. Of 100 points that get .8, about 80 are covered (see docs/benchmarks.md).

A point to which no window speaks, or only denied ones, has no signals and is not covered: 0.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.coverage.signals import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.transcript import Language
    from voicecoach.rubric.coverage.signals import Signals

COVERED: Final = 0.5
"""Probability from which a point counts as covered."""
MAYBE: Final = 0.2
"""Probability from which it may be covered, and the user is asked."""
SCHEMA: Final = "voicecoach.calibration/1"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds are ``intercept`` + the sum of ``weights`` times signals; each signal has a weight."""

    intercept: float
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.weights) != set(NAMES):
            msg = f"weights are needed for {', '.join(NAMES)}; got {', '.join(self.weights)}"
            raise ValueError(msg)

    def probability(self, signals: Signals | None) -> float:
        """The probability, 0..1, that the point is covered; 0 without signals."""
        if signals is None:
            return 0.0
        logit = self.intercept + sum(self.weights[name] * value for name, value in asdict(signals).items())
        return 1.0 / (1.0 + math.exp(-logit))


@cache
def calibration(language: Language) -> Calibration:
    """The fitted weights of a language."""
    document = json.loads((resources.files(__package__) / "calibration.json").read_text("utf-8"))
    if document["schema"] != SCHEMA:
        msg = f"calibration.json must be of {SCHEMA}"
        raise ValueError(msg)
    own = document["languages"][language]
    return Calibration(own["intercept"], own["weights"])
