"""What is amiss with a file reaches the assessment, and a gap of the file no figure of the speaker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soxr
from fakes import FakeEncoder, FakeTranscriber
from gapped_files import remux
from sound_files import encode, write_float_wav

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import Analyser, Task
from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment

READING = Path(__file__).parents[3] / "audio_fixtures" / "late_delivery_good.flac"
PAUSES = READING.with_name("pauses_zh.flac")
PAUSED_AT_S, PAUSED_S = 20.0, 12.0
OF_TIME = (
    "answer_length",
    "silent_pauses",
    "pause_time",
    "longest_pause",
    "dead_air",
    "phonation_time_ratio",
)


def assessed(path: Path) -> Assessment:
    analyser = Analyser(FakeTranscriber.of("非常抱歉，我马上帮您查一下。"), RubricEngine(FakeEncoder()))
    return analyser.analyse(path, Task(None, "zh", load_profile("interview", "zh")))


def codes(assessment: Assessment) -> set[str]:
    return {refusal.code for refusal in assessment.refusals}


def test_a_pause_of_the_recorder_is_in_no_figure_and_is_told(tmp_path: Path) -> None:
    sound = soxr.resample(load(READING).waveform.samples, RATE_HZ, 48_000)
    whole = encode(tmp_path / "whole.webm", sound, 48_000, "libopus")
    paused = remux(
        whole, tmp_path / "a.webm", lambda now_s: now_s if now_s < PAUSED_AT_S else now_s + PAUSED_S
    )
    plain, gapped = assessed(whole), assessed(paused)
    (gap,) = gapped.interruptions
    assert gap.kind == "gap"
    assert gap.span.duration_s == pytest.approx(PAUSED_S, abs=0.02)
    assert gapped.duration_s == pytest.approx(plain.duration_s + PAUSED_S, abs=0.02)
    for name in OF_TIME:
        assert gapped.measurement(name).value == pytest.approx(plain.measurement(name).value, abs=0.3), name
    assert "interrupted_gap" in codes(gapped) - codes(plain)


def test_the_pauses_of_an_amr_that_sends_nothing_in_silence_are_those_of_the_speaker(tmp_path: Path) -> None:
    sound = soxr.resample(load(PAUSES).waveform.samples, RATE_HZ, 8_000)
    path = encode(tmp_path / "a.amr", sound, 8_000, "libopencore_amrnb", options={"dtx": "1"})
    assert path.read_bytes().count(b"\x7c" * 5) > 10  # frames that were not sent
    plain, sent = assessed(PAUSES), assessed(path)
    assert sent.duration_s == pytest.approx(plain.duration_s, abs=0.03)
    assert sent.measurement("silent_pauses").value == plain.measurement("silent_pauses").value == 6.0
    assert sent.interruptions == ()


def test_half_a_file_is_told(tmp_path: Path) -> None:
    data = READING.read_bytes()
    path = tmp_path / "a.flac"
    path.write_bytes(data[: len(data) // 2])
    (told,) = [refusal for refusal in assessed(path).refusals if refusal.code == "cut_file"]
    assert "50.2" in told.reason["zh"]
    assert not told.blocks_score


def test_the_rest_of_a_file_is_refused(tmp_path: Path) -> None:
    data = READING.read_bytes()
    path = tmp_path / "a.flac"
    path.write_bytes(data[: len(data) // 12])
    assert ("cut_file", True) in {(each.code, each.blocks_score) for each in assessed(path).refusals}


def test_one_wild_sample_is_not_the_end_of_speech(tmp_path: Path) -> None:
    sound = load(READING).waveform.samples[: 12 * RATE_HZ].copy()
    sound[5 * RATE_HZ] = 1e10
    found = codes(assessed(write_float_wav(tmp_path / "a.wav", sound, RATE_HZ)))
    assert "wild_samples" in found
    assert "no_speech" not in found
