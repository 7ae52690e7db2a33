"""Whether the recording itself can be trusted: signal-to-noise ratio and clipping.

============  ==========================================================================  =====
name          formula                                                                     unit
============  ==========================================================================  =====
``snr``       10 log10((P_speech - P_noise) / P_noise), in the band of the level track    dB
``clipping``  samples at full scale / all samples, before any resampling                  ratio
============  ==========================================================================  =====

``P_speech`` is the mean power inside the sounding spans; ``P_noise`` the median level outside, since what is
outside speech also holds coughs and clicks. Known failures: a noise gate or noise suppression empties the
pauses and makes the ratio look far better than the speech is; noise that comes only with speech
(reverberation, coding) is not seen; with other voices in the room the pauses hold speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.assessment import Measurement
from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from voicecoach.features.sound import SoundFeatures

HIGHEST_SNR_DB = 100.0
"""More is not told apart: 16-bit rounding noise lies 98 dB under a full-scale sine."""
LOWEST_SNR_DB = -20.0
"""Nor is less: speech that does not stand out of its noise."""

_SNR_DEFINITION = "10 log10((mean power in speech - noise power) / noise power), 150-4000 Hz"
_CLIPPING_DEFINITION = "samples at full scale (>= 0.98) / all samples, before resampling"


def measure_quality(features: SoundFeatures, *, clipping_ratio: float) -> tuple[Measurement, ...]:
    """Signal-to-noise ratio and clipping; ``clipping_ratio`` 0..1 was counted when the file was read."""
    clipping = Measurement("clipping", clipping_ratio, "ratio", _CLIPPING_DEFINITION)
    return (_snr(features), clipping)


def _snr(features: SoundFeatures) -> Measurement:
    powers = [10.0 ** (features.level.within(span) / 10.0) for span in features.speech]
    speech = np.concatenate([np.zeros(0), *powers])
    if len(speech) == 0:
        return Measurement("snr", None, "dB", _SNR_DEFINITION, reason="no_speech")
    if features.noise_floor_dbfs is None:
        return Measurement("snr", None, "dB", _SNR_DEFINITION, reason="no_noise_reference")
    noise = 10.0 ** (features.noise_floor_dbfs / 10.0)
    ratio_db = power_to_db(max(float(speech.mean()) - noise, 0.0) / noise)
    value = float(np.clip(ratio_db, LOWEST_SNR_DB, HIGHEST_SNR_DB))
    return Measurement("snr", value, "dB", _SNR_DEFINITION, features.speech)
