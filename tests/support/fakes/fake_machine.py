"""A machine on which everything works, until a test takes something away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.app.setup.doctor import FolderState
from voicecoach.errors import VoicecoachError
from voicecoach.model.device import LevelCheck, SoundDevice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADSET = SoundDevice(0, "Headset", "ALSA", 1, 2, 48_000, is_default_input=True, is_default_output=True)
ROOM = LevelCheck("Headset", 48_000, 2.2, -62.4, -38.7, 0, 0.0)
FOLDER = FolderState(Path("/home/me/voicecoach"), private=True, free_bytes=50 * 10**9)


class FakeMachine:
    """``answers``: method name -> what it gives instead; an error is raised."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.listened_s: list[float] = []

    def _answer(self, name: str, usual: Any) -> Any:
        answer = self._answers.get(name, usual)
        if isinstance(answer, VoicecoachError):
            raise answer
        return answer

    def python(self) -> str:
        return str(self._answer("python", "3.12.1"))

    def sound_library(self) -> str:
        return str(self._answer("sound_library", "PortAudio V19"))

    def sound_devices(self) -> Sequence[SoundDevice]:
        found: Sequence[SoundDevice] = self._answer("sound_devices", (HEADSET,))
        return found

    def listen(self, duration_s: float) -> LevelCheck:
        self.listened_s.append(duration_s)
        found: LevelCheck = self._answer("listen", ROOM)
        return found

    def neural_voice_lacks(self) -> Sequence[str]:
        found: Sequence[str] = self._answer("neural_voice_lacks", ())
        return found

    def system_voices(self) -> Mapping[str, int]:
        found: Mapping[str, int] = self._answer("system_voices", {"zh": 1, "en": 3})
        return found

    def recogniser(self) -> str:
        return str(self._answer("recogniser", "base"))

    def sentence_encoder(self) -> str:
        return str(self._answer("sentence_encoder", "use 0.2"))

    def decoder(self) -> str:
        return str(self._answer("decoder", "PyAV 18"))

    def cache_folder(self) -> str:
        return str(self._answer("cache_folder", "/home/me/.cache/voicecoach"))

    def data_folder(self) -> FolderState:
        found: FolderState = self._answer("data_folder", FOLDER)
        return found

    def calibrations(self) -> Sequence[str]:
        found: Sequence[str] = self._answer("calibrations", ())
        return found
