"""Answers drawn for blind marking: spread over their scores, in an order that does not tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.result import JudgedResult
from voicecoach.words.catalogue import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result
    from voicecoach.words.catalogue import Ui


def point_labels(prompts: Iterable[Prompt], ui: Ui) -> dict[tuple[str, str], str]:
    """What each rubric point is called in the language ``ui``, by prompt and point id."""
    return {
        (prompt.id, point.id): in_language(point.label, ui) for prompt in prompts for point in prompt.points
    }


def draw_blind(results: Iterable[Result], n: int, *, seed: int = 0) -> list[JudgedResult]:
    """``n`` results with a rubric, spread over their scores, in an order that does not tell them.

    The results are put in order of total (coverage where there is none), cut into ``n`` equal parts, and one
    is drawn of each; the same seed draws the same ones. Fewer results than ``n``: all of them.
    """
    rng = np.random.default_rng(seed)
    rated = sorted(
        (result for result in results if isinstance(result, JudgedResult) and result.assessment.coverage),
        key=_level,
    )
    if not rated:
        return []
    parts = np.array_split(np.arange(len(rated)), min(n, len(rated)))
    drawn = [rated[int(rng.choice(part))] for part in parts]
    return [drawn[index] for index in rng.permutation(len(drawn))]


def _level(result: JudgedResult) -> tuple[float, float, str]:
    total, coverage = result.assessment.total, result.assessment.coverage
    return -1.0 if total is None else total, 0.0 if coverage is None else coverage.low, result.file
