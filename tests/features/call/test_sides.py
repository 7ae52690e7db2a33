"""The two sides of a call, each less the other's leak: made paths, and a made call with a known share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.audio.decode import load_channels
from voicecoach.features.call.sides import LEAST_ALONE_S, LONGEST_DELAY_S, parted, without_leak
from voicecoach.metrics.turns import UTTERANCE_GAP_S
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import total_s, union

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
CALL = Path(__file__).parents[3] / "audio_fixtures" / "two_party_call.flac"
ALONE = (Span(1.0, 4.0),)
LEFT_DB = -30.0
"""What may be left of a leak through a path of 20 taps, relative to it."""
SHARE_TOLERANCE = 0.02


def wave(samples: NDArray[np.float64]) -> Waveform:
    return Waveform(samples.astype(np.float32), RATE_HZ)


def path(delay: int, leak_db: float) -> NDArray[np.float64]:
    """A path of 20 decaying taps after ``delay`` samples, of a gain of ``leak_db``."""
    taps = np.random.default_rng(7).normal(size=20) * np.exp(-np.arange(20) / 4.0)
    taps *= 10.0 ** (leak_db / 20.0) / np.sqrt(np.square(taps).sum())
    return np.concatenate([np.zeros(delay), taps])


def channels(leak: NDArray[np.float64]) -> tuple[Waveform, Waveform, NDArray[np.float64]]:
    """Six seconds: the channel's own sound from 4.5 s on and the leak of the other, who sounds all along."""
    rng = np.random.default_rng(1)
    own, other = rng.normal(0.0, 0.1, (2, 6 * RATE_HZ))
    own[: round(4.5 * RATE_HZ)] = 0.0
    return wave(own + np.convolve(other, leak)[: len(own)]), wave(other), own


@pytest.mark.parametrize("delay", [0, 3, 40, 1000, round(LONGEST_DELAY_S * RATE_HZ) - 20])
@pytest.mark.parametrize("leak_db", [-12.0, -30.0])
def test_a_leak_through_a_linear_path_is_taken_off(delay: int, leak_db: float) -> None:
    channel, other, own = channels(path(delay, leak_db))
    left = without_leak(channel, other, ALONE).samples - own
    settled = left[delay + 20 :]
    assert 10.0 * np.log10(np.mean(np.square(settled))) < leak_db - 20.0 + LEFT_DB  # the other one: -20 dB


def test_what_holds_no_leak_is_left_as_it_is() -> None:
    rng = np.random.default_rng(2)
    channel, other = (wave(rng.normal(0.0, 0.1, 6 * RATE_HZ)) for _ in range(2))
    assert without_leak(channel, other, ALONE) is channel
    silent = wave(np.zeros(6 * RATE_HZ))
    assert without_leak(silent, other, ALONE) is silent


def test_too_little_to_learn_from_takes_nothing_off() -> None:
    channel, other, _ = channels(path(3, -12.0))
    assert without_leak(channel, other, ()) is channel
    assert without_leak(channel, other, (Span(1.0, 0.9 + LEAST_ALONE_S),)) is channel


def leaking(leak: NDArray[np.float64]) -> tuple[Waveform, Waveform]:
    """The committed call, each channel leaking into the other."""
    first, second = (one.waveform.samples.astype(np.float64) for one in load_channels(CALL))
    n = len(first)
    return wave(first + np.convolve(second, leak)[:n]), wave(second + np.convolve(first, leak)[:n])


@pytest.mark.parametrize("leak_db", [-12.0, -16.0, -20.0, -30.0])
@pytest.mark.parametrize("delay", [0, 300])
def test_the_share_of_talk_does_not_hang_on_a_leak(leak_db: float, delay: int) -> None:
    clean, mixed = parted(*leaking(np.zeros(1))), parted(*leaking(path(delay, leak_db)))
    assert clean
    assert mixed
    wanted, found = (
        [total_s(union(side.voice, closing_s=UTTERANCE_GAP_S)) for side in sides] for sides in (clean, mixed)
    )
    assert found[0] / sum(found) == pytest.approx(wanted[0] / sum(wanted), abs=SHARE_TOLERANCE)


def test_channels_without_a_leak_keep_their_sound() -> None:
    first, second = leaking(np.zeros(1))
    sides = parted(first, second)
    assert sides
    assert sides[0].waveform is first
    assert sides[1].waveform is second


def test_two_channels_of_one_sound_do_not_tell() -> None:
    first, _ = leaking(np.zeros(1))
    assert parted(first, first) is None


def test_a_gap_of_one_side_takes_nothing_from_the_other() -> None:
    first, second = (channel.waveform for channel in load_channels(CALL))
    plain = parted(first, second)
    assert plain is not None
    mine, theirs = plain
    turn = theirs.gate.speech[0]
    gapped = parted(first, second, gaps=([turn], []))
    assert gapped is not None
    assert any(each.span == turn and each.kind == "gap" for each in gapped[0].gate.interruptions)
    assert not gapped[1].gate.interruptions
    assert gapped[1].gate.speech == theirs.gate.speech
    assert all(span.overlap_s(turn) == 0.0 for span in gapped[0].gate.speech)
    assert total_s(gapped[0].gate.speech) <= total_s(mine.gate.speech)
