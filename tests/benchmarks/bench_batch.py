"""What `voicecoach batch` does an hour beside raw faster-whisper on the same files, on all cores, in one run.

``python tests/benchmarks/bench_batch.py [--files 10 300] [--compare 40]``

The files are those of ``make_batch.py``, the broken ones in the largest size only, where the second run and
one after a change in the rubric of one prompt are counted too. Raw faster-whisper is used as its
documentation has it, in one process on all cores, the model loaded once and its loading counted: plain
``transcribe`` and the batched pipeline, without word times; the better of the two is compared with. Peak
memory is the largest sum of the proportional set sizes of all processes. Where the rest of the time goes is
measured stage by stage in one process and thread. Ratios of one run are comparable, absolute times are this
machine's.
"""

from __future__ import annotations

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

sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "fakes"))
sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "made"))
sys.path.insert(0, str(Path(__file__).parent))

import make_batch
from batch_runs import OWN_PACK, OWN_PACK_CHANGED
from benchmark import Row, options, show

from voicecoach import wiring
from voicecoach.adapters.batch.manifest import read_manifest
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.adapters.whisper import weights
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
from voicecoach.app.score.analyse import Analyser, HeardRecording, Task
from voicecoach.audio import decode
from voicecoach.documents.assessment import encode_assessment
from voicecoach.documents.layout import dumps
from voicecoach.features import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10, 300)
COMPARED = 40
"""Files on which raw faster-whisper works as well."""
BROKEN_PART = 20
"""One file in so many is broken, in the largest size."""
STAGES_FILES = 10
"""Files on which the stages are timed."""
SMALLEST = ((2,), 2, 6)
"""Sizes, files compared, and the seed: its two recordings are short."""
BATCH_SIZE = 16
"""As the documentation of faster-whisper has it."""
SAMPLE_S = 1.0
"""Memory is looked at so often: adding up all pages of a process takes some hundredths of a second."""
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
    """Run to the end, with what it printed; memory is sampled every second (Linux, else 0)."""
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
        recording = decode.load(Path(item.path), channel=task.channel)
        at.append(time.perf_counter())
        gate = extract.gate(recording.waveform)
        at.append(time.perf_counter())
        transcript = recogniser.transcribe(recording.waveform, language="zh", speech=gate.speech)
        at.append(time.perf_counter())
        features = extract.complete(recording.waveform, gate)
        at.append(time.perf_counter())
        assessment = analyser.judge(HeardRecording(recording, features, transcript), task, source=item.file)
        at.append(time.perf_counter())
        dumps(encode_assessment(assessment))
        at.append(time.perf_counter())
        if number:  # the first one loads the models
            sound_s += recording.waveform.duration_s
            for name, before, after in zip(took, at, at[1:], strict=False):
                took[name] += after - before
    return took, sound_s


def row(name: str, value: float, unit: str, n: int, target: str = "") -> Row:
    """One line of the table."""
    return {"name": name, "value": round(value, 3), "unit": unit, "n": n, "interval": "", "target": target}


def measure(
    sizes: tuple[int, ...] = SIZES, n_compared: int = COMPARED, *, smallest: bool = False
) -> list[Row]:
    """All rows; the first ``n_compared`` files are those that raw faster-whisper works on too."""
    return list(rows_of(*(SMALLEST if smallest else (sizes, n_compared))))


