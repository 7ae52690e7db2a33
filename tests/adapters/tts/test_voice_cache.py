"""Rendered speech is made once, kept whole or not at all, and made anew when a bit of it has changed."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import FakeSpeaker
from hypothesis import given
from hypothesis import strategies as st
from speaker_contract import SpeakerContract

from voicecoach.adapters.tts.voice_cache import CachedSpeaker, kept_sound, sealed, unsealed, wav_bytes
from voicecoach.errors import EngineError, StoreError
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "您好。请问有什么可以帮您？"
STEP = 1 / 32767
"""One step of 16 bits."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    return tmp_path


class TestCachedSpeaker(SpeakerContract):
    @pytest.fixture(scope="class")
    @classmethod
    def speaker(cls) -> CachedSpeaker:
        return CachedSpeaker(FakeSpeaker())


class TestFakeSpeaker(SpeakerContract):
    @pytest.fixture(scope="class")
    @classmethod
    def speaker(cls) -> FakeSpeaker:
        return FakeSpeaker()


def test_a_text_is_made_once() -> None:
    fake = FakeSpeaker()
    first = CachedSpeaker(fake).speak(TEXT, voice="zh_ask", mood=1)
    again = CachedSpeaker(fake).speak(TEXT, voice="zh_ask", mood=1)
    assert [sentence for sentence, _, _ in fake.said] == ["您好。", "请问有什么可以帮您？"]
    assert again.rate_hz == first.rate_hz
    np.testing.assert_allclose(again.samples, first.samples, atol=STEP)


@pytest.mark.parametrize(
    ("engine", "text", "voice", "mood"),
    [
        ("fake-2", TEXT, "zh_ask", 1),
        ("fake-1", TEXT + "好", "zh_ask", 1),
        ("fake-1", TEXT, "zh_call_f", 1),
        ("fake-1", TEXT, "zh_ask", 2),
    ],
)
def test_another_engine_text_voice_or_mood_is_made_anew(
    engine: str, text: str, voice: str, mood: int
) -> None:
    CachedSpeaker(FakeSpeaker()).speak(TEXT, voice="zh_ask", mood=1)
    other = FakeSpeaker(engine)
    CachedSpeaker(other).speak(text, voice=voice, mood=mood)
    assert other.said


def test_what_is_kept_is_an_ordinary_wav(cache: Path) -> None:
    speaker = CachedSpeaker(FakeSpeaker())
    made = speaker.speak(TEXT, voice="zh_ask", mood=5)
    path = speaker.path(TEXT, voice="zh_ask", mood=5)
    assert path.parent == cache / "speech"
    with wave.open(str(path)) as file:
        assert file.getparams()[:4] == (1, 2, made.rate_hz, len(made.samples))
    content = path.read_bytes()
    assert int.from_bytes(content[4:8], "little") == len(content) - 8


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "text", "tail"])
def test_a_damaged_file_is_made_anew(damage: str) -> None:
    fake = FakeSpeaker()
    speaker = CachedSpeaker(fake)
    speaker.speak(TEXT, voice="zh_ask", mood=1)
    path = speaker.path(TEXT, voice="zh_ask", mood=1)
    content = path.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    path.write_bytes(
        {
            "cut": content[:-100],
            "bit": bytes(flipped),
            "empty": b"",
            "text": b"no sound at all" * 20,
            "tail": content + b"\0",
        }[damage]
    )
    assert speaker.kept(TEXT, voice="zh_ask", mood=1) is None
    speaker.speak(TEXT, voice="zh_ask", mood=1)
    assert len(fake.said) == 4
    assert path.read_bytes() == content


def test_nothing_is_kept_of_a_text_that_failed_or_was_broken_off(cache: Path) -> None:
    fake = FakeSpeaker(faults={"帮": EngineError("plain", message="broken", remedy="")})
    speaker = CachedSpeaker(fake)
    with pytest.raises(EngineError, match="broken"):
        speaker.speak(TEXT, voice="zh_ask", mood=1)
    fake.faults.clear()
    next(speaker.stream(TEXT, voice="zh_ask", mood=1))
    assert not list(cache.rglob("*.wav"))


def test_the_first_sentence_comes_before_the_second_is_made() -> None:
    fake = FakeSpeaker()
    next(CachedSpeaker(fake).stream(TEXT, voice="zh_ask", mood=1))
    assert len(fake.said) == 1


def test_a_kept_text_is_not_made_again() -> None:
    fake = FakeSpeaker()
    speaker = CachedSpeaker(fake)
    long = "这是一段很长的话，" * 60 + "完。"
    assert speaker.speak(long, voice="zh_ask", mood=1).duration_s > 50
    made = len(fake.said)
    next(speaker.stream(long, voice="zh_ask", mood=1))
    assert len(fake.said) == made


def test_a_cache_that_cannot_be_written_is_told(cache: Path) -> None:
    (cache / "speech").write_text("a file in the way")
    with pytest.raises(StoreError, match="speech"):
        CachedSpeaker(FakeSpeaker()).speak(TEXT, voice="zh_ask", mood=1)


def test_a_sound_of_a_name_is_made_once(cache: Path) -> None:
    made: list[str] = []

    def make() -> Waveform:
        made.append("once")
        return Waveform(np.full(100, 0.5, dtype=np.float32), 8000)

    first, again = kept_sound("noise", make), kept_sound("noise", make)
    assert made == ["once"]
    np.testing.assert_allclose(again.samples, first.samples, atol=STEP)
    assert (cache / "speech" / "noise.wav").is_file()


@given(st.lists(st.floats(-1.0, 1.0, width=32), min_size=1, max_size=50), st.sampled_from([8000, 24000]))
def test_sealing_keeps_the_sound(values: list[float], rate_hz: int) -> None:
    sound = Waveform(np.array(values, dtype=np.float32), rate_hz)
    found = unsealed(sealed(sound))
    assert found is not None
    assert found.rate_hz == rate_hz
    np.testing.assert_allclose(found.samples, sound.samples, atol=STEP)


def test_samples_beyond_full_scale_are_clipped() -> None:
    loud = Waveform(np.array([2.0, -2.0], dtype=np.float32), 8000)
    with wave.open(io.BytesIO(wav_bytes(loud))) as file:
        assert np.frombuffer(file.readframes(2), "<i2").tolist() == [32767, -32767]
