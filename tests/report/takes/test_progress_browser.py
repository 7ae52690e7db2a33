"""The page of progress in a real browser: offline, without a complaint, with every trend drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browsing import watch
from store_contract import a_document, a_scored, summary

from voicecoach.app.takes.progress import progress
from voicecoach.documents.take import facts_of
from voicecoach.report.takes.progress import progress_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    takes = []
    for number in range(400):
        document = a_document(total=30.0 + (7 * number) % 60, rate=150.0 + (11 * number) % 120)
        document["provenance"]["recogniser"]["model_sha256"] = "ef"[number >= 200] * 64
        document["rubric"]["points"][1]["state"] = ("maybe", "not_heard")[number % 2]
        takes.append(a_scored(number % 300, assessment=document, prompt_id=f"p{number % 5}"))
    rows = [row for take in takes for row in facts_of(take).figures]
    points = [row for take in takes for row in facts_of(take).points]
    path = tmp_path_factory.mktemp("page") / "progress.html"
    path.write_bytes(progress_bytes(progress([summary(take) for take in takes], rows, points, ())))
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_it_opens_offline_and_shows_the_trends(
    browser: Browser, page_file: Path, scheme: Any, width: int
) -> None:
    troubles: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_offline(True)
    page: Page = context.new_page()
    watch(page, troubles, is_own=lambda url: url.startswith((page_file.as_uri(), "data:")))
    page.goto(page_file.as_uri())
    for name in ("total", "coverage", "speech_rate"):
        box = page.locator(f"#trend-{name} svg").bounding_box()
        assert box, name
        assert box["width"] > 200
        assert box["height"] > 60
        assert page.locator(f"#trend-{name} circle").count() in range(100, 305)
    assert page.locator("#trend-speech_rate rect.green").count() >= 1
    assert page.locator("#trend-total line.break").count() >= 1
    colours = [
        page.locator(selector).first.evaluate("e => getComputedStyle(e).fill")
        for selector in ("#trend-speech_rate rect.green", "#trend-speech_rate rect.amber")
    ]
    assert len({*colours, "rgb(0, 0, 0)"}) == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("details.prompt[open]").count() == 3
    page.locator("details.prompt").nth(4).locator("summary").click()
    assert page.locator("details.prompt[open]").count() == 4
    assert "最薄弱的一步" in page.inner_text("main")
    assert troubles == []
    context.close()
