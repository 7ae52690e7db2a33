"""Sound files in, waveforms out: decode, choose or mix the channels, resample, check.

A file is decoded frame by frame and measured channel by channel *before* anything is mixed, since
a mean hides what matters: a dead channel halves it, an inverted one cancels it, and two people on
two channels become one impossible speaker. Memory holds the 16 kHz result and a second of the
source; a stereo file is mixed while it is measured, and read again only when the measurement says
that the mix was wrong. Levels are kept: the mix is a plain mean, and nothing is normalised.

Known failure: a clip that was clipped and turned down afterwards has no sample at full scale and
counts as clean.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from voicecoach.audio.channels import ChannelMeter
from voicecoach.errors import InputError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.audio.channels import ChannelChoice

RATE_HZ = 16_000
"""Sampling rate of every waveform inside the program, Hz: what the recogniser and the speech gate take."""
LONGEST_S = 3600.0
"""Longest recording that is read, seconds."""
SHORTEST_S = 0.5
"""Shortest recording that is read, seconds: shorter than one syllable and its silence."""
LOWEST_RATE_HZ = 8_000
"""Lowest source rate: below it the band of speech is missing (telephone band ends at 3400 Hz)."""
HIGHEST_RATE_HZ = 768_000
"""Highest source rate that a converter makes; a header that says more is damaged."""
MOST_CHANNELS = 32

_CODEC_SLACK_S = 1.0
"""Padding that codecs add; an hour of sound stays an hour."""
_BLOCK_S = 1.0
_SCALE = {"u1": 2.0**7, "i2": 2.0**15, "i4": 2.0**31, "i8": 2.0**63}
# No playlist may make the decoder open another file or an address.
_DECODER_OPTIONS = {"protocol_whitelist": "none"}


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One decoded sound file.

    ``waveform``: mono, 16 kHz. ``sha256``: hex digest of the file's bytes. ``channel``: the one that was
    used, None when the file is mono or several were mixed. ``clipping_ratio``: share 0..1 of the samples at
    full scale in the worst used channel, at the source's rate. ``dead_channels``: channels without
    sound of their own. ``two_party``: two channels that take turns, as in a recorded call.
    """

    waveform: Waveform
    sha256: str
    source_rate_hz: int
    n_channels: int
    channel: int | None
    clipping_ratio: float
    dead_channels: tuple[int, ...]
    two_party: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    rate_hz: int
    n_channels: int


@dataclass(frozen=True, slots=True)
class _SampleFormat:
    """How the samples of a frame lie: channel after channel (planar), or one of each in turn."""

    is_planar: bool
    n_channels: int


def load(path: Path, *, channel: int | None = None) -> Recording:
    """Read a sound file of any container and codec that the decoder knows.

    ``channel`` picks one channel (counted from 0); without it a dead or inverted channel is left out
    and the others are averaged. A file cut in the middle is read as far as it goes.
    Raises InputError: not there, not readable, not sound, no sound in it, samples that are no
    numbers, too short, too long, no such channel, or two parties and no channel given.
    """
    with _opened(path) as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        layout = _layout(path, file, channel)
        meter = ChannelMeter(layout.n_channels, layout.rate_hz)
        weights = _weights(layout.n_channels, channel)
        samples = _mixed(path, file, layout, weights, meter)
        choice = meter.choose(channel)
        if choice.two_party and channel is None:
            raise InputError("sound-two-parties", path=shown(path))
        if choice.weights != weights:
            samples = _mixed(path, file, layout, choice.weights, None)
    return _recording(samples, sha256, layout, choice, meter.clipping_ratio(choice.weights))


def digest(path: Path) -> str:
    """The sha256 of the file's bytes, hexadecimal, as in :class:`Recording`. Raises InputError."""
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def told_length_s(path: Path) -> float | None:
    """The length that the file's header tells, seconds, not decoded; None when it tells none.

    Raises InputError.
    """
    with _opened(path) as file, _container(path, file) as container:
        if not container.streams.audio:
            raise InputError("sound-without-audio", path=shown(path))
        stream = container.streams.audio[0]
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return container.duration / 1e6 if container.duration else None  # the container counts in us


