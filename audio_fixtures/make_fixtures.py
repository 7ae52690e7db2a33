"""Make the recordings of this folder and the truth of each: ``make fixtures`` (needs the neural voice).

The texts are our own; the voices are Kokoro-82M v1.0 (Apache-2.0). A recording is put together from phrases
and silences of chosen length over a low room noise, so that the time of every phrase and of every inserted
pause is exact to the sample. Seeds are fixed; another processor may round the sound differently, which is
why the recordings are committed with their digests.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import soxr

from voicecoach.adapters.tts.kokoro_speaker import MOODS, KokoroSpeaker
from voicecoach.features.text.words import spoken_syllables, word_count
from voicecoach.units import db_to_amplitude, s_to_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

FOLDER = Path(__file__).parent
RATE_HZ = 16_000
TELEPHONE_RATE_HZ = 8_000
SEED = 20240618
ROOM_DBFS = -72.0
"""RMS of the room noise under every recording but the silent ones."""
CALL_ROOM_DBFS = -80.0
"""The same in the two-party call, where each channel is idle half of the time."""
SPEECH_DBFS = -26.0
"""RMS of the sounding parts of a recording in a neutral mood (the nominal speech level of ITU-T P.56)."""
EDGE_DB = -34.0
"""A phrase starts and ends where its 5 ms level comes within so much of its loudest: pauses start there."""
EDGE_FRAME_S = 0.005
FADE_S = 0.004
"""Ramp at both ends of a phrase, so that a cut makes no click."""
LEAD_S = 0.6
TAIL_S = 0.7
LEVEL_EN = "恩——"
LEVEL_E = "婀——"
"""Drawn out in the level tone, as people hesitate; the voice says 嗯 and 呃 short and with a moving tone."""

ORIGIN = {
    "made_by": "audio_fixtures/make_fixtures.py",
    "text": "our own (MIT)",
    "voice": "Kokoro-82M v1.0 int8 with the voices of kokoro-js 1.2.1 (Apache-2.0)",
}
RANK_PLACED = "closed form: phrases and silences were placed at these samples"
RANK_TEXT = "known input: the text that the voice was given"
RANK_POINTS = "by hand: the author of the text marked what it covers"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words said in one breath, and the silence after them in seconds.

    ``given``: what the voice is given in their place, where it would not say the words as people do.
    """

    text: str
    pause_s: float = 0.0
    pace: float = 1.0
    mood: int = 2
    voice: str = ""
    kind: str = "speech"
    channel: int = 0
    given: str = ""


@dataclass(slots=True)
class Take:
    """A recording while it is put together: samples (n, channels) at 16 kHz, and where each phrase lies."""

    samples: Samples
    segments: list[dict[str, Any]] = field(default_factory=list)
    pauses: list[dict[str, float]] = field(default_factory=list)


def main(names: Sequence[str]) -> None:
    """Make all recordings, or only those named."""
    makers = {
        "late_delivery_good": _good,
        "late_delivery_weak": _weak,
        "numbers_zh": _numbers,
        "pauses_zh": _pauses,
        "rates_zh": _rates,
        "english_answer": _english,
        "two_party_call": _call,
        "plain": _plain,
    }
    for name, make in makers.items():
        if not names or name in names:
            make(KokoroSpeaker(threads=1, seed=SEED))  # a new one each: the same noise in whatever order


# ---------------------------------------------------------------- the recordings


def _good(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("遇到这种情况，我先不跟他争，第一时间安抚他的情绪。", 0.62),
        Phrase("我会说，先生，让您多等了三天，真的非常抱歉。", 0.48),
        Phrase("换成是我，我心里也着急，您的心情我特别理解。", 0.81),
        Phrase("接着，我请他慢慢讲，我认真听他讲完，中间不打断。", 0.55),
        Phrase("再跟他核对一下订单号。", 0.78),
        Phrase("然后，我马上去系统里查物流，看看包裹是卡在路上了，还是仓库发晚了。", 0.46),
        Phrase("查到原因，就如实告诉他。", 0.84),
        Phrase("最后，给他一个解决办法。", 0.44),
        Phrase("我联系快递站点加急，优先给他派送，预计明天下午能送到。", 0.58),
        Phrase("再按公司的规定，申请一张十元的优惠券，当作补偿。"),
    ]
    take = _assembled(speaker, phrases, "zf_xiaoxiao", pace=0.82)
    covered = ["empathy", "listen", "analyze", "solve", "apology"]
    _save(
        "late_delivery_good", take, phrases,
        expected={"prompt": "late_delivery", "covered": covered, "not_covered": [], "order_ok": True,
                  "language": []},
    )  # fmt: skip


