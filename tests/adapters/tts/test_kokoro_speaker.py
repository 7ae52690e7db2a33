"""The neural voice: what moods do to a sound, what is refused, and (with weights) how it really speaks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import soxr
from requirements import lack, need_module

from voicecoach.adapters.tts import kokoro_weights
from voicecoach.adapters.tts.kokoro_speaker import RATE_HZ, KokoroSpeaker
from voicecoach.adapters.tts.moods import CEILING, EDGE_S, MOODS, coloured, trimmed
from voicecoach.errors import EngineError, UsageError
from voicecoach.model.audio import Span, Waveform

LEVEL_TOLERANCE_DB = 1.0
CALM_ERROR_LIMIT = 0.12
FURIOUS_ERROR_LIMIT = 0.20
"""Shares of toneless syllables that whisper base may hear wrongly: a short line, a small model."""
LINE = "我的快递晚了三天，你们到底管不管！今天必须给我一个说法。"


def tone(frequency_hz: float, *, duration_s: float = 1.0, amplitude: float = 0.1) -> np.ndarray:
    time_s = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    return (amplitude * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)


def peak_hz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE_HZ / len(samples))


def rms_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


@pytest.mark.parametrize("mood", [1, 2, 3, 4, 5])
def test_a_mood_sets_level_and_pitch(mood: int) -> None:
    made = coloured(tone(300.0), RATE_HZ, MOODS[mood])
    assert rms_db(made) == pytest.approx(MOODS[mood].level_dbfs, abs=LEVEL_TOLERANCE_DB)
    assert peak_hz(made) == pytest.approx(300.0 * MOODS[mood].pitch, abs=2.0)
    assert np.abs(made).max() <= CEILING


def test_moods_rise_in_speed_pitch_level_presence_and_lose_pauses() -> None:
    rising = [MOODS[number] for number in sorted(MOODS)]
    for calmer, angrier in pairwise(rising):
        assert angrier.speed > calmer.speed
        assert angrier.pitch >= calmer.pitch
        assert angrier.level_dbfs > calmer.level_dbfs
        assert angrier.presence_db >= calmer.presence_db
        assert angrier.pause_s < calmer.pause_s


def test_presence_lifts_its_band_against_the_rest() -> None:
    both = tone(300.0) + tone(2800.0)
    made = coloured(both, RATE_HZ, MOODS[4])
    spectrum = np.abs(np.fft.rfft(made * np.hanning(len(made))))

    def level(frequency_hz: float) -> float:
        place = round(frequency_hz * MOODS[4].pitch * len(made) / RATE_HZ)
        return float(20 * np.log10(spectrum[place - 3 : place + 4].max()))

    assert level(2800.0) - level(300.0) == pytest.approx(MOODS[4].presence_db, abs=LEVEL_TOLERANCE_DB)


def test_silence_at_the_edges_is_cut_to_a_fixed_rest() -> None:
    silence = np.zeros(RATE_HZ, dtype=np.float32)
    sound = tone(300.0)
    made = trimmed(np.concatenate([silence, sound, silence]), RATE_HZ)
    assert len(made) / RATE_HZ == pytest.approx(1.0 + 2 * EDGE_S, abs=0.011)


@pytest.mark.parametrize(
    ("text", "voice", "mood", "pace", "message"),
    [
        ("您好", "zf_nobody", 2, 1.0, "no neural voice is called 'zf_nobody'"),
        ("您好", "zf_xiaobei", 6, 1.0, "there is no mood 6"),
        ("您好", "zf_xiaobei", 2, 3.0, "a pace of 3.0 is out of reach"),
        ("……", "zf_xiaobei", 2, 1.0, "nothing to say in '……'"),
        ("", "zf_xiaobei", 2, 1.0, "nothing to say in ''"),
    ],
)
def test_a_wrong_request_is_told_before_anything_is_loaded(
    text: str, voice: str, mood: int, pace: float, message: str
) -> None:
    need_module("voices", "misaki")
    with pytest.raises(UsageError, match=message):
        KokoroSpeaker().stream(text, voice=voice, mood=mood, pace=pace)


def test_a_model_that_is_no_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_weights, "model_bytes", lambda: b"no model")
    with pytest.raises(EngineError, match="cannot load its model"):
        KokoroSpeaker().load()


@pytest.fixture(scope="module")
def speaker() -> KokoroSpeaker:
    lacking = kokoro_weights.missing()
    if lacking:
        lack("voices", ", ".join(lacking))
    return KokoroSpeaker(seed=1)


@pytest.mark.weights
def test_the_first_sentence_comes_while_the_second_is_unmade(speaker: KokoroSpeaker) -> None:
    stream = speaker.stream("您好。请问有什么可以帮您？", voice="zf_xiaoxiao", mood=1)
    first = next(stream)
    assert 0.5 < first.duration_s < 2.0
    rest = next(stream)
    assert rest.duration_s > first.duration_s
    assert first.rate_hz == RATE_HZ


@pytest.mark.weights
def test_furious_is_faster_higher_and_louder_than_calm_and_both_are_understood(
    speaker: KokoroSpeaker,
) -> None:
    calm = speaker.speak(LINE, voice="zm_yunjian", mood=1)
    furious = speaker.speak(LINE, voice="zm_yunjian", mood=5)
    assert furious.duration_s < 0.85 * calm.duration_s
    assert rms_db(furious.samples) > rms_db(calm.samples) + 6.0
    assert _median_f0_hz(furious) > 1.04 * _median_f0_hz(calm)
    assert _heard_wrongly(calm) <= CALM_ERROR_LIMIT
    assert _heard_wrongly(furious) <= FURIOUS_ERROR_LIMIT


@pytest.mark.weights
def test_pace_changes_the_length(speaker: KokoroSpeaker) -> None:
    slow = speaker.speak("我先听客户把话说完。", voice="zf_xiaobei", mood=2, pace=0.8)
    fast = speaker.speak("我先听客户把话说完。", voice="zf_xiaobei", mood=2, pace=1.25)
    assert slow.duration_s > 1.3 * fast.duration_s


def _at_16_khz(waveform: Waveform) -> Waveform:
    return Waveform(np.asarray(soxr.resample(waveform.samples, RATE_HZ, 16_000), dtype=np.float32), 16_000)


def _median_f0_hz(waveform: Waveform) -> float:
    from swift_f0 import SwiftF0

    made = SwiftF0().detect(_at_16_khz(waveform).samples, 16_000)
    return float(np.median(made.pitch_hz[made.confidence > 0.5]))


def _heard_wrongly(waveform: Waveform) -> float:
    """Share of toneless syllables that the recogniser hears otherwise (edit distance)."""
    from pypinyin import lazy_pinyin

    from voicecoach.adapters.whisper import weights
    from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
    from voicecoach.features.text.words import spoken_syllables

    sound = _at_16_khz(waveform)
    transcript = WhisperTranscriber(weights.resolve("base")).transcribe(
        sound, language="zh", speech=(Span(0.0, sound.duration_s),)
    )
    said, heard = (
        lazy_pinyin("".join(syllable.text for syllable in spoken_syllables(source, "zh")))
        for source in (LINE, transcript)
    )
    row = list(range(len(heard) + 1))
    for index, wanted in enumerate(said, start=1):
        diagonal, row[0] = row[0], index
        for place, met in enumerate(heard, start=1):
            cost = min(row[place] + 1, row[place - 1] + 1, diagonal + (wanted != met))
            diagonal, row[place] = row[place], cost
    return row[-1] / len(said)
