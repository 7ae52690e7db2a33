"""What is asked of a practice, and what is said at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from assessments import prompt

from voicecoach.app.practise.options import PracticeOptions
from voicecoach.app.practise.session import Missed, Session, most_missed
from voicecoach.model.device import device_of
from voicecoach.model.take import Take

if TYPE_CHECKING:
    from voicecoach.model.prompt import Prompt


class Library:
    def prompts(self) -> tuple[Prompt, ...]:
        return (prompt(),)

    def prompt(self, prompt_id: str) -> Prompt:
        raise AssertionError(prompt_id)


class Practised:
    """A practice that is over, or was never begun."""

    def __init__(self, *takes: Take, **options: Any) -> None:
        self.takes, self.options = list(takes), PracticeOptions(**options)
        self.done: list[str] = []

    def offer_unfinished(self, _library: Library) -> None:
        self.done.append("offered")

    def run(self, prompts: tuple[Prompt, ...]) -> None:
        self.done.append(f"practised {len(prompts)}")

    def note(self, code: str) -> None:
        self.done.append(code)


def session(practised: Practised) -> Session:
    face: Any = practised
    return Session(cast("Any", practised), face, Library(), (prompt(),))


def take(number: int, total: float | None = None, prompt_id: str = "late", **states: str) -> Take:
    points = [{"id": point, "state": state} for point, state in states.items()]
    return Take(
        id=str(number),
        recorded_at="2026-11-22T09:30:00.000+00:00",
        prompt_id=prompt_id,
        prompt_text="?",
        pack="p",
        kind="scenario",
        language="zh",
        profile="interview",
        state="scored",
        assessment={"schema": "voicecoach.assessment/2", "rubric": {"points": points}, "total": total},
    )


def test_a_device_is_a_number_or_a_name() -> None:
    assert [device_of(text) for text in ("3", "USB 3", "²", None)] == [3, "USB 3", "²", None]


def test_the_point_missed_most_often() -> None:
    takes = [take(1, sorry="not_heard", check="covered"), take(2, sorry="not_heard", check="not_heard")]
    assert most_missed(takes, Library()) == Missed("late", "sorry", 2, {})
    assert most_missed([take(1, sorry="covered")], Library()) is None


def test_a_missed_point_has_the_label_of_its_prompt() -> None:
    point = prompt().points[0]
    missed = most_missed([take(1, None, prompt().id, **{point.id: "not_heard"})], Library())
    assert missed == Missed(prompt().id, point.id, 1, point.label)


def test_the_summary_of_scored_and_unscored_takes() -> None:
    summary = session(Practised(take(1, 50.0), take(2, 70.0, "other"), take(3))).summary()
    assert summary is not None
    assert (summary.n_takes, summary.mean_total, summary.best) == (3, 60.0, ("other", 70.0))
    single = session(Practised(take(1, 50.0), take(2))).summary()
    assert single is not None
    assert (single.mean_total, single.best, single.missed) == (50.0, None, None)
    assert session(Practised()).summary() is None


def test_without_scores_the_summary_has_none() -> None:
    summary = session(Practised(take(1, 50.0), take(2, 70.0), with_score=False)).summary()
    assert summary is not None
    assert (summary.n_takes, summary.mean_total, summary.best) == (2, None, None)


@pytest.mark.parametrize(
    ("alone", "text_only", "done"),
    [
        (True, False, ["offered", "practised 1"]),
        (False, False, ["practise-other", "practised 1"]),
        (True, True, ["practised 1"]),
        (False, True, ["practised 1"]),
    ],
)
def test_what_was_broken_off_is_offered_by_one_practice_at_a_time(
    *, alone: bool, text_only: bool, done: list[str]
) -> None:
    practised = Practised(text_only=text_only)
    session(practised).run(alone=alone)
    assert practised.done == done
