"""What the scripts of the pages show comes from the catalogue too: a third language in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from assessments import answer, profile, prompt, refused, sound
from batch_documents import documents, prompts
from browsing import wait_until
from third_language import Shown, said_in, strange, strings, written_in

from voicecoach.documents.result import decode_result
from voicecoach.report.batch.html import BatchSound, write_batch_report
from voicecoach.report.one.html import html_bytes
from voicecoach.report.page_sound import encode_mp3

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HELD = [
    *written_in(prompt(), profile()),
    *said_in(answer()),
    *said_in(refused()),
    *("warmth_of_room", "an unknown figure of a later version", "K", "has no sound in it"),
]


def test_the_page_of_one_recording(browser: Browser, brackets: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(html_bytes(answer(), prompt(), profile(), sound=sound(answer()), ui=brackets))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.hover("#canvas", position={"x": 150, "y": 60})
    page.click("#toggle")
    page.click("#toggle")
    shown = Shown.of(page.content())
    assert any("st" in text for text in shown)  # what is under the pointer
    assert strange(shown, HELD) == []
    page.close()


def test_a_batch_and_one_of_its_recordings(browser: Browser, brackets: str, tmp_path: Path) -> None:
    recording, out = tmp_path / "1.mp3", tmp_path / "out"
    recording.write_bytes(encode_mp3(sound(answer())))
    (out / "pages").mkdir(parents=True)

    def write(name: str, data: bytes) -> None:
        (out / name).write_bytes(data)

    lines = documents(120)
    keys = [line["batch"]["key"] for line in lines if line["batch"]["key"]]
    write_batch_report(
        out,
        map(decode_result, lines),
        write=write,
        sound=BatchSound("link", dict.fromkeys(keys, recording)),
        prompts=prompts(),
        profiles={"interview": profile()},
        ui=brackets,
    )
    held = [*HELD, *strings([[line["batch"], line.get("source"), line.get("error")] for line in lines])]
    held += [part for line in lines for part in line["batch"]["file"].split("/")]
    page = browser.new_page()
    page.goto((out / "report.html").as_uri())
    page.click(".verdicts [data-filter]")
    table = Shown.of(page.content())
    page.click("#rows .open")
    page.wait_for_selector("#detail .columns")
    wait_until(page, "document.getElementById('audio').readyState >= 1")
    opened = Shown.of(page.content())
    assert strange(table, held) == []
    assert strange(opened, held) == []
    assert sum("⟦" in text for text in opened) > 100
    page.close()
