"""Whether the steps of an answer came in the order that the prompt wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def steps_in_order(
    order: Sequence[str], first_heard: Mapping[str, float]
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the first evidence of the ``order``-ed steps rises, and which steps came too early.

    ``first_heard`` holds a position (characters or seconds) for each step that was heard. The first
    value is None when fewer than two ordered steps were heard. A step came too early when a step that
    should precede it was first heard after it; of two swapped steps that is the later one.
    """
    heard = [step for step in order if step in first_heard]
    if len(heard) <= 1:  # one step has no order
        return None, ()
    early = tuple(
        step
        for index, step in enumerate(heard)
        if any(first_heard[before] > first_heard[step] for before in heard[:index])
    )
    return not early, early
