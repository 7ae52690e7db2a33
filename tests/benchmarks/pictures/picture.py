"""Take the README's picture: score a fixture, open its report in a real browser, write ``docs/report.png``.

``python tests/benchmarks/pictures/picture.py [FIXTURE] [PICTURE]``
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[3]
WIDTH, HEIGHT = 1200, 1560
MOMENT_S = 10.8
"""Where the playhead stands in the picture, seconds."""


def main() -> None:
    """Score, open, take."""
    fixture = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "audio_fixtures" / "late_delivery_weak.flac"
    picture = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "report.png"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "report.html"
        command = [sys.executable, "-m", "voicecoach", "score", str(fixture), "--prompt", "late_delivery"]
        subprocess.run([*command, "--html", str(page_file)], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.evaluate(f"document.getElementById('audio').currentTime = {MOMENT_S}")
        page.wait_for_timeout(500)
        page.screenshot(path=str(picture))
        browser.close()
    print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
