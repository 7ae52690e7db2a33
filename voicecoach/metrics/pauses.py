"""Silent pauses: how many, how long, where; and how much of the answer is sound.

==========================  =======================================================================  =========
name                        formula                                                                  unit
==========================  =======================================================================  =========
``silent_pauses``           silences >= 250 ms inside the answer                                     count
``pause_rate``              silent pauses / length of the answer                                     per_min
``pause_time``              sum of the silent pauses                                                 s
``mean_pause``              their mean length                                                        s
``pause_p90``               90th percentile of their lengths                                         s
``longest_pause``           the longest; 0 when there is none                                        s
``phonation_time_ratio``    (answer - silent pauses) / answer                                        ratio
``mean_length_of_run``      syllables / number of runs between silent pauses                         syllables
``mid_clause_pause_share``  silent pauses that stand at no clause end / silent pauses                ratio
``dead_air``                silent pauses >= 3 s                                                     count
``response_latency``        first speech onset - end of the prompt's sound                           s
==========================  =======================================================================  =========

The answer reaches from the first speech onset to the last offset; what interrupts it (hold music, a tone,
lost sound) and the silence around that are left out. Where no pause could be heard
(:mod:`voicecoach.metrics.gaps`) all but the response latency are withheld. Threshold of 250 ms:
Goldman-Eisler (1968), de Jong & Bosker (2013). Runs and phonation time: Kormos & Denes (2004). Pauses inside
a clause mark trouble, those at its end do not: Kahng (2014), de Jong (2016). Dead air: silence over 5 s in
Google's contact centre analysis; noted here from 3 s on.

Pauses come from the sound alone; only syllables and clause ends come from the transcript, and these from its
words, not from its commas (:mod:`voicecoach.features.text.clauses`). Known failures: a filled pause (嗯) is
sound, not silence; one clause end of eight is mistaken for the inside of a clause, or the other way, and one
of five where the words are figures or names; another voice in the room fills the pauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.text.clauses import UNSURE
from voicecoach.metrics.gaps import pauses_hidden
from voicecoach.metrics.spec import MetricSpec
from voicecoach.model.audio import Span
from voicecoach.model.spans import total_s
from voicecoach.units import per_s_to_per_min

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement

DEAD_AIR_S = 3.0
"""A pause from here on is noted as dead air, seconds (our choice, below the 5 s of contact centres)."""
DEAD_AIR_FLAG_S = 5.0
"""A pause from here on is flagged, seconds (Google Contact Center: silence over 5 s)."""
LEAST_TOLD_SHARE = 0.5
"""The words must tell of so many of the pauses whether a clause ends there."""

SILENT_PAUSES = MetricSpec("silent_pauses", "pauses", "count", decimals=0)
PAUSE_RATE = MetricSpec("pause_rate", "pauses", "per_min")
PAUSE_TIME = MetricSpec("pause_time", "pauses", "s")
MEAN_PAUSE = MetricSpec("mean_pause", "pauses", "s", decimals=2)
PAUSE_P90 = MetricSpec("pause_p90", "pauses", "s", decimals=2)
LONGEST_PAUSE = MetricSpec("longest_pause", "pauses", "s", decimals=2)
PHONATION_TIME_RATIO = MetricSpec("phonation_time_ratio", "pauses", "ratio", decimals=0, percent=True)
MEAN_LENGTH_OF_RUN = MetricSpec("mean_length_of_run", "pauses", "syllables", text_dependent=True)
MID_CLAUSE_PAUSE_SHARE = MetricSpec(
    "mid_clause_pause_share", "pauses", "ratio", decimals=0, percent=True, text_dependent=True
)
DEAD_AIR = MetricSpec("dead_air", "pauses", "count", decimals=0)
RESPONSE_LATENCY = MetricSpec("response_latency", "pauses", "s", decimals=2)
SPECS = (
    SILENT_PAUSES,
    PAUSE_RATE,
    PAUSE_TIME,
    MEAN_PAUSE,
    PAUSE_P90,
    LONGEST_PAUSE,
    PHONATION_TIME_RATIO,
    MEAN_LENGTH_OF_RUN,
    MID_CLAUSE_PAUSE_SHARE,
    DEAD_AIR,
    RESPONSE_LATENCY,
)


def measure_pauses(
    features: SoundFeatures,
    *,
    clause_end_odds: Sequence[float] | None,
    n_syllables: int | None,
    prompt_end_s: float | None = None,
) -> tuple[Measurement, ...]:
    """Measure the pauses of one answer; what cannot be measured carries the reason.

    ``clause_end_odds``: log odds that a clause ends, one for each silent pause
    (:func:`voicecoach.features.text.clauses.clause_end_odds`; None: no transcript).
    ``n_syllables``: spoken syllables (None or 0: no transcript). ``prompt_end_s``: end of the prompt on the
    recording's clock (None: unknown); a negative latency means that the speaker did not wait for it.
    """
    answer = features.answer
    if answer is None:
        return tuple(spec.unmeasured("no_speech") for spec in SPECS)
    if pauses_hidden(features):
        hidden = tuple(spec.unmeasured("pauses_hidden") for spec in SPECS if spec is not RESPONSE_LATENCY)
        return (*hidden, _latency(answer, prompt_end_s))
    pauses = features.silent_pauses()
    lengths_s = [pause.duration_s for pause in pauses]
    pause_time_s = total_s(pauses)
    longest = max(pauses, key=lambda pause: pause.duration_s, default=None)
    dead_air = tuple(pause for pause in pauses if pause.duration_s >= DEAD_AIR_S)
    return (
        SILENT_PAUSES.measured(float(len(pauses)), pauses),
        PAUSE_RATE.measured(per_s_to_per_min(len(pauses) / features.answer_s), pauses),
        PAUSE_TIME.measured(pause_time_s, pauses),
        MEAN_PAUSE.measured(float(np.mean(lengths_s)), pauses)
        if pauses
        else MEAN_PAUSE.unmeasured("no_pauses"),
        PAUSE_P90.measured(float(np.percentile(lengths_s, 90.0)), pauses)
        if pauses
        else PAUSE_P90.unmeasured("no_pauses"),
        LONGEST_PAUSE.measured(longest.duration_s if longest else 0.0, (longest,) if longest else ()),
        PHONATION_TIME_RATIO.measured(1.0 - pause_time_s / features.answer_s, features.units()),
        _run_length(features, n_syllables),
        _mid_clause_share(pauses, clause_end_odds),
        DEAD_AIR.measured(float(len(dead_air)), dead_air),
        _latency(answer, prompt_end_s),
    )


def _run_length(features: SoundFeatures, n_syllables: int | None) -> Measurement:
    if not n_syllables:
        return MEAN_LENGTH_OF_RUN.unmeasured("no_transcript")
    runs = features.units()
    return MEAN_LENGTH_OF_RUN.measured(n_syllables / len(runs), runs)


def _mid_clause_share(pauses: tuple[Span, ...], odds: Sequence[float] | None) -> Measurement:
    if not pauses:
        return MID_CLAUSE_PAUSE_SHARE.unmeasured("no_pauses")
    if odds is None:
        return MID_CLAUSE_PAUSE_SHARE.unmeasured("no_transcript")
    told = [(pause, odd < 0.0) for pause, odd in zip(pauses, odds, strict=True) if abs(odd) >= UNSURE]
    if len(told) < LEAST_TOLD_SHARE * len(pauses):
        return MID_CLAUSE_PAUSE_SHARE.unmeasured("clause_ends_unclear")
    inside = tuple(pause for pause, is_inside in told if is_inside)
    return MID_CLAUSE_PAUSE_SHARE.measured(len(inside) / len(told), inside)


def _latency(answer: Span, prompt_end_s: float | None) -> Measurement:
    if prompt_end_s is None:
        return RESPONSE_LATENCY.unmeasured("no_prompt_end")
    waited = (Span(max(prompt_end_s, 0.0), answer.start_s),) if answer.start_s > prompt_end_s else ()
    return RESPONSE_LATENCY.measured(answer.start_s - prompt_end_s, waited)
