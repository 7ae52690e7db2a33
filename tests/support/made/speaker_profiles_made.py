"""Speaker profiles for tests: one that is whole, any field changed."""

from __future__ import annotations

from typing import Any

from voicecoach.model.speaker_profile import SpeakerProfile

WHOLE: dict[str, Any] = {
    "name": "me",
    "created": "2026-11-20T08:00:00.000+00:00",
    "language": "zh",
    "device": "Headset",
    "output_device": "Speakers",
    "f0_median_hz": 200.0,
    "f0_sd_st": 1.8,
    "hf500_db": -6.0,
    "hf500_sd_db": 2.5,
    "f0_high_hz": 240.0,
    "f0_high_sd_st": 2.1,
    "hf1000_db": -12.0,
    "hf1000_sd_db": 2.9,
    "n_units": 8,
    "level_dbfs": -28.0,
    "noise_floor_dbfs": -70.0,
    "snr_db": 40.0,
    "speech_s": 21.0,
    "latency_s": 0.05,
}


def profile(**changes: Any) -> SpeakerProfile:
    return SpeakerProfile(**{**WHOLE, **changes})
