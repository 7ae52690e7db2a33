"""Cut, damaged and joined files: what is missing is found, told, and kept on the time line."""

from __future__ import annotations

import contextlib
import os
import struct
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sound_files import encode, tone, write_float_wav, write_wav

from voicecoach.app.score.refusals import CUT_LEAST_RATIO, CUT_LEAST_S
from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.audio.files.source import source_of
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicecoach.audio.decode import Recording

LENGTH_S = 20.0
TOLERANCE_S = 0.3
CODECS = {
    "a.wav": ("pcm_s16le", 16_000),
    "a.flac": ("flac", 16_000),
    "a.mp3": ("libmp3lame", 44_100),
    "a.m4a": ("aac", 44_100),
    "a.ogg": ("libopus", 48_000),
    "a.webm": ("libopus", 48_000),
    "a.mka": ("pcm_s16le", 16_000),
    "a.amr": ("libopencore_amrnb", 8_000),
    "a.aac": ("aac", 44_100),
    "a.aiff": ("pcm_s16be", 16_000),
    "a.caf": ("pcm_s16be", 16_000),
    "a.w64": ("pcm_s16le", 16_000),
    "a.au": ("pcm_s16be", 16_000),
    "a.avi": ("pcm_s16le", 16_000),
    "a.wv": ("wavpack", 16_000),
}
TELLING = [name for name in CODECS if name not in {"a.m4a", "a.ogg", "a.amr", "a.aac", "a.avi"}]
"""Those whose header tells the length, at the front."""
TORN = ["a.ogg", "a.amr", "a.aac", "a.avi"]
"""Those of which only the broken end tells."""
LOCATING = ["a.flac", "a.mp3", "a.m4a", "a.ogg", "a.webm", "a.mka", "a.amr"]
"""Those in which the place of damage can be found."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The bytes of a file of each kind, made once."""
    folder = tmp_path_factory.mktemp("whole")
    made: dict[str, bytes] = {}
    rng = np.random.default_rng(1)

    def of(name: str) -> bytes:
        if name not in made:
            codec, rate_hz = CODECS[name]
            sound = tone(LENGTH_S, rate_hz) * rng.uniform(0.3, 1.0, round(LENGTH_S * rate_hz))
            made[name] = encode(folder / name, sound, rate_hz, codec).read_bytes()
        return made[name]

    return of


def read(folder: Path, name: str, data: bytes) -> Recording:
    path = folder / name
    path.write_bytes(data)
    return load(path)


def is_cut(recording: Recording) -> bool:
    told_s, length_s = recording.faults.told_s, recording.waveform.duration_s
    return told_s is not None and told_s - length_s > CUT_LEAST_S + CUT_LEAST_RATIO * told_s


def faults(recording: Recording) -> list[str]:
    """What would be told about the file."""
    return [
        name
        for name, there_is in (
            ("cut", is_cut(recording)),
            ("torn", recording.faults.is_torn),
            ("damaged", bool(recording.faults.damaged)),
            ("gap", bool(recording.gaps)),
            ("leap", bool(recording.faults.leaps)),
            ("unread", recording.faults.unread),
            ("behind", recording.faults.behind_s > 0.0),
            ("wild", recording.faults.n_wild > 0),
            ("contradicts", recording.faults.contradicts),
        )
        if there_is
    ]


@pytest.mark.parametrize("name", CODECS)
def test_a_whole_file_is_told_no_fault(tmp_path: Path, files: Callable[[str], bytes], name: str) -> None:
    recording = read(tmp_path, name, files(name))
    assert faults(recording) == []
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("name", TELLING)
def test_a_cut_file_is_told_with_both_lengths(
    tmp_path: Path, files: Callable[[str], bytes], name: str, share: float
) -> None:
    data = files(name)
    recording = read(tmp_path, name, data[: round(share * len(data))])
    assert is_cut(recording)
    assert recording.faults.told_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)
    assert recording.waveform.duration_s < (share + 0.05) * LENGTH_S
    assert faults(recording)[0] == "cut"


