"""The page in a real browser: offline, by mouse and by keys, light and dark, wide and narrow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from assessments import RATE_HZ, answer, profile, prompt, refused, sound
from browsing import is_playing, luminance, time_of, wait_until, watch
from pages import write_wav

from voicecoach.model.audio import Waveform
from voicecoach.report.one.html import SoundBeside, html_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from voicecoach.model.assessment import Assessment

CLOCK_STEP_S = 0.6
"""A click's position is read this much later at most while the sound plays, seconds."""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def opened(browser: Browser, folder: Path, troubles: list[str]) -> Iterator[Callable[..., Page]]:
    """Open the report of an assessment without a network; what goes wrong is kept in ``troubles``."""
    contexts: list[BrowserContext] = []

    def open_page(
        assessment: Assessment,
        *,
        width: int = 1200,
        scheme: Any = "light",
        bypass_csp: bool = False,
        **options: Any,
    ) -> Page:
        waveform = sound(assessment)
        page_file = folder / "report.html"
        page_file.write_bytes(
            html_bytes(assessment, prompt(), profile(assessment.language), **{"sound": waveform, **options})
        )
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=bypass_csp
        )
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        own = page_file.as_uri()
        watch(page, troubles, is_own=lambda url: url.startswith(("blob:", "data:")) or url == own)
        page.goto(page_file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def ready(page: Page) -> Page:
    wait_until(page, "document.getElementById('audio').readyState >= 2")
    return page


@pytest.mark.parametrize("ui", ["zh", "en"])
def test_it_opens_offline_without_a_request_or_a_complaint(
    opened: Callable[..., Page], troubles: list[str], ui: str
) -> None:
    page = ready(opened(answer(), ui=ui))
    assert page.evaluate("document.getElementById('audio').duration") == pytest.approx(25.94, abs=0.1)
    assert page.evaluate("document.querySelectorAll('.flag').length") == 6
    drawn = page.evaluate(
        "(() => { const c = document.getElementById('canvas');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v) => v).length; })()"
    )
    assert drawn > 10_000
    assert troubles == []


def test_a_refusal_opens_without_a_complaint(opened: Callable[..., Page], troubles: list[str]) -> None:
    page = opened(refused())
    assert "未评分" in page.inner_text("main")
    assert troubles == []


@pytest.mark.parametrize(
    ("selector", "start_s", "end_s"),
    [
        ("#point-3", 8.02, 9.84),
        ("#point-3 .jump", 8.02, 9.84),
        (".tips li >> nth=1", 11.61, 15.01),
        (".w >> text=优惠券", 21.2, 22.0),
        (".aside.pause >> nth=1", 11.11, 15.51),
        (".language .jump", 17.86, 19.66),
        (".flag.forbidden", 17.86, 19.66),
    ],
)
def test_a_click_plays_that_moment(
    opened: Callable[..., Page], selector: str, start_s: float, end_s: float
) -> None:
    page = ready(opened(answer()))
    page.click(selector)
    assert start_s - 0.05 <= time_of(page) <= min(end_s, start_s + CLOCK_STEP_S)
    assert is_playing(page)


@pytest.mark.parametrize("height", [100, 200, 300], ids=["waveform", "pitch", "level"])
def test_a_click_on_any_curve_plays_from_there(opened: Callable[..., Page], height: int) -> None:
    page = ready(opened(answer()))
    box = page.locator("#canvas").bounding_box()
    assert box
    plot = box["width"] - 54
    page.click("#canvas", position={"x": plot / 2, "y": height})
    assert time_of(page) == pytest.approx(25.94 / 2, abs=CLOCK_STEP_S)


def test_a_moment_ends_where_it_ends(opened: Callable[..., Page]) -> None:
    page = ready(opened(answer()))
    page.click("#point-3 .jump")
    wait_until(page, "document.getElementById('audio').paused")
    assert time_of(page) == pytest.approx(9.84, abs=0.5)


def test_keys_play_move_and_jump_from_mark_to_mark(opened: Callable[..., Page]) -> None:
    page = ready(opened(answer()))
    page.keyboard.press("Space")
    assert is_playing(page)
    page.keyboard.press("Space")
    assert not is_playing(page)
    before = time_of(page)
    page.keyboard.press("ArrowRight")
    assert time_of(page) == pytest.approx(before + 2, abs=0.05)
    page.keyboard.press("ArrowLeft")
    assert time_of(page) == pytest.approx(before, abs=0.05)
    page.keyboard.press("n")
    assert time_of(page) == pytest.approx(2.57, abs=CLOCK_STEP_S)


def test_everything_is_reached_by_tab_and_shows_the_focus(opened: Callable[..., Page]) -> None:
    page = opened(answer())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(70):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => { const e = document.activeElement;"
                " return [e.className || e.id || e.tagName, getComputedStyle(e).outlineStyle]; })()"
            )
        )
    names = " ".join(name for name, _ in seen)
    for wanted in ("jump", "flag covered", "quiet", "badge", "SUMMARY", "seek"):
        assert wanted in names
    assert {style for name, style in seen if name != "BODY"} == {"solid"}


