"""What the families of forbidden talk add to the rules: violations found in other words, and false alarms.

``language_unseen`` is in other words than the families, by the same hand (its Chinese part was written
before them); ``test2`` of ``language_fresh`` by another one. Nothing was tuned on either, nor on part b of
``innocent``. A hit counts, certain or not; a sentence counts once, 你 for 您 is left out. Intervals are 95 %
Wilson intervals.

    python tests/benchmarks/language/bench_families.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_language import DATA, SMALLEST, lines
from benchmark import Row, corpora, options, show

from voicecoach import wiring
from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.rubric.forbidden.families.codes import FAMILIES
from voicecoach.rubric.forbidden.families.detector import FamilyDetector
from voicecoach.rubric.forbidden.find import find_forbidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.assessment import LanguageCode
    from voicecoach.model.transcript import Language

ALARMS_BORNE = 2.0
"""Innocent sentences of 1,000 that rules and families together may take for forbidden."""


def measure(*, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark."""
    rows: list[Row] = []
    for name, language, sentences in sets():
        taken = sentences[:: max(1, len(sentences) // SMALLEST)] if smallest else sentences
        found = [(row, *codes(row["text"], language)) for row in taken]
        rows += recall(name, found)
        rows += alarms(name, found)
    return rows


def sets() -> Iterator[tuple[str, Language, list[dict[str, Any]]]]:
    """Name, language and rows of each set."""
    unseen = lines(DATA / "language_unseen.jsonl")
    yield "unseen", "zh", [row for row in unseen if row["language"] == "zh"]
    yield "unseen, English", "en", [row for row in unseen if row["language"] == "en"]
    fresh = lines(DATA / "language_fresh.jsonl")
    yield "fresh, test2", "zh", [row for row in fresh if row["part"] == "test2"]
    yield "innocent b", "zh", [row for row in lines(DATA / "innocent.jsonl") if row["part"] == "b"]
    yield "innocent answers", "zh", lines(DATA / "agent_answers.jsonl")
    folder = corpora()
    real = folder / "zh_service" / "innocent.jsonl" if folder else None
    if real is not None and real.is_file():
        yield "real agents", "zh", lines(real)


def codes(text: str, language: Language) -> tuple[set[LanguageCode], set[LanguageCode]]:
    """The codes that the rules find, and those that rules and families find."""
    weights = wiring.language_families(language)
    families = None if weights is None else FamilyDetector(weights, wiring.sentence_encoder())
    by_rules = find_forbidden(text, language=language)
    together = find_forbidden(text, language=language, families=families)
    return {hit.code for hit in by_rules} - {"ni"}, {hit.code for hit in together} - {"ni"}


Found = list[tuple[dict[str, Any], set["LanguageCode"], set["LanguageCode"]]]


def recall(name: str, found: Found) -> Iterator[Row]:
    """Lines of what is found of violations, by code and in all."""
    for code in (*FAMILIES, None):
        wanted = [
            (by_rules, together) if code is None else (by_rules & {code}, together & {code})
            for row, by_rules, together in found
            if (code in row.get("violations", ()) if code else row.get("violations"))
        ]
        if not wanted:
            continue
        n_rules, n_together = (sum(map(bool, side)) for side in zip(*wanted, strict=True))
        low, high = wilson(n_together, len(wanted))
        yield {
            "name": f"{name}: {code or 'any code'}, found by rules -> with families",
            "value": f"{n_rules / len(wanted):.2f} -> {n_together / len(wanted):.2f}",
            "unit": "share", "n": len(wanted), "interval": f"{low:.2f}-{high:.2f}",
        }  # fmt: skip


def alarms(name: str, found: Found) -> Iterator[Row]:
    """The line of false alarms, of 1,000 sentences."""
    innocent = [(by_rules, together) for row, by_rules, together in found if not row.get("violations")]
    if innocent:
        n_rules, n_together = (sum(map(bool, side)) for side in zip(*innocent, strict=True))
        n = len(innocent)
        low, high = wilson(n_together, n)
        yield {
            "name": f"{name}: false alarms of rules -> with families",
            "value": f"{1000 * n_rules / n:.1f} -> {1000 * n_together / n:.1f}", "unit": "of 1,000", "n": n,
            "interval": f"{1000 * low:.1f}-{1000 * high:.1f}", "target": f"<= {ALARMS_BORNE:g}",
        }  # fmt: skip


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
