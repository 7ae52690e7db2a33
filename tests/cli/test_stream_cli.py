"""`--stream` from outside: what is told of a stream that there is not, and of the tracks of a call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import run
from sound_files import write_streams

from voicecoach.audio.decode import RATE_HZ, load, load_channels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"


@pytest.fixture(scope="module")
def sides() -> list[NDArray[np.float32]]:
    return [recording.waveform.samples for recording in load_channels(FIXTURES / "two_party_call.flac")]


def test_score_tells_how_many_streams_there_are(
    tmp_path: Path, sides: list[NDArray[np.float32]], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_streams(tmp_path / "a.mkv", sides, RATE_HZ)
    status, _, err = run(capsys, "score", path, "--stream", "2", "--ui", "en")
    assert status == 3
    assert "has no sound stream 2; it has 2, counted from 0" in err
    status, _, err = run(capsys, "score", path, "--ui", "zh")
    assert status == 3
    assert "两个人各在一条音轨上（0 和 1）" in err
    assert "--agent-channel 0" in err


def test_a_stream_that_is_no_number_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "score", "a.mkv", "--stream", "-1")[0] == 2
    assert run(capsys, "batch", "a.mkv", "--out", "o", "--stream", "x")[0] == 2


@pytest.mark.weights
def test_a_batch_judges_the_stream_that_speaks_and_says_which(
    tmp_path: Path, sides: list[NDArray[np.float32]], capsys: pytest.CaptureFixture[str]
) -> None:
    voice = load(FIXTURES / "short_3s.flac").waveform.samples
    write_streams(tmp_path / "film.mkv", [voice * 0, voice], RATE_HZ)
    write_streams(tmp_path / "call.mkv", sides, RATE_HZ)
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,agent_channel,stream\nfilm.mkv,,\ncall.mkv,1,\ncall.mkv,,1\nfilm.mkv,,7\n")
    out = tmp_path / "out"
    status, told, _ = run(capsys, "batch", manifest, "--out", out, "--json", "--ui", "en")
    assert (status, json.loads(told)["n_failed"]) == (1, 1)
    results = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert [result.get("streams") for result in results] == [[1], [0, 1], [1], None]
    assert results[1]["call"]["agent_channel"] == 1
    assert "it has 2" in results[3]["error"]["message"]
    pages = [path.read_text() for path in (out / "pages").glob("*.js")]
    assert len(pages) == 3
    assert all('"mp3":' in page for page in pages)
