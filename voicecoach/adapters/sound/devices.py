"""PortAudio for both directions: its library, its list of devices, and streams that close in any case.

PortAudio reads the list of devices once, when it is initialised: :func:`found` reads it anew where there
is none, but never while a stream is open, which that would end. Its C code, and ALSA's, write to
file descriptor 2, over whatever the terminal shows: :func:`quiet` sends that into a log file. A device
that hangs lets ``close`` hang: it is closed in a thread of its own, with a limit.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from voicecoach.adapters.folders import PRIVATE_FILE, cache_folder, keep_pulse_at_home
from voicecoach.adapters.sound import device_faults
from voicecoach.errors import StoreError
from voicecoach.model.device import SoundDevice
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voicecoach.adapters.sound.device_faults import Direction

CLOSE_LIMIT_S: Final = 2.0
LOG_NAME: Final = "sound.log"
LARGEST_LOG_BYTES: Final = 1 << 20
STDERR: Final = 2

_lock = threading.RLock()
_open_streams: set[int] = set()


def sounddevice() -> Any:
    """The module sounddevice. Raises DeviceError when there is no PortAudio."""
    keep_pulse_at_home()
    try:
        import sounddevice as sd
    except OSError as exc:  # how it says that there is no PortAudio
        raise device_faults.no_library(exc) from exc
    return sd


def sound_devices(*, fresh: bool = False) -> tuple[SoundDevice, ...]:
    """All devices, the system's choice marked; ``fresh`` reads the list anew if no stream is open.

    Raises DeviceError when there is no PortAudio.
    """
    with quiet():
        sd = sounddevice()
        if fresh:
            refresh(sd)
        apis = [api["name"] for api in sd.query_hostapis()]
        default_input, default_output = sd.default.device
        return tuple(
            SoundDevice(
                index,
                str(entry["name"]),
                apis[entry["hostapi"]],
                int(entry["max_input_channels"]),
                int(entry["max_output_channels"]),
                round(entry["default_samplerate"]),
                is_default_input=index == default_input,
                is_default_output=index == default_output,
            )
            for index, entry in enumerate(sd.query_devices())
        )


def refresh(sd: Any) -> bool:
    """Read the list of devices anew, unless a stream is open; returns whether it was done."""
    with _lock:
        if _open_streams:
            return False
        sd._terminate()  # noqa: SLF001 - PortAudio has no other way, and sounddevice documents this one
        sd._initialize()  # noqa: SLF001 - the same
        return True


def entry_of(sd: Any, device: str | int | None, direction: Direction) -> dict[str, Any]:
    """PortAudio's entry of a device; None is the system's choice. Looks twice, with a new list in between.

    Raises DeviceError.
    """
    faults = (sd.PortAudioError, ValueError)
    try:
        entry: dict[str, Any] = sd.query_devices(device, direction)
    except faults as first:
        if not refresh(sd):
            raise device_faults.translated(first, direction, _shown(device)) from first
        try:
            entry = sd.query_devices(device, direction)
        except faults as exc:
            raise device_faults.translated(exc, direction, _shown(device)) from exc
    return entry


def _shown(device: str | int | None) -> str | Message:
    return Message("device-of-system") if device is None else str(device)


def opened(stream: Any) -> None:
    """Remember that ``stream`` is open: the list of devices stays as it is until it is closed."""
    with _lock:
        _open_streams.add(id(stream))


def close(stream: Any, *, play_out: bool = False) -> bool:
    """Close ``stream``; give up after 2 s when the device hangs, and say so by False.

    ``play_out``: what the device still holds is played first.
    """
    done = threading.Event()

    def run() -> None:
        with contextlib.suppress(Exception):  # gone already, whatever PortAudio calls it
            if play_out:
                stream.stop()  # closing alone would cut what the device still holds
            stream.close()
        with _lock:
            _open_streams.discard(id(stream))
        done.set()

    threading.Thread(target=run, name="close-sound", daemon=True).start()
    if done.wait(CLOSE_LIMIT_S):
        return True
    handler = getattr(sys.modules.get("sounddevice"), "_exit_handler", None)
    if handler is not None:
        atexit.unregister(handler)  # it would wait for that device at the end of the program
    return False


class _PastTheLog(io.TextIOBase):
    """Where Python itself writes while descriptor 2 is turned away; later it passes on to standard error."""

    def __init__(self, stream: TextIO, descriptor: int) -> None:
        self._stream = stream
        self.descriptor: int | None = descriptor

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a class attribute there
        return self._stream.encoding

    def write(self, text: str) -> int:
        if self.descriptor is None:  # somebody kept us
            return self._stream.write(text)
        content = text.encode(self.encoding, "backslashreplace")
        while content:
            content = content[os.write(self.descriptor, content) :]
        return len(text)

    def flush(self) -> None:
        if self.descriptor is None:
            self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno() if self.descriptor is None else self.descriptor

    def isatty(self) -> bool:
        return os.isatty(self.fileno())


class _Quiet:
    """Descriptor 2 is turned away while anybody wants it so: streams open and close in any order."""

    def __init__(self) -> None:
        self._n_wishes = 0
        self._kept: int | None = None
        self._python: _PastTheLog | None = None
        self._replaced: TextIO | None = None

    def enter(self) -> None:
        with _lock:
            self._n_wishes += 1
            if self._n_wishes > 1:
                return
            try:
                self._kept = os.dup(STDERR)
            except OSError:  # no standard error at all
                return
            if _writes_to(sys.stderr, STDERR):
                sys.stderr.flush()
                self._replaced, self._python = sys.stderr, _PastTheLog(sys.stderr, self._kept)
                sys.stderr = cast("TextIO", self._python)
            log = _log_descriptor()
            os.dup2(log, STDERR)
            os.close(log)

    def leave(self) -> None:
        with _lock:
            self._n_wishes -= 1
            if self._n_wishes or self._kept is None:
                return
            os.dup2(self._kept, STDERR)
            if self._python is not None and self._replaced is not None:
                self._python.descriptor = None
                if sys.stderr is self._python:
                    sys.stderr = self._replaced
                self._python = self._replaced = None
            os.close(self._kept)
            self._kept = None


_quiet = _Quiet()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what the C libraries of sound print (ALSA's complaints) out of the terminal, in ``sound.log``."""
    _quiet.enter()
    try:
        yield
    finally:
        _quiet.leave()


def log_path() -> Path:
    """Where the C libraries' complaints go. Raises StoreError."""
    return cache_folder() / LOG_NAME


def _log_descriptor() -> int:
    try:
        path = log_path()
        too_large = path.exists() and path.stat().st_size > LARGEST_LOG_BYTES
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_large else os.O_APPEND)
        return os.open(path, flags, PRIVATE_FILE)
    except (OSError, StoreError):  # a log is not worth a failure
        return os.open(os.devnull, os.O_WRONLY)


def _writes_to(stream: TextIO | None, descriptor: int) -> bool:
    try:
        return stream is not None and stream.fileno() == descriptor
    except (OSError, ValueError):
        return False
