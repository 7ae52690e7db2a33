"""Voice messages of WeChat and QQ: read by what they hold, damaged ones told, the process never hurt."""

from __future__ import annotations

import struct
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sound_files import AMPLITUDE, tone, write_silk, write_wav

from voicecoach.audio.decode import load, load_channels, told_length_s
from voicecoach.audio.silk import FRAME_S, MAGICS
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 24_000
SOUND_S = 2.0
LEVEL_TOLERANCE = 0.1
"""Of full scale: the codec keeps speech, not the shape of a wave."""
PITCH_HZ = 300.0
PITCH_TOLERANCE_HZ = 2.0


def pitch_hz(samples: NDArray[np.float32], rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate_hz / len(samples))


@pytest.mark.parametrize("name", ["消息.amr", "m.silk", "m.slk", "m.aud", "m", "m.mp3", "m.wav"])
@pytest.mark.parametrize("tencent", [True, False])
def test_a_voice_message_is_read_by_its_content_under_any_name(
    tmp_path: Path, name: str, *, tencent: bool
) -> None:
    path = write_silk(tmp_path / name, tone(SOUND_S, RATE_HZ, PITCH_HZ), RATE_HZ, tencent=tencent)
    recording = load(path)
    samples = recording.waveform.samples
    assert recording.waveform.duration_s == pytest.approx(SOUND_S, abs=FRAME_S)
    assert told_length_s(path) == pytest.approx(SOUND_S, abs=FRAME_S)
    assert (recording.source_rate_hz, recording.n_channels, recording.channel) == (RATE_HZ, 1, None)
    assert pitch_hz(samples, 16_000) == pytest.approx(PITCH_HZ, abs=PITCH_TOLERANCE_HZ)
    assert float(np.abs(samples[len(samples) // 4 :]).max()) == pytest.approx(AMPLITUDE, abs=LEVEL_TOLERANCE)
    assert load_channels(path)[0].sha256 == recording.sha256


@pytest.mark.parametrize("rate_hz", [8_000, 12_000, 16_000, 24_000])
def test_its_own_rate_does_not_change_its_length(tmp_path: Path, rate_hz: int) -> None:
    path = write_silk(tmp_path / "m.amr", tone(SOUND_S, rate_hz, PITCH_HZ), rate_hz)
    recording = load(path)
    assert recording.waveform.duration_s == pytest.approx(SOUND_S, abs=FRAME_S)
    assert pitch_hz(recording.waveform.samples, 16_000) == pytest.approx(PITCH_HZ, abs=PITCH_TOLERANCE_HZ)


def test_silences_that_were_not_sent_keep_their_length(tmp_path: Path) -> None:
    said = tone(1.0, RATE_HZ, PITCH_HZ)
    samples = np.concatenate([said, np.zeros(3 * RATE_HZ, dtype=np.float32), said])
    plain = write_silk(tmp_path / "plain.amr", samples, RATE_HZ)
    spared = write_silk(tmp_path / "spared.amr", samples, RATE_HZ, pauses=True)
    assert spared.stat().st_size < plain.stat().st_size
    quiet = load(spared).waveform
    assert quiet.duration_s == pytest.approx(5.0, abs=FRAME_S)
    middle = quiet.samples[2 * 16_000 : 3 * 16_000]
    assert float(np.abs(middle).max()) < LEVEL_TOLERANCE * AMPLITUDE


def test_packets_of_several_frames_are_read_whole(tmp_path: Path) -> None:
    """By the codec's own encoder: 60 ms a packet, and the mark that ends its streams."""
    from pysilk.backends.cffi._silk import ffi, lib

    size = ffi.new("int32_t *")
    lib.SKP_Silk_SDK_Get_Encoder_Size(size)
    state, control = ffi.new("char[]", size[0]), ffi.new("SKP_SILK_SDK_EncControlStruct *")
    lib.SKP_Silk_SDK_InitEncoder(state, control)
    control.API_sampleRate = control.maxInternalSampleRate = RATE_HZ
    control.packetSize, control.bitRate = 60 * RATE_HZ // 1000, 24_000
    step = round(FRAME_S * RATE_HZ)
    samples = (tone(1.8, RATE_HZ, PITCH_HZ) * 2.0**15).astype("<i2")
    stream = bytearray(MAGICS[1])
    for start in range(0, len(samples), step):
        length, packet = ffi.new("int16_t *", 1250), ffi.new("uint8_t[1250]")
        frame = ffi.from_buffer("int16_t[]", samples[start : start + step].tobytes())
        assert lib.SKP_Silk_SDK_Encode(state, control, frame, step, packet, length) == 0
        if length[0]:
            stream += struct.pack("<h", length[0]) + bytes(ffi.buffer(packet)[: length[0]])
    path = tmp_path / "m.silk"
    path.write_bytes(bytes(stream) + b"\xff\xff")
    assert load(path).waveform.duration_s == pytest.approx(1.8, abs=FRAME_S / 2)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (b"", "damaged or encrypted"),
        (b"\x05\x00ab", "damaged or encrypted"),
        (b"\xff\xff\xff\xff" * 20, "damaged or encrypted"),
        (b"\xff\x7f" * 9_000, "damaged or encrypted"),
        (b"\x0a\x00abcdefghij" * 400, "400 of 400 packets cannot be decoded"),
        (b"\x0a\x00abcdefghij" * 10, "10 of 10 packets cannot be decoded"),
        (b"\x00\x00" * 180_100, "lasts more than 60 min"),
        (b"\x00\x00" * 3, r"holds 0\.060 s of sound"),
    ],
)
def test_a_stream_that_cannot_be_one_is_told(tmp_path: Path, rest: bytes, said: str) -> None:
    path = tmp_path / "m.amr"
    path.write_bytes(MAGICS[0] + rest)
    with pytest.raises(InputError, match=said) as caught:
        load(path)
    assert caught.value.hint
    assert caught.value.remedy("zh")


def payloads(stream: bytes) -> list[tuple[int, int]]:
    """Where the bytes of each packet begin and end."""
    places, at = [], len(MAGICS[0])
    while at < len(stream):
        begin = at + 2
        at = begin + struct.unpack_from("<h", stream, at)[0]
        places.append((begin, at))
    return places


def test_messages_that_were_joined_are_read_whole(tmp_path: Path) -> None:
    path = write_silk(tmp_path / "m.amr", tone(SOUND_S, RATE_HZ, PITCH_HZ), RATE_HZ)
    stream = path.read_bytes()
    path.write_bytes(stream + stream[1:] + b"\xff\xff" + stream)
    recording = load(path)
    assert recording.waveform.duration_s == pytest.approx(3 * SOUND_S, abs=FRAME_S)
    assert not recording.faults.is_torn


@pytest.mark.parametrize("n_bytes", [1, 2, 5])
def test_a_message_that_ends_inside_a_packet_is_torn(tmp_path: Path, n_bytes: int) -> None:
    path = write_silk(tmp_path / "m.amr", tone(SOUND_S, RATE_HZ, PITCH_HZ), RATE_HZ)
    stream = path.read_bytes()
    begin = payloads(stream)[50][0] - 2
    path.write_bytes(stream[: begin + n_bytes])
    recording = load(path)
    assert recording.faults.is_torn
    assert recording.waveform.duration_s == pytest.approx(50 * FRAME_S, abs=FRAME_S)
    path.write_bytes(stream)
    assert not load(path).faults.is_torn


def test_a_length_that_is_none_ends_what_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    path = write_silk(tmp_path / "m.amr", tone(2 * SOUND_S, RATE_HZ, PITCH_HZ), RATE_HZ)
    stream = bytearray(path.read_bytes())
    begin = payloads(bytes(stream))[50][0] - 2
    stream[begin : begin + 2] = struct.pack("<h", -500)
    path.write_bytes(stream)
    recording = load(path)
    assert recording.waveform.duration_s == pytest.approx(50 * FRAME_S, abs=FRAME_S)
    assert recording.faults.told_s == pytest.approx(2 * SOUND_S, rel=0.1)


def test_packets_that_cannot_be_decoded_are_told_by_their_place(tmp_path: Path) -> None:
    path = write_silk(tmp_path / "m.amr", tone(2 * SOUND_S, RATE_HZ, PITCH_HZ), RATE_HZ)
    stream = bytearray(path.read_bytes())
    for begin, end in payloads(bytes(stream))[100:110]:
        stream[begin:end] = b"\xff" * (end - begin)
    path.write_bytes(stream)
    recording = load(path)
    assert recording.waveform.duration_s == pytest.approx(2 * SOUND_S, abs=FRAME_S)
    assert recording.faults.damaged
    assert recording.faults.damaged[0].start_s == pytest.approx(2.0, abs=0.1)
    assert recording.faults.damaged[-1].end_s == pytest.approx(2.2, abs=0.1)


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("silk") / "m.silk"
    return write_silk(path, tone(1.0, RATE_HZ, PITCH_HZ), RATE_HZ).read_bytes()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_ends_the_process(stream: bytes, data: st.DataObject) -> None:
    damaged = bytearray(stream)
    kind = data.draw(st.sampled_from(("bytes", "cut", "noise", "lengths")))
    if kind == "cut":
        del damaged[data.draw(st.integers(len(MAGICS[0]), len(damaged))) :]
    elif kind == "noise":
        damaged[len(MAGICS[0]) :] = data.draw(st.binary(max_size=4_000))
    elif kind == "lengths":
        sizes = data.draw(st.lists(st.integers(-(2**15), 2**15 - 1), min_size=1, max_size=30))
        damaged[len(MAGICS[0]) :] = b"".join(struct.pack("<h", n) + b"\x5a" * max(n, 0) for n in sizes)
    else:
        for at in data.draw(st.lists(st.integers(len(MAGICS[0]), len(damaged) - 1), max_size=30)):
            damaged[at] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.amr")
        path.write_bytes(damaged)
        try:
            recording = load(path)
        except InputError:
            return
    assert np.isfinite(recording.waveform.samples).all()


def test_without_the_package_it_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_silk(tmp_path / "m.amr", tone(1.0, RATE_HZ), RATE_HZ)
    wav = write_wav(tmp_path / "a.wav", tone(1.0, RATE_HZ), RATE_HZ)
    monkeypatch.setitem(sys.modules, "pysilk.backends.cffi._silk", None)
    with pytest.raises(InputError, match=r"SILK.*silk-python.*not installed") as caught:
        load(path)
    assert "pip install silk-python" in caught.value.hint
    assert "wav" in caught.value.remedy("zh")
    assert load(wav).waveform.duration_s == 1.0
