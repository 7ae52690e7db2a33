"""Marks made in the page of a batch, in a real browser from a file: kept, saved, and read by `agree`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from batch_documents import documents
from batch_pages import written
from browsing import wait_until, watch
from click.testing import CliRunner

from voicecoach.adapters.batch.marks import read_marks, read_results
from voicecoach.app.agreement.sheet import read_sheet
from voicecoach.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from voicecoach.app.agreement.agree import MarkRow

N = 40
N_FAILED = 2
EVIL = '=HYPERLINK("x"),"\n<b>'

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return documents(N)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, Any]]) -> Path:
    folder = tmp_path_factory.mktemp("batch") / "out"
    written(folder, lines)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "results.jsonl").write_text(text, "utf-8")
    return folder


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1240, "height": 900}, accept_downloads=True)
    made.set_offline(True)
    yield made
    made.close()


def opened(context: BrowserContext, path: Path, troubles: list[str]) -> Page:
    page = context.new_page()
    own = ("blob:", "data:", path.parent.parent.as_uri())
    watch(page, troubles, is_own=lambda url: url.startswith(own))
    page.goto(path.as_uri())
    return page


def open_file(page: Page, name: str) -> None:
    page.fill("#search", name)
    wait_until(page, f"[...document.querySelectorAll('#rows .open')].map((e) => e.title) == 'week/{name}'")
    page.click("#rows .open")
    page.wait_for_selector("#marking")


def saved(page: Page, path: Path) -> Path:
    with page.expect_download() as download:
        page.click("#save-marks")
    download.value.save_as(path)
    return path


def rows_of(out: Path, sheet: Path) -> Sequence[MarkRow]:
    return read_sheet(read_marks(sheet), list(read_results(out / "results.jsonl")), []).rows


def test_marks_made_in_the_page_come_back_through_agree(
    context: BrowserContext, out: Path, tmp_path: Path, troubles: list[str]
) -> None:
    page = opened(context, out / "report.html", troubles)
    assert page.inner_text("#marked") == f"已标 0 / {N - N_FAILED}"
    assert page.locator("#save-marks").is_disabled()
    page.fill("#rater", "小李")
    open_file(page, "0000.wav")
    n_points = page.locator(".choices li").count()
    assert n_points >= 4
    page.keyboard.press("1")
    page.keyboard.press("0")
    page.keyboard.press("5")
    for _ in range(n_points - 3):
        page.keyboard.press("1")
    page.fill("#mark-total", "8.5")
    page.fill("#mark-note", EVIL)
    page.fill("#mark-appeal", "申诉：\n第 2 点说过了")
    page.keyboard.press("Escape")
    assert page.inner_text("#marked") == f"已标 1 / {N - N_FAILED}"
    open_file(page, "0001.wav")
    page.click(".choices li >> nth=1 >> text=不算")
    page.click("#back")
    assert page.inner_text("#marked") == f"已标 1 / {N - N_FAILED}，标了一半的 1"
    sheet = saved(page, tmp_path / "marks.csv")
    data = sheet.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in data.decode()
    first, second = rows_of(out, sheet)
    assert (first.file, first.rater, first.prompt) == ("week/0000.wav", "小李", "late_delivery")
    marks = list(first.marks.values())
    assert marks == [1.0, 0.0, 0.5, *[1.0] * (n_points - 3), 8.5]
    assert list(second.marks.values()) == [0.0]
    done = CliRunner().invoke(
        cli, ["agree", str(out / "results.jsonl"), str(sheet), "--json", "--n-boot", "0"]
    )
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert (document["n_files"], document["raters"], document["unknown_columns"]) == (2, ["小李"], [])
    assert len(document["items"]) == n_points + 1
    assert document["appeals"][0]["text"] == "申诉：\n第 2 点说过了"
    for _ in range(2):
        page.click("#clear-marks")
    page.fill("#rater", "")
    page.set_input_files("#sheet-file", sheet)
    wait_until(page, "document.getElementById('marked').textContent.includes('读入 2 个')")
    assert page.input_value("#rater") == "小李"
    assert saved(page, tmp_path / "again.csv").read_bytes() == data
    assert troubles == []


def test_marks_are_still_there_when_the_page_is_opened_again(
    context: BrowserContext, out: Path, troubles: list[str]
) -> None:
    page = opened(context, out / "report.html", troubles)
    open_file(page, "0000.wav")
    page.keyboard.press("1")
    page.fill("#mark-note", "听得清楚")
    page.close()
    page = opened(context, out / "report.html", troubles)
    assert "标了一半的 1" in page.inner_text("#marked")
    open_file(page, "0000.wav")
    assert page.locator('.choices li >> nth=0 >> [aria-pressed="true"]').inner_text() == "算"
    assert page.input_value("#mark-note") == "听得清楚"
    page.keyboard.press("Escape")
    page.click("#clear-marks")
    assert "标了一半的 1" in page.inner_text("#marked")
    page.click("#clear-marks")
    assert page.inner_text("#marked") == f"已标 0 / {N - N_FAILED}"
    assert troubles == []


def test_the_list_shows_what_is_marked_and_what_is_not(
    context: BrowserContext, out: Path, troubles: list[str]
) -> None:
    page = opened(context, out / "report.html", troubles)
    open_file(page, "0002.wav")
    for _ in range(page.locator(".choices li").count()):
        page.keyboard.press("1")
    page.keyboard.press("Escape")
    page.fill("#search", "")
    page.select_option("#filter-marked", "yes")
    wait_until(page, "document.querySelectorAll('#rows tr').length === 1")
    assert "已标" in page.inner_text("#rows tr")
    page.select_option("#filter-marked", "no")
    wait_until(page, f"document.querySelectorAll('#rows tr').length === {N - N_FAILED - 1}")
    assert troubles == []


def test_a_browser_that_keeps_nothing_says_so_and_still_saves(
    context: BrowserContext, out: Path, tmp_path: Path
) -> None:
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page = opened(context, out / "report.html", [])
    open_file(page, "0000.wav")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    assert "浏览器不肯保存" in page.inner_text("#marked")
    assert [list(row.marks.values()) for row in rows_of(out, saved(page, tmp_path / "m.csv"))] == [[0.0]]


def test_marking_needs_no_mouse(context: BrowserContext, out: Path, troubles: list[str]) -> None:
    page = opened(context, out / "report.html", troubles)
    open_file(page, "0003.wav")
    page.focus(".choices li >> nth=0 >> .choice >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("0")
    assert page.locator('.choices li >> nth=1 >> [aria-pressed="true"]').inner_text() == "不算"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Backspace")
    assert page.locator('.choices [aria-pressed="true"]').count() == 0
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert troubles == []
