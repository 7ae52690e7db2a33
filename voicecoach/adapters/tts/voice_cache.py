"""Rendered speech, kept: a Speaker around a Speaker that makes each text once.

A file a text, in ``speech/`` of the cache folder, named by what its sound depends on: engine with version
and recipe, voice, mood, text. It is a plain WAV (PCM 16 bit mono) with one chunk more at its end, the digest
of all before it; a file whose digest does not fit is made anew. Files are written whole or not at all, so
that rendering can be broken off and taken up again at any time.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import wave
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.adapters.folders import cache_folder, cause_of, replacing
from voicecoach.errors import StoreError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from voicecoach.ports import Speaker, Voice

FOLDER: Final = "speech"
FULL_SCALE: Final = 32767.0
"""Largest PCM sample of 16 bits."""
SEAL: Final = b"vsum"
"""Name of the chunk that holds the digest (players skip what they do not know)."""
DIGEST_BYTES: Final = 32
_SEAL_BYTES: Final = 8 + DIGEST_BYTES
_RIFF_HEAD_BYTES: Final = 8
KEY_LETTERS: Final = 32


class CachedSpeaker:
    """Says what it has from the cache, and keeps what it has not."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @property
    def uncached(self) -> Speaker:
        """The speaker itself, which makes everything anew."""
        return self._speaker

    @property
    def engine(self) -> str:
        """The engine's own."""
        return self._speaker.engine

    def voices(self) -> Sequence[Voice]:
        """The engine's own. Raises EngineError."""
        return self._speaker.voices()

    def path(self, text: str, *, voice: str, mood: int) -> Path:
        """Where the sound of ``text`` is kept, whether or not it is there. Raises StoreError."""
        what = json.dumps([self.engine, voice, mood, text], ensure_ascii=False)
        key = hashlib.sha256(what.encode()).hexdigest()[:KEY_LETTERS]
        return cache_folder() / FOLDER / f"{key}.wav"

    def kept(self, text: str, *, voice: str, mood: int) -> Waveform | None:
        """The sound from the cache, None when it is not there or damaged. Raises StoreError."""
        return _read(self.path(text, voice=voice, mood=mood))

    def speak(self, text: str, *, voice: str, mood: int) -> Waveform:
        """Say ``text``. Raises UsageError, EngineError, StoreError."""
        return joined(list(self.stream(text, voice=voice, mood=mood)))

    def stream(self, text: str, *, voice: str, mood: int) -> Iterator[Waveform]:
        """Say ``text``: whole when it is kept, else sentence by sentence, and kept after the last.

        Raises as :meth:`speak`.
        """
        kept = self.kept(text, voice=voice, mood=mood)
        if kept is not None:
            return iter((kept,))
        parts = self._speaker.stream(text, voice=voice, mood=mood)
        return self._keeping(parts, self.path(text, voice=voice, mood=mood))

    @staticmethod
    def _keeping(parts: Iterator[Waveform], path: Path) -> Iterator[Waveform]:
        said = []
        for part in parts:
            said.append(part)
            yield part
        _write(path, joined(said))


def kept_sound(name: str, make: Callable[[], Waveform]) -> Waveform:
    """The sound of that name from the cache, or made and kept there. Raises StoreError."""
    path = cache_folder() / FOLDER / f"{name}.wav"
    sound = _read(path)
    if sound is None:
        sound = make()
        _write(path, sound)
    return sound


def _read(path: Path) -> Waveform | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise StoreError("voice-cache-unreadable", path=str(path), cause=cause_of(exc)) from exc
    return unsealed(content)


def _write(path: Path, waveform: Waveform) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as exc:
        raise StoreError("voice-cache-folder", path=str(path.parent), cause=cause_of(exc)) from exc
    with replacing(path) as file:
        file.write(sealed(waveform))


def joined(parts: Sequence[Waveform]) -> Waveform:
    """The parts (at least one, all of one rate) one after another."""
    return Waveform(np.concatenate([part.samples for part in parts]), parts[0].rate_hz)


def wav_bytes(waveform: Waveform) -> bytes:
    """A WAV file, PCM 16 bit mono; samples beyond full scale are clipped."""
    pcm = np.rint(np.clip(waveform.samples, -1.0, 1.0) * FULL_SCALE).astype("<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(waveform.rate_hz)
        file.writeframes(pcm.tobytes())
    return target.getvalue()


def sealed(waveform: Waveform) -> bytes:
    """A WAV file that ends with the digest of all before it."""
    body = wav_bytes(waveform)
    size = struct.pack("<I", len(body) + _SEAL_BYTES - _RIFF_HEAD_BYTES)
    body = body[:4] + size + body[_RIFF_HEAD_BYTES:]
    return body + SEAL + struct.pack("<I", DIGEST_BYTES) + hashlib.sha256(body).digest()


def unsealed(content: bytes) -> Waveform | None:
    """The sound of :func:`sealed` bytes, None when a single bit of them is not as it was."""
    body, seal = content[:-_SEAL_BYTES], content[-_SEAL_BYTES:]
    if seal != SEAL + struct.pack("<I", DIGEST_BYTES) + hashlib.sha256(body).digest():
        return None
    with wave.open(io.BytesIO(body), "rb") as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return Waveform((pcm / FULL_SCALE).astype(np.float32), file.getframerate())
