"""Agitation: how far the voice lies above the speaker's own calm one, -1 (sunk) to 1 (shouting).

Formula, after Bone, Lee & Narayanan 2014 ("Robust unsupervised arousal rating"): a high percentile of F0 in
semitones and the median spectral balance HF1000 over voiced frames, each as a distance from the speaker's
calm figure in units of his calm spread over inter-pause units; F0 counts twice::

    tanh((2 z(F0 p85) + z(HF1000)) / 3 / 2)

Differences from the paper: ``tanh`` in place of the rank in the calm sample (a rank cannot tell tense from
furious once it lies beyond every calm unit), no level (a microphone's gain control undoes it, and adding it
made things worse), and the two figures. In Mandarin the low and the falling tones pull the median of
F0 about, while anger lifts the tops of the tones; the first formant of its vowels lies on either side of
500 Hz, which makes HF500 say more of the vowels than of the effort. Percentile, border and weight were
chosen as what is best for the worst of German and two Mandarin speakers; 80 and 90 do about as well.

The calm spread is estimated from few units, so it is drawn towards what is usual:
``s^2 = (n s_calm^2 + 10 s_usual^2) / (n + 10)``.

Source: Bone, Lee & Narayanan 2014, IEEE Transactions on Affective Computing 5(2).
Known failure: joy and fear raise the voice as anger does; another microphone, or another place before
it, moves HF1000 by itself, so the calm voice must be recorded on the same equipment. Creak lowers F0.
Neither figure can be judged without a calm reference: a man who shouts has the F0 of a calm woman, and
the balance of calm readers spreads over 16 dB by their microphones alone. Without one no figure is given.
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
    from voicecoach.model.audio import Span, Track

HIGH_PERCENTILE = 85.0
"""The percentile of F0 that stands for how high a voice goes, %."""
F0_WEIGHT = 2.0
"""So much more F0 counts than the spectral balance: by itself it parts angry from calm Mandarin nearly as
well as both do, the balance does not."""
USUAL_F0_SD_ST = 2.0
"""Usual spread of a calm speaker's F0 over units, semitones: medians of neutral acted German .9 to 1.9 over
five speakers, 85th percentiles of neutral acted Mandarin 1.5 and 2.8 over two (own measurement)."""
USUAL_HF500_SD_DB = 3.0
"""Usual spread of a calm speaker's median HF500 over units, dB: the same five speakers 1.7 to 3.9."""
USUAL_HF1000_SD_DB = 3.0
"""Usual spread of a calm speaker's median HF1000 over units, dB: two Mandarin speakers 2.9 and 3.7."""
USUAL_WEIGHT_UNITS = 10
"""The usual spread counts as much as this many units of the speaker's own."""
UNIT_VOICED_S = 0.2
"""An inter-pause unit with less voiced sound has no figure worth having, seconds (about two syllables)."""
BASELINE_VOICED_S = 2.0
"""A calm baseline needs at least this much voiced sound, seconds (about 5 s of talk)."""
SPREAD_UNITS = 3
"""Fewest units whose spread says anything."""
TAKES_NEEDED = 3
"""Fewest earlier takes of the speaker that can stand for his calm voice."""
CALM_SHARE = 0.5
"""So large a share of the earlier takes, those nearest the middle of all, is taken for calm."""


@dataclass(frozen=True, slots=True)
class VoicedUnit:
    """One inter-pause unit: its figures over ``voiced_s`` seconds of voiced frames.

    ``f0_st`` and ``hf500_db`` are medians, ``f0_high_st`` the 85th percentile of F0, ``hf1000_db`` a median.
    """

    span: Span
    f0_st: float
    f0_high_st: float
    hf500_db: float
    hf1000_db: float
    voiced_s: float


@dataclass(frozen=True, slots=True)
class Voice:
    """What is placed in a baseline: the 85th percentile of F0 in semitones, and the median HF1000 in dB."""

    f0_high_st: float
    hf1000_db: float


def voiced_units(features: SoundFeatures) -> tuple[VoicedUnit, ...]:
    """The inter-pause units that hold enough voiced sound, with their figures."""
    units = []
    for span in features.units():
        pitch_hz, hf500_db = features.pitch.within(span), features.hf500.within(span)
        hf1000_db = features.hf1000.within(span)
        voiced = np.isfinite(pitch_hz) & np.isfinite(hf500_db) & np.isfinite(hf1000_db)
        voiced_s = float(voiced.sum()) * features.pitch.hop_s
        if voiced_s >= UNIT_VOICED_S:
            f0_st = np.asarray(hz_to_st(pitch_hz[voiced]), dtype=np.float64)
            units.append(
                VoicedUnit(
                    span,
                    float(np.median(f0_st)),
                    high_of(f0_st),
                    float(np.median(hf500_db[voiced])),
                    float(np.median(hf1000_db[voiced])),
                    voiced_s,
                )
            )
    return tuple(units)


