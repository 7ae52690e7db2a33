"""Headers that stand late, or tell what no file has: stepped to, or refused with what they tell."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from sound_files import encode, tone

from voicecoach.audio.decode import load
from voicecoach.audio.sniff import HEAD_BYTES, is_sound
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

CODECS = {
    "a.wav": ("pcm_s16le", 16_000),
    "a.flac": ("flac", 16_000),
    "a.mp3": ("libmp3lame", 16_000),
    "a.ogg": ("libopus", 48_000),
    "a.webm": ("libopus", 48_000),
    "a.amr": ("libopencore_amrnb", 8_000),
    "a.aiff": ("pcm_s16be", 16_000),
}


@pytest.mark.parametrize("n_zeros", [1, 100, 70_000])
@pytest.mark.parametrize("name", CODECS)
def test_zeros_before_the_header_are_stepped_over(tmp_path: Path, name: str, n_zeros: int) -> None:
    codec, rate_hz = CODECS[name]
    path = encode(tmp_path / name, tone(3.0, rate_hz), rate_hz, codec)
    path.write_bytes(bytes(n_zeros) + path.read_bytes())
    assert load(path).waveform.duration_s == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("n_zeros", [1, 100, HEAD_BYTES - 12])
def test_sound_behind_zeros_is_found_in_a_folder_and_a_picture_is_not(n_zeros: int) -> None:
    assert is_sound(bytes(n_zeros) + b"RIFF\0\0\0\0WAVE")
    assert is_sound(bytes(n_zeros) + b"fLaC")
    assert not is_sound(bytes(n_zeros) + b"RIFF\0\0\0\0WEBP")
    assert not is_sound(bytes(n_zeros + 12))


@pytest.mark.parametrize("n_zeros", [1, 5_000])
def test_zeros_with_no_header_behind_are_no_sound(tmp_path: Path, n_zeros: int) -> None:
    path = tmp_path / "zeros.wav"
    for rest in (b"", b"nothing that is known"):
        path.write_bytes(bytes(n_zeros) + rest)
        with pytest.raises(InputError):
            load(path)


@pytest.mark.parametrize("n_channels", [33, 600, 4096, 65_535])
@pytest.mark.parametrize("kind", ["wav", "rifx", "aiff", "au"])
def test_a_number_of_channels_that_no_file_has_is_told_as_it_is(
    tmp_path: Path, kind: str, n_channels: int
) -> None:
    begin = struct.pack("<HHIIHH", 1, n_channels, 16_000, 32_000, 2, 16)
    wave = b"WAVEfmt " + struct.pack("<I", 16) + begin + b"data" + struct.pack("<I", 4000) + bytes(4000)
    begin = struct.pack(">HHIIHH", 1, n_channels, 16_000, 32_000, 2, 16)
    turned = b"WAVEfmt " + struct.pack(">I", 16) + begin + b"data" + struct.pack(">I", 4000) + bytes(4000)
    form = b"COMM" + struct.pack(">IHIH", 18, n_channels, 1000, 16) + b"\x40\x0c\xfa" + bytes(7)
    chunks = b"AIFF" + form + b"SSND" + struct.pack(">III", 4008, 0, 0) + bytes(4000)
    files = {
        "wav": b"RIFF" + struct.pack("<I", len(wave)) + wave,
        "rifx": b"RIFX" + struct.pack(">I", len(turned)) + turned,
        "aiff": b"FORM" + struct.pack(">I", len(chunks)) + chunks,
        "au": b".snd" + struct.pack(">5I", 24, 4000, 3, 16_000, n_channels) + bytes(4000),
    }
    path = tmp_path / f"a.{kind}"
    path.write_bytes(files[kind])
    with pytest.raises(InputError) as refused:
        load(path)
    assert (refused.value.code, refused.value.facts.get("n")) == ("sound-channels-unusable", n_channels)
