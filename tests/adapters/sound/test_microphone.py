"""The microphone by its seam: what is opened, written, counted, and told when something goes wrong."""

from __future__ import annotations

import errno
import math
import threading
import wave
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fake_portaudio import FakePortAudio, PortAudioError
from pulse import wait_until

from voicecoach.adapters.sound import devices, live_recording, microphone
from voicecoach.adapters.sound.microphone import Microphone
from voicecoach.errors import DeviceError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.adapters.sound.live_recording import MicrophoneRecording

BLOCK = 960
RATE_HZ = 48_000


def tone(n_samples: int = BLOCK, start: int = 0) -> NDArray[np.int16]:
    return (np.sin(np.arange(start, start + n_samples) / 20) * 16_384).astype(np.int16)


def samples_of(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2")


def wait_for(recording: MicrophoneRecording, n_blocks: int) -> None:
    wait_until(lambda: recording.elapsed_s >= n_blocks * BLOCK / RATE_HZ, f"{n_blocks} blocks are written")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakePortAudio], FakePortAudio]:
    monkeypatch.setattr(devices, "_open_streams", set())
    monkeypatch.setattr(live_recording, "DRAIN_LIMIT_S", 0.02)

    def install(fake: FakePortAudio) -> FakePortAudio:
        monkeypatch.setattr(microphone, "_sounddevice", lambda: fake)
        return fake

    return install


@pytest.fixture
def audio(use: Callable[[FakePortAudio], FakePortAudio]) -> FakePortAudio:
    return use(FakePortAudio())


def test_what_is_sent_is_what_the_file_holds(audio: FakePortAudio, tmp_path: Path) -> None:
    sent = [tone(start=BLOCK * number) for number in range(4)]
    with Microphone().record(tmp_path / "a.wav") as recording:
        for block in sent:
            audio.stream.send(block)
        wait_for(recording, 4)
        np.testing.assert_array_equal(samples_of(tmp_path / "a.wav.part"), np.concatenate(sent))
        assert recording.stop() == tmp_path / "a.wav"
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), np.concatenate(sent))
    assert audio.stream.is_closed
    assert recording.fault is None


def test_the_stream_is_opened_as_was_found_to_work(audio: FakePortAudio, tmp_path: Path) -> None:
    with Microphone(device=3).record(tmp_path / "a.wav") as recording:
        options = audio.stream.options
    assert (options["samplerate"], options["blocksize"], options["latency"]) == (RATE_HZ, BLOCK, 0.1)
    assert (options["channels"], options["dtype"], options["device"]) == (1, "int16", 3)
    assert recording.device == "Fake Mic"


@pytest.mark.parametrize(
    ("own_hz", "host_api", "accepted", "tried"),
    [
        (96_000, "Core Audio", {96_000}, [96_000]),
        (44_100, "Core Audio", {44_100, 48_000}, [44_100]),
        (44_100, "ALSA", {44_100, 48_000}, [48_000]),
        (44_100, "ALSA", {44_100}, [48_000, 44_100]),
        (32_000, "ALSA", {16_000}, [32_000, 48_000, 44_100, 16_000]),
    ],
)
def test_the_devices_own_rate_comes_first(
    use: Any, tmp_path: Path, own_hz: int, host_api: str, accepted: set[int], tried: list[int]
) -> None:
    audio = use(FakePortAudio(own_hz=own_hz, host_api=host_api))
    audio.rates_hz = accepted
    with Microphone().record(tmp_path / "a.wav") as recording:
        assert recording.rate_hz == tried[-1]
    assert [rate_hz for _, rate_hz in audio.tried] == tried


def test_all_rates_refused_is_told_with_the_rates(audio: FakePortAudio, tmp_path: Path) -> None:
    audio.rates_hz = set()
    with pytest.raises(DeviceError, match=r"refuses all sample rates \(48000, 44100, 16000 Hz\): Fake Mic"):
        Microphone().record(tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


def test_a_device_that_has_no_single_channel_gives_its_first(use: Any, tmp_path: Path) -> None:
    audio = use(FakePortAudio(n_inputs=2))
    audio.channels = {2}
    with Microphone().record(tmp_path / "a.wav") as recording:
        audio.stream.send(np.stack([tone(), np.zeros(BLOCK, np.int16)], axis=1))
        wait_for(recording, 1)
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), tone())


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (PortAudioError("Device unavailable", -9985), "in use by another program"),
        (PortAudioError("Error", -9999, (0, -5, "Input/output error")), "no microphone can be used"),
    ],
)
def test_a_device_that_cannot_be_opened_is_told(
    audio: FakePortAudio, tmp_path: Path, fault: Exception, message: str
) -> None:
    audio.fault = fault
    with pytest.raises(DeviceError, match=message):
        Microphone().record(tmp_path / "a.wav")


def test_a_device_that_is_not_there_is_told(audio: FakePortAudio, tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="no microphone can be used: No input device matching 'nosuch'"):
        Microphone(device="nosuch").record(tmp_path / "a.wav")
    assert not audio.streams


def test_a_device_that_does_not_start_leaves_nothing(audio: FakePortAudio, tmp_path: Path) -> None:
    audio.start_fault = PortAudioError("Device unavailable", -9985)
    with pytest.raises(DeviceError, match="in use"):
        Microphone().record(tmp_path / "a.wav")
    assert audio.stream.is_closed
    assert not list(tmp_path.iterdir())


