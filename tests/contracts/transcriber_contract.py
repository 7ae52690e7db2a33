"""What every Transcriber keeps to, whichever engine is behind it.

A test class inherits from :class:`TranscriberContract` and gives the fixtures ``transcriber`` and ``spoken``,
both of the scope of the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language, Transcript
    from voicecoach.ports import Transcriber

RATE_HZ = 16000
EDGE_S = 0.3
"""A recogniser's word may reach this far out of the speech that it was shown."""


@dataclass(frozen=True, eq=False)
class Spoken:
    """A recording of speech in one language, and where in it there is speech."""

    waveform: Waveform
    language: Language
    speech: tuple[Span, ...]


class TranscriberContract:
    """The fixtures come from the class that inherits."""

    @pytest.fixture(scope="class")
    @classmethod
    def transcript(cls, transcriber: Transcriber, spoken: Spoken) -> Transcript:
        return transcriber.transcribe(spoken.waveform, language=spoken.language, speech=spoken.speech)

    def test_speech_has_words(self, transcript: Transcript, spoken: Spoken) -> None:
        assert transcript.words
        assert transcript.language == spoken.language
        assert transcript.text == "".join(word.text for word in transcript.words).strip()

    def test_words_come_in_the_order_of_time(self, transcript: Transcript) -> None:
        starts_s = [word.span.start_s for word in transcript.words]
        assert starts_s == sorted(starts_s)
        assert all(before.span.end_s <= after.span.end_s for before, after in pairwise(transcript.words))

    def test_words_lie_in_the_speech(self, transcript: Transcript, spoken: Spoken) -> None:
        for word in transcript.words:
            assert any(
                heard.start_s - EDGE_S <= word.span.start_s and word.span.end_s <= heard.end_s + EDGE_S
                for heard in spoken.speech
            ), word
            assert word.span.end_s <= spoken.waveform.duration_s

    def test_confidence_is_a_probability(self, transcript: Transcript) -> None:
        assert all(0.0 <= word.confidence <= 1.0 for word in (*transcript.words, *transcript.dropped))

    def test_the_provenance_names_engine_and_weights(self, transcript: Transcript) -> None:
        made_by = transcript.provenance
        assert all((made_by.engine, made_by.version, made_by.model))
        assert len(made_by.model_sha256) == 64

    def test_the_same_sound_gives_the_same_transcript(
        self, transcriber: Transcriber, transcript: Transcript, spoken: Spoken
    ) -> None:
        again = transcriber.transcribe(spoken.waveform, language=spoken.language, speech=spoken.speech)
        assert again == transcript

    @pytest.mark.parametrize("length_s", [0, 3])
    def test_no_speech_gives_no_words(self, transcriber: Transcriber, length_s: int) -> None:
        silence = Waveform(np.zeros(length_s * RATE_HZ, np.float32), RATE_HZ)
        found = transcriber.transcribe(silence, language="zh", speech=())
        assert (found.words, found.text, found.dropped, found.unheard) == ((), "", (), ())
        assert found.provenance == transcriber.transcribe(silence, language="zh", speech=()).provenance

    def test_the_provenance_does_not_depend_on_what_was_heard(
        self, transcriber: Transcriber, transcript: Transcript
    ) -> None:
        silence = Waveform(np.zeros(RATE_HZ, np.float32), RATE_HZ)
        assert transcriber.transcribe(silence, language="zh", speech=()).provenance == transcript.provenance

    def test_only_the_speech_is_looked_at(self, transcriber: Transcriber, spoken: Spoken) -> None:
        first = spoken.speech[:1]
        found = transcriber.transcribe(spoken.waveform, language=spoken.language, speech=first)
        assert all(word.span.start_s <= first[0].end_s + EDGE_S for word in found.words)

    def test_another_sampling_rate_is_refused(self, transcriber: Transcriber, spoken: Spoken) -> None:
        with pytest.raises(ValueError, match=r"16000 .*8000"):
            transcriber.transcribe(
                Waveform(spoken.waveform.samples[::2].copy(), 8000), language="zh", speech=spoken.speech
            )