def load_channels(path: Path) -> tuple[Recording, ...]:
    """Every channel of a sound file by itself, from one pass over it: one Recording a channel, in order.

    All carry the same digest, ``dead_channels`` and ``two_party``. Raises InputError as :func:`load`.
    """
    with _opened(path) as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        layout = _layout(path, file, None)
        meter = ChannelMeter(layout.n_channels, layout.rate_hz)
        single = [_weights(layout.n_channels, channel) for channel in range(layout.n_channels)]
        every = _sums(path, file, layout, single, meter)
    choices = [meter.choose(channel) for channel in range(layout.n_channels)]
    return tuple(
        _recording(samples, sha256, layout, choice, meter.clipping_ratio(choice.weights))
        for samples, choice in zip(every, choices, strict=True)
    )


def shown(path: Path) -> str:
    """The path as one printable line: control characters and stray bytes escaped."""
    text = str(path)
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in text)


def _recording(
    samples: NDArray[np.float32], sha256: str, layout: _Layout, choice: ChannelChoice, clipping: float
) -> Recording:
    return Recording(
        waveform=Waveform(samples, RATE_HZ),
        sha256=sha256,
        source_rate_hz=layout.rate_hz,
        n_channels=layout.n_channels,
        channel=choice.channel,
        clipping_ratio=clipping,
        dead_channels=choice.dead,
        two_party=choice.two_party,
    )


