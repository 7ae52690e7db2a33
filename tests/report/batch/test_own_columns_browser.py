"""Own columns in the page of a batch: shown, searched, filtered, sorted, whatever they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from batch_documents import documents
from batch_pages import written
from browsing import wait_until, watch
from pages import EVIL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

N = 90
TEAMS = ("华东", "华北", "", "team 10", "team 9")

pytestmark = pytest.mark.browser


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, tmp_path: Path, troubles: list[str]) -> Iterator[Page]:
    lines = documents(N)
    for index, line in enumerate(lines):
        day = index % 28 + 1
        line["batch"]["date"] = f"2025-03-{day:02d}" if index % 2 else f"2025/3/{day}"
        line["batch"]["carried"] = {
            "team": TEAMS[index % len(TEAMS)],
            "工单号": f"GD-{index:05d}",
            "__proto__": "p" if index % 2 else "q",
            EVIL: EVIL,
            "回访日": f"2025年4月{day}日" if index != 3 else "待定",
            **{f"c{number}": str(index % 2) for number in range(6)},
        }
    path = written(tmp_path / "out", lines)
    context = browser.new_context(viewport={"width": 1240, "height": 900})
    context.set_offline(True)
    opened = context.new_page()
    own = ("blob:", "data:", tmp_path.as_uri())
    watch(opened, troubles, is_own=lambda url: url.startswith(own))
    opened.goto(path.as_uri())
    yield opened
    context.close()


def wait_for(page: Page, n: int) -> None:
    wait_until(page, f"document.getElementById('shown').textContent.startsWith('{n} ')")


def test_own_columns_are_searched_filtered_and_sorted(page: Page, troubles: list[str]) -> None:
    page.fill("#search", "gd-00042")
    wait_for(page, 1)
    assert "GD-00042" in page.inner_text("#rows tr")
    page.click("#rows .open")
    page.wait_for_selector("#detail .facts")
    assert "工单号: GD-00042" in page.inner_text("#detail .facts")
    page.keyboard.press("Escape")
    page.fill("#search", "")
    page.select_option("[data-own=own-0]", label="华东")
    wait_for(page, N // 5)
    page.fill("[data-own=own-1]", "0001")
    wait_for(page, 2)
    page.click("#reset")
    wait_for(page, N)
    assert page.input_value("[data-own=own-1]") == ""
    page.select_option("[data-own=own-2]", label="p")
    wait_for(page, N // 2)
    page.click("#reset")
    page.click("[data-filter=own] >> text=华北")
    wait_for(page, N // 5)
    assert page.inner_text("#focus") == "team: 华北"
    page.click("#reset")
    page.click("[data-sort=own-0]")
    teams = page.locator("#rows tr td:nth-child(3)").all_inner_texts()
    assert teams.index("team 9") < teams.index("team 10")
    assert page.evaluate("document.images.length") == 0
    assert troubles == []


def test_days_are_chosen_by_a_range_however_they_are_written(page: Page, troubles: list[str]) -> None:
    page.fill("[data-own=date][data-edge=from]", "2025-03-05")
    page.fill("[data-own=date][data-edge=to]", "2025-03-06")
    wait_for(page, sum(index % 28 + 1 in {5, 6} for index in range(N)))
    page.click("#reset")
    wait_for(page, N)
    page.fill("[data-own=own-4][data-edge=to]", "2025-04-01")
    wait_for(page, sum(index % 28 == 0 for index in range(N)))
    assert troubles == []


def test_many_own_columns_keep_the_page_narrow_and_have_names(page: Page) -> None:
    assert page.locator(".more-own").count() == 1
    page.evaluate("document.querySelector('.more-own').open = true")
    unnamed = (
        "[...document.querySelectorAll('[data-own]')].filter((e) => !e.getAttribute('aria-label')).length"
    )
    assert page.evaluate(unnamed) == 0
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
