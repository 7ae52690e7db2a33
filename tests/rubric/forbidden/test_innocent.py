"""The corpus of innocent agent sentences is what its script makes, wide enough, and nobody's copy."""

from __future__ import annotations

import json
from collections import Counter

import make_innocent

ANSWERS = [
    json.loads(line)
    for line in (make_innocent.FOLDER / "agent_answers.jsonl").read_text("utf-8").splitlines()
]
ROWS = [json.loads(line) for line in make_innocent.TARGET.read_text("utf-8").splitlines()]
FEWEST = 3400
STYLES = {
    "chat",
    "phone",
    "ask",
    "apology",
    "refuse",
    "point",
    "self",
    "blessing",
    "template",
    "policy",
    "service",
}


def test_the_file_is_what_the_script_makes() -> None:
    assert make_innocent.TARGET.read_text("utf-8") == make_innocent.written()


def test_sentences_are_many_and_distinct() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(texts) >= FEWEST
    assert len(set(texts)) == len(texts)
    assert not [text for text in texts if "{" in text or "}" in text]


def test_no_sentence_has_more_than_three_siblings() -> None:
    # i0012w … i0012z are sentences of base line 12
    assert max(Counter(row["id"][:-1] for row in ROWS).values()) <= 4


def test_parts_halve_the_base_lines_of_every_style() -> None:
    assert {row["style"] for row in ROWS} == STYLES
    for style in STYLES:
        parts = Counter(
            part for _, part in {(row["id"][:-1], row["part"]) for row in ROWS if row["style"] == style}
        )
        assert abs(parts["a"] - parts["b"]) <= max(2, sum(parts.values()) // 10)


def test_the_order_of_slots_decides_the_sentences() -> None:
    values = {"x": ["甲", "乙", "丙", "丁", "戊"], "y": ["子", "丑"]}
    assert make_innocent.filled("没有空位", 3, values) == ["没有空位"]
    assert make_innocent.filled("{x}{y}", 1, values) == ["乙子", "丙丑", "丁子", "戊丑"]
    assert make_innocent.filled("{y}{x}{y}", 0, values) == ["子甲子", "丑乙丑", "子丙子", "丑丁丑"]


def test_longer_answers_are_distinct_and_of_two_to_four_sentences() -> None:
    texts = [answer["text"] for answer in ANSWERS]
    assert len(texts) >= 150
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert 2 <= text.count("。") + text.count("？") <= 4, text
    assert abs(sum(1 if answer["part"] == "a" else -1 for answer in ANSWERS)) <= 1


def test_at_least_half_is_ordinary_talk() -> None:
    assert sum(not row["near"] for row in ROWS) >= len(ROWS) / 2
