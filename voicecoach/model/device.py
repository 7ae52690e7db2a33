"""Sound devices as values."""

from __future__ import annotations

from dataclasses import dataclass

Device = str | int | None
"""A device as a user names it: by its name or its number; None: the system's choice."""


def device_of(text: str | None) -> Device:
    """The device that ``text`` names: a number when it is one."""
    return int(text) if text is not None and text.isdecimal() else text


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """One device as PortAudio lists it.

    ``index``: its number, valid until the list is read anew. ``host_api``: ALSA, Core Audio, Windows
    WASAPI ... ``n_inputs``, ``n_outputs``: channels. ``rate_hz``: the rate it names as its own.
    """

    index: int
    name: str
    host_api: str
    n_inputs: int
    n_outputs: int
    rate_hz: int
    is_default_input: bool = False
    is_default_output: bool = False


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """What a microphone gave in a short recording of the room.

    ``noise_floor_dbfs``: level of the quiet parts, 150-4000 Hz. ``peak_dbfs``: the loudest sample.
    ``n_overflows``: times that the sound card lost samples. ``missing_s``: sound that never came, seconds.
    """

    device: str
    rate_hz: int
    duration_s: float
    noise_floor_dbfs: float
    peak_dbfs: float
    n_overflows: int
    missing_s: float
