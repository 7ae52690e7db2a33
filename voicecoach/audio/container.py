"""Sound files as containers: opened with every fault told, the sound stream that is read, and its layout.

A container holds streams; :func:`sound_stream` is the one place where the stream is chosen, and a
:class:`Layout` carries the choice through every pass over the file.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voicecoach.audio.files.channel_count import told_channels
from voicecoach.audio.files.ranges import Steady
from voicecoach.audio.files.source import source_of
from voicecoach.errors import InputError
from voicecoach.words.visible import shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from voicecoach.audio.files.ranges import Source

LONGEST_S = 3600.0
"""Longest recording that is read, seconds."""
CODEC_SLACK_S = 1.0
"""Padding that codecs add; an hour of sound stays an hour."""
LOWEST_RATE_HZ = 8_000
"""Lowest source rate: below it the band of speech is missing (telephone band ends at 3400 Hz)."""
HIGHEST_RATE_HZ = 768_000
"""Highest source rate that a converter makes; a header that says more is damaged."""
MOST_CHANNELS = 32

LARGEST_BYTES = round(LONGEST_S * 192_000 * 8 * 4)
"""Largest file that is read: an hour of eight channels of 32 bit at 192 kHz, 22 GB."""
_UNSEEN_BYTES = 1 << 28
"""A larger file is looked into before all of it is read for its digest."""
_READ_BYTES = 1 << 20

_TELEPHONE = {".al": "alaw", ".alaw": "alaw", ".ul": "mulaw", ".ulaw": "mulaw", ".mulaw": "mulaw"}
"""Endings of telephone systems for G.711 without a header, which the decoder would take for 44.1 kHz."""
_HEADERLESS = frozenset(
    f"{kind}{bits}{order}" for kind in "suf" for bits in (16, 24, 32, 64) for order in ("le", "be")
) | {"s8", "u8"}
"""Samples alone: nothing says at what rate, and the decoder guesses by the ending."""

# No playlist may make the decoder open another file or an address.
_DECODER_OPTIONS = {"protocol_whitelist": "none"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What is read of a file: sound stream number ``stream`` (from 0), its rate and its channels."""

    rate_hz: int
    n_channels: int
    stream: int = 0


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One sound stream by its header; ``is_default``: players take it when nobody chooses."""

    number: int
    n_channels: int
    name: str
    is_default: bool


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
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
        if status.st_size > LARGEST_BYTES:
            raise InputError(
                "sound-too-large",
                path=name,
                size_gb=f"{status.st_size / 1e9:.1f}",
                limit_gb=f"{LARGEST_BYTES / 1e9:.1f}",
            )
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


def digest_of(path: Path, file: BufferedReader) -> str:
    """The sha256 of an open file's bytes, hexadecimal; of a large file its header is read first.

    Raises InputError: a large file that is no sound or too long, or one that grows while it is read.
    """
    n_bytes = os.fstat(file.fileno()).st_size
    if n_bytes > _UNSEEN_BYTES:
        layout_of(path, file, None)
    digest, left = hashlib.sha256(), n_bytes
    file.seek(0)
    while left > 0 and (block := file.read(min(left, _READ_BYTES))):
        digest.update(block)
        left -= len(block)
    if left or os.fstat(file.fileno()).st_size != n_bytes:
        raise InputError("sound-still-written", path=shown(path))
    return digest.hexdigest()


@contextmanager
def container_of(path: Path, file: BufferedReader) -> Iterator[Any]:
    """The decoder's view of an open file, from its first byte. Raises InputError: no sound file."""
    with looked_into(path, file) as (container, _):
        yield container


