"""docs/practise.png: the terminal of the real program, a fixture answered into a virtual microphone.

python tests/benchmarks/pictures/terminal_picture.py
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright
from pulse import Pulse
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text
from terminal import Terminal

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "docs" / "practise.png"
ANSWER = ROOT / "audio_fixtures" / "late_delivery_weak.flac"
COLUMNS, ROWS = 92, 44
PAGE = """<meta charset="utf-8"><style>{stylesheet} body {{ margin: 0 }}
#terminal {{ display: inline-block; padding: 18px 22px; background: {background}; color: {foreground};
font: 14px/1.45 "Noto Sans Mono CJK SC", monospace; white-space: pre }}</style>
<div id="terminal">{code}</div>"""


def main() -> None:
    """Practise once, and keep what the terminal shows."""
    pulse = Pulse()
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "PULSE_SERVER": pulse.env["PULSE_SERVER"],
            "VOICECOACH_DATA_DIR": f"{folder}/data",
            "LANG": "C.UTF-8",
            "COLORTERM": "truecolor",
        }
        program = Path(sys.executable).with_name("voicecoach")
        terminal = Terminal([program, "practise", "late_delivery"], env, columns=COLUMNS, rows=ROWS)
        try:
            terminal.wait("正在读题")
            terminal.press("Enter")
            terminal.wait("Enter 答完")
            pulse.say(ANSWER).wait(60)
            terminal.press("Enter")
            terminal.wait("a 再答")
            shown = subprocess.run(
                ["tmux", "-S", terminal.folder / "s", "capture-pane", "-p", "-e", "-S", "-200", "-t", "t"],
                capture_output=True, text=True, check=True,
            ).stdout.rstrip()  # fmt: skip
        finally:
            terminal.close()
            pulse.stop()
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(shown))
    page = console.export_html(theme=DIMMED_MONOKAI, code_format=PAGE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        view = browser.new_page(device_scale_factor=1.5)
        view.set_content(page)
        view.locator("#terminal").screenshot(path=str(TARGET))
        browser.close()
    print(f"{TARGET}: {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
