"""Recordings of every codec behind a report, in the real Chromium: each is heard, for as long as it lasts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
from assessments import answer, profile
from batch_documents import key_of, of, prompts
from browsing import wait_until
from sound_files import encode, tone, write_silk

from voicecoach.adapters.batch.report_files import ReportFiles
from voicecoach.audio.decode import load
from voicecoach.audio.playing import plays_everywhere
from voicecoach.documents.result import decode_result
from voicecoach.model.result import BatchFacts
from voicecoach.report.batch.html import PAGES, BatchSound, write_batch_report
from voicecoach.report.batch.sound import SoundSource

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

LONG_S = 3.0
LENGTH_TOLERANCE_S = 0.12
"""Frames of codecs, and the padding of the copy."""

COPIED = (
    ("gsm.wav", "GSM610", None, 8_000),
    ("ima.wav", "adpcm_ima_wav", None, 8_000),
    ("ms.wav", "adpcm_ms", None, 8_000),
    ("g722.wav", "g722", None, 16_000),
    ("g726.wav", "g726", None, 8_000),
    ("g721.wav", "G721_32", None, 8_000),
    ("int32.wav", "pcm_s32le", None, 16_000),
    ("float64.wav", "pcm_f64le", None, 16_000),
    ("mp3.wav", "libmp3lame", "wav", 44_100),
    ("w64.wav", "pcm_s16le", "w64", 16_000),
    ("wav.mp3", "pcm_s16le", "wav", 16_000),
    ("mp2.mp3", "mp2", "mp2", 48_000),
    ("alac.m4a", "alac", "ipod", 16_000),
    ("ac3.mp4", "ac3", "mp4", 48_000),
    ("amr.mp4", "libopencore_amrnb", "3gp", 8_000),
    ("opus.mp4", "libopus", "mp4", 48_000),
    ("flac.ogg", "flac", "ogg", 16_000),
    ("flac.webm", "flac", "matroska", 16_000),
    ("aac.mov", "aac", "mov", 16_000),
    ("a.aiff", "pcm_s16be", "aiff", 16_000),
    ("a.caf", "pcm_s16le", "caf", 16_000),
    ("a.amr", "libopencore_amrnb", "amr", 8_000),
    ("silk.m4a", "silk", None, 24_000),
)
"""File, codec, container (None: by the ending), rate: not every browser plays them."""
LINKED = (
    ("int16.wav", "pcm_s16le", None, 16_000),
    ("u8.wav", "pcm_u8", None, 8_000),
    ("int24.wav", "pcm_s24le", None, 16_000),
    ("float32.wav", "pcm_f32le", None, 16_000),
    ("alaw.wav", "pcm_alaw", None, 8_000),
    ("mulaw.wav", "pcm_mulaw", None, 8_000),
    ("a.mp3", "libmp3lame", None, 44_100),
    ("a.flac", "flac", None, 16_000),
    ("a.m4a", "aac", None, 16_000),
    ("a.mp4", "aac", None, 16_000),
    ("a.aac", "aac", None, 16_000),
    ("a.opus", "libopus", "ogg", 48_000),
    ("a.webm", "libopus", "webm", 48_000),
)
"""The same of files that a page refers to as they are."""


def made(folder: Path, name: str, codec: str, container: str | None, rate_hz: int) -> Path:
    path, samples = folder / name, tone(LONG_S, rate_hz)
    if codec == "silk":
        return write_silk(path, samples, rate_hz)
    if codec.isupper():
        soundfile.write(path, samples, rate_hz, subtype=codec, format="WAV")
        return path
    return encode(path, samples, rate_hz, codec, container=container)


def report(folder: Path, recording: Path) -> Path:
    out = folder / "out"
    out.mkdir()
    write_batch_report(
        out,
        map(decode_result, [of(answer())]),
        write=ReportFiles(out, pages=PAGES).write,
        sound=BatchSound("link", {key_of(0): recording}),
        prompts=prompts(),
        profiles={"interview": profile()},
    )
    return out / "report.html"


def sound_of(page: Path) -> dict[str, Any]:
    text = (page.parent / PAGES / f"{key_of(0)}.js").read_text()
    sound: dict[str, Any] = json.loads(f"[{text.partition('(')[2].rstrip()[:-2]}]")[1]["sound"]
    return sound


@pytest.mark.parametrize(("name", "codec", "container", "rate_hz"), COPIED)
def test_what_not_every_browser_plays_is_copied(
    tmp_path: Path, name: str, codec: str, container: str | None, rate_hz: int
) -> None:
    recording = made(tmp_path, name, codec, container, rate_hz)
    assert not plays_everywhere(recording)
    assert list(sound_of(report(tmp_path, recording))) == ["mp3"]


@pytest.mark.parametrize(("name", "codec", "container", "rate_hz"), LINKED)
def test_what_every_browser_plays_is_referred_to(
    tmp_path: Path, name: str, codec: str, container: str | None, rate_hz: int
) -> None:
    recording = made(tmp_path, name, codec, container, rate_hz)
    assert sound_of(report(tmp_path, recording)) == {"href": f"../{name}"}


def test_a_film_with_two_sounds_is_copied(tmp_path: Path) -> None:
    import av

    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as file:
        streams: list[Any] = [file.add_stream("aac", rate=16_000, layout="mono") for _ in range(2)]
        for start in range(0, 32_000, 1024):
            for stream in streams:
                frame = av.AudioFrame.from_ndarray(
                    np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono"
                )
                frame.sample_rate, frame.pts = 16_000, start
                file.mux(stream.encode(frame))
        for stream in streams:
            file.mux(stream.encode(None))
    assert not plays_everywhere(path)


def test_a_tag_before_a_wav_is_no_wav_to_a_browser(tmp_path: Path) -> None:
    path = made(tmp_path, *LINKED[0])
    assert plays_everywhere(path)
    path.write_bytes(b"ID3\x03\x00\x00\x00\x00\x00\x00" + path.read_bytes())
    assert not plays_everywhere(path)


def test_joined_recordings_are_copied_since_a_browser_plays_the_first(tmp_path: Path) -> None:
    path = made(tmp_path, *LINKED[0])
    path.write_bytes(path.read_bytes() * 2)
    assert not plays_everywhere(path)


def test_a_file_with_gaps_is_copied_since_players_close_them_up(tmp_path: Path) -> None:
    path = made(tmp_path, *LINKED[0])
    source = SoundSource("link", tmp_path / "out", {"key": path})
    batch = BatchFacts("a.wav", key="key")
    assert list(source.of(batch, "zh")) == ["href"]
    assert list(source.of(batch, "zh", has_gaps=True)) == ["mp3"]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "codec", "container", "rate_hz"), [*COPIED, *LINKED])
def test_it_is_heard_in_the_browser_for_as_long_as_it_lasts(
    browser: Browser, tmp_path: Path, name: str, codec: str, container: str | None, rate_hz: int
) -> None:
    recording = made(tmp_path, name, codec, container, rate_hz)
    path = report(tmp_path, recording)
    context = browser.new_context()
    try:
        context.set_offline(True)
        page = context.new_page()
        page.goto(path.as_uri())
        page.click("#rows .open")
        page.wait_for_selector("#detail .columns")
        wait_until(page, "document.getElementById('audio').readyState >= 1")
        heard_s = float(page.evaluate("document.getElementById('audio').duration"))
        assert page.evaluate("document.getElementById('audio').error") is None
    finally:
        context.close()
    assert heard_s == pytest.approx(load(recording).waveform.duration_s, abs=LENGTH_TOLERANCE_S)
    assert heard_s == pytest.approx(LONG_S, abs=2 * LENGTH_TOLERANCE_S)
