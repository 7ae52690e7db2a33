"""The latency of the sound path, on sounds whose delay is known in closed form."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fake_recorder import FakeRecorder
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.app.setup import sound_path
from voicecoach.app.setup.sound_path import N_PLAYS, chirp, latency_of, measure_latency
from voicecoach.errors import DeviceError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

RATE_HZ = 16_000
STARTS_S = [1.0, 2.3, 3.6, 4.9, 6.2]
SAMPLE_S = 1 / RATE_HZ
NOISY_TOLERANCE_S = 0.001
BEST_NOISY_DB = -6.0
"""Chirp under the noise: what an echo across a loud room may have."""


def heard(delays_s: Sequence[float | None], *, noise_dbfs: float = -120.0, gain_db: float = 0.0) -> Waveform:
    """A recording in which the chirps come so late; None: not at all."""
    random = np.random.default_rng(3)
    sound = random.standard_normal(8 * RATE_HZ) * 10 ** (noise_dbfs / 20)
    for start_s, delay_s in zip(STARTS_S, delays_s, strict=True):
        if delay_s is not None:
            first = round((start_s + delay_s) * RATE_HZ)
            wanted: NDArray[np.float32] = chirp(RATE_HZ)
            sound[first : first + len(wanted)] += wanted * 10 ** (gain_db / 20)
    return Waveform(sound.astype(np.float32), RATE_HZ)


@settings(deadline=None, max_examples=40)
@given(st.floats(-0.29, 0.74), st.floats(-40.0, 10.0))
def test_a_delay_is_found_to_a_sample_at_any_level(delay_s: float, gain_db: float) -> None:
    found = latency_of(heard([delay_s] * N_PLAYS, gain_db=gain_db), STARTS_S)
    assert found.latency_s == pytest.approx(delay_s, abs=SAMPLE_S)
    assert (found.n_heard, found.reason) == (N_PLAYS, None)


def test_a_chirp_under_the_noise_is_found() -> None:
    chirp_dbfs = 10 * np.log10(np.mean(np.square(chirp(RATE_HZ))))
    found = latency_of(heard([0.1] * N_PLAYS, noise_dbfs=chirp_dbfs - BEST_NOISY_DB), STARTS_S)
    assert found.latency_s == pytest.approx(0.1, abs=NOISY_TOLERANCE_S)


@pytest.mark.parametrize("noise_dbfs", [-300.0, -120.0, -30.0])
def test_without_chirps_nothing_is_guessed(noise_dbfs: float) -> None:
    found = latency_of(heard([None] * N_PLAYS, noise_dbfs=noise_dbfs), STARTS_S)
    assert (found.latency_s, found.n_heard) == (None, 0)
    assert found.reason is not None
    assert "did not hear" in found.reason.words("en")


def test_one_late_callback_does_not_move_the_figure() -> None:
    found = latency_of(heard([0.1, 0.1, 0.3, 0.1, None]), STARTS_S)
    assert found.latency_s == pytest.approx(0.1, abs=SAMPLE_S)
    assert found.n_heard == 4


def test_plays_that_disagree_give_no_figure() -> None:
    found = latency_of(heard([0.0, 0.1, 0.2, 0.3, 0.4]), STARTS_S)
    assert found.spread_s == pytest.approx(0.1, abs=SAMPLE_S)
    assert not found.latency_s
    assert found.reason is not None
    assert "±100 ms" in found.reason.words("en")


def test_two_plays_heard_are_too_few() -> None:
    assert latency_of(heard([0.1, 0.1, None, None, None]), STARTS_S).latency_s is None


def test_a_recording_that_ended_early_gives_no_figure() -> None:
    assert latency_of(Waveform(np.zeros(100, dtype=np.float32), RATE_HZ), STARTS_S).latency_s is None


class FakePlayer:
    """Says when it has played: each time at the next moment of the queue, counted from ``first_s``."""

    def __init__(self, ends_s: Iterable[float]) -> None:
        self._ends_s = iter(ends_s)
        self.end_monotonic_s: float | None = None
        self.played: list[Waveform] = []

    def play(self, parts: Iterable[Waveform]) -> None:
        self.played += parts
        self.end_monotonic_s = next(self._ends_s)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_path, "_wait", lambda _recording, _duration_s: None)


@pytest.mark.usefixtures("at_once")
def test_the_clocks_of_player_and_recorder_are_brought_together(tmp_path: Path) -> None:
    recorder = FakeRecorder([heard([0.12] * N_PLAYS)])
    tail_s = sound_path.CHIRP_S + sound_path.SILENCE_S
    begun_s = time.monotonic()
    player = FakePlayer(begun_s + start_s + tail_s for start_s in STARTS_S)
    found = measure_latency(recorder, player, tmp_path / "a.wav")
    (recording,) = recorder.recordings
    assert recording.first_sample_monotonic_s is not None
    clock_s = recording.first_sample_monotonic_s - begun_s  # the recording began so much later
    assert found.latency_s == pytest.approx(0.12 + clock_s, abs=2 * SAMPLE_S)
    assert len(player.played) == N_PLAYS
    assert (tmp_path / "a.wav").exists()


@pytest.mark.usefixtures("at_once")
def test_a_recording_without_a_clock_gives_no_figure(tmp_path: Path) -> None:
    recorder = FakeRecorder([heard([0.1] * N_PLAYS)])
    player = FakePlayer([0.0] * N_PLAYS)
    played = player.play

    def play(parts: Iterable[Waveform]) -> None:
        recorder.recordings[0].first_sample_monotonic_s = None
        played(parts)

    player.play = play  # type: ignore[method-assign]  # the moment at which the clock is lost
    assert measure_latency(recorder, player, tmp_path / "a.wav").latency_s is None


@pytest.mark.usefixtures("at_once")
def test_a_microphone_that_goes_away_is_told(tmp_path: Path) -> None:
    gone = DeviceError("plain", message="the microphone has gone", remedy="")
    recorder = FakeRecorder([heard([0.1] * N_PLAYS)], fault=gone)
    with pytest.raises(DeviceError, match="has gone"):
        measure_latency(recorder, FakePlayer([0.0] * N_PLAYS), tmp_path / "a.wav")