def rows_of(sizes: tuple[int, ...], n_compared: int, seed: int = 1) -> Iterator[Row]:
    """The rows, each as soon as it is measured."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        most, fewest = max(sizes), min(sizes)
        n_broken = most // BROKEN_PART
        everything = make_batch.make(folder / "in", n_files=most, n_broken=n_broken, seed=seed)
        manifest = whole_only(everything)
        start_s = start(folder)
        yield row("start: a batch of one recording of 3 s", start_s, "s", 1)
        costs: dict[int, float] = {}
        sound_s: dict[int, float] = {}
        beyond: dict[int, float] = {}
        for size in sorted({n_compared, *sizes} - {0}):
            listed, limit = (everything, None) if size == most else (manifest, size)
            cost, output = run(batch_command(listed, folder / f"out{size}", limit=limit), statuses=(0, 1))
            said = json.loads(output)
            sound_s[size] = said["sound_s"]
            costs[size] = cost.wall_s / sound_s[size] * SECONDS_AN_HOUR
            beyond[size] = (cost.wall_s - start_s) / sound_s[size] * SECONDS_AN_HOUR
            yield row(f"batch, {size} files: cost of an hour of sound", costs[size], "s", size)
            yield row(f"batch, {size} files: the same beyond the start", beyond[size], "s", size)
            yield row(f"batch, {size} files: peak memory of all processes", cost.peak_mb, "MB", size)
            if size == n_compared:
                files = [item.path for item in read_manifest(manifest)[:size]]
                yield from compared(files, sound_s[size], costs[size])
        yield row("cost, most / fewest files", costs[most] / costs[fewest], "ratio", most, "0.9-1.1")
        yield row("the same beyond the start", beyond[most] / beyond[fewest], "ratio", most, "0.9-1.1")
        n_scored, n_whole = most - said["n_failed"], most - n_broken
        yield row(f"{most} files: scored", n_scored, "files", most, str(n_whole))
        again, output = run(batch_command(everything, folder / f"out{most}", limit=None), statuses=(0, 1))
        yield row(f"second run over {most} files", again.wall_s, "s", 1, "<= 5")
        yield row("it does", json.loads(output)["n_done"], "files", most, "0")
        yield from after_a_change(everything, folder, folder / f"out{most}")
        n_staged = min(STAGES_FILES, most - 1)
        took, staged_s = stages(manifest, n_staged)
        for stage, spent in took.items():
            name = f"one thread: {stage}, an hour of sound"
            yield row(name, spent / staged_s * SECONDS_AN_HOUR, "s", n_staged)


def start(folder: Path) -> float:
    """Seconds that a batch of next to nothing takes: the program, a worker, its models."""
    recording = make_batch.FIXTURES / "short_3s.flac"
    command = [sys.executable, "-m", "voicecoach", "batch", str(recording), "--prompt", make_batch.PROMPTS[0]]
    return run([*command, "--out", str(folder / "start"), "--json"])[0].wall_s


def whole_only(manifest: Path) -> Path:
    """A manifest of the recordings that are not broken, beside that of all."""
    rows = [row for row in make_batch.rows_in(manifest) if row["file"].startswith(("answer", "call"))]
    return make_batch.write_manifest(manifest.with_name("whole.csv"), rows)


def after_a_change(manifest: Path, folder: Path, out: Path) -> Iterator[Row]:
    """One prompt of the two under the user's own rubric, then that rubric changed: what is done anew."""
    packs = folder / "packs"
    packs.mkdir()
    own = manifest.with_name("own.csv")
    own.write_text(manifest.read_text("utf-8-sig").replace(",privacy,", ",own_prompt,"), "utf-8")
    for change, text in (("own rubric", OWN_PACK), ("it is changed", OWN_PACK_CHANGED)):
        (packs / "own.yaml").write_text(text, "utf-8")
        command = [*batch_command(own, out, limit=None), "--prompts", str(packs)]
        cost, output = run(command, statuses=(0, 1))
        said = json.loads(output)
        n_own = own.read_text("utf-8").count(",own_prompt,")
        yield row(f"one prompt, {change}: judged anew", said["n_done"], "files", n_own, "its own at most")
        yield row(f"one prompt, {change}: recognised anew", said["n_recognised"], "files", n_own, "0")
        yield row(f"one prompt, {change}: time", cost.wall_s, "s", n_own)


def compared(files: list[str], sound_s: float, cost_s: float) -> Iterator[Row]:
    """Raw faster-whisper on the same files, and its better way beside ours."""
    raw_s: dict[str, float] = {}
    for method in ("plain", "batched"):
        raw, _ = run(raw_command(files, method))
        raw_s[method] = raw.wall_s / sound_s * SECONDS_AN_HOUR
        yield row(f"raw, {method}: cost of an hour of sound", raw_s[method], "s", len(files))
        yield row(f"raw, {method}: peak memory", raw.peak_mb, "MB", len(files))
    ratio = min(raw_s.values()) / cost_s
    yield row("throughput, batch / better raw", ratio, "ratio", len(files), ">= 0.8")


def raw_command(files: list[str], method: str) -> list[str]:
    """Raw faster-whisper over all files, ``plain`` or ``batched``."""
    folder = str(weights.resolve("base").folder)
    numbers = [str(os.cpu_count()), str(BATCH_SIZE)]
    return [sys.executable, "-c", RAW, json.dumps(files), folder, method, *numbers]


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--files", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--compare", type=int, default=COMPARED, help="0: not with raw faster-whisper")
    given = parser.parse_args()
    show(rows_of(*(SMALLEST if given.smallest else (tuple(given.files), given.compare))))
