"""Speech spans packed into the chunks that a recogniser hears, cut at silences."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.model.audio import Span
from voicecoach.model.spans import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHUNK_LONGEST_S: Final = 28.0
"""Longest chunk handed to the model, whose window is 30 s."""
CHUNK_MARGIN_S: Final = 0.2
"""Silence kept around a chunk, so that no onset is cut."""
CHUNK_SPLIT_PAUSE_S: Final = 3.0
"""A silence of this length always ends a chunk: long inner silence invites invented text."""


def pack(
    speech: Sequence[Span], *, duration_s: float, longest_s: float = CHUNK_LONGEST_S, after_s: float = 0.0
) -> Iterator[Span]:
    """Pack speech spans into chunks of at most ``longest_s`` and two margins, cut at silences.

    A longer single span is cut into equal pieces. Chunks keep a margin of silence, never overlap, do not
    begin before ``after_s`` and end with the recording, of ``duration_s``.
    """
    groups: list[list[Span]] = []
    for span in _bounded(speech, duration_s, longest_s):
        fits = groups and span.end_s - groups[-1][0].start_s <= longest_s
        near = groups and span.start_s - groups[-1][-1].end_s <= CHUNK_SPLIT_PAUSE_S
        if fits and near:
            groups[-1].append(span)
        else:
            groups.append([span])
    previous_end_s = after_s
    for number, members in enumerate(groups):
        following_s = groups[number + 1][0].start_s if number + 1 < len(groups) else math.inf
        start_s = max(members[0].start_s - CHUNK_MARGIN_S, previous_end_s)
        middle_s = (members[-1].end_s + following_s) / 2
        end_s = min(members[-1].end_s + CHUNK_MARGIN_S, middle_s, duration_s)
        previous_end_s = end_s
        yield Span(start_s, end_s)


def equal_pieces(span: Span, *, longest_s: float = CHUNK_LONGEST_S + 2 * CHUNK_MARGIN_S) -> tuple[Span, ...]:
    """``span`` in the fewest equal pieces that last at most ``longest_s``: what the model hears in one go."""
    n_pieces = max(1, math.ceil(span.duration_s / longest_s))
    edges_s = [span.start_s + number * span.duration_s / n_pieces for number in range(n_pieces)]
    return tuple(Span(*edges) for edges in pairwise([*edges_s, span.end_s]))


def _bounded(speech: Sequence[Span], duration_s: float, longest_s: float) -> Iterator[Span]:
    """The spans as far as the recording goes, none empty, none longer than ``longest_s``."""
    for span in clipped(speech, Span(0.0, duration_s)):
        yield from equal_pieces(span, longest_s=longest_s)
