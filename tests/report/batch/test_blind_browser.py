"""Marking by ear in a page without verdicts, in a real browser from a file, and back through `agree`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from batch_documents import documents
from batch_pages import written
from browsing import is_playing, wait_until, watch
from click.testing import CliRunner

from voicecoach.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

N = 6

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("choice", ["link", "embed"])
def test_answers_are_heard_marked_and_read_back(browser: Browser, tmp_path: Path, choice: str) -> None:
    lines = documents(30)
    out = tmp_path / "out"
    written(out, lines, heard={"choice": choice})
    results = out / "results.jsonl"
    results.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    path = tmp_path / "to mark" / "盲评.html"
    path.parent.mkdir()
    done = CliRunner().invoke(cli, ["agree", str(results), "--blind", str(N), "--out", str(path)])
    assert (done.exit_code, done.stderr) == (0, "")
    context = browser.new_context(accept_downloads=True)
    context.set_offline(True)
    page = context.new_page()
    troubles: list[str] = []
    own = ("blob:", "data:", tmp_path.as_uri())
    watch(page, troubles, is_own=lambda url: url.startswith(own))
    page.goto(path.as_uri())
    shown = page.inner_text("main")
    assert not any(
        line["batch"]["file"] in shown or (line["batch"]["speaker"] or "?") in shown for line in lines
    )
    wait_until(page, "document.getElementById('audio').readyState >= 2")
    page.keyboard.press("Space")
    wait_until(page, "document.getElementById('audio').currentTime > 0.1")
    assert is_playing(page)
    page.fill("#rater", "质检 A")
    page.click("h1")
    n_points = page.locator(".choices li").count()
    for number in range(N - 1):
        for point in range(n_points):
            page.keyboard.press("10"[(number + point) % 2])
        page.keyboard.press("j")
    assert page.inner_text("#where") == f"{N} / {N}"
    assert page.inner_text("#marked") == f"已标 {N - 1} / {N}"
    with page.expect_download() as download:
        page.click("#save-marks")
    sheet = tmp_path / "sheet.csv"
    download.value.save_as(sheet)
    assert len(sheet.read_text("utf-8-sig").strip().splitlines()) == N + 1
    read = CliRunner().invoke(cli, ["agree", str(results), str(sheet), "--json", "--n-boot", "0"])
    assert read.exit_code == 0, read.output
    document = json.loads(read.stdout)
    assert (document["n_files"], document["raters"], document["unknown_columns"]) == (N, ["质检 A"], [])
    assert {item["n"] for item in document["items"]} == {N - 1}
    assert troubles == []
    context.close()
