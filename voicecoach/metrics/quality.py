"""Whether the recording itself can be trusted: signal-to-noise ratio and clipping.

============  ==========================================================================  =====
name          formula                                                                     unit
============  ==========================================================================  =====
``snr``       10 log10((P_speech - P_noise) / P_noise), in the band of the level track    dB
``clipping``  samples at full scale / all samples, before any resampling                  ratio
============  ==========================================================================  =====

``P_speech`` is the mean power inside the sounding spans; ``P_noise`` that of the noise, followed over the
answer (:func:`voicecoach.features.speech.noise_floor_dbfs`), so noise that comes late or goes counts by its
time, and a cough does not. Music, tones and lost sound are on neither side. Known failures: a noise gate or
noise suppression empties the pauses and makes the ratio look far better than the speech is; noise that comes
only with speech (reverberation, coding) is not seen; with other voices in the room the pauses hold speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.metrics.spec import MetricSpec
from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement

HIGHEST_SNR_DB = 100.0
"""More is not told apart: 16-bit rounding noise lies 98 dB under a full-scale sine."""
LOWEST_SNR_DB = -20.0
"""Nor is less: speech that does not stand out of its noise."""

SNR = MetricSpec("snr", "recording", "dB", decimals=0)
CLIPPING = MetricSpec("clipping", "recording", "ratio", decimals=2, percent=True)
SPECS = (SNR, CLIPPING)


def measure_quality(features: SoundFeatures, *, clipping_ratio: float) -> tuple[Measurement, ...]:
    """Signal-to-noise ratio and clipping; ``clipping_ratio`` 0..1 was counted when the file was read."""
    return (_snr(features), CLIPPING.measured(clipping_ratio))


def snr_db(features: SoundFeatures) -> float | None:
    """Signal-to-noise ratio in dB; None without speech or without noise to measure."""
    powers = [10.0 ** (features.level.within(span) / 10.0) for span in features.speech]
    speech = np.concatenate([np.zeros(0), *powers])
    if len(speech) == 0 or features.noise_floor_dbfs is None:
        return None
    noise = 10.0 ** (features.noise_floor_dbfs / 10.0)
    ratio_db = power_to_db(max(float(speech.mean()) - noise, 0.0) / noise)
    return float(np.clip(ratio_db, LOWEST_SNR_DB, HIGHEST_SNR_DB))


def _snr(features: SoundFeatures) -> Measurement:
    value = snr_db(features)
    if value is None:
        return SNR.unmeasured("no_noise_reference" if features.speech else "no_speech")
    return SNR.measured(value, features.speech)
