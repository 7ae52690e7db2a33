"""Faults of the operating system are told in the reader's language."""

from __future__ import annotations

import os

import pytest

from voicecoach.errors import InputError
from voicecoach.words.causes import CODES, LIBRARY_CODES


@pytest.mark.parametrize("number", CODES)
def test_a_fault_of_the_system_is_told_in_the_readers_language(number: int) -> None:
    fault = InputError("transcript-unreadable", name="a.json", cause=os.strerror(number))
    assert os.strerror(number) not in fault.words("zh")
    assert not any("a" <= letter <= "z" for letter in fault.words("zh").replace("a.json", ""))
    assert fault.words("en").endswith(
        os.strerror(next(other for other in CODES if CODES[other] == CODES[number]))
    )


@pytest.mark.parametrize("said", LIBRARY_CODES)
def test_what_a_library_says_of_a_broken_file_is_told_in_the_readers_language(said: str) -> None:
    fault = InputError("sound-undecodable", path="a", cause=said)
    assert said in fault.words("en")
    assert said not in fault.words("zh")


def test_what_the_system_does_not_say_is_told_as_it_is() -> None:
    fault = InputError("transcript-unreadable", name="No such file or directory.json", cause="odd")
    assert "No such file or directory.json" in fault.words("zh")
    assert fault.words("zh").endswith("odd")
