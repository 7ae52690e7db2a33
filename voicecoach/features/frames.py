"""Runs of frames: from a mask over time to index ranges, and back from spans to a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.audio import Span
from voicecoach.model.spans import chained

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Run = tuple[int, int]
"""Half-open range of frames, ``(start, stop)``."""


def runs(mask: NDArray[np.bool_]) -> list[Run]:
    """The runs of True in ``mask``, bool (n,), in order."""
    steps = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def closed(ordered: Iterable[Run], shortest: int) -> list[Run]:
    """Neighbours less than ``shortest`` frames apart become one."""

    def join(last: Run, run: Run) -> Run | None:
        return (last[0], run[1]) if run[0] - last[1] < shortest else None

    return chained(ordered, join)


def run_span(run: Run, hop_s: float) -> Span:
    """The time of ``run``, of frames centred every ``hop_s`` from 0 on; its edges fall between two frames."""
    start, stop = run
    return Span(max((start - 0.5) * hop_s, 0.0), (stop - 0.5) * hop_s)


def frame_mask(spans: Iterable[Span], n: int, hop_s: float) -> NDArray[np.bool_]:
    """Which of ``n`` frames, centred every ``hop_s`` from 0 on, lie in ``spans``, rounded: bool (n,)."""
    mask = np.zeros(n, dtype=np.bool_)
    for span in spans:
        mask[round(span.start_s / hop_s) : round(span.end_s / hop_s) + 1] = True
    return mask
