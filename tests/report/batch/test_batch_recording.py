"""One recording in a batch's report: its words, and where its sound comes from."""

from __future__ import annotations

import base64
import io
import math
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from assessments import RATE_HZ, answer, sound
from batch_documents import key_of, of
from batch_pages import page_of, report
from pages import write_wav

from voicecoach.model.audio import Span, Waveform
from voicecoach.report.batch.sound import reference

CODEC_QUIET = 0.003
"""Amplitude (full scale 1) that MP3 leaves in digital silence."""


def test_a_page_holds_the_words_of_a_report_of_one_recording() -> None:
    page = page_of(report([of(answer())]), key_of(0))
    assert page["question"].startswith("客户因为快递晚了三天")
    assert page["facts"] == ["25.9 秒", "面试"]
    point = page["coverage"]["points"][2]
    assert (point["label"], point["word"], point["mark"]) == ("查明原因", "听到", "✓")
    assert point["said"][0] == ["打开物流系统查一下", [8.02, 9.84], "与“查物流”读音相合"]
    figures = {figure["title"]: figure for _, group in page["groups"] for figure in group}
    assert figures["最长停顿"]["verdict"] == "amber"
    assert math.isclose(sum(width for _, _, width in figures["最长停顿"]["zones"]), 1.0, abs_tol=0.001)
    assert page["missing"][0][0] == "反应时间"


def test_the_sound_is_referred_to_from_the_folder_of_the_report(tmp_path: Path) -> None:
    assert reference(tmp_path / "答 案#1:?.wav", tmp_path / "out") == "../%E7%AD%94%20%E6%A1%88%231%3A%3F.wav"
    files = report([of(answer())], choice="link", recordings={key_of(0): Path("/nowhere/calls/1.wav")})
    assert page_of(files, key_of(0))["sound"] == {"href": "../calls/1.wav"}


def recording(folder: Path, name: str = "1.wav") -> dict[str, Path]:
    written = folder / "1.wav"
    write_wav(written, Waveform(sound(answer()).samples[: 3 * RATE_HZ], RATE_HZ))
    return {key_of(0): written.rename(folder / name)}


def decoded(mp3: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    with av.open(io.BytesIO(base64.b64decode(mp3)), "r") as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_sound_is_put_into_the_page_by_choice(tmp_path: Path) -> None:
    given = page_of(report([of(answer())], choice="embed", recordings=recording(tmp_path)), key_of(0))[
        "sound"
    ]
    assert list(given) == ["mp3"]
    assert len(decoded(given["mp3"])) / RATE_HZ == pytest.approx(3.0, abs=0.1)


def test_what_browsers_do_not_play_is_copied(tmp_path: Path) -> None:
    given = report([of(answer())], choice="link", recordings=recording(tmp_path, "1.amr"))
    assert list(page_of(given, key_of(0))["sound"]) == ["mp3"]


def test_what_must_not_be_heard_is_silent_in_a_copy_and_the_recording_not_named(tmp_path: Path) -> None:
    files = report(
        [of(answer())],
        choice="link",
        recordings=recording(tmp_path),
        silences={key_of(0): (Span(1.0, 2.0),)},
    )
    given = page_of(files, key_of(0))["sound"]
    assert given["note"] == "个人信息处已静音"
    samples = np.abs(decoded(given["mp3"]))
    assert samples[round(1.1 * RATE_HZ) : round(1.9 * RATE_HZ)].max() < CODEC_QUIET
    assert samples[round(0.5 * RATE_HZ) : round(0.9 * RATE_HZ)].max() > 10 * CODEC_QUIET
    assert "1.wav" not in files[f"pages/{key_of(0)}.js"]


def test_without_sound_there_is_none_even_where_it_lies(tmp_path: Path) -> None:
    page = page_of(report([of(answer())], choice="none", recordings=recording(tmp_path)), key_of(0))
    assert page["sound"] == {"note": "报告里没有声音，只能看。"}


def test_a_recording_that_is_gone_is_told_in_its_page(tmp_path: Path) -> None:
    gone = {key_of(0): tmp_path / "gone.wav"}
    page = page_of(report([of(answer())], choice="embed", recordings=gone), key_of(0))
    assert page["sound"]["note"] == f"声音放不进报告：{tmp_path / 'gone.wav'}：没有这个文件"
