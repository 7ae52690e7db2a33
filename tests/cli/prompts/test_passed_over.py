"""What is named like a pack and is none: named by ``prompts check``, no trouble elsewhere."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # the whole path may be too long for one


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "zero": lambda path: path.symlink_to("/dev/zero"),
    "null": lambda path: path.symlink_to(os.devnull),
    "loop": lambda path: path.symlink_to(path.name),
    "nowhere": lambda path: path.symlink_to("gone"),
    "folder": lambda path: path.mkdir(),
    "linked folder": lambda path: path.symlink_to("."),
    "socket": _socket,
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of packs, where the test stands."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "data" / "prompts"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ODD)
def test_check_names_each_and_the_others_go_on(
    own: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    path = own / "x.yaml"
    ODD[kind](path)
    status, out, err = run(capsys, "prompts", "check", "--fast", "--ui", "en")
    told = [line for line in (out + err).splitlines() if str(path) in line]
    assert (status, len(told)) == (0, 1), err
    assert told[0].startswith("warning: ")
    assert "passed over: " in told[0]
    status, out, _ = run(capsys, "prompts", "check", "--fast", "--json")
    assert [warning["file"] for warning in json.loads(out)["warnings"] if "passed" in warning["what"]] == [
        str(path)
    ]
    status, out, err = run(capsys, "prompts", "list", "--ui", "en")
    assert status == 0
    assert "late_delivery" in out
    assert str(path) not in err


@pytest.mark.usefixtures("english")
def test_a_file_for_the_folder_of_packs_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.chdir(own.parent)
    own.rmdir()
    own.touch()
    status, out, err = run(capsys, "prompts", "check", "--fast")
    assert (status, f"{own}:1: passed over" in out + err) == (0, True)


def test_score_goes_on_without_them(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, make in ODD.items():
        make(own / f"{kind}.yaml")
    status, _, err = run(
        capsys, "score", FIXTURES / "no_such.flac", "--prompt", "late_delivery", "--ui", "en"
    )
    assert (status, "no_such.flac" in err) == (3, True)


def test_a_pack_with_a_large_ending_is_read(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "MINE.YAML").write_text("schema: nothing\n")
    status, out, err = run(capsys, "prompts", "check", "--fast")
    assert (status, "MINE.YAML" in out + err) == (2, True)
