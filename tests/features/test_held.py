"""Held sounds: which tracks are one, and synthetic voices from the sound on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from vowels import AH_HZ, EE_HZ, RATE_HZ, SCHWA_HZ, vowel

from voicecoach.features.extract import Gate, complete
from voicecoach.features.held import held_sounds
from voicecoach.features.level import level_track
from voicecoach.model.audio import Interruption, Span, Track, Waveform

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP_S = 0.01
HELD = Span(4.0, 4.5)
EDGE_S = 0.05
"""Half of the 60 ms over which movement is taken, and a window."""


def of_tracks(
    *,
    held: Span = HELD,
    slope_st_per_s: float = 0.0,
    swing_db: float = 0.0,
    movement_db: float = 1.5,
    from_usual_st: float = 0.0,
    balance_db: float = 0.0,
) -> tuple[Span, ...]:
    """Ten seconds of moving voice at 120 Hz in which one stretch is held."""
    times_s = np.arange(round(10.0 / HOP_S)) * HOP_S
    inside = (times_s >= held.start_s) & (times_s < held.end_s)
    since_s = np.where(inside, times_s - held.start_s, 0.0)
    pitch = 120.0 * 2.0 ** ((slope_st_per_s * since_s + from_usual_st * inside) / 12.0)
    level = -20.0 + swing_db * inside * np.sign(np.sin(since_s * 40.0))
    tracks = (np.where(inside, movement_db, 9.0), pitch, level, np.where(inside, balance_db, 0.0))
    movement, f0, loudness, balance = (
        Track(np.asarray(values, dtype=np.float64), 0.0, HOP_S, "") for values in tracks
    )
    return held_sounds(movement, f0, loudness, balance)


def test_a_still_level_voice_is_held() -> None:
    (found,) = of_tracks()
    assert (found.start_s, found.end_s) == pytest.approx((HELD.start_s, HELD.end_s), abs=HOP_S)
    assert of_tracks(slope_st_per_s=-4.0)


@pytest.mark.parametrize(
    "unlike",
    [
        {"held": Span(4.0, 4.15)},
        {"slope_st_per_s": 10.0},
        {"swing_db": 6.0},
        {"movement_db": 8.0},
        {"from_usual_st": 15.0},
        {"balance_db": -40.0},
    ],
    ids=["short", "gliding", "flickering", "moving", "another's pitch", "a pure tone"],
)
def test_what_is_short_or_moves_or_is_no_voice_is_not(unlike: dict[str, float]) -> None:
    assert of_tracks(**unlike) == ()  # type: ignore[arg-type]


def test_where_nothing_is_voiced_nothing_is_held() -> None:
    empty = Track(np.full(100, np.nan), 0.0, HOP_S, "Hz")
    still = Track(np.zeros(100), 0.0, HOP_S, "dB")
    assert held_sounds(still, empty, still, empty) == ()


def babble(f0_hz: float, n: int) -> NDArray[np.float64]:
    """Syllables of .16 s, vowel after vowel."""
    return np.concatenate([vowel(f0_hz, 0.32, AH_HZ, EE_HZ) for _ in range(n)])


def sounding(f0_hz: float, filler: NDArray[np.float64]) -> Waveform:
    """Two seconds of syllables, .4 s of silence, the filler, .4 s of silence, two seconds of syllables."""
    silence = np.zeros(round(0.4 * RATE_HZ))
    parts = (silence, babble(f0_hz, 6), silence, filler, silence, babble(f0_hz, 6), silence)
    noise = 1e-4 * np.random.default_rng(0).normal(size=sum(map(len, parts)))
    return Waveform((np.concatenate(parts) + noise).astype(np.float32), RATE_HZ)


def heard_in(waveform: Waveform, *, apart: tuple[Interruption, ...] = ()) -> tuple[Span, ...]:
    """The held sounds when the gate takes the syllables alone for speech."""
    level = level_track(waveform)
    speech = (Span(0.4, 2.32), Span(waveform.duration_s - 2.32, waveform.duration_s - 0.4))
    gate = Gate(speech, Track(np.zeros(10), 0.016, 0.032, "probability"), level, -90.0, apart)
    return complete(waveform, gate).held


@pytest.mark.parametrize("f0_hz", [110.0, 210.0])
@pytest.mark.parametrize("formants", [SCHWA_HZ, AH_HZ])
def test_a_held_vowel_beside_speech_is_found(f0_hz: float, formants: tuple[float, ...]) -> None:
    (found,) = heard_in(sounding(f0_hz, vowel(f0_hz, 0.5, formants)))
    assert (found.start_s, found.end_s) == pytest.approx((2.72, 3.22), abs=EDGE_S)


def test_a_tone_a_noise_and_what_is_marked_are_not() -> None:
    times_s = np.arange(round(0.5 * RATE_HZ)) / RATE_HZ
    assert heard_in(sounding(110.0, 0.1 * np.sin(2.0 * np.pi * 150.0 * times_s))) == ()
    assert heard_in(sounding(110.0, 0.05 * np.random.default_rng(1).normal(size=len(times_s)))) == ()
    marked = (Interruption(Span(2.7, 3.3), "tone"),)
    assert heard_in(sounding(110.0, vowel(110.0, 0.5, SCHWA_HZ)), apart=marked) == ()
