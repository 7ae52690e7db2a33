"""`voicecoach score --agent-channel`: a call of two from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from fakes import FakeEncoder, FakeTranscriber

from voicecoach import wiring
from voicecoach.app.score.analyse import Analyser
from voicecoach.rubric.engine import RubricEngine

CALL = Path(__file__).parents[2] / "audio_fixtures" / "two_party_call.flac"
MONO = CALL.with_name("short_3s.flac")


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recogniser that hears prepared sentences."""
    said = FakeTranscriber.of("您好，请问有什么可以帮您？实在抱歉，我马上查一下。", "太慢了，我要投诉你们！")
    monkeypatch.setattr(wiring, "analyser", lambda _: Analyser(said, RubricEngine(FakeEncoder())))


@pytest.mark.usefixtures("deaf")
def test_a_call_is_scored_and_reported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "call.html"
    status, out, err = run(
        capsys, "score", CALL, "--agent-channel", "1", "--grace", "0.5", "--json", "-", "--html", page
    )
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    assert [turn["side"] for turn in document["call"]["turns"]] == ["agent", "caller"] * 3
    assert (document["call"]["agent_channel"], document["call"]["grace_s"]) == (1, 0.5)
    assert document["measurements"]["interruptions"]["value"] == 0.0
    assert document["transcript"]["text"].startswith("您好")
    assert "抢话" in page.read_text("utf-8")


@pytest.mark.usefixtures("deaf")
def test_a_mono_file_says_why_there_is_no_exchange(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "call.html"
    status, out, err = run(capsys, "score", MONO, "--agent-channel", "1", "--html", page, "--ui", "en")
    assert status in (0, 5), err
    assert "no interruptions, no talk share" in " ".join(out.split())
    assert page.exists()


@pytest.mark.usefixtures("deaf")
@pytest.mark.usefixtures("english")
def test_two_channels_asked_for_are_one_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "score", CALL, "--agent-channel", "1", "--channel", "0")
    assert status == 2
    assert "exclude each other" in err


@pytest.mark.weights
def test_both_sides_are_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(
        capsys, "score", CALL, "--agent-channel", "1", "--prompt", "late_delivery", "--json", "-"
    )
    assert status == 0, err
    document: dict[str, Any] = json.loads(out)
    turns = document["call"]["turns"]
    assert "抱歉" in "".join(turn["text"] for turn in turns if turn["side"] == "agent")
    assert "投诉" in "".join(turn["text"] for turn in turns if turn["side"] == "caller")
    assert "投诉" not in document["transcript"]["text"]
    truth = json.loads(CALL.with_suffix(".json").read_text("utf-8"))["segments"]
    length_s = [sum(p["end_s"] - p["start_s"] for p in truth if p["channel"] == c) for c in (0, 1)]
    share = document["measurements"]["talk_share"]["value"]
    assert share == pytest.approx(length_s[1] / sum(length_s), abs=0.01)
