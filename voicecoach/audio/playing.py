"""Whether every current browser plays a sound file as it is: by what the file holds, not by its ending.

An ending promises a container, a container no codec: a WAV file of a telephone system may hold GSM, an m4a
file ALAC. Only pairs that Chromium, Firefox and Safari all play count, under the ending that belongs to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from voicecoach.audio.container import looked_into, opened

if TYPE_CHECKING:
    from pathlib import Path

_CHANNELS_MOST: Final = 8
_RATES_HZ: Final = range(8_000, 192_001)
_LATE_S: Final = 0.1
"""A stream that begins later than this after the file does is laid differently by each browser."""
_FLAC_BITS: Final = (16, 24)
_HEAD_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class _Kind:
    """A container with the codecs in it that are played; ``mark`` stands somewhere in the first bytes."""

    container: str
    mark: bytes
    codecs: frozenset[str]


_WAV: Final = _Kind(
    "wav", b"RIFF", frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le", "pcm_alaw", "pcm_mulaw"})
)
_MP4: Final = _Kind("mp4", b"ftyp", frozenset({"aac"}))
_OGG: Final = _Kind("ogg", b"OggS", frozenset({"vorbis", "opus"}))
_KINDS: Final = {
    ".wav": _WAV,
    ".mp3": _Kind("mp3", b"", frozenset({"mp3", "mp3float"})),
    ".flac": _Kind("flac", b"fLaC", frozenset({"flac"})),
    ".ogg": _OGG,
    ".oga": _OGG,
    ".opus": _OGG,
    ".m4a": _MP4,
    ".mp4": _MP4,
    ".aac": _Kind("aac", b"", frozenset({"aac"})),
    ".webm": _Kind("webm", b"webm", frozenset({"vorbis", "opus"})),
}
_AAC_PROFILES: Final = frozenset({"LC", "HE-AAC", "HE-AACv2"})


def plays_everywhere(path: Path) -> bool:
    """Whether a page may refer to the file itself. Raises InputError: it cannot be opened, or is no sound."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        return False
    with opened(path) as file:
        head = file.read(_HEAD_BYTES)
        if kind.mark not in head or (kind is _WAV and not head.startswith(kind.mark)):
            return False
        with looked_into(path, file) as (container, source):
            streams = container.streams.audio
            if source.file is not file:  # joined recordings: a browser plays the first
                return False
            if kind.container not in container.format.name.split(",") or len(streams) != 1:
                return False
            return _is_plain(streams[0], kind, container.start_time)


def _is_plain(stream: Any, kind: _Kind, begins_us: int | None) -> bool:
    codec = stream.codec_context
    if codec.name not in kind.codecs:
        return False
    if codec.name == "aac" and stream.profile not in _AAC_PROFILES:
        return False
    if codec.name == "flac" and codec.format.bits not in _FLAC_BITS and codec.bits_per_raw_sample:
        return False
    begins_s = 0.0 if stream.start_time is None else float(stream.start_time * stream.time_base)
    late_s = begins_s - (begins_us or 0) / 1e6
    return (
        codec.sample_rate in _RATES_HZ
        and 1 <= codec.layout.nb_channels <= _CHANNELS_MOST
        and late_s <= _LATE_S
    )
