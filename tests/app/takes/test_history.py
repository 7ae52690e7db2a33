"""Ages and dates, takes found by reference, and the table that is exported."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from store_contract import FIRST, FakeStore, a_document, a_scored, a_take

from voicecoach.app.takes.history import (
    Filter,
    find,
    older_than,
    parse_age,
    parse_since,
    selected,
    summaries_of,
    table,
)
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("90d", timedelta(days=90)),
        (" 12W ", timedelta(weeks=12)),
        ("36 h", timedelta(hours=36)),
        ("2y", timedelta(days=730)),
        ("0d", timedelta(0)),
    ],
)
def test_an_age(text: str, age: timedelta) -> None:
    assert parse_age(text) == age


@pytest.mark.parametrize("text", ["", "90", "d", "-1d", "1.5d", "90m", "九十d", "1000000d", "1d1h"])
def test_no_age(text: str) -> None:
    with pytest.raises(UsageError, match="is no age") as met:
        parse_age(text)
    assert "90d" in met.value.hint


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-01", "2026-10-31T16:00:00.000+00:00"),
        ("2026-11-01T12:00", "2026-11-01T04:00:00.000+00:00"),
        ("2026-11-01T12:00Z", "2026-11-01T12:00:00.000+00:00"),
        ("1d", "2026-11-30T00:00:00.000+00:00"),
        ("99999y", "0001-01-01T00:00:00.000+00:00"),
    ],
)
def test_a_date_or_an_age_to_begin_with(text: str, moment: str) -> None:
    assert parse_since(text, now=NOW) == moment


def test_neither_date_nor_age() -> None:
    with pytest.raises(UsageError, match="'2026-13-01' is neither a date nor an age"):
        parse_since("2026-13-01", now=NOW)


def test_old_takes_are_those_recorded_longer_ago(tmp_path: Path) -> None:
    store, takes = FakeStore(tmp_path), [a_take(day) for day in range(4)]
    for take in takes:
        store.put(take)
    at_noon = FIRST + timedelta(days=3)
    assert [row.id for row in older_than(store, timedelta(days=1), now=at_noon)] == [takes[1].id, takes[0].id]
    assert older_than(store, timedelta(days=3), now=at_noon) == ()
    assert older_than(store, timedelta(days=365 * 99999), now=at_noon) == ()


def test_takes_are_found_once_in_the_order_asked_for(tmp_path: Path) -> None:
    store, first, last = FakeStore(tmp_path), a_take(0), a_take(1)
    for take in (first, last):
        store.put(take)
    assert find(store, ["last", first.id, last.id]) == (last, first)
    with pytest.raises(UsageError, match="there is no take"):
        find(store, ["last", "3"])


def test_a_table_has_a_column_for_every_measurement_of_any_take() -> None:
    other = a_document()
    other["measurements"] = {"pause_rate": {"value": 0.0, "unit": "/min", "verdict": None, "band": None}}
    made = table([a_take(0), a_scored(1), a_scored(2, assessment=other)])
    assert made.columns[0] == "id"
    assert made.columns[-3:] == ("speech_rate", "snr", "pause_rate")
    assert not {"assessment", "assessment_before"} & set(made.columns)
    rows = [dict(zip(made.columns, row, strict=True)) for row in made.rows]
    assert [row["speech_rate"] for row in rows] == [None, 231.4, None]
    assert [row["pause_rate"] for row in rows] == [None, None, 0.0]
    assert [row["total"] for row in rows] == [None, 72.5, 72.5]
    assert [row["points_covered"] for row in rows] == ["", "apology", "apology"]
    assert [row["points_not_heard"] for row in rows] == ["", "solve", "solve"]
    assert (rows[1]["coverage_low"], rows[1]["coverage_high"]) == (0.5, 0.75)
    assert rows[0]["device"] == "USB 麦克风"


def test_a_table_of_nothing_still_names_its_columns() -> None:
    assert table([]).rows == ()
    assert table([]).columns[:2] == ("id", "recorded_at")


def test_named_takes_and_filters_exclude_each_other(tmp_path: Path) -> None:
    store = FakeStore(tmp_path)
    old, new = a_take(0), a_take(1, prompt_id="privacy")
    for take in (new, old):
        store.put(take)
    assert selected(store, [], Filter(), now=NOW) == (old, new)
    assert selected(store, [], Filter(prompt_id="privacy"), now=NOW) == (new,)
    assert selected(store, [new.id, "last", old.id], Filter(), now=NOW) == (new, old)
    with pytest.raises(UsageError, match="exclude each other"):
        selected(store, [old.id], Filter(kind="caller"), now=NOW)


def test_what_a_list_shows_of_named_takes(tmp_path: Path) -> None:
    store = FakeStore(tmp_path)
    takes = [a_take(day) for day in range(3)]
    for take in takes:
        store.put(take)
    assert [row.id for row in summaries_of(store, [takes[0].id, "last"])] == [takes[2].id, takes[0].id]
