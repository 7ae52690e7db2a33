"""What `voicecoach batch` does an hour beside raw faster-whisper on the same files, on all cores, in one run.

``python tests/benchmarks/bench_batch.py [--files 10 75 300]``

The files are those of ``make_batch.py`` without the broken ones. Raw faster-whisper is used as its
documentation has it, in one process on all cores, the model loaded once and its loading counted: plain
``transcribe`` and the batched pipeline, without word times; the better of the two is compared with. Peak
memory is the largest sum of the proportional set sizes of all processes. Where the rest of the time goes is
measured stage by stage in one process and thread. Ratios of one run are comparable, absolute times are this
machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import make_batch

from voicecoach import audio, wiring
from voicecoach.adapters import weights
from voicecoach.adapters.manifest import read_manifest
from voicecoach.adapters.profiles import load_profile
from voicecoach.adapters.whisper import WhisperTranscriber
from voicecoach.app.analyse import Analyser, Heard, Task
from voicecoach.features import extract
from voicecoach.report.json_report import assessment_to_json, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10, 75, 300)
STAGES_FILES = 10
"""Files on which the stages are timed."""
BATCH_SIZE = 16
"""As the documentation of faster-whisper has it."""
SAMPLE_S = 0.2
SECONDS_AN_HOUR = 3600.0

RAW = """
import json, sys
from faster_whisper import BatchedInferencePipeline, WhisperModel
files, folder, method, threads = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads)
batched = BatchedInferencePipeline(model=model)
n = 0
for file in files:
    if method == "plain":
        segments, _ = model.transcribe(file, beam_size=5, language="zh")
    else:
        segments, _ = batched.transcribe(file, batch_size=int(sys.argv[5]), language="zh")
    n += sum(len(segment.text) for segment in segments)
print(n)
"""


@dataclass(frozen=True)
class Cost:
    """A command with all its processes: wall time, and the peak of their memory together."""

    wall_s: float
    peak_mb: float


def run(command: list[str], *, statuses: tuple[int, ...] = (0,)) -> tuple[Cost, str]:
    """Run to the end, with what it printed; memory is sampled every 0.2 s (Linux, else 0)."""
    began_s = time.perf_counter()
    peak_mb = 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)
        ended = threading.Event()

        def watch() -> None:
            nonlocal peak_mb
            while not ended.wait(SAMPLE_S):
                peak_mb = max(peak_mb, sum(proportional_mb(pid) for pid in family(process.pid)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        output = process.communicate()[0].decode()
        wall_s = time.perf_counter() - began_s
        ended.set()
        watcher.join()
        if process.returncode not in statuses:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace")[-2000:])
    return Cost(wall_s, peak_mb), output


def family(pid: int) -> list[int]:
    """The process and all that come from it."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def proportional_mb(pid: int) -> float:
    """Memory of a process, pages that several share counted in shares; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def batch_command(manifest: Path, out: Path, *, limit: int | None) -> list[str]:
    """The command as a user would type it."""
    command = [sys.executable, "-m", "voicecoach", "batch", str(manifest), "--out", str(out), "--json"]
    return command if limit is None else [*command, "--limit", str(limit)]


def stages(manifest: Path, n_files: int) -> tuple[dict[str, float], float]:
    """Seconds a stage of the per-file function, in one process and thread, and the seconds of sound."""
    recogniser = WhisperTranscriber(weights.resolve("base"), threads=1)
    analyser = Analyser(recogniser, wiring.rubric_engine())
    took = dict.fromkeys(("decode", "speech gate", "recognise", "pitch, spectrum", "judge", "write"), 0.0)
    sound_s = 0.0
    items = read_manifest(manifest)[: n_files + 1]
    for number, item in enumerate(items):
        prompt = wiring.prompt_library().prompt(item.prompt_id or "")
        task = Task(prompt, "zh", load_profile(prompt.profile, "zh"), channel=item.channel)
        at = [time.perf_counter()]
        recording = audio.load(Path(item.path), channel=task.channel)
        at.append(time.perf_counter())
        gate = extract.gate(recording.waveform)
        at.append(time.perf_counter())
        transcript = recogniser.transcribe(recording.waveform, language="zh", speech=gate.speech)
        at.append(time.perf_counter())
        features = extract.complete(recording.waveform, gate)
        at.append(time.perf_counter())
        assessment = analyser.judge(Heard(recording, features, transcript), task, source=item.file)
        at.append(time.perf_counter())
        dumps(assessment_to_json(assessment))
        at.append(time.perf_counter())
        if number:  # the first one loads the models
            sound_s += recording.waveform.duration_s
            for name, before, after in zip(took, at, at[1:], strict=False):
                took[name] += after - before
    return took, sound_s


def row(name: str, value: float, unit: str, n: int, target: str = "") -> dict[str, object]:
    """One line of the table."""
    return {"name": name, "value": round(value, 3), "unit": unit, "n": n, "interval": "", "target": target}


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, object]]:
    """All rows; the largest size is the one compared with raw faster-whisper."""
    return list(rows_of(sizes))


def rows_of(sizes: tuple[int, ...]) -> Iterator[dict[str, object]]:
    """The rows, each as soon as it is measured."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        most = max(sizes)
        manifest = make_batch.make(folder / "in", n_files=most, n_broken=0)
        files = [str(path) for path in sorted((folder / "in").iterdir()) if path.suffix != ".csv"]
        costs: dict[int, float] = {}
        sound_s = 0.0
        for size in sorted(sizes):
            cost, output = run(batch_command(manifest, folder / f"out{size}", limit=size), statuses=(0, 1))
            sound_s = json.loads(output)["sound_s"]
            costs[size] = cost.wall_s / sound_s * SECONDS_AN_HOUR
            yield row(f"batch, {size} files: cost of an hour of sound", costs[size], "s", size)
            yield row(f"batch, {size} files: peak memory of all processes", cost.peak_mb, "MB", size)
        yield row("cost, most / fewest files", costs[most] / costs[min(sizes)], "ratio", most, "0.9-1.1")
        raw_s: dict[str, float] = {}
        for method in ("plain", "batched"):
            raw, _ = run(raw_command(files, method))
            raw_s[method] = raw.wall_s / sound_s * SECONDS_AN_HOUR
            yield row(f"raw, {method}: cost of an hour of sound", raw_s[method], "s", most)
            yield row(f"raw, {method}: peak memory", raw.peak_mb, "MB", most)
        ratio = min(raw_s.values()) / costs[most]
        yield row("throughput, batch / better raw", ratio, "ratio", most, ">= 0.8")
        again, _ = run(batch_command(manifest, folder / f"out{most}", limit=None), statuses=(0, 1))
        yield row(f"second run over {most} files", again.wall_s, "s", 1, "<= 5")
        n_staged = min(STAGES_FILES, most - 1)
        took, staged_s = stages(manifest, n_staged)
        for stage, spent in took.items():
            name = f"one thread: {stage}, an hour of sound"
            yield row(name, spent / staged_s * SECONDS_AN_HOUR, "s", n_staged)


def raw_command(files: list[str], method: str) -> list[str]:
    """Raw faster-whisper over all files, ``plain`` or ``batched``."""
    folder = str(weights.resolve("base").folder)
    numbers = [str(os.cpu_count()), str(BATCH_SIZE)]
    return [sys.executable, "-c", RAW, json.dumps(files), folder, method, *numbers]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=list(SIZES))
    for line in rows_of(tuple(parser.parse_args().files)):
        print(line, flush=True)
