"""Agitation: how far the voice lies above the speaker's own calm one, -1 (sunk) to 1 (shouting).

Formula, after Bone, Lee & Narayanan 2014 ("Robust unsupervised arousal rating"): the median F0 in semitones
and the median HF500 over voiced frames, each as a distance from the speaker's calm median in units of
his calm spread over inter-pause units, then ``tanh`` of half their mean. Two differences from the paper:
``tanh`` in place of the rank in the calm sample (a rank cannot tell tense from furious once it lies beyond
every calm unit), and no level (a microphone's gain control undoes it, and adding it made things worse).

The calm spread is estimated from few units, so it is drawn towards what is usual:
``s^2 = (n s_calm^2 + 10 s_usual^2) / (n + 10)``.

Source: Bone, Lee & Narayanan 2014, IEEE Transactions on Affective Computing 5(2).
Known failure: joy and fear raise the voice as anger does; another microphone, or another place before
it, moves HF500 by itself, so the calibration must be recorded on the same equipment. Creak lowers F0.
Neither figure can be judged without a calm reference: a man who shouts has the F0 of a calm woman, and
HF500 of calm readers spreads over 16 dB by their microphones alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import InputError
from voicecoach.model.speaker_profile import Baseline
from voicecoach.units import hz_to_st

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.audio import Span

USUAL_F0_SD_ST = 2.0
"""Usual spread of a calm speaker's median F0 over units, semitones: neutral acted German 0.9 to 1.9 over five
speakers, rounded up because spontaneous talk varies more (own measurement)."""
USUAL_HF500_SD_DB = 3.0
"""Usual spread of a calm speaker's median HF500 over units, dB: the same five speakers 1.7 to 3.9."""
USUAL_WEIGHT_UNITS = 10
"""The usual spread counts as much as this many units of the speaker's own."""
UNIT_VOICED_S = 0.2
"""An inter-pause unit with less voiced sound has no median worth having, seconds (about two syllables)."""
BASELINE_VOICED_S = 2.0
"""A calm baseline needs at least this much voiced sound, seconds (about 5 s of talk)."""
OWN_BASELINE_SHARE = 1 / 3
"""Without a baseline this first share of the voiced sound stands in for it, ratio."""
SPREAD_UNITS = 3
"""Fewest units whose spread says anything."""


@dataclass(frozen=True, slots=True)
class VoicedUnit:
    """One inter-pause unit: its medians over ``voiced_s`` seconds of voiced frames."""

    span: Span
    f0_st: float
    hf500_db: float
    voiced_s: float


def voiced_units(features: SoundFeatures) -> tuple[VoicedUnit, ...]:
    """The inter-pause units that hold enough voiced sound, with their medians."""
    units = []
    for span in features.units():
        pitch_hz, hf500_db = features.pitch.within(span), features.hf500.within(span)
        voiced = np.isfinite(pitch_hz) & np.isfinite(hf500_db)
        voiced_s = float(voiced.sum()) * features.pitch.hop_s
        if voiced_s >= UNIT_VOICED_S:
            f0_st = float(np.median(np.asarray(hz_to_st(pitch_hz[voiced]))))
            units.append(VoicedUnit(span, f0_st, float(np.median(hf500_db[voiced])), voiced_s))
    return tuple(units)


def baseline_of(recordings: Iterable[SoundFeatures]) -> Baseline:
    """The calm voice heard in ``recordings`` of one speaker on one microphone.

    Raises InputError when they hold under 2 s of voiced sound.
    """
    units = [unit for features in recordings for unit in voiced_units(features)]
    voiced_s = sum(unit.voiced_s for unit in units)
    if voiced_s < BASELINE_VOICED_S:
        raise InputError(
            "calibration-unvoiced", voiced_s=f"{voiced_s:.1f}", needed_s=f"{BASELINE_VOICED_S:.0f}"
        )
    return baseline_of_units(units)


def baseline_of_units(units: Sequence[VoicedUnit]) -> Baseline:
    """The baseline that at least one unit makes."""
    f0_st = np.array([unit.f0_st for unit in units])
    hf500_db = np.array([unit.hf500_db for unit in units])
    return Baseline(
        f0_median_st=float(np.median(f0_st)),
        f0_sd_st=_spread(f0_st, USUAL_F0_SD_ST),
        hf500_db=float(np.median(hf500_db)),
        hf500_sd_db=_spread(hf500_db, USUAL_HF500_SD_DB),
        n_units=len(units),
    )


def _spread(values: NDArray[np.float64], usual: float) -> float:
    """SD of ``values`` about their median, drawn towards the usual one."""
    n, weight = len(values), USUAL_WEIGHT_UNITS
    own = float(np.mean(np.square(values - np.median(values))))
    return math.sqrt((n * own + weight * usual**2) / (n + weight))


def agitation(f0_st: float, hf500_db: float, baseline: Baseline) -> float:
    """Where a voice with these medians lies from the calm one, -1..1; 0 at the baseline."""
    f0 = (f0_st - baseline.f0_median_st) / baseline.f0_sd_st
    hf500 = (hf500_db - baseline.hf500_db) / baseline.hf500_sd_db
    return math.tanh((f0 + hf500) / 2.0 / 2.0)


def split_calm_part(
    units: Sequence[VoicedUnit],
) -> tuple[Sequence[VoicedUnit], Sequence[VoicedUnit]] | None:
    """The first third of the voiced sound, to stand in for a baseline, and the rest.

    None when either holds too little voiced sound to be a baseline.
    """
    wanted_s = OWN_BASELINE_SHARE * sum(unit.voiced_s for unit in units)
    heard_s, n_calm = 0.0, 0
    while n_calm < len(units) and heard_s < wanted_s - 1e-9:  # rounding of sums
        heard_s += units[n_calm].voiced_s
        n_calm += 1
    calm, rest = units[:n_calm], units[n_calm:]
    enough = min(heard_s, sum(unit.voiced_s for unit in rest)) >= BASELINE_VOICED_S
    return (calm, rest) if enough else None