def test_a_file_that_exists_is_told_and_the_device_is_closed(audio: FakePortAudio, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"mine")
    with pytest.raises(StoreError, match="exists already"):
        Microphone().record(tmp_path / "a.wav")
    assert audio.stream.is_closed


def test_levels_are_those_of_the_last_tenth_of_a_second(audio: FakePortAudio, tmp_path: Path) -> None:
    square = np.tile(np.array([8192, -8192], np.int16), BLOCK // 2)
    with Microphone().record(tmp_path / "a.wav") as recording:
        assert (recording.level_dbfs, recording.peak_dbfs) == (-math.inf, -math.inf)
        for block in [tone()] * 3 + [square] * 5:
            audio.stream.send(block)
        wait_for(recording, 8)
        assert recording.level_dbfs == pytest.approx(-12.0412, abs=1e-3)  # 20 log10(1/4)
        assert recording.peak_dbfs == pytest.approx(-12.0412, abs=1e-3)


def test_overflows_are_counted(audio: FakePortAudio, tmp_path: Path) -> None:
    with Microphone().record(tmp_path / "a.wav") as recording:
        for overflowed in (False, True, True):
            audio.stream.send(tone(), overflowed=overflowed)
        wait_for(recording, 3)
    assert recording.n_overflows == 2


def test_exact_zeros_are_noticed_after_a_second(audio: FakePortAudio, tmp_path: Path) -> None:
    zeros = np.zeros(BLOCK, np.int16)
    with Microphone().record(tmp_path / "a.wav") as recording:
        for n_blocks, expected in ((50, False), (51, True)):
            for _ in range(n_blocks - round(50 * recording.elapsed_s)):
                audio.stream.send(zeros)
            wait_for(recording, n_blocks)
            assert (recording.silent_zeros, recording.all_zeros) == (expected, True)
        audio.stream.send(np.eye(1, BLOCK, dtype=np.int16)[0])
        wait_until(lambda: not recording.silent_zeros, "sound is heard")
        assert not recording.all_zeros


def test_a_stream_that_finishes_by_itself_is_a_lost_microphone(audio: FakePortAudio, tmp_path: Path) -> None:
    with Microphone().record(tmp_path / "a.wav") as recording:
        audio.stream.send(tone())
        audio.stream.finish()
        assert recording.ended.wait(20.0)
        assert isinstance(recording.fault, DeviceError)
        assert "the microphone has gone; what was said until then is kept: Fake Mic" in str(recording.fault)
        assert recording.stop() == tmp_path / "a.wav"
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), tone())


def test_a_microphone_that_falls_silent_is_told(
    audio: FakePortAudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_recording, "LOST_S", 0.5)
    with Microphone().record(tmp_path / "a.wav") as recording:
        audio.stream.send(tone())
        assert recording.ended.wait(20.0)
        assert "has sent nothing for" in str(recording.fault)
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), tone())


def test_a_full_disk_ends_the_recording_and_is_told(
    audio: FakePortAudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Microphone().record(tmp_path / "a.wav") as recording:
        audio.stream.send(tone())
        wait_for(recording, 1)

        def full(_pcm: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(recording._take._wave, "writeframes", full)
        audio.stream.send(tone())
        assert recording.ended.wait(20.0)
        assert isinstance(recording.fault, StoreError)
        assert "the disk is full" in str(recording.fault)
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), tone())


def test_what_was_said_before_the_end_is_waited_for(
    audio: FakePortAudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_recording, "DRAIN_LIMIT_S", 20.0)
    recording = Microphone().record(tmp_path / "a.wav")
    audio.stream.send(tone())
    wait_for(recording, 1)
    stopper = threading.Thread(target=recording.stop)
    stopper.start()
    wait_until(lambda: recording._stop_s is not None, "the end is asked for")
    for number in range(1, 60):  # more than a second: beyond the moment of the end
        audio.stream.send(tone(start=number * BLOCK), delay_s=0.02)
    stopper.join(20.0)
    found = samples_of(tmp_path / "a.wav")
    assert len(found) > BLOCK
    np.testing.assert_array_equal(found, tone(len(found)))


def test_a_listener_gets_each_block_and_its_failure_loses_nothing(
    audio: FakePortAudio, tmp_path: Path
) -> None:
    heard: list[NDArray[np.float32]] = []

    def listen(block: NDArray[np.float32]) -> None:
        heard.append(block)
        if len(heard) == 2:
            raise KeyError("mine")

    recording = Microphone().record(tmp_path / "a.wav", on_block=listen)
    for number in range(3):
        audio.stream.send(tone(start=number * BLOCK))
    wait_for(recording, 3)
    with pytest.raises(KeyError, match="mine"):
        recording.stop()
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), tone(3 * BLOCK))
    np.testing.assert_array_equal(np.concatenate(heard), tone(2 * BLOCK).astype(np.float32) / 32768)


def test_standard_error_is_quiet_only_while_recording(audio: FakePortAudio, tmp_path: Path) -> None:
    assert devices._quiet._n_wishes == 0
    with Microphone().record(tmp_path / "a.wav"):
        assert devices._quiet._n_wishes == 1
    audio.fault = PortAudioError("Internal error", -9986)
    with pytest.raises(DeviceError):
        Microphone().record(tmp_path / "b.wav")
    assert devices._quiet._n_wishes == 0
