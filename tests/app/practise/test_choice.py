"""Which prompts are practised."""

from __future__ import annotations

import random
from typing import Any, cast

import pytest
from practice_stage import Library, prompt

from voicecoach.app.practise.choice import choose
from voicecoach.errors import UsageError
from voicecoach.model.take import TakeSummary

LIBRARY = Library(
    prompt("a"),
    prompt("b", kind="rules"),
    prompt("c", "tmall"),
    prompt("d", "tmall", kind="rules", text={"en": "What now?"}),
)


def chosen(*wanted: str, **options: Any) -> list[str]:
    return [one.id for one in choose(LIBRARY, wanted, **({"language": "zh"} | options))]


def test_packs_and_ids_are_chosen_each_once_and_the_first_pack_by_default() -> None:
    assert chosen() == ["a", "b"]
    assert chosen("tmall", "b", "c") == ["c", "b"]
    assert chosen(most=1) == ["a"]
    assert chosen(kind="rules") == ["b"]
    assert chosen("tmall", language="en") == ["d"]


def test_nothing_that_fits_is_told() -> None:
    with pytest.raises(UsageError, match="no prompt fits: zh, --kind caller"):
        chosen(kind="caller")
    with pytest.raises(UsageError, match="no prompt zzz"):
        chosen("zzz")


def test_shuffled_they_are_the_same() -> None:
    seen = {tuple(chosen("a", "b", "c", shuffle=random.Random(seed))) for seed in range(9)}
    assert len(seen) > 1
    assert {frozenset(order) for order in seen} == {frozenset("abc")}


def test_the_weakest_come_first_and_the_untried_after_them() -> None:
    def row(prompt_id: str, total: float | None, coverage_low: float | None = None) -> TakeSummary:
        texts = dict.fromkeys(
            ("recorded_at", "prompt_text", "pack", "kind", "language", "profile", "speaker_profile"), ""
        )
        rest = {"engine": "", "model_sha256": "", "rubric_version": "", "corrected": False, "duration_s": 1.0}
        made = {"id": "1", "state": "scored", "coverage_high": None, **texts, **rest}
        return TakeSummary(prompt_id=prompt_id, total=total, coverage_low=coverage_low, **cast("Any", made))

    takes = [
        row("c", 60.0),
        row("b", None, 0.2),
        row("c", 0.0),
        row("c", 60.0),
        row("c", 0.0),
        row("b", None),
    ]
    assert chosen(takes=takes) == ["b", "c", "a"]
