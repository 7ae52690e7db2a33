"""Signal-to-noise ratio against noises of known power; clipping handed through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.quality import HIGHEST_SNR_DB, LOWEST_SNR_DB, measure_quality
from voicecoach.model.audio import Span, Track
from voicecoach.words.reasons import is_known

if TYPE_CHECKING:
    from voicecoach.model.assessment import Measurement

SPEECH = (Span(1.0, 3.0), Span(4.0, 6.0))


def features_of(
    speech_dbfs: float, floor_dbfs: float | None, *, speech: tuple[Span, ...] = SPEECH
) -> SoundFeatures:
    """A level that is constant inside and outside of speech."""
    times_s = np.arange(1400) * 0.005
    values = np.full(len(times_s), -90.0 if floor_dbfs is None else floor_dbfs)
    for span in speech:
        values[(times_s >= span.start_s) & (times_s < span.end_s)] = speech_dbfs
    level = Track(values, 0.0, 0.005, "dBFS")
    empty = Track(np.zeros(0), 0.0, 0.01, "")
    return SoundFeatures(7.0, speech, empty, level, empty, empty, empty, floor_dbfs)


def snr_of(features: SoundFeatures) -> Measurement:
    return measure_quality(features, clipping_ratio=0.0)[0]


@pytest.mark.parametrize("snr_db", [0.0, 5.0, 20.0, 60.0])
def test_noise_is_taken_out_of_the_speech(snr_db: float) -> None:
    """Speech and noise add in power: what is heard in speech is their sum."""
    heard_dbfs = -60.0 + 10.0 * np.log10(10.0 ** (snr_db / 10.0) + 1.0)
    snr = snr_of(features_of(float(heard_dbfs), -60.0))
    assert (snr.name, snr.unit, snr.evidence) == ("snr", "dB", SPEECH)
    assert snr.value == pytest.approx(snr_db, abs=1e-6)


def test_the_ends_of_the_scale() -> None:
    assert snr_of(features_of(-10.0, -120.0)).value == HIGHEST_SNR_DB
    assert snr_of(features_of(-61.0, -60.0)).value == LOWEST_SNR_DB


@pytest.mark.parametrize(
    ("features", "reason"),
    [
        (features_of(-20.0, -60.0, speech=()), "no_speech"),
        (features_of(-20.0, None), "no_noise_reference"),
    ],
)
def test_what_cannot_be_measured_carries_a_reason_with_words(features: SoundFeatures, reason: str) -> None:
    snr = snr_of(features)
    assert (snr.value, snr.reason) == (None, reason)
    assert is_known(reason)


@pytest.mark.parametrize("ratio", [0.0, 0.013])
def test_clipping_is_what_was_counted_when_the_file_was_read(ratio: float) -> None:
    clipping = measure_quality(features_of(-20.0, -60.0), clipping_ratio=ratio)[1]
    assert (clipping.name, clipping.value, clipping.unit) == ("clipping", ratio, "ratio")


@given(gain_db=st.floats(-40.0, 20.0), speech_dbfs=st.floats(-50.0, -10.0))
def test_gain_does_not_change_the_ratio(gain_db: float, speech_dbfs: float) -> None:
    before = snr_of(features_of(speech_dbfs, -60.0)).value
    after = snr_of(features_of(speech_dbfs + gain_db, -60.0 + gain_db)).value
    assert after == pytest.approx(before, abs=1e-6)
