"""The page as text: whole, safe whatever a transcript holds, small enough, and saying what it must."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from assessments import RATE_HZ, answer, profile, prompt, refused, sound
from pages import EVIL, Outline, data_of, text_of, write_wav

from voicecoach.errors import InputError
from voicecoach.model.assessment import Curves
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.report.one.html import SoundBeside, html_bytes
from voicecoach.report.page_sound import encode_mp3, outline, thinned

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.assessment import Assessment

MB = 1_000_000
BEEP = Waveform(np.full(RATE_HZ, 0.1, dtype=np.float32), RATE_HZ)


def page_of(assessment: Assessment, **options: Any) -> str:
    options = {"sound": None, "asked": prompt(), **options}
    return html_bytes(assessment, options.pop("asked"), profile(assessment.language), **options).decode()


@pytest.mark.parametrize("with_score", [True, False])
@pytest.mark.parametrize("assessment", [answer(), answer("en"), refused()], ids=["zh", "en", "refused"])
def test_every_tag_is_closed_and_nothing_is_fetched(assessment: Assessment, *, with_score: bool) -> None:
    parser = Outline()
    parser.feed(page_of(assessment, with_score=with_score, sound=BEEP))
    parser.close()
    assert parser.open == []
    addresses = [
        value
        for _, attributes in parser.tags
        for key, value in attributes.items()
        if key in {"src", "href", "action", "data", "poster", "srcset"} and value
    ]
    assert sorted(addresses) == ["#main", "data:,"]
    inline = [
        key for _, attributes in parser.tags for key in attributes if key.startswith("on") or key == "style"
    ]
    assert inline == []


def test_only_the_named_style_and_script_may_run() -> None:
    page = page_of(answer())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    for tag in ("style", "script"):
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(blocks) == 1
        digest = base64.b64encode(hashlib.sha256(blocks[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in unescape(policy[1])
    assert "default-src 'none'" in unescape(policy[1])


def test_whatever_a_transcript_holds_is_text() -> None:
    plain = answer()
    assert plain.coverage
    words = tuple(replace(word, text=EVIL) for word in plain.transcript.words)
    points = tuple(
        replace(point, evidence=tuple(replace(e, quote=EVIL, by=f"cue:{EVIL}") for e in point.evidence))
        for point in plain.coverage.points
    )
    evil = replace(
        plain,
        source=EVIL,
        transcript=replace(plain.transcript, words=words, dropped=words[:1]),
        coverage=replace(plain.coverage, points=points),
        provenance={EVIL: EVIL},
    )
    asked = prompt()
    asked = replace(
        asked,
        text={"zh": EVIL},
        points=tuple(replace(point, label={"zh": EVIL}, hint={"zh": EVIL}) for point in asked.points),
        model_answer={"zh": EVIL},
    )
    page = page_of(evil, asked=asked)
    assert page.count("<script") == 2
    assert page.count("</script") == 2
    assert "<img" not in page
    assert "\u2028" not in page
    assert text_of(page).count("<img src=x onerror=alert(2)>") > len(words)
    assert "</script><script>alert(1)" in data_of(page)["marks"][0]["title"]


def test_the_data_for_the_script_hold_spans_marks_and_misses() -> None:
    data = data_of(page_of(answer()))
    assert [11.61, 15.01] in data["pauses"]
    assert {mark["kind"] for mark in data["marks"]} == {"covered", "maybe", "forbidden", "filler"}
    assert [(miss["badge"], miss["at"]) for miss in data["misses"]] == [("2", 4.57)]
    assert data["duration"] == pytest.approx(25.94)


def test_pitch_is_drawn_in_semitones_around_the_speakers_median() -> None:
    hz = np.array([100.0, 100.0, 100.0, 200.0, np.nan, 50.0])
    curves = Curves(Track(np.zeros(6), 0.0, 0.02, "dBFS"), Track(hz, 0.01, 0.02, "Hz"), (Span(0, 0.1),))
    data = data_of(page_of(replace(answer(), curves=curves)))
    assert data["pitch"]["values"] == [0.0, 0.0, 0.0, 12.0, None, -12.0]
    assert (data["pitch"]["first"], data["pitch"]["step"]) == (0.01, 0.02)


def test_without_curves_or_voice_there_is_none_to_draw() -> None:
    assert data_of(page_of(replace(answer(), curves=None)))["level"] is None
    assert data_of(page_of(refused()))["pitch"] is None


def test_the_text_says_what_the_terminal_says() -> None:
    text = text_of(page_of(answer()))
    for said in (
        "总分 73 满分 100",
        "58%–83%",
        "没有听到“倾听诉求”",
        "没有听到 0.0 / 10.0",
        "步骤的先后合适",
        "未听到",
    ):
        assert said in text
    assert "没有说" not in text
    assert "合适 ≤ 3 · 留意 ≤ 5 · 其余需改进" in text
    assert "总分 = 100 × 得分之和" in text


def test_without_a_score_the_page_has_no_total_and_no_points() -> None:
    text = text_of(page_of(answer(), with_score=False))
    for hard in ("总分", "58%", "/ 15.0", "需改进"):
        assert hard not in text
    assert "这里不打分" in text


def test_a_refusal_stands_with_its_remedy() -> None:
    text = text_of(page_of(refused(), ui="en"))
    assert "Not scored" in text
    assert "no speech was found in the recording Remedy: check that the microphone is not muted" in text


def test_the_page_speaks_the_readers_language() -> None:
    assert '<html lang="zh-CN">' in page_of(answer())
    english = page_of(answer("en"), ui="en")
    assert '<html lang="en">' in english
    assert "What to work on first" in english


def test_same_input_same_page() -> None:
    short = Waveform(sound(answer()).samples[: 2 * RATE_HZ].copy(), RATE_HZ)
    assert page_of(answer(), sound=short) == page_of(answer(), sound=short)


def test_a_sound_file_beside_the_page_is_named_relatively_and_safely(tmp_path: Path) -> None:
    path = tmp_path / '答 案"#1.wav'
    write_wav(path, sound(answer()))
    page = page_of(answer(), sound=SoundBeside(path))
    assert 'src="%E7%AD%94%20%E6%A1%88%22%231.wav"' in page
    assert 'id="sound"' not in page
    assert len(data_of(page)["peaks"]["values"]) > 2000


def test_a_page_without_sound_says_so_and_has_no_player() -> None:
    page = page_of(answer())
    assert "报告里没有声音，只能看。" in page
    assert 'id="player"' not in page


def test_a_sound_that_is_gone_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.wav: there is no such file"):
        page_of(answer(), sound=tmp_path / "gone.wav")


def test_the_sound_in_the_page_is_the_recording_at_its_times() -> None:
    """Truth: the same samples; the encoder's delay must not shift them (5 ms is the measuring step)."""
    original = sound(answer())
    page = page_of(answer(), sound=original)
    embedded = re.search(r'id="sound" data-mime="audio/mpeg">([^<]+)<', page)
    assert embedded
    with av.open(io.BytesIO(base64.b64decode(embedded[1])), "r") as container:
        assert container.streams.audio[0].codec_context.sample_rate == RATE_HZ
        decoded = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    n = min(len(decoded), len(original.samples))
    spectrum = np.fft.rfft(decoded[:n], 2 * n) * np.conj(np.fft.rfft(original.samples[:n], 2 * n))
    lag = int(np.argmax(np.fft.irfft(spectrum)))
    assert min(lag, 2 * n - lag) / RATE_HZ <= 0.005
    assert len(decoded) / RATE_HZ == pytest.approx(original.duration_s, abs=0.1)
    assert np.corrcoef(decoded[:n], original.samples[:n])[0, 1] > 0.98


