"""What onnxruntime left on this machine goes; nothing else does, and no link is followed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from voicecoach.left_behind import FOLDERS, remove_left_behind

if TYPE_CHECKING:
    from pathlib import Path

SESSION = "1795861839684\n5e40f9b1-4ef6-db69-378b-6ac55cfe207f"
LEFT = ("deviceid", "deviceid.lock", "onnxruntime.db", "onnxruntime.db-wal", "onnxruntime.db-shm",
        "onnxruntime.db-journal", "deviceid.tmp.fe89fcac-e1e1-492a-b6c2-4334501cf851")  # fmt: skip


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files; the user's cache is its neighbour ``cache``."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def left_in(cache: Path) -> Path:
    folder = cache.joinpath(*FOLDERS)
    folder.mkdir(parents=True)
    for name in LEFT:
        (folder / name).write_text("left")
    return folder


@pytest.mark.parametrize("cache", ["cache", "home/.cache"])
def test_all_of_it_goes_and_the_folders_that_are_empty_then(temporary: Path, cache: str) -> None:
    left_in(temporary.parent / cache)
    (temporary / ".ses").write_text(SESSION)
    remove_left_behind()
    assert not (temporary.parent / cache / "Microsoft").exists()
    assert (temporary.parent / cache).is_dir()
    assert not list(temporary.iterdir())


def test_a_cache_that_is_a_link_itself_is_the_users_cache(temporary: Path) -> None:
    left_in(temporary.parent / "elsewhere")
    (temporary.parent / "cache").symlink_to(temporary.parent / "elsewhere")
    remove_left_behind()
    assert not list((temporary.parent / "elsewhere").iterdir())


def test_files_of_others_stay_with_their_folders(temporary: Path) -> None:
    folder = left_in(temporary.parent / "cache")
    kept = (folder / "notes.txt", folder.parent / "deviceid", folder / "onnxruntime.db.bak")
    for path in kept:
        path.write_text("somebody else's")
    remove_left_behind()
    assert [path.read_text() for path in kept] == ["somebody else's"] * 3
    assert {path.name for path in folder.iterdir()} == {"notes.txt", "onnxruntime.db.bak"}


@pytest.mark.parametrize("depth", range(len(FOLDERS)))
def test_a_folder_that_is_a_link_is_not_followed(temporary: Path, depth: int) -> None:
    victim = temporary.parent / "victim"
    folder = left_in(victim)
    link = (temporary.parent / "cache").joinpath(*FOLDERS[: depth + 1])
    link.parent.mkdir(parents=True)
    link.symlink_to(victim.joinpath(*FOLDERS[: depth + 1]))
    remove_left_behind()
    assert {path.name for path in folder.iterdir()} == set(LEFT)
    assert link.is_symlink()


@pytest.mark.parametrize("name", ["deviceid", "onnxruntime.db"])
def test_a_file_that_is_a_link_stays_and_so_does_its_victim(temporary: Path, name: str) -> None:
    victim = temporary.parent / "victim"
    victim.write_text(SESSION)
    folder = left_in(temporary.parent / "cache")
    (folder / name).unlink()
    (folder / name).symlink_to(victim)
    (temporary / ".ses").symlink_to(victim)
    remove_left_behind()
    assert victim.read_text() == SESSION
    assert (temporary / ".ses").is_symlink()
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize(
    "content", ["", "my own notes", SESSION + "\nand more", "1795861839684\n", "x" * 5000]
)
def test_another_file_of_that_name_stays(temporary: Path, content: str) -> None:
    (temporary / ".ses").write_text(content)
    remove_left_behind()
    assert (temporary / ".ses").read_text() == content


def test_what_is_no_plain_file_stays_and_keeps_nobody_waiting(temporary: Path) -> None:
    os.mkfifo(temporary / ".ses")
    remove_left_behind()
    assert (temporary / ".ses").exists()


def test_nothing_there_is_no_fault(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(temporary / "absent"))
    remove_left_behind()
    assert not list(temporary.iterdir())
