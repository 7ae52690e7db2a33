"""How much the articulators move, on sounds whose answer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from vowels import AH_HZ, EE_HZ, RATE_HZ, SCHWA_HZ, vowel

from voicecoach.features.held import STILL_DB
from voicecoach.features.movement import HOP_S, movement_track
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOVING_DB = 5.5
ROUNDING_DB = 1e-9


def moved(samples: NDArray[np.float64], span: Span) -> NDArray[np.float64]:
    return movement_track(Waveform(samples.astype(np.float32), RATE_HZ)).within(span)


@pytest.mark.parametrize("f0_hz", [90.0, 120.0, 210.0, 260.0])
@pytest.mark.parametrize("formants", [SCHWA_HZ, AH_HZ, EE_HZ])
def test_a_held_vowel_stands_still_at_any_pitch(f0_hz: float, formants: tuple[float, ...]) -> None:
    assert moved(vowel(f0_hz, 1.0, formants), Span(0.1, 0.9)).max() < STILL_DB / 2.0


@pytest.mark.parametrize("f0_hz", [90.0, 120.0, 210.0, 260.0])
def test_from_vowel_to_vowel_the_articulators_move(f0_hz: float) -> None:
    assert moved(vowel(f0_hz, 1.0, AH_HZ, EE_HZ), Span(0.45, 0.55)).max() > MOVING_DB


def test_gain_and_a_swell_of_the_level_do_not_count() -> None:
    sound = vowel(120.0, 1.0, SCHWA_HZ)
    swell = sound * np.linspace(0.3, 1.0, len(sound))
    np.testing.assert_allclose(moved(0.1 * sound, Span(0.1, 0.9)), moved(sound, Span(0.1, 0.9)), atol=0.05)
    assert moved(swell, Span(0.1, 0.9)).max() < STILL_DB / 2.0


def test_the_grid_covers_the_recording_and_silence_does_not_move() -> None:
    track = movement_track(Waveform(np.zeros(RATE_HZ, dtype=np.float32), RATE_HZ))
    assert len(track.values) == round(1.0 / HOP_S) + 1
    assert track.values.max() < ROUNDING_DB


def test_blocks_leave_no_seam() -> None:
    sound = np.tile(vowel(100.0, 0.5, AH_HZ, EE_HZ), 25)
    whole = movement_track(Waveform(sound.astype(np.float32), RATE_HZ)).values
    np.testing.assert_allclose(whole[300:350], whole[1050:1100], atol=1e-3)
