"""What is taken from a folder: all that may hold sound, by ending or content; the rest is counted."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_files import encode, tone, write_silk, write_wav

from voicecoach.adapters.batch.folder_scan import find_items
from voicecoach.audio.decode import load
from voicecoach.audio.sniff import HEAD_BYTES, is_sound

if TYPE_CHECKING:
    from voicecoach.model.job import Scan

RATE_HZ = 16_000
PHOTOGRAPH = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 40


def touch(folder: Path, *names: str, data: bytes = b"") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def files(scan: Scan, folder: Path) -> list[str]:
    return [Path(item.path).relative_to(folder).as_posix() for item in scan.items]


def test_a_folder_is_searched_in_order_without_hidden_files_and_results(tmp_path: Path) -> None:
    touch(tmp_path, "b.WAV", "a.mp3", "note.txt", ".hidden.wav", ".git/c.wav", "team/d.opus", "out/e.wav")
    scan = find_items([tmp_path], skip=tmp_path / "out")
    assert files(scan, tmp_path) == ["a.mp3", "b.WAV", "team/d.opus"]
    assert scan.left_out == {".txt": 1}


@pytest.mark.parametrize(
    ("pattern", "chosen"),
    [("*.wav", ["b.WAV"]), ("team/*", ["team/d.opus"]), ("*/*.opus", ["team/d.opus"]), ("x*", [])],
)
def test_patterns_choose_by_name_or_path(tmp_path: Path, pattern: str, chosen: list[str]) -> None:
    touch(tmp_path, "b.WAV", "a.mp3", "team/d.opus")
    scan = find_items([tmp_path], patterns=[pattern])
    assert files(scan, tmp_path) == chosen
    assert scan.left_out == {}, "who names a pattern has chosen"


def test_a_pattern_takes_whatever_the_file_holds(tmp_path: Path) -> None:
    touch(tmp_path, "note.txt", data=b"text")
    assert files(find_items([tmp_path], patterns=["*.txt"]), tmp_path) == ["note.txt"]


def test_a_file_named_twice_counts_once_and_one_that_is_not_there_stays(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav")
    (tmp_path / "link.wav").symlink_to(tmp_path / "a.wav")
    scan = find_items([tmp_path / "a.wav", tmp_path, tmp_path / "gone.wav"])
    assert files(scan, tmp_path) == ["a.wav", "gone.wav"]


ENCODED = {
    "flac": ("flac", "flac", RATE_HZ),
    "mp3": ("libmp3lame", "mp3", 44_100),
    "mp3 16 kHz": ("libmp3lame", "mp3", RATE_HZ),
    "mp2": ("mp2", "mp2", 48_000),
    "aac": ("aac", "adts", RATE_HZ),
    "m4a": ("aac", "ipod", RATE_HZ),
    "3gp": ("libopencore_amrnb", "3gp", 8_000),
    "amr": ("libopencore_amrnb", "amr", 8_000),
    "mov": ("pcm_s16le", "mov", RATE_HZ),
    "mkv": ("flac", "matroska", RATE_HZ),
    "webm": ("libopus", "webm", 48_000),
    "opus": ("libopus", "ogg", 48_000),
    "avi": ("pcm_s16le", "avi", RATE_HZ),
    "w64": ("pcm_s16le", "w64", RATE_HZ),
    "au": ("pcm_mulaw", "au", 8_000),
    "caf": ("pcm_s16le", "caf", RATE_HZ),
    "aiff": ("pcm_s16be", "aiff", RATE_HZ),
    "wma": ("wmav2", "asf", 44_100),
    "flv": ("libmp3lame", "flv", 44_100),
    "wavpack": ("wavpack", "wv", RATE_HZ),
    "tta": ("tta", "tta", RATE_HZ),
    "mpegts": ("mp2", "mpegts", 48_000),
    "mpegps": ("mp2", "mpeg", 48_000),
    "voc": ("pcm_u8", "voc", RATE_HZ),
}


def made(path: Path, kind: str) -> Path:
    if kind == "wav":
        return write_wav(path, tone(1.0, RATE_HZ), RATE_HZ)
    if kind == "silk":
        return write_silk(path, tone(1.0, RATE_HZ), RATE_HZ)
    codec, container, rate_hz = ENCODED[kind]
    return encode(path, tone(1.0, rate_hz), rate_hz, codec, container=container)


@pytest.mark.parametrize("kind", ["wav", "silk", *ENCODED])
@pytest.mark.parametrize("name", ["录音", "a.20261128", "a.dat", "a.txt"])
def test_sound_without_its_ending_is_known_by_its_first_bytes(tmp_path: Path, kind: str, name: str) -> None:
    path = made(tmp_path / name, kind)
    assert files(find_items([tmp_path]), tmp_path) == [name]
    assert load(path).waveform.duration_s == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize(
    "ending",
    [
        "mov",
        "mkv",
        "avi",
        "spx",
        "w64",
        "gsm",
        "caf",
        "au",
        "3gp",
        "amr",
        "silk",
        "opus",
        "wma",
        "mp4",
        "m4b",
        "aiff",
        "SLK",
        "aud",
        "webm",
        "voc",
        "wv",
        "mpg",
        "wmv",
    ],
)
def test_what_can_be_decoded_is_taken_by_its_ending(tmp_path: Path, ending: str) -> None:
    touch(tmp_path, f"a.{ending}")
    assert files(find_items([tmp_path]), tmp_path) == [f"a.{ending}"]


def test_frames_of_gsm_have_no_mark_but_a_rhythm() -> None:
    assert is_sound(b"".join(bytes([0xD0 | n % 16]) + bytes(32) for n in range(20)))
    assert not is_sound(b"".join(bytes([0xD0 | n % 16]) + bytes(31) for n in range(20)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"%PDF-1.7 " + b"x" * 500,
        b"PK\x03\x04" + bytes(500),
        "客户非常生气\n".encode() * 100,
        "客户非常生气\n".encode("utf-16"),
        PHOTOGRAPH,
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"\x00\x00\x00\x18ftypheic" + bytes(500),
        b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(500),
        b"\xff\xfb\x90\x00" + bytes(8_000),
        b'{"words": []}',
        b"ID2 is no tag",
        b"x" * 8 + b"WAVE is a word",
    ],
)
def test_what_is_no_sound_is_left_out_and_counted(tmp_path: Path, data: bytes) -> None:
    touch(tmp_path, "a.dat", data=data)
    scan = find_items([tmp_path])
    assert (list(scan.items), scan.left_out) == ([], {".dat": 1})


@given(st.binary(max_size=HEAD_BYTES))
def test_any_bytes_can_be_looked_at(head: bytes) -> None:
    is_sound(head)


@given(st.integers(0, 2**32 - 1))
def test_noise_is_not_taken_for_frames(seed: int) -> None:
    noise = np.random.default_rng(seed).bytes(HEAD_BYTES)
    assert not is_sound(b"\xff\xfb" + noise) or not is_sound(noise)
    assert not is_sound(b"\x00" + noise)


def test_what_is_left_out_is_counted_by_ending(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav", "b.TXT", "sub/c.txt", "d.pdf", "e", "f.a long name of no ending", data=b"text")
    touch(tmp_path, ".DS_Store", "._a.wav", "Thumbs.db", "desktop.ini", "__MACOSX/._a.wav", data=b"\0")
    assert find_items([tmp_path]).left_out == {".txt": 2, ".pdf": 1, "": 2}


def test_results_of_a_batch_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "a.wav", "results.jsonl", "summary.csv", "results.parquet", "report.html", "pages/ab.js")
    touch(tmp_path, "sub/b.wav", "sub/results.jsonl", "sub/pages/cd.js")
    for folder in (tmp_path, tmp_path / "sub"):
        (folder / ".work" / "results").mkdir(parents=True)
    scan = find_items([tmp_path], skip=tmp_path)
    assert (files(scan, tmp_path), scan.left_out) == (["a.wav", "sub/b.wav"], {})


def test_files_that_are_none_keep_nobody_waiting(tmp_path: Path) -> None:
    """A pipe is never opened; under the ending of sound it becomes a failure that is told."""
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "gone.wav").symlink_to(tmp_path / "nothing.wav")
    (tmp_path / "folder").symlink_to("/")
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.bind(str(tmp_path / "s"))
        scan = find_items([tmp_path])
    finally:
        listening.close()
    assert [Path(item.path).name for item in scan.items] == ["gone.wav", "pipe.wav"]
    assert scan.left_out == {"": 4, "/": 1}


def test_a_folder_that_cannot_be_read_is_a_failure_among_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a.wav", "closed/b.wav", "open/c.wav")
    scandir = os.scandir

    def refusing(path: Any = ".") -> Any:
        if Path(os.fsdecode(path)).name == "closed":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    items = find_items([tmp_path]).items
    assert [(Path(item.path).name, item.fault is None) for item in items] == [
        ("a.wav", True),
        ("closed", False),
        ("c.wav", True),
    ]
    fault = items[1].fault
    assert fault is not None
    assert "cannot be read: Permission denied" in fault.said_of(items[1].file, "en").message
    assert "读不了" in fault.said_of(items[1].file, "zh").message


def test_an_unreadable_file_of_another_ending_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a.dat", "b.wav", data=struct.pack("<I", 1))

    def failing(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", failing)
    scan = find_items([tmp_path])
    assert (files(scan, tmp_path), scan.left_out) == (["b.wav"], {".dat": 1})


def test_names_of_a_chinese_windows_are_items_that_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("第一周".encode("gbk"))
    folder.mkdir()
    for raw in ("客服.wav".encode("gbk"), b"\xb5.wav", "客户.wav".encode()):
        (folder / os.fsdecode(raw)).write_bytes(b"x")
    items = find_items([tmp_path]).items
    assert {item.file for item in items} == {
        f"{tmp_path}/第一周/{name}" for name in (r"\xb5.wav", "客服.wav", "客户.wav")
    }
    assert all(Path(item.path).read_bytes() == b"x" for item in items)


def test_names_that_read_alike_are_told_apart(tmp_path: Path) -> None:
    for raw in ("客服.wav".encode("gbk"), "客服.wav".encode()):
        (tmp_path / os.fsdecode(raw)).write_bytes(b"x")
    files = {item.file for item in find_items([tmp_path]).items}
    assert len(files) == 2
    assert f"{tmp_path}/客服.wav" in files
