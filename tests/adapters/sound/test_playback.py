"""The loudspeaker: what is mixed, what a lost device says, and (marked) what a real sound server hears."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from pulse import TAP_RATE_HZ, Pulse

from voicecoach.adapters.sound import devices, playback
from voicecoach.adapters.sound.playback import Loudspeaker, Mixer
from voicecoach.errors import DeviceError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RATE_HZ = 8000
LOST_LIMIT_S = 0.06
"""What may be lost of two seconds: a busy machine lets the server run dry for once."""
SNR_LIMIT_DB = 35.0
"""Of the tone heard on the sink against an ideal one: two resamplings and 16 bits give about 50 dB."""


class FakeStream:
    """Calls back from :meth:`run`, as PortAudio's thread does; ``latency`` in seconds."""

    latency = 0.0

    def __init__(
        self, callback: Callable[..., None], finished_callback: Callable[[], None], **options: Any
    ) -> None:
        self.callback, self.finished, self.options = callback, finished_callback, options
        self.heard: list[np.ndarray] = []
        self.closed = False

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def run(self, n_blocks: int = 1) -> None:
        for _ in range(n_blocks):
            out = np.zeros((self.options["blocksize"], self.options["channels"]), dtype=np.float32)
            self.callback(out, len(out), None, None)
            self.heard.append(out)


class FakeSoundDevice:
    """sounddevice with one output, or none."""

    PortAudioError = type("PortAudioError", (Exception,), {})

    def __init__(self, *, channels: int = 2, fault: str = "") -> None:
        self.channels, self.fault = channels, fault
        self.stream: FakeStream | None = None

    def query_devices(self, _device: object, _kind: str) -> dict[str, Any]:
        if self.fault:
            raise self.PortAudioError(self.fault)
        return {"name": "fake", "default_samplerate": 8000.0, "max_output_channels": self.channels}

    def _terminate(self) -> None: ...

    def _initialize(self) -> None: ...

    def opened(self, **options: Any) -> FakeStream:
        self.stream = FakeStream(**options)
        return self.stream

    OutputStream = opened


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> FakeSoundDevice:
    fake = FakeSoundDevice()
    monkeypatch.setattr(playback, "_sounddevice", lambda: fake)
    return fake


def constant(value: float, n: int) -> Waveform:
    return Waveform(np.full(n, value, dtype=np.float32), RATE_HZ)


def test_parts_follow_one_another_without_a_gap_and_silence_follows_them() -> None:
    mixer = Mixer()
    mixer.push(np.full(5, 0.1, dtype=np.float32))
    mixer.push(np.full(4, 0.2, dtype=np.float32))
    heard = np.concatenate([mixer.pull(3) for _ in range(4)])
    np.testing.assert_allclose(heard, [0.1] * 5 + [0.2] * 4 + [0.0] * 3)
    assert mixer.is_empty


def test_a_bed_loops_under_the_parts_and_after_them() -> None:
    mixer = Mixer()
    mixer.set_bed(np.array([0.1, 0.2, 0.3], dtype=np.float32))
    mixer.push(np.full(2, 0.5, dtype=np.float32))
    np.testing.assert_allclose(
        np.concatenate([mixer.pull(4), mixer.pull(3)]), [0.6, 0.7, 0.3, 0.1, 0.2, 0.3, 0.1], rtol=1e-6
    )
    mixer.set_bed(None)
    assert not mixer.pull(3).any()


def test_the_sum_stays_within_full_scale() -> None:
    mixer = Mixer()
    mixer.set_bed(np.array([0.9], dtype=np.float32))
    mixer.push(np.full(2, 0.9, dtype=np.float32))
    assert mixer.pull(2).max() == 1.0


def test_the_stream_is_opened_as_was_found_to_work(device: FakeSoundDevice) -> None:
    with Loudspeaker():
        assert device.stream is not None
        options = device.stream.options
    assert (options["samplerate"], options["blocksize"], options["latency"]) == (8000, 160, 0.1)
    assert (options["channels"], options["dtype"]) == (2, "float32")
    assert device.stream.closed


def test_the_next_part_is_asked_for_while_the_first_plays(device: FakeSoundDevice) -> None:
    def parts() -> Iterator[Waveform]:
        yield constant(0.1, 160)
        cast("FakeStream", device.stream).run(
            2
        )  # plays the first and an empty block while the second is made
        yield constant(0.2, 160)
        cast("FakeStream", device.stream).run(1)

    with Loudspeaker() as loudspeaker:
        loudspeaker.play(parts())
        assert loudspeaker.first_sound_s is not None
        assert 0.0 <= loudspeaker.first_sound_s < 1.0
    heard = np.concatenate(cast("FakeStream", device.stream).heard)
    assert heard.shape == (480, 2)
    np.testing.assert_allclose(heard[:, 0], [0.1] * 160 + [0.0] * 160 + [0.2] * 160)


