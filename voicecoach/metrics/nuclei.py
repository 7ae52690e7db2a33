"""Articulation rate from the sound alone: syllable nuclei a second, a cross-check on the transcript's rate.

Formula, after de Jong & Wempe 2009: peaks of the level within the inter-pause units, not more than 25 dB
below the loudest, voiced, and told from the next by a dip of at least 3 dB in Mandarin and 2 dB in
English; their number over the phonation time (answer minus silent pauses >= 250 ms).

The level is that of 150-4000 Hz in 20 ms windows, smoothed over another 20 ms: a dip between two open
vowels (意义) is shallow, and more smoothing fills it. The constants were compared on 54 utterances
of one speaker and checked on 15 others (``tests/benchmarks/bench_tone.py``).

Source: de Jong & Wempe 2009, Behavior Research Methods 41(2).
Known failure: whispered and devoiced syllables are missed, a vowel that wavers (creak, a slow third
tone) counts twice, noise under 10 dB SNR fills the dips. Good for an alarm, not for a score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.metrics.spec import MetricSpec
from voicecoach.model.spans import total_s

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.audio import Span, Track
    from voicecoach.model.transcript import Language

DIP_DB: Mapping[Language, float] = {"zh": 3.0, "en": 2.0}
"""Smallest dip between two nuclei, dB (en: de Jong & Wempe 2009; zh: project's choice, Mandarin syllables
begin with a consonant more often and swing in level with their tone)."""
REACH_DB = 25.0
"""A nucleus lies at most this far below the loudest ones, dB (de Jong & Wempe 2009)."""
LOUDEST_PERCENTILE = 99.0
"""The loudest: this percentile of the level within the units, % (a bang does not count)."""
SMOOTHING_S = 0.020
"""Length of the Hann window that smooths the power, seconds."""
VOICING_REACH_S = 0.024
"""A peak is voiced when a voiced frame lies this near, seconds: a hop and a half of the pitch track."""
SHORTEST_S = 1.0
"""Least phonation time for a rate, seconds."""

NUCLEI_RATE = MetricSpec("nuclei_rate", "pace", "syllables/s", facts={"dip": f"{DIP_DB['zh']:.0f}"})
SPECS = (NUCLEI_RATE,)


def measure_nuclei(
    features: SoundFeatures, *, language: Language, nuclei: NDArray[np.float64] | None = None
) -> Measurement:
    """``nuclei_rate`` in syllables/s of phonation time; ``nuclei``: those of :func:`nuclei_s`, once known."""
    dip_db = DIP_DB[language]
    dip = f"{dip_db:.0f}"
    units = features.units()
    phonation_s = total_s(units)
    if phonation_s < SHORTEST_S:
        return NUCLEI_RATE.unmeasured("too_little_voiced" if units else "no_speech", dip=dip)
    times_s = nuclei_s(features, dip_db=dip_db) if nuclei is None else nuclei
    return NUCLEI_RATE.measured(len(times_s) / phonation_s, units, dip=dip)


def nuclei_s(features: SoundFeatures, *, dip_db: float) -> NDArray[np.float64]:
    """The times of the syllable nuclei, in seconds, float64 (n,), ascending."""
    loud_s = peaks_s(features.level, features.units(), dip_db=dip_db)
    voiced_s = features.pitch.times_s[np.isfinite(features.pitch.values)]
    near = np.searchsorted(voiced_s, loud_s + VOICING_REACH_S) > np.searchsorted(
        voiced_s, loud_s - VOICING_REACH_S
    )
    return loud_s[near]


def peaks_s(level: Track, units: Sequence[Span], *, dip_db: float) -> NDArray[np.float64]:
    """The times of the loud peaks of ``level`` (dBFS) in ``units``, voiced or not, in seconds, ascending."""
    smooth_dbfs = _smoothed(level.values, round(SMOOTHING_S / level.hop_s))
    ranges = [range(*np.searchsorted(level.times_s, [unit.start_s, unit.end_s]).tolist()) for unit in units]
    inside = np.concatenate([smooth_dbfs[r.start : r.stop] for r in ranges] or [np.empty(0)])
    if len(inside) == 0:
        return np.empty(0)
    lowest_dbfs = float(np.percentile(inside, LOUDEST_PERCENTILE)) - REACH_DB
    peaks = [
        r.start + peak for r in ranges for peak in peaks_between_dips(smooth_dbfs[r.start : r.stop], dip_db)
    ]
    return level.times_s[[peak for peak in peaks if smooth_dbfs[peak] >= lowest_dbfs]]


def peaks_between_dips(level_db: NDArray[np.float64], dip_db: float) -> list[int]:
    """Indices of the peaks of ``level_db`` (t,) that dips of at least ``dip_db`` on both sides set apart.

    The ends count as dips, so a level without any dip has one peak; an empty one has none.
    """
    if len(level_db) == 0:
        return []
    turns = np.flatnonzero(np.diff(np.sign(np.diff(level_db))) != 0) + 1
    peaks: list[int] = []
    best, lowest = 0, np.inf
    rising = True
    for i in [0, *turns.tolist(), len(level_db) - 1]:
        value = level_db[i]
        if rising:
            if value > level_db[best]:
                best = i
            elif level_db[best] - value >= dip_db:
                peaks.append(best)
                rising, lowest = False, value
        elif value - lowest >= dip_db:
            rising, best = True, i
        else:
            lowest = min(lowest, value)
    return [*peaks, best] if rising else peaks


def _smoothed(level_db: NDArray[np.float64], n_frames: int) -> NDArray[np.float64]:
    """The level (t,), its power averaged by a Hann window of about ``n_frames`` frames."""
    reach = n_frames // 2
    window = np.hanning(2 * reach + 3)[1:-1]
    power = np.pad(10.0 ** (level_db / 10.0), reach, mode="edge")
    return np.asarray(10.0 * np.log10(np.convolve(power, window / window.sum(), "valid")), dtype=np.float64)
