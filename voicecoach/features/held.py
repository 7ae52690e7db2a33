"""Held sounds: the voice is on while neither the articulators nor the pitch move.

A stretch is held when it is voiced and its movement (:mod:`voicecoach.features.movement`) stays under
:data:`STILL_DB`, for :data:`SHORTEST_S`; F0 is flatter than :data:`SLOPE_LARGEST_ST_PER_S` and lies where the
speaker's does, and the level is steady. Goto, Itou & Hayamizu (1999) found filled pauses so.

The gate of speech lets many an isolated 嗯 pass for noise, so sounds as loud as speech beside it are
looked at as well (:mod:`voicecoach.features.vocal`), tones and music excepted. A pure tone has no energy on
one side of 500 Hz, a voice has on both.

Known failure: an engine or a hummed note at the pitch of the speaker counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.features.frames import closed, runs
from voicecoach.model.audio import Span, Track
from voicecoach.units import hz_to_st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

STILL_DB: Final = 5.5
"""Movement below this is a held sound; running speech lies at 5 to 12 dB."""
SHORTEST_S: Final = 0.210
"""A held sound stands still this long, seconds; it lasts some 50 ms more, in which it sets in and ends."""
STUMBLE_S: Final = 0.050
"""A movement, or a dropout of F0, of up to this length does not end it, seconds."""
SLOPE_LARGEST_ST_PER_S: Final = 6.5
"""F0 moves less than this, semitones a second; a lexical tone or the fall of a phrase moves by 10 to 30."""
LEVEL_SPREAD_LARGEST_DB: Final = 4.0
"""Standard deviation of the level in the middle of the stretch, dB (speech itself: 6-10 dB)."""
FROM_MEDIAN_ST: Final = 12.0
"""F0 lies this near to the speaker's median, semitones."""
BALANCE_DB: Final = 30.0
"""HF500 of a voice lies inside +- this, dB."""

_EDGE_SHARE = 0.15
"""Share of the stretch left out at each end when steadiness is judged: onset and release."""
_LEAST_FRAMES = 5


def held_sounds(movement: Track, pitch: Track, level: Track, hf500: Track) -> tuple[Span, ...]:
    """The held sounds, in order. ``pitch`` and ``hf500`` share one grid, NaN where nothing is voiced."""
    voiced = np.isfinite(pitch.values)
    if not voiced.any():
        return ()
    usual_st = float(np.median(hz_to_st(pitch.values[voiced])))
    return tuple(
        still
        for still in _still(movement, pitch)
        if _flat(pitch, still, usual_st)
        and _spread(level.within(_middle(still))) < LEVEL_SPREAD_LARGEST_DB
        and _of_a_voice(hf500, still)
    )


def _still(movement: Track, pitch: Track) -> Iterator[Span]:
    """The voiced stretches in which the articulators stand still, stumbles closed."""
    nearest = np.round((movement.times_s - pitch.first_s) / pitch.hop_s).astype(np.int64)
    inside = (nearest >= 0) & (nearest < len(pitch.values))
    voiced = np.zeros(len(nearest), dtype=np.bool_)
    voiced[inside] = np.isfinite(pitch.values[nearest[inside]])
    hop_s = movement.hop_s
    for start, stop in closed(runs(voiced & (movement.values < STILL_DB)), round(STUMBLE_S / hop_s) + 1):
        if (stop - start) * hop_s >= SHORTEST_S - 1e-9:
            yield Span(movement.first_s + start * hop_s, movement.first_s + stop * hop_s)


def _middle(still: Span) -> Span:
    edge_s = still.duration_s * _EDGE_SHARE
    return Span(still.start_s + edge_s, still.end_s - edge_s)


def _flat(pitch: Track, still: Span, usual_st: float) -> bool:
    """Whether F0 hardly moves inside ``still`` and lies where the speaker's does."""
    f0_st = hz_to_st(pitch.within(_middle(still)))
    sounding = np.isfinite(f0_st)
    if np.count_nonzero(sounding) < _LEAST_FRAMES:
        return False
    times_s = np.arange(len(f0_st)) * pitch.hop_s
    slope_st_per_s = float(np.polyfit(times_s[sounding], f0_st[sounding], 1)[0])
    from_usual_st = float(np.median(f0_st[sounding])) - usual_st
    return abs(slope_st_per_s) < SLOPE_LARGEST_ST_PER_S and abs(from_usual_st) <= FROM_MEDIAN_ST


def _of_a_voice(hf500: Track, still: Span) -> bool:
    """Whether there is energy on both sides of 500 Hz."""
    balance_db = hf500.within(still)
    defined = balance_db[np.isfinite(balance_db)]
    return not len(defined) or abs(float(np.median(defined))) < BALANCE_DB


def _spread(values: NDArray[np.float64]) -> float:
    """Standard deviation of the defined values; 0 where there is none to speak against steadiness."""
    defined = values[np.isfinite(values)]
    return float(defined.std()) if len(defined) else 0.0
