"""Huge, endless and growing inputs, and a disk that fails: refused before they are read, or told."""

from __future__ import annotations

import errno
import io
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sound_files import tone, write_wav

from voicecoach.adapters.batch.result_files import ResultFiles
from voicecoach.audio.container import LARGEST_BYTES
from voicecoach.audio.decode import RATE_HZ, digest, load, told_length_s
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE_S = 5.0
"""Reading tens of gigabytes, sparse or not, takes longer."""


def sparse(path: Path, n_bytes: int, head: bytes = b"") -> Path:
    path.write_bytes(head)
    os.truncate(path, n_bytes)
    return path


def wav_head(n_data: int, *, rate_hz: int = RATE_HZ) -> bytes:
    size = (n_data & 0xFFFFFFFF).to_bytes(4, "little")
    form = b"\x01\x00\x01\x00" + rate_hz.to_bytes(4, "little") + (2 * rate_hz).to_bytes(4, "little")
    return b"RIFF" + size + b"WAVEfmt \x10\x00\x00\x00" + form + b"\x02\x00\x10\x00data" + size


HUGE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "50 GB": (
        lambda path: sparse(path, 50 * 10**9, wav_head(50 * 10**9)),
        r"has 50\.0 GB; the limit is 22\.1 GB",
    ),
    "nothing but zeros": (lambda path: sparse(path, 20 * 10**9), "is no sound file"),
    "a wav of two days": (lambda path: sparse(path, 4 * 10**9, wav_head(4 * 10**9)), "the limit is 60 min"),
}


@pytest.mark.parametrize("kind", HUGE)
@pytest.mark.parametrize("read", [load, digest, lambda path: ResultFiles(path.parent).digest(path)])
def test_what_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, kind: str, read: Callable[[Path], Any]
) -> None:
    make, said = HUGE[kind]
    path = make(tmp_path / "a.wav")
    began_s = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        read(path)
    assert time.monotonic() - began_s < AT_ONCE_S
    assert caught.value.hint
    assert caught.value.remedy("zh")


def test_an_hour_of_the_finest_sound_is_no_more_than_the_limit() -> None:
    assert LARGEST_BYTES == 3600 * 192_000 * 8 * 4


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/urandom", "/dev/stdin", "/proc/self/maps", "/proc"])
@pytest.mark.parametrize("read", [load, digest, told_length_s])
def test_what_never_ends_is_never_read(tmp_path: Path, target: str, read: Callable[[Path], Any]) -> None:
    if not Path(target).exists():
        pytest.skip(f"no {target} on this system")
    (tmp_path / "a.wav").symlink_to(target)
    with pytest.raises(InputError):
        read(tmp_path / "a.wav")


def reads_with(monkeypatch: pytest.MonkeyPatch, kind: type[io.BufferedReader]) -> None:
    monkeypatch.setattr(Path, "open", lambda self, _mode="r": kind(io.FileIO(self)))


def test_a_file_that_is_still_being_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_wav(tmp_path / "a.wav", tone(2.0, RATE_HZ), RATE_HZ)

    class Growing(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            os.truncate(path, path.stat().st_size + 1000)
            return super().read(size)

    reads_with(monkeypatch, Growing)
    for read in (load, digest):
        with pytest.raises(InputError, match="changes while it is read") as caught:
            read(path)
        assert "还在变" in caught.value.words("zh")


def test_a_disk_that_fails_on_the_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_wav(tmp_path / "a.wav", tone(2.0, RATE_HZ), RATE_HZ)

    class Failing(io.BufferedReader):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    reads_with(monkeypatch, Failing)
    for read in (load, digest, told_length_s):
        with pytest.raises(InputError, match="cannot be read: Input/output error"):
            read(path)
