"""Scores and total: closed-form sums, and what must hold for every answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.assessment import Band, Coverage, LanguageHit, Measurement, PointResult, Score
from voicecoach.model.profile import Profile, Weights
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.scoring.total import score_all, total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import PointState

STATES: tuple[PointState, ...] = ("not_heard", "maybe", "covered")
BANDS = {
    "pace": Band((160, 240), (130, 280), "test"),
    "pauses": Band((None, 18), (None, 30), "test"),
    "runs": Band((8, None), (5, None), "test"),
}
PROFILE = Profile(
    "test",
    "zh",
    {},
    BANDS,
    Weights(60, 4, {"pace": 8, "pauses": 4, "runs": 2}, maybe_ratio=0.5, amber_ratio=0.5),
)
TOLERANCE_POINTS = 1e-9
ROUNDING_POINTS = 0.05
"""The total has one decimal."""


def prompt(*weights: float, fatal: tuple[int, ...] = (), fatal_language: tuple[str, ...] = ()) -> Prompt:
    points = tuple(
        RubricPoint(f"p{number}", {"zh": f"要点{number}"}, weight=weight, fatal=number in fatal)
        for number, weight in enumerate(weights)
    )
    return Prompt("late", "test", "1", "scenario", {}, points, (30, 90), fatal_language=fatal_language)


def coverage(
    *states: PointState, order_ok: bool | None = None, language: tuple[LanguageHit, ...] = ()
) -> Coverage:
    points = tuple(PointResult(f"p{number}", state, 0.5) for number, state in enumerate(states))
    return Coverage("late", points, 0.0, 0.0, order_ok, language)


def figures(values: Mapping[str, float | None]) -> list[Measurement]:
    return [
        Measurement(name, value, "u", "d", reason="too short" if value is None else None)
        for name, value in values.items()
    ]


def by_name(scores: tuple[Score, ...]) -> dict[str, tuple[float, float]]:
    return {score.name: (score.points, score.out_of) for score in scores}


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    worth = st.floats(0.0, 100.0)
    ratio = st.floats(0.0, 1.0)
    weights = Weights(
        draw(worth), draw(worth), {name: draw(worth) for name in BANDS}, draw(ratio), draw(ratio)
    )
    return replace(PROFILE, weights=weights)


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[Measurement], Coverage | None, Prompt | None]:
    value = st.none() | st.floats(-1e4, 1e4)
    measured = figures({name: draw(value) for name in (*BANDS, "unbanded")})
    weights = draw(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=6))
    states = [draw(st.sampled_from(STATES)) for _ in weights]
    order_ok = draw(st.sampled_from([True, False, None]))
    if draw(st.booleans()):
        return measured, coverage(*states, order_ok=order_ok), prompt(*weights)
    return measured, None, draw(st.sampled_from([None, prompt(*weights)]))


def test_a_whole_answer_by_hand() -> None:
    scores = score_all(
        figures({"pace": 250.0, "pauses": 10.0, "runs": 4.0}),
        coverage("covered", "maybe", "not_heard", order_ok=False),
        prompt(1, 2, 3),
        PROFILE,
    )
    assert by_name(scores) == {
        "rubric:p0": (10, 10),
        "rubric:p1": (10, 20),
        "rubric:p2": (0, 30),
        "order": (0, 4),
        "pace": (4, 8),
        "pauses": (4, 4),
        "runs": (0, 2),
    }
    assert [score.verdict for score in scores] == ["green", "amber", "red", "red", "amber", "green", "red"]
    assert total(scores) == round(100 * 28 / 78, 1) == 35.9


def test_the_best_answer_has_a_hundred_and_the_worst_none() -> None:
    best = figures({"pace": 200.0, "pauses": 0.0, "runs": 20.0})
    worst = figures({"pace": 999.0, "pauses": 99.0, "runs": 0.0})
    asked = prompt(1, 1)
    assert total(score_all(best, coverage("covered", "covered", order_ok=True), asked, PROFILE)) == 100.0
    assert total(score_all(worst, coverage("not_heard", "not_heard", order_ok=False), asked, PROFILE)) == 0.0


def test_what_was_not_measured_drops_out() -> None:
    asked, heard = prompt(1, 1), coverage("covered", "not_heard")
    without = score_all(figures({"pace": 250.0}), heard, asked, PROFILE)
    with_none = score_all(figures({"pace": 250.0, "pauses": None}), heard, asked, PROFILE)
    assert with_none == without
    assert sum(score.out_of for score in without) == 68


def test_a_figure_without_band_or_weight_does_not_count() -> None:
    weights = replace(PROFILE.weights, measurements={"pace": 0.0})
    profile = replace(PROFILE, weights=weights)
    assert score_all(figures({"unbanded": 3.0, "pace": 200.0, "pauses": 1.0}), None, None, profile) == ()


def test_order_that_does_not_count_is_no_score() -> None:
    free = replace(PROFILE, weights=replace(PROFILE.weights, order=0.0))
    for order_ok, profile in ((None, PROFILE), (True, free), (False, free)):
        scores = score_all([], coverage("covered", order_ok=order_ok), prompt(1), profile)
        assert [score.name for score in scores] == ["rubric:p0"]


def test_nothing_scored_has_no_total() -> None:
    assert total(()) is None
    assert total(score_all(figures({"pace": None}), None, prompt(1), PROFILE)) is None
    assert total((Score("rubric:p0", 0.0, 0.0, "red"),)) is None


@pytest.mark.parametrize(("state", "wanted"), [("covered", 100.0), ("maybe", 50.0), ("not_heard", 0.0)])
def test_a_fatal_point_voids_the_total_only_when_not_heard(state: PointState, wanted: float) -> None:
    scores = score_all([], coverage(state, "covered"), prompt(1, 1e-9, fatal=(0,)), PROFILE)
    assert total(scores) == pytest.approx(wanted, abs=ROUNDING_POINTS)
    assert ("fatal:p0" in by_name(scores)) == (state == "not_heard")


@pytest.mark.parametrize(
    ("code", "certain", "wanted"), [("rude", True, 0.0), ("rude", False, 100.0), ("shirk", True, 100.0)]
)
def test_only_sure_and_listed_language_is_fatal(code: str, certain: bool, wanted: float) -> None:
    hit = LanguageHit(code, "听不懂吗", None, certain)  # type: ignore[arg-type]  # a code of the table
    scores = score_all([], coverage("covered", language=(hit,)), prompt(1, fatal_language=("rude",)), PROFILE)
    assert total(scores) == wanted


def test_a_fatal_phrase_is_told_by_its_first_quote() -> None:
    hits = tuple(LanguageHit("rude", quote, None, certain=True) for quote in ("听不懂吗", "你有病"))
    scores = score_all([], coverage("covered", language=hits), prompt(1, fatal_language=("rude",)), PROFILE)
    assert [score.explanation for score in scores if score.name == "fatal:rude"] == ["听不懂吗"]


@settings(max_examples=30)
@given(answers(), profiles())
def test_the_points_of_the_scores_are_the_total(
    answer: tuple[list[Measurement], Coverage | None, Prompt | None], profile: Profile
) -> None:
    scores = score_all(*answer, profile)
    points, out_of = sum(s.points for s in scores), sum(s.out_of for s in scores)
    assert total(scores) == (round(100 * points / out_of, 1) if out_of else None)
    assert all(0.0 <= score.points <= score.out_of for score in scores)
    assert len(by_name(scores)) == len(scores)
    if out_of:
        assert 0.0 <= (total(scores) or 0.0) <= 100.0


@settings(max_examples=30)
@given(answers(), profiles())
def test_all_points_of_a_rubric_are_worth_the_coverage(
    answer: tuple[list[Measurement], Coverage | None, Prompt | None], profile: Profile
) -> None:
    rubric = [score.out_of for score in score_all(*answer, profile) if score.name.startswith("rubric:")]
    wanted = profile.weights.coverage if answer[1] is not None else 0.0
    assert sum(rubric) == pytest.approx(wanted, abs=TOLERANCE_POINTS)


@settings(max_examples=30)
@given(answers(), profiles(), st.data())
def test_a_point_heard_better_never_costs(
    answer: tuple[list[Measurement], Coverage | None, Prompt | None], profile: Profile, data: st.DataObject
) -> None:
    measured, heard, asked = answer
    if heard is None:
        return
    chosen = data.draw(st.integers(0, len(heard.points) - 1))
    totals = [
        total(
            score_all(
                measured,
                replace(
                    heard,
                    points=tuple(
                        replace(point, state=state) if number == chosen else point
                        for number, point in enumerate(heard.points)
                    ),
                ),
                asked,
                profile,
            )
        )
        for state in STATES
    ]
    assert None in totals or totals == sorted(totals, key=lambda value: value or 0.0)


@settings(max_examples=30)
@given(answers(), profiles(), st.floats(0, 100), st.floats(0, 100))
def test_better_never_lowers_a_one_sided_score(
    answer: tuple[list[Measurement], Coverage | None, Prompt | None],
    profile: Profile,
    one: float,
    other: float,
) -> None:
    _, heard, asked = answer
    low, high = sorted((one, other))
    for name, worse, better in (("pauses", high, low), ("runs", low, high)):
        before = total(score_all(figures({name: worse}), heard, asked, profile))
        after = total(score_all(figures({name: better}), heard, asked, profile))
        assert (before is None) == (after is None)
        assert (after or 0.0) >= (before or 0.0)


@settings(max_examples=30)
@given(answers(), profiles())
def test_a_missing_fatal_point_always_gives_zero(
    answer: tuple[list[Measurement], Coverage | None, Prompt | None], profile: Profile
) -> None:
    measured, _, _ = answer
    assert total(score_all(measured, coverage("not_heard"), prompt(1, fatal=(0,)), profile)) == 0.0
