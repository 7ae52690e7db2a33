"""How fast somebody speaks: speech rate, articulation rate, local rates.

=====================  ============================================================  ==============
name                   formula                                                       unit
=====================  ============================================================  ==============
``speech_rate``        spoken syllables (en: words) / (last speech offset - first    字/min, en wpm
                       speech onset), pauses included
``speech_rate_pruned`` the same without fillers                                      字/min, en wpm
``articulation_rate``  spoken syllables / (the answer minus its silent pauses)       syllables/s
``local_rate_*``       syllables / duration of every inter-pause unit of at least    syllables/s
                       five syllables: median, 10th and 90th percentile
=====================  ============================================================  ==============

Pauses and onsets come from the sound, syllables from the transcript (read out, see
:mod:`voicecoach.features.text.words`). Terms after de Jong & Wempe (2009); silent pauses from 250 ms
(Goldman-Eisler 1968). In Mandarin a 字 is a syllable, not a word.

Known failures: syllables that the recogniser dropped or invented shift every rate; a word time that is
off by more than half a pause puts a syllable into the neighbouring unit, which widens the local rates.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.assessment import Measurement
from voicecoach.model.audio import total_s
from voicecoach.units import per_s_to_per_min

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.features.text.words import SpokenSyllable
    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language

SHORTEST_ANSWER_S = 15.0
"""A rate over less than this says little, seconds (metrics of this project)."""
FEWEST_SYLLABLES = 40
"""Nor does one over fewer syllables than this."""
UNIT_SYLLABLES = 5
"""An inter-pause unit needs so many syllables to have a rate of its own."""
FEWEST_UNITS = 3
"""So many units are needed to speak of a spread."""
LOW_PERCENTILE, HIGH_PERCENTILE = 10.0, 90.0

_DEFINITIONS = {
    "speech_rate": "{what} / (last speech offset - first speech onset) x 60 s, pauses included",
    "speech_rate_pruned": "speech rate with the fillers found left out of the count",
    "articulation_rate": "spoken syllables / (answer minus silent pauses >= 250 ms)",
    "local_rate_p10": "10th percentile of the articulation rate of units between pauses (>= 5 syllables)",
    "local_rate_median": "median of the articulation rate of units between pauses (>= 5 syllables)",
    "local_rate_p90": "90th percentile of the articulation rate of units between pauses (>= 5 syllables)",
}
_LOCAL = {
    "local_rate_p10": LOW_PERCENTILE,
    "local_rate_median": 50.0,
    "local_rate_p90": HIGH_PERCENTILE,
}


def measure_pace(
    features: SoundFeatures,
    syllables: Sequence[SpokenSyllable],
    language: Language,
    *,
    n_words: int,
    fillers: Collection[int] = (),
) -> tuple[Measurement, ...]:
    """Measure all rates of one answer; those that cannot be measured carry the reason.

    ``n_words`` counts the words said (:func:`voicecoach.features.text.words.word_count`), used for English;
    ``fillers`` holds the indices into ``syllables`` that are fillers, left out of the pruned rate.
    """
    reason = _reason(features, syllables)
    if reason or features.answer is None:
        return tuple(_measurement(name, None, language, reason=reason) for name in _DEFINITIONS)
    answer = features.answer
    n_spoken, n_pruned = _counts(syllables, language, n_words, frozenset(fillers))
    phonation_s = answer.duration_s - total_s(features.silent_pauses())
    return (
        _measurement("speech_rate", per_s_to_per_min(n_spoken / answer.duration_s), language, (answer,)),
        _measurement(
            "speech_rate_pruned", per_s_to_per_min(n_pruned / answer.duration_s), language, (answer,)
        ),
        _measurement("articulation_rate", len(syllables) / phonation_s, language, features.units()),
        *_local_rates(features.units(), syllables, language),
    )


def _reason(features: SoundFeatures, syllables: Sequence[SpokenSyllable]) -> str | None:
    """Why no rate can be given, as a code of :mod:`voicecoach.metrics.reasons`; None when it can."""
    if features.answer is None:
        return "no_speech"
    if not syllables:
        return "no_transcript"
    if features.answer.duration_s < SHORTEST_ANSWER_S:
        return "too_short"
    return "too_few_words" if len(syllables) < FEWEST_SYLLABLES else None


def _counts(
    syllables: Sequence[SpokenSyllable], language: Language, n_words: int, fillers: frozenset[int]
) -> tuple[int, int]:
    """What the speech rate counts, with and without fillers."""
    if language == "zh":
        return len(syllables), len(syllables) - len(fillers)
    return n_words, n_words - len({syllables[index].word for index in fillers})


def syllables_by_unit(
    units: Sequence[Span], syllables: Sequence[SpokenSyllable]
) -> tuple[tuple[int, ...], ...]:
    """The indices of the syllables of each unit: where a syllable overlaps most, else the nearest unit.

    ``units`` are ordered and do not overlap; syllables without a time belong to none.
    """
    ends = [unit.end_s for unit in units]
    members: list[list[int]] = [[] for _ in units]
    for index, syllable in enumerate(syllables):
        span = syllable.span
        if span is None or not units:
            continue
        first = min(bisect_left(ends, span.start_s), len(units) - 1)
        near = range(max(0, first - 1), min(len(units), first + 3))
        closeness = [_closeness(units[unit], span) for unit in near]
        members[near[closeness.index(max(closeness))]].append(index)
    return tuple(tuple(unit) for unit in members)


def _closeness(unit: Span, span: Span) -> tuple[float, float]:
    """Sort key: seconds of overlap first, then the nearness of the middle of ``span``, seconds."""
    middle_s = (span.start_s + span.end_s) / 2
    return unit.overlap_s(span), -max(unit.start_s - middle_s, middle_s - unit.end_s, 0.0)


def _local_rates(
    units: Sequence[Span], syllables: Sequence[SpokenSyllable], language: Language
) -> list[Measurement]:
    rated = [
        (len(members) / unit.duration_s, unit)
        for unit, members in zip(units, syllables_by_unit(units, syllables), strict=True)
        if len(members) >= UNIT_SYLLABLES
    ]
    if len(rated) < FEWEST_UNITS:
        return [_measurement(name, None, language, reason="too_few_units") for name in _LOCAL]
    rates = np.array([rate for rate, _ in rated])
    measured = []
    for name, percentile in _LOCAL.items():
        value = float(np.percentile(rates, percentile))
        if name == "local_rate_p10":
            evidence = tuple(unit for rate, unit in rated if rate <= value)
        elif name == "local_rate_p90":
            evidence = tuple(unit for rate, unit in rated if rate >= value)
        else:
            evidence = tuple(unit for _, unit in rated)
        measured.append(_measurement(name, value, language, evidence))
    return measured


def _measurement(
    name: str,
    value: float | None,
    language: Language,
    evidence: tuple[Span, ...] = (),
    *,
    reason: str | None = None,
) -> Measurement:
    per_minute = "字/min" if language == "zh" else "wpm"
    return Measurement(
        name=name,
        value=value,
        unit=per_minute if name.startswith("speech_rate") else "syllables/s",
        definition=_DEFINITIONS[name].format(
            what="spoken syllables, figures and letters as read" if language == "zh" else "spoken words"
        ),
        evidence=evidence,
        reason=reason,
    )