def _weak(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("嗯", 0.7, pace=0.7, kind="filler", given=LEVEL_EN),
        Phrase("就是，那个，快递晚了嘛。", 1.6, pace=1.1),
        Phrase("呃", 0.9, pace=0.7, kind="filler", given=LEVEL_E),
        Phrase("这个，这个也不是我能控制的。", 2.3, pace=1.15),
        Phrase("那个，我就，我就帮他查一下物流，看看到哪儿了。", 1.4, pace=1.15),
        Phrase("嗯", 0.6, pace=0.8, kind="filler", given=LEVEL_EN),
        Phrase("然后，然后就让他再等等吧。", 3.2, pace=1.2),
        Phrase("就是，应该，应该过两天就到了。", 1.9, pace=1.2),
        Phrase("嗯", 0.5, pace=0.9, kind="filler", given=LEVEL_EN),
        Phrase("差不多，就这样吧。", pace=1.1),
    ]
    take = _assembled(speaker, phrases, "zm_yunxi")
    _save(
        "late_delivery_weak", take, phrases,
        expected={
            "prompt": "late_delivery", "covered": ["analyze"],
            "not_covered": ["empathy", "listen", "solve", "apology"], "language": ["shirk"],
        },
    )  # fmt: skip


def _numbers(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("我在京东APP上买的618订单，24小时都没发货。", 0.5),
        Phrase("尾号是8842，一共3件，花了299.5元。", 0.5),
        Phrase("支持7天无理由退货，再给您申请10元优惠券。", 0.5),
        Phrase("不满意可以打12315，我们的VIP满意度是95%。"),
    ]
    _save("numbers_zh", _assembled(speaker, phrases, "zf_xiaobei", pace=0.98), phrases)


def _pauses(speaker: KokoroSpeaker) -> None:
    texts = (
        "您好很高兴为您服务",
        "我先帮您查一下订单",
        "您的包裹还在路上",
        "我已经联系了站点",
        "明天就会给您送到",
        "我会一直跟进",
        "谢谢您的理解",
    )
    lengths_s = [0.32, 1.2, 0.45, 0.7, 2.0, 0.28, 0.0]
    phrases = [Phrase(text, pause_s) for text, pause_s in zip(texts, lengths_s, strict=True)]
    take = _assembled(speaker, phrases, "zm_yunyang", pace=0.95)
    _save("pauses_zh", take, phrases, pauses_complete=True)
    for snr_db in (20, 10, 5):
        level_dbfs = SPEECH_DBFS - snr_db
        noisy = Take(
            take.samples + _pink(len(take.samples), level_dbfs, SEED + snr_db)[:, None],
            take.segments,
            take.pauses,
        )
        _save(
            f"pauses_zh_{snr_db:02}db", noisy, phrases, pauses_complete=True,
            made_from={"file": "pauses_zh.flac", "by": "pink noise added", "snr_db": snr_db},
        )  # fmt: skip


def _rates(speaker: KokoroSpeaker) -> None:
    for name, pace in (("slow", 0.8), ("usual", 0.95), ("fast", 1.25)):
        phrases = [
            Phrase("我觉得做客服最重要的，是把客户的事当成自己的事。", 0.4),
            Phrase("客户着急的时候，先听他说完，再一步一步帮他解决。", 0.4),
            Phrase("事情办好了，再打个电话问一问，他才会真的放心。", 0.4),
            Phrase("这样一来，下次他还愿意来我们这里买东西。", 0.4),
            Phrase("做久了您会发现，耐心比什么话术都管用。"),
        ]
        _save(f"rate_{name}_zh", _assembled(speaker, phrases, "zf_xiaoyi", pace=pace), phrases)


def _english(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("First, I would calm him down, and say I am so sorry for the wait.", 0.5),
        Phrase("I understand how you feel. Three days is a long time.", 0.6),
        Phrase("Then I let him finish, and I ask for the order number.", 0.5),
        Phrase("I check the system to see where the parcel is stuck, and tell him honestly.", 0.6),
        Phrase("Finally, I ask the station to deliver it first, so it should reach him tomorrow."),
    ]
    take = _assembled(speaker, phrases, "af_heart", pace=0.92)
    covered = ["empathy", "listen", "analyze", "solve", "apology"]
    _save(
        "english_answer", take, phrases, language="en",
        expected={"prompt": "late_delivery", "covered": covered, "not_covered": [], "order_ok": True,
                  "language": []},
    )  # fmt: skip