def test_space_on_a_focused_button_is_the_buttons_own(opened: Callable[..., Page]) -> None:
    page = ready(opened(answer()))
    page.focus("#point-4 .jump")
    page.keyboard.press("Space")
    assert time_of(page) == pytest.approx(19.56, abs=CLOCK_STEP_S)


def test_every_button_and_picture_has_a_name(opened: Callable[..., Page]) -> None:
    page = opened(answer())
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, [role=img], input, canvas')]"
        ".filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim())).map((e) => e.outerHTML)"
    )
    assert nameless == []


def test_a_figure_unfolds_to_formula_band_and_source(opened: Callable[..., Page]) -> None:
    page = opened(answer())
    figure = page.locator("#figure-longest_pause")
    assert not figure.locator("dl").is_visible()
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    text = figure.locator("dl").inner_text()
    for said in ("时长最大的一次停顿", "合适 ≤ 3", "silence > 5 s is flagged by contact centres", "0:11"):
        assert said in text


def test_it_follows_the_readers_scheme_and_the_switch_turns_it_over(opened: Callable[..., Page]) -> None:
    light, dark = opened(answer()), opened(answer(), scheme="dark")
    assert luminance(light) > 200
    assert luminance(dark) < 60
    light.click("#theme")
    dark.click("#theme")
    assert luminance(light) < 60
    assert luminance(dark) > 200


@pytest.mark.parametrize("assessment", [answer(), answer("en"), refused()], ids=["zh", "en", "refused"])
@pytest.mark.parametrize("width", [360, 768])
def test_nothing_is_wider_than_a_narrow_screen(
    opened: Callable[..., Page], assessment: Assessment, width: int
) -> None:
    page = opened(assessment, width=width, ui=assessment.language)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_transcript_that_holds_a_script_stays_text(
    opened: Callable[..., Page], troubles: list[str]
) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    plain = answer()
    words = tuple(replace(word, text=evil) for word in plain.transcript.words)
    page = opened(replace(plain, source=evil, transcript=replace(plain.transcript, words=words)))
    assert evil in page.inner_text(".transcript")
    assert page.evaluate("document.images.length") == 0
    page.hover("#canvas", position={"x": 150, "y": 60})
    assert troubles == []


def test_looking_closer_keeps_the_playhead_in_sight(opened: Callable[..., Page]) -> None:
    page = ready(opened(answer()))
    page.click("#point-4 .jump")
    page.keyboard.press("Space") if is_playing(page) else None
    page.click("#zoom-in")
    page.click("#zoom-in")
    assert page.locator(".flag:visible").count() < 6
    assert page.locator("#head").is_visible()
    page.click("#zoom-out")
    page.click("#zoom-out")
    assert page.locator(".flag:visible").count() == 6


def test_the_sound_is_where_the_report_says_it_is(opened: Callable[..., Page]) -> None:
    """Truth: a tone that begins at 1 s; the codec's delay must not move it by more than a measuring step."""
    samples = np.zeros(3 * RATE_HZ, dtype=np.float32)
    samples[RATE_HZ:] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(2 * RATE_HZ) / RATE_HZ)
    page = ready(opened(answer(), sound=Waveform(samples, RATE_HZ), bypass_csp=True))
    onset_s = page.evaluate(
        """async () => {
            const bytes = await (await fetch(document.getElementById('audio').src)).arrayBuffer();
            const sound = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes);
            return sound.getChannelData(0).findIndex((v) => Math.abs(v) > 0.25) / 16000;
        }"""
    )
    assert onset_s == pytest.approx(1.0, abs=0.005)


def test_paper_shows_every_figure_unfolded_and_light(opened: Callable[..., Page]) -> None:
    page = opened(answer(), scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open])').length") == 0
    assert luminance(page) > 200
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0
    assert luminance(page) < 60
    page.emulate_media(media="print")
    assert not page.locator("#player").is_visible()
    assert len(page.pdf()) > 20_000


def test_a_sound_beside_the_page_plays_too(opened: Callable[..., Page], folder: Path) -> None:
    path = folder / "答 案#1.wav"
    write_wav(path, sound(answer()))
    page = ready(opened(answer(), sound=SoundBeside(path)))
    page.click("#point-3 .jump")
    assert time_of(page) == pytest.approx(8.02, abs=CLOCK_STEP_S)
