"""A rubric tried on written answers, as a page would do it: a line that cannot be used stops nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from assessments import prompt
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.setup.rubric_trial import RubricTrial
from voicecoach.errors import SCORED, EngineError, UsageError
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from voicecoach.model.prompt import Prompt

SORRY = "真的对不起，让您久等了"


class OnePrompt:
    def prompts(self) -> tuple[Prompt, ...]:
        return (prompt(),)

    def prompt(self, prompt_id: str) -> Prompt:
        if prompt_id != prompt().id:
            raise UsageError("prompt-unknown", prompt_id=repr(prompt_id), n=1)
        first, *others = prompt().points
        points = [replace(first, exemplars={"zh": (SORRY,)})]
        points += [replace(p, exemplars={"zh": (f"接着我把{p.id}写进本子",)}) for p in others]
        return replace(prompt(), points=tuple(points))


def trial() -> RubricTrial:
    return RubricTrial(OnePrompt(), lambda: RubricEngine(FakeEncoder()), language="zh")


def test_an_answer_gets_its_coverage() -> None:
    asked, coverage = trial().answer(prompt().id, SORRY)
    assert asked.id == prompt().id
    heard, *others = coverage.points
    assert heard.evidence[0].quote == SORRY
    assert heard.state != "not_heard"
    assert {point.state for point in others} == {"not_heard"}


@pytest.mark.parametrize(
    ("prompt_id", "text", "code"),
    [("none", SORRY, "prompt-unknown"), (prompt().id, " ", "trial-empty")],
)
def test_what_cannot_be_tried_is_told(prompt_id: str, text: str, code: str) -> None:
    with pytest.raises(UsageError) as told:
        trial().answer(prompt_id, text)
    assert told.value.code == code


def test_a_language_without_exemplars_is_told_by_its_points() -> None:
    english = RubricTrial(OnePrompt(), lambda: RubricEngine(FakeEncoder()), language="en")
    with pytest.raises(UsageError, match=f"no exemplars in 'en' for {prompt().points[0].id}"):
        english.answer(prompt().id, "sorry")


@given(
    st.lists(
        st.sampled_from(["good", "no json", "deep", "long number", "no text", "no prompt", "blank"]),
        max_size=5,
    )
)
def test_every_line_but_a_blank_one_gives_one_document(kinds: list[str]) -> None:
    lines = {
        "good": json.dumps({"id": 7, "prompt": prompt().id, "text": "今天"}),
        "no json": "{",
        "deep": "[" * 100_000 + "]" * 100_000,
        "long number": '{"text": ' + "9" * 5000 + "}",
        "no text": '{"id": 7}',
        "no prompt": '{"id": 7, "text": "今天"}',
        "blank": "  ",
    }
    rows = list(trial().rows("\n".join(lines[kind] for kind in kinds), None))
    wanted = [(number, kind) for number, kind in enumerate(kinds, start=1) if kind != "blank"]
    assert [status for _, status in rows] == [SCORED if kind == "good" else 2 for _, kind in wanted]
    assert [document.get("line") for document, _ in rows] == [
        None if kind == "good" else number for number, kind in wanted
    ]


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\u2029"])
def test_a_mark_inside_an_answer_ends_no_line(mark: str) -> None:
    line = json.dumps({"text": f"{SORRY}{mark}好的"}, ensure_ascii=False)
    ((document, status),) = trial().rows(line, prompt().id)
    assert (status, "error" in document) == (SCORED, False)


def test_a_missing_engine_ends_it() -> None:
    def missing() -> RubricEngine:
        raise EngineError("encoder-missing")

    with pytest.raises(EngineError):
        list(RubricTrial(OnePrompt(), missing, language="zh").rows('{"text": "今天"}', prompt().id))
