"""Sound files of every kind in, one waveform out; every unusable file a message that helps."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
from sound_files import AMPLITUDE, encode, tone, write_float_wav, write_wav

TONE_RMS = AMPLITUDE / np.sqrt(2.0)


LEVEL_TOLERANCE_DB = 0.1


LOSSY_LEVEL_TOLERANCE_DB = 1.0
"""The speech codec of mobile telephones bends a steady tone by .9 dB; a wrong mix would be 3 or 6 dB off."""


LENGTH_TOLERANCE_S = 0.05
"""Codecs pad their first and last frame."""


def turns(duration_s: float, rate_hz: int, *, first: bool, seed: int) -> NDArray[np.float32]:
    """Noise that is on in every second 1.5 s, as in one side of a dialogue."""
    n = round(duration_s * rate_hz)
    noise = np.random.default_rng(seed).normal(0.0, 0.1, n)
    mine = (np.arange(n) // round(1.5 * rate_hz) % 2 == 0) == first
    return (noise * np.where(mine, 1.0, 0.001)).astype(np.float32)


def level_db(samples: NDArray[np.float32]) -> float:
    inner = samples[len(samples) // 4 : -len(samples) // 4]
    return float(20.0 * np.log10(np.sqrt(np.mean(np.square(inner, dtype=np.float64))) / TONE_RMS))


# -- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "rate_hz"),
    [(1, 8_000), (2, 16_000), (3, 44_100), (4, 48_000), (2, 22_050), (3, 96_000), (2, 192_000)],
)
def test_integer_wav_keeps_level_and_length(tmp_path: Path, width: int, rate_hz: int) -> None:
    recording = load(write_wav(tmp_path / "a.wav", tone(1.0, rate_hz), rate_hz, width=width))
    assert recording.source_rate_hz == rate_hz
    assert recording.waveform.rate_hz == RATE_HZ
    assert abs(recording.waveform.duration_s - 1.0) <= 1.0 / RATE_HZ
    assert abs(level_db(recording.waveform.samples)) <= LEVEL_TOLERANCE_DB


@pytest.mark.parametrize("width", [4, 8])
def test_float_wav_at_the_inner_rate_is_kept_to_the_bit(tmp_path: Path, width: int) -> None:
    samples = tone(1.0, RATE_HZ)
    recording = load(write_float_wav(tmp_path / "a.wav", samples, RATE_HZ, width=width))
    np.testing.assert_array_equal(recording.waveform.samples, samples)


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [
        ("a.flac", "flac", 44_100),
        ("a.mp3", "libmp3lame", 44_100),
        ("a.m4a", "aac", 48_000),
        ("a.ogg", "libopus", 48_000),
        ("a.opus", "libopus", 48_000),
        ("a.webm", "libopus", 48_000),
        ("a.amr", "libopencore_amrnb", 8_000),
    ],
)
def test_coded_formats_keep_level_and_length(tmp_path: Path, name: str, codec: str, rate_hz: int) -> None:
    if codec not in av.codecs_available:
        pytest.skip(f"this build of the decoder's library cannot write {codec}")
    recording = load(encode(tmp_path / name, tone(2.0, rate_hz), rate_hz, codec))
    assert abs(recording.waveform.duration_s - 2.0) <= LENGTH_TOLERANCE_S
    assert abs(level_db(recording.waveform.samples)) <= LOSSY_LEVEL_TOLERANCE_DB


@pytest.mark.parametrize("codec", ["pcm_alaw", "pcm_mulaw", "adpcm_ima_wav"])
def test_telephone_codings_of_wav(tmp_path: Path, codec: str) -> None:
    recording = load(encode(tmp_path / "a.wav", tone(1.0, 8_000, 500.0), 8_000, codec))
    assert abs(level_db(recording.waveform.samples)) <= LOSSY_LEVEL_TOLERANCE_DB


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.wav", tone(1.0, 44_100), 44_100, "libmp3lame", container="mp3")
    assert abs(level_db(load(path).waveform.samples)) <= LOSSY_LEVEL_TOLERANCE_DB


def test_digest_is_that_of_the_bytes_and_reading_is_deterministic(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", tone(1.0, 44_100), 44_100, "libmp3lame")
    first, second = load(path), load(path)
    assert first.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    np.testing.assert_array_equal(first.waveform.samples, second.waveform.samples)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(n=st.integers(8_000, 40_000), gain=st.floats(1e-3, 1.0))
def test_a_float_file_round_trips(tmp_path: Path, n: int, gain: float) -> None:
    samples = (np.random.default_rng(n).uniform(-1.0, 1.0, n) * gain).astype(np.float32)
    recording = load(write_float_wav(tmp_path / "a.wav", samples, RATE_HZ))
    np.testing.assert_array_equal(recording.waveform.samples, samples)


# -- channels ------------------------------------------------------------------------------------


def test_stereo_of_one_speaker_is_a_plain_mean(tmp_path: Path) -> None:
    left, right = tone(1.0, 48_000), 0.5 * tone(1.0, 48_000)
    recording = load(write_float_wav(tmp_path / "a.wav", np.stack([left, right]), 48_000))
    assert (recording.n_channels, recording.channel, recording.dead_channels) == (2, None, ())
    assert abs(level_db(recording.waveform.samples) - 20.0 * np.log10(0.75)) <= LEVEL_TOLERANCE_DB


@pytest.mark.parametrize("dead", [0, 1])
@pytest.mark.parametrize("residue", [0.0, 1e-5, 3e-3])
def test_a_dead_channel_is_left_out(tmp_path: Path, dead: int, residue: float) -> None:
    noise = np.random.default_rng(1).normal(0.0, 1.0, 48_000)
    rows = np.stack([tone(1.0, 48_000), tone(1.0, 48_000)])
    rows[dead] = residue * noise
    recording = load(write_float_wav(tmp_path / "a.wav", rows, 48_000))
    assert recording.dead_channels == (dead,)
    assert recording.channel == 1 - dead
    assert abs(level_db(recording.waveform.samples)) <= LEVEL_TOLERANCE_DB


def test_steady_noise_beside_speech_is_a_dead_channel(tmp_path: Path) -> None:
    speech = turns(6.0, RATE_HZ, first=True, seed=2)
    hiss = np.random.default_rng(3).normal(0.0, 0.01, len(speech))
    recording = load(write_float_wav(tmp_path / "a.wav", np.stack([hiss, speech]), RATE_HZ))
    assert (recording.channel, recording.dead_channels, recording.two_party) == (1, (0,), False)


def test_a_constant_offset_is_no_sound(tmp_path: Path) -> None:
    rows = np.stack([tone(1.0, RATE_HZ), np.full(RATE_HZ, 0.3, dtype=np.float32)])
    assert load(write_float_wav(tmp_path / "a.wav", rows, RATE_HZ)).dead_channels == (1,)


def test_inverted_channels_do_not_cancel(tmp_path: Path) -> None:
    samples = tone(1.0, 44_100)
    recording = load(write_float_wav(tmp_path / "a.wav", np.stack([samples, -samples]), 44_100))
    assert recording.channel == 0
    assert abs(level_db(recording.waveform.samples)) <= LEVEL_TOLERANCE_DB


def test_silence_on_both_channels_is_read_and_said(tmp_path: Path) -> None:
    recording = load(write_wav(tmp_path / "a.wav", np.zeros((2, RATE_HZ)), RATE_HZ))
    assert recording.dead_channels == (0, 1)
    assert not recording.waveform.samples.any()


def test_two_parties_are_not_mixed_in_silence(tmp_path: Path) -> None:
    rows = np.stack([turns(9.0, 8_000, first=True, seed=4), turns(9.0, 8_000, first=False, seed=5)])
    path = write_float_wav(tmp_path / "call.wav", rows, 8_000)
    with pytest.raises(InputError, match=r"two people on two channels.*--channel 0 or --channel 1"):
        load(path)
    recording = load(path, channel=1)
    assert (recording.channel, recording.two_party) == (1, True)
    alone = load(write_float_wav(tmp_path / "one.wav", rows[1], 8_000))
    np.testing.assert_allclose(recording.waveform.samples, alone.waveform.samples, atol=1e-6)


def test_swapped_channels_make_the_same_sound(tmp_path: Path) -> None:
    rows = np.stack([tone(1.0, 44_100), 0.3 * tone(1.0, 44_100, 700.0)])
    one = load(write_float_wav(tmp_path / "a.wav", rows, 44_100))
    other = load(write_float_wav(tmp_path / "b.wav", rows[::-1], 44_100))
    np.testing.assert_allclose(one.waveform.samples, other.waveform.samples, atol=1e-6)


def test_more_than_two_channels_are_averaged(tmp_path: Path) -> None:
    rows = np.stack([tone(1.0, RATE_HZ)] * 3 + [np.zeros(RATE_HZ, dtype=np.float32)])
    recording = load(write_float_wav(tmp_path / "a.wav", rows, RATE_HZ))
    assert (recording.n_channels, recording.dead_channels) == (4, (3,))
    assert abs(level_db(recording.waveform.samples)) <= LEVEL_TOLERANCE_DB


@pytest.mark.parametrize("channel", [-1, 2])
def test_a_channel_that_is_not_there(tmp_path: Path, channel: int) -> None:
    path = write_wav(tmp_path / "a.wav", np.stack([tone(1.0, RATE_HZ)] * 2), RATE_HZ)
    with pytest.raises(InputError, match=rf"no channel {channel}; its channels are 0 to 1"):
        load(path, channel=channel)


# -- clipping ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_clipping_is_counted_before_resampling(tmp_path: Path, rate_hz: int) -> None:
    """A sine of amplitude 2 is beyond .98 for 1 - 2 asin(.49) / pi of its time: .6740."""
    samples = np.clip(4.0 * tone(1.0, rate_hz, 50.0), -1.0, 1.0)
    recording = load(write_wav(tmp_path / "a.wav", samples, rate_hz))
    assert recording.clipping_ratio == pytest.approx(1.0 - 2.0 * np.arcsin(0.49) / np.pi, abs=0.01)


@pytest.mark.parametrize("codec", ["pcm_alaw", "pcm_mulaw"])
def test_clipping_is_seen_in_telephone_coding(tmp_path: Path, codec: str) -> None:
    samples = np.clip(20.0 * tone(1.0, 8_000, 50.0), -1.0, 1.0)
    assert load(encode(tmp_path / "a.wav", samples, 8_000, codec)).clipping_ratio > 0.9


def test_clipping_of_a_channel_that_is_not_used_does_not_count(tmp_path: Path) -> None:
    rows = np.stack([tone(1.0, RATE_HZ), np.clip(9.0 * tone(1.0, RATE_HZ, 300.0), -1.0, 1.0)])
    path = write_wav(tmp_path / "a.wav", rows, RATE_HZ)
    assert load(path, channel=0).clipping_ratio == 0.0
    assert load(path, channel=1).clipping_ratio > 0.5
