"""The command practise without a sound card: its keys, its refusals, its summary."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voicecoach.cli.keys import Keyboard, named
from voicecoach.cli.practise.session import device_of, weakest_point
from voicecoach.cli.practise.words import MENUS, WORDS
from voicecoach.model.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(sys.executable).with_name("voicecoach")


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal's two ends: where keys are pressed, and where they are read."""
    pressing, reading = pty.openpty()
    yield pressing, reading
    os.close(pressing)
    os.close(reading)


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("a", "a"),
        ("A", "a"),
        ("ａ", "a"),
        ("３", "3"),
        ("\r", "enter"),
        ("\n", "enter"),
        (" ", "space"),
        ("\x04", "q"),
        ("\x1b[A", None),
        ("\x01", None),
        ("", None),
    ],
)
def test_a_key_has_one_name_however_it_is_sent(sent: str, key: str | None) -> None:
    assert named(sent) == key


def test_keys_come_one_by_one_and_an_arrow_is_none(terminal: tuple[int, int]) -> None:
    pressing, reading = terminal
    with Keyboard(reading) as keyboard:
        assert keyboard.key(0.0) is None
        os.write(pressing, "rｑ".encode())
        assert [keyboard.key(5.0), keyboard.key(5.0)] == ["r", "q"]
        os.write(pressing, b"\x1b[A")
        assert keyboard.key(5.0) is None
        os.write(pressing, b"n")
        assert keyboard.key(5.0) == "n"


def test_what_was_pressed_can_be_forgotten(terminal: tuple[int, int]) -> None:
    pressing, reading = terminal
    with Keyboard(reading) as keyboard:
        os.write(pressing, b"rrr")
        assert keyboard.key(5.0) == "r"
        keyboard.flush()
        assert keyboard.key(0.0) is None


def test_the_terminal_is_left_as_it_was(terminal: tuple[int, int]) -> None:
    _, reading = terminal
    before = termios.tcgetattr(reading)
    with Keyboard(reading) as keyboard:
        assert not termios.tcgetattr(reading)[3] & termios.ICANON
        with keyboard.lines():
            assert termios.tcgetattr(reading) == before
        assert not termios.tcgetattr(reading)[3] & termios.ECHO
    assert termios.tcgetattr(reading) == before


def test_a_terminal_that_has_gone_ends_the_practice() -> None:
    pressing, reading = pty.openpty()
    with Keyboard(reading) as keyboard:
        os.close(pressing)
        assert keyboard.key(0.01) == "q"
    os.close(reading)


def test_without_a_terminal_the_remedy_is_told() -> None:
    done = subprocess.run(
        [PROGRAM, "practise"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "practise needs a terminal, and this is none" in done.stderr
    assert "voicecoach score FILE" in done.stderr


def test_every_word_is_there_in_both_languages() -> None:
    assert all(zh and en for zh, en in (WORDS | MENUS).values())


def test_a_device_is_a_number_or_a_name() -> None:
    assert (device_of("3"), device_of("USB 3"), device_of(None)) == (3, "USB 3", None)


def take(number: int, **states: str) -> Take:
    points = [{"id": point, "state": state} for point, state in states.items()]
    return Take(
        id=str(number),
        recorded_at="2026-11-22T09:30:00.000+00:00",
        prompt_id="late",
        prompt_text="?",
        pack="p",
        kind="scenario",
        language="zh",
        profile="interview",
        state="scored",
        assessment={"schema": "voicecoach.assessment/1", "rubric": {"points": points}},
    )


def test_the_weakest_point_is_what_was_missed_most_often() -> None:
    takes = [take(1, sorry="not_heard", check="covered"), take(2, sorry="not_heard", check="not_heard")]
    assert weakest_point(takes) == ("late", "sorry", 2)
    assert weakest_point([take(1, sorry="covered")]) is None
