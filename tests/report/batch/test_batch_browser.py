"""The report of a batch in a real browser, offline: open, filter, sort, play, by mouse and by keys."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
from assessments import answer
from batch_documents import documents, failure, key_of, of
from batch_pages import written
from browsing import is_playing, luminance, time_of, wait_until, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

N = 200
"""Rows of the large report: two pages of the table."""
CLOCK_STEP_S = 0.6
"""A click's position is read this much later at most while the sound plays, seconds."""
FIRST = "0000.wav"
"""A scored recording of the first page of the table."""
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("batch") / "out", documents(N))


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def opened(browser: Browser, troubles: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a report without a network; what goes wrong is kept in ``troubles``."""
    contexts: list[BrowserContext] = []

    def open_page(path: Path, *, width: int = 1240, scheme: Any = "light", at: str = "") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        own = ("blob:", "data:", path.parent.parent.as_uri())
        watch(page, troubles, is_own=lambda url: url.startswith(own))
        page.goto(path.as_uri() + at)
        return page

    yield open_page
    for context in contexts:
        context.close()


def shown(page: Page) -> list[str]:
    """The names of the files in the table, in order."""
    return page.locator("#rows .open").all_inner_texts()


def count(page: Page) -> int:
    digits = re.match(r"\d+", page.inner_text("#shown"))
    assert digits
    return int(digits[0])


def wait_for_count(page: Page, n: int) -> None:
    wait_until(page, f"document.getElementById('shown').textContent.startsWith('{n} ')")


def totals(page: Page) -> list[float]:
    return [float(text) for text in page.locator("#rows .sum").all_inner_texts() if text != "–"]


def enter(page: Page, name: str) -> None:
    page.click(f"#rows .open >> text={name}")
    page.wait_for_selector("#detail .columns")
    wait_until(page, "document.getElementById('audio').readyState >= 1")


def test_it_opens_worst_first_and_asks_for_nothing(
    opened: Callable[..., Page], large: Path, troubles: list[str]
) -> None:
    page = opened(large)
    assert (count(page), len(shown(page))) == (N, 100)
    assert totals(page) == sorted(totals(page))
    page.click("#page-after")
    assert shown(page)[-1].endswith("9.wav")
    assert page.locator("#rows .chip.red", has_text="失败").count() == N // 20
    assert troubles == []


def test_search_and_filters_choose_rows(opened: Callable[..., Page], large: Path) -> None:
    page = opened(large)
    page.keyboard.press("/")
    page.keyboard.type("0042")
    wait_for_count(page, 1)
    assert shown(page) == ["0042.wav"]
    by_fang = [line for line in documents(N) if line["batch"]["speaker"] == "王芳"]
    n_scored = sum(line.get("total") is not None for line in by_fang)
    page.fill("#search", "王芳 物流系统")
    wait_for_count(page, n_scored)
    page.fill("#search", "")
    page.select_option("#filter-speaker", "王芳")
    wait_for_count(page, len(by_fang))
    page.select_option("#filter-state", "scored")
    wait_for_count(page, n_scored)
    page.select_option("#filter-verdict", "fatal")
    assert set(totals(page)) <= {0.0}
    page.click("#reset")
    wait_for_count(page, N)
    assert page.input_value("#filter-speaker") == "*"


@pytest.mark.parametrize(
    ("button", "chip"),
    [
        ("[data-filter=point][data-state=not_heard] >> nth=0", "安抚情绪 · 没有听到"),
        ("[data-filter=metric][data-verdict=red] >> nth=0", "语速 · 需改进"),
        ("[data-filter=trouble] >> nth=1", "未评分 · 录音里没有听到说话声"),
    ],
)
def test_a_number_of_the_figures_shows_just_its_recordings(
    opened: Callable[..., Page], large: Path, button: str, chip: str
) -> None:
    page = opened(large)
    said = re.findall(r"\d+", page.locator(button).text_content() or "")
    page.click(button)
    assert count(page) == int(said[-1])
    assert page.inner_text("#focus") == chip


def test_a_heading_sorts_turns_over_and_lets_go(opened: Callable[..., Page], large: Path) -> None:
    page = opened(large)
    before = shown(page)
    page.click("[data-sort=total]")
    assert page.get_attribute(".col-total", "aria-sort") == "ascending"
    page.click("[data-sort=total]")
    assert page.get_attribute(".col-total", "aria-sort") == "descending"
    assert totals(page) == sorted(totals(page), reverse=True)
    page.click("[data-sort=total]")
    assert shown(page) == before
    page.click("[data-sort=file]")
    assert shown(page)[:3] == ["0000.wav", "0001.wav", "0002.wav"]


def test_a_recording_opens_plays_a_moment_and_closes_where_it_was(
    opened: Callable[..., Page], large: Path, troubles: list[str]
) -> None:
    page = opened(large)
    enter(page, FIRST)
    assert f"week/{FIRST}" in page.inner_text("#detail .facts")
    page.click(".point >> nth=2 >> .jump")
    wait_until(page, "document.getElementById('audio').currentTime > 8.1")
    assert 8.02 <= time_of(page) <= 9.84 + CLOCK_STEP_S
    wait_until(page, "document.getElementById('audio').paused")
    assert time_of(page) == pytest.approx(9.84, abs=CLOCK_STEP_S)
    page.click("#back")
    assert not page.locator("#player").is_visible()
    assert page.evaluate("document.activeElement.textContent") == FIRST
    assert troubles == []


@pytest.mark.parametrize(
    ("selector", "start_s"),
    [(".flag.forbidden", 17.86), (".w >> text=优惠券", 21.2), (".tips .jump >> nth=1", 11.61)],
)
def test_flags_words_and_advice_play_too(
    opened: Callable[..., Page], large: Path, selector: str, start_s: float
) -> None:
    page = opened(large)
    enter(page, FIRST)
    page.click(selector)
    wait_until(page, f"document.getElementById('audio').currentTime >= {start_s}")
    assert time_of(page) <= start_s + 2 * CLOCK_STEP_S


def test_the_keyboard_alone_goes_from_search_to_sound_and_back(
    opened: Callable[..., Page], large: Path
) -> None:
    page = opened(large)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent")
    assert second == shown(page)[1]
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail .columns")
    wait_until(page, "document.getElementById('audio').readyState >= 2")
    page.keyboard.press("Space")
    wait_until(page, "!document.getElementById('audio').paused")
    page.keyboard.press("j")
    third = shown(page)[2]
    wait_until(page, f"document.querySelector('#detail .facts').textContent.includes('{third}')")
    assert not is_playing(page)
    page.keyboard.press("Escape")
    assert page.locator("#overview").is_visible()
    assert page.evaluate("document.activeElement.textContent") == third


def test_an_address_leads_to_its_recording(opened: Callable[..., Page], large: Path) -> None:
    page = opened(large, at="#r7")
    page.wait_for_selector("#detail .columns")
    wanted = opened(large)
    assert shown(wanted)[6] in page.inner_text("#detail .facts")


def test_a_failure_says_why_and_what_to_do(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(written(tmp_path / "out", [failure(file="坏.wav")]))
    page.click("#rows tr")
    page.wait_for_selector("#detail .remark")
    assert "坏.wav has no sound in it" in page.inner_text("#detail")
    assert "give a sound file" in page.inner_text("#detail")


def test_sound_in_the_page_plays_without_the_recording(opened: Callable[..., Page], tmp_path: Path) -> None:
    path = written(tmp_path / "out", [of(answer())], heard={"choice": "embed"})
    (tmp_path / "录 音#1.mp3").unlink()
    page = opened(path)
    enter(page, "答案 1.wav")
    page.click(".point >> nth=2 >> .jump")
    wait_until(page, "document.getElementById('audio').currentTime > 8.1")


def test_a_recording_that_is_gone_is_told_and_the_rest_stays(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    path = written(tmp_path / "out", [of(answer())])
    (tmp_path / "录 音#1.mp3").unlink()
    page = opened(path)
    page.click("#rows .open")
    page.wait_for_selector("#sound-note.bad")
    assert "--sound embed" in page.inner_text("#sound-note")
    assert not page.locator("#player").is_visible()
    assert "查明原因" in page.inner_text("#detail")


def test_a_page_that_is_gone_is_told(opened: Callable[..., Page], tmp_path: Path) -> None:
    path = written(tmp_path / "out", [of(answer())])
    (tmp_path / "out" / "pages" / f"{key_of(0)}.js").unlink()
    page = opened(path)
    page.click("#rows .open")
    wait_until(page, "document.getElementById('detail').textContent.includes('打不开 pages/')")


def test_what_a_result_holds_stays_text(
    opened: Callable[..., Page], tmp_path: Path, troubles: list[str]
) -> None:
    evil = copy.deepcopy(of(answer(), file=EVIL, speaker=EVIL))
    for word in evil["transcript"]["words"]:
        word["text"] = EVIL
    for point in evil["rubric"]["points"]:
        for said in point["evidence"]:
            said["quote"] = EVIL
    page = opened(written(tmp_path / "out", [evil, failure(file=EVIL)]))
    assert EVIL in page.inner_text("#overview")
    page.click("#rows tr >> nth=0")
    page.wait_for_selector("#detail .columns")
    wait_until(page, "document.getElementById('audio').readyState >= 1")
    assert EVIL in page.inner_text("#detail .transcript")
    assert EVIL in page.inner_text("#detail .points")
    assert page.evaluate("document.images.length") == 0
    assert troubles == []


def test_markup_that_got_in_would_not_run(
    opened: Callable[..., Page], large: Path, troubles: list[str]
) -> None:
    """The policy itself, tried with what the page never does."""
    page = opened(large)
    page.evaluate(
        """() => {
            const put = (html) => document.body.insertAdjacentHTML("beforeend", html);
            put("<img src=x onerror='window.bad = 1'>");
            put("<iframe src='pages/x.html'></iframe>");
            put("<a id=link href='javascript:window.bad = 2'>x</a>");
            document.getElementById("link").click();
            const script = document.createElement("script");
            script.src = "https://example.com/x.js";
            document.body.append(script);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.bad === undefined")
    refused = " ".join(troubles)
    for what in ("img-src data:", "inline event handler", "JavaScript URL", "Framing", "Loading the script"):
        assert what in refused


def test_it_follows_the_readers_scheme_and_the_switch_turns_it_over(
    opened: Callable[..., Page], large: Path
) -> None:
    page = opened(large, scheme="dark")
    assert luminance(page) < 60
    page.click("#theme")
    assert luminance(page) > 200


@pytest.mark.parametrize("width", [360, 768])
def test_nothing_is_wider_than_a_narrow_screen(opened: Callable[..., Page], large: Path, width: int) -> None:
    page = opened(large, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    enter(page, FIRST)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_button_and_picture_has_a_name(opened: Callable[..., Page], large: Path) -> None:
    page = opened(large)
    query = (
        "[...document.querySelectorAll('button, select, [role=img], [role=region], input')]"
        ".filter((e) => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')"
        " || (e.labels && e.labels.length) || e.textContent.trim())).map((e) => e.outerHTML)"
    )
    assert page.evaluate(query) == []
    enter(page, FIRST)
    assert page.evaluate(query) == []
