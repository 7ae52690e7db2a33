"""A real browser for the reports: Chromium without a window and without a network of its own."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest
from requirements import lack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

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
        lack("browser", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


def watch(page: Page, troubles: list[str], *, is_own: Callable[[str], bool]) -> None:
    """Keep in ``troubles`` whatever the page says, asks the reader, or requests but for what ``is_own``."""
    page.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    page.on(
        "request",
        lambda request: None if is_own(request.url) else troubles.append(f"request: {request.url}"),
    )


def time_of(page: Page) -> float:
    """Where the player of the page stands, seconds."""
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def is_playing(page: Page) -> bool:
    """Whether the page is heard."""
    return bool(page.evaluate("!document.getElementById('audio').paused"))


def wait_until(page: Page, condition: str, *, limit_s: float = 10.0) -> None:
    """Playwright's own waiting evaluates strings in the page, which the page's policy forbids."""
    end = time.monotonic() + limit_s
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"not within {limit_s} s: {condition}"
        page.wait_for_timeout(50)


def luminance(page: Page) -> float:
    """How light the page is, 0..255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(float(part) for part in colour[4:-1].split(",")) / 3
