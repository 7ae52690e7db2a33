"""Time in the report is time in the file: silence not sent, packets lost, recorders that pause."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from gapped_files import AMR_MAGIC, AMR_NO_DATA, amr_frames, opus_with_silence, remux, write_amr, write_qcp
from sound_files import encode, tone

from voicecoach.audio import frames, packets
from voicecoach.audio.decode import RATE_HZ, load, load_channels
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicecoach.audio.decode import Recording

LENGTH_S = 6.0
TOLERANCE_S = 0.06
"""A packet, and what an encoder puts before the first."""
STAMPED = [
    ("a.webm", "libopus", 48_000),
    ("a.mkv", "libopus", 48_000),
    ("a.mka", "pcm_s16le", 16_000),
    ("a.m4a", "aac", 44_100),
    ("a.mp4", "aac", 48_000),
    ("a.ogg", "libopus", 48_000),
    ("a.ts", "aac", 48_000),
    ("a.flv", "aac", 44_100),
]
FROM_ZERO = [case for case in STAMPED if case[0] not in {"a.ogg", "a.ts", "a.flv"}]
"""Containers whose stamps count from the file's beginning."""


def made(folder: Path, case: tuple[str, str, int], stamp_s: Callable[[float], float | None]) -> Recording:
    name, codec, rate_hz = case
    whole = encode(folder / f"whole_{name}", tone(LENGTH_S, rate_hz), rate_hz, codec)
    return load(remux(whole, folder / name, stamp_s))


def quiet(recording: Recording, start_s: float, end_s: float) -> bool:
    part = recording.waveform.samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return bool(np.abs(part).max() < 0.01)


@pytest.mark.parametrize("case", STAMPED, ids=lambda case: case[0])
def test_lost_packets_are_a_gap_as_long_as_they_were(tmp_path: Path, case: tuple[str, str, int]) -> None:
    recording = made(tmp_path, case, lambda now_s: None if 2.0 <= now_s < 3.0 else now_s)
    (gap,) = recording.gaps
    assert gap.start_s == pytest.approx(2.0, abs=TOLERANCE_S)
    assert gap.end_s == pytest.approx(3.0, abs=TOLERANCE_S)
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)
    assert quiet(recording, gap.start_s + 0.05, gap.end_s - 0.05)
    assert not quiet(recording, gap.end_s + 0.05, gap.end_s + 0.1)


@pytest.mark.parametrize("case", STAMPED, ids=lambda case: case[0])
def test_a_recorder_that_paused_leaves_its_pause(tmp_path: Path, case: tuple[str, str, int]) -> None:
    recording = made(tmp_path, case, lambda now_s: now_s if now_s < 2.0 else now_s + 4.0)
    (gap,) = recording.gaps
    assert gap.duration_s == pytest.approx(4.0, abs=TOLERANCE_S)
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S + 4.0, abs=TOLERANCE_S)


@pytest.mark.parametrize("case", FROM_ZERO, ids=lambda case: case[0])
def test_sound_that_begins_late_stays_late(tmp_path: Path, case: tuple[str, str, int]) -> None:
    recording = made(tmp_path, case, lambda now_s: now_s + 5.0)
    (gap,) = recording.gaps
    assert gap.start_s == 0.0
    assert gap.end_s == pytest.approx(5.0, abs=TOLERANCE_S)
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S + 5.0, abs=TOLERANCE_S)


@pytest.mark.parametrize("case", STAMPED, ids=lambda case: case[0])
def test_every_third_packet_lost_keeps_the_length(tmp_path: Path, case: tuple[str, str, int]) -> None:
    n_seen = iter(range(10_000))
    recording = made(tmp_path, case, lambda now_s: None if next(n_seen) % 3 == 2 else now_s)
    bound_s = 0.7 if case[0] in {"a.ogg", "a.mka"} else 2 * TOLERANCE_S  # these stamp pages and long packets
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=bound_s)


@pytest.mark.parametrize("case", STAMPED, ids=lambda case: case[0])
def test_a_whole_file_has_no_gap(tmp_path: Path, case: tuple[str, str, int]) -> None:
    recording = made(tmp_path, case, lambda now_s: now_s)
    assert (recording.gaps, recording.faults.damaged, recording.faults.leaps) == ((), [], [])
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)


def test_a_clock_that_leaps_by_hours_makes_no_hours_of_silence(tmp_path: Path) -> None:
    recording = made(tmp_path, STAMPED[0], lambda now_s: now_s if now_s < 2.0 else now_s + 9 * 3600.0)
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)
    ((at_s, by_s),) = recording.faults.leaps
    assert at_s == pytest.approx(2.0, abs=TOLERANCE_S)
    assert by_s == pytest.approx(9 * 3600.0)
    with pytest.raises(InputError, match="the limit is 60 min"):  # here the header tells the hours
        made(tmp_path, STAMPED[4], lambda now_s: now_s if now_s < 2.0 else now_s + 9 * 3600.0)