def test_the_end_is_when_the_last_sample_is_heard(
    device: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handed out at 100 s, half a block of sound, 0.5 s of latency."""

    def parts() -> Iterator[Waveform]:
        yield constant(0.1, 80)
        stream = cast("FakeStream", device.stream)
        monkeypatch.setattr(stream, "latency", 0.5)
        with monkeypatch.context() as clock:
            clock.setattr("voicecoach.adapters.sound.playback.time.monotonic", lambda: 100.0)
            stream.run(3)
        monkeypatch.setattr("voicecoach.adapters.sound.playback.LOST_S", 1e9)

    with Loudspeaker() as loudspeaker:
        loudspeaker.play(parts())
        assert loudspeaker.end_monotonic_s == pytest.approx(100.0 + 0.01 + 0.5)


def test_a_fault_of_what_is_played_is_passed_on_and_ends_the_sound(device: FakeSoundDevice) -> None:
    def parts() -> Iterator[Waveform]:
        yield constant(0.1, 1600)
        raise KeyError("stop")

    with Loudspeaker() as loudspeaker:
        with pytest.raises(KeyError, match="stop"):
            loudspeaker.play(parts())
        cast("FakeStream", device.stream).run()
        assert not cast("FakeStream", device.stream).heard[-1].any()


def test_a_device_whose_stream_ends_is_told(device: FakeSoundDevice) -> None:
    with Loudspeaker() as loudspeaker:
        cast("FakeStream", device.stream).finished()
        with pytest.raises(DeviceError, match="the loudspeaker has gone"):
            loudspeaker.play([constant(0.1, 160)])


def test_a_device_that_asks_for_nothing_is_told(
    device: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback, "LOST_S", 0.1)
    with Loudspeaker() as loudspeaker:
        assert device.stream is not None
        with pytest.raises(DeviceError, match="the loudspeaker has gone"):
            loudspeaker.play([constant(0.1, 160)])


def test_a_device_that_hangs_at_its_end_is_left(
    device: FakeSoundDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "CLOSE_LIMIT_S", 0.1)
    released = threading.Event()
    closed = threading.Event()

    def close() -> None:
        released.wait(30.0)
        closed.set()

    with Loudspeaker():
        monkeypatch.setattr(device.stream, "close", close)
    assert not closed.is_set()
    released.set()


def test_no_device_is_told(device: FakeSoundDevice) -> None:
    device.fault = "Error querying device -1"
    with pytest.raises(DeviceError, match="no loudspeaker can be used: Error querying device -1") as told:
        Loudspeaker().__enter__()
    assert "--save FILE" in told.value.hint


def test_no_portaudio_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)  # what an import of it then raises is no OSError

    def missing(name: str, *rest: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return importer(name, *rest)

    importer = __import__
    monkeypatch.setattr("builtins.__import__", missing)
    with pytest.raises(DeviceError, match="PortAudio library not found") as told:
        devices.sounddevice()
    assert "libportaudio2" in told.value.hint


def test_a_loop_at_another_rate_still_has_no_seam() -> None:
    time_s = np.arange(8000) / 8000
    bed = Waveform(np.sin(2 * np.pi * 100 * time_s).astype(np.float32), 8000)
    made = playback._looped(bed, 44_100)
    ideal = np.sin(2 * np.pi * 100 * np.arange(44_100) / 44_100)
    assert len(made) == 44_100
    np.testing.assert_allclose(made, ideal, atol=0.01)


PROGRAM = """
import sys, time
import numpy as np
from voicecoach.adapters.sound.playback import Loudspeaker
from voicecoach.model.audio import Waveform
tone = Waveform((0.25 * np.sin(2 * np.pi * 500 * np.arange(24000) / 24000)).astype(np.float32), 24000)
def parts():
    yield tone
    print("first", flush=True)
    {between}
    yield tone
with Loudspeaker() as loudspeaker:
    loudspeaker.play(parts())
    print(loudspeaker.first_sound_s)
"""


def program(between: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM.format(between=between)]


@pytest.mark.sound
def test_a_tone_is_heard_whole_on_the_sink(pulse: Pulse) -> None:
    with pulse.tap() as heard:
        done = subprocess.run(program("pass"), env=pulse.env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    sounding = np.flatnonzero(np.abs(heard.samples) > 0.01)
    tone = heard.samples[sounding[0] : sounding[-1] + 1]
    assert len(tone) / TAP_RATE_HZ == pytest.approx(2.0, abs=LOST_LIMIT_S)
    assert np.sqrt(2 * np.mean(tone**2)) == pytest.approx(0.25, rel=0.02)
    assert max(_tone_snr_db(piece) for piece in np.array_split(tone, 8)[1:-1]) > SNR_LIMIT_DB


def _tone_snr_db(sound: np.ndarray) -> float:
    """Of a sine of 500 Hz against what is left when it is taken away."""
    phase = 2 * np.pi * 500 * np.arange(len(sound)) / TAP_RATE_HZ
    basis = np.stack([np.sin(phase), np.cos(phase)], axis=1)
    weights = np.linalg.lstsq(basis, sound, rcond=None)[0]
    return float(10 * np.log10(np.mean(sound**2) / np.mean((sound - basis @ weights) ** 2)))


@pytest.mark.sound
def test_a_sound_server_that_dies_ends_the_playing_with_a_message(pulse: Pulse) -> None:
    playing = subprocess.Popen(
        program("sys.stdin.readline()"),
        env=pulse.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert playing.stdout is not None
    assert playing.stdout.readline() == "first\n"
    pulse.kill()
    _, err = playing.communicate("\n", timeout=60)
    assert playing.returncode == 1
    assert "the loudspeaker has gone while it played" in err


@pytest.mark.sound
def test_no_sound_server_is_told(tmp_path: Any) -> None:
    env = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none"}
    done = subprocess.run(program("pass"), env=env, capture_output=True, text=True, check=False)
    assert "no loudspeaker can be used" in done.stderr
    assert "ALSA" not in done.stderr
