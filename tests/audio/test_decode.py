"""Sound files of every kind in, one waveform out; every unusable file a message that helps."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.audio.decode import RATE_HZ, load, shown
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

AMPLITUDE = 0.5
TONE_HZ = 1000.0
TONE_RMS = AMPLITUDE / np.sqrt(2.0)
LEVEL_TOLERANCE_DB = 0.1
LOSSY_LEVEL_TOLERANCE_DB = 1.0
"""The speech codec of mobile telephones bends a steady tone by .9 dB; a wrong mix would be 3 or 6 dB off."""
LENGTH_TOLERANCE_S = 0.05
"""Codecs pad their first and last frame."""


def tone(duration_s: float, rate_hz: int, frequency_hz: float = TONE_HZ) -> NDArray[np.float32]:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (AMPLITUDE * np.sin(2.0 * np.pi * frequency_hz * time_s)).astype(np.float32)


def turns(duration_s: float, rate_hz: int, *, first: bool, seed: int) -> NDArray[np.float32]:
    """Noise that is on in every second 1.5 s, as in one side of a dialogue."""
    n = round(duration_s * rate_hz)
    noise = np.random.default_rng(seed).normal(0.0, 0.1, n)
    mine = (np.arange(n) // round(1.5 * rate_hz) % 2 == 0) == first
    return (noise * np.where(mine, 1.0, 0.001)).astype(np.float32)


def write_wav(path: Path, channels: NDArray[Any], rate_hz: int, *, width: int = 2) -> Path:
    """Integer wav by the standard library: (n,) or (channels, n) floats of full scale +-1."""
    rows = np.atleast_2d(channels)
    scale = 2.0 ** (8 * width - 1)
    scaled = np.clip(np.round(rows * scale), -scale, scale - 1).astype(np.int64).T
    if width == 1:
        data = (scaled + 128).astype("<u1").tobytes()
    elif width == 3:
        data = scaled.astype("<i4")[..., None].view("u1")[..., :3].tobytes()
    else:
        data = scaled.astype(f"<i{width}").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(rows))
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(data)
    return path


def write_float_wav(path: Path, channels: NDArray[Any], rate_hz: int, *, width: int = 4) -> Path:
    """Float wav, header written by hand: also what no encoder would write."""
    rows = np.atleast_2d(channels)
    data = np.ascontiguousarray(rows.T, dtype=f"<f{width}").tobytes()
    n_channels = len(rows)
    fmt = b"".join(
        value.to_bytes(size, "little")
        for value, size in (
            (3, 2), (n_channels, 2), (rate_hz, 4), (rate_hz * width * n_channels, 4),
            (width * n_channels, 2), (8 * width, 2),
        )
    )  # fmt: skip
    head = b"WAVEfmt " + len(fmt).to_bytes(4, "little") + fmt + b"data" + len(data).to_bytes(4, "little")
    path.write_bytes(b"RIFF" + (len(head) + len(data)).to_bytes(4, "little") + head + data)
    return path


def encode(
    path: Path, channels: NDArray[Any], rate_hz: int, codec: str, *, container: str | None = None
) -> Path:
    """Any other format, by the encoder that the decoder's library has."""
    rows = np.atleast_2d(channels).astype(np.float32)
    layout = "mono" if len(rows) == 1 else "stereo"
    with av.open(str(path), "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=rate_hz, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(rows), format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts = 0
        resampler = av.AudioResampler(stream.format, layout, rate_hz, frame_size=stream.frame_size or 1024)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return path


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


# -- damaged and unusable ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codec"), [("a.wav", "pcm_s16le"), ("a.flac", "flac"), ("a.mp3", "libmp3lame")]
)
def test_a_file_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path, name: str, codec: str) -> None:
    path = encode(tmp_path / name, tone(4.0, 44_100), 44_100, codec)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert 1.5 < load(path).waveform.duration_s < 2.5


def test_damage_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", tone(4.0, 44_100), 44_100, "libmp3lame")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 300] = bytes(300)
    path.write_bytes(bytes(data))
    assert load(path).waveform.duration_s > 3.5


def _text(path: Path) -> Path:
    path.write_text("客户因为快递晚了三天,非常生气\n" * 50, encoding="utf-8")
    return path


def _header_only(path: Path) -> Path:
    full = write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes()
    path.write_bytes(full[:44])
    return path


def _cut_header(path: Path) -> Path:
    full = write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes()
    path.write_bytes(full[:20])
    return path


