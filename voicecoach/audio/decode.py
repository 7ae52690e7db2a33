"""Sound files in, waveforms out: choose or mix the channels, resample, check.

A file is decoded frame by frame and measured channel by channel *before* anything is mixed, since
a mean hides what matters: a dead channel halves it, an inverted one cancels it, and two people on
two channels become one impossible speaker. Memory holds the 16 kHz result and a second of the
source; a stereo file is mixed while it is measured, and read again only when the measurement says
that the mix was wrong. Levels are kept: the mix is a plain mean, and nothing is normalised.

Known failure: a clip that was clipped and turned down afterwards has no sample at full scale and
counts as clean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.audio.channels import ChannelMeter
from voicecoach.audio.container import (
    CODEC_SLACK_S,
    LONGEST_S,
    StreamFacts,
    digest_of,
    layout_of,
    opened,
    streams_of,
    told_length_s,
)
from voicecoach.audio.frames import Faults, blocks
from voicecoach.errors import InputError
from voicecoach.model.audio import Waveform
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BufferedReader
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.audio.channels import ChannelChoice
    from voicecoach.audio.container import Layout
    from voicecoach.model.audio import Span

__all__ = [
    "LONGEST_S",
    "RATE_HZ",
    "Recording",
    "StreamFacts",
    "digest",
    "load",
    "load_channels",
    "load_tracks",
    "streams_of",
    "told_length_s",
]

RATE_HZ = 16_000
"""Sampling rate of every waveform inside the program, Hz: what the recogniser and the speech gate take."""
WILD = 8.0
"""A sample further out is no sound (18 dB over full scale): it is limited to full scale, and told."""
SHORTEST_S = 0.5
"""Shortest recording that is read, seconds: shorter than one syllable and its silence."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One decoded sound file.

    ``waveform``: mono, 16 kHz. ``sha256``: hex digest of the file's bytes. ``channel``: the one that was
    used, None when the file is mono or several were mixed. ``clipping_ratio``: share 0..1 of the samples at
    full scale in the worst used channel, at the source's rate. ``dead_channels``: channels without
    sound of their own. ``two_party``: two channels that take turns, as in a recorded call. ``faults``:
    what was amiss in the file. ``streams``: the sound streams that were read, ``others`` those that were
    not; both empty where the file has but one.
    """

    waveform: Waveform
    sha256: str
    source_rate_hz: int
    n_channels: int
    channel: int | None
    clipping_ratio: float
    dead_channels: tuple[int, ...]
    two_party: bool
    faults: Faults = field(default_factory=Faults)
    streams: tuple[int, ...] = ()
    others: tuple[StreamFacts, ...] = ()

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Time for which the file has no sound, zeros in the waveform."""
        return tuple(self.faults.gaps)


def load(path: Path, *, channel: int | None = None, stream: int = 0) -> Recording:
    """Read a sound stream of a file of any container and codec that the decoder knows.

    ``channel`` picks one channel (counted from 0); without it a dead or inverted channel is left out
    and the others are averaged. A file cut in the middle is read as far as it goes.
    Raises InputError: not there, not readable, not sound, no sound in it, samples that are no
    numbers, too short, too long, no such channel or stream, or two parties and no channel given.
    """
    with opened(path) as file:
        sha256 = digest_of(path, file)
        layout = layout_of(path, file, channel, stream)
        meter = ChannelMeter(layout.n_channels, layout.rate_hz)
        weights = _weights(layout.n_channels, channel)
        faults = Faults()
        samples = _mixed(path, file, layout, weights, meter, faults)
        choice = meter.choose(channel)
        if choice.two_party and channel is None:
            raise InputError("sound-two-parties", path=shown(path))
        if choice.weights != weights:
            samples = _mixed(path, file, layout, choice.weights, None, Faults())
    return _recording(samples, sha256, layout, choice, meter, faults)


def digest(path: Path) -> str:
    """The sha256 of the file's bytes, hexadecimal, as in :class:`Recording`. Raises InputError."""
    with opened(path) as file:
        return digest_of(path, file)


def load_channels(path: Path, *, stream: int = 0) -> tuple[Recording, ...]:
    """Every channel of a sound stream by itself, from one pass over it: one Recording a channel, in order.

    All carry the same digest, ``dead_channels`` and ``two_party``. Raises InputError as :func:`load`.
    """
    with opened(path) as file:
        sha256 = digest_of(path, file)
        layout = layout_of(path, file, None, stream)
        meter = ChannelMeter(layout.n_channels, layout.rate_hz)
        single = [_weights(layout.n_channels, channel) for channel in range(layout.n_channels)]
        faults = Faults()
        every = _sums(path, file, layout, single, meter, faults)
    choices = [meter.choose(channel) for channel in range(layout.n_channels)]
    return tuple(
        _recording(samples, sha256, layout, choice, meter, faults)
        for samples, choice in zip(every, choices, strict=True)
    )


