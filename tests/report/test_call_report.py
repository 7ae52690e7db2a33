"""Calls in the reports: the dialogue and what dropped out in the JSON, breaches and figures in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assessments import answer, profile, prompt
from schemas import faults

from voicecoach.documents.assessment import encode_assessment
from voicecoach.metrics.turns import SPECS, exchange, measure_turns, unmeasured_turns
from voicecoach.model.assessment import Assessment, Coverage, Evidence, NotApplicable, PointResult
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.prompt import CallRule, Condition
from voicecoach.report import names
from voicecoach.report.one.view import build_view
from voicecoach.scoring.advice import advise
from voicecoach.scoring.total import score_all
from voicecoach.words.catalogue import languages

TURNS = (
    Turn("agent", Span(0.5, 2.0), "您好"),
    Turn("caller", Span(2.5, 6.0), "太慢了"),
    Turn("agent", Span(3.0, 3.4), "嗯", back_channel=True),
    Turn("caller", None, ""),
)


@pytest.fixture
def call() -> Assessment:
    base = answer()
    first, second, *rest = (point.id for point in prompt().points)
    points = (
        PointResult(first, "not_heard", 0.1, (Evidence("我保证", Span(1.0, 2.0), "regex:保证"),)),
        *(PointResult(name, "covered", 0.9, (Evidence("好", Span(3.0, 4.0), "cue:好"),)) for name in rest),
    )
    coverage = Coverage("late_delivery", points, 0.5, 0.5, None, (), (), (NotApplicable(second, "no_times"),))
    figures = measure_turns(exchange((Span(0.5, 2.0), Span(3.0, 3.4)), (Span(2.5, 6.0),)))
    return replace(
        base,
        coverage=coverage,
        dialogue=Dialogue(1, 1.0, TURNS),
        measurements=(*base.measurements, *figures),
        advice=(),
        scores=(),
    )


def test_the_json_of_a_call_is_of_the_schema(call: Assessment) -> None:
    document = encode_assessment(call)
    assert faults(document, "assessment") == []
    assert document["call"] == {
        "agent_channel": 1,
        "grace_s": 1.0,
        "turns": [
            {"side": "agent", "start_s": 0.5, "end_s": 2.0, "text": "您好", "back_channel": False},
            {"side": "caller", "start_s": 2.5, "end_s": 6.0, "text": "太慢了", "back_channel": False},
            {"side": "agent", "start_s": 3.0, "end_s": 3.4, "text": "嗯", "back_channel": True},
            {"side": "caller", "start_s": None, "end_s": None, "text": "", "back_channel": False},
        ],
    }
    (dropped,) = document["rubric"]["not_applicable"]
    assert (dropped["id"], dropped["reason"]) == (prompt().points[1].id, "no_times")
    assert set(dropped["reason_text"]) == set(languages())


def test_a_practice_answer_has_no_such_keys() -> None:
    document = encode_assessment(answer())
    assert "call" not in document
    assert "not_applicable" not in document["rubric"]


def test_every_figure_has_its_words() -> None:
    assert [spec.name for spec in SPECS] == [figure.name for figure in unmeasured_turns("no_speech")]
    for figure in unmeasured_turns("one_channel_call"):
        assert names.group(figure.name) == "call"
        assert names.formula(figure, "zh") != figure.definition
    assert names.figure("talk_share", 0.625) == "62%"


@pytest.mark.parametrize(("ui", "word"), [("zh", "说了不该说的"), ("en", "said, but should not be")])
def test_a_breach_is_no_omission(call: Assessment, ui: str, word: str) -> None:
    view = build_view(call, prompt(), profile(), ui=ui)
    assert view.coverage
    breach = view.coverage.points[0]
    assert breach.word.startswith(word)
    assert "保证" in breach.said[0].why
    assert breach.said[0].why != "regex:保证"
    assert len(view.coverage.points) == len(prompt().points) - 1


def test_what_drops_out_stands_with_its_reason(call: Assessment) -> None:
    view = build_view(call, prompt(), profile(), ui="en")
    label = prompt().points[1].label["en"]
    assert [why for name, why in view.missing if name == label] == [
        "the text has no times, so a rule in seconds drops out; score a recording or write [mm:ss]"
    ]


def test_scores_are_of_the_points_that_apply_and_count(call: Assessment) -> None:
    asked = prompt()
    note = replace(asked.points[2], severity="note")
    asked = replace(asked, points=(*asked.points[:2], note, *asked.points[3:]))
    scores = score_all((), call.coverage, asked, profile())
    counted = [asked.points[0], *asked.points[3:]]
    assert [score.name for score in scores if score.name.startswith("rubric:")] == [
        f"rubric:{point.id}" for point in counted
    ]
    whole = sum(point.weight for point in counted)
    assert [score.out_of for score in scores if score.name.startswith("rubric:")] == pytest.approx(
        [profile().weights.coverage * point.weight / whole for point in counted]
    )


def test_a_fatal_breach_voids_the_total_and_is_told_as_one(call: Assessment) -> None:
    asked = prompt()
    fatal = replace(
        asked.points[0],
        fatal=True,
        rule=CallRule(none_of=(Condition(regex={"zh": "保证"}),)),
        severity="fatal",
    )
    asked = replace(asked, points=(fatal, *asked.points[1:]), order=())
    rated = replace(
        profile(),
        advice={
            **profile().advice,
            "coverage.broken": {"zh": "“{value}”没有做到", "en": "“{value}” was not kept"},
        },
    )
    scores = score_all((), call.coverage, asked, rated)
    assert f"fatal:{fatal.id}" in {score.name for score in scores}
    told = advise(scores, (), call.coverage, asked, rated)
    assert told[0].text["zh"].startswith(f"“{fatal.label['zh']}”没有做到")
    assert told[0].span == Span(1.0, 2.0)
