"""Clause ends told by words: pauses drawn in texts that no weight was fitted on, marks taken off.

``answers_b`` lies in the project; with human recordings also the dev answers named by VOICECOACH_RUBRIC_DEV,
real agents' chats, and read passages and utterances, whose own boundaries are clause ends and whose insides
are not. Truth: the marks that were written. Pauses are drawn as ``fit_clauses`` says.

Intervals: 2.5th to 97.5th percentile of 1000 resamplings of answers.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from benchmark import Row, corpora, options, show, spread
from fit_clauses import HELD_OUT, chat_commas, drawn, lines, odds_of, punctuated

from voicecoach.features.text.clauses import UNSURE, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.text.clauses import Token

SEEDS = range(5)
N_RESAMPLINGS = 1000
FEWEST = 8
SENTENCES_JOINED = 12


def measure(*, smallest: bool = False) -> list[Row]:
    """All rows."""
    sets = {"held-out answers": punctuated(lines(HELD_OUT), "zh")}
    dev, folder = os.environ.get("VOICECOACH_RUBRIC_DEV"), corpora()
    if dev and not smallest:
        sets["dev answers"] = punctuated(_texts(Path(dev)), "zh")
    if folder and not smallest:
        sets["real agents"] = punctuated(_texts(folder / "zh_service" / "agent_sides.jsonl"), "zh")
        sets["read utterances joined"] = punctuated(
            _joined(_texts(folder / "zh_read" / "manifest.jsonl")), "zh", 0.0
        )
        sets["read passages"] = punctuated(_passages(folder / "zh_pauses" / "manifest.jsonl"), "zh", 0.0)
    return [
        row for name, texts in sets.items() for row in _rows(name, texts, SEEDS[:1] if smallest else SEEDS)
    ]


def _rows(name: str, texts: Sequence[tuple[Token, ...]], seeds: Sequence[int]) -> list[Row]:
    weights = json.loads(WEIGHTS.read_text("utf-8"))["zh"]
    counts: list[tuple[int, int, int, int, int]] = []
    errors: list[float] = []
    for seed in seeds:
        seen, truth, whose = drawn(texts, "zh", 1000 + seed)
        odds, ends, owner = odds_of(seen, weights), np.array(truth), np.array(whose)
        for speaker in sorted(set(whose)):
            mine = owner == speaker
            told, is_end, sure = odds[mine] > 0, ends[mine], np.abs(odds[mine]) >= UNSURE
            counts.append(
                (int(np.sum(told & is_end)), int(np.sum(told)), int(np.sum(is_end)),
                 int(np.sum(told == is_end)), int(mine.sum()))
            )  # fmt: skip
            if sure.sum() >= FEWEST:
                errors.append(float(np.mean(~told[sure]) - np.mean(~is_end)))
    table = np.array(counts)
    rng = np.random.default_rng(0)
    drawn_again = [table[rng.integers(0, len(table), len(table))].sum(axis=0) for _ in range(N_RESAMPLINGS)]
    n = int(table[:, 4].sum())
    rows: list[Row] = [
        {
            "name": f"{name}, marks taken off: clause ends, F1 (agreement)",
            "value": f"{_f1(table.sum(axis=0)):.3f} ({table[:, 3].sum() / n:.3f})",
            "unit": "ratio",
            "n": f"{n} pauses",
            "interval": spread([_f1(each) for each in drawn_again], "{:.3f} to {:.3f}"),
            "target": None,
        }
    ]
    if errors:
        rows.append(
            {
                "name": f"{name}: mid-clause share of an answer less that by its marks, median size (mean)",
                "value": f"{np.median(np.abs(errors)):.2f} ({np.mean(errors):+.2f})",
                "unit": "ratio",
                "n": f"{len(errors)} answers",
                "interval": spread(errors, "{:+.2f} to {:+.2f}"),
                "target": None,
            }
        )
    return rows


def _f1(sums: np.ndarray) -> float:
    return float(2.0 * sums[0] / max(sums[1] + sums[2], 1))


def _texts(path: Path) -> list[str]:
    return [chat_commas(json.loads(line)["text"]) for line in path.read_text("utf-8").splitlines()]


def _joined(sentences: list[str]) -> list[str]:
    return [
        "，".join(sentences[i : i + SENTENCES_JOINED]) for i in range(0, len(sentences), SENTENCES_JOINED)
    ]


def _passages(path: Path) -> list[str]:
    entries = map(json.loads, path.read_text("utf-8").splitlines())
    return ["，".join(text for _, _, text in entry["speech_units"] if text != "#") for entry in entries]


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(smallest=given.smallest))
