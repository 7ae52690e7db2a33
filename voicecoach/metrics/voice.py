"""Tone: pitch, its height, variety and range, spectral balance, agitation, steadiness, loudness dynamics.

Formulas stand in the catalogue (``formula-NAME``). Pitch spreads are in semitones, so that low and high
voices compare (Nolan 2003). Loudness is only ever relative: on a recording whose level was
normalised, or that passed a microphone's gain control, absolute loudness says the opposite of effort.

Sources: agitation, HF500: Bone, Lee & Narayanan 2014 (see :mod:`voicecoach.metrics.agitation`); robust
trimming at 3.5 scaled median absolute deviations: Iglewicz & Hoaglin 1993.
Known failure: in Mandarin the SD of F0 holds lexical tone as well as intonation, hence
``pitch_variety_units``; in noise the softest voiced frames sink into the floor, which
narrows ``loudness_range``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.metrics.agitation import (
    SPREAD_UNITS,
    Voice,
    VoicedUnit,
    agitation,
    baseline_of_units,
    defined,
    high_of,
    voiced_units,
)
from voicecoach.metrics.spec import MetricSpec
from voicecoach.model.audio import Track
from voicecoach.units import hz_to_st, st_to_hz

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.audio import Span
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.transcript import Language

MEDIAN_VOICED_S = 0.3
"""Least voiced sound for a median, seconds (about two syllables)."""
SPREAD_VOICED_S = 2.0
"""Least voiced sound for a spread, seconds: about ten syllables, so that all lexical tones occur."""
TENSE = 0.4
"""Agitation above which a unit is shown as evidence (project's choice, the band's green limit)."""
TRIM_DEVIATIONS = 3.5
"""Frames further from the median than this many scaled median absolute deviations are left out of the SD."""
MAD_TO_SD = 1.4826
"""Median absolute deviation to SD of a normal distribution (1 / the normal quantile of 3/4)."""
SURGE_DB = 6.0
"""A unit this much above the running median is a surge, dB (project's choice: twice the amplitude)."""
SURGE_WINDOW_UNITS = 9
"""The running median looks at this many units, the unit itself in the middle."""

_SCALE = "-1..1"
PITCH_MEDIAN = MetricSpec("pitch_median", "voice", "Hz", decimals=0)
PITCH_HIGH = MetricSpec("pitch_high", "voice", "Hz", decimals=0)
PITCH_VARIETY = MetricSpec("pitch_variety", "voice", "st")
PITCH_VARIETY_UNITS = MetricSpec("pitch_variety_units", "voice", "st")
PITCH_RANGE = MetricSpec("pitch_range", "voice", "st")
HF500 = MetricSpec("hf500", "voice", "dB")
HF1000 = MetricSpec("hf1000", "voice", "dB")
AGITATION = MetricSpec("agitation", "voice", _SCALE, decimals=2)
AGITATION_OWN_TAKES = AGITATION.variant("own_takes")
STEADINESS = MetricSpec("steadiness", "voice", _SCALE, decimals=2)
LOUDNESS_RANGE = MetricSpec("loudness_range", "voice", "dB")
LEVEL_SURGES = MetricSpec("level_surges", "voice", "count", decimals=0)
SPECS = (
    PITCH_MEDIAN,
    PITCH_HIGH,
    PITCH_VARIETY,
    PITCH_VARIETY_UNITS,
    PITCH_RANGE,
    HF500,
    HF1000,
    AGITATION,
    STEADINESS,
    LOUDNESS_RANGE,
    LEVEL_SURGES,
)


def measure_voice(
    features: SoundFeatures, *, language: Language, baseline: Baseline | None = None
) -> tuple[Measurement, ...]:
    """All figures of tone of one recording; ``baseline`` is the speaker's calm voice on the same microphone.

    A figure that the sound cannot support has the value None and a reason's code.
    """
    units = voiced_units(features)
    return (
        *_pitch(features, units),
        *((_pitch_of_units(features, units),) if language == "zh" else ()),
        *_balance(features, units),
        _agitation(features, units, baseline),
        _steadiness(features, units),
        *_loudness(features),
    )


def _pitch(features: SoundFeatures, units: Sequence[VoicedUnit]) -> tuple[Measurement, ...]:
    pitch_hz = defined(features.pitch, features.speech)
    pitch_st = np.asarray(hz_to_st(pitch_hz), dtype=np.float64)
    voiced_s = len(pitch_st) * features.pitch.hop_s
    median_hz = high_hz = variety_st = range_st = None
    if voiced_s >= MEDIAN_VOICED_S:
        median_hz, high_hz = float(np.median(pitch_hz)), st_to_hz(high_of(pitch_st))
    if voiced_s >= SPREAD_VOICED_S:
        variety_st = robust_sd(pitch_st)
        range_st = float(np.subtract(*np.percentile(pitch_st, [95.0, 5.0])))
    spans, reason = _spans(units), _reason(features)
    return (
        _figure(PITCH_MEDIAN, median_hz, spans, reason),
        _figure(PITCH_HIGH, high_hz, spans, reason),
        _figure(PITCH_VARIETY, variety_st, spans, reason),
        _figure(PITCH_RANGE, range_st, spans, reason),
    )


def robust_sd(values: NDArray[np.float64]) -> float:
    """SD of the values within 3.5 scaled median absolute deviations of the median; >= 1 value is needed."""
    distance = np.abs(values - np.median(values))
    limit = TRIM_DEVIATIONS * MAD_TO_SD * float(np.median(distance))
    return float(np.std(values[distance <= limit])) if limit > 0.0 else float(np.std(values))


def _pitch_of_units(features: SoundFeatures, units: Sequence[VoicedUnit]) -> Measurement:
    enough = len(units) >= SPREAD_UNITS
    return _figure(
        PITCH_VARIETY_UNITS,
        float(np.std([unit.f0_st for unit in units], ddof=1)) if enough else None,
        _spans(units),
        "too_few_units" if features.speech else "no_speech",
    )


def _balance(features: SoundFeatures, units: Sequence[VoicedUnit]) -> tuple[Measurement, ...]:
    figures = []
    for spec, track in ((HF500, features.hf500), (HF1000, features.hf1000)):
        values = defined(track, features.speech)
        enough = len(values) * track.hop_s >= MEDIAN_VOICED_S
        value = float(np.median(values)) if enough else None
        figures.append(_figure(spec, value, _spans(units), _reason(features)))
    return tuple(figures)


def _agitation(
    features: SoundFeatures, units: Sequence[VoicedUnit], baseline: Baseline | None
) -> Measurement:
    """The take's voice in the baseline; without one it cannot be told from chance, and is not given."""
    if baseline is None:
        return AGITATION.unmeasured("no_baseline")
    spec = AGITATION
    if baseline.n_takes:
        spec = replace(AGITATION_OWN_TAKES, facts={"n": f"{baseline.n_takes}"})
    pitch_hz = defined(features.pitch, features.speech)
    hf1000_db = defined(features.hf1000, features.speech)
    if min(len(pitch_hz), len(hf1000_db)) * features.pitch.hop_s < MEDIAN_VOICED_S:
        return spec.unmeasured(_reason(features))
    voice = Voice(high_of(np.asarray(hz_to_st(pitch_hz), dtype=np.float64)), float(np.median(hf1000_db)))
    tense = tuple(unit.span for unit in units if agitation(unit, baseline) > TENSE)
    return spec.measured(agitation(voice, baseline), tense)


def _steadiness(features: SoundFeatures, units: Sequence[VoicedUnit]) -> Measurement:
    value = None
    if len(units) >= SPREAD_UNITS:
        own = baseline_of_units(units)
        value = float(np.std([agitation(unit, own) for unit in units], ddof=1))
    return _figure(
        STEADINESS,
        value,
        _spans(units),
        "too_few_units" if features.speech else "no_speech",
    )


def _loudness(features: SoundFeatures) -> tuple[Measurement, ...]:
    """Range of the voiced level, and the units that stand out of their surroundings."""
    level = _voiced_level(features)
    voiced = defined(level, features.speech)
    enough = len(voiced) * level.hop_s >= SPREAD_VOICED_S
    units = [(span, values) for span in features.units() if len(values := defined(level, [span]))]
    above_db = _above_running_median(np.array([np.median(values) for _, values in units]))
    surges = tuple(span for (span, _), above in zip(units, above_db, strict=True) if above > SURGE_DB)
    return (
        _figure(
            LOUDNESS_RANGE,
            float(np.subtract(*np.percentile(voiced, [95.0, 10.0]))) if enough else None,
            (),
            _reason(features),
        ),
        _figure(
            LEVEL_SURGES,
            float(len(surges)) if len(units) >= SPREAD_UNITS else None,
            surges,
            "too_few_units" if features.speech else "no_speech",
        ),
    )


def _voiced_level(features: SoundFeatures) -> Track:
    """Level on the grid of the pitch, the value nearest in time; NaN where unvoiced."""
    pitch, level = features.pitch, features.level
    index = np.rint((pitch.times_s - level.first_s) / level.hop_s).astype(np.intp)
    nearest = level.values[np.clip(index, 0, len(level.values) - 1)]
    return Track(np.where(np.isfinite(pitch.values), nearest, np.nan), pitch.first_s, pitch.hop_s, level.unit)


def _spans(units: Sequence[VoicedUnit]) -> tuple[Span, ...]:
    return tuple(unit.span for unit in units)


def _reason(features: SoundFeatures) -> str:
    return "too_little_voiced" if features.speech else "no_speech"


def _above_running_median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value less the median of the window around it, the window cut at the ends."""
    reach = SURGE_WINDOW_UNITS // 2
    medians = [np.median(values[max(i - reach, 0) : i + reach + 1]) for i in range(len(values))]
    return np.asarray(values - np.array(medians), dtype=np.float64)


def _figure(spec: MetricSpec, value: float | None, evidence: tuple[Span, ...], reason: str) -> Measurement:
    """A measurement with its value, or else with the reason and no evidence."""
    return spec.unmeasured(reason) if value is None else spec.measured(value, evidence)
