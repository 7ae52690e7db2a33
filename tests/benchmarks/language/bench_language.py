"""Forbidden language: false alarms on innocent service language, and what is found of plain violations.

``tests/data/innocent.jsonl`` and ``agent_answers.jsonl`` hold what service agents say. Part a was tuned on;
then the kinds that part b had shown were mended. ``language_lookalikes.jsonl`` holds what lies near a rule,
and violations in other words. With the human corpora the innocent sentences of real agents are measured too.
A sentence counts once; 你 for 您 is left out. Intervals are 95 % Wilson intervals.

    python tests/benchmarks/language/bench_language.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_rubric import with_homophones, without_punctuation
from benchmark import Row, corpora, options, show

from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.rubric.forbidden.find import find_forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parents[2] / "data"
CERTAIN_LIMIT, UNCERTAIN_LIMIT = 0.1, 2.0
"""Sentences of 1,000 in which a false alarm is borne."""
SMALLEST = 5


def measure(*, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark."""
    rows: list[Row] = []
    for name, sentences in innocents(smallest=smallest):
        verdicts = [verdict(text) for text in sentences]
        certain, uncertain = verdicts.count("certain"), verdicts.count("uncertain")
        rows.append(alarms(f"{name}: certain", certain, len(verdicts), CERTAIN_LIMIT))
        rows.append(alarms(f"{name}: uncertain", uncertain, len(verdicts), UNCERTAIN_LIMIT))
    for part in "abcd":
        wrongs = [row for row in lines(DATA / "language_lookalikes.jsonl") if row["violations"]]
        rows += recall(
            f"look-alikes {part}", [row for row in wrongs if row["part"] == part], smallest=smallest
        )
    for part in ("dev", "test", "test2"):
        wrongs = [row for row in lines(DATA / "language_fresh.jsonl") if row["violations"]]
        rows += recall(
            f"fresh sentences {part}", [row for row in wrongs if row["part"] == part], smallest=smallest
        )
    return rows


def innocents(*, smallest: bool) -> Iterable[tuple[str, list[str]]]:
    """The sets of innocent language, by name."""
    talk = lines(DATA / "innocent.jsonl")
    plain = [row["text"] for row in talk if not row["near"]]
    sets = [
        *(
            (
                f"{name}, part {part}",
                [row["text"] for row in talk if row["part"] == part and row["near"] is near],
            )
            for name, near in (("innocent talk", False), ("written around the words of rules", True))
            for part in "ab"
        ),
        ("innocent talk, one Hanzi in ten a homophone", [with_homophones(t, i) for i, t in enumerate(plain)]),
        ("innocent talk without punctuation", [without_punctuation(text) for text in plain]),
        ("innocent answers", [row["text"] for row in lines(DATA / "agent_answers.jsonl")]),
        *(
            (f"innocent look-alikes {part}", [row["text"] for row in look_alikes() if row["part"] == part])
            for part in "abcd"
        ),
    ]
    folder = corpora()
    real = folder / "zh_service" / "innocent.jsonl" if folder else None
    if real is not None and real.is_file():
        sets.append(("innocent sentences of real agents", [row["text"] for row in lines(real)]))
    return [(name, texts[:SMALLEST] if smallest else texts) for name, texts in sets]


def look_alikes() -> list[dict[str, Any]]:
    """The innocent rows of the look-alikes."""
    return [row for row in lines(DATA / "language_lookalikes.jsonl") if not row["violations"]]


def verdict(text: str) -> str:
    """``certain``, ``uncertain`` or ``none``: the gravest hit of a sentence."""
    hits = [hit for hit in find_forbidden(text, language="zh") if hit.code != "ni"]
    if any(hit.certain for hit in hits):
        return "certain"
    return "uncertain" if hits else "none"


def alarms(name: str, n_hits: int, n: int, limit: float) -> Row:
    """One line of false alarms, of 1,000 sentences."""
    low, high = wilson(n_hits, n)
    return {
        "name": name, "value": round(1000 * n_hits / n, 2), "unit": "of 1,000", "n": n,
        "interval": f"{1000 * low:.1f}-{1000 * high:.1f}", "target": f"<= {limit:g}",
    }  # fmt: skip


def recall(name: str, rows: list[dict[str, Any]], *, smallest: bool) -> Iterable[Row]:
    """Lines of what is found of violations, by code: certain, and at all."""
    for code in ("rude", "shirk", "overpromise", "leak"):
        wanted = [row for row in rows if code in row["violations"]][: SMALLEST if smallest else None]
        found = [[h for h in find_forbidden(row["text"], language="zh") if h.code == code] for row in wanted]
        certain = sum(any(hit.certain for hit in hits) for hits in found)
        low, high = wilson(certain, len(wanted))
        yield {
            "name": f"{name}: {code}, found for certain (at all)",
            "value": f"{certain / len(wanted):.2f} ({sum(map(bool, found)) / len(wanted):.2f})",
            "unit": "share", "n": len(wanted), "interval": f"{low:.2f}-{high:.2f}",
        }  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
