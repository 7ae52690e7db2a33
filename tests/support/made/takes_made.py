"""Takes as a learner makes them over some weeks, and two takes to compare."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assessments import answer, profile, prompt
from pages import EVIL
from store_contract import a_document, a_scored, summary

from voicecoach.app.takes.progress import LearningProgress, progress
from voicecoach.app.takes.review import Opened
from voicecoach.documents.take import facts_of


def history(
    n: int = 12, *, text: str = "快递晚了三天，怎么办？", green: Any = (180, 240)
) -> LearningProgress:
    """``n`` takes of one prompt, a day apart, judged by another recogniser from the middle on."""
    takes = []
    for number in range(n):
        document = a_document(total=40.0 + number % 50, rate=150.0 + 10 * (number % 12))
        document["measurements"]["speech_rate"]["band"]["green"] = list(green)
        document["rubric"]["points"] = [
            {"id": "solve", "state": ("covered", "maybe", "not_heard")[number % 3]},
            {"id": "apology", "state": "covered"},
        ]
        document["provenance"]["recogniser"]["model_sha256"] = "ef"[number >= n // 2] * 64
        takes.append(a_scored(number, assessment=document, prompt_text=text))
    rows = [row for take in takes for row in facts_of(take).figures]
    points = [row for take in takes for row in facts_of(take).points]
    return progress([summary(take) for take in takes], rows, points, (prompt(),))


def two(**changes: Any) -> tuple[Opened, Opened]:
    """Two takes of one prompt; ``changes`` are those of the second assessment."""
    first = Opened(a_scored(0, prompt_text=EVIL), answer(), prompt(), profile(), known=True)
    return first, replace(first, take=a_scored(1), assessment=replace(answer(), total=90.0, **changes))
