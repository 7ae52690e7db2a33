"""Files that the user names: written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.audio import Waveform
    from voicecoach.wiring.outputs import Kind


def write(path: Path, content: bytes, *, kind: Kind) -> None:
    """Put ``content`` into ``path``, in the place of what was there, when that held the same ``kind``.

    Raises StoreError; UsageError when something else is there.
    """
    from voicecoach.adapters.folders import replacing
    from voicecoach.wiring.outputs import Output, check_replaceable

    check_replaceable(Output(path, kind))
    with replacing(path) as file:
        file.write(content)


def write_sound(path: Path, sound: Waveform) -> None:
    """Put ``sound`` into ``path`` as a WAV file, PCM 16 bit mono. Raises as :func:`write`."""
    from voicecoach.adapters.tts.voice_cache import wav_bytes

    write(path, wav_bytes(sound), kind="WAV")
