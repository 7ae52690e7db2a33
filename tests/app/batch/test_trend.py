"""Two batches side by side: what is told as a change, how surely, and what is not compared."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from batch_fakes import judged
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from voicecoach.app.batch.trend import GROUPS_MOST, SPEAKER, Trend, answers_of
from voicecoach.app.batch.trend import trend as trend_of
from voicecoach.model.assessment import Coverage, PointResult, PointState
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

STATES: dict[str, PointState] = {"c": "covered", "m": "maybe", "n": "not_heard"}
FAILURE = FailedResult("x.wav", Failure("input", "no sound", "", 3), BatchFacts("x.wav"))


def result(
    file: str,
    total: float | None = 50.0,
    *,
    points: str = "cn",
    prompt: str = "late",
    rubric: str = "1-a",
    sha256: str = "",
    speaker: str = "",
    **own: str,
) -> JudgedResult:
    heard = tuple(PointResult(f"p{place}", STATES[state], 0.5) for place, state in enumerate(points))
    assessment = judged(
        sha256 or f"sha of {file}",
        source=file,
        total=total,
        coverage=Coverage(prompt, heard, 0.5, 0.5, None),
        rubric_version=rubric,
    )
    return JudgedResult(assessment, BatchFacts(file, prompt=prompt, speaker=speaker or None, carried=own))


def trend(before: Sequence[Result], now: Sequence[Result]) -> Trend:
    return trend_of(answers_of(before), answers_of(now))


def batch(week: int, totals: Sequence[float], **options: str) -> list[Result]:
    return [result(f"week{week}/{n}.wav", total, **options) for n, total in enumerate(totals)]


def test_means_differ_with_the_interval_of_welch() -> None:
    rng = np.random.default_rng(3)
    before, now = rng.normal(55, 9, 40), rng.normal(62, 14, 25)
    made = trend(batch(1, before.tolist()), batch(2, now.tolist())).overall
    theirs = stats.ttest_ind(now, before, equal_var=False).confidence_interval(0.95)
    assert made.difference == pytest.approx(now.mean() - before.mean())
    assert made.interval == pytest.approx((theirs.low, theirs.high))
    assert (made.n_before, made.n_now) == (40, 25)


def test_files_in_both_are_paired_by_recording_then_by_name() -> None:
    before = [
        result("week1/a.wav", 40.0, points="nm", sha256="same"),
        result("week1/b.wav", 50.0),
        result("week1/c.wav", 60.0),
        result("week1/gone.wav", 10.0),
    ]
    now = [
        result("week2/renamed.wav", 55.0, points="cn", sha256="same"),
        result("WEEK1/b.wav", 52.0),
        result("week2/C.wav", 63.0),
        result("week2/new.wav", 99.0),
    ]
    made = trend(before, now)
    assert [(file.file, file.file_before, file.same) for file in made.files] == [
        ("week2/renamed.wav", "week1/a.wav", "recording"),
        ("week2/C.wav", "week1/c.wav", "name"),
        ("WEEK1/b.wav", "week1/b.wav", "name"),
    ]
    assert (made.files[0].gained, made.files[0].lost) == (("p0",), ("p1",))
    assert (made.only_before, made.only_now) == (("week1/gone.wav",), ("week2/new.wav",))
    differences = [15.0, 2.0, 3.0]
    theirs = stats.ttest_1samp(differences, 0.0).confidence_interval(0.95)
    assert made.paired.difference == pytest.approx(np.mean(differences))
    assert made.paired.interval == pytest.approx((theirs.low, theirs.high))


def test_a_name_that_stands_in_several_folders_pairs_nothing() -> None:
    before = [result("a/1.wav"), result("b/1.wav", sha256="other")]
    made = trend(before, [result("c/1.wav", sha256="third")])
    assert made.files == ()


def test_what_was_judged_otherwise_is_not_compared() -> None:
    before = [*batch(1, [10, 20]), *batch(1, [50, 60], prompt="other")]
    now = [*batch(2, [80, 90], rubric="2-b"), *batch(2, [55, 65], prompt="other")]
    made = trend(before, now)
    late, other = made.prompts
    assert [(doubt.what, doubt.before, doubt.now) for doubt in late.doubts] == [
        ("rubric", ("1-a",), ("2-b",))
    ]
    assert (late.change.difference, late.change.before, late.change.now) == (None, 15.0, 85.0)
    assert other.doubts == ()
    assert made.overall.difference == pytest.approx(5.0)
    assert {point.prompt for point in made.points} == {"other"}


@pytest.mark.parametrize("what", ["recogniser", "profile", "language"])
def test_another_recogniser_profile_or_language_is_named(what: str) -> None:
    [first] = batch(1, [10])
    assert isinstance(first, JudgedResult)
    assessment = first.assessment
    heard = replace(assessment.transcript, provenance=replace(assessment.transcript.provenance, model="big"))
    changed = {
        "recogniser": {"transcript": heard},
        "profile": {"profile": "x"},
        "language": {"language": "en"},
    }
    now = replace(first, assessment=replace(assessment, **changed[what]))  # type: ignore[arg-type]
    made = trend([first], [now])
    assert [doubt.what for doubt in made.prompts[0].doubts] == [what]
    assert made.overall.difference is None


def test_groups_are_told_by_speaker_and_by_columns_of_few_values() -> None:
    def team(week: int, totals: Sequence[float]) -> list[Result]:
        return [
            result(f"w{week}/{n}.wav", total, speaker="王芳", team="AB"[n % 2], order=f"{week}-{n}")
            for n, total in enumerate(totals)
        ]

    n = GROUPS_MOST + 2
    made = trend(team(1, [40.0, 60.0] * (n // 2)), team(2, [50.0, 60.0] * (n // 2)))
    changes = {(group.column, group.value): group.change.difference for group in made.groups}
    assert changes == {("team", "A"): 10.0, ("team", "B"): 0.0, (SPEAKER, "王芳"): 5.0}


def test_points_are_shares_with_the_hybrid_interval() -> None:
    def points(hits: int, n: int, week: int) -> list[Result]:
        return [result(f"w{week}/{i}.wav", points="c" if i < hits else "n") for i in range(n)]

    # Newcombe (1998), table II, method 10: 56/70 - 48/80 = 0.2 [0.0524, 0.3339]
    [point] = trend(points(48, 80, 1), points(56, 70, 2)).points
    assert point.change.difference == pytest.approx(0.2)
    assert point.change.interval == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_failures_and_refusals_are_counted_and_change_nothing() -> None:
    made = trend([*batch(1, [50, 60]), FAILURE, result("r.wav", None)], batch(2, [55, 65]))
    assert (made.n_files, made.n_scored) == ((4, 2), (2, 2))
    assert made.overall.difference == pytest.approx(5.0)


def test_nothing_beside_something_is_no_change() -> None:
    for made in (trend([], batch(2, [55])), trend(batch(1, [55]), []), trend([FAILURE], [FAILURE])):
        assert (made.overall.difference, made.paired.n_now, made.files) == (None, 0, ())


TOTALS = st.lists(st.floats(0, 100), max_size=12)


@given(TOTALS, TOTALS, st.integers())
def test_the_other_way_round_is_the_change_turned_over(
    before: list[float], now: list[float], seed: int
) -> None:
    one, other = trend(batch(1, before), batch(2, now)), trend(batch(2, now), batch(1, before))
    if one.overall.difference is None:
        assert other.overall.difference is None
    else:
        assert other.overall.difference == pytest.approx(-one.overall.difference)
    shuffled: list[Result] = batch(1, before)
    random.Random(seed).shuffle(shuffled)
    again: Trend = trend(shuffled, batch(2, now))
    assert again.overall.difference == pytest.approx(one.overall.difference)
    assert {file.file for file in again.files} == {file.file for file in one.files}