def test_one_wild_stamp_moves_nothing() -> None:
    sound = SimpleNamespace(samples=960, sample_rate=48_000)
    stamps = [0.0, 0.02, 3.04, 0.06, 0.08, 5.1, 5.12]
    given = [packets.Frame(sound, stamp_s, packets.Before()) for stamp_s in stamps]
    believed = [frame.stamp_s for frame in frames._with_likely_stamps(given)]
    assert believed == [0.0, 0.02, None, 0.06, 0.08, 5.1, 5.12]


def test_a_gap_is_the_same_on_both_channels_and_counts_for_no_level(tmp_path: Path) -> None:
    rows = np.stack([tone(LENGTH_S, 48_000), 0.3 * tone(LENGTH_S, 48_000, 700.0)])
    whole = encode(tmp_path / "whole.webm", rows, 48_000, "libopus")
    long = remux(whole, tmp_path / "a.webm", lambda now_s: now_s if now_s < 3.0 else now_s + 600.0)
    one, other = load_channels(long)
    assert one.gaps == other.gaps
    assert (one.dead_channels, len(one.gaps)) == ((), 1)


# -- silence that is not sent is the speaker's ---------------------------------------------------


def amr_of(folder: Path, *, silent: int) -> Path:
    voice = amr_frames(encode(folder / "whole.amr", tone(3.0, 8_000), 8_000, "libopencore_amrnb"))
    return write_amr(folder / "a.amr", [*voice[:75], *[AMR_NO_DATA["amrnb"]] * silent, *voice[75:]])


@pytest.mark.parametrize("whole", [True, False], ids=["its own decoder", "the decoder that skips silence"])
def test_amr_keeps_the_time_of_frames_that_were_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    if not whole:
        monkeypatch.setattr(packets, "_WHOLE_DECODERS", {})
    recording = load(amr_of(tmp_path, silent=100))
    assert recording.waveform.duration_s == pytest.approx(3.02 + 2.0, abs=0.001)
    assert (recording.gaps, recording.faults.damaged) == ((), [])
    assert not quiet(recording, 3.6, 4.9)


@pytest.mark.parametrize("whole", [True, False], ids=["its own decoder", "the decoder that skips silence"])
def test_wide_amr_keeps_the_time_of_frames_that_were_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    if not whole:
        monkeypatch.setattr(packets, "_WHOLE_DECODERS", {})
    rng = np.random.default_rng(3)
    voice = [b"\x04" + rng.bytes(17) for _ in range(100)]  # 6.60 kbit/s, any bits
    silence = [b"\x4c" + bytes(5), *[AMR_NO_DATA["amrwb"]] * 7] * 10
    path = tmp_path / "a.amr"
    path.write_bytes(AMR_MAGIC["amrwb"] + b"".join((*voice[:50], *silence, *voice[50:])))
    recording = load(path)
    assert recording.waveform.duration_s == pytest.approx(2.0 + 80 * 0.02, abs=0.03)
    assert (recording.gaps, recording.faults.damaged) == ((), [])


def test_amr_in_3gp_keeps_it_too(tmp_path: Path) -> None:
    with av.open(str(amr_of(tmp_path, silent=100))) as source:
        assert source.streams.audio[0].codec_context.name == "amrnb"
    path = remux(amr_of(tmp_path, silent=100), tmp_path / "a.3gp", lambda now_s: now_s)
    assert load(path).waveform.duration_s == pytest.approx(3.02 + 2.0, abs=TOLERANCE_S)


@pytest.mark.parametrize("name", ["a.webm", "a.mkv", "a.mp4"])
def test_silence_that_opus_did_not_send_is_no_gap(tmp_path: Path, name: str) -> None:
    whole = encode(tmp_path / "whole.webm", tone(LENGTH_S, 48_000), 48_000, "libopus")
    recording = load(opus_with_silence(whole, tmp_path / name, 2.0, 4.0))
    assert recording.waveform.duration_s == pytest.approx(LENGTH_S, abs=TOLERANCE_S)
    assert recording.gaps == ()


def test_g723_keeps_the_time_of_frames_that_were_not_sent(tmp_path: Path) -> None:
    data = encode(tmp_path / "whole.tco", tone(3.0, 8_000), 8_000, "g723_1", bit_rate=6_300).read_bytes()
    voice = [data[at : at + 24] for at in range(0, len(data), 24)]
    silence = [b"\x02\x00\x00\x00", *[b"\x03"] * 9] * 10
    path = tmp_path / "a.tco"
    path.write_bytes(b"".join((*voice[:50], *silence, *voice[50:])))
    assert load(path).waveform.duration_s == pytest.approx(6.0, abs=0.001)


@pytest.mark.parametrize(("codec", "n_bytes"), [("qcelp", 34), ("evrc", 22)])
def test_codecs_of_mobile_telephones_keep_the_time_of_frames_that_were_not_sent(
    tmp_path: Path, codec: str, n_bytes: int
) -> None:
    rng = np.random.default_rng(6)
    voice = [b"\x04" + rng.bytes(n_bytes) for _ in range(100)]
    recording = load(write_qcp(tmp_path / "a.qcp", codec, [*voice[:50], *[b"\0"] * 100, *voice[50:]]))
    assert recording.waveform.duration_s == pytest.approx(4.0, abs=0.001)
    assert (recording.gaps, recording.faults.damaged) == ((), [])
    assert quiet(recording, 1.1, 2.9)
