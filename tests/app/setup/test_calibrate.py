"""A profile from a reading: what is measured, what is refused, and which profile a take is compared with."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from speaker_profiles_made import profile

from voicecoach.app.setup.calibrate import (
    READING,
    SPEECH_SHORTEST_S,
    Circumstances,
    chosen_profile,
    profile_of,
    reading_checks,
    room_check,
)
from voicecoach.app.setup.doctor import worded
from voicecoach.audio import decode
from voicecoach.errors import InputError, UsageError
from voicecoach.features.extract import extract
from voicecoach.metrics.agitation import baseline_of, voiced_units
from voicecoach.metrics.voice import measure_voice
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.device import LevelCheck
from voicecoach.units import hz_to_st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.speaker_profile import SpeakerProfile

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
CALM = FIXTURES / "rate_usual_zh.flac"
ABOUT = Circumstances("me", "2026-11-20T08:00:00.000+00:00", "zh", "Headset", "Speakers", 0.05)
GAIN_TOLERANCE_DB = 0.05
SLOWEST_PER_MIN, FASTEST_PER_MIN = 140.0, 260.0


@pytest.fixture(scope="module")
def calm() -> decode.Recording:
    return decode.load(CALM)


@pytest.fixture(scope="module")
def made(calm: decode.Recording) -> SpeakerProfile:
    return profile_of(calm, ABOUT)


@pytest.fixture(scope="module")
def features(calm: decode.Recording) -> SoundFeatures:
    return extract(calm.waveform)


def test_the_profile_holds_what_the_metrics_measure(features: SoundFeatures, made: SpeakerProfile) -> None:
    baseline, own = made.baseline(), baseline_of([features])
    assert baseline is not None
    assert baseline.f0_high_st == pytest.approx(own.f0_high_st, abs=1e-9)
    assert replace(baseline, f0_high_st=own.f0_high_st) == own
    units = voiced_units(features)
    assert hz_to_st(made.f0_median_hz) == pytest.approx(np.median([unit.f0_st for unit in units]), abs=1e-9)
    assert made.hf500_db == np.median([unit.hf500_db for unit in units])
    spoken_s = sum(span.duration_s for span in features.speech)
    assert (made.speech_s, made.noise_floor_dbfs) == (spoken_s, features.noise_floor_dbfs)
    assert (made.name, made.device, made.output_device, made.latency_s) == (
        "me",
        "Headset",
        "Speakers",
        0.05,
    )


def test_the_calm_reading_itself_is_calm(features: SoundFeatures, made: SpeakerProfile) -> None:
    (found,) = (
        measured
        for measured in measure_voice(features, language="zh", baseline=made.baseline())
        if measured.name == "agitation"
    )
    assert found.value is not None
    assert abs(found.value) < 0.2
    assert found.provisional == ""


def test_less_gain_lowers_the_level_and_nothing_else(calm: decode.Recording, made: SpeakerProfile) -> None:
    softer = replace(calm, waveform=Waveform(calm.waveform.samples * np.float32(0.5), calm.waveform.rate_hz))
    found = profile_of(softer, ABOUT)
    assert made.level_dbfs - found.level_dbfs == pytest.approx(20 * np.log10(2), abs=GAIN_TOLERANCE_DB)
    assert found.f0_median_hz == pytest.approx(made.f0_median_hz, rel=0.001)
    assert found.hf500_db == pytest.approx(made.hf500_db, abs=GAIN_TOLERANCE_DB)


def cut(recording: decode.Recording, span: Span) -> decode.Recording:
    return replace(recording, waveform=Waveform(recording.waveform.cut(span), recording.waveform.rate_hz))


def test_a_reading_that_is_too_short_is_refused(calm: decode.Recording) -> None:
    with pytest.raises(InputError, match=rf"a calibration needs {SPEECH_SHORTEST_S:.0f} s") as told:
        profile_of(cut(calm, Span(0.0, 8.0)), ABOUT)
    assert "read the whole text calmly" in told.value.hint


def test_silence_is_refused(calm: decode.Recording) -> None:
    silence = replace(calm, waveform=Waveform(np.zeros(160_000, dtype=np.float32), 16_000))
    with pytest.raises(InputError, match=r"0\.0 s of speech were heard"):
        profile_of(silence, ABOUT)


def test_a_clipped_reading_is_refused(calm: decode.Recording) -> None:
    with pytest.raises(InputError, match=r"2\.0% of the samples are clipped; 1% may be"):
        profile_of(replace(calm, clipping_ratio=0.02), ABOUT)


def test_a_reading_in_noise_is_refused(calm: decode.Recording) -> None:
    samples = calm.waveform.samples
    noise = np.random.default_rng(1).standard_normal(len(samples)) * np.sqrt(np.mean(samples**2))
    loud = Waveform((samples + noise).astype(np.float32) * np.float32(0.2), calm.waveform.rate_hz)
    with pytest.raises(InputError, match="4 dB above the noise; at least 5 dB"):
        profile_of(replace(calm, waveform=loud), ABOUT)


def test_the_texts_take_half_a_minute() -> None:
    n_hanzi = len(re.findall("[\u4e00-\u9fff]", READING["zh"]))
    n_words = len(READING["en"].split())
    assert (n_hanzi, n_words) == (94, 68)
    assert 20.0 < n_hanzi / SLOWEST_PER_MIN * 60.0 <= 40.5
    assert n_hanzi / FASTEST_PER_MIN * 60.0 > 1.5 * SPEECH_SHORTEST_S


def test_good_readings_have_no_remedy() -> None:
    checks = reading_checks(profile())
    assert [(check.name, check.state, check.remedy) for check in checks] == [
        ("voice", "ok", None),
        ("level", "ok", None),
        ("noise", "ok", None),
        ("latency", "ok", None),
    ]
    assert "200 Hz ±1.8 st" in worded(checks[0].finding, "en")
    assert "50 ms beyond" in worded(checks[3].finding, "en")


@pytest.mark.parametrize(
    ("field", "value", "name", "finding"),
    [
        ("level_dbfs", -46.0, "level", "too quiet: -46 dBFS"),
        ("snr_db", 19.0, "noise", "noisy: noise floor -70 dBFS, speech 19 dB"),
        ("latency_s", 0.31, "latency", "310 ms beyond"),
    ],
)
def test_what_could_be_better_is_told_with_its_remedy(
    field: str, value: float, name: str, finding: str
) -> None:
    (check,) = (check for check in reading_checks(profile(**{field: value})) if check.name == name)
    assert check.state == "warning"
    assert finding in worded(check.finding, "en")
    assert check.remedy is not None


def test_a_latency_that_was_not_measured_says_why() -> None:
    found = reading_checks(profile(latency_s=None), latency_reason="headphones")[-1]
    assert (found.state, worded(found.finding, "en")) == ("ok", "not measured: headphones")
    assert "not asked for" in worded(reading_checks(profile(latency_s=None))[-1].finding, "en")


def test_the_room_is_judged_as_the_doctor_does() -> None:
    check = room_check(LevelCheck("Headset", 48_000, 2.2, -30.0, -10.0, 0, 0.0))
    assert (check.name, check.state) == ("room", "warning")
    assert check.remedy is not None
    assert "the room is loud" in worded(check.remedy, "en")
    clipped = room_check(LevelCheck("Headset", 48_000, 2.2, -30.0, 0.0, 0, 0.0))
    assert clipped.remedy is not None
    assert "gain is too high" in worded(clipped.remedy, "en")


class Shelf:
    """Profiles in memory."""

    def __init__(self, *profiles: SpeakerProfile) -> None:
        self.profiles = {made.name: made for made in profiles}

    def load(self, name: str) -> SpeakerProfile:
        if name not in self.profiles:
            raise UsageError("plain", message=f"no {name}", remedy="")
        return self.profiles[name]

    def names(self) -> Sequence[str]:
        return tuple(self.profiles)

    def for_device(self, device: str) -> SpeakerProfile | None:
        return next((made for made in self.profiles.values() if made.device == device), None)


SHELF = Shelf(profile(), profile(name="cam", device="Webcam"), profile(name="file", device=""))


@pytest.mark.parametrize(
    ("wanted", "device", "name", "warning"),
    [
        (None, "Headset", "me", None),
        (None, "Webcam", "cam", None),
        (None, "Other", None, "no speaker profile was made with this microphone (there are: me, cam, file)"),
        (None, None, None, None),
        ("me", "Headset", "me", None),
        ("me", None, "me", None),
        ("me", "Webcam", "me", "'me' was made with Headset, this is Webcam"),
        ("file", "Webcam", "file", "'file' was made with ?, this is Webcam"),
    ],
)
def test_a_profile_of_another_microphone_is_never_used_in_silence(
    wanted: str | None, device: str | None, name: str | None, warning: str | None
) -> None:
    found, told = chosen_profile(SHELF, wanted, device)
    assert (found.name if found else None) == name
    if warning is None:
        assert told is None
    else:
        assert told is not None
        assert warning in told.words("en")
        assert told.words("zh") != told.words("en")


def test_another_language_is_told() -> None:
    for wanted in (None, "me"):
        found, told = chosen_profile(SHELF, wanted, "Headset", language="en")
        assert (found, told and "another language (zh)" in told.words("en")) == (profile(), True)
    assert chosen_profile(SHELF, None, "Headset", language="zh") == (profile(), None)


def test_without_profiles_there_is_nothing_to_warn_of() -> None:
    assert chosen_profile(Shelf(), None, "Headset") == (None, None)


def test_an_unknown_name_is_no_silent_nothing() -> None:
    with pytest.raises(UsageError, match="no you"):
        chosen_profile(SHELF, "you", "Headset")
