"""Trends, hit rates, best and last, the weakest step: small histories written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessments import prompt
from store_contract import a_document, a_scored, summary

from voicecoach.app.takes.progress import POINTS_MOST, LearningProgress, progress
from voicecoach.documents.take import facts_of

if TYPE_CHECKING:
    from voicecoach.model.take import Take


def history(*takes: Take, prompts: Any = ()) -> LearningProgress:
    figures = [row for take in takes for row in facts_of(take).figures]
    points = [row for take in takes for row in facts_of(take).points]
    return progress([summary(take) for take in reversed(takes)], figures, points, prompts)


def scored(number: int, total: float | None = 70.0, rate: float | None = 200.0, **changes: Any) -> Take:
    document = a_document(total=total, rate=rate)
    document["rubric"]["version"] = changes.pop("version", "1-abc")
    document["rubric"]["points"] = [
        {"id": point, "state": state} for point, state in changes.pop("points", {"solve": "covered"}).items()
    ]
    document["provenance"]["recogniser"]["model_sha256"] = changes.pop("model", "f" * 64)
    document["measurements"]["speech_rate"]["band"]["green"] = changes.pop("green", [180, 240])
    return a_scored(number, assessment=document, **changes)


def test_trends_go_from_old_to_new_and_leave_out_what_was_not_measured() -> None:
    found = history(scored(0, 50.0, 100.0), scored(1, 60.0, None), scored(2, None, 300.0, state="not_scored"))
    trends = {trend.name: trend for trend in found.trends}
    assert [point.value for point in trends["total"].points] == [50.0, 60.0]
    assert [point.value for point in trends["speech_rate"].points] == [100.0, 300.0]
    assert "snr" not in trends  # no band
    assert [trend.name for trend in found.trends][:2] == ["total", "coverage"]
    assert trends["coverage"].unit == "ratio"
    assert [take.recorded_at for take in found.takes] == sorted(take.recorded_at for take in found.takes)


def test_the_band_is_drawn_as_far_as_it_held() -> None:
    takes = [scored(n, green=[180, 240] if n < 3 else [160, 220]) for n in range(5)]
    bands = next(trend for trend in history(*takes).trends if trend.name == "speech_rate").bands
    assert [(band.first, band.last, band.green) for band in bands] == [(0, 2, (180, 240)), (3, 4, (160, 220))]


def breaks(*takes: Take) -> dict[str, tuple[int, ...]]:
    return {trend.name: trend.breaks for trend in history(*takes).trends}


def test_another_recogniser_breaks_every_trend_another_rubric_the_scores() -> None:
    found = breaks(scored(0), scored(1), scored(2, model="e" * 64), scored(3, model="e" * 64, version="2-x"))
    assert found == {"total": (2, 3), "coverage": (2, 3), "speech_rate": (2,)}


def test_rubrics_of_two_prompts_in_turn_break_nothing() -> None:
    takes = [scored(n, prompt_id="ab"[n % 2], version=f"1-{n % 2}") for n in range(6)]
    assert breaks(*takes)["total"] == ()


def test_a_break_at_a_take_without_the_figure_comes_with_the_next_that_has_it() -> None:
    found = breaks(scored(0), scored(1, rate=None, model="e" * 64), scored(2, model="e" * 64))
    assert found["speech_rate"] == (1,)


def test_long_trends_are_thinned_by_medians_and_never_across_a_break() -> None:
    takes = [scored(n, float(n % 100), model="fe"[n >= 905] * 64) for n in range(1200)]
    total = history(*takes).trends[0]
    assert len(total.points) <= POINTS_MOST + 1
    assert sum(point.n for point in total.points) == total.n == 1200
    assert total.breaks == (905,)
    assert not [p for p in total.points if p.at - (p.n - 1) / 2 < 905 < p.at + (p.n - 1) / 2 + 0.5]
    assert [point.value for point in total.points[:2]] == [1.5, 5.5]


def test_at_first_and_lately_count_since_the_last_break() -> None:
    takes = [scored(n, 10.0, model="e" * 64) for n in range(7)] + [scored(7 + n, 40.0 + n) for n in range(12)]
    total = history(*takes).trends[0]
    assert (total.at_first, total.lately) == (42.0, 49.0)
    assert history(*takes[:9]).trends[0].lately is None


def test_hit_rates_count_the_newest_rubric_only() -> None:
    found = history(
        scored(0, points={"solve": "not_heard"}, version="old"),
        scored(1, points={"solve": "covered", "calm": "maybe"}),
        scored(2, points={"solve": "not_heard", "calm": "covered"}),
    ).prompts[0]
    assert (found.n_takes, found.n_left_out) == (3, 1)
    rates = {rate.point_id: (rate.covered, rate.maybe, rate.n, rate.rate) for rate in found.rates}
    assert rates == {"solve": (1, 0, 2, 0.5), "calm": (1, 1, 2, 0.5)}


def test_best_and_last_of_a_prompt_with_their_figures() -> None:
    takes = scored(0, 60.0), scored(1, 90.0, 211.0), scored(2, 90.0, 222.0), scored(3, 70.0)
    found = history(*takes, scored(4, None, state="not_scored"), scored(5, 10.0, prompt_id="other"))
    first, second = found.prompts
    assert (first.prompt_id, second.prompt_id) == ("late_delivery", "other")
    assert first.best
    assert first.last
    assert (first.best.id, first.last.id) == (takes[2].id, takes[3].id)  # of equals the newer
    assert found.figures[takes[2].id]["speech_rate"].value == 222.0
    assert found.states[takes[3].id] == {"solve": "covered"}
    assert takes[0].id not in found.figures


def weak(*states: str, **other: str) -> list[Take]:
    return [scored(n, points={"solve": state, **other}) for n, state in enumerate(states)]


def test_the_weakest_step_and_the_prompts_that_drill_it_least_practised_first() -> None:
    asked = prompt()
    same_label = replace(asked, id="new", points=(replace(asked.points[3], id="fix"),))
    unlike = replace(asked, id="unlike", points=(asked.points[0],))
    found = history(
        *weak("covered", "not_heard", "not_heard", apology="covered"), prompts=(asked, unlike, same_label)
    ).weakest
    assert found
    assert found.rate.point_id == "solve"
    assert (found.rate.covered, found.rate.n) == (1, 3)
    assert found.rate.label == asked.points[3].label
    assert [drill.id for drill in found.drills] == ["new", "late_delivery"]


def test_no_step_is_weak_that_was_judged_too_seldom_or_always_met() -> None:
    assert history(*weak("not_heard", "not_heard")).weakest is None
    assert history(*weak("covered", "covered", "covered")).weakest is None


def test_a_step_counts_over_all_prompts() -> None:
    takes = [scored(n, prompt_id=f"p{n}", points={"solve": "not_heard"}) for n in range(3)]
    found = history(*takes).weakest
    assert found
    assert found.rate.n == 3


def test_an_empty_history() -> None:
    found = history()
    assert (found.trends, found.prompts, found.weakest) == ((), (), None)
