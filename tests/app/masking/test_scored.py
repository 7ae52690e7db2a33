"""What is handed out of a scored recording: dated, and without personal data when that is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assessments import answer, refused

from voicecoach.app.masking import scored
from voicecoach.app.masking.scored import handed_out
from voicecoach.documents.assessment import encode_assessment
from voicecoach.errors import NOT_SCORED, SCORED
from voicecoach.model.audio import Span

if TYPE_CHECKING:
    import pytest

NOW = datetime(2026, 11, 1, 9, 30, 1, 999, tzinfo=UTC)
FIXTURE = Path(__file__).parents[3] / "audio_fixtures" / "short_3s.flac"


def test_it_is_dated_and_else_the_assessment() -> None:
    out = handed_out(answer(), mask=False, now=NOW)
    assert out.document == encode_assessment(replace(answer(), created="2026-11-01T09:30:01+00:00"))
    assert out.sound(FIXTURE, channel=None) == FIXTURE
    assert (out.exit_status, handed_out(refused(), mask=False).exit_status) == (SCORED, NOT_SCORED)


def test_masked_it_counts_what_is_hidden_and_silences_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Span(0.5, 1.0)
    monkeypatch.setattr(scored, "mask_assessment", lambda made: (made, {"phone": 1}, [hidden]))
    out = handed_out(answer(), mask=True, now=NOW)
    assert out.document["masking"] == {"phone": 1}
    sound = out.sound(FIXTURE, channel=None)
    assert not isinstance(sound, Path)
    inside = sound.samples[int(0.5 * sound.rate_hz) : int(1.0 * sound.rate_hz)]
    assert not inside.any()
    assert sound.samples.any()
