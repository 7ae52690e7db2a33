"""The Recorder port on a microphone, by sounddevice: what is said is on disk as it is spoken.

One stream for input alone, in blocks of 20 ms with 0.1 s of latency, 16 bit, mono, at the device's own rate;
where that is refused, at the common ones. :mod:`voicecoach.adapters.sound.live_recording` does the rest.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.sound import device_faults, devices
from voicecoach.adapters.sound.devices import sounddevice as _sounddevice
from voicecoach.adapters.sound.live_recording import MicrophoneRecording
from voicecoach.adapters.sound.take_file import TakeFile

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.adapters.sound.live_recording import OnBlock

BLOCK_S: Final = 0.02
LATENCY_S: Final = 0.1
COMMON_RATES_HZ: Final = (48_000, 44_100, 16_000)


class Microphone:
    """The system's input. ``device``: a name or number of PortAudio, None for the system's own choice."""

    def __init__(self, *, device: str | int | None = None) -> None:
        self._device = device

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> MicrophoneRecording:
        """Record into ``path`` (``path`` + ``.part`` until stopped) from now on.

        ``on_block`` gets each block, float32 (n,) at the recording's rate, in the writer's thread: it must be
        quick, since the disk waits for it. What takes long belongs into a thread that asks for
        ``waveform_so_far()``.
        Raises DeviceError when the microphone cannot be used, StoreError when the file cannot be made.
        """
        with contextlib.ExitStack() as undo:
            undo.enter_context(devices.quiet())
            sd = _sounddevice()
            entry = devices.entry_of(sd, self._device, "input")
            recording = MicrophoneRecording(str(entry["name"]), on_block)
            stream, rate_hz = self._open(sd, entry, recording)
            devices.opened(stream)
            undo.callback(devices.close, stream)
            take = TakeFile(path, rate_hz)
            try:
                recording.start(stream, take, rate_hz)
            except sd.PortAudioError as exc:
                take.discard()
                raise device_faults.translated(exc, "input", recording.device) from exc
            recording.release = undo.pop_all().close
        return recording

    def _open(self, sd: Any, entry: dict[str, Any], recording: MicrophoneRecording) -> tuple[Any, int]:
        """A stream that is not started yet, and its rate, at the first rate that the device accepts."""
        rates_hz = _rates_hz(entry, str(sd.query_hostapis(entry["hostapi"])["name"]))
        for n_channels in (1, 2) if entry["max_input_channels"] > 1 else (1,):
            for rate_hz in rates_hz:
                try:
                    stream = sd.RawInputStream(
                        samplerate=rate_hz,
                        blocksize=round(BLOCK_S * rate_hz),
                        device=self._device,
                        channels=n_channels,
                        dtype="int16",
                        latency=LATENCY_S,
                        callback=recording.take_callback(n_channels),
                        finished_callback=recording.lose,
                    )
                except (sd.PortAudioError, ValueError) as exc:
                    if not device_faults.is_refused_format(exc):
                        raise device_faults.translated(exc, "input", recording.device) from exc
                else:
                    return stream, rate_hz
        raise device_faults.rates_refused(recording.device, rates_hz)


def _rates_hz(entry: dict[str, Any], host_api: str) -> tuple[int, ...]:
    """The rates to try, the device's own first.

    ALSA's shared devices have none of their own: PortAudio names the first that it tried, 44100 Hz, where the
    sound server below mostly runs at 48000 Hz, as the hardware does.
    """
    own_hz = round(entry["default_samplerate"])
    first = COMMON_RATES_HZ[:1] if host_api == "ALSA" and own_hz == COMMON_RATES_HZ[1] else ()
    return tuple(dict.fromkeys((*first, own_hz, *COMMON_RATES_HZ)))
