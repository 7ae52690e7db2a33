"""Whether the pauses of a recording can be told at all.

Where others talk all around (an open office, a television) the gate hears speech throughout and no pause is
left, or a few by chance: phonation would be 100 % and green. People breathe: nobody speaks for
:data:`LONGEST_RUN_S` without a gap of 250 ms. So the figures of pauses are withheld from an answer of that
length when one run of it lasts as long, when the noise has no stretch of its own, or when the gate is sure of
a gap in less than :data:`LEAST_SURE_SHARE` of it while the speech stands out of the noise by less than
:data:`CLEAR_SNR_DB`. Measured: 14 to 79 % of clean and noisy human answers are sure gaps, 6 % of the most
fluent clip, 1.5 % and less of answers among voices as loud as 5 dB under them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.features.sound import NO_SPEECH
from voicecoach.metrics.quality import snr_db

if TYPE_CHECKING:
    from voicecoach.features.sound import SoundFeatures

LONGEST_RUN_S: Final = 20.0
LEAST_SURE_SHARE: Final = 0.03
CLEAR_SNR_DB: Final = 20.0


def pauses_hidden(features: SoundFeatures) -> bool:
    """Whether pauses, if there were any, could not be heard in this answer."""
    answer = features.answer
    if answer is None or features.answer_s < LONGEST_RUN_S:
        return False
    if max(unit.duration_s for unit in features.units()) >= LONGEST_RUN_S:
        return True
    gate = features.speech_probability.within(answer)
    if len(gate) == 0:
        return False
    ratio_db = snr_db(features)
    sure_share = float((gate < NO_SPEECH).mean())
    return ratio_db is None or (ratio_db < CLEAR_SNR_DB and sure_share < LEAST_SURE_SHARE)
