"""Assessments as the engines would make them, written by hand: a weak and a strong answer, and a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Band,
    Coverage,
    Curves,
    Evidence,
    LanguageHit,
    Measurement,
    PointResult,
    Refusal,
)
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.model.profile import Profile, Weights
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.spans import gaps
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.scoring.total import score_all, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RATE_HZ = 16_000

_ZH = (
    ("首先，", 0.62), ("我会", 0.4), ("跟客户", 0.55), ("说", 0.2), ("实在抱歉，", 0.9), ("让您", 0.4),
    ("久等了。", 0.7), ("", 1.4), ("嗯，", 0.5), ("", 0.4), ("然后", 0.45), ("", 0.3), ("我", 0.2),
    ("会", 0.2), ("打开", 0.4), ("物流", 0.42), ("系统", 0.4), ("查一下", 0.6), ("快递", 0.45),
    ("到底", 0.4), ("卡在", 0.42), ("哪里。", 0.5), ("", 3.4), ("这个", 0.4), ("", 0.5),
    ("如果是", 0.55), ("我们", 0.4), ("的", 0.15), ("责任，", 0.5), ("", 0.35), ("我保证", 0.6),
    ("明天", 0.4), ("一定", 0.4), ("送到，", 0.5), ("再", 0.2), ("帮他", 0.4), ("申请", 0.45),
    ("一张", 0.38), ("优惠券。", 0.7), ("", 0.7), ("最后", 0.5), ("等他", 0.4), ("收到了", 0.5),
    ("再打个", 0.45), ("电话", 0.4), ("问问。", 0.5),
)  # fmt: skip
_EN = (
    ("First", 0.4), (" I", 0.15), (" would", 0.2), (" say", 0.25), (" how", 0.2), (" sorry", 0.4),
    (" I", 0.12), (" am.", 0.3), ("", 1.2), (" Um,", 0.5), ("", 0.4), (" then", 0.3), (" I", 0.12),
    (" would", 0.2), (" look", 0.3), (" up", 0.2), (" the", 0.12), (" parcel", 0.5), (" in", 0.15),
    (" the", 0.12), (" system.", 0.6), ("", 3.3), (" If", 0.2), (" it", 0.15), (" is", 0.15),
    (" our", 0.2), (" fault,", 0.4), (" I", 0.12), (" guarantee", 0.6), (" it", 0.15),
    (" arrives", 0.45), (" tomorrow", 0.6), (" and", 0.2), (" I", 0.12), (" apply", 0.4), (" for", 0.2),
    (" a", 0.1), (" voucher.", 0.6),
)  # fmt: skip
LEAD_S = 0.8


def prompt() -> Prompt:
    """A question with five points, an order and fatal language."""

    def point(key: str, zh: str, en: str, weight: float, hint_zh: str, hint_en: str) -> RubricPoint:
        return RubricPoint(
            id=key, label={"zh": zh, "en": en}, weight=weight, hint={"zh": hint_zh, "en": hint_en}
        )

    return Prompt(
        id="late_delivery",
        pack="jd_home",
        version="1",
        kind="scenario",
        text={
            "zh": "客户因为快递晚了三天，非常生气，开口就骂你，你怎么办？",
            "en": "A customer's parcel is three days late. They are furious. What do you do?",
        },
        points=(
            point(
                "empathy",
                "安抚情绪",
                "Calm the customer",
                3,
                "先说一句站在客户那边的话。",
                "Take their side first.",
            ),
            point(
                "listen",
                "倾听诉求",
                "Listen and ask",
                2,
                "让客户把话说完，再问订单号。",
                "Let them finish, then ask.",
            ),
            point("analyze", "查明原因", "Find the cause", 2, "说出你怎么查。", "Say how you check."),
            point(
                "solve", "给出办法", "Offer a solution", 3, "给一个具体办法。", "Offer something concrete."
            ),
            point("apology", "真诚道歉", "Apologise", 2, "诚恳说一声对不起。", "Say sorry sincerely."),
        ),
        target_s=(40, 120),
        order=("empathy", "listen", "analyze", "solve"),
        fatal_language=("rude", "shirk"),
        tip={"zh": "先接住情绪，再听、再查、再给办法。", "en": "Meet the feeling first."},
    )


def profile(language: str = "zh") -> Profile:
    """Bands of the kind that the profiles file holds."""
    rate = Band((160, 240), (130, 280), "ordinary Putonghua about 240, hotline rules about 120 字/min")
    if language == "en":
        rate = Band((110, 165), (95, 185), "PowerPoint Speaker Coach recommends 100-165 wpm")
    own = "project's choice"
    return Profile(
        name="interview",
        language="en" if language == "en" else "zh",
        title={"zh": "面试", "en": "interview"},
        bands={
            "speech_rate": rate,
            "pause_rate": Band((None, 18), (None, 30), own),
            "longest_pause": Band(
                (None, 3), (None, 5), f"{own}; silence > 5 s is flagged by contact centres"
            ),
            "phonation_time_ratio": Band((0.65, 0.90), (0.55, 0.95), own),
            "dead_air": Band((None, 0), (None, 1), own),
            "filled_pauses_vocalised": Band((None, 3), (None, 6), own),
            "pitch_variety": Band((2.7, 5.2), (1.5, 7), "read Mandarin p5/50/95 = 1.5/3.8/5.2 st, n = 54"),
            "agitation": Band((-0.4, 0.4), (-1, 0.7), own),
            "snr": Band((20, None), (10, None), own),
        },
        weights=Weights(60, 4, {"speech_rate": 8, "longest_pause": 4, "pitch_variety": 4}, 0.5, 0.5),
    )


def words(language: str = "zh", *, repeats: int = 1) -> tuple[tuple[Word, ...], tuple[Span, ...]]:
    """Words with their times, and the pauses between them; ``repeats`` makes a long answer."""
    said: list[Word] = []
    pauses: list[Span] = []
    now_s = LEAD_S
    for _ in range(repeats):
        for text, lasts_s in _EN if language == "en" else _ZH:
            span = Span(round(now_s, 3), round(now_s + lasts_s, 3))
            if text:
                said.append(Word(text, span, 0.42 if text in {"卡在", " parcel"} else 0.93))
            else:
                pauses.append(span)
            now_s += lasts_s
    return tuple(said), tuple(pauses)


def answer(language: str = "zh", *, repeats: int = 1, with_prompt: bool = True) -> Assessment:
    """A middling answer: some points, a long pause, a filler, an over-promise, a figure not measured."""
    said, pauses = words(language, repeats=repeats)
    duration_s = said[-1].span.end_s + 0.6
    rated = profile(language)
    measurements = _measurements(language, said, pauses)
    coverage = _coverage(language, said) if with_prompt else None
    scores = score_all(measurements, coverage, prompt(), rated) if with_prompt else ()
    return Assessment(
        source="答案 1.wav",
        sha256="ab" * 32,
        duration_s=duration_s,
        language="en" if language == "en" else "zh",
        profile="interview",
        transcript=Transcript(said, "en" if language == "en" else "zh", _provenance()),
        measurements=measurements,
        bands=rated.bands,
        coverage=coverage,
        scores=scores,
        total=total(scores) if with_prompt else None,
        advice=_advice(said, pauses),
        refusals=(),
        provenance={"recogniser": _provenance(), "voicecoach": "0.1.0"},
        rubric_version="1",
        curves=curves(said, duration_s),
        created="2025-01-02T03:04:05+00:00",
    )


def refused() -> Assessment:
    """A recording without speech: nothing measured, nothing covered, no total."""
    names = ("speech_rate", "longest_pause", "agitation", "snr")
    return replace(
        answer(),
        transcript=Transcript((), "zh", _provenance()),
        measurements=tuple(Measurement(name, None, "s", "its definition", (), "no_speech") for name in names),
        coverage=None,
        scores=(),
        total=None,
        advice=(),
        refusals=(
            Refusal(
                "no_speech",
                {"zh": "录音里没有听到说话声", "en": "no speech was found in the recording"},
                {"zh": "检查麦克风是否静音，再录一次", "en": "check that the microphone is not muted"},
            ),
        ),
        curves=Curves(
            Track(np.full(100, -80.0), 0.0, 0.05, "dBFS"), Track(np.full(100, np.nan), 0.0, 0.05, "Hz"), ()
        ),
    )


def sound(assessment: Assessment) -> Waveform:
    """A buzz wherever the assessment has speech: pitch follows its curve, so that both can be compared."""
    n = round(assessment.duration_s * RATE_HZ)
    samples = np.random.default_rng(0).normal(0, 0.001, n).astype(np.float32)
    drawn = assessment.curves
    for index, span in enumerate(drawn.speech if drawn else ()):
        first, stop = round(span.start_s * RATE_HZ), round(span.end_s * RATE_HZ)
        time_s = np.arange(stop - first) / RATE_HZ
        f0_hz = 190 + 40 * np.sin(2.1 * index) + 25 * np.sin(2 * np.pi * 1.6 * time_s)
        phase = 2 * np.pi * np.cumsum(f0_hz) / RATE_HZ
        voice = sum(np.sin(k * phase) / k for k in range(1, 12)) * _envelope(len(time_s), index)
        samples[first:stop] += (0.12 * voice).astype(np.float32)
    return Waveform(samples, RATE_HZ)


def curves(said: Sequence[Word], duration_s: float) -> Curves:
    """Level and pitch as tracks every 10 ms, in keeping with :func:`sound`."""
    speech = _speech(said)
    times_s = np.arange(0.0, duration_s, 0.01)
    level = np.full(len(times_s), -62.0) + np.random.default_rng(1).normal(0, 1.0, len(times_s))
    pitch = np.full(len(times_s), np.nan)
    for index, span in enumerate(speech):
        inside = (times_s >= span.start_s) & (times_s < span.end_s)
        local_s = times_s[inside] - span.start_s
        pitch[inside] = 190 + 40 * np.sin(2.1 * index) + 25 * np.sin(2 * np.pi * 1.6 * local_s)
        level[inside] = -22 + 20 * np.log10(_envelope(int(inside.sum()), index) + 1e-3)
    voiced = np.sin(2 * np.pi * 2.3 * times_s) > -0.6
    return Curves(
        Track(level, 0.0, 0.01, "dBFS"), Track(np.where(voiced, pitch, np.nan), 0.0, 0.01, "Hz"), speech
    )


def _envelope(n: int, index: int) -> NDArray[np.float64]:
    time = np.linspace(0, 1, n)
    return np.sqrt(np.sin(np.pi * time)) * (0.55 + 0.45 * np.abs(np.sin((3 + index % 4) * np.pi * time)))


def _speech(said: Sequence[Word]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for word in said:
        if merged and word.span.start_s - merged[-1].end_s < 0.06:
            merged[-1] = Span(merged[-1].start_s, word.span.end_s)
        else:
            merged.append(word.span)
    return tuple(merged)


def _provenance() -> Provenance:
    return Provenance("faster-whisper", "1.2.1", "base", "cd" * 32, {"beam_size": 5, "language": "zh"})


def _between(said: Sequence[Word], first: str, last: str) -> tuple[str, Span]:
    """The quote from the first word of that text to the next one of the other, and its time."""
    texts = [word.text.strip(" ，。,.") for word in said]
    start = texts.index(first)
    stop = texts.index(last, start)
    quote = "".join(word.text for word in said[start : stop + 1]).strip(" ，。,.")
    return quote, Span(said[start].span.start_s, said[stop].span.end_s)


def _coverage(language: str, said: Sequence[Word]) -> Coverage:
    if language == "zh":
        sorry, check = _between(said, "实在抱歉", "久等了"), _between(said, "打开", "查一下")
        voucher, promise = _between(said, "再", "优惠券"), _between(said, "我保证", "送到")
    else:
        sorry, check = _between(said, "say", "am"), _between(said, "look", "system")
        voucher, promise = _between(said, "apply", "voucher"), _between(said, "guarantee", "tomorrow")
    return Coverage(
        prompt_id="late_delivery",
        points=(
            PointResult("empathy", "maybe", 0.52, (Evidence(*sorry, "exemplar:让您等了这么久真不好意思"),)),
            PointResult("listen", "not_heard", 0.11),
            PointResult("analyze", "covered", 0.91, (Evidence(*check, "cue:查物流"),)),
            PointResult("solve", "covered", 0.88, (Evidence(*voucher, "exemplar:给他申请一张券"),)),
            PointResult("apology", "covered", 0.97, (Evidence(*sorry, "cue:实在抱歉"),)),
        ),
        low=7 / 12,
        high=10 / 12,
        order_ok=True,
        language=(
            LanguageHit("overpromise", *promise, certain=True),
            LanguageHit("ni", "你", None, certain=False),
        ),
    )


def _advice(said: Sequence[Word], pauses: Sequence[Span]) -> tuple[Advice, ...]:
    longest = max(pauses, key=lambda span: span.duration_s)
    return (
        Advice(
            "rubric:listen",
            {
                "zh": "没有听到“倾听诉求”。让客户把话说完，再问订单号。",
                "en": "“Listen and ask” was not heard. Let them finish, then ask.",
            },
            said[6].span,
        ),
        Advice(
            "longest_pause",
            {
                "zh": "最长一次停顿 3.4 秒：想不起来时，可以说“请允许我想一下”，不要冷场。",
                "en": "Your longest pause took 3.4 s: when you need time, say so rather than go silent.",
            },
            longest,
        ),
        Advice(
            "pitch_variety",
            {
                "zh": "语调起伏只有 2.1 个半音，听起来偏平：把重点词说高一点、慢一点。",
                "en": "Your pitch varied by only 2.1 semitones: raise the words that matter.",
            },
        ),
    )  # fmt: skip


def _measurements(language: str, said: Sequence[Word], pauses: Sequence[Span]) -> tuple[Measurement, ...]:
    whole = Span(said[0].span.start_s, said[-1].span.end_s)
    silent = gaps(_speech(said), shortest_s=0.25)
    longest = max(pauses, key=lambda span: span.duration_s)
    fillers = tuple(word.span for word in said if word.text.strip(" ，,") in {"嗯", "Um"})
    minutes = whole.duration_s / 60
    zh = language == "zh"
    n_spoken = sum(len(word.text.strip("，。")) for word in said) if zh else len(said)
    pause_s = sum(span.duration_s for span in silent)
    return (
        Measurement(
            "speech_rate",
            n_spoken / minutes,
            "字/min" if zh else "wpm",
            "spoken syllables / (last speech offset - first speech onset) x 60 s, pauses included",
            (whole,),
        ),
        Measurement("articulation_rate", 4.62, "syllables/s", "spoken syllables / phonation time", (whole,)),
        Measurement("silent_pauses", float(len(silent)), "count", "silences >= 250 ms", silent),
        Measurement("pause_rate", len(silent) / minutes, "per_min", "silent pauses / answer x 60 s", silent),
        Measurement("longest_pause", longest.duration_s, "s", "the longest silent pause", (longest,)),
        Measurement(
            "phonation_time_ratio", 1 - pause_s / whole.duration_s, "ratio", "speech / answer", (whole,)
        ),
        Measurement("dead_air", 1.0, "count", "silences >= 3 s", (longest,)),
        Measurement("response_latency", None, "s", "end of prompt to first speech", (), "no_prompt_end"),
        Measurement(
            "filled_pauses_vocalised",
            len(fillers) / minutes,
            "per_min",
            "um, uh per minute",
            fillers,
            provisional="fillers_from_text",
        ),
        Measurement(
            "filled_pauses_lexical",
            0.0,
            "per_100_syllables",
            "verbal tics",
            (),
            None,
            "fillers_not_proven_absent",
        ),
        Measurement("pitch_variety", 2.1, "st", "SD of F0 in semitones", (whole,)),
        Measurement(
            "agitation", 0.46, "-1..1", "tanh of ...", (said[20].span,), provisional="own_take_as_baseline"
        ),
        Measurement("forbidden_language", 1.0, "count", "listed phrases", (said[25].span,)),
        Measurement("snr", 38.2, "dB", "speech level - noise floor", ()),
        Measurement("warmth_of_room", 0.2574, "K", "an unknown figure of a later version", ()),
    )