def _call(speaker: KokoroSpeaker) -> None:
    caller, agent = {"voice": "zm_yunjian", "mood": 4, "channel": 0}, {"voice": "zf_xiaoxiao", "channel": 1}
    phrases = [
        Phrase("您好，京东客服，请问有什么可以帮您？", 0.5, **agent),
        Phrase("我的快递都晚了三天了，到底还送不送？", 0.6, **caller),
        Phrase("先生，实在抱歉，让您久等了，我马上帮您查一下。", 0.5, **agent),
        Phrase("每次都说马上，我要投诉你们！", 0.7, **caller),
        Phrase("您先别着急，麻烦您报一下订单号好吗？", 0.5, **agent),
        Phrase("八八四二，快点儿吧。", **caller),
    ]
    _save("two_party_call", _assembled(speaker, phrases, "", n_channels=2, room_dbfs=CALL_ROOM_DBFS), phrases)


def _plain(speaker: KokoroSpeaker) -> None:
    """One short answer spoilt in known ways, and sound without speech."""
    phrases = [
        Phrase("我性格比较有耐心，愿意听别人把话说完。", 0.5),
        Phrase("之前在超市做过收银，帮顾客解决过不少麻烦，我觉得很有成就感。"),
    ]
    take = _assembled(speaker, phrases, "zm_yunxia", pace=0.95)
    whole = {"text": "the same words as low_gain.flac"}
    _save("low_gain", _scaled(take, -20.0), phrases, made_from={"by": "gain", "gain_db": -20.0})
    clipped = Take(np.clip(_scaled(take, 25.0).samples, -1.0, 1.0), take.segments, take.pauses)
    _save("clipped", clipped, phrases, made_from={"by": "gain, cut at full scale", "gain_db": 25.0} | whole)
    dead = Take(
        np.column_stack([np.zeros(len(take.samples)), take.samples[:, 0]]), take.segments, take.pauses
    )
    _save(
        "dead_channel",
        dead,
        phrases,
        made_from={"by": "channel 0 is digital silence, the voice is on 1"} | whole,
    )
    _save(
        "telephone",
        take,
        phrases,
        rate_hz=TELEPHONE_RATE_HZ,
        made_from={"by": "300-3400 Hz at 8 kHz"} | whole,
    )
    short = [Phrase("您好，请稍等。")]
    _save("short_3s", _padded(_assembled(speaker, short, "zf_xiaobei"), 3.0), short)
    _save("silence", Take(np.zeros((4 * RATE_HZ, 1))), [])
    _save(
        "noise",
        Take(_pink(4 * RATE_HZ, -32.0, SEED)[:, None]),
        [],
        made_from={"by": "pink noise, RMS -32 dBFS"},
    )


# ---------------------------------------------------------------- putting together


def _assembled(
    speaker: KokoroSpeaker,
    phrases: Sequence[Phrase],
    voice: str,
    *,
    pace: float = 1.0,
    n_channels: int = 1,
    room_dbfs: float = ROOM_DBFS,
) -> Take:
    """Speak the phrases and lay them out with their pauses over room noise."""
    parts: list[tuple[int, Samples]] = []
    take = Take(np.zeros((0, n_channels)))
    place = s_to_samples(LEAD_S, RATE_HZ)
    for number, phrase in enumerate(phrases):
        said = speaker.speak(
            phrase.given or phrase.text,
            voice=phrase.voice or voice,
            mood=phrase.mood,
            pace=round(phrase.pace * pace, 3),
        )
        sound = _cut(soxr.resample(said.samples.astype(np.float64), said.rate_hz, RATE_HZ))
        parts.append((place, sound))
        end = place + len(sound)
        take.segments.append(
            {
                "text": phrase.text, "kind": phrase.kind, "start_s": place / RATE_HZ, "end_s": end / RATE_HZ,
                "voice": phrase.voice or voice, "mood": phrase.mood, "pace": round(phrase.pace * pace, 3),
                "channel": phrase.channel,
            }
        )  # fmt: skip
        place = end + s_to_samples(phrase.pause_s, RATE_HZ)
        if number + 1 < len(phrases):
            take.pauses.append({"start_s": end / RATE_HZ, "end_s": place / RATE_HZ})
    n_samples = place + s_to_samples(TAIL_S, RATE_HZ)
    take.samples = np.column_stack([_pink(n_samples, room_dbfs, SEED + c) for c in range(n_channels)])
    for phrase, (start, sound) in zip(phrases, parts, strict=True):
        take.samples[start : start + len(sound), phrase.channel] += sound
    return take


