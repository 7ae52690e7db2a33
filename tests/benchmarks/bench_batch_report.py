"""The report of 1,000 results in a real browser: how long it takes to write, to open, to filter, to play.

The results are one scored answer of the fixtures, varied. ``python tests/benchmarks/bench_batch_report.py``
prints the rows; each time is the median of the rounds, with the largest beside it. The browser
starts anew each round, so nothing is kept from the round before.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "made"))

from batch_documents import batch_of, documents
from benchmark import Row, options, show

from voicecoach import wiring
from voicecoach.adapters.batch.report_files import ReportFiles
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import Task
from voicecoach.documents.assessment import encode_assessment
from voicecoach.documents.result import decode_result
from voicecoach.report.batch.html import PAGES, BatchSound, write_batch_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

N = 1000
N_ROUNDS = 5
SMALLEST = (30, 1)
"""Results and rounds."""
PROMPT = "late_delivery"
RECORDING = Path(__file__).parents[2] / "audio_fixtures" / "late_delivery_good.flac"
MOST_OPEN_S = 2.0
OPENED = """() => {
    const entry = performance.getEntriesByType("navigation")[0];
    return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
        (performance.now() - entry.startTime) / 1000))));
}"""
"""Seconds from the start of navigation until the rows stand on the screen."""
FILTERED = """() => {
    const box = document.getElementById("filter-speaker"), before = performance.now();
    box.value = "王芳"; box.dispatchEvent(new Event("change"));
    return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
        (performance.now() - before) / 1000))));
}"""
PLAYING = """() => new Promise((done) => {
    const audio = document.getElementById("audio"), before = performance.now();
    audio.addEventListener("timeupdate", () => { if (!audio.paused && audio.currentTime > 0)
        done((performance.now() - before) / 1000); });
    document.querySelector(".point .jump").click();
})"""


def measure(n: int = N, n_rounds: int = N_ROUNDS, *, smallest: bool = False) -> list[Row]:
    """All rows of ``n`` results."""
    if smallest:
        n, n_rounds = SMALLEST
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_s = _write(out, n)
        report = out / "report.html"
        rounds = [_round(report) for _ in range(n_rounds)]
        size_mb = report.stat().st_size / 1e6
    told: list[Row] = [
        {"name": "report of a batch: written", "value": f"{write_s:.1f}", "unit": "s", "n": f"{n} results"},
        {
            "name": "report of a batch: report.html",
            "value": f"{size_mb:.2f}",
            "unit": "MB",
            "n": f"{n} results",
        },
    ]
    for name, what in (
        ("open", "from navigation to the rows on the screen"),
        ("filter", "a speaker chosen, rows drawn"),
        ("detail", "a row clicked, its page loaded and drawn"),
        ("play", "a moment clicked, its sound running"),
    ):
        values = [one[name] for one in rounds]
        told.append(
            {
                "name": f"report of a batch: {what}, median (largest)",
                "value": f"{statistics.median(values):.2f} ({max(values):.2f})",
                "unit": "s",
                "n": f"{n} results, {n_rounds} rounds",
                "interval": None,
                "target": f"<= {MOST_OPEN_S:g}" if name == "open" else "",
            }
        )
    return told


def _write(out: Path, n: int) -> float:
    prompt = wiring.prompt_library(None).prompt(PROMPT)
    profile = load_profile(prompt.profile, "zh")
    assessment = wiring.analyser("base").analyse(
        RECORDING, Task(prompt=prompt, language="zh", profile=profile)
    )
    scored: dict[str, Any] = {**encode_assessment(assessment), "batch": batch_of(prompt=PROMPT)}
    results = [decode_result(line) for line in documents(n, scored=scored)]
    keys = {result.batch.key: RECORDING for result in results if result.batch.key}
    start_s = time.perf_counter()
    write_batch_report(
        out,
        results,
        write=ReportFiles(out, pages=PAGES).write,
        sound=BatchSound("link", keys),
        prompts={PROMPT: prompt},
        profiles={profile.name: profile},
    )
    return time.perf_counter() - start_s


def _round(report: Path) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_context(viewport={"width": 1240, "height": 900}, offline=True).new_page()
        page.goto(report.as_uri(), wait_until="commit")
        page.wait_for_selector("#rows tr")
        found = {"open": float(page.evaluate(OPENED)), "filter": float(page.evaluate(FILTERED))}
        found |= _opened_and_played(page)
        browser.close()
    return found


def _opened_and_played(page: Page) -> dict[str, float]:
    start_s = time.perf_counter()
    page.click("#rows .open")
    page.wait_for_selector("#detail .point .jump")
    detail_s = time.perf_counter() - start_s
    return {"detail": detail_s, "play": float(page.evaluate(PLAYING))}


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