@pytest.mark.parametrize("share", [0.103, 0.503, 0.903])
@pytest.mark.parametrize("name", TORN)
def test_a_file_that_breaks_off_is_told(
    tmp_path: Path, files: Callable[[str], bytes], name: str, share: float
) -> None:
    data = files(name)
    assert "torn" in faults(read(tmp_path, name, data[: round(share * len(data))]))


def test_a_film_without_its_index_is_refused_with_the_reason(
    tmp_path: Path, files: Callable[[str], bytes]
) -> None:
    data = files("a.m4a")
    with pytest.raises(InputError, match="breaks off before its index"):
        read(tmp_path, "a.m4a", data[: len(data) // 2])


@pytest.mark.parametrize("name", LOCATING)
@pytest.mark.parametrize("filler", ["zeros", "noise"])
def test_damage_is_told_where_it_is_and_what_follows_keeps_its_time(
    tmp_path: Path, files: Callable[[str], bytes], name: str, filler: str
) -> None:
    data = files(name)
    n_bad, middle = len(data) // 20, len(data) // 2
    bad = bytes(n_bad) if filler == "zeros" else np.random.default_rng(2).bytes(n_bad)
    recording = read(tmp_path, name, data[:middle] + bad + data[middle + n_bad :])
    assert {"damaged", "gap"} & set(faults(recording))
    assert recording.gaps[0].start_s == pytest.approx(LENGTH_S / 2.0, abs=1.1)
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)


def test_a_flipped_bit_is_found_by_the_checksum(tmp_path: Path, files: Callable[[str], bytes]) -> None:
    data = bytearray(files("a.flac"))
    data[len(data) // 2] ^= 0x10
    recording = read(tmp_path, "a.flac", bytes(data))
    (place,) = recording.faults.damaged
    assert place.start_s == pytest.approx(LENGTH_S / 2.0, abs=0.5)
    assert 0.0 < place.duration_s < 0.5
    assert recording.waveform.duration_s == LENGTH_S


@pytest.mark.parametrize("name", [name for name in CODECS if name != "a.avi"])
@pytest.mark.parametrize("rest", ["zeros", "noise"])
def test_garbage_behind_the_end_is_no_fault(
    tmp_path: Path, files: Callable[[str], bytes], name: str, rest: str
) -> None:
    garbage = bytes(5_000) if rest == "zeros" else np.random.default_rng(3).bytes(5_000)
    recording = read(tmp_path, name, files(name) + garbage)
    assert faults(recording) == []
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.ogg", "a.webm", "a.amr", "a.aac"])
def test_joined_files_are_one_recording(tmp_path: Path, files: Callable[[str], bytes], name: str) -> None:
    recording = read(tmp_path, name, files(name) * 2)
    assert faults(recording) == []
    assert recording.waveform.duration_s == pytest.approx(2.0 * LENGTH_S, abs=2.0 * TOLERANCE_S)


@pytest.mark.parametrize("name", ["a.m4a", "a.aiff"])
def test_a_second_recording_that_is_not_read_is_told(
    tmp_path: Path, files: Callable[[str], bytes], name: str
) -> None:
    assert faults(read(tmp_path, name, files(name) * 2)) == ["unread"]


def test_a_picture_in_the_tag_of_a_joined_mp3_is_no_damage(
    tmp_path: Path, files: Callable[[str], bytes]
) -> None:
    picture = np.random.default_rng(5).bytes(6 * 128 * 128)
    tag = b"ID3\x03\x00\x00" + bytes([0, 6, 0, 0]) + picture
    data = (tag + files("a.mp3")) * 2 + b"TAG" + bytes(125)
    recording = read(tmp_path, "a.mp3", data)
    assert faults(recording) == []
    assert recording.waveform.duration_s == pytest.approx(2.0 * LENGTH_S, abs=TOLERANCE_S)


# -- WAV headers ---------------------------------------------------------------------------------


def wav_of(length_s: float, told: int | None = None, *, rate_hz: int = 16_000) -> bytes:
    """A WAV file whose header tells ``told`` bytes of sound, all by default."""
    data = (np.round(tone(length_s, rate_hz) * 32_767)).astype("<i2").tobytes()
    return header(len(data) if told is None else told, rate_hz=rate_hz) + data


def header(told: int, *, coding: int = 1, rate_hz: int = 16_000, bits: int = 16) -> bytes:
    n_bytes = bits // 8
    layout = struct.pack("<HHIIHH", coding, 1, rate_hz, rate_hz * n_bytes, n_bytes, bits)
    chunks = b"WAVEfmt " + struct.pack("<I", len(layout)) + layout + b"data" + struct.pack("<I", told)
    return b"RIFF" + struct.pack("<I", min(told + len(chunks), 0xFFFFFFFF)) + chunks


@pytest.mark.parametrize("told", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x7FFFF000, 0xFFFFFFDB])
def test_lengths_that_recorders_write_while_they_stream_are_no_fault(tmp_path: Path, told: int) -> None:
    recording = read(tmp_path, "a.wav", wav_of(3.0, told))
    assert recording.waveform.duration_s == pytest.approx(3.0)
    assert faults(recording) == []


@pytest.mark.parametrize("told", [None, 0, 0xFFFFFFFF])
def test_the_header_of_a_joined_wav_is_never_played(tmp_path: Path, told: int | None) -> None:
    recording = read(tmp_path, "a.wav", wav_of(3.0, told) + wav_of(2.0))
    assert recording.waveform.duration_s == pytest.approx(5.0)
    np.testing.assert_array_equal(
        recording.waveform.samples[: 3 * RATE_HZ], read(tmp_path, "b.wav", wav_of(3.0)).waveform.samples
    )
    assert faults(recording) == []


@pytest.mark.parametrize("told", [None, 0xFFFFFFFF])
def test_a_joined_wav_of_another_format_is_not_read_and_told(tmp_path: Path, told: int | None) -> None:
    recording = read(tmp_path, "a.wav", wav_of(3.0, told) + wav_of(2.0, rate_hz=44_100))
    assert recording.waveform.duration_s == pytest.approx(3.0)
    assert faults(recording) == ["unread"]


def test_sound_behind_the_end_that_the_header_tells_is_told(tmp_path: Path) -> None:
    recording = read(tmp_path, "a.wav", wav_of(10.0, 32_000 * 4))
    assert faults(recording) == ["behind"]
    assert recording.faults.behind_s == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("place", "value"),
    [(24, 44_100), (28, 32_001), (34, 24), (22, 2)],
    ids=["rate", "bytes", "bits", "channels"],
)
def test_a_header_that_was_patched_by_hand_is_told(tmp_path: Path, place: int, value: int) -> None:
    data = bytearray(wav_of(6.0))
    size = 4 if place in {24, 28} else 2
    data[place : place + size] = value.to_bytes(size, "little")
    assert "contradicts" in faults(read(tmp_path, "a.wav", bytes(data)))


