"""A batch of folders and files in bytes that are no UTF-8, in a real browser: it opens, reads and plays."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from browsing import is_playing, wait_until, watch
from command_line import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIXTURES: Final = Path(__file__).parents[3] / "audio_fixtures"
NAME: Final = "客服_一.flac"
WORDS: Final = [
    {"text": "您好", "start_s": 1.0, "end_s": 1.5},
    {"text": "抱歉", "start_s": 2.0, "end_s": 2.5},
]

pytestmark = pytest.mark.browser


def stray(text: str) -> str:
    """The name as a Chinese Windows writes it, as this system decodes it."""
    return os.fsdecode(text.encode("gbk"))


def test_stray_names_are_read_and_play(
    tmp_path: Path, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    week = tmp_path / stray("第一周 录音")
    week.mkdir()
    shutil.copy(FIXTURES / "rate_usual_zh.flac", week / stray(NAME))
    (week / "a.json").write_text(json.dumps({"words": WORDS}))
    (week / "list.csv").write_text(f"file,transcript\n{NAME},a.json\n", "utf-8")
    out = week / stray("结果")
    status, _, err = run(capsys, "batch", week / "list.csv", "--out", out, "--workers", "1")
    assert status == 0, err
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    troubles: list[str] = []
    watch(page, troubles, is_own=lambda url: url.startswith(("blob:", "data:", "file:")))
    page.goto((out / "report.html").as_uri())
    assert page.locator("#rows .open").all_inner_texts() == [NAME]
    page.click("#rows .open")
    page.wait_for_selector("#detail .columns")
    wait_until(page, "document.getElementById('audio').readyState >= 1")
    assert NAME in page.inner_text("#detail")
    page.keyboard.press("Space")
    wait_until(page, "document.getElementById('audio').currentTime > 0")
    assert is_playing(page)
    assert troubles == []
    context.close()
