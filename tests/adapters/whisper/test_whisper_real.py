"""The recogniser with its real weights: the contract, a recording, threads."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from span_lists import spans
from transcriber_contract import RATE_HZ, Spoken, TranscriberContract

from voicecoach.adapters.whisper.chunks import (
    pack,
)
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
from voicecoach.adapters.whisper.weights import Model, resolve
from voicecoach.audio import decode
from voicecoach.errors import EngineError
from voicecoach.features import extract
from voicecoach.metrics.comparison.recognition import character_error_rate
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"


CHARACTER_ERROR_HIGHEST = 0.10
"""Share of characters, punctuation left out, on the project's own clear synthetic voices."""

LANGUAGE_PLAIN = 0.95
"""How sure the detector is of the project's own voices."""

SAID_TIMES = 12
"""So often a sentence is said; the model itself writes some of them only once in a stretch."""


@pytest.fixture(scope="module")
def real() -> WhisperTranscriber:
    return WhisperTranscriber(resolve("base"))


@pytest.fixture(scope="module")
def recording() -> Spoken:
    return recorded("late_delivery_good.flac")


def recorded(name: str) -> Spoken:
    waveform = decode.load(FIXTURES / name).waveform
    return Spoken(waveform, "zh", extract.gate(waveform).speech)


def bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.mark.weights
class TestWhisperTranscriber(TranscriberContract):
    @pytest.fixture(scope="class")
    @classmethod
    def transcriber(cls, real: WhisperTranscriber) -> WhisperTranscriber:
        return real

    @pytest.fixture(scope="class")
    @classmethod
    def spoken(cls, recording: Spoken) -> Spoken:
        """Its first sentences: the contract asks for several runs."""
        end_s = next(s.end_s for s in recording.speech if s.end_s > 8.0)
        speech = tuple(s for s in recording.speech if s.end_s <= end_s)
        return Spoken(Waveform(recording.waveform.cut(Span(0.0, end_s + 0.5)).copy(), RATE_HZ), "zh", speech)


def sound_without_speech(kind: str) -> Waveform:
    """Five seconds, about -20 dBFS but for the digital silence."""
    time_s = np.arange(5 * RATE_HZ) / RATE_HZ
    notes_hz = np.array([262, 330, 392, 523, 392, 330, 262, 196, 220, 262])[(time_s * 2).astype(int)]
    partials = np.array([np.sin(2 * np.pi * k * notes_hz * time_s) / k for k in range(1, 5)])
    sounds = {
        "silence": np.zeros(len(time_s)),
        "noise": 0.1 * np.random.default_rng(7).standard_normal(len(time_s)),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * time_s),
        "melody": 0.1 * partials.sum(axis=0) * np.exp(-3 * (time_s % 0.5)),
    }
    return Waveform(sounds[kind].astype(np.float32), RATE_HZ)


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["silence", "noise", "hum", "melody"])
def test_sound_without_speech_gives_no_text_even_where_speech_is_claimed(
    real: WhisperTranscriber, kind: str
) -> None:
    found = real.transcribe(sound_without_speech(kind), language="zh", speech=spans((0.0, 5.0)))
    assert (bare(found.text), found.unheard) == ("", tuple(spans((0.0, 5.0))))


@pytest.mark.weights
def test_a_recording_is_recognised_in_simplified_characters(
    real: WhisperTranscriber, recording: Spoken
) -> None:
    truth = json.loads((FIXTURES / "late_delivery_good.json").read_text("utf-8"))
    found = real.transcribe(recording.waveform, language="zh", speech=recording.speech)
    wanted, heard = bare(truth["text"]), bare(found.text)
    assert character_error_rate(heard, wanted) <= CHARACTER_ERROR_HIGHEST, found.text
    assert not set(found.text) & set("個們這說為單導訴過還點應該對問題處")
    assert found.dropped == ()
    assert found.heard_language is not None
    assert found.heard_language[0] == "zh"
    assert found.heard_language[1] >= LANGUAGE_PLAIN


@pytest.mark.weights
@pytest.mark.parametrize(
    ("name", "asked", "heard"), [("english_answer", "zh", "en"), ("numbers_zh", "en", "zh")]
)
def test_another_language_is_heard_whatever_was_asked_for(
    real: WhisperTranscriber, name: str, asked: Language, heard: str
) -> None:
    spoken = recorded(f"{name}.flac")
    found = real.transcribe(spoken.waveform, language=asked, speech=spoken.speech).heard_language
    assert found is not None
    assert found[0] == heard
    assert found[1] >= LANGUAGE_PLAIN


@pytest.mark.weights
def test_a_sentence_said_again_and_again_is_no_loop(real: WhisperTranscriber) -> None:
    truth = json.loads((FIXTURES / "short_3s.json").read_text("utf-8"))
    (phrase,) = truth["segments"]
    samples = decode.load(FIXTURES / "short_3s.flac").waveform.samples
    once = samples[round((phrase["start_s"] - 0.2) * RATE_HZ) : round((phrase["end_s"] + 0.2) * RATE_HZ)]
    waveform = Waveform(np.tile(once, SAID_TIMES).copy(), RATE_HZ)
    found = real.transcribe(waveform, language="zh", speech=extract.gate(waveform).speech)
    assert found.dropped == ()
    assert bare(found.text).count("请稍等") >= SAID_TIMES / 2, found.text


@pytest.mark.weights
def test_two_threads_at_once_get_what_one_gets(recording: Spoken) -> None:
    sentence = Spoken(
        Waveform(recording.waveform.cut(Span(0.0, 6.0)).copy(), RATE_HZ), "zh",
        tuple(s for s in recording.speech if s.end_s <= 6.0),
    )  # fmt: skip
    fresh = WhisperTranscriber(resolve("base"))
    found: list[object] = []

    def work() -> None:
        found.append(fresh.transcribe(sentence.waveform, language="zh", speech=sentence.speech))

    threads = [threading.Thread(target=fresh.load), *(threading.Thread(target=work) for _ in range(2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [fresh.transcribe(sentence.waveform, language="zh", speech=sentence.speech)] * 2


@pytest.mark.weights
def test_a_damaged_tokenizer_is_told(tmp_path: Path) -> None:
    whole = resolve("base").folder
    for path in whole.iterdir():
        if path.name != "tokenizer.json":
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(EngineError, match="the recogniser cannot load"):
        WhisperTranscriber(Model("broken", tmp_path, "0" * 64)).load()


@pytest.mark.weights
def test_neither_threads_nor_listening_ahead_change_the_text() -> None:
    sound = decode.load(FIXTURES / "late_delivery_good.flac").waveform
    speech = extract.gate(sound).speech
    one = WhisperTranscriber(resolve("base"), threads=1)
    plain = one.transcribe(sound, language="zh", speech=speech)
    first, *others = pack(speech, duration_s=sound.duration_s)
    assert others
    ahead = one.listen(sound, first, language="zh")
    assert one.transcribe(sound, language="zh", speech=speech, listened=[ahead]).words == plain.words
    two = WhisperTranscriber(resolve("base"), threads=2)
    assert two.transcribe(sound, language="zh", speech=speech).words == plain.words
