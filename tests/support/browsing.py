"""A real browser for the reports: Chromium without a window and without a network of its own."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Skips, or fails where everything is required, when there is no Chromium."""
    from playwright.sync_api import sync_playwright

    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        end = pytest.fail if os.environ.get("REQUIRE_AUDIO") == "1" else pytest.skip
        end("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()