def test_two_minutes_take_less_than_a_megabyte_and_a_half() -> None:
    long = answer(repeats=5)
    assert 120 < long.duration_s < 140
    assert len(page_of(long, sound=sound(long))) < 1.5 * MB


def test_an_hour_without_its_sound_stays_under_ten_megabytes() -> None:
    """Base64 of 48 kbit/s makes 28.8 MB of an hour: 40 MB less that is what text and curves may take."""
    hour = answer(repeats=144)
    assert hour.duration_s > 3500
    step_s, peaks = outline(Waveform(np.full(RATE_HZ * 3600, 0.1, dtype=np.float32), RATE_HZ))
    assert (step_s, len(peaks)) == (0.05, 72_000)
    assert len(page_of(hour)) < 10 * MB


def test_the_outline_keeps_the_largest_amplitude_of_each_step() -> None:
    samples = np.zeros(RATE_HZ, dtype=np.float32)
    samples[5000], samples[9000] = -0.5, 0.25
    step_s, peaks = outline(Waveform(samples, RATE_HZ))
    assert step_s == 0.01
    assert len(peaks) == 100
    assert {index: value for index, value in enumerate(peaks) if value} == {31: 100, 56: 50}


def test_silence_and_nothing_have_an_outline_too() -> None:
    assert outline(Waveform(np.zeros(0, dtype=np.float32), RATE_HZ))[1] == []
    assert set(outline(Waveform(np.zeros(1600, dtype=np.float32), RATE_HZ))[1]) == {0}
    hiss = np.full(1600, 0.0002, dtype=np.float32)
    assert set(outline(Waveform(hiss, RATE_HZ))[1]) == {1}


def test_a_thinned_curve_holds_medians_and_their_times() -> None:
    track = Track(np.array([1.0, 2.0, 9.0, np.nan, np.nan, np.nan, 4.0]), 0.005, 0.01, "Hz")
    first_s, step_s, values = thinned(track, 1.0)
    assert [first_s, step_s] == pytest.approx([0.01, 0.02])
    np.testing.assert_array_equal(values, [1.5, 9.0, np.nan, 4.0])
    np.testing.assert_array_equal(thinned(Track(np.zeros(0), 0.0, 0.01, "Hz"), 1.0)[2], [])


def test_an_empty_sound_is_still_a_file() -> None:
    assert len(encode_mp3(Waveform(np.zeros(1600, dtype=np.float32), RATE_HZ))) > 100