def test_a_header_that_tells_no_bytes_a_second_is_no_fault(tmp_path: Path) -> None:
    data = bytearray(wav_of(3.0))
    data[28:32] = bytes(4)
    assert faults(read(tmp_path, "a.wav", bytes(data))) == []


def test_chunks_behind_the_sound_are_no_fault(tmp_path: Path) -> None:
    tags = b"LIST" + struct.pack("<I", 400_000) + bytes(400_000)
    assert faults(read(tmp_path, "a.wav", wav_of(3.0) + tags)) == []


@pytest.mark.parametrize("name", ["a.wav", "a.amr", "a.m4a", "a.aiff", "a.flac", "a.ogg", "a.mp3"])
@pytest.mark.parametrize("n_tags", [1, 2])
def test_a_tag_before_the_header_is_stepped_over(
    tmp_path: Path, files: Callable[[str], bytes], name: str, n_tags: int
) -> None:
    tag = b"ID3\x03\x00\x00" + bytes([0, 0, 2, 44]) + bytes(300)
    recording = read(tmp_path, name, tag * n_tags + files(name))
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)
    assert faults(recording) == []


# -- samples -------------------------------------------------------------------------------------


def test_64_bit_pcm_is_read(tmp_path: Path) -> None:
    sound = tone(2.0, RATE_HZ).astype(np.float64)
    whole = np.round(sound * 2.0**62).astype("<i8").tobytes()
    recording = read(tmp_path, "a.wav", header(len(whole), bits=64) + whole)
    np.testing.assert_allclose(recording.waveform.samples, sound / 2.0, atol=1e-6)
    recording = load(write_float_wav(tmp_path / "b.wav", sound, RATE_HZ, width=8))
    np.testing.assert_allclose(recording.waveform.samples, sound, atol=1e-6)


