"""When a recording is not scored, and what to do about it. Never a made-up figure in place of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import Refusal
from voicecoach.model.audio import total_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.audio.decode import Recording
    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.transcript import Transcript

SPEECH_SHORTEST_S: Final = 2.0
"""Less speech than this is no answer (about 8 syllables)."""
CLIPPING_MOST_RATIO: Final = 0.01
"""Share of clipped samples from which level, spectrum and words are no longer those of the voice."""
SNR_SMALLEST_DB: Final = 5.0
"""Pauses were checked down to this ratio of speech to noise."""
UNHEARD_MOST_RATIO: Final = 0.3
"""Share of the speech without text from which the text does not stand for the answer."""
LANGUAGE_SURE: Final = 0.8
"""Probability from which the recogniser's judgement of the language counts."""
LANGUAGE_NAMES: Final = {"zh": {"zh": "中文", "en": "Mandarin"}, "en": {"zh": "英语", "en": "English"}}


def find_refusals(
    recording: Recording,
    features: SoundFeatures,
    transcript: Transcript,
    measurements: dict[str, Measurement],
) -> tuple[Refusal, ...]:
    """All reasons against a score (``blocks_score``), and the lesser remarks on the evidence."""
    if not features.speech:
        return (_no_speech(),)
    return (*_of_sound(recording, features, measurements), *_of_text(features, transcript))


def _of_sound(
    recording: Recording, features: SoundFeatures, measurements: dict[str, Measurement]
) -> Iterator[Refusal]:
    spoken_s = total_s(features.speech)
    if spoken_s < SPEECH_SHORTEST_S:
        yield Refusal(
            "too_short",
            {
                "zh": f"只听到 {spoken_s:.1f} 秒说话声，至少要 {SPEECH_SHORTEST_S:.0f} 秒",
                "en": f"{spoken_s:.1f} s of speech were heard; at least {SPEECH_SHORTEST_S:.0f} s are needed",
            },
            {"zh": "把回答说完整，再录一次", "en": "give a full answer and record again"},
        )
    clipping = measurements["clipping"].value
    if clipping is not None and clipping > CLIPPING_MOST_RATIO:
        yield Refusal(
            "clipped",
            {
                "zh": f"{clipping:.1%} 的采样爆音，超过 {CLIPPING_MOST_RATIO:.0%}",
                "en": f"{clipping:.1%} of the samples are clipped; at most {CLIPPING_MOST_RATIO:.0%} may be",
            },
            {
                "zh": "把麦克风音量调低，或离远一点再录",
                "en": "lower the microphone's level or move away from it, and record again",
            },
        )
    snr = measurements["snr"].value
    if snr is not None and snr < SNR_SMALLEST_DB:
        yield Refusal(
            "noisy",
            {
                "zh": f"信噪比只有 {snr:.0f} dB，低于 {SNR_SMALLEST_DB:.0f} dB",
                "en": f"speech is {snr:.0f} dB above the noise; at least {SNR_SMALLEST_DB:.0f} dB are needed",
            },
            {
                "zh": "换个安静的地方，或靠近麦克风再录",
                "en": "find a quieter place or come closer to the microphone",
            },
        )
    if recording.dead_channels:
        numbers = ", ".join(str(channel) for channel in recording.dead_channels)
        yield Refusal(
            "dead_channel",
            {
                "zh": f"第 {numbers} 声道没有声音，已用另一声道",
                "en": f"channel {numbers} is dead; the other one was used",
            },
            {"zh": "检查麦克风接线", "en": "check the microphone's cable"},
            blocks_score=False,
        )


def _of_text(features: SoundFeatures, transcript: Transcript) -> Iterator[Refusal]:
    spoken_s = total_s(features.speech)
    heard = transcript.heard_language
    if heard is not None and heard[0] != transcript.language and heard[1] >= LANGUAGE_SURE:
        wanted = LANGUAGE_NAMES[transcript.language]
        met = LANGUAGE_NAMES.get(heard[0], {"zh": heard[0], "en": heard[0]})
        yield Refusal(
            "wrong_language",
            {
                "zh": f"听起来是{met['zh']}，不是{wanted['zh']}（把握 {heard[1]:.0%}）",
                "en": f"this sounds like {met['en']}, not {wanted['en']} ({heard[1]:.0%} sure)",
            },
            {"zh": "用 --lang 选对语言", "en": "choose the language with --lang"},
        )
    if transcript.dropped:
        yield _invented(transcript)
    unheard_s = total_s(transcript.unheard)
    if not transcript.words and not transcript.dropped:
        unheard_s = spoken_s
    if unheard_s > 0:
        share = min(1.0, unheard_s / spoken_s)
        yield Refusal(
            "speech_without_text",
            {
                "zh": f"有 {unheard_s:.1f} 秒说话声（{share:.0%}）没有识别出文字",
                "en": f"{unheard_s:.1f} s of speech ({share:.0%}) got no text",
            },
            {
                "zh": "回放这些地方；可换更大的模型（--model small），或吐字再清楚些",
                "en": "listen to these places; try a larger model (--model small) or speak more clearly",
            },
            blocks_score=share > UNHEARD_MOST_RATIO,
        )


def _no_speech() -> Refusal:
    return Refusal(
        "no_speech",
        {"zh": "录音里没有听到说话声", "en": "no speech was found in the recording"},
        {
            "zh": "检查麦克风是否静音、系统是否允许本程序使用麦克风，再录一次",
            "en": "check that the microphone is not muted and may be used, then record again",
        },
    )


def _invented(transcript: Transcript) -> Refusal:
    said = transcript.dropped[0].text.strip()
    return Refusal(
        "invented_text",
        {
            "zh": f"识别出的“{said}”在声音里没有依据，已丢弃",
            "en": f"the recognised text “{said}” has no support in the sound and was dropped",
        },
        {"zh": "回放这一处确认", "en": "listen to that place"},
        blocks_score=not transcript.words,
    )
