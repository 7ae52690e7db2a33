"""Damaged recordings, packs, profiles, tables, transcripts, marks and kept files against the program.

``python tests/fuzz/fuzz.py [--cases recordings=1000 packs=500 …] [--seed 1] [--keep DIR] [--workers 2]``

Every case is drawn from its kind, the seed and its number, so a fault is met again with the same three. What
must hold is said in ``programs.py``; a batch must besides name every file in its results, and no failure of a
file may be one that nobody foresaw. Exit status 1 when anything did not hold.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "support" / "made"))
sys.path.insert(0, str(Path(__file__).parents[1] / "contracts"))

import documents
import recordings
from cases import drawn, sounds, whole_batch
from keeping import fuzz_kept, fuzz_takes
from mutations import damaged, garbled, written
from programs import Fault, Home

if TYPE_CHECKING:
    from collections.abc import Callable


CASES: Final = {
    "recordings": 1000, "packs": 500, "profiles": 200, "manifests": 500, "transcripts": 500, "marks": 300,
    "answers": 100, "takes": 100, "kept": 60,
}  # fmt: skip
"""What ``make fuzz`` tries, and how often."""
RECORDINGS_A_BATCH: Final = 40
TRANSCRIPTS_A_BATCH: Final = 25
NAMES: Final = (
    "王小明 订单",
    "a b",
    "x'\"$(id)`",
    "-rf",
    "é",
    "录音（1）",
    "a" * 120,
    ".hidden",
    "%s",
    "[red]",
)


@dataclass(frozen=True)
class Report:
    """What one series met: cases tried, commands run, faults, slowest in s, largest process in MiB."""

    kind: str
    n_cases: int
    n_runs: int
    faults: tuple[Fault, ...]
    slowest_s: float
    largest_mb: float


@cache
def _originals() -> dict[str, list[bytes]]:
    return recordings.originals()


def fuzz_recordings(home: Home, seed: int, numbers: range) -> None:
    """Damaged recordings of every format, as one batch; one in twenty by itself, with all reports."""
    every = _originals()
    pool = [data for files in every.values() for data in files]
    rows = []
    for number in numbers:
        random = drawn(home, "recordings", seed, number)
        ending = random.choice(sorted(every))
        data = damaged(random.choice(every[ending]), pool, random)
        path = home.inputs / f"{number:05} {random.choice(NAMES)}.{ending}"
        path.write_bytes(data)
        rows.append({"file": path.name, "prompt": "late_delivery"})
        if number % 20 == 0:
            reports = ("--html", "one.html", "--json", "one.json")
            home.run(
                "score",
                path,
                "--prompt",
                "late_delivery",
                *reports,
                asked=("one.html", "one.json"),
                allowed=(0, 3, 5),
            )
    whole_batch(home, rows)


def fuzz_packs(home: Home, seed: int, numbers: range) -> None:
    """Damaged packs: checked by name, and lying in the user's folder when another prompt is used."""
    for number in numbers:
        random = drawn(home, "packs", seed, number)
        pack = home.inputs / "counter.yaml"
        pack.write_bytes(written(garbled(documents.PACK, random), random))
        home.run("prompts", "check", "--fast", pack, allowed=(0, 2))
        if number % 5 == 0:
            own = home.data / "prompts"
            own.mkdir(exist_ok=True)
            shutil.copy(pack, own)
            home.run("prompts", "list", allowed=(0, 2))
            home.run(
                "prompts", "try", "late_delivery", "--text", "非常抱歉，我马上联系站点。", allowed=(0, 2)
            )
            (own / "counter.yaml").unlink()
        if number % 5 == 1:
            folder = ("--prompts", home.inputs)
            home.run("prompts", "try", "parcel_late", "--text", "好" * 500, *folder, allowed=(0, 2))
            home.run("prompts", "show", "parcel_call", *folder, allowed=(0, 2))
        pack.unlink()


def fuzz_profiles(home: Home, seed: int, numbers: range) -> None:
    """Damaged files of bands and weights, before a batch begins."""
    shutil.copy(documents.SOUND, home.inputs / "a.flac")
    for number in numbers:
        random = drawn(home, "profiles", seed, number)
        path = home.inputs / "own.yaml"
        path.write_bytes(written(garbled(documents.PROFILES, random), random))
        home.run(
            "batch",
            home.inputs / "a.flac",
            "--out",
            "o",
            "--dry-run",
            "--profile",
            f"{path}:counter",
            allowed=(0, 1, 2),
        )


def fuzz_manifests(home: Home, seed: int, numbers: range) -> None:
    """Damaged tables in the forms that people keep them in; one in forty is worked off."""
    sounds(home)
    for number in numbers:
        random = drawn(home, "manifests", seed, number)
        rows = documents.manifest_rows()
        kind = random.choice(("csv", "csv", "jsonl", "tsv", "array", "xlsx"))
        path = home.inputs / f"m.{ {'tsv': 'csv', 'array': 'json'}.get(kind, kind) }"
        if kind == "xlsx":
            path.write_bytes(damaged(documents.as_workbook(rows), [b"PK\x03\x04"], random))
        else:
            path.write_bytes(written(garbled(_table(kind, rows), random), random))
        home.run("batch", path, "--out", "o", "--dry-run", allowed=(0, 1, 2))
        if number % 40 == 0:
            home.run("batch", path, "--out", "o", "--workers", "1", allowed=(0, 1, 2), asked=("o",))
            shutil.rmtree(home.outputs / "o", ignore_errors=True)
        path.unlink()


