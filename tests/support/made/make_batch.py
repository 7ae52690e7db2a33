"""Make a folder of recordings for a batch out of ``audio_fixtures``, the same bytes every time.

``python tests/support/made/make_batch.py DIR [--files 300] [--broken 15] [--seed 1]``

Six formats, lengths from a few seconds to two minutes (cut and joined in the middle of pauses), two prompts,
three speakers, stereo calls with the channel to score, files and rows that are broken in fifteen ways, and a
manifest of all. No two recordings have the same samples.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import soxr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
RATE_HZ = 16_000
OPUS_RATE_HZ = 48_000
ANSWERS = (
    "late_delivery_good", "late_delivery_weak", "rate_usual_zh", "rate_slow_zh", "rate_fast_zh", "numbers_zh",
)  # fmt: skip
CALL = "two_party_call"
PROMPTS = ("late_delivery", "privacy")
SPEAKERS = ("王小明", "李华", "=1+1")
"""The last one is what a spreadsheet must not run."""
CALL_SHARE = 0.08
FORMATS = {
    "wav": ("pcm_s16le", RATE_HZ),
    "flac": ("flac", RATE_HZ),
    "mp3": ("libmp3lame", RATE_HZ),
    "ogg": ("libopus", OPUS_RATE_HZ),
    "m4a": ("aac", RATE_HZ),
    "webm": ("libopus", OPUS_RATE_HZ),
}
LENGTHS_S = ((5.0, 12.0), (12.0, 30.0), (30.0, 60.0), (60.0, 120.0))
LENGTH_SHARES = (0.2, 0.4, 0.3, 0.1)
NOISE_DBFS = -75.0
GAINS_DB = (-4.0, 0.0)
COLUMNS = ("file", "prompt", "speaker", "date", "channel", "team")


@dataclass(frozen=True)
class Fixture:
    """One recording of the fixtures: samples float32 (n_channels, n), and where it may be cut, in seconds."""

    samples: Samples
    cuts_s: tuple[float, ...]


def fixture(name: str) -> Fixture:
    """Read a fixture with its pauses."""
    truth = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    with av.open(str(FIXTURES / f"{name}.flac")) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    samples = np.concatenate(frames, axis=1)
    n_channels = truth["n_channels"]
    samples = samples.reshape(-1, n_channels).T.astype(np.float32) / np.float32(2**15)
    middles = [(pause["start_s"] + pause["end_s"]) / 2 for pause in truth["pauses"]]
    return Fixture(samples, (0.0, *middles, samples.shape[1] / RATE_HZ))


def pieces(sound: Fixture) -> list[Samples]:
    """The phrases of a recording, each with half of the pauses around it."""
    edges = [round(cut_s * RATE_HZ) for cut_s in sound.cuts_s]
    return [sound.samples[:, start:stop] for start, stop in pairwise(edges)]


def answer(phrases: list[list[Samples]], random: np.random.Generator) -> Samples:
    """Phrases of one speaker after another until a drawn length is reached."""
    low_s, high_s = LENGTHS_S[random.choice(len(LENGTHS_S), p=LENGTH_SHARES)]
    wanted = random.uniform(low_s, high_s) * RATE_HZ
    said: list[Samples] = []
    while sum(part.shape[1] for part in said) < wanted:
        recording = phrases[random.integers(len(phrases))]
        first = int(random.integers(len(recording)))
        for part in recording[first:]:
            said.append(part)
            if sum(one.shape[1] for one in said) >= wanted:
                break
    return np.concatenate(said, axis=1)


def made_its_own(samples: Samples, random: np.random.Generator) -> Samples:
    """Another gain and another noise under it."""
    gain = 10.0 ** (random.uniform(*GAINS_DB) / 20.0)
    noise = random.standard_normal(samples.shape) * 10.0 ** (NOISE_DBFS / 20.0)
    mixed: NDArray[np.float64] = np.clip(samples * gain + noise, -1.0, 1.0)
    return mixed.astype(np.float32)


def encode(path: Path, samples: Samples) -> None:
    """Write float32 (n_channels, n) at 16 kHz in the format of the file's ending, without any date in it."""
    codec, rate_hz = FORMATS[path.suffix.removeprefix(".")]
    sound = samples if rate_hz == RATE_HZ else soxr.resample(samples.T, RATE_HZ, rate_hz).T
    pcm = np.ascontiguousarray(np.clip(np.round(sound * 2**15), -(2**15), 2**15 - 1).astype("<i2").T)
    layout = "stereo" if samples.shape[0] == 2 else "mono"
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout, options={"flags": "+bitexact"})
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts = 0
        for packet in stream.encode(frame):
            container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)


