"""Results beside marks: pairs found, rules to mend, blind draws that tell no score."""

from __future__ import annotations

import numpy as np
import pytest
from batch_fakes import judged
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from voicecoach.app.agreement.agree import MarkRow, compare
from voicecoach.app.agreement.blind import draw_blind
from voicecoach.model.assessment import Coverage, Evidence, Measurement, PointResult, PointState
from voicecoach.model.audio import Span
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult, Result
from voicecoach.model.transcript import Provenance, Transcript, Word

TOLERANCE = 1e-9
STATES: dict[float, PointState] = {0.0: "not_heard", 0.5: "maybe", 1.0: "covered"}
FAILURE = FailedResult("x.wav", Failure("input", "no sound", "", 3), BatchFacts("x.wav"))


def result(
    file: str,
    *,
    prompt: str = "late",
    total: float | None = 50.0,
    rate: float | None = 200.0,
    rubric: bool = True,
    **points: float,
) -> JudgedResult:
    heard = tuple(
        PointResult(name, STATES[mark], mark, (Evidence(f"引用 {file}", None, "cue:"),) if mark else ())
        for name, mark in points.items()
    )
    reason = "too_short" if rate is None else None
    words = Word(f"{file} 里说了很多很多话" * 6, Span(0.0, 1.0), 1.0)
    assessment = judged(
        "",
        source=file.rpartition("/")[2],
        transcript=Transcript((words,), "zh", Provenance("fake", "1", "", "")),
        measurements=(Measurement("speech_rate", rate, "字/min", "d", reason=reason),),
        total=total,
        coverage=Coverage(prompt, heard, 0.5, 0.5, None) if rubric else None,
    )
    return JudgedResult(assessment, BatchFacts(file, prompt=prompt))


def row(file: str, rater: str = "", prompt: str = "", **marks: float) -> MarkRow:
    return MarkRow(file, rater, prompt, marks)


def made(n: int = 60) -> tuple[list[JudgedResult], list[MarkRow]]:
    """Answers with two points: one that the program hears as the person does, one that it often misses."""
    rng = np.random.default_rng(7)
    results, rows = [], []
    for index in range(n):
        person = {"good": float(rng.integers(2)), "bad": float(rng.choice([0.0, 0.5, 1.0]))}
        good = person["good"] if rng.random() < 0.95 else 1 - person["good"]
        bad = person["bad"] if rng.random() < 0.5 else 0.0
        total = float(rng.integers(101))
        results.append(result(f"a/{index:03}.wav", total=total, good=good, bad=bad))
        marks = {**person, "total": total + float(rng.normal(0, 10))}
        rows.append(MarkRow(f"a/{index:03}.wav", "", "", marks))
    return results, rows


def test_figures_are_those_of_scipy_and_scikit_learn() -> None:
    results, rows = made()
    found = {item.name: item for item in compare(results, rows, n_boot=0).items}
    assert list(found) == ["late/bad", "late/good", "total"]
    for name in ("bad", "good"):
        person = [int(2 * one.marks[name]) for one in rows]
        points = [
            {point.id: point.state for point in one.assessment.coverage.points}
            for one in results
            if one.assessment.coverage
        ]
        program = [["not_heard", "maybe", "covered"].index(point[name]) for point in points]
        item = found[f"late/{name}"]
        for key, weights in (("kappa", None), ("kappa_quadratic", "quadratic")):
            theirs = cohen_kappa_score(person, program, labels=[0, 1, 2], weights=weights)
            assert item.figures[key].value == pytest.approx(theirs, abs=TOLERANCE)
        assert item.figures["exact"].value == pytest.approx(np.mean(np.equal(person, program)), abs=TOLERANCE)
        assert item.misses + item.over_counts == np.sum(np.not_equal(person, program))
    totals = [one.marks["total"] for one in rows], [one.assessment.total or 0.0 for one in results]
    figures = found["total"].figures
    assert figures["pearson"].value == pytest.approx(stats.pearsonr(*totals).statistic, abs=TOLERANCE)
    assert figures["spearman"].value == pytest.approx(stats.spearmanr(*totals).statistic, abs=TOLERANCE)
    assert figures["mae"].value == pytest.approx(np.mean(np.abs(np.subtract(*totals))), abs=TOLERANCE)
    assert figures["bias"].value == pytest.approx(np.mean(np.subtract(totals[1], totals[0])), abs=TOLERANCE)
    assert "kappa" not in figures


def test_the_rule_to_mend_is_the_one_that_errs_with_its_direction_and_examples() -> None:
    found = compare(*made(), n_boot=20)
    assert found.mend == "late/bad"
    item = next(item for item in found.items if item.name == found.mend)
    assert item.misses > 0
    assert item.over_counts == 0
    assert [(e.person, e.program) for e in item.examples] == [(1.0, 0.0)] * 3
    assert item.examples[0].quote.endswith("…")
    assert item.figures["kappa"].interval


def test_over_counts_show_what_was_quoted() -> None:
    results = [result(f"{n}.wav", tick=1.0) for n in range(12)]
    rows = [row(f"{n}.wav", tick=float(n % 2)) for n in range(12)]
    item = compare(results, rows, n_boot=0).items[0]
    assert (item.misses, item.over_counts) == (0, 6)
    assert item.examples[0].quote == "引用 0.wav"
    assert item.figures["kappa"].value == 0.0
    assert (item.figures["pearson"].value, item.figures["pearson"].reason) == (None, "constant")


