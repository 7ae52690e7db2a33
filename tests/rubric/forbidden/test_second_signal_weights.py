"""The meaning of a clause as second signal of a rule, with the real encoder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voicecoach import wiring
from voicecoach.rubric.forbidden.families.detector import FamilyDetector
from voicecoach.rubric.forbidden.find import find_forbidden

pytestmark = pytest.mark.weights

DATA = Path(__file__).parents[2] / "data"
MIN_CERTAIN = 0.5  # of the violations of language_fresh, dev and test; ratio


@pytest.fixture(scope="module")
def families() -> FamilyDetector:
    weights = wiring.language_families("zh")
    assert weights is not None
    return FamilyDetector(weights, wiring.sentence_encoder())


def certain(text: str, families: FamilyDetector) -> set[str]:
    found = find_forbidden(text, language="zh", families=families)
    return {hit.code for hit in found if hit.certain and hit.code != "ni"}


def test_no_innocent_look_alike_becomes_certain(families: FamilyDetector) -> None:
    rows = [json.loads(line) for line in (DATA / "language_lookalikes.jsonl").read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows if not row["violations"]]
    assert [text for text in texts if certain(text, families)] == []


def test_violations_of_which_a_rule_is_unsure_become_certain(families: FamilyDetector) -> None:
    rows = [json.loads(line) for line in (DATA / "language_fresh.jsonl").read_text("utf-8").splitlines()]
    wanted = [
        (row["text"], code)
        for row in rows
        if row["part"] in {"dev", "test"}
        for code in row["violations"]
        if code != "ni"
    ]
    assert sum(code in certain(text, families) for text, code in wanted) >= MIN_CERTAIN * len(wanted)
