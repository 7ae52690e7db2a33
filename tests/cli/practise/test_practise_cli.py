"""The command practise without a sound card: its keys, its refusals, its summary."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from voicecoach.app.practise.face import MENUS
from voicecoach.app.practise.session import Missed, Summary
from voicecoach.cli.keys import Keyboard, named
from voicecoach.cli.practise.face import TerminalFace

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


@pytest.mark.parametrize(
    ("ui", "told"),
    [("zh", "practise 要在终端里运行，这里没有"), ("en", "practise needs a terminal, and this is none")],
)
def test_without_a_terminal_the_remedy_is_told(ui: str, told: str) -> None:
    done = subprocess.run(
        [PROGRAM, "practise", "--ui", ui],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert told in done.stderr
    assert "voicecoach score FILE" in done.stderr


def shown_by(ui: str, *, names: tuple[str, ...] = (), summary: Summary | None = None) -> list[str]:
    """The lines that the face prints in one language."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        face = TerminalFace(cast("Any", None), ui=ui)
        for name in names:
            face.menu(cast("Any", name))
        face.summary(summary)
    return [line for line in said.getvalue().splitlines() if line]


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.usefixtures("wide")
def test_menus_name_each_key() -> None:
    assert shown_by("zh", names=("feedback", "offer", "no_microphone")) == [
        "a 再答 · n 下一题 · p 听片段（1–9 听建议）· t 算/不算 · m 范例 · h 网页报告 · c 改文字 · q 退出",
        "Enter 评分 · x 删除 · n 以后再说",
        "Enter 改用文字作答 · a 再试麦克风 · n 下一题 · q 退出",
    ]
    assert shown_by("en", names=("later", "unscored", "typed")) == [
        "n go on · p moments · t tick · m model answer · h HTML report · c correct",
        "a again · n next · p play · m model answer · q quit",
        "a again · n next · m model answer · q quit",
    ]
    assert all(choice.key for menu in MENUS.values() for choice in menu)


@pytest.mark.usefixtures("wide")
def test_the_end_of_a_practice_in_words() -> None:
    missed = Missed("late", "sorry", 2, {"zh": "道歉"})
    whole = Summary(3, 65.6, ("late", 70.4), missed)
    assert shown_by("zh", summary=whole) == [
        "这次练了 3 个录音 · 平均 66 分",
        "最好：late 70 分",
        "最常漏掉：道歉（late，2 次）",
        "更多：voicecoach review",
    ]
    assert shown_by("en", summary=Summary(1, None, None, missed)) == [
        "1 takes this time",
        "missed most: sorry (late, 2 x)",
        "more: voicecoach review",
    ]
    assert shown_by("en", summary=None) == []


@pytest.mark.parametrize(
    ("options", "told", "status"),
    [
        (["no_such_prompt", "--shuffle", "--noise", "cafe", "20"], "no_such_prompt", 2),
        (["jd_home", "--profile", "none", "--think", "2", "--auto-stop", "3"], "none", 2),
        (
            ["jd_home", "--model", "no_such_model", "--device", "3", "--weakest", "--n", "2"],
            "no_such_model",
            2,
        ),
    ],
)
def test_a_wrong_request_is_told_before_anything_begins(
    options: list[str], told: str, status: int, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    _, reading = terminal
    env = {**os.environ, "VOICECOACH_DATA_DIR": str(tmp_path), "LANG": "C.UTF-8", "VOICECOACH_UI": "en"}
    done = subprocess.run(
        [PROGRAM, "practise", *options],
        stdin=reading, stdout=reading, stderr=subprocess.PIPE, text=True, check=False, env=env,
    )  # fmt: skip
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == status