def test_a_rule_of_too_few_answers_is_not_named() -> None:
    results, rows = made(9)
    assert compare(results, rows, n_boot=0).mend is None
    assert compare(results, rows, n_boot=0, n_smallest=9).mend == "late/bad"


def test_full_agreement_mends_nothing_and_constant_marks_have_a_reason() -> None:
    results = [result(f"{n}.wav", tick=1.0) for n in range(12)]
    found = compare(results, [row(f"{n}.wav", tick=1.0) for n in range(12)], n_boot=0)
    assert found.mend is None
    kappa = found.items[0].figures["kappa"]
    assert (kappa.value, kappa.interval, kappa.reason) == (None, None, "constant")
    assert found.items[0].figures["exact"].value == 1.0


def test_what_is_missing_on_either_side_is_told() -> None:
    results: list[Result] = [
        result("a/1.wav", tick=1.0, rate=None),
        result("a/2.wav", tick=0.0),
        result("b/3.wav", rubric=False),
        FAILURE,
    ]
    rows = [
        row("1.wav", tick=1.0, speech_rate=180.0, nonsense=1.0),
        row("b/3.wav", tick=1.0),
        row("gone.wav"),
    ]
    found = compare(results, rows, n_boot=0)
    assert (found.n_files, found.n_failures) == (2, 1)
    assert found.without_result == ("gone.wav",)
    assert found.without_marks == ("a/2.wav",)
    assert found.without_rubric == ("b/3.wav",)
    assert found.unknown_columns == ("nonsense",)
    rate = next(item for item in found.items if item.name == "speech_rate")
    assert (rate.n, rate.n_unmeasured) == (0, 1)
    assert rate.figures["mae"].reason == "too_few"


def test_a_name_that_two_folders_share_matches_neither() -> None:
    results = [result("a/1.wav", tick=1.0), result("b/1.wav", tick=1.0)]
    agreement = compare(results, [row("1.wav", tick=1.0)], n_boot=0)
    assert agreement.without_result == agreement.ambiguous == ("1.wav",)


def test_one_point_of_two_prompts_is_two_rules() -> None:
    results = [result("1.wav", tick=1.0), result("1.wav", prompt="other", tick=0.0)]
    both = compare(results, [row("1.wav", tick=1.0)], n_boot=0)
    assert [(item.name, item.n, item.misses) for item in both.items] == [
        ("late/tick", 1, 0), ("other/tick", 1, 1),
    ]  # fmt: skip
    one = compare(results, [MarkRow("1.wav", "", "late", {"late/tick": 1.0})], n_boot=0)
    assert [item.name for item in one.items] == ["late/tick"]


def test_several_raters_are_one_median_and_compared_with_each_other() -> None:
    marks = {"a": [1, 1, 0, 0, 1, 0], "b": [1, 1, 0, 0, 0, 0], "c": [1, 0, 0, 1, 1, 0]}
    results = [result(f"{n}.wav", tick=1.0 if n in {0, 1, 4} else 0.0) for n in range(6)]
    rows = [row(f"{n}.wav", rater, tick=float(of[n])) for rater, of in marks.items() for n in range(6)]
    found = compare(results, rows, n_boot=0)
    assert found.raters == ("a", "b", "c")
    assert found.items[0].figures["exact"].value == 1.0
    theirs = [cohen_kappa_score(marks[left], marks[right]) for left, right in ("ab", "ac", "bc")]
    assert found.items[0].between_raters == pytest.approx(np.mean(theirs), abs=TOLERANCE)


def test_two_raters_of_two_minds_make_a_maybe() -> None:
    rows = [row("1.wav", "a", tick=1.0), row("1.wav", "b", tick=0.5)]
    item = compare([result("1.wav", tick=0.5)], rows, n_boot=0).items[0]
    assert (item.n, item.misses, item.over_counts) == (1, 0, 0)


def test_raters_who_write_a_name_in_two_ways_mark_one_answer() -> None:
    rows = [row("1", "a", tick=1.0), row("A\\1.WAV", "b", tick=1.0)]
    item = compare([result("a/1.wav", tick=1.0)], rows, n_boot=0).items[0]
    assert (item.n, item.between_raters) == (1, None)
    assert item.figures["exact"].value == 1.0


def test_a_blind_draw_is_seeded_spread_and_tells_no_order() -> None:
    results = [result(f"{n:03}.wav", total=float(n), tick=1.0) for n in range(100)]
    drawn = draw_blind([*results, FAILURE], 10, seed=1)
    totals = [one.assessment.total or 0.0 for one in drawn]
    assert drawn == draw_blind(results, 10, seed=1)
    assert drawn != draw_blind(results, 10, seed=2)
    assert sorted(int(total // 10) for total in totals) == list(range(10))
    assert totals != sorted(totals)
    assert len(draw_blind(results[:3], 10)) == 3
    assert draw_blind([FAILURE], 3) == []


def test_refused_answers_are_drawn_too() -> None:
    assert draw_blind([result("1.wav", total=None, tick=0.0)], 1)[0].file == "1.wav"
