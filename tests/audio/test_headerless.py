"""Samples without a header: the decoder would guess 44.1 kHz, and speech run five times as fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sound_files import encode, tone

from voicecoach.audio.decode import load, told_length_s
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LONG_S = 3.0
PITCH_HZ = 400.0
PITCH_TOLERANCE_HZ = 1.0


@pytest.mark.parametrize(
    ("name", "codec", "container"),
    [
        ("a.ul", "pcm_mulaw", "mulaw"),
        ("a.ulaw", "pcm_mulaw", "mulaw"),
        ("A.AL", "pcm_alaw", "alaw"),
        ("a.alaw", "pcm_alaw", "alaw"),
        ("a.sln", "pcm_s16le", "s16le"),
    ],
)
def test_sound_of_telephone_systems_keeps_its_time(
    tmp_path: Path, name: str, codec: str, container: str
) -> None:
    path = encode(tmp_path / name, tone(LONG_S, 8_000, PITCH_HZ), 8_000, codec, container=container)
    recording = load(path)
    samples = recording.waveform.samples
    assert (recording.source_rate_hz, recording.n_channels) == (8_000, 1)
    assert recording.waveform.duration_s == pytest.approx(LONG_S)
    peak = np.argmax(np.abs(np.fft.rfft(samples))) / recording.waveform.duration_s
    assert peak == pytest.approx(PITCH_HZ, abs=PITCH_TOLERANCE_HZ)


@pytest.mark.parametrize("ending", ["sw", "ub", "sb", "uw"])
def test_what_nothing_says_the_rate_of_is_refused(tmp_path: Path, ending: str) -> None:
    container = "s16le" if ending.endswith("w") else "u8"
    codec = "pcm_s16le" if container == "s16le" else "pcm_u8"
    path = encode(tmp_path / f"a.{ending}", tone(LONG_S, 8_000), 8_000, codec, container=container)
    for read in (load, told_length_s):
        with pytest.raises(InputError, match="without a header") as caught:
            read(path)
        assert "wav" in caught.value.hint
        assert "采样率" in caught.value.words("zh")


def test_a_wav_under_an_ending_of_telephone_systems_is_a_wav(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.ul", tone(LONG_S, 16_000, PITCH_HZ), 16_000, "pcm_s16le", container="wav")
    assert load(path).source_rate_hz == 16_000