def load_tracks(path: Path, streams: Sequence[int]) -> tuple[Recording, ...]:
    """Several streams of one channel each as the channels of one recording, all as long as the longest.

    Call recorders write one track a party. Raises InputError as :func:`load`.
    """
    tracks = [load(path, stream=stream) for stream in streams]
    longest = max(len(track.waveform.samples) for track in tracks)
    samples = [np.pad(track.waveform.samples, (0, longest - len(track.waveform.samples))) for track in tracks]
    meter = ChannelMeter(len(tracks), RATE_HZ)
    for start in range(0, longest, RATE_HZ):
        meter.add(np.stack([sound[start : start + RATE_HZ] for sound in samples]))
    choice = meter.choose()
    return tuple(
        replace(
            track,
            waveform=Waveform(sound, RATE_HZ),
            n_channels=len(tracks),
            channel=channel,
            dead_channels=choice.dead,
            two_party=choice.two_party,
        )
        for channel, (track, sound) in enumerate(zip(tracks, samples, strict=True))
    )


def _recording(
    samples: NDArray[np.float32],
    sha256: str,
    layout: Layout,
    choice: ChannelChoice,
    meter: ChannelMeter,
    faults: Faults,
) -> Recording:
    return Recording(
        waveform=Waveform(samples, RATE_HZ),
        sha256=sha256,
        source_rate_hz=layout.rate_hz,
        n_channels=layout.n_channels,
        channel=choice.channel,
        clipping_ratio=meter.clipping_ratio(choice.weights),
        dead_channels=choice.dead,
        two_party=choice.two_party,
        faults=faults,
    )


def _weights(n_channels: int, channel: int | None) -> tuple[float, ...]:
    if channel is None or n_channels == 1:
        return (1.0 / n_channels,) * n_channels
    return tuple(float(c == channel) for c in range(n_channels))


def _mixed(
    path: Path,
    file: BufferedReader,
    layout: Layout,
    weights: tuple[float, ...],
    meter: ChannelMeter | None,
    faults: Faults,
) -> NDArray[np.float32]:
    """The weighted sum of the channels at 16 kHz, float32 (n,); ``meter`` sees every block that is sound."""
    return _sums(path, file, layout, [weights], meter, faults)[0]


def _sums(
    path: Path,
    file: BufferedReader,
    layout: Layout,
    every: Sequence[tuple[float, ...]],
    meter: ChannelMeter | None,
    faults: Faults,
) -> list[NDArray[np.float32]]:
    """As :func:`_mixed` for ``every`` set of weights, from one pass over the file."""
    gains = np.asarray(every, dtype=np.float32)
    resamplers = [_resampler(layout.rate_hz) for _ in every]
    results = [bytearray() for _ in every]  # grow in place: no second copy of an hour of sound
    n_samples, n_sound = 0, 0
    for each in blocks(path, file, layout, faults):
        block = _in_scale(path, each.samples, n_samples / layout.rate_hz, layout, faults)
        n_samples += block.shape[1]
        if n_samples > (LONGEST_S + CODEC_SLACK_S) * layout.rate_hz:
            raise InputError("sound-past-limit", path=shown(path), limit=f"{LONGEST_S / 60:.0f}")
        if not each.is_gap:
            n_sound += block.shape[1]
            if meter:
                meter.add(block)
        mixes = block if layout.n_channels == 1 else gains @ block
        for mono, resampler, result in zip(mixes, resamplers, results, strict=True):
            result.extend((resampler.resample_chunk(mono) if resampler else mono).tobytes())
    for resampler, result in zip(resamplers, results, strict=True):
        if resampler:
            result.extend(resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True).tobytes())
    if n_sound < SHORTEST_S * layout.rate_hz:
        raise InputError(
            "sound-too-short",
            path=shown(path),
            length_s=f"{n_sound / layout.rate_hz:.3f}",
            least_s=str(SHORTEST_S),
        )
    return [np.frombuffer(result, dtype=np.float32) for result in results]


def _in_scale(
    path: Path, block: NDArray[np.float32], start_s: float, layout: Layout, faults: Faults
) -> NDArray[np.float32]:
    """The block, what is far out of scale in it limited. Raises InputError: samples that are no numbers."""
    lowest, highest = block.min(), block.max()  # both pass NaN on
    if not (np.isfinite(highest) and np.isfinite(lowest)):
        at_s = start_s + int(np.argmin(np.isfinite(block).all(axis=0))) / layout.rate_hz
        raise InputError("sound-not-finite", path=shown(path), at_s=f"{at_s:.3f}")
    if max(highest, -lowest) <= WILD:
        return block
    wild = np.abs(block) > WILD
    faults.n_wild += int(np.count_nonzero(wild.any(axis=0)))
    return np.where(wild, np.clip(block, -1.0, 1.0), block)


def _resampler(rate_hz: int) -> Any:
    if rate_hz == RATE_HZ:
        return None
    import soxr

    return soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")
