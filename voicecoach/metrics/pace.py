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

What interrupts the answer (hold music, a tone, lost sound) is no time of it.
Pauses and onsets come from the sound, syllables from the transcript (read out, see
:mod:`voicecoach.features.text.words`). Terms after de Jong & Wempe (2009); silent pauses from 250 ms
(Goldman-Eisler 1968). In Mandarin a 字 is a syllable, not a word.

Known failures: syllables that the recogniser dropped or invented shift every rate; a word time that is
off by more than half a pause puts a syllable into the neighbouring unit, which widens the local rates.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.metrics.gaps import pauses_hidden
from voicecoach.metrics.spec import MetricSpec
from voicecoach.model.spans import total_s
from voicecoach.units import per_s_to_per_min

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.features.text.words import SpokenSyllable
    from voicecoach.model.assessment import Measurement
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

SPEECH_RATE = MetricSpec("speech_rate", "pace", "字/min", decimals=0, text_dependent=True)
SPEECH_RATE_PRUNED = MetricSpec("speech_rate_pruned", "pace", "字/min", decimals=0, text_dependent=True)
ARTICULATION_RATE = MetricSpec("articulation_rate", "pace", "syllables/s", text_dependent=True)
LOCAL_RATE_P10 = MetricSpec("local_rate_p10", "pace", "syllables/s", text_dependent=True)
LOCAL_RATE_MEDIAN = MetricSpec("local_rate_median", "pace", "syllables/s", text_dependent=True)
LOCAL_RATE_P90 = MetricSpec("local_rate_p90", "pace", "syllables/s", text_dependent=True)
SPECS = (
    SPEECH_RATE,
    SPEECH_RATE_PRUNED,
    ARTICULATION_RATE,
    LOCAL_RATE_P10,
    LOCAL_RATE_MEDIAN,
    LOCAL_RATE_P90,
)


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
    rate, pruned_rate = _speech_rates(language)
    if reason or features.answer is None:
        specs = (rate, pruned_rate, ARTICULATION_RATE, LOCAL_RATE_P10, LOCAL_RATE_MEDIAN, LOCAL_RATE_P90)
        return tuple(spec.unmeasured(reason or "no_speech") for spec in specs)
    answer, answer_s = features.answer, features.answer_s
    n_spoken, n_pruned = _counts(syllables, language, n_words, frozenset(fillers))
    speech_rates = (
        rate.measured(per_s_to_per_min(n_spoken / answer_s), (answer,)),
        pruned_rate.measured(per_s_to_per_min(n_pruned / answer_s), (answer,)),
    )
    if pauses_hidden(features):
        rest = (ARTICULATION_RATE, LOCAL_RATE_P10, LOCAL_RATE_MEDIAN, LOCAL_RATE_P90)
        return (*speech_rates, *(spec.unmeasured("pauses_hidden") for spec in rest))
    phonation_s = answer_s - total_s(features.silent_pauses())
    return (
        *speech_rates,
        ARTICULATION_RATE.measured(len(syllables) / phonation_s, features.units()),
        *_local_rates(features.units(), syllables),
    )


def _speech_rates(language: Language) -> tuple[MetricSpec, MetricSpec]:
    """Speech rate and the pruned one as this language counts them: English words, not syllables."""
    if language == "zh":
        return SPEECH_RATE, SPEECH_RATE_PRUNED
    return SPEECH_RATE.variant("words", unit="wpm"), replace(SPEECH_RATE_PRUNED, unit="wpm")


def _reason(features: SoundFeatures, syllables: Sequence[SpokenSyllable]) -> str | None:
    """Why no rate can be given, as a code of :mod:`voicecoach.words.reasons`; None when it can."""
    if features.answer is None:
        return "no_speech"
    if not syllables:
        return "no_transcript"
    if features.answer_s < SHORTEST_ANSWER_S:
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
    return unit.overlap_s(span), -max(unit.start_s - span.middle_s, span.middle_s - unit.end_s, 0.0)


def _local_rates(units: Sequence[Span], syllables: Sequence[SpokenSyllable]) -> tuple[Measurement, ...]:
    rated = [
        (len(members) / unit.duration_s, unit)
        for unit, members in zip(units, syllables_by_unit(units, syllables), strict=True)
        if len(members) >= UNIT_SYLLABLES
    ]
    if len(rated) < FEWEST_UNITS:
        return tuple(
            spec.unmeasured("too_few_units") for spec in (LOCAL_RATE_P10, LOCAL_RATE_MEDIAN, LOCAL_RATE_P90)
        )
    rates = np.array([rate for rate, _ in rated])
    low, median, high = np.percentile(rates, [LOW_PERCENTILE, 50.0, HIGH_PERCENTILE]).tolist()
    return (
        LOCAL_RATE_P10.measured(low, [unit for rate, unit in rated if rate <= low]),
        LOCAL_RATE_MEDIAN.measured(median, [unit for _, unit in rated]),
        LOCAL_RATE_P90.measured(high, [unit for rate, unit in rated if rate >= high]),
    )
