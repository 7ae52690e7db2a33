"""Names and texts from outside: whatever their bytes, a reader can read them and every encoding takes it."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import InputError
from voicecoach.model.job import FILE_MARK, Failure
from voicecoach.words.catalogue import Message, word
from voicecoach.words.visible import is_whole, name_part, shown, visible, whole

NAMES = ("客服录音_001.wav", "张玥.wav", "第1周／客户（投诉）.m4a", "𠮷野家.wav", "王小明 2026-11-28.mp3")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_a_chinese_windows_are_read(name: str) -> None:
    stray = os.fsdecode(name.encode("gb18030"))
    assert not is_whole(stray)
    assert shown(stray) == name
    assert shown(Path("/录音", stray, "a.wav")) == f"/录音/{name}/a.wav"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xb5.wav", r"\xb5.wav"),
        (b"\xff\xfe.wav", r"\xff\xfe.wav"),
        ("Zoë Müller.wav".encode("latin-1"), r"Zo\xeb M\xfcller.wav"),
        ("客户".encode() + b"\xff.wav", r"客户\xff.wav"),
        (b"a\nb\t\x1b[31m\xc2\x9b.wav", r"a\nb\t\x1b[31m\x9b.wav"),
        ("\u202egpj.wav".encode(), r"\u202egpj.wav"),
    ],
)
def test_what_makes_no_sense_is_escaped(raw: bytes, told: str) -> None:
    assert shown(os.fsdecode(raw)) == told


@pytest.mark.parametrize(
    "name", ["客服.wav", "e\u0301.wav", "👨\u200d👩\u200d👧.wav", "a\u3000b.wav", "-x <b>'\".wav"]
)
def test_names_that_can_be_read_stay(name: str) -> None:
    assert shown(name) == name


def test_under_a_locale_of_ascii_utf_8_is_still_read() -> None:
    assert shown("客服.wav".encode().decode("ascii", "surrogateescape")) == "客服.wav"


@given(st.binary(min_size=1, max_size=40))
def test_any_bytes_become_one_line_that_every_encoding_takes(raw: bytes) -> None:
    told = shown(raw.decode("utf-8", "surrogateescape"))
    assert told.encode().decode() == told
    assert visible(told) == told
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in told)


@given(st.text(st.characters(exclude_categories=[]), max_size=40))
def test_what_is_visible_stays_so(text: str) -> None:
    told = visible(text, keep="\n")
    assert is_whole(told)
    assert visible(told, keep="\n") == told
    assert told.count("\n") == text.count("\n")


@given(st.binary(min_size=1, max_size=300), st.integers(0, 60))
def test_a_part_of_a_name_fits(raw: bytes, most_bytes: int) -> None:
    part = name_part(raw.decode("utf-8", "surrogateescape"), most_bytes=most_bytes)
    assert len(part.encode()) <= most_bytes
    assert not set(part) & set("/\\\0\n")


@given(st.binary(max_size=40))
def test_what_was_typed_is_whole(raw: bytes) -> None:
    typed = raw.decode("utf-8", "surrogateescape")
    assert is_whole(whole(typed))
    assert whole(whole(typed)) == whole(typed)


def test_what_a_terminal_of_a_chinese_windows_sends_is_read() -> None:
    assert whole(os.fsdecode("先跟您道歉。".encode("gb18030"))) == "先跟您道歉。"
    assert whole("x\ud800") == "x\ufffd"


def test_every_message_takes_a_path_of_any_bytes() -> None:
    path = Path("/a", os.fsdecode("客户.csv".encode("gbk")))
    assert "/a/客户.csv" in word("error-table-unreadable", "en", path=path, cause="?")
    assert "/a/客户.csv" in word("error-table-unreadable", "en", path=str(path), cause="?")


def test_a_failure_names_its_file_and_crosses_processes() -> None:
    path = Path(os.fsdecode("客户\n.wav".encode("gbk")))
    failure = Failure.of(InputError("sound-missing", path=path), path=shown(path))
    assert FILE_MARK in failure.message
    assert failure.said_of("x.wav", "en").message.startswith("x.wav")
    message = Message("error-sound-missing", {"path": path})
    assert is_whole(str(message.plain()))
