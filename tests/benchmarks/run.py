"""`make bench`: every benchmark, written to docs/benchmarks.md as one table.

The figures of sound are measured on human recordings (VOICECOACH_CORPORA names their folder); where there are
none, that is said. VOICECOACH_RUBRIC_DEV names the file of dev answers. ``--all`` adds those that read every
prompt aloud and score hundreds of files (some three hours on 2 cores).
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
sys.path.extend(str(folder) for folder in sorted(Path(__file__).parent.iterdir()) if folder.is_dir())

import bench_answers
import bench_bands
import bench_batch
import bench_batch_report
import bench_calls
import bench_clauses
import bench_cost
import bench_ends
import bench_families
import bench_fillers
import bench_history
import bench_kills
import bench_language
import bench_masking
import bench_pauses
import bench_practise
import bench_rate
import bench_rubric
import bench_spoken_language
import bench_streams
import bench_ticks
import bench_tone
import bench_verdicts
import bench_voices
from benchmark import CORPORA, ROOT, Row, corpora, not_measured, options

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = ROOT / "docs" / "benchmarks.md"


def table(title: str, rows: list[Row]) -> str:
    """One section of the page."""
    lines = [
        f"## {title}",
        "",
        "| what | value | unit | n | interval | to reach |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['name']} | {row['value']} | {row['unit']} | {row['n']} | {row.get('interval') or ''} "
        f"| {row.get('target') or ''} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def sections(*, smallest: bool, quick: bool, everything: bool) -> Iterator[str]:
    """The sections of the page, each as soon as it is measured."""
    folder = corpora()
    if folder:
        yield table("Pauses (human recordings)", bench_pauses.measure(folder, smallest=smallest))
        yield table("Tone (human recordings)", bench_tone.measure(folder, smallest=smallest))
        yield table("Filled pauses (human recordings)", bench_fillers.measure(folder, smallest=smallest))
        yield table("Bands (human recordings)", bench_bands.measure(folder, smallest=smallest))
        yield table("Speaking rate (human recordings)", bench_rate.measure(folder, smallest=smallest))
        spoken = bench_spoken_language.measure(folder, smallest=smallest)
        yield table("Spoken language and doubtful rates (human recordings)", spoken)
        yield table(
            "Several sound streams (human recordings)", bench_streams.measure(folder, smallest=smallest)
        )
    else:
        yield not_measured() + "\n"
    yield table("Verdicts on forty recordings", bench_verdicts.measure(smallest=smallest))
    yield table("Clause ends without commas", bench_clauses.measure(smallest=smallest))
    yield table("Calls of two", bench_calls.measure(folder, smallest=smallest))
    yield table("Rubric coverage", bench_rubric.measure(smallest=smallest))
    yield table("Ticks", bench_ticks.measure(smallest=smallest))
    yield table("Forbidden language", bench_language.measure(smallest=smallest))
    yield table("Hiding personal data", bench_masking.measure(smallest=smallest))
    yield table("Families of forbidden talk", bench_families.measure(smallest=smallest))
    yield table("History of 1,000 takes", bench_history.measure(smallest=smallest))
    yield table("Cost", bench_cost.measure(long=not quick, smallest=smallest))
    if everything:
        yield table("Practice: the report after an answer", bench_practise.measure(smallest=smallest))
        yield table("Voices", bench_voices.measure(smallest=smallest))
        yield table("Model answers, spoken and scored", bench_answers.measure(smallest=smallest))
        yield table("Batch beside raw faster-whisper", bench_batch.measure(smallest=smallest))
        yield table("Batch: the report of 1,000 results", bench_batch_report.measure(smallest=smallest))
        yield table("Batch: killed and taken up again", bench_kills.measure(smallest=smallest))
        yield table("Short runs and their status", bench_ends.measure(smallest=smallest))


def main() -> None:
    """Measure and write the page."""
    parser = options(__doc__)
    parser.add_argument("--all", action="store_true", help="those that take hours too")
    parser.add_argument("--quick", action="store_true", help="without the long recordings of the cost")
    parser.add_argument("--to", type=Path, default=TARGET, metavar="FILE", help="the page to write")
    given = parser.parse_args()
    if given.smallest and given.to == TARGET:
        parser.error("--smallest needs --to FILE: its figures say nothing and must not stand in the page")
    head = (
        "# Benchmarks\n\n"
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, faster-whisper {version('faster-whisper')}, base int8. "
        f"Command: `make bench` (`{CORPORA}=DIR` for the human recordings, "
        "which are not part of the project).\nTimes are of this machine; ratios were taken in one run.\n"
    )
    measured = sections(smallest=given.smallest, quick=given.quick, everything=given.all)
    given.to.write_text("\n".join([head, *measured]), encoding="utf-8")
    print(given.to)


if __name__ == "__main__":
    main()
