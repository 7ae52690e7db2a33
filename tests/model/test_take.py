"""A take says what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from store_contract import a_document, a_take

from voicecoach.model.take import utc_text

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "../1"}, "an id is digits"),
        ({"id": "last"}, "an id is digits"),
        ({"id": "1" * 40}, "an id is digits"),
        ({"id": "1A"}, "an id is digits"),
        ({"recorded_at": "2026-11-22"}, "as utc_text writes it"),
        ({"recorded_at": "yesterday"}, "as utc_text writes it"),
        ({"recorded_at": "2026-11-22T17:30:00.417+08:00"}, "as utc_text writes it"),
        ({"sound": "../../etc/passwd"}, "must be called"),
        ({"sound": "other.wav"}, "must be called"),
        ({"id": "1-a", "sound": "1-a.wav/../2"}, "must be called"),
        ({"state": "heard"}, "one of three, got 'heard'"),
        ({"n_overflows": -1}, "n_overflows must not be negative, got -1"),
        ({"duration_s": float("nan")}, "duration_s must be finite, got nan"),
        ({"duration_s": -0.1}, "duration_s must be finite"),
        ({"prompt_end_s": float("inf")}, "prompt_end_s must be finite, got inf"),
        ({"cer": -0.5}, r"cer must be finite, got -0\.5"),
        ({"state": "scored"}, "has an assessment when it is scored"),
        ({"assessment": a_document()}, "none when it is just recorded"),
        ({"state": "not_scored", "assessment": {}}, "has the schema voicecoach.assessment/2, got None"),
        ({"assessment_before": {"schema": "x"}}, "has the schema voicecoach.assessment/2, got 'x'"),
    ],
)
def test_a_take_that_cannot_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_take(**changes)


def test_times_are_written_in_one_zone() -> None:
    assert utc_text(datetime(2026, 11, 22, 17, 30, tzinfo=BEIJING)) == "2026-11-22T09:30:00.000+00:00"
    with pytest.raises(ValueError, match="a time needs its zone"):
        utc_text(datetime.now(UTC).replace(tzinfo=None))
