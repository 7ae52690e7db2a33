"""A speaker's profile from a calm reading: what is read, what is measured, when it is refused.

The reading is judged by the length of its speech, its noise and its clipping, never by its words: the
profile holds the voice, and the recogniser need not be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

import numpy as np

from voicecoach.app.score.refusals import CLIPPING_MOST_RATIO, SNR_SMALLEST_DB
from voicecoach.app.setup.doctor import Check, judge_level
from voicecoach.errors import InputError
from voicecoach.features.extract import extract
from voicecoach.metrics.agitation import baseline_of
from voicecoach.metrics.quality import measure_quality
from voicecoach.model.spans import total_s
from voicecoach.model.speaker_profile import SpeakerProfile
from voicecoach.units import st_to_hz
from voicecoach.words.catalogue import Message
from voicecoach.words.reasons import explain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.app.setup.doctor import Text
    from voicecoach.audio.decode import Recording
    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.device import LevelCheck
    from voicecoach.model.transcript import Language

READING: Final[Mapping[Language, str]] = {
    "zh": "早上八点，图书馆开门了。一楼放的是报纸和杂志，二楼是小说，三楼是字典和地图。"
    "借书的人先把卡放在机器上，再把书放进盒子里，屏幕上就会显示书名和还书的日期。"
    "每本书可以借三十天。窗边的座位很安静，看得到河对面的小路。",
    "en": "The library opens at eight in the morning. Newspapers are on the ground floor, novels on the "
    "first, maps and dictionaries on the second. To borrow a book, put your card on the machine and the book "
    "in the box; the screen shows its title and the date on which it is due. A book can be kept for thirty "
    "days. The seats by the window are quiet.",
}
"""Neutral texts: 94 syllables, 28 s at 200 a minute; 68 words, 27 s at 150 a minute."""
ROOM_S: Final = 2.0
"""So long the room is listened to, seconds."""
READING_LIMIT_S: Final = 40.0
"""A reading is stopped after so long: the text at 140 syllables a minute."""
SPEECH_SHORTEST_S: Final = 10.0
"""Less speech, pauses not counted, is refused: about a third of the text (project's choice)."""
QUIET_DBFS: Final = -45.0
"""Speech with a lower median level (150-4000 Hz) is told to be quiet: 20 dB more noise than a usual room
at usual gain would drown it (project's choice; usual recordings lie at -28)."""
GOOD_SNR_DB: Final = 20.0
"""The green limit of the profiles' bands; below it HF500 begins to follow the noise."""
USUAL_LATENCY_S: Final = 0.3
"""More is told: such a path is mostly Bluetooth (project's choice)."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a profile holds besides the voice; fields as those of ``SpeakerProfile``."""

    name: str
    created: str
    language: Language
    device: str = ""
    output_device: str = ""
    latency_s: float | None = None


class SpeakerShelf(Protocol):
    """Where profiles are kept (``voicecoach.adapters.history.speaker_profiles``). All raise StoreError."""

    def load(self, name: str) -> SpeakerProfile:
        """The profile of that name. Raises UsageError."""
        ...

    def names(self) -> Sequence[str]:
        """The names of all profiles."""
        ...

    def for_device(self, device: str) -> SpeakerProfile | None:
        """The newest profile made with that microphone."""
        ...


def profile_of(reading: Recording, about: Circumstances) -> SpeakerProfile:
    """Measure a calm reading. Raises InputError when it cannot stand for the voice, with the reason."""
    features = extract(reading.waveform)
    snr_db, noise_floor_dbfs = _usable(reading, features)
    calm = baseline_of([features])
    level_dbfs = np.concatenate([features.level.within(span) for span in features.speech])
    return SpeakerProfile(
        name=about.name,
        created=about.created,
        language=about.language,
        device=about.device,
        output_device=about.output_device,
        f0_median_hz=st_to_hz(calm.f0_median_st),
        f0_sd_st=calm.f0_sd_st,
        hf500_db=calm.hf500_db,
        hf500_sd_db=calm.hf500_sd_db,
        n_units=calm.n_units,
        level_dbfs=float(np.median(level_dbfs)),
        noise_floor_dbfs=noise_floor_dbfs,
        snr_db=snr_db,
        speech_s=float(total_s(features.speech)),
        latency_s=about.latency_s,
    )


def check_length(spoken_s: float) -> None:
    """Raise InputError when so much speech is too little; a recording that is no longer needs no look."""
    if spoken_s < SPEECH_SHORTEST_S:
        raise InputError(
            f"只听到 {spoken_s:.1f} 秒说话声，校准至少要 {SPEECH_SHORTEST_S:.0f} 秒 / "
            f"{spoken_s:.1f} s of speech were heard; a calibration needs {SPEECH_SHORTEST_S:.0f} s",
            hint="把整段文字平静地读完，再按回车 / read the whole text calmly, then press Enter",
        )


def _usable(reading: Recording, features: SoundFeatures) -> tuple[float, float]:
    """SNR in dB and noise floor in dBFS of a reading that can be used. Raises InputError."""
    spoken_s = total_s(features.speech)
    check_length(spoken_s)
    if reading.clipping_ratio > CLIPPING_MOST_RATIO:
        raise InputError(
            f"{reading.clipping_ratio:.1%} 的采样爆音，最多 {CLIPPING_MOST_RATIO:.0%} / "
            f"{reading.clipping_ratio:.1%} of the samples are clipped; {CLIPPING_MOST_RATIO:.0%} may be",
            hint="把麦克风音量调低，或离远一点 / lower the microphone's level or move away from it",
        )
    quality = {
        found.name: found for found in measure_quality(features, clipping_ratio=reading.clipping_ratio)
    }
    snr_db = quality["snr"].value
    if snr_db is None or features.noise_floor_dbfs is None:
        reason = str(quality["snr"].reason)
        raise InputError(
            f"{explain(reason, 'zh')} / {explain(reason, 'en')}",
            hint="停顿片刻再开始读 / wait a moment before you begin to read",
        )
    if snr_db < SNR_SMALLEST_DB:
        raise InputError(
            f"信噪比只有 {snr_db:.0f} dB，至少要 {SNR_SMALLEST_DB:.0f} dB / "
            f"speech is {snr_db:.0f} dB above the noise; at least {SNR_SMALLEST_DB:.0f} dB are needed",
            hint="换个安静的地方，或靠近麦克风 / find a quieter place or come closer to the microphone",
        )
    return snr_db, features.noise_floor_dbfs


def room_check(room: LevelCheck) -> Check:
    """How the room is, before anybody speaks; zeros alone are a fault of the device, told elsewhere."""
    state, finding, remedy = judge_level(room)
    return Check("room", {"zh": "房间", "en": "Room"}, state, finding, remedy)


def reading_checks(profile: SpeakerProfile, *, latency_reason: Text | None = None) -> tuple[Check, ...]:
    """What was measured, in plain words, with a remedy where it could be better."""
    return (_voice(profile), _level(profile), _noise(profile), _latency(profile, latency_reason))


def _voice(profile: SpeakerProfile) -> Check:
    pitch = f"{profile.f0_median_hz:.0f} Hz ±{profile.f0_sd_st:.1f} st"
    balance = f"{profile.hf500_db:.1f} ±{profile.hf500_sd_db:.1f} dB"
    finding = {
        "zh": f"平静时音高 {pitch}，音色（HF500）{balance}；量了 {profile.speech_s:.0f} 秒说话声、"
        f"{profile.n_units} 个语段",
        "en": f"calm pitch {pitch}, spectral balance (HF500) {balance}; measured on "
        f"{profile.speech_s:.0f} s of speech in {profile.n_units} stretches",
    }
    return Check("voice", {"zh": "您的声音", "en": "Your voice"}, "ok", finding)


def _level(profile: SpeakerProfile) -> Check:
    finding = {
        "zh": f"说话时 {profile.level_dbfs:.0f} dBFS",
        "en": f"{profile.level_dbfs:.0f} dBFS while speaking",
    }
    remedy = None
    if profile.level_dbfs < QUIET_DBFS:
        finding = {"zh": f"声音太小：{finding['zh']}", "en": f"too quiet: {finding['en']}"}
        remedy = {
            "zh": "在系统声音设置里调高输入音量，或靠近麦克风，再校准一次",
            "en": "raise the input level in the system's sound settings or come closer, then calibrate again",
        }
    return Check("level", {"zh": "音量", "en": "Level"}, "warning" if remedy else "ok", finding, remedy)


def _noise(profile: SpeakerProfile) -> Check:
    finding = {
        "zh": f"底噪 {profile.noise_floor_dbfs:.0f} dBFS，信噪比 {profile.snr_db:.0f} dB",
        "en": f"noise floor {profile.noise_floor_dbfs:.0f} dBFS, speech {profile.snr_db:.0f} dB above it",
    }
    remedy = None
    if profile.snr_db < GOOD_SNR_DB:
        finding = {"zh": f"有噪声：{finding['zh']}", "en": f"noisy: {finding['en']}"}
        remedy = {
            "zh": f"好的录音在 {GOOD_SNR_DB:.0f} dB 以上：换个安静的地方，或用耳麦",
            "en": f"a good recording has {GOOD_SNR_DB:.0f} dB or more: find a quieter place or use a headset",
        }
    return Check("noise", {"zh": "噪声", "en": "Noise"}, "warning" if remedy else "ok", finding, remedy)


def _latency(profile: SpeakerProfile, reason: Text | None) -> Check:
    title = {"zh": "声音通路的延迟", "en": "Latency of the sound path"}
    if profile.latency_s is None:
        why = reason or {"zh": "没有测", "en": "not asked for"}
        finding = {"zh": f"没有测得：{why['zh']}", "en": f"not measured: {why['en']}"}
        return Check("latency", title, "ok", finding)
    value = f"{1000 * profile.latency_s:.0f}"
    finding = {
        "zh": f"{value} 毫秒（设备自报的延迟之外），计算反应时间时减去",
        "en": f"{value} ms beyond what the devices say, taken off the response latency",
    }
    remedy = None
    state: Literal["ok", "warning"] = "ok"
    if profile.latency_s > USUAL_LATENCY_S:
        state = "warning"
        remedy = {"zh": "蓝牙耳机改用有线", "en": "use a cable rather than Bluetooth"}
    return Check("latency", title, state, finding, remedy)


def chosen_profile(
    profiles: SpeakerShelf, wanted: str | None, device: str | None, *, language: Language | None = None
) -> tuple[SpeakerProfile | None, Message | None]:
    """The profile to compare a take with, and a warning, None where there is nothing to warn of.

    ``wanted``: the name asked for, else the newest made with ``device`` is taken, never one of another.
    ``device`` None: it is not known with what the take is recorded, so that only a name finds a profile.
    ``language`` is that of the take. Raises UsageError for an unknown name, StoreError.
    """
    if wanted is not None:
        profile = profiles.load(wanted)
        return profile, _other_device(profile, device) or _other_language(profile, language)
    newest = None if device is None else profiles.for_device(device)
    if newest is not None:
        return newest, _other_language(newest, language)
    names = profiles.names()
    return None, _unused(names) if names and device is not None else None


def _other_device(profile: SpeakerProfile, device: str | None) -> Message | None:
    if device is None or device == profile.device:
        return None
    facts = {"name": profile.name, "made": profile.device or "?", "device": device}
    return Message("speaker-other-device", facts)


def _other_language(profile: SpeakerProfile, language: Language | None) -> Message | None:
    if language is None or language == profile.language:
        return None
    return Message("speaker-other-language", {"name": profile.name, "language": profile.language})


def _unused(names: Sequence[str]) -> Message:
    return Message("speaker-unused", {"known": ", ".join(names)})
