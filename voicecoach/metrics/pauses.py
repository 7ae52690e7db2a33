"""Silent pauses: how many, how long, where; and how much of the answer is sound.

==========================  =======================================================================  =========
name                        formula                                                                  unit
==========================  =======================================================================  =========
``silent_pauses``           silences >= 250 ms inside the answer                                     count
``pause_rate``              silent pauses / length of the answer                                     1/min
``pause_time``              sum of the silent pauses                                                 s
``mean_pause``              their mean length                                                        s
``pause_p90``               90th percentile of their lengths                                         s
``longest_pause``           the longest; 0 when there is none                                        s
``phonation_time_ratio``    (answer - silent pauses) / answer                                        ratio
``mean_length_of_run``      syllables / number of runs between silent pauses                         syllables
``mid_clause_pause_share``  silent pauses without a clause end near their start / silent pauses      ratio
``dead_air``                silent pauses >= 3 s                                                     count
``response_latency``        first speech onset - end of the prompt's sound                           s
==========================  =======================================================================  =========

The answer reaches from the first speech onset to the last offset. Threshold of 250 ms: Goldman-Eisler
(1968), de Jong & Bosker (2013). Runs and phonation time: Kormos & Denes (2004). Pauses inside a clause mark
trouble, those at its end do not: Kahng (2014), de Jong (2016). Dead air: silence over 5 s in Google's
contact centre analysis; noted here from 3 s on.

Pauses come from the sound alone; only syllables and clause ends come from the transcript. Known failures: a
filled pause (嗯) is sound, not silence; clause ends are no better than the recogniser's punctuation
and word times; another voice in the room fills the pauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.assessment import Measurement
from voicecoach.model.audio import Span, total_s
from voicecoach.units import per_s_to_per_min

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.sound import SoundFeatures

DEAD_AIR_S = 3.0
"""A pause from here on is noted as dead air, seconds (our choice, below the 5 s of contact centres)."""
DEAD_AIR_FLAG_S = 5.0
"""A pause from here on is flagged, seconds (Google Contact Center: silence over 5 s)."""
CLAUSE_END_REACH_S = 0.35
"""A clause that ends this near the start of a pause ends with it, seconds: word times are that far off."""

_UNITS = {
    "silent_pauses": "count",
    "pause_rate": "1/min",
    "pause_time": "s",
    "mean_pause": "s",
    "pause_p90": "s",
    "longest_pause": "s",
    "phonation_time_ratio": "ratio",
    "mean_length_of_run": "syllables",
    "mid_clause_pause_share": "ratio",
    "dead_air": "count",
    "response_latency": "s",
}
_DEFINITIONS = {
    "silent_pauses": "silences >= 250 ms between the first speech onset and the last offset",
    "pause_rate": "silent pauses (>= 250 ms) / length of the answer x 60 s",
    "pause_time": "sum of the silent pauses (>= 250 ms)",
    "mean_pause": "mean length of the silent pauses (>= 250 ms)",
    "pause_p90": "90th percentile of the lengths of the silent pauses (>= 250 ms)",
    "longest_pause": "longest silent pause (>= 250 ms), 0 when there is none",
    "phonation_time_ratio": "(answer - silent pauses >= 250 ms) / answer",
    "mean_length_of_run": "spoken syllables / runs between silent pauses (>= 250 ms)",
    "mid_clause_pause_share": "silent pauses with no clause end within 0.35 s of their start or inside / all",
    "dead_air": "silent pauses >= 3 s (noted; flagged from 5 s on)",
    "response_latency": "first speech onset - end of the prompt's sound",
}


def measure_pauses(
    features: SoundFeatures,
    *,
    clause_ends_s: Sequence[float] | None,
    n_syllables: int | None,
    prompt_end_s: float | None = None,
) -> tuple[Measurement, ...]:
    """Measure the pauses of one answer; what cannot be measured carries the reason.

    ``clause_ends_s``: when clauses end, seconds, from the transcript's punctuation (None or empty: unknown).
    ``n_syllables``: spoken syllables (None or 0: no transcript). ``prompt_end_s``: end of the prompt on the
    recording's clock (None: unknown); a negative latency means that the speaker did not wait for it.
    """
    answer = features.answer
    if answer is None:
        return tuple(_unmeasured(name, "no_speech") for name in _UNITS)
    pauses = features.silent_pauses()
    lengths_s = [pause.duration_s for pause in pauses]
    pause_time_s = total_s(pauses)
    longest = max(pauses, key=lambda pause: pause.duration_s, default=None)
    dead_air = tuple(pause for pause in pauses if pause.duration_s >= DEAD_AIR_S)
    return (
        _measured("silent_pauses", float(len(pauses)), pauses),
        _measured("pause_rate", per_s_to_per_min(len(pauses) / answer.duration_s), pauses),
        _measured("pause_time", pause_time_s, pauses),
        _measured("mean_pause", float(np.mean(lengths_s)), pauses)
        if pauses
        else _unmeasured("mean_pause", "no_pauses"),
        _measured("pause_p90", float(np.percentile(lengths_s, 90.0)), pauses)
        if pauses
        else _unmeasured("pause_p90", "no_pauses"),
        _measured("longest_pause", longest.duration_s if longest else 0.0, (longest,) if longest else ()),
        _measured("phonation_time_ratio", 1.0 - pause_time_s / answer.duration_s, features.units()),
        _run_length(features, n_syllables),
        _mid_clause_share(pauses, clause_ends_s),
        _measured("dead_air", float(len(dead_air)), dead_air),
        _latency(answer, prompt_end_s),
    )


def _run_length(features: SoundFeatures, n_syllables: int | None) -> Measurement:
    if not n_syllables:
        return _unmeasured("mean_length_of_run", "no_transcript")
    runs = features.units()
    return _measured("mean_length_of_run", n_syllables / len(runs), runs)


def _mid_clause_share(pauses: tuple[Span, ...], clause_ends_s: Sequence[float] | None) -> Measurement:
    if not pauses:
        return _unmeasured("mid_clause_pause_share", "no_pauses")
    if not clause_ends_s:
        return _unmeasured("mid_clause_pause_share", "no_punctuation")
    ends_s = np.asarray(clause_ends_s, dtype=np.float64)
    inside = tuple(pause for pause in pauses if not _ends_clause(pause, ends_s))
    return _measured("mid_clause_pause_share", len(inside) / len(pauses), inside)


def _ends_clause(pause: Span, ends_s: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bool:
    latest_s = max(pause.end_s, pause.start_s + CLAUSE_END_REACH_S)
    return bool(((ends_s >= pause.start_s - CLAUSE_END_REACH_S) & (ends_s <= latest_s)).any())


def _latency(answer: Span, prompt_end_s: float | None) -> Measurement:
    if prompt_end_s is None:
        return _unmeasured("response_latency", "no_prompt_end")
    waited = (Span(max(prompt_end_s, 0.0), answer.start_s),) if answer.start_s > prompt_end_s else ()
    return _measured("response_latency", answer.start_s - prompt_end_s, waited)


def _measured(name: str, value: float, evidence: tuple[Span, ...]) -> Measurement:
    return Measurement(name, value, _UNITS[name], _DEFINITIONS[name], evidence)


def _unmeasured(name: str, reason: str) -> Measurement:
    return Measurement(name, None, _UNITS[name], _DEFINITIONS[name], reason=reason)