def fuzz_transcripts(home: Home, seed: int, numbers: range) -> None:
    """Damaged transcripts, each given for the same recording, as batches."""
    shutil.copy(documents.SOUND, home.inputs / "a.flac")
    rows = []
    for number in numbers:
        random = drawn(home, "transcripts", seed, number)
        path = home.inputs / f"{number:05}.json"
        path.write_bytes(written(garbled(random.choice(documents.transcripts()), random), random))
        rows.append({"file": "a.flac", "transcript": path.name, "prompt": "late_delivery"})
    whole_batch(home, rows)


def fuzz_marks(home: Home, seed: int, numbers: range) -> None:
    """Damaged sheets of marks, and now and then damaged results, against the results of a real batch."""
    sounds(home)
    manifest = home.inputs / "m.csv"
    manifest.write_text(documents.as_csv(documents.manifest_rows()), "utf-8")
    home.run("batch", manifest, "--out", "o", "--workers", "1", allowed=(0, 1), asked=("o",))
    results = home.outputs / "o" / "results.jsonl"
    sound = results.read_text("utf-8")
    for number in numbers:
        random = drawn(home, "marks", seed, number)
        sheet = home.inputs / "marks.csv"
        sheet.write_bytes(written(garbled(documents.marks(["a.flac", "b.flac", "c.flac"]), random), random))
        if number % 4 == 3:
            results.write_bytes(written(garbled(sound, random), random))
        home.run("agree", results, sheet, "--n-boot", "50", allowed=(0, 1, 2, 3))
        results.write_text(sound, "utf-8")


def fuzz_answers(home: Home, seed: int, numbers: range) -> None:
    """Damaged written answers and typed dialogues."""
    answers = documents.as_lines(
        [{"text": "非常抱歉，我马上联系站点。", "id": "1"}, {"text": "好的", "prompt": "privacy"}]
    )
    dialogue = "[00:01] 客户: 我的快递呢\n[00:04] 客服: 您好，非常抱歉，我马上查。\n客户: 太慢了\n"
    for number in numbers:
        random = drawn(home, "answers", seed, number)
        path = home.inputs / "said.txt"
        kind, text = random.choice((("--file", answers), ("--dialogue", dialogue)))
        path.write_bytes(written(garbled(text, random), random))
        home.run("prompts", "try", "late_delivery", kind, path, allowed=(0, 1, 2, 3))


KINDS: Final[dict[str, tuple[Callable[[Home, int, range], None], int]]] = {
    "recordings": (fuzz_recordings, RECORDINGS_A_BATCH),
    "packs": (fuzz_packs, 50),
    "profiles": (fuzz_profiles, 50),
    "manifests": (fuzz_manifests, 40),
    "transcripts": (fuzz_transcripts, TRANSCRIPTS_A_BATCH),
    "marks": (fuzz_marks, 50),
    "answers": (fuzz_answers, 50),
    "takes": (fuzz_takes, 25),
    "kept": (fuzz_kept, 20),
}
"""How a kind is tried, and how many cases share a home."""


def _table(kind: str, rows: list[dict[str, str]]) -> str:
    if kind == "jsonl":
        return documents.as_lines(rows)
    if kind == "array":
        return json.dumps(rows, ensure_ascii=False, indent=0)
    return documents.as_csv(rows, "\t" if kind == "tsv" else ",")


def series(kind: str, seed: int, numbers: range, keep: Path | None) -> Report:
    """Try these cases of one kind in a home of their own; with faults the home goes to ``keep``."""
    root = Path(tempfile.mkdtemp(prefix="voicecoach-fuzz-"))
    home = Home(root, own_cache=kind == "kept")
    try:
        KINDS[kind][0](home, seed, numbers)
        if home.faults and keep:
            kept = keep / f"{kind}-{seed}-{numbers.start}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(root, kept, symlinks=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return Report(kind, len(numbers), home.n_runs, tuple(home.faults), home.slowest_s, home.largest_mb)


def run(cases: dict[str, int], seed: int, *, workers: int = 1, keep: Path | None = None) -> list[Report]:
    """Try ``cases`` of each kind; one report a series, as they end."""
    jobs = [
        (kind, range(first, min(first + KINDS[kind][1], n)))
        for kind, n in cases.items()
        for first in range(0, n, KINDS[kind][1])
    ]
    reports = []
    with ThreadPoolExecutor(workers) as pool:
        for report in pool.map(lambda job: series(job[0], seed, job[1], keep), jobs):
            reports.append(report)
            _show(report)
    return reports


def _show(report: Report) -> None:
    tried = f"{report.kind:12} {report.n_cases:5} cases {report.n_runs:5} runs"
    cost = f"slowest {report.slowest_s:5.1f} s  largest {report.largest_mb:5.0f} MiB"
    print(f"{tried}  {cost}  {len(report.faults)} faults", flush=True)
    for fault in report.faults:
        print(f"  {fault}", flush=True)


def _named(text: str) -> tuple[str, int]:
    kind, _, n = text.partition("=")
    if kind not in KINDS or not n.isdecimal():
        msg = f"{text!r}: KIND=N, with a kind of {', '.join(KINDS)}"
        raise argparse.ArgumentTypeError(msg)
    return kind, int(n)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", nargs="+", type=_named, default=list(CASES.items()), metavar="KIND=N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where homes with faults are kept")
    options = parser.parse_args()
    start_s = time.monotonic()
    reports = run(dict(options.cases), options.seed, workers=options.workers, keep=options.keep)
    n_faults = sum(len(report.faults) for report in reports)
    total = sum(report.n_cases for report in reports)
    print(f"{total} cases in {time.monotonic() - start_s:.0f} s, {n_faults} faults")
    sys.exit(1 if n_faults else 0)


if __name__ == "__main__":
    main()
