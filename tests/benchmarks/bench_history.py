"""What a long history costs: the list, the reviewed list and the progress page over 1,000 takes.

The takes are those of one real assessment (a file that `voicecoach score --json` wrote), spread over ten
prompts, their figures shifted by a fixed noise. A process each, imports included; the median of some runs.
"""

from __future__ import annotations

import copy
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmark import Row, options, show

from voicecoach import wiring
from voicecoach.adapters.history import rows as store_rows
from voicecoach.adapters.history.database import opened, transaction
from voicecoach.adapters.history.store import DATABASE, TakeStore
from voicecoach.model.take import Take, new_take_id, utc_text

FIXTURE = Path(__file__).parents[2] / "audio_fixtures" / "late_delivery_good.flac"
TAKES = 1000
SMALLEST = 10
RUNS = 5
FIRST = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


def scored() -> dict[str, Any]:
    """The assessment of one fixture, from the command line."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "out.json"
        subprocess.run(
            [sys.executable, "-m", "voicecoach", "score", str(FIXTURE), "--prompt", "late_delivery",
             "--json", str(target)],
            check=True, capture_output=True,
        )  # fmt: skip
        document: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return document


def takes(document: dict[str, Any], n: int) -> list[Take]:
    """``n`` takes of ten prompts, each with figures of its own."""
    dice = random.Random(4)
    prompts = [prompt for prompt in wiring.prompt_library().prompts() if "zh" in prompt.text][:10]
    made = []
    for number in range(n):
        prompt, when = prompts[number % len(prompts)], FIRST + timedelta(hours=7 * number)
        own = copy.deepcopy(document)
        for figure in own["measurements"].values():
            if figure["value"] is not None:
                figure["value"] = float(f"{figure['value'] * dice.uniform(0.6, 1.4):.6g}")
        states = ("covered", "maybe", "not_heard")
        own["rubric"]["points"] = [
            {**own["rubric"]["points"][0], "id": point.id, "state": dice.choices(states, (6, 2, 3))[0]}
            for point in prompt.points
        ]
        own["rubric"]["version"] = f"{1 + (number > n // 2)}-{prompt.version}"
        own["total"] = round(dice.uniform(30, 100), 1)
        made.append(
            Take(
                id=new_take_id(when),
                recorded_at=utc_text(when),
                prompt_id=prompt.id,
                prompt_text=prompt.text["zh"],
                pack=prompt.pack,
                kind=prompt.kind,
                language="zh",
                profile=prompt.profile,
                duration_s=50.24,
                state="scored",
                recognised_text=own["transcript"]["text"],
                assessment=own,
            )
        )
    return made


def fill(folder: Path, document: dict[str, Any], n: int) -> None:
    """A history of ``n`` takes in ``folder``: sidecars and database, in one transaction."""
    store = TakeStore(folder)
    made = takes(document, n)
    store.put(made[0])
    with opened(folder / DATABASE) as connection, transaction(connection):
        for take in made:
            store_rows.write(connection, take)
    text = '{"schema": "voicecoach.take/1"}'
    for take in made[1:]:
        (folder / "takes" / f"{take.id}.json").write_text(text, encoding="utf-8")


def timed(folder: Path, *arguments: str) -> tuple[float, float]:
    """Wall and CPU time of one command in seconds, its byte code at hand as with any installed program."""
    known = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    code = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "VOICECOACH_DATA_DIR": str(folder)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "voicecoach", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**known, **code},
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"voicecoach {' '.join(arguments)}: exit status {process.returncode}")
    return wall_s, usage.ru_utime + usage.ru_stime


def row(name: str, value: float, unit: str, target: str, n: int, interval: str = "") -> Row:
    """One line of the table."""
    return {
        "name": name, "value": round(value, 3), "unit": unit, "n": n, "interval": interval, "target": target,
    }  # fmt: skip


def measure(*, runs: int = RUNS, document: dict[str, Any] | None = None, smallest: bool = False) -> list[Row]:
    """All rows. ``document``: the assessment whose takes are made; else a fixture is scored."""
    n_takes, runs = (SMALLEST, 1) if smallest else (TAKES, runs)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, document or scored(), n_takes)
        page = folder / "progress.html"
        for title, arguments, target in (
            (f"history list, {n_takes:,} takes", ("history", "list"), "<= 0.5"),
            (f"review (list), {n_takes:,} takes", ("review",), "<= 0.5"),
            (f"progress page, {n_takes:,} takes", ("review", "--html", str(page)), "<= 2"),
            ("voicecoach --help, for comparison", ("--help",), ""),
        ):
            timed(folder, *arguments)
            costs = sorted(timed(folder, *arguments) for _ in range(runs))
            walls, cpu_s = [wall_s for wall_s, _ in costs], statistics.median(cpu for _, cpu in costs)
            seen = f"{walls[0]:.2f}-{walls[-1]:.2f}"
            rows.append(row(title, statistics.median(walls), "s", target, runs, seen))
            rows.append(row(f"{title}: CPU time", cpu_s, "s", "", runs))
        rows.append(row("progress page, size", page.stat().st_size / 1e6, "MB", "< 3", 1))
    return rows


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument(
        "assessment", nargs="?", type=Path, help="a file that `voicecoach score --json` wrote"
    )
    given = parser.parse_args()
    known = json.loads(given.assessment.read_text("utf-8")) if given.assessment else None
    show(measure(document=known, smallest=given.smallest))
