"""The committed recordings are what their truth says they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from voicecoach.features.text.words import spoken_syllables
from voicecoach.units import power_to_db

FOLDER = Path(__file__).parents[1] / "audio_fixtures"
LARGEST_BYTES = 6_000_000
TRUTHS = sorted(FOLDER.glob("*.json"))
QUIET_DB = 30.0
"""An inserted pause of a clean recording lies so much below the sound beside it."""


def truth_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def samples_of(truth: dict[str, Any]) -> np.ndarray:
    """Decode to float (n, channels), full scale 1."""
    with av.open(str(FOLDER / truth["file"])) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.format.name in {"s16", "s16p"}
        blocks = [frame.to_ndarray().reshape(-1, truth["n_channels"]) for frame in container.decode(stream)]
        assert stream.rate == truth["rate_hz"]
    return np.concatenate(blocks).astype(np.float64) / 32768.0


def level_db(samples: np.ndarray) -> float:
    return float(power_to_db(np.array([np.mean(samples**2)]))[0])


def test_every_recording_has_its_truth_and_all_are_small() -> None:
    recordings = sorted(path.stem for path in FOLDER.glob("*.flac"))
    assert recordings == [path.stem for path in TRUTHS]
    assert len(recordings) >= 12
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) <= LARGEST_BYTES


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_a_recording_is_what_its_truth_says(path: Path) -> None:
    truth = truth_of(path)
    content = (FOLDER / truth["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == truth["sha256"]
    samples = samples_of(truth)
    assert samples.shape == (round(truth["duration_s"] * truth["rate_hz"]), truth["n_channels"])
    times_s = [time_s for part in truth["segments"] for time_s in (part["start_s"], part["end_s"])]
    assert times_s == sorted(times_s)
    assert not times_s or 0.0 < times_s[0] <= times_s[-1] <= truth["duration_s"]
    joined = "".join(part["text"] for part in truth["segments"])
    assert joined.replace(" ", "") == truth["text"].replace(" ", "")
    assert truth["n_syllables"] == len(spoken_syllables(truth["text"], truth["language"]))
    assert [(p["start_s"], p["end_s"]) for p in truth["pauses"]] == list(
        zip(times_s[1:-1:2], times_s[2::2], strict=True)
    )
    assert truth["origin"]["made_by"] == "audio_fixtures/make_fixtures.py"
    assert not truth["segments"] or "Apache-2.0" in truth["origin"]["voice"]


@pytest.mark.parametrize("name", ["pauses_zh", "late_delivery_good", "late_delivery_weak", "english_answer"])
def test_inserted_pauses_are_quiet_and_phrases_are_not(name: str) -> None:
    truth = truth_of(FOLDER / f"{name}.json")
    samples, rate_hz = samples_of(truth), truth["rate_hz"]

    def level(part: dict[str, float]) -> float:
        return level_db(samples[round(part["start_s"] * rate_hz) : round(part["end_s"] * rate_hz)])

    quietest_phrase_db = min(level(part) for part in truth["segments"])
    loudest_pause_db = max(level(pause) for pause in truth["pauses"])
    assert quietest_phrase_db - loudest_pause_db > QUIET_DB


@pytest.mark.parametrize("snr_db", [20, 10, 5])
def test_noisy_copies_have_the_noise_that_they_name(snr_db: int) -> None:
    noisy = truth_of(FOLDER / f"pauses_zh_{snr_db:02}db.json")
    clean = samples_of(truth_of(FOLDER / "pauses_zh.json"))
    added_db = level_db(samples_of(noisy) - clean)
    assert noisy["made_from"]["snr_db"] == snr_db
    assert -26.0 - added_db == pytest.approx(snr_db, abs=0.1)


def test_spoilt_recordings_are_spoilt_as_they_say() -> None:
    by_name = {path.stem: samples_of(truth_of(path)) for path in TRUTHS}
    assert not by_name["silence"].any()
    assert level_db(by_name["noise"]) == pytest.approx(-32.0, abs=0.1)
    assert not by_name["dead_channel"][:, 0].any()
    assert level_db(by_name["dead_channel"][:, 1]) - level_db(by_name["low_gain"]) == pytest.approx(
        20.0, abs=0.2
    )
    assert np.mean(np.abs(by_name["clipped"]) >= 32767 / 32768) > 0.01
    spectrum = np.abs(np.fft.rfft(by_name["telephone"][:, 0])) ** 2
    share_in_band = (
        spectrum[int(len(spectrum) * 300 / 4000) : int(len(spectrum) * 3400 / 4000)].sum() / spectrum.sum()
    )
    assert share_in_band > 0.999


def test_a_stereo_call_has_each_party_on_its_channel() -> None:
    truth = truth_of(FOLDER / "two_party_call.json")
    samples, rate_hz = samples_of(truth), truth["rate_hz"]
    for part in truth["segments"]:
        heard = samples[round(part["start_s"] * rate_hz) : round(part["end_s"] * rate_hz)]
        other = 1 - part["channel"]
        assert level_db(heard[:, part["channel"]]) > level_db(heard[:, other]) + QUIET_DB
    assert {part["channel"] for part in truth["segments"]} == {0, 1}


def test_the_good_answer_covers_all_and_the_weak_one_little() -> None:
    good, weak = (truth_of(FOLDER / f"late_delivery_{which}.json") for which in ("good", "weak"))
    assert set(weak["expected"]["covered"]) < set(good["expected"]["covered"])
    assert {part["kind"] for part in weak["segments"]} == {"speech", "filler"}
    assert max(p["end_s"] - p["start_s"] for p in weak["pauses"]) > 3.0
    assert 30.0 <= good["duration_s"] <= 60.0
    assert 20.0 <= weak["duration_s"] <= 35.0
