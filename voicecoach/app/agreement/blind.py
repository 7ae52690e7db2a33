"""Answers drawn for blind marking: spread over their scores, in an order that does not tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.app.agreement.agree import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.prompt import Prompt
    from voicecoach.words.catalogue import Ui


def point_labels(prompts: Iterable[Prompt], ui: Ui) -> dict[tuple[str, str], str]:
    """What each rubric point is called in the language ``ui``, by prompt and point id."""
    return {
        (prompt.id, point.id): point.label.get(ui) or next(iter(point.label.values()), "")
        for prompt in prompts
        for point in prompt.points
    }


def draw_blind(documents: Iterable[Mapping[str, Any]], n: int, *, seed: int = 0) -> list[Mapping[str, Any]]:
    """``n`` results with a rubric, spread over their scores, in an order that does not tell them.

    The results are put in order of total (coverage where there is none), cut into ``n`` equal parts, and one
    is drawn of each; the same seed draws the same ones. Fewer results than ``n``: all of them.
    """
    rng = np.random.default_rng(seed)
    rated = sorted((document for document in documents if document.get("rubric")), key=_level)
    if not rated:
        return []
    parts = np.array_split(np.arange(len(rated)), min(n, len(rated)))
    drawn = [rated[int(rng.choice(part))] for part in parts]
    return [drawn[index] for index in rng.permutation(len(drawn))]


def _level(document: Mapping[str, Any]) -> tuple[float, float, str]:
    total, coverage = document["total"], document["rubric"]["coverage"][0]
    return (-1.0 if total is None else total, coverage, file_of(document))
