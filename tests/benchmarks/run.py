"""`make bench`: every benchmark, written to docs/benchmarks.md as one table.

With VOICECOACH_CORPORA set (a folder of human recordings) the figures of sound are measured on it, else
those that need it are named as not measured. VOICECOACH_RUBRIC_DEV names the file of dev answers.
``--all`` adds those that read every prompt aloud and score hundreds of files (some three hours on 2 cores),
``--quick`` leaves out the long recordings of the cost.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_answers
import bench_batch
import bench_batch_report
import bench_calls
import bench_cost
import bench_history
import bench_kills
import bench_pauses
import bench_practise
import bench_rate
import bench_rubric
import bench_tone
import bench_voices

TARGET = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def table(title: str, rows: list[dict[str, object]]) -> str:
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


def main() -> None:
    """Measure and write the page."""
    corpora = os.environ.get("VOICECOACH_CORPORA")
    sections = []
    if corpora:
        folder = Path(corpora)
        sections += [
            table("Pauses (human recordings)", bench_pauses.measure(folder)),
            table("Tone (human recordings)", bench_tone.measure(folder)),
            table("Speaking rate (human recordings)", bench_rate.measure(folder)),
        ]
    else:
        sections.append("Figures on human recordings were not measured: VOICECOACH_CORPORA is not set.\n")
    sections += [
        table("Calls of two", bench_calls.measure(Path(corpora) if corpora else None)),
        table("Rubric coverage", bench_rubric.measure()),
        table("History of 1,000 takes", bench_history.measure()),
        table("Cost", bench_cost.measure(long="--quick" not in sys.argv)),
    ]
    if "--all" in sys.argv:
        sections += [
            table("Practice: the report after an answer", bench_practise.measure()),
            table("Voices", bench_voices.measure()),
            table("Model answers, spoken and scored", bench_answers.measure()),
            table("Batch beside raw faster-whisper", bench_batch.measure()),
            table("Batch: the report of 1,000 results", bench_batch_report.measure()),
            table("Batch: killed and taken up again", bench_kills.measure()),
        ]
    head = (
        "# Benchmarks\n\n"
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, faster-whisper {version('faster-whisper')}, base int8. "
        "Command: `make bench` (`VOICECOACH_CORPORA=DIR` for the human recordings, "
        "which are not part of the project).\nTimes are of this machine; ratios were taken in one run.\n"
    )
    TARGET.write_text("\n".join([head, *sections]), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
