"""Files that the user names: written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.audio import Waveform


def write(path: Path, content: bytes) -> None:
    """Put ``content`` into ``path``, in the place of what was there. Raises StoreError."""
    from voicecoach.adapters.folders import replacing

    with replacing(path) as file:
        file.write(content)


def write_sound(path: Path, sound: Waveform) -> None:
    """Put ``sound`` into ``path`` as a WAV file, PCM 16 bit mono. Raises StoreError."""
    from voicecoach.adapters.tts.voice_cache import wav_bytes

    write(path, wav_bytes(sound))
