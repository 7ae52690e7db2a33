"""Folders of the user's and of the cache, and files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.folders import (
    cache_folder,
    cause_of,
    check_writable,
    data_folder,
    locked,
    replacing,
)
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT_BYTES = 4096
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither modes nor file size limits")


@contextmanager
def largest_file(size_bytes: int) -> Iterator[None]:
    """No file of this process can grow beyond ``size_bytes``: as full as a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("folder", "variable"), [(data_folder, "VOICECOACH_DATA_DIR"), (cache_folder, "VOICECOACH_CACHE_DIR")]
)
def test_a_named_folder_is_made_and_private(
    folder: Callable[[], Path], variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "a" / "b"
    monkeypatch.setenv(variable, str(wanted))
    assert folder() == wanted
    assert folder() == wanted
    if sys.platform != "win32":
        assert stat.S_IMODE(wanted.stat().st_mode) == 0o700


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("VOICECOACH_DATA_DIR", "~/takes")
    assert data_folder() == tmp_path / "takes"


@pytest.mark.skipif(sys.platform != "linux", reason="the standard places of Linux")
def test_without_a_name_the_systems_places_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CACHE"):
        monkeypatch.delenv(f"VOICECOACH_{kind}_DIR", raising=False)
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    assert data_folder() == tmp_path / "DATA" / "voicecoach"
    assert cache_folder() == tmp_path / "CACHE" / "voicecoach"


def test_a_folder_that_cannot_be_made_is_told_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "file" / "takes"))
    with pytest.raises(
        StoreError, match=r"cannot make the folder .*takes: Not a directory \(set VOICECOACH_D"
    ):
        data_folder()


def test_a_user_without_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", "~nobody-of-that-name/x")
    with pytest.raises(StoreError, match="cannot make the folder ~nobody-of-that-name"):
        cache_folder()


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "take.json"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [kept.name for kept in tmp_path.iterdir()] == ["take.json"]


@posix
def test_a_written_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "take.json"
    with replacing(path) as file:
        assert [stat.S_IMODE(part.stat().st_mode) for part in tmp_path.iterdir()] == [0o600]
        file.write(b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_block_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "take.json"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(path) as file:
        file.write(b"half") // 0
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize("size_bytes", [LIMIT_BYTES + 1, 50 * LIMIT_BYTES])
def test_a_full_disk_is_told_and_leaves_nothing_behind(size_bytes: int, tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with (
        pytest.raises(StoreError, match=r"cannot write .*take.wav: File too large \(free some space"),
        largest_file(LIMIT_BYTES),
        replacing(path) as file,
    ):
        file.write(b"\0" * size_bytes)
    assert list(tmp_path.iterdir()) == []


@posix
def test_what_just_fits_is_written(tmp_path: Path) -> None:
    with largest_file(LIMIT_BYTES), replacing(tmp_path / "take.wav") as file:
        file.write(b"\0" * LIMIT_BYTES)
    assert (tmp_path / "take.wav").stat().st_size == LIMIT_BYTES


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(
            StoreError, match=r"cannot write .*No such file or directory \(choose a folder that exists"
        ),
        replacing(tmp_path / "gone" / "take.json"),
    ):
        pytest.fail("the block must not run")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "take.json").mkdir()
    with pytest.raises(StoreError, match="cannot write"), replacing(tmp_path / "take.json") as file:
        file.write(b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["take.json"]


def test_a_long_name_of_hanzi_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / ("客" * 80 + ".json")
    with replacing(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("exc", "cause"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
        (OSError(), "OSError"),
        (RuntimeError("no home"), "no home"),
    ],
)
def test_a_cause_always_has_words(exc: OSError | RuntimeError, cause: str) -> None:
    assert cause_of(exc) == cause


def test_a_device_is_written_to_and_stays_a_device() -> None:
    with replacing(Path(os.devnull)) as file:
        file.write(b"gone")
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_device_is_told() -> None:
    with (
        pytest.raises(StoreError, match="cannot write /dev/full: No space left"),
        replacing(Path("/dev/full")) as file,
    ):
        file.write(b"x")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with replacing(tmp_path / "link") as file:
        file.write(b"through")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"through"


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("in the way")


UNUSABLE: dict[str, Callable[[Path], None]] = {
    "a folder": Path.mkdir,
    "a link to somewhere else": lambda path: path.symlink_to(path.parent / "victim"),
    "below a file": below_a_file,
}


@pytest.mark.parametrize("wait", [True, False])
@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_lock_that_cannot_be_made_is_told_with_its_variable(
    tmp_path: Path, kind: str, *, wait: bool
) -> None:
    path = tmp_path / "data" / "practise.lock"
    path.parent.mkdir()
    UNUSABLE[kind](path)
    with (
        pytest.raises(
            StoreError, match=r"cannot use the lock file .*practise.lock: .*\(set VOICECOACH_DATA_DIR"
        ),
        locked(path, variable="VOICECOACH_DATA_DIR", wait=wait),
    ):
        pytest.fail("held")
    assert not (tmp_path / "data" / "victim").exists()


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock", variable="V", wait=False) as first,
        locked(tmp_path / "lock", variable="V", wait=False) as second,
    ):
        assert (first, second) == (True, False)
    with locked(tmp_path / "lock", variable="V") as again:
        assert again


def test_a_folder_that_cannot_be_written_is_told_with_its_variable(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"cannot write into .*gone: No such file .*or set VOICECOACH_CACHE_DIR"
    ):
        check_writable(tmp_path / "gone", variable="VOICECOACH_CACHE_DIR")
    check_writable(tmp_path, variable="VOICECOACH_CACHE_DIR")
    assert not list(tmp_path.iterdir())
