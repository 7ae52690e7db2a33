"""Files as tables name them: what is meant is found, what is near is offered, and nothing else is taken."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch.manifests.named_files import NamedFiles, bare
from voicecoach.words.catalogue import Message

HERE = Path("sub", "录音é.wav")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / HERE).touch()
    return tmp_path


@pytest.mark.parametrize(
    "named",
    [
        "sub/录音é.wav", "sub\\录音é.wav", ".\\sub\\录音é.wav", "./sub/../sub/录音é.wav",
        ' "sub/录音é.wav" ', "“sub/录音é.wav”",
        "'sub\\录音é.wav'", "\u202asub/录音é.wav\u202c", "　sub/录音é.wav", "SUB/录音É.WAV", "Sub\\录音é.Wav",
        unicodedata.normalize("NFD", "sub/录音é.wav"), unicodedata.normalize("NFD", "SUB\\录音é.wav"),
    ],
)  # fmt: skip
def test_a_file_is_found_by_every_way_of_writing_it(folder: Path, named: str) -> None:
    where = NamedFiles(folder).found(named)
    assert not isinstance(where, Message)
    assert Path(where[1]).samefile(folder / HERE)


def test_addresses_of_this_machine_and_the_home_are_understood(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    address = (folder / HERE).as_uri()
    for named in (
        address,
        address.replace("file://", "file://localhost"),
        address.upper().replace("FILE", "file"),
        "~/sub/录音é.wav",
    ):
        where = NamedFiles(folder / "elsewhere").found(named)
        assert not isinstance(where, Message), named
        assert Path(where[1]).samefile(folder / HERE)


def test_a_file_named_in_bytes_of_a_chinese_windows_is_found_by_its_hanzi(folder: Path) -> None:
    name = os.fsdecode("客户来电录音.wav".encode("gbk"))
    (folder / name).touch()
    where = NamedFiles(folder).found("客户来电录音.wav")
    assert where == ("客户来电录音.wav", str(folder / name))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("sub/录音e.wav", "没有文件 sub/录音e.wav；是不是 录音é.wav？"),
        ("录音.wav", None),
        ("sub/全然别的名字.mp3", None),
        ("none/录音é.wav", None),
        ("~nobody-of-this-name/a.wav", "没有用户 ~nobody-of-this-name"),
        ("http://example.org/a.wav", "http://example.org/a.wav 不在这台电脑上"),
        ("file://server/share/a.wav", "file://server/share/a.wav 不在这台电脑上"),
        ("file://[", "file://[ 不在这台电脑上"),
        ("\ud800.wav", "\\ud800.wav 不能作文件名"),
        ("a\0.wav", "a\\x00.wav 不能作文件名"),
        ("长" * 3000 + ".wav", None),
        ("a/" * 3000, None),
        ("C:\\录音\\a.wav", None),
        ("\\\\server\\share\\a.wav", None),
    ],
)
def test_what_is_not_there_is_told_or_left_to_who_opens_it(
    folder: Path, named: str, told: str | None
) -> None:
    where = NamedFiles(folder).found(named)
    if told is None:
        assert not isinstance(where, Message)
        with pytest.raises(OSError, match=r"No such file|too long"):
            Path(where[1]).stat()
    else:
        assert isinstance(where, Message)
        assert where.words("zh") == told


@pytest.mark.parametrize(
    "named", ["C:\\\\Users\\\\x\\\\Beside.wav", "/mnt/share/beside.wav", "old/beside.WAV"]
)
def test_of_a_path_from_another_machine_the_file_beside_the_table_is_offered(
    folder: Path, named: str
) -> None:
    (folder / "beside.wav").touch()
    where = NamedFiles(folder).found(named.replace("\\\\", "\\"))
    assert isinstance(where, Message)
    assert "did you mean beside.wav" in where.words("en")


def test_of_two_with_the_same_letters_none_is_taken(folder: Path) -> None:
    (folder / "A.wav").touch()
    (folder / "a.WAV").touch()
    where = NamedFiles(folder).found("a.wav")
    assert isinstance(where, Message)
    assert where.words("en") == "a.wav may be A.wav / a.WAV"
    assert NamedFiles(folder).found("A.wav") == ("A.wav", str(folder / "A.wav"))


def test_few_near_misses_are_looked_for_among_many(folder: Path) -> None:
    files = NamedFiles(folder)
    told = [files.found("sub/录音e.wav") for _ in range(300)]
    assert [isinstance(where, Message) for where in told] == [True] * 200 + [False] * 100


@given(st.text(max_size=20))
def test_no_name_breaks_it(named: str) -> None:
    where = NamedFiles(Path("/nowhere")).found(named)
    assert isinstance(where, Message) or bare(named) == where[0] or "\\" in named or "://" in named