@pytest.mark.parametrize("value", [1e10, -1e30, 32_768.0, 9.0])
def test_one_wild_sample_is_limited_and_told(tmp_path: Path, value: float) -> None:
    sound = tone(2.0, RATE_HZ)
    wild = sound.copy()
    wild[20_000] = value
    recording = load(write_float_wav(tmp_path / "a.wav", wild, RATE_HZ))
    assert recording.faults.n_wild == 1
    assert np.abs(recording.waveform.samples).max() <= 1.0
    differs = np.flatnonzero(recording.waveform.samples != sound)
    assert list(differs) == [20_000]


def test_a_mix_over_full_scale_is_kept(tmp_path: Path) -> None:
    recording = load(write_float_wav(tmp_path / "a.wav", 6.0 * tone(2.0, RATE_HZ), RATE_HZ))
    assert recording.faults.n_wild == 0
    assert np.abs(recording.waveform.samples).max() > 2.5


# -- nothing is silent ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", CODECS)
def test_no_flipped_bits_end_in_anything_but_a_recording_or_a_refusal(
    tmp_path: Path, files: Callable[[str], bytes], name: str
) -> None:
    data = files(name)
    rng = np.random.default_rng(4)
    for _ in range(6):
        broken: Any = bytearray(data)
        for place in rng.integers(0, len(data), 20):
            broken[place] ^= 1 << int(rng.integers(8))
        try:
            recording = read(tmp_path, name, bytes(broken))
        except InputError:
            continue
        samples = recording.waveform.samples
        assert np.isfinite(samples).all()
        for gap in recording.gaps:
            inside = samples[round(gap.start_s * RATE_HZ) + 200 : round(gap.end_s * RATE_HZ) - 200]
            assert not np.any(np.abs(inside) > 1e-3)


@pytest.mark.parametrize("length", [2**62, 2**63 - 1, 2**63 - 16, -5])
@pytest.mark.parametrize("chunk", [b"desc", b"data"])
def test_a_length_that_no_file_has_leaves_nothing_on_the_terminal(
    tmp_path: Path,
    files: Callable[[str], bytes],
    capfd: pytest.CaptureFixture[str],
    chunk: bytes,
    length: int,
) -> None:
    data = bytearray(files("a.caf"))
    place = data.index(chunk) + len(chunk)
    data[place : place + 8] = struct.pack(">q", length)
    with contextlib.suppress(InputError):
        read(tmp_path, "a.caf", bytes(data))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "head",
    [
        b"#!AMR\n\x3c",
        b"caff\0\1\0\0",
        b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0",
        b"ID3\x03\0\0\0\0\0\0",
        b"\xff\xf1\x50\x80\x01\x1f\xfc",
        b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff",
        b"OggS\0",
        b"\0\0\0\x08ftyp",
        b"RIFF\0\0\0\0WAVE",
    ],
    ids=["amr", "caf", "w64", "mp3", "aac", "webm", "ogg", "mp4", "wav"],
)
def test_a_look_at_twenty_gigabytes_is_short(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(head)
    os.truncate(path, 20 * 10**9)
    began_s = time.monotonic()
    with path.open("rb") as file:
        source_of(file, name="a", longest_s=3600.0)
    assert time.monotonic() - began_s < 5.0


def test_write_wav_makes_what_the_header_tells(tmp_path: Path) -> None:
    assert faults(load(write_wav(tmp_path / "a.wav", tone(2.0, RATE_HZ), RATE_HZ))) == []