def _cut_m4a(path: Path) -> Path:
    full = encode(path.with_suffix(".m4a"), tone(2.0, RATE_HZ), RATE_HZ, "aac").read_bytes()
    path.write_bytes(full[: len(full) // 2])
    return path


def _nan(path: Path) -> Path:
    samples = tone(1.0, RATE_HZ)
    samples[8_000] = np.nan
    return write_float_wav(path, samples, RATE_HZ)


def _infinite(path: Path) -> Path:
    samples = tone(1.0, RATE_HZ)
    samples[12_000] = -np.inf
    return write_float_wav(path, samples, RATE_HZ)


def _no_channels(path: Path) -> Path:
    data = bytearray(write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes())
    data[22:24] = bytes(2)
    path.write_bytes(bytes(data))
    return path


def _low_rate(path: Path) -> Path:
    return write_wav(path, tone(1.0, 4_000, 500.0), 4_000)


def _one_sample(path: Path) -> Path:
    return write_wav(path, np.array([0.5]), RATE_HZ)


def _silent_film(path: Path) -> Path:
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        for _ in range(10):
            file.mux(
                stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24"))
            )
        file.mux(stream.encode(None))
    return path


def _empty(path: Path) -> Path:
    path.touch()
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _dead_link(path: Path) -> Path:
    path.symlink_to(path.parent / "gone.wav")
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _playlist(path: Path) -> Path:
    write_wav(path.with_suffix(".inner.wav"), tone(1.0, RATE_HZ), RATE_HZ)
    path.write_text(f"ffconcat version 1.0\nfile '{path.with_suffix('.inner.wav')}'\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path, "no such file"),
        (lambda path: path / "below" / "it.wav", "no such file"),
        (lambda path: path.with_name("bad\0name.wav"), r"no file can have that name"),
        (lambda path: path.with_name("x" * 300), "cannot be read"),
        (_empty, r"is empty \(0 bytes\)"),
        (_folder, "is a folder"),
        (_dead_link, r"link to a file that is not there: .*gone\.wav"),
        (_loop, "cannot be read"),
        (_pipe, "device or pipe"),
        (_text, "is no sound file"),
        (_playlist, "is no sound file"),
        (_cut_header, "is no sound file"),
        (_cut_m4a, "is no sound file"),
        (_header_only, r"is no sound file|holds 0\.000 s"),
        (_no_channels, "is no sound file|has 0 channels"),
        (_silent_film, "has no sound in it"),
        (_nan, r"no numbers .* first at 0\.500 s"),
        (_infinite, r"no numbers .* first at 0\.750 s"),
        (_one_sample, r"holds 0\.000 s of sound; the least is 0\.5 s"),
        (_low_rate, "sampled at 4000 Hz; 8000 to 768000 Hz"),
    ],
)
def test_unusable_files_are_told_in_one_line_with_a_remedy(tmp_path: Path, make: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        load(make(tmp_path / "坏 录音\n1.wav"))
    assert "\n" not in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_status == 3


@contextlib.contextmanager
def unreadable(path: Path) -> Iterator[None]:
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0, RATE_HZ), RATE_HZ)
    if os.geteuid() == 0:  # root reads everything: let the system say no

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with unreadable(path), pytest.raises(InputError, match=r"may not be read"):
        load(path)


def test_a_name_with_chinese_spaces_and_a_newline_is_read_and_shown_on_one_line(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "我的 回答\n第二次.wav", tone(1.0, RATE_HZ), RATE_HZ)
    assert load(path).waveform.duration_s == 1.0
    assert shown(path).endswith(r"我的 回答\n第二次.wav")


def test_over_an_hour_is_refused_with_the_limit(tmp_path: Path) -> None:
    n_bytes = 61 * 60 * 8_000
    path = write_wav(tmp_path / "a.wav", np.zeros(1), 8_000, width=1)
    head = bytearray(path.read_bytes()[:44])
    head[4:8] = (n_bytes + 36).to_bytes(4, "little")
    head[40:44] = n_bytes.to_bytes(4, "little")
    path.write_bytes(bytes(head))
    os.truncate(path, 44 + n_bytes)
    with pytest.raises(InputError, match=r"lasts 61\.0 min; the limit is 60 min"):
        load(path)


def test_too_long_is_refused_when_the_header_does_not_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.audio.decode.LONGEST_S", 1.0)
    path = encode(tmp_path / "a.flac", tone(5.0, RATE_HZ), RATE_HZ, "flac")
    data = bytearray(path.read_bytes())
    data[21:26] = bytes([data[21] & 0xF0, 0, 0, 0, 0])  # total samples: unknown, as in a stream
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="lasts more than 0 min"):
        load(path)
