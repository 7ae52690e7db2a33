"""How long an answer is: from its first speech to its last, pauses included.

What a good length is stands in the prompt (its ``target_s``), not here: without one there is no band.
Known failure: talk with somebody else before or after the answer counts as answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.metrics.spec import MetricSpec

if TYPE_CHECKING:
    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement

ANSWER_LENGTH = MetricSpec("answer_length", "pace", "s", decimals=0)
SPECS = (ANSWER_LENGTH,)


def measure_length(features: SoundFeatures) -> Measurement:
    """Last speech offset less first speech onset, seconds; hold music and the like left out."""
    answer = features.answer
    if answer is None:
        return ANSWER_LENGTH.unmeasured("no_speech")
    return ANSWER_LENGTH.measured(features.answer_s, (answer,))