def _cut(sound: Samples) -> Samples:
    """Cut the soft edges off, so that the pause begins where sound was last heard; set the level."""
    n_frame = s_to_samples(EDGE_FRAME_S, RATE_HZ)
    frames = sound[: len(sound) // n_frame * n_frame].reshape(-1, n_frame)
    levels_db = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    sounding = np.flatnonzero(levels_db > levels_db.max() + EDGE_DB)
    sound = sound[sounding[0] * n_frame : (sounding[-1] + 1) * n_frame]
    sound = sound * db_to_amplitude(SPEECH_DBFS - MOODS[2].level_dbfs)
    n_fade = s_to_samples(FADE_S, RATE_HZ)
    ramp = np.linspace(0.0, 1.0, n_fade, endpoint=False)
    sound[:n_fade] *= ramp
    sound[-n_fade:] *= ramp[::-1]
    return sound


def _scaled(take: Take, gain_db: float) -> Take:
    return Take(take.samples * db_to_amplitude(gain_db), take.segments, take.pauses)


def _padded(take: Take, duration_s: float) -> Take:
    n_samples = s_to_samples(duration_s, RATE_HZ)
    n_missing = n_samples - len(take.samples)
    room = _pink(max(0, n_missing), ROOM_DBFS, SEED + 7)[:, None]
    return Take(np.concatenate([take.samples, room])[:n_samples], take.segments, take.pauses)


def _pink(n_samples: int, level_dbfs: float, seed: int) -> Samples:
    """Noise whose power falls 3 dB an octave from 50 Hz up, of the given RMS."""
    if not n_samples:
        return np.zeros(0)
    white = np.random.default_rng(seed).standard_normal(n_samples)
    spectrum = np.fft.rfft(white)
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(n_samples, 1.0 / RATE_HZ), 50.0))
    noise = np.fft.irfft(spectrum, n_samples)
    return noise * db_to_amplitude(level_dbfs) / np.sqrt(np.mean(noise**2))


def _telephone(samples: Samples) -> Samples:
    """The band of an old telephone line, 300-3400 Hz, at 8 kHz."""
    spectrum = np.fft.rfft(samples, axis=0)
    frequency_hz = np.fft.rfftfreq(len(samples), 1.0 / RATE_HZ)
    spectrum[(frequency_hz < 300.0) | (frequency_hz > 3400.0)] = 0.0  # noqa: PLR2004 - the band's edges
    return np.asarray(soxr.resample(np.fft.irfft(spectrum, len(samples), axis=0), RATE_HZ, TELEPHONE_RATE_HZ))


# ---------------------------------------------------------------- writing


def _save(name: str, take: Take, phrases: Sequence[Phrase], *, rate_hz: int = RATE_HZ, **more: Any) -> None:  # noqa: ANN401 - keys of the truth
    samples = _telephone(take.samples) if rate_hz == TELEPHONE_RATE_HZ else take.samples
    pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
    path = FOLDER / f"{name}.flac"
    _write_flac(path, pcm, rate_hz)
    language = more.pop("language", "zh")
    text = ("" if language == "zh" else " ").join(phrase.text for phrase in phrases)
    truth = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rate_hz": rate_hz,
        "n_channels": pcm.shape[1],
        "duration_s": len(pcm) / rate_hz,
        "language": language,
        "text": text,
        "n_syllables": len(spoken_syllables(text, language)),
        "n_words": word_count(text, language),
        "segments": take.segments,
        "pauses": take.pauses,
        "pauses_complete": more.pop("pauses_complete", False),
        **more,
        "rank": {"segments": RANK_PLACED, "pauses": RANK_PLACED, "text": RANK_TEXT, "expected": RANK_POINTS},
        "origin": ORIGIN if phrases else {"made_by": ORIGIN["made_by"]},
    }
    if "expected" not in truth:
        del truth["rank"]["expected"]
    (FOLDER / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{path.name:26} {truth['duration_s']:6.1f} s {path.stat().st_size / 1000:7.0f} kB")


def _write_flac(path: Path, pcm: NDArray[np.int16], rate_hz: int) -> None:
    layout = "stereo" if pcm.shape[1] == 2 else "mono"  # noqa: PLR2004 - two channels
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=rate_hz, layout=layout, options={"compression_level": "8"})
        stream.format = "s16"
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate_hz
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


if __name__ == "__main__":
    main(sys.argv[1:])