@contextmanager
def looked_into(path: Path, file: BufferedReader) -> Iterator[tuple[Any, Source]]:
    """As :func:`container_of`, with the bytes that the decoder was handed."""
    import av

    source = source_of(file, name=shown(path), longest_s=LONGEST_S)
    steady = Steady(source.file, file.name)
    telephone = _TELEPHONE.get(path.suffix.lower())
    try:
        try:
            container = _open(steady)
        except av.FFmpegError:
            if telephone is None:
                raise
            steady.seek(0)
            container = _open(steady, telephone)
        if container.format.name in _TELEPHONE.values():
            telephone = container.format.name
            container.close()
            steady.seek(0)
            container = _open(steady, telephone)
    except (av.FFmpegError, ValueError) as exc:
        if source.lacks_index:
            raise InputError("sound-without-index", path=shown(path)) from exc
        reason = getattr(exc, "strerror", None) or type(exc).__name__
        raise InputError("sound-undecodable", path=shown(path), cause=reason) from exc
    with container:
        if container.format.name in _HEADERLESS:
            raise InputError("sound-without-header", path=shown(path))
        yield container, source


def _open(file: Steady, headerless: str | None = None) -> Any:
    """The container of ``file``, of a telephone's where that is named: without a header, 8 kHz, mono."""
    import av

    options = _DECODER_OPTIONS if headerless is None else _DECODER_OPTIONS | {"sample_rate": "8000"}
    return av.open(file, format=headerless, options=options, metadata_errors="ignore")


def sound_stream(path: Path, container: Any, number: int = 0) -> Any:
    """Sound stream ``number`` of an open container, from 0. Raises InputError: no sound, no such stream."""
    streams = container.streams.audio
    if not streams:
        raise InputError("sound-without-audio", path=shown(path))
    if not 0 <= number < len(streams):
        raise InputError("sound-stream-unknown", path=shown(path), stream=number, n=len(streams))
    return streams[number]


def streams_of(path: Path) -> tuple[StreamFacts, ...]:
    """All sound streams of a file, at least one. Raises InputError."""
    with opened(path) as file, container_of(path, file) as container:
        sound_stream(path, container)
        return tuple(
            StreamFacts(
                number,
                0 if stream.codec_context is None else int(stream.codec_context.layout.nb_channels),
                visible(stream.metadata.get("title") or stream.metadata.get("language") or ""),
                bool(stream.disposition & stream.disposition.default),
            )
            for number, stream in enumerate(container.streams.audio)
        )


def told_length_s(path: Path) -> float | None:
    """The length that the file's header tells, seconds, not decoded; None when it tells none.

    Raises InputError.
    """
    with opened(path) as file, container_of(path, file) as container:
        length_s = _length_s(sound_stream(path, container))
        if length_s is None and container.duration:
            return float(container.duration / 1e6)  # the container counts in us
        return length_s


def layout_of(path: Path, file: BufferedReader, channel: int | None, stream_number: int = 0) -> Layout:
    """Rate and channels of a stream that is to be read, checked; ``channel`` is the one asked for, if any.

    Raises InputError: no sound, a rate, number of channels or length that is not read, no such channel
    or stream.
    """
    name = shown(path)
    with looked_into(path, file) as (container, source):
        stream = sound_stream(path, container, stream_number)
        length_s = _length_s(stream) or 0.0
        codec = stream.codec_context
        rate_hz = int(codec.sample_rate) if codec else 0
        n_channels = int(codec.layout.nb_channels) if codec else 0
        told = n_channels or told_channels(source.file)
    if told is None:
        raise InputError("sound-channels-untold", path=name)
    if not 1 <= n_channels <= MOST_CHANNELS:
        raise InputError("sound-channels-unusable", path=name, n=told, most=MOST_CHANNELS)
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
    if length_s > LONGEST_S + CODEC_SLACK_S:
        raise InputError(
            "sound-too-long", path=name, minutes=f"{length_s / 60:.1f}", limit=f"{LONGEST_S / 60:.0f}"
        )
    return Layout(rate_hz, n_channels, stream_number)


def _length_s(stream: Any) -> float | None:
    return float(stream.duration * stream.time_base) if stream.duration and stream.time_base else None
