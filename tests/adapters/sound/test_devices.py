"""Devices: the list read anew, messages of all faults, descriptor 2 kept clean, streams that hang."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach.adapters.sound import device_faults, devices
from voicecoach.errors import DeviceError
from voicecoach.words.catalogue import Message, languages

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = {
    "name": "Mic",
    "hostapi": 0,
    "max_input_channels": 1,
    "max_output_channels": 0,
    "default_samplerate": 48e3,
}


class PortAudioError(Exception):
    """As sounddevice's: text, code, (host API, its code, its text)."""


class FakePortAudio:
    """A list of devices that is read when it is initialised."""

    PortAudioError = PortAudioError
    default = SimpleNamespace(device=[0, -1])

    def __init__(self, *, plugged_in: bool = False) -> None:
        self.plugged_in = plugged_in
        self.n_initialised = 0
        self.known: list[dict[str, Any]] = []

    def _terminate(self) -> None: ...

    def _initialize(self) -> None:
        self.n_initialised += 1
        self.known = [ENTRY] if self.plugged_in else []

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": "ALSA"}]

    def query_devices(self, device: Any = None, kind: str = "") -> Any:
        if kind and not self.known:
            raise PortAudioError("Error querying device -1")
        if device == "nosuch":
            raise ValueError("No input device matching 'nosuch'")
        return self.known[0] if kind else self.known


def test_a_device_plugged_in_later_is_found() -> None:
    sd = FakePortAudio(plugged_in=True)
    assert devices.entry_of(sd, None, "input") == ENTRY
    assert sd.n_initialised == 1


def test_the_list_is_not_read_while_a_stream_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    sd, stream = FakePortAudio(plugged_in=True), SimpleNamespace(stop=lambda: None, close=lambda: None)
    monkeypatch.setattr(devices, "_open_streams", set())
    devices.opened(stream)
    with pytest.raises(DeviceError, match="no microphone can be used: Error querying device -1"):
        devices.entry_of(sd, None, "input")
    assert sd.n_initialised == 0
    assert devices.close(stream)
    assert devices.entry_of(sd, None, "input") == ENTRY


def test_all_devices_are_listed_with_the_systems_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    sd = FakePortAudio(plugged_in=True)
    monkeypatch.setattr(devices, "sounddevice", lambda: sd)
    assert devices.sound_devices() == ()
    (device,) = devices.sound_devices(fresh=True)
    assert (device.index, device.name, device.host_api, device.rate_hz) == (0, "Mic", "ALSA", 48_000)
    assert (device.n_inputs, device.is_default_input, device.is_default_output) == (1, True, False)


BUSY = PortAudioError("Error opening", -9999, (0, -16, "Device or resource busy"))
DENIED = PortAudioError("Error opening", -9999, (0, -2147024891, "Access is denied. 0x80070005"))


@pytest.mark.parametrize(
    ("exc", "message", "remedy"),
    [
        (PortAudioError("Error querying device -1"), "no microphone can be used", "connect a microphone"),
        (ValueError("No input device matching 'x'"), "no microphone can be used: No input", "doctor"),
        (PortAudioError("Device unavailable", -9985), "in use by another program", "close the program"),
        (BUSY, "in use by another program", "close the program"),
        (DENIED, "does not let this program use the microphone", device_faults.privacy_hint().words("en")),
        (PortAudioError("Invalid sample rate", -9997), "refuses the sample rate", "48000 Hz"),
        (PortAudioError("Internal error", -9986), "no microphone can be used: Mic", "connect a microphone"),
    ],
)
def test_each_fault_has_its_message_and_its_remedy(exc: Exception, message: str, remedy: str) -> None:
    told = device_faults.translated(exc, "input", "Mic")
    assert message in told.message
    assert remedy in told.hint


def test_a_loudspeaker_is_called_so() -> None:
    told = device_faults.translated(PortAudioError("Device unavailable", -9985), "output", "Box")
    assert "the loudspeaker is in use" in told.message
    assert "the loudspeaker has gone while it played: Box" in device_faults.lost("output", "Box").message


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ("darwin", "Privacy & Security → Microphone"),
        ("win32", "Let desktop apps access your microphone"),
        ("linux", "not muted"),
        ("freebsd14", "not muted"),
    ],
)
def test_the_setting_of_each_system_is_named(platform: str, words: str) -> None:
    assert words in device_faults.privacy_hint(platform).words("en")


