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
_FORMATS_HINT = "give a sound file: wav, flac, mp3, m4a, ogg, opus, webm, amr"
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
            raise InputError(
                f"{shown(path)}: two people on two channels; one voice can be scored, not a mix of two",
                hint="say which channel is the speaker: --channel 0 or --channel 1, or --agent-channel N",
            )
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
            raise InputError(f"{shown(path)} has no sound in it", hint=_FORMATS_HINT)
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
        raise InputError(f"{name}: no file can have that name", hint="check the name")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{name} is a folder, not a sound file", hint="name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{name} is a device or pipe, not a sound file", hint=_FORMATS_HINT)
        if status.st_size == 0:
            raise InputError(f"{name} is empty (0 bytes)", hint="record again, or copy the file again")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as exc:
        if path.is_symlink():
            raise InputError(
                f"{name} is a link to a file that is not there: {shown(path.readlink())}",
                hint="mend the link",
            ) from exc
        raise InputError(f"{name}: there is no such file", hint="check the name and the folder") from exc
    except PermissionError as exc:
        raise InputError(f"{name} may not be read by you", hint=f"chmod u+r on it ({exc.strerror})") from exc
    except OSError as exc:
        reason = exc.strerror or os.strerror(exc.errno or 0)
        raise InputError(f"{name} cannot be read: {reason}", hint="check the path and the disk") from exc


@contextmanager
def _container(path: Path, file: BufferedReader) -> Iterator[Any]:
    import av

    file.seek(0)
    try:
        container = av.open(file, options=_DECODER_OPTIONS, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or type(exc).__name__
        raise InputError(
            f"{shown(path)} is no sound file, or is damaged: {reason}", hint=_FORMATS_HINT
        ) from exc
    with container:
        yield container


def _layout(path: Path, file: BufferedReader, channel: int | None) -> _Layout:
    name = shown(path)
    with _container(path, file) as container:
        if not container.streams.audio:
            raise InputError(f"{name} has no sound in it", hint=_FORMATS_HINT)
        stream = container.streams.audio[0]
        length_s = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
        codec = stream.codec_context
        rate_hz = int(codec.sample_rate) if codec else 0
        n_channels = int(codec.layout.nb_channels) if codec else 0
    if not 1 <= n_channels <= MOST_CHANNELS:
        raise InputError(
            f"{name} has {n_channels} channels; 1 to {MOST_CHANNELS} can be read",
            hint="save it as mono or stereo",
        )
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise InputError(
            f"{name} is sampled at {rate_hz} Hz; {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz can be read",
            hint="record at 16000 Hz or more",
        )
    if channel is not None and not 0 <= channel < n_channels:
        raise InputError(
            f"{name} has no channel {channel}; its channels are 0 to {n_channels - 1}",
            hint="choose one of them with --channel, or leave the option out",
        )
    if length_s > LONGEST_S + _CODEC_SLACK_S:
        raise _too_long(path, f"{length_s / 60:.1f}")
    return _Layout(rate_hz, n_channels)


def _too_long(path: Path, minutes: str) -> InputError:
    return InputError(
        f"{shown(path)} lasts {minutes} min; the limit is {LONGEST_S / 60:.0f} min", hint="cut it into parts"
    )


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
            raise InputError(
                f"{shown(path)} holds samples that are no numbers (NaN or infinite), first at {at_s:.3f} s",
                hint="export it again as 16-bit or 24-bit wav",
            )
        n_samples += block.shape[1]
        if n_samples > (LONGEST_S + _CODEC_SLACK_S) * layout.rate_hz:
            raise _too_long(path, f"more than {LONGEST_S / 60:.0f}")
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
            f"{shown(path)} holds {n_samples / layout.rate_hz:.3f} s of sound; the least is {SHORTEST_S} s",
            hint="record again; if it was longer, the file is damaged",
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
    n_held, held_format = 0, (False, 0)
    for frame in _frames(path, file):
        if frame.sample_rate != layout.rate_hz:
            raise InputError(
                f"{shown(path)} changes its rate from {layout.rate_hz} to {frame.sample_rate} Hz on the way",
                hint="export it again at one rate",
            )
        frame_format = (bool(frame.format.is_planar), int(frame.layout.nb_channels))
        if held and (n_held >= _BLOCK_S * layout.rate_hz or frame_format != held_format):
            yield _as_float(np.concatenate(held, axis=1), *held_format, layout.n_channels)
            held, n_held = [], 0
        held.append(frame.to_ndarray())
        n_held, held_format = n_held + frame.samples, frame_format
    if held:
        yield _as_float(np.concatenate(held, axis=1), *held_format, layout.n_channels)


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


def _as_float(
    samples: NDArray[Any],
    planar: bool,  # noqa: FBT001 - half of a pair that says how the samples lie
    width: int,
    n_channels: int,
) -> NDArray[np.float32]:
    """Samples as the decoder gave them, as float32 (n_channels, n), full scale +-1."""
    if not planar:
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