def _weights(n_channels: int, channel: int | None) -> tuple[float, ...]:
    if channel is None or n_channels == 1:
        return (1.0 / n_channels,) * n_channels
    return tuple(float(c == channel) for c in range(n_channels))


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file that is not empty; every way to fail is told as an InputError."""
    name = shown(path)
    if "\0" in str(path):
        raise InputError("sound-name-impossible", path=name)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("sound-is-folder", path=name)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("sound-no-regular-file", path=name)
        if status.st_size == 0:
            raise InputError("sound-empty", path=name)
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as exc:
        if path.is_symlink():
            raise InputError("sound-link-broken", path=name, target=shown(path.readlink())) from exc
        raise InputError("sound-missing", path=name) from exc
    except PermissionError as exc:
        raise InputError("sound-forbidden", path=name, cause=exc.strerror) from exc
    except OSError as exc:
        reason = exc.strerror or os.strerror(exc.errno or 0)
        raise InputError("sound-unreadable", path=name, cause=reason) from exc


@contextmanager
def _container(path: Path, file: BufferedReader) -> Iterator[Any]:
    import av

    file.seek(0)
    try:
        container = av.open(file, options=_DECODER_OPTIONS, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or type(exc).__name__
        raise InputError("sound-undecodable", path=shown(path), cause=reason) from exc
    with container:
        yield container


def _layout(path: Path, file: BufferedReader, channel: int | None) -> _Layout:
    name = shown(path)
    with _container(path, file) as container:
        if not container.streams.audio:
            raise InputError("sound-without-audio", path=name)
        stream = container.streams.audio[0]
        length_s = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
        codec = stream.codec_context
        rate_hz = int(codec.sample_rate) if codec else 0
        n_channels = int(codec.layout.nb_channels) if codec else 0
    if not 1 <= n_channels <= MOST_CHANNELS:
        raise InputError("sound-channels-unusable", path=name, n=n_channels, most=MOST_CHANNELS)
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise InputError(
            "sound-rate-unusable",
            path=name,
            rate_hz=rate_hz,
            lowest_hz=LOWEST_RATE_HZ,
            highest_hz=HIGHEST_RATE_HZ,
        )
    if channel is not None and not 0 <= channel < n_channels:
        raise InputError("sound-channel-unknown", path=name, channel=channel, last=n_channels - 1)
    if length_s > LONGEST_S + _CODEC_SLACK_S:
        raise InputError(
            "sound-too-long", path=name, minutes=f"{length_s / 60:.1f}", limit=f"{LONGEST_S / 60:.0f}"
        )
    return _Layout(rate_hz, n_channels)


def _mixed(
    path: Path, file: BufferedReader, layout: _Layout, weights: tuple[float, ...], meter: ChannelMeter | None
) -> NDArray[np.float32]:
    """The weighted sum of the channels at 16 kHz, float32 (n,); ``meter`` sees every block."""
    return _sums(path, file, layout, [weights], meter)[0]


def _sums(
    path: Path,
    file: BufferedReader,
    layout: _Layout,
    every: Sequence[tuple[float, ...]],
    meter: ChannelMeter | None,
) -> list[NDArray[np.float32]]:
    """As :func:`_mixed` for ``every`` set of weights, from one pass over the file."""
    gains = np.asarray(every, dtype=np.float32)
    resamplers = [_resampler(layout.rate_hz) for _ in every]
    results = [bytearray() for _ in every]  # grow in place: no second copy of an hour of sound
    n_samples = 0
    for block in _blocks(path, file, layout):
        if not (np.isfinite(block.max()) and np.isfinite(block.min())):  # both pass NaN on
            at_s = (n_samples + int(np.argmin(np.isfinite(block).all(axis=0)))) / layout.rate_hz
            raise InputError("sound-not-finite", path=shown(path), at_s=f"{at_s:.3f}")
        n_samples += block.shape[1]
        if n_samples > (LONGEST_S + _CODEC_SLACK_S) * layout.rate_hz:
            raise InputError("sound-past-limit", path=shown(path), limit=f"{LONGEST_S / 60:.0f}")
        if meter:
            meter.add(block)
        mixes = block if layout.n_channels == 1 else gains @ block
        for mono, resampler, result in zip(mixes, resamplers, results, strict=True):
            result.extend((resampler.resample_chunk(mono) if resampler else mono).tobytes())
    for resampler, result in zip(resamplers, results, strict=True):
        if resampler:
            result.extend(resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True).tobytes())
    if n_samples < SHORTEST_S * layout.rate_hz:
        raise InputError(
            "sound-too-short",
            path=shown(path),
            length_s=f"{n_samples / layout.rate_hz:.3f}",
            least_s=str(SHORTEST_S),
        )
    return [np.frombuffer(result, dtype=np.float32) for result in results]


def _resampler(rate_hz: int) -> Any:  # noqa: ANN401 - soxr ships no types
    if rate_hz == RATE_HZ:
        return None
    import soxr

    return soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")


def _blocks(path: Path, file: BufferedReader, layout: _Layout) -> Iterator[NDArray[np.float32]]:
    """The sound in blocks of about a second, float32 (n_channels, n), full scale +-1."""
    held: list[NDArray[Any]] = []
    n_held, held_format = 0, _SampleFormat(is_planar=False, n_channels=0)
    for frame in _frames(path, file):
        if frame.sample_rate != layout.rate_hz:
            raise InputError(
                "sound-rate-changes", path=shown(path), from_hz=layout.rate_hz, to_hz=frame.sample_rate
            )
        frame_format = _SampleFormat(bool(frame.format.is_planar), int(frame.layout.nb_channels))
        if held and (n_held >= _BLOCK_S * layout.rate_hz or frame_format != held_format):
            yield _as_float(np.concatenate(held, axis=1), held_format, layout.n_channels)
            held, n_held = [], 0
        held.append(frame.to_ndarray())
        n_held, held_format = n_held + frame.samples, frame_format
    if held:
        yield _as_float(np.concatenate(held, axis=1), held_format, layout.n_channels)


def _frames(path: Path, file: BufferedReader) -> Iterator[Any]:
    """Decoded frames of the first sound stream; damaged ones are left out, a torn end ends it."""
    import av

    with _container(path, file) as container:
        packets = container.demux(container.streams.audio[0])
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError):
                return
            try:
                frames = packet.decode()
            except av.FFmpegError:
                continue
            yield from frames


def _as_float(samples: NDArray[Any], lie: _SampleFormat, n_channels: int) -> NDArray[np.float32]:
    """Samples as the decoder gave them, as float32 (n_channels, n), full scale +-1."""
    width = lie.n_channels
    if not lie.is_planar:
        samples = samples.reshape(-1, width).T
    kind = samples.dtype.str[1:]
    scaled: NDArray[np.float32] = samples.astype(np.float32, order="C")
    if kind in _SCALE:
        if kind == "u1":
            scaled -= np.float32(_SCALE[kind])
        scaled *= np.float32(1.0 / _SCALE[kind])
    if width != n_channels:  # a stream that changes its layout on the way
        scaled = np.repeat(scaled.mean(axis=0, keepdims=True), n_channels, axis=0)
    return scaled