FAULTS: list[DeviceError] = [
    device_faults.no_library("no PortAudio"),
    device_faults.no_device("input", "none"),
    device_faults.no_device("output", "none"),
    device_faults.lost("input", "Mic"),
    device_faults.lost("output", "Box"),
    device_faults.stalled("Mic", 3.0),
    device_faults.silent("Mic"),
    device_faults.rates_refused("Mic", (48000, 16000)),
    device_faults.translated(BUSY, "output", Message("device-of-system")),
    device_faults.translated(DENIED, "input", "Mic"),
    device_faults.translated(PortAudioError("Invalid sample rate", -9997), "input", "Mic"),
    device_faults.translated(PortAudioError("Internal error", -9986), "output", "Box"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
@pytest.mark.parametrize("ui", languages())
def test_each_fault_is_told_in_every_language_and_between_processes(fault: DeviceError, ui: str) -> None:
    assert fault.words(ui)
    assert fault.remedy(ui)
    again = pickle.loads(pickle.dumps(fault))
    assert (again.words(ui), again.remedy(ui)) == (fault.words(ui), fault.remedy(ui))


def test_a_fault_in_chinese_names_the_device() -> None:
    assert device_faults.lost("output", "Box").words("zh") == "播放时扬声器断开了：Box"
    assert device_faults.translated(BUSY, "output", Message("device-of-system")).words("zh") == (
        f"扬声器被别的程序占用：系统默认（{BUSY}）"
    )


def test_no_portaudio_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, *rest: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return importer(name, *rest)

    importer = __import__
    monkeypatch.setattr("builtins.__import__", missing)
    with pytest.raises(DeviceError, match="PortAudio library not found") as told:
        devices.sounddevice()
    assert "apt-get install libportaudio2" in told.value.hint


def test_a_stream_that_hangs_is_left_and_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "CLOSE_LIMIT_S", 0.05)
    monkeypatch.setattr(devices, "_open_streams", set())
    handlers: list[object] = []
    monkeypatch.setattr(atexit, "unregister", handlers.append)
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(_exit_handler="handler"))
    released = threading.Event()
    hung = SimpleNamespace(close=lambda: released.wait(30.0))
    devices.opened(hung)
    assert not devices.close(hung)
    assert handlers == ["handler"]
    assert not devices.refresh(FakePortAudio())
    released.set()


def test_a_stream_that_fails_to_close_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_open_streams", set())

    def fail() -> None:
        raise PortAudioError("gone")

    assert devices.close(SimpleNamespace(stop=fail, close=fail), play_out=True)


NOISY = """
import os, sys
from voicecoach.adapters.sound import devices
one, two = devices.quiet(), devices.quiet()
os.write(2, b"before\\n")
one.__enter__()
two.__enter__()
os.write(2, b"ALSA lib complains\\n")
print("Python speaks", file=sys.stderr)
kept = sys.stderr
print(kept.isatty(), kept.fileno() > 2, kept.encoding)
one.__exit__(None, None, None)
os.write(2, b"ALSA still complains\\n")
two.__exit__(None, None, None)
os.write(2, b"after\\n")
print("Python goes on", file=sys.stderr)
print("with what it kept", file=kept, flush=True)
print(kept.fileno(), sys.stderr is sys.__stderr__)
"""


SEEN = "before\nPython speaks\nafter\nPython goes on\nwith what it kept\n"


def noisy(cache: Path) -> str:
    env = {**os.environ, "VOICECOACH_CACHE_DIR": str(cache)}
    done = subprocess.run([sys.executable, "-c", NOISY], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "False True utf-8\n2 True\n"
    return done.stderr


def test_what_c_libraries_print_goes_into_a_log(tmp_path: Path) -> None:
    assert noisy(tmp_path) == SEEN
    log = tmp_path / devices.LOG_NAME
    assert log.read_text() == "ALSA lib complains\nALSA still complains\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / devices.LOG_NAME).mkdir()
    assert noisy(tmp_path) == SEEN


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    (tmp_path / devices.LOG_NAME).write_bytes(bytes(devices.LARGEST_LOG_BYTES + 1))
    noisy(tmp_path)
    assert (tmp_path / devices.LOG_NAME).stat().st_size < 100
