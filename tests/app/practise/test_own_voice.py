"""The calm voice of earlier takes: which of them count, and that a practice judges by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fake_recorder import FakeRecorder
from practice_stage import Stage, assessment, press, sound
from store_contract import FakeStore, a_document, a_scored, a_take

from voicecoach.app.practise.own_voice import TAKES_MOST, own_baseline
from voicecoach.errors import StoreError
from voicecoach.metrics.agitation import USUAL_F0_SD_ST, USUAL_HF1000_SD_DB
from voicecoach.model.speaker_profile import Baseline
from voicecoach.units import st_to_hz

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.take import Take

CALM_ST, CALM_DB = 12.0, -10.0
NOW = 30
"""The take in hand is so many days after the first."""


def voiced(number: int, st: float | None = CALM_ST, db: float | None = CALM_DB, **changes: Any) -> Take:
    """A judged take with these two figures."""
    document = a_document()
    for name, value in (("pitch_high", None if st is None else st_to_hz(st)), ("hf1000", db)):
        document["measurements"][name] = {"value": value, "unit": "", "verdict": None, "band": None}
    return a_scored(number, assessment=document, **changes)


class DamagedStore(FakeStore):
    """One take of it cannot be read."""

    damaged = ""

    def take(self, reference: str) -> Take:
        if reference == self.damaged:
            raise StoreError("plain", message="damaged", remedy="")
        return super().take(reference)


@pytest.fixture
def store(tmp_path: Path) -> DamagedStore:
    return DamagedStore(tmp_path)


def baseline(store: DamagedStore, *takes: Take, **changes: Any) -> Baseline | None:
    for take in takes:
        store.put(take)
    return own_baseline(store, a_take(NOW, **changes))


def test_three_takes_make_a_calm_voice_and_two_do_not(store: DamagedStore) -> None:
    assert baseline(store, voiced(0), voiced(1)) is None
    calm = baseline(store, voiced(2))
    assert calm is not None
    assert (calm.n_takes, calm.n_units) == (3, 2)
    assert (calm.f0_high_st, calm.hf1000_db) == pytest.approx((CALM_ST, CALM_DB))
    assert (calm.f0_high_sd_st, calm.hf1000_sd_db) == pytest.approx((USUAL_F0_SD_ST, USUAL_HF1000_SD_DB))


@pytest.mark.parametrize(
    "changes",
    [
        {"device": "耳机"},
        {"language": "en"},
        {"speaker_profile": "li"},
        {"st": None},
        {"db": None},
        {"state": "not_scored"},
    ],
    ids=str,
)
def test_another_microphone_language_or_person_does_not_count(
    store: DamagedStore, changes: dict[str, Any]
) -> None:
    assert baseline(store, voiced(0), voiced(1), voiced(2, **changes)) is None


def test_only_what_came_before_counts(store: DamagedStore) -> None:
    assert baseline(store, voiced(0), voiced(1), voiced(NOW), voiced(NOW + 1)) is None


def test_an_unknown_microphone_has_no_calm_voice(store: DamagedStore) -> None:
    takes = [voiced(number, device="") for number in range(4)]
    assert baseline(store, *takes, device="") is None


def test_the_newest_are_taken(store: DamagedStore) -> None:
    old = [voiced(number, 3.0) for number in range(5)]
    new = [voiced(5 + number) for number in range(TAKES_MOST)]
    calm = baseline(store, *old, *new)
    assert calm is not None
    assert calm.n_takes == TAKES_MOST
    assert calm.f0_high_st == pytest.approx(CALM_ST)


def test_a_damaged_take_is_passed_over(store: DamagedStore) -> None:
    takes = [voiced(number) for number in range(4)]
    store.damaged = takes[1].id
    calm = baseline(store, *takes)
    assert calm is not None
    assert calm.n_takes == 3


def test_the_fourth_answer_of_a_practice_is_judged_by_the_first_three(stage: Stage) -> None:
    figures = {
        name: {"value": value, "unit": "", "verdict": None, "band": None}
        for name, value in (("pitch_high", st_to_hz(CALM_ST)), ("hf1000", CALM_DB))
    }
    stage.figures = figures
    stage.recorder = FakeRecorder([sound(1.0)] * 4)
    stage.judge.results += [assessment()] * 4
    press(stage, *["enter", "a"] * 3, "enter", "n")
    stage.run()
    judged_by = [task.baseline for task in stage.judge.tasks]
    assert judged_by[:3] == [None] * 3
    assert judged_by[3] is not None
    assert judged_by[3].n_takes == 3


def test_a_calibrated_voice_comes_first(stage: Stage) -> None:
    calibrated = Baseline(10.0, 2.0, -12.0, 3.0, n_units=9)
    stage.judge.baseline = calibrated
    for number in range(4):
        stage.store.put(voiced(number, speaker_profile="calm", device="fake"))
    stage.judge.results.append(assessment())
    press(stage, "enter", "n")
    stage.run()
    assert stage.judge.tasks[0].baseline is calibrated
