"""sounddevice with one microphone whose blocks come from the test, as PortAudio's thread would send them."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class PortAudioError(Exception):
    """As sounddevice's: text, code."""


class FakeStream:
    """Hands over blocks when told to; ``options`` are what it was opened with."""

    def __init__(
        self, callback: Callable[..., None], finished_callback: Callable[[], None], **options: Any
    ) -> None:
        self._callback, self.finish, self.options = callback, finished_callback, options
        self.is_closed = False
        self.start_fault: Exception | None = None

    def start(self) -> None:
        if self.start_fault:
            raise self.start_fault

    def close(self) -> None:
        self.is_closed = True

    def send(self, samples: NDArray[np.int16], *, overflowed: bool = False, delay_s: float = 0.02) -> None:
        """One block, int16 (n,) or (n, channels)."""
        when = SimpleNamespace(currentTime=time.time(), inputBufferAdcTime=time.time() - delay_s)
        status = SimpleNamespace(input_overflow=overflowed)
        self._callback(np.ascontiguousarray(samples).data, len(samples), when, status)


class FakePortAudio:
    """``rates_hz`` and ``channels`` are what the device accepts; ``fault`` is what opening raises."""

    PortAudioError = PortAudioError

    def __init__(self, *, own_hz: float = 48_000.0, host_api: str = "Core Audio", n_inputs: int = 1) -> None:
        self.rates_hz: set[int] = {8_000, 16_000, 44_100, 48_000, 96_000}
        self.channels = {1, 2}
        self.fault: Exception | None = None
        self.start_fault: Exception | None = None
        self.tried: list[tuple[int, int]] = []
        self.streams: list[FakeStream] = []
        self._host_api = host_api
        self._entry = {
            "name": "Fake Mic",
            "hostapi": 0,
            "max_input_channels": n_inputs,
            "default_samplerate": own_hz,
        }

    @property
    def stream(self) -> FakeStream:
        return self.streams[-1]

    def query_devices(self, device: Any, _kind: str) -> dict[str, Any]:
        if device == "nosuch":
            raise ValueError("No input device matching 'nosuch'")
        return self._entry

    def query_hostapis(self, _index: int) -> dict[str, str]:
        return {"name": self._host_api}

    def _terminate(self) -> None: ...

    def _initialize(self) -> None: ...

    def opened(self, **options: Any) -> FakeStream:
        self.tried.append((options["channels"], options["samplerate"]))
        if self.fault:
            raise self.fault
        if options["channels"] not in self.channels:
            raise PortAudioError("Invalid number of channels", -9998)
        if options["samplerate"] not in self.rates_hz:
            raise PortAudioError("Invalid sample rate", -9997)
        self.streams.append(FakeStream(**options))
        self.stream.start_fault = self.start_fault
        return self.stream

    RawInputStream = opened
