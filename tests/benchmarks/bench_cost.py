"""What `voicecoach score` costs beside raw faster-whisper on the same file, a process each, in one run.

Imports and model load count in both. Wall time is the median of alternating runs; memory is the peak
resident set of the process. Ratios of one run are comparable, absolute times are this machine's.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmark import Row, options, show

from voicecoach.adapters.whisper import weights
from voicecoach.adapters.whisper.options import OPTIONS
from voicecoach.audio import decode

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
PARTS = tuple(
    f"{name}.flac"
    for name in ("late_delivery_good", "numbers_zh", "rate_usual_zh", "late_delivery_weak", "rate_slow_zh")
)
"""Two and a half minutes in which nothing is said twice: a recogniser skips what repeats itself."""
SHORT_S, LONG_S, SMALLEST_S = 120.0, 3600.0, 6.0
RUNS = 3
HELP_RUNS = 5

RAW = """
import json, sys
from faster_whisper import BatchedInferencePipeline, WhisperModel
sound, folder, method, options = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=int(sys.argv[5]))
if method == "batched":
    options["vad_filter"] = True
    segments, _ = BatchedInferencePipeline(model).transcribe(sound, language="zh", **options)
else:
    for name in ("batch_size",):
        options.pop(name)
    segments, _ = model.transcribe(sound, language="zh", **options)
print(sum(len(segment.text) for segment in segments))
"""


@dataclass(frozen=True)
class Cost:
    """One process: wall time, CPU time of all its threads, peak resident memory."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: list[str], *, statuses: tuple[int, ...] = (0,)) -> Cost:
    """Run a process to its end and take its cost from the kernel's own accounts."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in statuses:
            output.seek(0)
            raise RuntimeError(output.read().decode(errors="replace")[-2000:])
    return Cost(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def made_file(path: Path, length_s: float) -> Path:
    """The fixtures said again and again until ``length_s`` is full, 16-bit mono wav."""
    said = np.concatenate([decode.load(FIXTURES / name).waveform.samples for name in PARTS])
    n = round(length_s * decode.RATE_HZ)
    samples = np.resize(said, n)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(decode.RATE_HZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def score_command(sound: Path, folder: Path) -> list[str]:
    """The command as a user would type it, all reports included."""
    return [
        sys.executable, "-m", "voicecoach", "score", str(sound), "--prompt", "late_delivery",
        "--json", str(folder / "out.json"), "--html", str(folder / "out.html"),
    ]  # fmt: skip


def raw_command(sound: Path, method: str) -> list[str]:
    """Raw faster-whisper with our options."""
    model = weights.resolve("base")
    return [
        sys.executable,
        "-c",
        RAW,
        str(sound),
        str(model.folder),
        method,
        json.dumps(OPTIONS),
        str(os.cpu_count()),
    ]


def row(name: str, value: float, unit: str, n: int, target: str, interval: str = "") -> Row:
    """One line of the table."""
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "n": n,
        "interval": interval,
        "target": target,
    }


def measure(*, long: bool = True, smallest: bool = False) -> list[Row]:
    """All rows. ``long`` False leaves the 60-minute file out (it takes about ten minutes)."""
    short_s, long_s = (SMALLEST_S, SMALLEST_S) if smallest else (SHORT_S, LONG_S)
    n_runs = 1 if smallest else RUNS
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short = made_file(folder / "short.wav", short_s)
        ours: list[Cost] = []
        raw: list[Cost] = []
        run(score_command(short, folder), statuses=(0, 5))  # warm the page cache for both
        run(raw_command(short, "batched"))
        for _ in range(n_runs):
            ours.append(run(score_command(short, folder), statuses=(0, 5)))
            raw.append(run(raw_command(short, "batched")))
        plain = run(raw_command(short, "plain"))
        ours_s = statistics.median(cost.wall_s for cost in ours)
        raw_s = statistics.median(cost.wall_s for cost in raw)
        ratios = sorted(mine.wall_s / theirs.wall_s for mine, theirs in zip(ours, raw, strict=True))
        spread = f"{ratios[0]:.2f}-{ratios[-1]:.2f}"
        ours_named = f"score, {short_s / 60:g}-minute file"
        rows += [
            row(f"{ours_named}: wall", ours_s, "s", n_runs, ""),
            row("raw faster-whisper, batched, same options: wall", raw_s, "s", n_runs, ""),
            row("raw faster-whisper, plain, same options: wall", plain.wall_s, "s", 1, ""),
            row("score / raw batched", statistics.median(ratios), "ratio", n_runs, "<= 1.25", spread),
            row("score / raw plain", ours_s / plain.wall_s, "ratio", 1, "<= 1.25"),
            row("score - raw batched", ours_s - raw_s, "s", n_runs, f"<= {0.02 * short_s + 0.5:.1f}"),
            row("score: CPU time", statistics.median(c.cpu_s for c in ours), "s", n_runs, ""),
            row("raw batched: CPU time", statistics.median(c.cpu_s for c in raw), "s", n_runs, ""),
            row(
                f"score, {short_s / 60:g}-minute file: peak memory",
                max(c.peak_mb for c in ours),
                "MB",
                n_runs,
                "<= 900",
            ),
        ]
        helps = [
            run([sys.executable, "-m", "voicecoach", "--help"]).wall_s
            for _ in range(1 if smallest else HELP_RUNS)
        ]
        rows.append(row("voicecoach --help", statistics.median(helps), "s", len(helps), "<= 0.3"))
        if long:
            hour = run(score_command(made_file(folder / "long.wav", long_s), folder), statuses=(0, 5))
            rows += [
                row(f"score, {long_s / 60:g}-minute file: peak memory", hour.peak_mb, "MB", 1, "<= 1300"),
                row(
                    f"score, {long_s / 60:g}-minute file: wall / length",
                    hour.wall_s / long_s,
                    "ratio",
                    1,
                    f"<= {ours_s / short_s:.3f}",
                ),
            ]
    return rows


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--long", action="store_true", help="the file of 60 minutes too")
    given = parser.parse_args()
    show(measure(long=given.long, smallest=given.smallest))
