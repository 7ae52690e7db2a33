"""What all benchmarks share: their rows, their command line, where human recordings lie, noise."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
CORPORA = "VOICECOACH_CORPORA"
"""The variable that names the folder of human recordings; they are no part of the project."""

Entry = dict[str, Any]
"""One line of a corpus's manifest."""
Row = dict[str, Any]
"""One line of the table: name, value, unit, n, and where there are any its interval and its target."""


def corpora() -> Path | None:
    """The folder of human recordings, ``shared/corpora`` beside the project unless named; None without."""
    folder = Path(os.environ.get(CORPORA) or ROOT.parent / "shared" / "corpora")
    return folder if folder.is_dir() else None


def needed_corpora() -> Path:
    """The folder of human recordings; where there is none, that is said and the benchmark ends."""
    folder = corpora()
    if folder is None:
        raise SystemExit(not_measured())
    return folder


def manifest(folder: Path, most: int | None = None) -> list[Entry]:
    """The lines of a corpus's ``manifest.jsonl``, at most ``most`` of them."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:most]]


def not_measured() -> str:
    """What is said where figures need human recordings that are not there."""
    return f"Figures on human recordings were not measured: {CORPORA} names no folder of them."


def options(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--smallest",
        action="store_true",
        help="the least input that goes all ways; its figures say nothing",
    )
    return parser


def show(rows: Iterable[Row]) -> None:
    """Print rows, each as it comes."""
    for row in rows:
        beside = [f"n = {row['n']}", row.get("interval"), row.get("target") and f"to reach: {row['target']}"]
        print(f"{row['name']}: {row['value']} {row['unit']} ({'; '.join(filter(None, beside))})", flush=True)


def spread(values: Sequence[float] | NDArray[np.float64], form: str = "{:.2f}-{:.2f}") -> str:
    """From the 2.5th to the 97.5th percentile of ``values``: the interval of a figure drawn many times."""
    return form.format(*np.percentile(np.asarray(values, dtype=np.float64), [2.5, 97.5]))


def pink(n: int, seed: int) -> NDArray[np.float64]:
    """Noise whose power falls 3 dB an octave, RMS 1, float64 (n,)."""
    rng = np.random.default_rng(seed)
    size = 1 << (n - 1).bit_length()
    frequency = np.maximum(np.arange(size // 2 + 1), 1.0)
    spectrum = rng.normal(size=len(frequency)) + 1j * rng.normal(size=len(frequency))
    noise = np.fft.irfft(spectrum / np.sqrt(frequency), size)[:n]
    return np.asarray(noise / np.sqrt(np.mean(np.square(noise))), dtype=np.float64)


def f1(outcomes: Sequence[tuple[int, int, int]] | NDArray[np.int64]) -> float:
    """F1 of counts (found, missed, invented), int (n, 3); 0 where there is nothing."""
    found, missed, invented = np.sum(outcomes, axis=0)
    return float(2.0 * found / max(2.0 * found + missed + invented, 1.0))