def float_wav(samples: Samples) -> bytes:
    """A 32-bit float wav, which may hold what is no number."""
    data = samples.astype("<f4").tobytes()
    header = np.array([16, 3 | 1 << 16, RATE_HZ, RATE_HZ * 4, 4 | 32 << 16], "<u4").tobytes()
    body = b"WAVEfmt " + header + b"data" + np.array([len(data)], "<u4").tobytes() + data
    return b"RIFF" + np.array([len(body)], "<u4").tobytes() + body


def slow_wav(samples: Samples) -> bytes:
    """A wav whose header says 4000 Hz."""
    made = bytearray(float_wav(samples))
    made[24:28] = np.array([4000], "<u4").tobytes()
    return bytes(made)


def breakers(speech: Samples, call: Samples) -> list[Callable[[Path, int], dict[str, str]]]:
    """Fifteen ways to be broken; each writes a file (or none) and returns its row."""

    def content(ending: str, data: bytes, **row: str) -> Callable[[Path, int], dict[str, str]]:
        def write(folder: Path, number: int) -> dict[str, str]:
            path = folder / f"broken_{number:03}.{ending}"
            path.write_bytes(data)
            return {"file": path.name, **row}

        return write

    def sound(ending: str, samples: Samples, **row: str) -> Callable[[Path, int], dict[str, str]]:
        def write(folder: Path, number: int) -> dict[str, str]:
            path = folder / f"broken_{number:03}.{ending}"
            encode(path, samples)
            return {"file": path.name, **row}

        return write

    def folder_named(folder: Path, number: int) -> dict[str, str]:
        (folder / f"broken_{number:03}.wav").mkdir(exist_ok=True)
        return {"file": f"broken_{number:03}.wav"}

    not_numbers = np.full(RATE_HZ, np.nan, dtype=np.float32)
    random = np.random.default_rng(7)
    return [
        content("wav", b""),
        content("wav", "这不是录音".encode()),
        content("wav", float_wav(speech[0])[:30]),
        content("wav", float_wav(not_numbers)),
        content("wav", slow_wav(speech[0])),
        content("ogg", random.bytes(20_000)),
        content("mp3", b"PK\x03\x04" + random.bytes(5_000)),
        content("m4a", b"\x89PNG\r\n\x1a\n" + random.bytes(5_000)),
        content("webm", b"\x1a\x45\xdf\xa3" + random.bytes(5_000)),
        sound("wav", speech[:, : RATE_HZ // 10]),
        sound("flac", call),
        sound("wav", speech, channel="5"),
        sound("wav", speech, channel="middle"),
        folder_named,
        lambda _folder, number: {"file": f"gone_{number:03}.wav"},
    ]


def make(folder: Path, *, n_files: int = 300, n_broken: int = 15, seed: int = 1) -> Path:
    """Write the recordings and their manifest into ``folder``; returns the manifest's path."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    phrases = [pieces(fixture(name)) for name in ANSWERS]
    call = fixture(CALL).samples
    broken = breakers(phrases[0][0], call)
    rows = [_recording(folder, number, phrases, call, random) for number in range(n_files - n_broken)]
    for number in range(n_broken):
        row = broken[number % len(broken)](folder, number)
        rows.insert(int(random.integers(len(rows) + 1)), row)
    return write_manifest(folder / "manifest.csv", _described(rows))


def write_manifest(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """A manifest of the rows, as a spreadsheet writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows_in(manifest: Path) -> list[dict[str, str]]:
    """The rows of a manifest."""
    with manifest.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _recording(
    folder: Path, number: int, phrases: list[list[Samples]], call: Samples, random: np.random.Generator
) -> dict[str, str]:
    ending = list(FORMATS)[number % len(FORMATS)]
    is_call = random.random() < CALL_SHARE
    samples = made_its_own(call if is_call else answer(phrases, random), random)
    path = folder / f"{'call' if is_call else 'answer'}_{number:03}.{ending}"
    encode(path, samples)
    return {"file": path.name, "channel": str(int(random.integers(2))) if is_call else ""}


def _described(rows: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """The rows with prompt, speaker, date and a column of the user's own."""
    for number, row in enumerate(rows):
        yield {
            "prompt": PROMPTS[number % len(PROMPTS)],
            "speaker": SPEAKERS[number % len(SPEAKERS)],
            "date": f"2026-01-{number % 28 + 1:02}",
            "team": "一组" if number % 2 else "二组",
            **row,
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--broken", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(make(arguments.folder, n_files=arguments.files, n_broken=arguments.broken, seed=arguments.seed))
