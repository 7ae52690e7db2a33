"""Files that are damaged, unusable or too long: read as far as it goes, or told in one line."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.errors import InputError
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

from sound_files import encode, tone, write_float_wav, write_wav


@pytest.mark.parametrize(
    ("name", "codec"), [("a.wav", "pcm_s16le"), ("a.flac", "flac"), ("a.mp3", "libmp3lame")]
)
def test_a_file_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path, name: str, codec: str) -> None:
    path = encode(tmp_path / name, tone(4.0, 44_100), 44_100, codec)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert 1.5 < load(path).waveform.duration_s < 2.5


def test_damage_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", tone(4.0, 44_100), 44_100, "libmp3lame")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 300] = bytes(300)
    path.write_bytes(bytes(data))
    assert load(path).waveform.duration_s > 3.5


def _text(path: Path) -> Path:
    path.write_text("客户因为快递晚了三天,非常生气\n" * 50, encoding="utf-8")
    return path


def _header_only(path: Path) -> Path:
    full = write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes()
    path.write_bytes(full[:44])
    return path


def _cut_header(path: Path) -> Path:
    full = write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes()
    path.write_bytes(full[:20])
    return path


def _cut_m4a(path: Path) -> Path:
    full = encode(path.with_suffix(".m4a"), tone(2.0, RATE_HZ), RATE_HZ, "aac").read_bytes()
    path.write_bytes(full[: len(full) // 2])
    return path


def _nan(path: Path) -> Path:
    samples = tone(1.0, RATE_HZ)
    samples[8_000] = np.nan
    return write_float_wav(path, samples, RATE_HZ)


def _infinite(path: Path) -> Path:
    samples = tone(1.0, RATE_HZ)
    samples[12_000] = -np.inf
    return write_float_wav(path, samples, RATE_HZ)


def _no_channels(path: Path) -> Path:
    data = bytearray(write_wav(path, tone(1.0, RATE_HZ), RATE_HZ).read_bytes())
    data[22:24] = bytes(2)
    path.write_bytes(bytes(data))
    return path


def _low_rate(path: Path) -> Path:
    return write_wav(path, tone(1.0, 4_000, 500.0), 4_000)


def _one_sample(path: Path) -> Path:
    return write_wav(path, np.array([0.5]), RATE_HZ)


def _silent_film(path: Path) -> Path:
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        for _ in range(10):
            file.mux(
                stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24"))
            )
        file.mux(stream.encode(None))
    return path


def _empty(path: Path) -> Path:
    path.touch()
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _dead_link(path: Path) -> Path:
    path.symlink_to(path.parent / "gone.wav")
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _playlist(path: Path) -> Path:
    write_wav(path.with_suffix(".inner.wav"), tone(1.0, RATE_HZ), RATE_HZ)
    path.write_text(f"ffconcat version 1.0\nfile '{path.with_suffix('.inner.wav')}'\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path, "no such file"),
        (lambda path: path / "below" / "it.wav", "no such file"),
        (lambda path: path.with_name("bad\0name.wav"), r"no file can have that name"),
        (lambda path: path.with_name("x" * 300), "cannot be read"),
        (_empty, r"is empty \(0 bytes\)"),
        (_folder, "is a folder"),
        (_dead_link, r"link to a file that is not there: .*gone\.wav"),
        (_loop, "cannot be read"),
        (_pipe, "device or pipe"),
        (_text, "is no sound file"),
        (_playlist, "is no sound file"),
        (_cut_header, "is no sound file"),
        (_cut_m4a, "breaks off before its index"),
        (_header_only, r"is no sound file|holds 0\.000 s"),
        (_no_channels, "is no sound file|has 0 channels"),
        (_silent_film, "has no sound in it"),
        (_nan, r"no numbers .* first at 0\.500 s"),
        (_infinite, r"no numbers .* first at 0\.750 s"),
        (_one_sample, r"holds 0\.000 s of sound; the least is 0\.5 s"),
        (_low_rate, "sampled at 4000 Hz; 8000 to 768000 Hz"),
    ],
)
def test_unusable_files_are_told_in_one_line_with_a_remedy(tmp_path: Path, make: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        load(make(tmp_path / "坏 录音\n1.wav"))
    assert "\n" not in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_status == 3


@contextlib.contextmanager
def unreadable(path: Path) -> Iterator[None]:
    path.chmod(0)
    try:
        yield
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0, RATE_HZ), RATE_HZ)
    if os.geteuid() == 0:  # root reads everything: let the system say no

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with unreadable(path), pytest.raises(InputError, match=r"may not be read"):
        load(path)


def test_a_name_with_chinese_spaces_and_a_newline_is_read_and_shown_on_one_line(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "我的 回答\n第二次.wav", tone(1.0, RATE_HZ), RATE_HZ)
    assert load(path).waveform.duration_s == 1.0
    assert shown(path).endswith(r"我的 回答\n第二次.wav")


def test_over_an_hour_is_refused_with_the_limit(tmp_path: Path) -> None:
    n_bytes = 61 * 60 * 8_000
    path = write_wav(tmp_path / "a.wav", np.zeros(1), 8_000, width=1)
    head = bytearray(path.read_bytes()[:44])
    head[4:8] = (n_bytes + 36).to_bytes(4, "little")
    head[40:44] = n_bytes.to_bytes(4, "little")
    path.write_bytes(bytes(head))
    os.truncate(path, 44 + n_bytes)
    with pytest.raises(InputError, match=r"lasts 61\.0 min; the limit is 60 min"):
        load(path)


def test_too_long_is_refused_when_the_header_does_not_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.audio.decode.LONGEST_S", 1.0)
    path = encode(tmp_path / "a.flac", tone(5.0, RATE_HZ), RATE_HZ, "flac")
    data = bytearray(path.read_bytes())
    data[21:26] = bytes([data[21] & 0xF0, 0, 0, 0, 0])  # total samples: unknown, as in a stream
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="lasts more than 0 min"):
        load(path)
