"""The fitted families on real sentence vectors: what they add to the rules, and what they let be."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from voicecoach import wiring
from voicecoach.rubric.forbidden.families.detector import FamilyDetector
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.spoken import SpokenText

pytestmark = pytest.mark.weights

DATA = Path(__file__).parents[2] / "data"
ALARMS_BORNE = 2.0  # innocent sentences of 1,000, rules and families together
LEAST_ADDED = 7  # violations of a hundred in other words that no rule finds


@cache
def detector(language: str) -> FamilyDetector:
    weights = wiring.language_families(cast("Any", language))
    assert weights is not None
    return FamilyDetector(weights, wiring.sentence_encoder())


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def found(text: str) -> tuple[bool, bool]:
    """Whether the rules, and whether rules and families find anything but 你 for 您."""
    by_rules = find_forbidden(text, language="zh")
    together = find_forbidden(text, language="zh", families=detector("zh"))
    assert [hit for hit in together if hit.certain] == [hit for hit in by_rules if hit.certain]
    return any(hit.code != "ni" for hit in by_rules), any(hit.code != "ni" for hit in together)


def test_families_find_violations_that_no_rule_has_words_for() -> None:
    wrongs = [row for row in rows("language_unseen") if row["language"] == "zh" and row["violations"]]
    verdicts = [found(row["text"]) for row in wrongs]
    assert sum(together and not by_rules for by_rules, together in verdicts) >= LEAST_ADDED


def test_innocent_sentences_are_left_alone() -> None:
    innocent = [row["text"] for row in rows("innocent") if row["part"] == "b"]
    alarms = [text for text in innocent if found(text)[1]]
    assert 1000 * len(alarms) / len(innocent) <= ALARMS_BORNE, alarms


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("您是不是缺心眼儿啊", "zh", "rude"),
        ("这个环节不在客服手上，您另外找人问吧", "zh", "shirk"),
        ("不用审核，我这边直接把钱打给您", "zh", "overpromise"),
        ("我把会员的电话卖给了中介", "zh", "leak"),
        ("you are too stupid to read a label", "en", "rude"),
    ],
)
def test_a_stretch_supports_the_family_it_is_of(text: str, language: str, code: Any) -> None:
    own = detector(language)
    scores = {name: own.support(name, text) for name in ("rude", "shirk", "overpromise", "leak")}
    assert max(scores, key=scores.__getitem__) == code
    assert scores[code] > 0.0


def test_the_engine_of_the_program_asks_the_families() -> None:
    text = next(
        row["text"]
        for row in rows("language_unseen")
        if row["language"] == "zh" and row["violations"] and found(row["text"]) == (False, True)
    )
    hits, _ = wiring.rubric_engine().judge(None, SpokenText.from_text(text), language="zh")
    assert [hit.certain for hit in hits if hit.code != "ni"] == [False]
