"""What a practice says when the sound cannot be had, and that it goes on in writing: in a real terminal.

PortAudio itself refuses where it can be brought to: it is not found, it is asked for an impossible rate, it
has no output. That another program holds the microphone needs hardware: there its error alone is raised.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulse import Pulse
    from terminal import Terminal

    Start = Callable[..., Terminal]

pytestmark = [pytest.mark.sound, pytest.mark.weights]

FAULTY = """
import ctypes.util, importlib.machinery, importlib.util, os, sys

fault, here = os.environ["SOUND_FAULT"], os.path.dirname(os.path.abspath(__file__))
if fault == "library":
    found = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None if name == "portaudio" else found(name)
elsewhere = [path for path in sys.path if os.path.abspath(path) != here]
spec = importlib.machinery.PathFinder.find_spec("sounddevice", elsewhere)
real = sys.modules["sounddevice"] = importlib.util.module_from_spec(spec)
try:
    spec.loader.exec_module(real)
except BaseException:
    del sys.modules["sounddevice"]
    raise


class Refused(real.RawInputStream):
    def __init__(self, **wishes):
        if fault == "busy":
            raise real.PortAudioError("Error opening RawInputStream: Device unavailable", -9985)
        super().__init__(**wishes | {"samplerate": 1e6})


if fault == "output":
    real.default.device = None, -1
else:
    real.RawInputStream = Refused
"""
READ_BY_EYE, READ_ALOUD, IN_WRITING = "读题，Enter 开始答", "正在读题|正在合成", "Enter 改用文字作答"
MENU = "a 再答 · n 下一题 · m 范例"


@pytest.fixture
def faulty(start: Start, tmp_path: Path) -> Callable[[str], Terminal]:
    """Starts a practice at a sound system that has the fault named."""
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "sounddevice.py").write_text(FAULTY)
    return lambda fault: start(more={"PYTHONPATH": str(folder), "SOUND_FAULT": fault})


def answer_in_writing(terminal: Terminal) -> str:
    terminal.wait(IN_WRITING)
    terminal.press("Enter")
    terminal.wait("打字作答")
    terminal.press("先跟您道个歉，让您久等了，您的心情我特别理解", "Enter", "Enter")
    return terminal.wait(MENU)


@pytest.mark.parametrize(
    ("fault", "prompt", "message", "remedy"),
    [
        ("library", READ_BY_EYE, "声音用不了.*PortAudio library not found", "apt-get install libportaudio2"),
        ("rate", READ_ALOUD, "麦克风不接受任何采样率（48000, 44100, 16000 Hz）", "设为 48000 Hz"),
        ("busy", READ_ALOUD, "麦克风被别的程序占用", "关掉正在用它的程序"),
    ],
)
def test_a_microphone_that_cannot_be_had_is_told_and_the_practice_goes_on_in_writing(
    faulty: Callable[[str], Terminal], fault: str, prompt: str, message: str, remedy: str
) -> None:
    terminal = faulty(fault)
    terminal.wait(prompt)
    terminal.press("Enter")
    screen = answer_in_writing(terminal)
    assert re.search(message, screen)
    assert remedy in screen
    assert "✓ 安抚情绪" in screen
    assert "Traceback" not in screen
    terminal.press("q")
    assert terminal.exit_status() == 0


def test_without_a_loudspeaker_the_prompt_is_read_by_eye_and_the_microphone_used(
    faulty: Callable[[str], Terminal],
) -> None:
    terminal = faulty("output")
    screen = terminal.wait(READ_BY_EYE)
    assert "找不到扬声器" in screen
    assert "接上耳机或扬声器" in screen
    terminal.press("Enter")
    terminal.wait("● 0:0")


def test_a_muted_microphone_is_told_while_it_records_and_afterwards(start: Start, pulse: Pulse) -> None:
    pulse.mute()
    terminal = start()
    terminal.wait(READ_ALOUD)
    terminal.press("Enter")
    terminal.wait("麦克风没有声音（全是零）")
    terminal.press("Enter")
    screen = terminal.wait("a 再答")
    assert "麦克风送来的全是数字零" in screen
    assert "取消静音" in screen
    assert "未评分" in screen
