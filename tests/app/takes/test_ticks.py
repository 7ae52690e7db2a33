"""Ticks: the user's word in place of the engine's; what is worked out again, what stays, what is taught."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from assessments import answer, profile, prompt
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st
from schemas import faults
from store_contract import a_scored

from voicecoach.app.takes.review import Opened
from voicecoach.app.takes.ticks import Ticker, carried, found, learned_with, tickables
from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.errors import UsageError
from voicecoach.model.assessment import LanguageHit
from voicecoach.model.learned import LearnedSentence, taught
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from voicecoach.app.takes.ticks import Said
    from voicecoach.model.assessment import Assessment

NAMES = [each.name for each in tickables(answer())]


def opened(assessment: Assessment | None = None, *, known: bool = True) -> Opened:
    assessment = decode_assessment(encode_assessment(assessment or answer()))
    take = a_scored(0, assessment=encode_assessment(assessment), recognised_text=assessment.transcript.text)
    return Opened(take, assessment, prompt(), profile(), known)


@pytest.fixture(scope="module")
def ticker() -> Ticker:
    return Ticker(RubricEngine(FakeEncoder()))


def after(opened_take: Opened, ticker: Ticker, name: str, said: Said) -> Opened:
    done = ticker.tick(opened_take, name, said)
    return replace(opened_take, take=done.take, assessment=done.after)


def state_of(point: str, assessment: Assessment) -> str:
    assert assessment.coverage
    return next(each.state for each in assessment.coverage.points if each.id == point)


def test_a_point_that_counts_earns_its_points_and_one_that_does_not_loses_them(ticker: Ticker) -> None:
    start = opened()
    missing = next(p.id for p in start.assessment.coverage.points if p.state == "not_heard")  # type: ignore[union-attr]
    more = ticker.tick(start, missing, "counts")
    assert state_of(missing, more.after) == "covered"
    assert more.after.total is not None
    assert start.assessment.total is not None
    weights = {point.id: point.weight for point in prompt().points}
    share = profile().weights.coverage * weights[missing] / sum(weights.values())
    out_of = sum(score.out_of for score in start.assessment.scores)
    gained = 100 * share / out_of
    assert more.after.total == pytest.approx(start.assessment.total + gained, abs=0.11)  # rounded to .1 twice
    changed = {row.name for row in more.differences}
    assert {"total", f"rubric:{missing}"} <= changed <= {"total", "coverage", f"rubric:{missing}"}
    less = ticker.tick(replace(start, assessment=more.after, take=more.take), missing, "counts_not")
    assert less.after.total == start.assessment.total
    assert state_of(missing, less.after) == "not_heard"


def test_what_is_measured_in_the_sound_stays(ticker: Ticker) -> None:
    start = opened()
    done = ticker.tick(start, NAMES[0], "counts_not")
    assert done.after.measurements == decode_assessment(start.take.assessment).measurements
    assert done.after.transcript == start.assessment.transcript


def test_the_kept_document_holds_the_tick_and_what_was_judged(ticker: Ticker) -> None:
    start = opened()
    heard = next(p.id for p in start.assessment.coverage.points if p.state == "covered")  # type: ignore[union-attr]
    done = ticker.tick(start, heard, "counts_not")
    document = done.take.assessment
    assert document is not None
    assert faults(document, "assessment") == []
    point = next(each for each in document["rubric"]["points"] if each["id"] == heard)
    assert (point["state"], point["score"], point["evidence"]) == ("not_heard", 0.0, [])
    assert point["judged"]["state"] == "covered"
    assert point["judged"]["evidence"]
    assert sum("judged" in each for each in document["rubric"]["points"]) == 1
    assert encode_assessment(decode_assessment(document)) == document


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["counts", "counts_not"])), max_size=6))
def test_ticks_taken_back_leave_what_was_judged(ticks: list[tuple[str, Said]]) -> None:
    ticker = Ticker(RubricEngine(FakeEncoder()))
    start = opened()
    now = start
    for name, said in ticks:
        now = after(now, ticker, name, said)
    for name, _ in ticks:
        now = after(now, ticker, name, "as_judged")
    assert now.assessment.coverage is not None
    assert start.assessment.coverage is not None
    assert now.assessment.coverage.points == start.assessment.coverage.points
    assert now.assessment.coverage.language == start.assessment.coverage.language
    assert now.assessment.total == start.assessment.total


def fatal() -> Assessment:
    """An answer with a certain shirk, which is fatal in its prompt."""
    plain = answer()
    assert plain.coverage
    hit = LanguageHit("shirk", "不归我管", None, certain=True)
    asked = opened(replace(plain, coverage=replace(plain.coverage, language=(hit,))))
    return Ticker(RubricEngine(FakeEncoder())).tick(asked, "shirk", "as_judged").after


def test_a_fatal_zero_shows_what_it_would_have_been_and_a_tick_restores_it(ticker: Ticker) -> None:
    judged = fatal()
    assert judged.total == 0.0
    assert judged.total_without_fatal is not None
    assert judged.total_without_fatal > 0.0
    assert encode_assessment(judged)["total_without_fatal"] == judged.total_without_fatal
    spared = ticker.tick(opened(judged), "shirk", "counts_not").after
    assert spared.total == judged.total_without_fatal
    assert spared.total_without_fatal is None
    assert not any(score.is_fatal for score in spared.scores)
    assert "total_without_fatal" not in encode_assessment(spared)


def test_an_uncertain_phrase_becomes_fatal_only_by_the_user(ticker: Ticker) -> None:
    plain = answer()
    assert plain.coverage
    hit = LanguageHit("rude", "您自己看", None, certain=False)
    start = opened(replace(plain, coverage=replace(plain.coverage, language=(hit,))))
    assert ticker.tick(start, "rude", "as_judged").after.total != 0.0
    assert ticker.tick(start, "rude", "counts").after.total == 0.0


def test_what_a_tick_teaches(ticker: Ticker) -> None:
    start = opened()
    assert start.assessment.coverage
    states = {point.id: point for point in start.assessment.coverage.points}
    heard = next(point for point in states.values() if point.state == "covered")
    maybe = next(point for point in states.values() if point.state == "maybe")
    assert ticker.tick(start, heard.id, "counts").taught is None, "it was heard anyway"
    against = ticker.tick(start, heard.id, "counts_not").taught
    assert against is not None
    assert (against.text, against.covers) == (heard.evidence[0].quote, False)
    example = ticker.tick(start, maybe.id, "counts").taught
    assert example is not None
    assert (example.text, example.covers) == (maybe.evidence[0].quote, True)
    own = ticker.tick(start, maybe.id, "counts", sentence="我先让他把话说完").taught
    assert own is not None
    assert own.text == "我先让他把话说完"
    assert ticker.tick(start, maybe.id, "as_judged").taught is None


def test_a_point_teaches_one_sentence_a_take(ticker: Ticker) -> None:
    start = opened()
    maybe = next(p.id for p in start.assessment.coverage.points if p.state == "maybe")  # type: ignore[union-attr]
    first = ticker.tick(start, maybe, "counts")
    kept = learned_with((), start, first, maybe)
    assert len(kept) == 1
    second = ticker.tick(start, maybe, "counts", sentence="我先让他把话说完")
    assert [each.text for each in learned_with(kept, start, second, maybe)] == ["我先让他把话说完"]
    back = ticker.tick(start, maybe, "as_judged")
    assert learned_with(kept, start, back, maybe) == ()


def test_learned_sentences_become_examples_of_their_point_alone() -> None:
    plain = prompt()
    lessons = [
        LearnedSentence(plain.id, "listen", "zh", "我让他把话说完", covers=True, take_id="1"),
        LearnedSentence(plain.id, "listen", "zh", "你先听我说完", covers=False, take_id="1"),
        LearnedSentence("another", "listen", "zh", "我让他慢慢说", covers=True, take_id="1"),
    ]
    point = {each.id: each for each in taught(plain, lessons).points}["listen"]
    assert point.exemplars["zh"][-1] == "我让他把话说完"
    assert point.counter_exemplars["zh"][-1] == "你先听我说完"
    assert taught(plain, lessons[2:]) is plain


def test_ticks_outlive_a_correction(ticker: Ticker) -> None:
    start = opened()
    name = NAMES[0].partition(":")[2]
    done = ticker.tick(start, name, "counts_not").after
    again = carried(done.coverage, answer().coverage, prompt())
    assert again is not None
    assert state_of(name, replace(answer(), coverage=again)) == "not_heard"
    assert carried(None, answer().coverage, prompt()) == answer().coverage


def test_what_cannot_be_ticked(ticker: Ticker) -> None:
    with pytest.raises(UsageError, match="no 'nonsense' to tick; there are: empathy"):
        found(answer(), "nonsense")
    with pytest.raises(UsageError, match="no longer in the library"):
        ticker.tick(opened(known=False), NAMES[0], "counts")
    with pytest.raises(UsageError, match="nothing to tick"):
        ticker.tick(opened(replace(answer(), coverage=None)), NAMES[0], "counts")
    with pytest.raises(UsageError, match="has 1 characters"):
        ticker.tick(opened(), NAMES[0], "counts", sentence="好")
    assert tickables(replace(answer(), coverage=None)) == ()