def high_of(f0: NDArray[np.float64]) -> float:
    """How high a voice goes: the 85th percentile of its F0, in the unit of ``f0``; >= 1 value is needed."""
    return float(np.percentile(f0, HIGH_PERCENTILE))


def defined(track: Track, spans: Sequence[Span]) -> NDArray[np.float64]:
    """The values of ``track`` within ``spans`` that are not NaN, in order."""
    values: NDArray[np.float64] = np.concatenate([track.within(span) for span in spans] or [np.empty(0)])
    return values[np.isfinite(values)]


def baseline_of(recordings: Iterable[SoundFeatures]) -> Baseline:
    """The calm voice heard in ``recordings`` of one speaker on one microphone.

    Its figures are those of all their voiced frames together, as a take's are; its spreads are over units.
    Raises InputError when they hold under 2 s of voiced sound.
    """
    heard = list(recordings)
    units = [unit for features in heard for unit in voiced_units(features)]
    voiced_s = sum(unit.voiced_s for unit in units)
    if voiced_s < BASELINE_VOICED_S:
        raise InputError(
            "calibration-unvoiced", voiced_s=f"{voiced_s:.1f}", needed_s=f"{BASELINE_VOICED_S:.0f}"
        )
    pitch_hz: NDArray[np.float64] = np.concatenate([defined(sound.pitch, sound.speech) for sound in heard])
    hf1000_db: NDArray[np.float64] = np.concatenate([defined(sound.hf1000, sound.speech) for sound in heard])
    calm = Voice(high_of(np.asarray(hz_to_st(pitch_hz), dtype=np.float64)), float(np.median(hf1000_db)))
    return _baseline(calm, units)


def baseline_of_units(units: Sequence[VoicedUnit]) -> Baseline:
    """The baseline that at least one unit makes: the median unit."""
    return _baseline(_middle(units), units)


def baseline_of_takes(voices: Sequence[Voice]) -> Baseline | None:
    """The calm voice of a speaker by his earlier takes on one microphone; None when they are too few.

    Nobody says which of them were calm: the half nearest the middle of all is taken, so that less than a
    quarter of agitated takes changes nothing. How a voice varies from unit to unit cannot be seen in
    figures of whole takes, so the spread is the usual one, widened by what the takes differ.
    """
    if len(voices) < TAKES_NEEDED:
        return None
    middle = _middle(voices)
    usual = Baseline(middle.f0_high_st, USUAL_F0_SD_ST, middle.hf1000_db, USUAL_HF1000_SD_DB, 1)
    calm = sorted(voices, key=lambda voice: abs(agitation(voice, usual)))
    calm = calm[: math.ceil(CALM_SHARE * len(voices))]
    f0_st, hf1000_db = (np.array(values) for values in zip(*map(_figures, calm), strict=True))
    return Baseline(
        f0_high_st=float(np.median(f0_st)),
        f0_high_sd_st=math.hypot(USUAL_F0_SD_ST, float(np.std(f0_st))),
        hf1000_db=float(np.median(hf1000_db)),
        hf1000_sd_db=math.hypot(USUAL_HF1000_SD_DB, float(np.std(hf1000_db))),
        n_units=len(calm),
        n_takes=len(voices),
    )


def _figures(voice: Voice | VoicedUnit) -> tuple[float, float]:
    return voice.f0_high_st, voice.hf1000_db


def _middle(voices: Sequence[Voice | VoicedUnit]) -> Voice:
    f0_st, hf1000_db = np.median([_figures(voice) for voice in voices], axis=0).tolist()
    return Voice(f0_st, hf1000_db)


def _baseline(calm: Voice, units: Sequence[VoicedUnit]) -> Baseline:
    return Baseline(
        f0_high_st=calm.f0_high_st,
        f0_high_sd_st=calm_spread([unit.f0_high_st for unit in units], USUAL_F0_SD_ST),
        hf1000_db=calm.hf1000_db,
        hf1000_sd_db=calm_spread([unit.hf1000_db for unit in units], USUAL_HF1000_SD_DB),
        n_units=len(units),
    )


def calm_spread(values: Sequence[float], usual: float) -> float:
    """SD of at least one value about the median, drawn towards the usual one."""
    n, weight = len(values), USUAL_WEIGHT_UNITS
    own = float(np.mean(np.square(np.array(values) - np.median(values))))
    return math.sqrt((n * own + weight * usual**2) / (n + weight))


def agitation(voice: Voice | VoicedUnit, baseline: Baseline) -> float:
    """Where a voice lies from the calm one, -1..1; 0 at the baseline."""
    f0 = (voice.f0_high_st - baseline.f0_high_st) / baseline.f0_high_sd_st
    hf1000 = (voice.hf1000_db - baseline.hf1000_db) / baseline.hf1000_sd_db
    return math.tanh((F0_WEIGHT * f0 + hf1000) / (F0_WEIGHT + 1.0) / 2.0)
