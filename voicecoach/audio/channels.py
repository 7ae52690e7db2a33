"""Which channel of a recording to listen to: dead, inverted and two-party channels seen before any mix.

Every channel is measured at its native rate in frames of 50 ms, DC removed:

- *dead*: its loud frames (95th percentile) lie :data:`DEAD_DB` or more below those of the loudest
  channel, or it is steady noise (loud and quiet frames within :data:`STEADY_DB`) beside a livelier one;
- *inverted*: correlation at or below :data:`INVERTED_CORRELATION`, where a mean would cancel;
- *two-party*: two live channels of low correlation whose activity alternates: in most active frames
  one of them is above its own noise and clearly above the other.

Thresholds are our own choice. Known failure: two people who talk at once nearly all the time look
like one speaker in wide stereo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAME_S = 0.050
"""Length of a frame of channel activity, seconds: shorter than a turn, longer than a pitch period."""
FULL_SCALE = 0.98
"""A sample from here on counts as clipped. Below 1.0 since 8-bit (.992), A-law (.984) and mu-law (.9803)
cannot reach it, and lossy codecs scatter clipped samples."""
SILENT_DBFS = -80.0
"""A channel whose loud frames stay under this is silent: 16-bit rounding noise lies at -101 dBFS."""
DEAD_DB = 35.0
"""A channel this far below the loudest is dead; cross-talk of cables and headsets lies at 40 dB and more."""
STEADY_DB = 6.0
"""Loud minus quiet frames of steady noise stays under this; speech has 25 dB and more."""
INVERTED_CORRELATION = -0.3
"""At or below this a mean of two channels loses 4.5 dB or more."""
TWO_PARTY_CORRELATION = 0.5
"""Two microphones on one speaker correlate above this unless they are far apart."""
TWO_PARTY_LEAD_DB = 10.0
"""How far one channel leads the other, each against its own loud frames, to have the turn alone."""
TWO_PARTY_SHARE = 0.6
"""Share of the active frames in which one side must have the turn alone."""
TWO_PARTY_SIDE_S = 1.0
"""Each side must have the turn alone for at least this long, seconds."""
ACTIVE_DB = 25.0
"""A frame is active within this distance of its channel's loud frames."""

_LOUD, _QUIET = 95.0, 10.0


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """What to listen to: ``weights``, one a channel, of the mix; ``channel`` None = several, or mono."""

    weights: tuple[float, ...]
    channel: int | None
    dead: tuple[int, ...]
    two_party: bool


@dataclass(slots=True)
class ChannelMeter:
    """Measures channels while they stream by, in memory of two numbers a channel and frame."""

    n_channels: int
    rate_hz: int
    n_samples: int = 0
    n_clipped: NDArray[np.int64] = field(init=False)
    _covariance: NDArray[np.float64] = field(init=False)
    _powers: list[NDArray[np.float64]] = field(default_factory=list)
    _rest: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self.n_clipped = np.zeros(self.n_channels, dtype=np.int64)
        self._covariance = np.zeros((self.n_channels, self.n_channels))
        self._rest = np.zeros((self.n_channels, 0), dtype=np.float32)

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next block, float32 (n_channels, n), full scale +-1."""
        self.n_samples += block.shape[1]
        if max(block.max(), -block.min()) >= FULL_SCALE:
            self.n_clipped += np.count_nonzero(np.abs(block) >= FULL_SCALE, axis=1)
        if self.n_channels == 1:
            return
        block = np.concatenate([self._rest, block], axis=1)
        size = max(1, round(FRAME_S * self.rate_hz))
        n_frames = block.shape[1] // size
        frames = block[:, : n_frames * size].reshape(self.n_channels, n_frames, size)
        self._rest = block[:, n_frames * size :].copy()
        means = frames.mean(axis=2)
        products = np.matmul(frames.transpose(1, 0, 2), frames.transpose(1, 2, 0)) / size
        products = products - means.T[:, :, None] * means.T[:, None, :]  # (n_frames, n_channels, n_channels)
        self._powers.append(np.maximum(np.diagonal(products, axis1=1, axis2=2).T, 0.0).astype(np.float64))
        self._covariance += products.sum(axis=0, dtype=np.float64)

    def choose(self, channel: int | None = None) -> ChannelChoice:
        """What to listen to, given all that went by; a ``channel`` that was asked for is obeyed."""
        if self.n_channels == 1:
            return ChannelChoice((1.0,), None, (), two_party=False)
        powers = np.concatenate(self._powers, axis=1) if self._powers else np.zeros((self.n_channels, 0))
        if powers.shape[1] == 0:
            powers = np.zeros((self.n_channels, 1))
        level = np.maximum(power_to_db(powers), -200.0)
        loud = np.percentile(level, _LOUD, axis=1)
        spread = loud - np.percentile(level, _QUIET, axis=1)
        dead = _dead(loud, spread)
        live = [c for c in range(self.n_channels) if c not in dead]
        correlation = self._correlation()
        two_party = any(
            abs(correlation[a, b]) < TWO_PARTY_CORRELATION and _alternate(level[[a, b]], loud[[a, b]])
            for a, b in combinations(live, 2)
        )
        if channel is None and live:
            inverted = any(correlation[a, b] <= INVERTED_CORRELATION for a, b in combinations(live, 2))
            if inverted or len(live) == 1:
                channel = max(live, key=lambda c: (round(float(loud[c]), 1), -c))
        if channel is not None:
            weights = tuple(float(c == channel) for c in range(self.n_channels))
        else:
            mixed = live or list(range(self.n_channels))
            weights = tuple(1.0 / len(mixed) if c in mixed else 0.0 for c in range(self.n_channels))
        return ChannelChoice(weights, channel, dead, two_party=two_party)

    def clipping_ratio(self, weights: tuple[float, ...]) -> float:
        """Share of samples at full scale, 0..1, in the worst of the channels that are used."""
        if self.n_samples == 0:
            return 0.0
        used = [c for c, weight in enumerate(weights) if weight > 0.0]
        return float(self.n_clipped[used].max()) / self.n_samples

    def _correlation(self) -> NDArray[np.float64]:
        size = np.sqrt(np.diag(self._covariance))
        with np.errstate(divide="ignore", invalid="ignore"):
            correlation: NDArray[np.float64] = self._covariance / np.outer(size, size)
        return np.nan_to_num(correlation, posinf=0.0, neginf=0.0)


def _dead(loud: NDArray[np.float64], spread: NDArray[np.float64]) -> tuple[int, ...]:
    loudest = float(loud.max())
    lively = bool((spread > 2.0 * STEADY_DB).any())
    return tuple(
        c
        for c in range(len(loud))
        if loud[c] < SILENT_DBFS
        or loud[c] <= loudest - DEAD_DB
        or (lively and spread[c] < STEADY_DB and loud[c] < loudest)
    )


def _alternate(level: NDArray[np.float64], loud: NDArray[np.float64]) -> bool:
    """Whether two channels, level dB (2, n_frames), take turns."""
    relative = level - loud[:, None]
    active = relative > -ACTIVE_DB
    lead = relative[0] - relative[1]
    first = np.count_nonzero(active[0] & (lead > TWO_PARTY_LEAD_DB))
    second = np.count_nonzero(active[1] & (lead < -TWO_PARTY_LEAD_DB))
    enough = min(first, second) * FRAME_S >= TWO_PARTY_SIDE_S
    return bool(enough and first + second >= TWO_PARTY_SHARE * np.count_nonzero(active.any(axis=0)))
