"""The rate at which a file happens to be stored leaves pauses, pitch and level as they are."""

from __future__ import annotations

import wave
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voicecoach.audio import decode
from voicecoach.features import extract
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from voicecoach.features.sound import SoundFeatures

FIXTURE = Path(__file__).parents[2] / "audio_fixtures" / "pauses_zh.flac"
LENGTH_S = 8.0
EDGE_TOLERANCE_S = 0.010
"""Two steps of the level."""
F0_TOLERANCE = 0.01
"""As a ratio: a sixth of a semitone; which frames count as voiced shifts the median a little."""
LEVEL_TOLERANCE_DB = 0.3


@cache
def original() -> Waveform:
    sound = decode.load(FIXTURE).waveform
    return Waveform(sound.cut(Span(0.0, LENGTH_S)), sound.rate_hz)


@cache
def features() -> SoundFeatures:
    return extract.extract(original())


def stored(rate_hz: int) -> Waveform:
    """The fixture as a 16-bit file of that rate, and read again."""
    samples = soxr.resample(original().samples, decode.RATE_HZ, rate_hz, quality="VHQ")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stored.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
        return decode.load(path).waveform


@settings(max_examples=8, deadline=None)
@given(rate_hz=st.integers(16_000, 96_000))
@example(22_050)
@example(44_100)
@example(48_000)
def test_the_rate_of_the_file_changes_neither_pauses_nor_pitch_nor_level(rate_hz: int) -> None:
    before, after = features(), extract.extract(stored(rate_hz))
    pauses = [found.silent_pauses() for found in (before, after)]
    assert len(pauses[0]) >= 2
    assert len(pauses[0]) == len(pauses[1])
    for left, right in zip(*pauses, strict=True):
        assert (left.start_s, left.end_s) == pytest.approx((right.start_s, right.end_s), abs=EDGE_TOLERANCE_S)
    f0_hz, other_hz = (float(np.nanmedian(found.pitch.values)) for found in (before, after))
    assert other_hz == pytest.approx(f0_hz, rel=F0_TOLERANCE)
    level, other = (float(np.percentile(found.level.values, 90.0)) for found in (before, after))
    assert other == pytest.approx(level, abs=LEVEL_TOLERANCE_DB)
