"""What PortAudio's errors mean for the user: one message and one remedy for each situation."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from voicecoach.errors import DeviceError
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

Direction = Literal["input", "output"]

RATE_REFUSED: Final = -9997
CHANNELS_REFUSED: Final = -9998
FORMAT_REFUSED: Final = -9994
UNAVAILABLE: Final = -9985
_ALSA_BUSY: Final = -16
_NO_DEVICE_TEXTS: Final = ("Error querying device -1", "No input device found", "No output device found")
_DENIED_TEXTS: Final = ("denied", "0x80070005", "not permitted")

PRIVACY_PLATFORMS: Final = ("darwin", "win32", "linux")
"""Systems whose setting is named; any other one is told that of the last."""


def privacy_hint(platform: str = sys.platform) -> Message:
    """Where this operating system lets programs use the microphone."""
    known = platform if platform in PRIVACY_PLATFORMS else PRIVACY_PLATFORMS[-1]
    return Message(f"device-privacy-{known}")


def no_library(cause: object) -> DeviceError:
    """PortAudio itself is not there."""
    return DeviceError("device-library-missing", cause=str(cause))


def no_device(direction: Direction, cause: object) -> DeviceError:
    """The machine has no such device, or none of that name."""
    return DeviceError("device-missing", kind=_kind(direction), cause=str(cause), connect=_connect(direction))


def lost(direction: Direction, device: str) -> DeviceError:
    """The device went away while it was used."""
    return DeviceError(f"device-lost-{direction}", device=device, connect=_connect(direction))


def stalled(device: str, limit_s: float) -> DeviceError:
    """The microphone is open and sends nothing."""
    return DeviceError("device-stalled", limit_s=f"{limit_s:.0f}", device=device)


def silent(device: str) -> DeviceError:
    """The microphone sends zeros only: switched off, muted, or forbidden to this program."""
    return DeviceError("device-silent", device=device, privacy=privacy_hint())


def rates_refused(device: str, rates_hz: Sequence[int]) -> DeviceError:
    """No rate that was tried is accepted."""
    return DeviceError("device-rates-refused", rates=", ".join(map(str, rates_hz)), device=device)


def translated(exc: Exception, direction: Direction, device: str | Message) -> DeviceError:
    """What PortAudio raised when a stream was opened, as a fault that the user can do something about."""
    code, host_code = _codes(exc)
    text = str(exc)
    fault = partial(DeviceError, kind=_kind(direction), device=device, cause=text)
    if any(known in text for known in _NO_DEVICE_TEXTS) or isinstance(exc, ValueError):
        return no_device(direction, exc)
    if code == UNAVAILABLE or host_code == _ALSA_BUSY:
        return fault("device-busy")
    if any(denied in text.lower() for denied in _DENIED_TEXTS):
        return fault("device-denied", privacy=privacy_hint())
    if code == RATE_REFUSED:
        return fault("device-rate-refused")
    return fault("device-unusable", connect=_connect(direction))


def _kind(direction: Direction) -> Message:
    """What such a device is called."""
    return Message(f"device-{direction}")


def _connect(direction: Direction) -> Message:
    """How to get such a device."""
    return Message(f"device-connect-{direction}")


def is_refused_format(exc: Exception) -> bool:
    """Whether another rate, or another number of channels, may do."""
    return _codes(exc)[0] in {RATE_REFUSED, CHANNELS_REFUSED, FORMAT_REFUSED}


def _codes(exc: Exception) -> tuple[int | None, int | None]:
    """PortAudio's own code and the host API's, where there are any."""
    details: tuple[Any, ...] = exc.args[1:]
    host: Any = details[1] if len(details) > 1 else None
    return (details[0] if details else None), (host[1] if isinstance(host, tuple) and len(host) > 1 else None)
