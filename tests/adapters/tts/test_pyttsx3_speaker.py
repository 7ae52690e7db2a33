"""The system's voices: a child that hangs, dies, lies or is silent; and (marked) the real engine."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soxr
from requirements import lack
from speaker_contract import SpeakerContract

from voicecoach.adapters.tts import pyttsx3_speaker
from voicecoach.adapters.tts.moods import MOODS
from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker
from voicecoach.errors import EngineError
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from pathlib import Path

VOICES = [
    {"id": "sit/cmn", "name": "Mandarin", "languages": ["cmn"], "gender": "Male"},
    {"id": "sit/cmn-latn-pinyin", "name": "Pinyin", "languages": ["cmn-latn-pinyin"], "gender": "Male"},
    {"id": "sit/yue", "name": "Cantonese", "languages": ["yue"], "gender": "Male"},
    {"id": "gmw/en", "name": "English", "languages": ["en-gb"], "gender": "Male"},
    {"id": "gmw/en-us", "name": "American", "languages": ["en-us"], "gender": "Male"},
    {"id": "roa/fr", "name": "French", "languages": ["fr-fr"], "gender": "Female"},
]
LIMIT_S = 20.0
"""For a child that is to answer, on a busy machine."""
SAYS = """
import json, struct, sys, wave
request = json.load(sys.stdin)
if "text" in request:
    cycle = [int({gain} * 9000 * (-1) ** (k // 55)) for k in range(110)]
    with wave.open(request["path"], "wb") as file:
        file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
        file.writeframes(struct.pack("<110h", *cycle) * int({length_s} * 200.5))
json.dump({{"driver": "fake", "voices": {voices}}}, sys.stdout)
"""
"""A child that says every text as one tone of 200 Hz."""
WORD_ERROR_LIMIT = 0.35
"""Share of words of espeak's English that whisper base may hear wrongly (measured .0 to .2)."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    return tmp_path


def child(code: str = SAYS, *, length_s: float = 1.0, gain: float = 1.0, voices: Any = VOICES) -> list[str]:
    if code is SAYS:
        code = SAYS.format(length_s=length_s, gain=gain, voices=voices)
    return [sys.executable, "-c", code]


def speaker(code: list[str], *, limit_s: float = LIMIT_S) -> SystemSpeaker:
    return SystemSpeaker(child=code, limit_s=limit_s)


class TestSystemSpeakerWithAChildOfOurs(SpeakerContract):
    @pytest.fixture(scope="class")
    @classmethod
    def speaker(cls) -> SystemSpeaker:
        return speaker(child(length_s=2.0))


def test_only_mandarin_and_english_voices_are_taken_the_first_of_each_asks() -> None:
    found = {voice.id: (voice.language, voice.roles[0]) for voice in speaker(child()).voices()}
    assert found == {
        "sit/cmn": ("zh", "interviewer"),
        "gmw/en-us": ("en", "interviewer"),
        "gmw/en-us+f3": ("en", "caller"),
        "gmw/en-us+m3": ("en", "caller"),
        "gmw/en": ("en", "caller"),
    }


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN", "zh"),
        ("zh-TW", "zh"),
        ("zh_HK", None),
        ("zh-CN", "zh"),
        ("en_US", "en"),
        ("en", "en"),
        ("enm", None),
    ],
)
def test_other_systems_write_their_tags_otherwise(tag: str, language: str | None) -> None:
    entries = [{"id": "a", "name": "A", "languages": [tag], "gender": "VoiceGenderFemale"}]
    if language is None:
        with pytest.raises(EngineError, match="neither a Mandarin nor an English voice"):
            speaker(child(voices=entries)).voices()
    else:
        (found,) = speaker(child(voices=entries)).voices()
        assert (found.language, found.sex) == (language, "f")


def test_the_voices_are_asked_for_once_and_again_on_demand(cache: Path) -> None:
    speaker(child()).voices()
    other = speaker(child(voices=VOICES[:1]))
    assert len(other.voices()) == 5
    assert [voice.id for voice in other.voices(fresh=True)] == ["sit/cmn"]
    (kept,) = cache.glob("voices-*.json")
    kept.write_bytes(b"[{}]")
    assert len(speaker(child()).voices()) == 5


def test_a_mood_changes_level_and_pauses() -> None:
    calm, neutral = (
        speaker(child()).speak("One. Two.", voice="gmw/en-us", mood=mood).samples for mood in (1, 2)
    )
    louder_db = MOODS[2].level_dbfs - MOODS[1].level_dbfs
    assert np.abs(neutral).max() == pytest.approx(np.abs(calm).max() * 10 ** (louder_db / 20), rel=0.01)
    shorter_s = MOODS[1].pause_s - MOODS[2].pause_s
    assert (len(calm) - len(neutral)) / 22050 == pytest.approx(shorter_s, abs=0.001)


@pytest.mark.weights
def test_an_angry_mood_shifts_the_pitch_and_keeps_the_length() -> None:
    (calm,), (furious,) = (
        list(speaker(child()).stream("One.", voice="gmw/en-us", mood=mood)) for mood in (1, 5)
    )
    assert furious.duration_s == pytest.approx(calm.duration_s, abs=0.02)
    spectrum = np.abs(np.fft.rfft(furious.samples * np.hanning(len(furious.samples))))
    low_hz = np.fft.rfftfreq(len(furious.samples), 1 / furious.rate_hz)
    f0_hz = low_hz[low_hz < 400][np.argmax(spectrum[low_hz < 400])]
    assert f0_hz == pytest.approx(200.5 * MOODS[5].pitch, abs=2.0)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os; os._exit(1)", "ended with status 1: no reason given"),
        ("import sys; sys.exit('espeak: no data')", "ended with status 1: espeak: no data"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "ended with status -11"),
        ("print('Audio saved to')", "ended with status 0"),
        ('print(\'{"error": "RuntimeError: no eSpeak"}\')', "failed: RuntimeError: no eSpeak"),
    ],
)
def test_a_child_that_fails_is_told(code: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        speaker(child(code)).voices()


def test_a_child_that_cannot_be_started_is_told() -> None:
    with pytest.raises(EngineError, match="cannot be started"):
        speaker(["/nowhere/python"]).voices()


def test_a_child_that_hangs_is_ended_after_the_limit(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(100)"
    with pytest.raises(EngineError, match="did not answer within 2 s and was ended"):
        speaker(child(code), limit_s=2.0).voices()
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"length_s": 0.05}, "made 0.05 s of sound for 11 letters"),
        ({"gain": 0.0}, "made silence"),
        ({"length_s": 0.0}, "wrote no sound|no sound"),
    ],
)
def test_a_file_without_the_voice_is_told(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(EngineError, match=message):
        speaker(child(**wrong)).speak("Good morning", voice="gmw/en-us")


def test_no_file_and_a_file_that_is_no_sound_are_told(tmp_path: Path) -> None:
    code = f"import json, sys; json.load(sys.stdin); print(json.dumps({{'voices': {VOICES}}}))"
    with pytest.raises(EngineError, match="wrote no sound"):
        speaker(child(code)).speak("Good morning.", voice="gmw/en-us")
    path = tmp_path / "said.wav"
    path.write_text("no sound")
    with pytest.raises(EngineError, match="a file that is no sound"):
        pyttsx3_speaker._decoded(path)


def test_aiff_under_the_name_of_a_wav_is_read(tmp_path: Path) -> None:
    import av

    path = tmp_path / "said.wav"
    samples = np.round(8000 * np.sin(2 * np.pi * 200 * np.arange(2205) / 22050)).astype(">i2")
    with av.open(str(path), "w", format="aiff") as container:
        stream = container.add_stream("pcm_s16be", rate=22050, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.astype("<i2")[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = 22050
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    assert path.read_bytes()[:4] == b"FORM"
    found, rate_hz = pyttsx3_speaker._decoded(path)
    assert rate_hz == 22050
    np.testing.assert_allclose(found * 32768, samples.astype(float), atol=1.0)


def real() -> SystemSpeaker:
    made = SystemSpeaker()
    try:
        made.voices()
    except EngineError as exc:
        if "eSpeak" in exc.message:
            lack("voices", str(exc))
        raise
    return made


@pytest.mark.sound
class TestSystemSpeaker(SpeakerContract):
    @pytest.fixture(scope="class")
    @classmethod
    def speaker(cls) -> SystemSpeaker:
        return real()


@pytest.mark.sound
def test_each_of_many_texts_said_one_after_another_is_its_own() -> None:
    made = real()
    lengths_s = [
        made.speak("one two three " * n, voice="gmw/en-us", mood=1).duration_s for n in (1, 3, 1, 3, 1)
    ]
    assert lengths_s[0] == lengths_s[2] == lengths_s[4]
    assert lengths_s[1] == lengths_s[3] > 2 * lengths_s[0]


@pytest.mark.sound
def test_the_children_answer_in_json_whatever_the_driver_prints(tmp_path: Path) -> None:
    made = real()._asked(
        {"text": "Hello there.", "voice": "gmw/en-us", "rate_wpm": 170, "path": str(tmp_path / "a.wav")},
        LIMIT_S,
    )
    assert json.loads(json.dumps(made)) == {"driver": "espeak"}
    with pytest.raises(EngineError, match="nonsense"):
        real()._asked(
            {"text": "Hi.", "voice": "nonsense", "rate_wpm": 170, "path": str(tmp_path / "b")}, LIMIT_S
        )


@pytest.mark.sound
@pytest.mark.weights
@pytest.mark.parametrize(("voice", "mood"), [("gmw/en-us", 1), ("gmw/en-us+f3", 2), ("gmw/en-us", 5)])
def test_english_is_understood(voice: str, mood: int) -> None:
    text = "Good morning. A customer wants to return a jacket after thirty days. What do you tell them?"
    sound = real().speak(text, voice=voice, mood=mood)
    assert _words_heard_wrongly(sound, text) <= WORD_ERROR_LIMIT


def _words_heard_wrongly(waveform: Waveform, text: str) -> float:
    import difflib
    import re

    from voicecoach.adapters.whisper import weights
    from voicecoach.adapters.whisper.transcriber import WhisperTranscriber

    samples = np.asarray(soxr.resample(waveform.samples, waveform.rate_hz, 16_000), dtype=np.float32)
    sound = Waveform(samples, 16_000)
    heard = WhisperTranscriber(weights.resolve("base")).transcribe(
        sound, language="en", speech=(Span(0.0, sound.duration_s),)
    )
    said, met = (re.findall("[a-z]+", words.lower()) for words in (text, heard.text.replace("30", "thirty")))
    same = sum(block.size for block in difflib.SequenceMatcher(None, said, met).get_matching_blocks())
    return 1.0 - same / len(said)
