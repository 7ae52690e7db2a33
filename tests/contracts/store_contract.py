"""What every Store keeps to, and a Store in memory for the tests of those who use one.

A test class inherits from :class:`StoreContract` and gives the fixture ``store``: an empty one.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach.documents.take import facts_of
from voicecoach.errors import InputError, UsageError
from voicecoach.model.take import Take, TakeSummary, new_take_id, utc_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from voicecoach.model.take import FigureRow, PointRow, TakeState
    from voicecoach.ports import Store

FIRST = datetime(2026, 11, 22, 9, 30, 0, 417000, tzinfo=UTC)
SPOKEN = "先跟您道歉，我马上去查。"


def a_document(*, total: float | None = 72.5, rate: float | None = 231.4) -> dict[str, Any]:
    """An assessment with one point covered, one not heard, one measurement with a band, one without."""
    return {
        "schema": "voicecoach.assessment/2",
        "transcript": {"text": SPOKEN},
        "measurements": {
            "speech_rate": {
                "value": rate,
                "unit": "syll/min",
                "verdict": None if rate is None else "green",
                "band": {"green": [180, 240], "amber": [150, None]},
            },
            "snr": {"value": 48, "unit": "dB", "verdict": None, "band": None},
        },
        "rubric": {
            "points": [{"id": "apology", "state": "covered"}, {"id": "solve", "state": "not_heard"}],
            "coverage": [0.5, 0.75],
            "version": "1-abc",
        },
        "total": total,
        "provenance": {"recogniser": {"engine": "fake", "version": "1", "model_sha256": "f" * 64}},
    }


def a_take(number: int = 0, **changes: Any) -> Take:
    """A recorded take, ``number`` days after :data:`FIRST`."""
    when = FIRST + timedelta(days=number)
    known: dict[str, Any] = {
        "id": new_take_id(when),
        "recorded_at": utc_text(when),
        "prompt_id": "late_delivery",
        "prompt_text": "快递晚了三天，顾客很生气，怎么办？",
        "pack": "scenarios",
        "kind": "scenario",
        "language": "zh",
        "profile": "interview",
        "device": "USB 麦克风",
        "duration_s": 50.24,
    }
    return Take(**{**known, **changes})


def a_scored(number: int = 0, **changes: Any) -> Take:
    """A scored take."""
    known: dict[str, Any] = {"state": "scored", "recognised_text": SPOKEN, "assessment": a_document()}
    return a_take(number, **{**known, **changes})


def summary(take: Take) -> TakeSummary:
    """What a list is to show of ``take``."""
    facts = facts_of(take)
    low, high = facts.coverage or (None, None)
    special: dict[str, Any] = {
        **{name: getattr(facts, name) for name in ("total", "engine", "model_sha256", "rubric_version")},
        "coverage_low": low,
        "coverage_high": high,
        "corrected": take.corrected_text is not None,
    }
    names = [field.name for field in fields(TakeSummary)]
    return TakeSummary(**{name: special[name] if name in special else getattr(take, name) for name in names})


class FakeStore:
    """Takes in a dictionary; sounds in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, Take] = {}

    def put(self, take: Take) -> None:
        self.kept[take.id] = take

    def take(self, reference: str) -> Take:
        by_age = self._oldest_first()
        found = by_age[-1:] if reference == "last" else [t for t in by_age if t.id.startswith(reference)]
        if not found:
            raise UsageError("plain", message=f"there is no take {reference!r}", remedy="")
        if len(found) > 1:
            raise UsageError("plain", message=f"{len(found)} takes begin with {reference!r}", remedy="")
        return found[0]

    def takes(
        self,
        *,
        prompt_id: str | None = None,
        kind: str | None = None,
        state: TakeState | None = None,
        since: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> tuple[TakeSummary, ...]:
        fitting = [
            summary(take)
            for take in reversed(self._oldest_first())
            if prompt_id in (None, take.prompt_id)
            and kind in (None, take.kind)
            and state in (None, take.state)
            and (since or "") <= take.recorded_at
            and (before is None or take.recorded_at < before)
        ]
        return tuple(fitting[:limit])

    def figures(self, *, names: Collection[str] | None = None) -> tuple[FigureRow, ...]:
        rows = (row for take in self._oldest_first() for row in facts_of(take).figures)
        return tuple(row for row in rows if names is None or row.name in names)

    def points(self, *, prompt_id: str | None = None) -> tuple[PointRow, ...]:
        rows = (row for take in self._oldest_first() for row in facts_of(take).points)
        return tuple(row for row in rows if prompt_id in (None, row.prompt_id))

    def sound_target(self, take_id: str) -> Path:
        return self.folder / f"{take_id}.wav"

    def sound(self, take: Take) -> Path:
        target = self.sound_target(take.id)
        for path in (target, target.with_name(target.name + ".part")):
            if path.exists():
                return path
        raise InputError("plain", message=f"the sound of the take {take.id} is gone", remedy="")

    def put_report(self, take_id: str, page: bytes) -> Path:
        path = self.folder / f"{take_id}.html"
        path.write_bytes(page)
        return path

    def unfinished(self) -> tuple[Take, ...]:
        return tuple(
            take
            for take in self._oldest_first()
            if take.state == "recorded" and list(self.folder.glob(f"{take.id}.wav*"))
        )

    def delete(self, take_ids: Iterable[str]) -> None:
        doomed = list(take_ids)
        for take_id in doomed:
            if take_id not in self.kept:
                raise UsageError("plain", message=f"there is no take {take_id!r}", remedy="")
        for take_id in doomed:
            self.kept.pop(take_id, None)
            for path in self.folder.glob(f"{take_id}.*"):
                path.unlink()

    def _oldest_first(self) -> list[Take]:
        return sorted(self.kept.values(), key=lambda take: (take.recorded_at, take.id))


class StoreContract:
    """The fixture ``store`` comes from the class that inherits."""

    def test_a_take_comes_back_equal_however_often_it_is_put(self, store: Store) -> None:
        take = a_scored(corrected_text="先跟您道歉", cer=0.25, assessment_before=a_document(total=60.0))
        store.put(take)
        store.put(take)
        assert store.take(take.id) == take
        assert store.takes() == (summary(take),)
        assert len(store.figures()) == 2
        assert len(store.points()) == 2

    def test_what_a_take_becomes_takes_its_place(self, store: Store) -> None:
        recorded = a_take()
        store.put(recorded)
        assert store.figures() == ()
        scored = replace(recorded, state="scored", recognised_text=SPOKEN, assessment=a_document())
        store.put(scored)
        corrected = replace(
            scored, corrected_text="好", cer=1.0, assessment=a_document(total=None, rate=None)
        )
        store.put(corrected)
        assert store.take("last") == corrected
        assert store.takes() == (summary(corrected),)
        assert [row.value for row in store.figures(names=["speech_rate"])] == [None]

    def test_references(self, store: Store) -> None:
        with pytest.raises(UsageError, match="there is no take"):
            store.take("last")
        early, late, other = (
            a_take(day, id=name) for day, name in ((1, "1-late"), (0, "1-latest"), (2, "2-x"))
        )
        for take in (other, late, early):
            store.put(take)
        assert store.take("last") == other
        assert store.take("2") == other
        assert store.take("1-latest") == late
        with pytest.raises(UsageError, match="2 takes begin with '1-l'"):
            store.take("1-l")
        for unknown in ("3", "1-late-", "%", "*", ""):
            with pytest.raises(UsageError, match=r"no take|begin with"):
                store.take(unknown)

    @pytest.mark.parametrize(
        ("wanted", "days"),
        [
            ({}, [3, 2, 1, 0]),
            ({"limit": 2}, [3, 2]),
            ({"limit": 0}, []),
            ({"prompt_id": "privacy"}, [2]),
            ({"kind": "caller"}, [3, 2]),
            ({"kind": "caller", "prompt_id": "abuse", "limit": 1}, [3]),
            ({"state": "scored"}, [1]),
            ({"since": utc_text(FIRST + timedelta(days=2))}, [3, 2]),
            ({"before": utc_text(FIRST + timedelta(days=2))}, [1, 0]),
            ({"prompt_id": "' OR 1=1 --"}, []),
        ],
    )
    def test_takes_that_fit_newest_first(self, store: Store, wanted: dict[str, Any], days: list[int]) -> None:
        takes = [
            a_take(0),
            a_scored(1),
            a_take(2, prompt_id="privacy", kind="caller"),
            a_take(3, prompt_id="abuse", kind="caller"),
        ]
        for take in takes[::-1]:
            store.put(take)
        assert store.takes(**wanted) == tuple(summary(takes[day]) for day in days)

    def test_rows_for_trends_oldest_take_first(self, store: Store) -> None:
        takes = [a_scored(0), a_scored(1, prompt_id="privacy"), a_scored(2, assessment=a_document(rate=None))]
        for take in takes[::-1]:
            store.put(take)
        rates = store.figures(names={"speech_rate"})
        assert [(row.take_id, row.value, row.verdict) for row in rates] == [
            (takes[0].id, 231.4, "green"),
            (takes[1].id, 231.4, "green"),
            (takes[2].id, None, None),
        ]
        first = rates[0]
        assert (first.green_low, first.green_high, first.amber_low, first.amber_high) == (180, 240, 150, None)
        assert [row.unit for row in store.figures(names=["snr"])] == ["dB"] * 3
        assert len(store.figures()) == 6
        assert store.figures(names=[]) == ()
        assert [(row.take_id, row.point_id, row.state) for row in store.points(prompt_id="privacy")] == [
            (takes[1].id, "apology", "covered"),
            (takes[1].id, "solve", "not_heard"),
        ]
        assert [row.take_id for row in store.points()] == [take.id for take in takes for _ in range(2)]

    def test_sound_is_found_finished_or_not(self, store: Store) -> None:
        take = a_take()
        store.put(take)
        with pytest.raises(InputError, match=f"the sound of the take {take.id} is gone"):
            store.sound(take)
        target = store.sound_target(take.id)
        assert target.name == take.sound
        part = target.with_name(target.name + ".part")
        part.write_bytes(b"half")
        assert store.sound(take) == part
        target.write_bytes(b"whole")
        assert store.sound(take) == target

    def test_unfinished_are_those_with_sound_that_nothing_was_made_of(self, store: Store) -> None:
        silent, part, whole, scored = a_take(0), a_take(2), a_take(1), a_scored(3)
        for take in (scored, part, whole, silent):
            store.put(take)
        for take, ending in ((part, ".part"), (whole, ""), (scored, "")):
            target = store.sound_target(take.id)
            target.with_name(target.name + ending).write_bytes(b"sound")
        assert store.unfinished() == (whole, part)
        store.put(replace(whole, state="not_scored"))
        assert store.unfinished() == (part,)

    def test_deleted_is_gone_and_the_others_stay(self, store: Store) -> None:
        gone, kept, also_gone = a_scored(0), a_scored(1), a_take(2)
        for take in (gone, kept, also_gone):
            store.put(take)
            store.sound_target(take.id).write_bytes(b"sound")
        sounds = [store.sound(gone), store.sound(also_gone)]
        with pytest.raises(UsageError, match="there is no take '2-none'"):
            store.delete([gone.id, "2-none"])
        assert len(store.takes()) == 3
        assert store.sound(gone) in sounds
        store.delete(iter([gone.id, also_gone.id, gone.id]))
        assert store.takes() == (summary(kept),)
        assert {row.take_id for row in store.figures()} == {kept.id}
        assert {row.take_id for row in store.points()} == {kept.id}
        assert not any(path.exists() for path in sounds)
        assert store.sound(kept).read_bytes() == b"sound"

    def test_a_page_is_kept_once_and_goes_with_its_take(self, store: Store) -> None:
        gone, kept = a_scored(0), a_scored(1)
        for take in (gone, kept):
            store.put(take)
            store.put_report(take.id, b"first")
        pages = [store.put_report(take.id, take.id.encode()) for take in (gone, kept)]
        assert [page.read_bytes() for page in pages] == [gone.id.encode(), kept.id.encode()]
        store.delete([gone.id])
        assert [page.exists() for page in pages] == [False, True]
