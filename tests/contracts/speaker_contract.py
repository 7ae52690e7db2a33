"""What every Speaker keeps to, whichever engine is behind it.

A test class inherits from :class:`SpeakerContract` and gives the fixture ``speaker`` of class scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.ports import Speaker, Voice

TEXT = "Good morning. Why do you want to work here?"


class SpeakerContract:
    """The fixture comes from the class that inherits."""

    @pytest.fixture(scope="class")
    @classmethod
    def voice(cls, speaker: Speaker) -> Voice:
        return next(voice for voice in speaker.voices() if voice.language == "en")

    def test_voices_say_what_they_are(self, speaker: Speaker) -> None:
        ids = [voice.id for voice in speaker.voices()]
        assert len(ids) == len(set(ids)) > 0
        for voice in speaker.voices():
            assert voice.language in {"zh", "en"}
            assert voice.sex in {"f", "m"}
            assert set(voice.roles) <= {"interviewer", "caller", "candidate"}
            assert voice.roles

    def test_a_text_streams_sentence_by_sentence_and_sums_up_to_the_whole(
        self, speaker: Speaker, voice: Voice
    ) -> None:
        parts = list(speaker.stream(TEXT, voice=voice.id, mood=1))
        assert len(parts) == 2
        assert len({part.rate_hz for part in parts}) == 1
        assert all(np.abs(part.samples).max() > 0.01 for part in parts)
        whole_s = sum(part.duration_s for part in parts)
        assert speaker.speak(TEXT, voice=voice.id, mood=1).duration_s == pytest.approx(whole_s, rel=0.1)

    @pytest.mark.parametrize(
        ("text", "mood", "message"),
        [(TEXT, 0, "there is no mood 0"), (TEXT, 6, "there is no mood 6"), ("?!", 1, "nothing to say")],
    )
    def test_a_wrong_request_is_told_at_the_call(
        self, speaker: Speaker, voice: Voice, text: str, mood: int, message: str
    ) -> None:
        with pytest.raises(UsageError, match=message):
            speaker.stream(text, voice=voice.id, mood=mood)

    def test_an_unknown_voice_is_told_at_the_call(self, speaker: Speaker) -> None:
        with pytest.raises(UsageError, match="'nobody'"):
            speaker.stream(TEXT, voice="nobody", mood=1)

    def test_the_engine_has_a_name_for_caches(self, speaker: Speaker) -> None:
        assert speaker.engine
        assert speaker.engine == speaker.engine.strip()
