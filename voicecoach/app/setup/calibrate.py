"""A speaker's profile from a calm reading: what is read, what is measured, when it is refused.

The reading is judged by the length of its speech, its noise and its clipping, never by its words: the
profile holds the voice, and the recogniser need not be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from voicecoach.app.score.refusals import CLIPPING_MOST_RATIO, SNR_SMALLEST_DB
from voicecoach.app.setup.doctor import Check, judge_level
from voicecoach.errors import InputError
from voicecoach.features.extract import extract
from voicecoach.metrics.agitation import (
    USUAL_F0_SD_ST,
    USUAL_HF500_SD_DB,
    baseline_of,
    calm_spread,
    voiced_units,
)
from voicecoach.metrics.quality import measure_quality
from voicecoach.model.spans import total_s
from voicecoach.model.speaker_profile import SpeakerProfile
from voicecoach.units import st_to_hz
from voicecoach.words.catalogue import Message
from voicecoach.words.reasons import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.app.setup.doctor import Words
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
    features = extract(reading.waveform, gaps=reading.gaps)
    snr_db, noise_floor_dbfs = _usable(reading, features)
    calm = baseline_of([features])
    units = voiced_units(features)
    f0_st, hf500_db = [unit.f0_st for unit in units], [unit.hf500_db for unit in units]
    level_dbfs = np.concatenate([features.level.within(span) for span in features.speech])
    return SpeakerProfile(
        name=about.name,
        created=about.created,
        language=about.language,
        device=about.device,
        output_device=about.output_device,
        f0_median_hz=st_to_hz(float(np.median(f0_st))),
        f0_sd_st=calm_spread(f0_st, USUAL_F0_SD_ST),
        hf500_db=float(np.median(hf500_db)),
        hf500_sd_db=calm_spread(hf500_db, USUAL_HF500_SD_DB),
        n_units=calm.n_units,
        level_dbfs=float(np.median(level_dbfs)),
        noise_floor_dbfs=noise_floor_dbfs,
        snr_db=snr_db,
        speech_s=float(total_s(features.speech)),
        latency_s=about.latency_s,
        f0_high_hz=st_to_hz(calm.f0_high_st),
        f0_high_sd_st=calm.f0_high_sd_st,
        hf1000_db=calm.hf1000_db,
        hf1000_sd_db=calm.hf1000_sd_db,
    )


def check_length(spoken_s: float) -> None:
    """Raise InputError when so much speech is too little; a recording that is no longer needs no look."""
    if spoken_s < SPEECH_SHORTEST_S:
        raise InputError("reading-too-short", spoken_s=f"{spoken_s:.1f}", least_s=f"{SPEECH_SHORTEST_S:.0f}")


def _usable(reading: Recording, features: SoundFeatures) -> tuple[float, float]:
    """SNR in dB and noise floor in dBFS of a reading that can be used. Raises InputError."""
    spoken_s = total_s(features.speech)
    check_length(spoken_s)
    if reading.clipping_ratio > CLIPPING_MOST_RATIO:
        raise InputError(
            "reading-clipped", share=f"{reading.clipping_ratio:.1%}", most=f"{CLIPPING_MOST_RATIO:.0%}"
        )
    quality = {
        figure.name: figure for figure in measure_quality(features, clipping_ratio=reading.clipping_ratio)
    }
    snr_db = quality["snr"].value
    if snr_db is None or features.noise_floor_dbfs is None:
        raise InputError("reading-noise-unknown", reason=Message(PREFIX + str(quality["snr"].reason)))
    if snr_db < SNR_SMALLEST_DB:
        raise InputError("reading-noisy", snr_db=f"{snr_db:.0f}", least_db=f"{SNR_SMALLEST_DB:.0f}")
    return snr_db, features.noise_floor_dbfs


def room_check(room: LevelCheck) -> Check:
    """How the room is, before anybody speaks; zeros alone are a fault of the device, told elsewhere."""
    state, finding, remedy = judge_level(room)
    return Check("room", Message("calibrate-title-room"), state, finding, remedy)


def reading_checks(profile: SpeakerProfile, *, latency_reason: Words | None = None) -> tuple[Check, ...]:
    """What was measured, in plain words, with a remedy where it could be better."""
    return (_voice(profile), _level(profile), _noise(profile), _latency(profile, latency_reason))


def _voice(profile: SpeakerProfile) -> Check:
    pitch = f"{profile.f0_median_hz:.0f} Hz ±{profile.f0_sd_st:.1f} st"
    balance = f"{profile.hf500_db:.1f} ±{profile.hf500_sd_db:.1f} dB"
    facts = {"pitch": pitch, "balance": balance, "speech_s": f"{profile.speech_s:.0f}", "n": profile.n_units}
    return Check("voice", Message("calibrate-title-voice"), "ok", Message("calibrate-voice", facts))


def _level(profile: SpeakerProfile) -> Check:
    title = Message("calibrate-title-level")
    level = Message("calibrate-level", {"level_dbfs": f"{profile.level_dbfs:.0f}"})
    if profile.level_dbfs >= QUIET_DBFS:
        return Check("level", title, "ok", level)
    quiet = Message("calibrate-level-quiet", {"level": level})
    return Check("level", title, "warning", quiet, Message("calibrate-raise-level"))


def _noise(profile: SpeakerProfile) -> Check:
    title = Message("calibrate-title-noise")
    facts = {"floor_dbfs": f"{profile.noise_floor_dbfs:.0f}", "snr_db": f"{profile.snr_db:.0f}"}
    noise = Message("calibrate-noise", facts)
    if profile.snr_db >= GOOD_SNR_DB:
        return Check("noise", title, "ok", noise)
    remedy = Message("calibrate-quieter-place", {"good_db": f"{GOOD_SNR_DB:.0f}"})
    return Check("noise", title, "warning", Message("calibrate-noisy", {"noise": noise}), remedy)


def _latency(profile: SpeakerProfile, reason: Words | None) -> Check:
    title = Message("calibrate-title-latency")
    if profile.latency_s is None:
        why = reason or Message("path-not-measured")
        return Check("latency", title, "ok", Message("calibrate-no-latency", {"why": why}))
    finding = Message("calibrate-latency", {"latency_ms": f"{1000 * profile.latency_s:.0f}"})
    if profile.latency_s > USUAL_LATENCY_S:
        return Check("latency", title, "warning", finding, Message("calibrate-use-cable"))
    return Check("latency", title, "ok", finding)


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
        return profile, _old(profile) or _other_device(profile, device) or _other_language(profile, language)
    newest = None if device is None else profiles.for_device(device)
    if newest is not None:
        return newest, _old(newest) or _other_language(newest, language)
    names = profiles.names()
    return None, _unused(names) if names and device is not None else None


def _old(profile: SpeakerProfile) -> Message | None:
    return Message("speaker-old", {"name": profile.name}) if profile.baseline() is None else None


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
