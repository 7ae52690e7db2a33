"""What is heard of a prompt, and of a take."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from voicecoach.app.practise.feedback import playlist_of
from voicecoach.app.practise.prompt import Hearing, trailing_silence_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.audio import Waveform
from practice_stage import FakePlayer, sound


def test_the_silence_at_the_end_of_a_prompt_is_none_of_it() -> None:
    assert trailing_silence_s([sound(1.0), sound(0.2, 0.0)]) == pytest.approx(0.2)
    assert trailing_silence_s([sound(1.0), sound(0.2, 0.0005), sound(0.3, 0.0)]) == pytest.approx(0.5)
    assert trailing_silence_s([sound(0.2, 0.0), sound(1.0)]) == 0.0
    assert trailing_silence_s([sound(0.2, 0.0)]) == pytest.approx(0.2)
    assert trailing_silence_s([]) == 0.0


def test_a_skipped_prompt_ends_when_it_was_skipped() -> None:
    player = FakePlayer(gate=threading.Event())
    before_s = time.monotonic()
    hearing = Hearing(player, [sound(0.5)])
    hearing.skip()
    assert hearing.end_monotonic_s is not None
    assert before_s <= hearing.end_monotonic_s <= time.monotonic()


def test_what_nobody_foresaw_is_raised_where_it_is_waited_for() -> None:
    def parts() -> Iterator[Waveform]:
        yield sound(0.1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Hearing(FakePlayer(), parts()).wait()


def test_moments_without_an_assessment_are_the_whole_take() -> None:
    assert playlist_of(None, "zh") == (("", None),)
