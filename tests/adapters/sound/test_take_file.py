"""The file of a take: readable at every moment, kept when the disk is full, recovered after a kill."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import sys
import wave
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.sound import take_file
from voicecoach.adapters.sound.take_file import HEADER_BYTES, TakeFile, recover
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

RATE_HZ = 48_000
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and flock are Linux's")


def pcm(n: int, start: int = 0) -> bytes:
    return np.arange(start, start + n).astype("<i2").tobytes()


def samples_of(path: Path) -> bytes:
    with wave.open(str(path), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE_HZ)
        return sound.readframes(sound.getnframes())


@pytest.fixture
def broken_off(tmp_path: Path) -> Path:
    take = TakeFile(tmp_path / "a.wav", RATE_HZ)
    take.write(pcm(1000))
    take.close()
    return take.part


def test_what_was_written_can_be_read_before_the_end(tmp_path: Path) -> None:
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take:
        for number in range(3):
            take.write(pcm(10, 10 * number))
            assert samples_of(take.part) == pcm(10 * number + 10)
        assert take.n_samples == 30


def test_a_finished_take_has_its_name_and_is_private(tmp_path: Path) -> None:
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take:
        take.write(pcm(100))
        assert take.finish() == tmp_path / "a.wav"
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
    assert samples_of(tmp_path / "a.wav") == pcm(100)
    assert (tmp_path / "a.wav").stat().st_mode & 0o777 == 0o600


def test_a_take_without_a_sample_is_a_wav_too(tmp_path: Path) -> None:
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take:
        take.finish()
    assert samples_of(tmp_path / "a.wav") == b""


@pytest.mark.parametrize("name", ["a.wav", "a.wav.part"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(StoreError, match=f"{name} exists already"):
        TakeFile(tmp_path / "a.wav", RATE_HZ)
    assert (tmp_path / name).read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot make .*No such file or directory"):
        TakeFile(tmp_path / "none" / "a.wav", RATE_HZ)


def test_the_disk_is_synced_about_each_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now_s, synced_s = [0.0], list[float]()
    monkeypatch.setattr("voicecoach.adapters.sound.take_file.time.monotonic", lambda: now_s[0])
    monkeypatch.setattr("voicecoach.adapters.sound.take_file.os.fsync", lambda _: synced_s.append(now_s[0]))
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take:
        for number in range(12):
            now_s[0] = number / 4
            take.write(pcm(10))
    assert synced_s == [0.0, 1.0, 2.0]


def test_a_full_disk_is_told_and_what_was_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = TakeFile(tmp_path / "a.wav", RATE_HZ)
    take.write(pcm(1000))
    free_bytes = [500]

    def nearly_full(descriptor: int, data: bytes) -> int:
        if not free_bytes[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        n_bytes = min(free_bytes[0], len(data))
        free_bytes[0] -= n_bytes
        return written(descriptor, data[:n_bytes])

    written = os.write
    monkeypatch.setattr("voicecoach.adapters.sound.take_file.os.write", nearly_full)
    with pytest.raises(StoreError, match="the disk is full") as told:
        take.write(pcm(1000))
    assert "free some disk space" in told.value.hint
    take.close()
    assert take.part.stat().st_size == HEADER_BYTES + 2000
    assert samples_of(take.part) == pcm(1000)


@needs_linux
def test_a_device_without_space_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    monkeypatch.setattr(
        "voicecoach.adapters.sound.take_file.os.open",
        lambda _path, _flags, _mode: opened("/dev/full", os.O_RDWR),
    )
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take, pytest.raises(StoreError, match="the disk is full"):
        take.write(pcm(10))


def test_other_faults_of_the_disk_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    take = TakeFile(tmp_path / "a.wav", RATE_HZ)
    monkeypatch.setattr("voicecoach.adapters.sound.take_file.os.fsync", fsync)
    with pytest.raises(StoreError, match="Input/output error"):
        take.finish()
    assert [*tmp_path.iterdir()] == [take.part]


def test_the_limit_of_wav_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_file, "LARGEST_BYTES", HEADER_BYTES + 200)
    with TakeFile(tmp_path / "a.wav", RATE_HZ) as take:
        take.write(pcm(100))
        with pytest.raises(StoreError, match="the limit of a wav file"):
            take.write(pcm(1))
        assert samples_of(take.part) == pcm(100)


def test_a_part_becomes_a_recording(broken_off: Path) -> None:
    assert recover(broken_off) == broken_off.with_name("a.wav")
    assert samples_of(broken_off.with_name("a.wav")) == pcm(1000)
    assert not broken_off.exists()


def test_a_recording_of_that_name_is_left_alone(broken_off: Path) -> None:
    for name in ("a.wav", "a-2.wav"):
        broken_off.with_name(name).write_bytes(b"mine")
    assert recover(broken_off).name == "a-3.wav"
    assert broken_off.with_name("a.wav").read_bytes() == b"mine"


@given(n_counted=st.integers(0, 2**32 - 1), n_tail=st.integers(0, 300), riff_size=st.integers(0, 2**32 - 1))
def test_a_header_that_counts_wrong_is_mended(
    tmp_path_factory: pytest.TempPathFactory, n_counted: int, n_tail: int, riff_size: int
) -> None:
    part = tmp_path_factory.mktemp("part") / "a.wav.part"
    with TakeFile(part.with_name("a.wav"), RATE_HZ) as take:
        take.write(pcm(100))
    content = bytearray(part.read_bytes()) + b"\1" * n_tail
    content[4:8], content[40:44] = struct.pack("<I", riff_size), struct.pack("<I", n_counted)
    part.write_bytes(content)
    found = recover(part)
    assert samples_of(found) == pcm(100) + b"\1" * (n_tail // 2 * 2)
    assert struct.unpack("<I", found.read_bytes()[4:8])[0] == found.stat().st_size - 8


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no sound"),
        (b"RIFF", "holds no sound"),
        (b"\0" * 44, "holds no sound"),
        (b"\0" * 4000, "has no wav header"),
    ],
)
def test_a_part_that_cannot_be_read_stays(tmp_path: Path, content: bytes, message: str) -> None:
    part = tmp_path / "a.wav.part"
    part.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        recover(part)
    assert part.read_bytes() == content


def test_a_part_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read: No such file"):
        recover(tmp_path / "a.wav.part")


HOLDER = """
import sys
from pathlib import Path
from voicecoach.adapters.sound.take_file import TakeFile
take = TakeFile(Path(sys.argv[1]), 48000)
take.write(bytes(2000))
print("writing", flush=True)
sys.stdin.readline()
"""


@needs_linux
def test_what_another_process_records_is_no_broken_part(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "a.wav")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "writing\n"
    with pytest.raises(StoreError, match="is still being recorded"):
        recover(tmp_path / "a.wav.part")
    holder.kill()
    holder.communicate()
    assert len(samples_of(recover(tmp_path / "a.wav.part"))) == 2000
