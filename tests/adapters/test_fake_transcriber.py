"""The fake keeps the contract that the real recogniser keeps, so that what passes on it means something."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from fakes import FakeTranscriber
from transcriber_contract import RATE_HZ, Spoken, TranscriberContract

from voicecoach.errors import EngineError
from voicecoach.model.audio import Span, Waveform


class TestFakeTranscriber(TranscriberContract):
    @pytest.fixture(scope="class")
    @classmethod
    def transcriber(cls) -> FakeTranscriber:
        return FakeTranscriber(deque(["您好请讲"] * 20))

    @pytest.fixture(scope="class")
    @classmethod
    def spoken(cls) -> Spoken:
        speech = (Span(0.5, 1.5), Span(2.0, 2.5))
        return Spoken(Waveform(np.zeros(3 * RATE_HZ, np.float32), RATE_HZ), "zh", speech)


def test_answers_come_in_their_order_and_calls_are_kept() -> None:
    fake = FakeTranscriber.of("好", EngineError("plain", message="broken", remedy="mend it"))
    sound = Waveform(np.zeros(RATE_HZ, np.float32), RATE_HZ)
    assert fake.transcribe(sound, language="en", speech=[Span(0, 1)]).text == "好"
    with pytest.raises(EngineError, match="broken"):
        fake.transcribe(sound, language="zh", speech=[])
    assert fake.heard == [("en", (Span(0, 1),)), ("zh", ())]
    with pytest.raises(IndexError, match="empty deque"):
        fake.transcribe(sound, language="zh", speech=[])
