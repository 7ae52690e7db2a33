"""Noise beds, made here: an office of call agents, a street, a café; and their level against a voice.

Every bed is a loop: what is shaped in the spectrum of the whole bed is periodic by itself, and what
happens at a moment (a car, a cup, a syllable) is laid around the seam. The same kind, length, rate and seed
give the same samples. Sources: no recording, only arithmetic.

The talk in the background has the long-term spectrum, syllable rate and F0 of talk but no words: formants of
vowels (Peterson & Barney 1952) on a glottal tone, four to five syllables a second, with pauses.

Level: the voice's is the RMS of its sounding part, the bed's its RMS; SNR is their difference in dB.
Known failure: a bed repeats after its length (30 s by default), which one notices in a long silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from voicecoach.errors import UsageError
from voicecoach.model.audio import Waveform
from voicecoach.units import amplitude_to_db, db_to_amplitude, s_to_samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

NoiseKind = Literal["office", "street", "cafe"]
KINDS: Final[tuple[NoiseKind, ...]] = get_args(NoiseKind)
RECIPE: Final = 1
"""Number of the way beds are made here: raised when one would sound otherwise, so that caches notice."""
LOOP_S: Final = 30.0
"""Usual length of a bed, seconds."""
SHORTEST_S: Final = 5.0
"""Shorter than this a loop is heard as one, seconds."""
BED_DBFS: Final = -30.0
"""RMS of a bed as it is made; its peaks stay below full scale."""
LOWEST_SNR_DB: Final = -10.0
HIGHEST_SNR_DB: Final = 40.0
SOUNDING_DB: Final = 21.0
"""Frames of 10 ms within so much of the loudest belong to the sounding part, dB."""

_FRAME_S = 0.01
_VOWELS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410),
              (640, 1190, 2390))  # fmt: skip
"""First three formants of a, i, u, e, o and the middle vowel, Hz (men; Peterson & Barney 1952)."""
_BANDWIDTH_HZ = 90.0
_SYLLABLES_PER_S = 4.5
WOMEN_SHARE = 0.5
"""Share of the voices of a scene that are women's."""


def bed(kind: NoiseKind, duration_s: float = LOOP_S, rate_hz: int = 24_000, seed: int = 1) -> Waveform:
    """A bed of that length whose end fits its beginning, RMS :data:`BED_DBFS`.

    Raises UsageError for an unknown kind or a length under 5 s.
    """
    if kind not in KINDS:
        raise UsageError("noise-unknown", kind=repr(kind), known=", ".join(KINDS))
    if duration_s < SHORTEST_S:
        raise UsageError("noise-too-short", length_s=str(duration_s), least_s=f"{SHORTEST_S:.0f}")
    makers: dict[NoiseKind, Callable[[_Scene], Sound]] = {"office": _office, "street": _street, "cafe": _cafe}
    sound = makers[kind](_Scene(s_to_samples(duration_s, rate_hz), rate_hz, np.random.default_rng(seed)))
    sound *= db_to_amplitude(BED_DBFS) / np.sqrt(np.mean(sound**2))
    return Waveform(np.clip(sound, -1.0, 1.0).astype(np.float32), rate_hz)


def sounding_dbfs(waveform: Waveform) -> float:
    """RMS of the sounding part of a voice, dBFS; -inf for silence."""
    n_frame = s_to_samples(_FRAME_S, waveform.rate_hz)
    whole = waveform.samples[: len(waveform.samples) // n_frame * n_frame].astype(np.float64)
    power = np.mean(whole.reshape(-1, n_frame) ** 2, axis=1)
    loud = power[power >= power.max(initial=0.0) * 10.0 ** (-SOUNDING_DB / 10.0)]
    return amplitude_to_db(float(np.sqrt(np.mean(loud)))) if power.any() else -np.inf


def at_snr(noise: Waveform, voice: Waveform, snr_db: float) -> Waveform:
    """The bed at the level that lies ``snr_db`` under the voice. Raises UsageError."""
    if not LOWEST_SNR_DB <= snr_db <= HIGHEST_SNR_DB:
        raise UsageError(
            "noise-level-unusable",
            snr_db=f"{snr_db:g}",
            lowest_db=f"{LOWEST_SNR_DB:g}",
            highest_db=f"{HIGHEST_SNR_DB:g}",
        )
    level_db = sounding_dbfs(voice) - snr_db
    gain = db_to_amplitude(level_db) / np.sqrt(np.mean(noise.samples.astype(np.float64) ** 2))
    return Waveform((noise.samples * gain).astype(np.float32), noise.rate_hz)


def under(voice: Waveform, noise: Waveform) -> Waveform:
    """The voice with the bed, looped, under it; both of one rate. Clipped to full scale."""
    places = np.arange(len(voice.samples)) % len(noise.samples)
    return Waveform(np.clip(voice.samples + noise.samples[places], -1.0, 1.0), voice.rate_hz)


class _Scene:
    """Where a bed is put together: a circle of ``n`` samples."""

    def __init__(self, n: int, rate_hz: int, rng: np.random.Generator) -> None:
        self.n = n
        self.rate_hz = rate_hz
        self.rng = rng
        self.duration_s = n / rate_hz

    def moments(self, per_min: float) -> Sound:
        """Times of chance events, seconds; at least one."""
        count = max(1, int(self.rng.poisson(per_min * self.duration_s / 60.0)))
        return self.rng.uniform(0.0, self.duration_s, count)

    def add(self, target: Sound, event: Sound, at_s: float, gain: float = 1.0) -> None:
        """Lay an event around the circle."""
        places = (s_to_samples(at_s, self.rate_hz) + np.arange(len(event))) % self.n
        np.add.at(target, places, gain * event)

    def shaped(
        self, low_hz: float, high_hz: float, slope_db_per_octave: float, n: int | None = None
    ) -> Sound:
        """Noise of RMS 1 between two frequencies, falling or rising by the octave; periodic."""
        n = n or self.n
        frequency_hz = np.maximum(np.fft.rfftfreq(n, 1.0 / self.rate_hz), 1.0)
        gain = (frequency_hz / 1000.0) ** (slope_db_per_octave / 6.0206)
        gain /= np.sqrt((1.0 + (low_hz / frequency_hz) ** 8) * (1.0 + (frequency_hz / high_hz) ** 8))
        sound = np.fft.irfft(np.fft.rfft(self.rng.standard_normal(n)) * gain, n)
        made: Sound = sound / np.sqrt(np.mean(sound**2))
        return made

    def swell(self, period_s: float, depth: float) -> Sound:
        """A slow, periodic rise and fall about 1, between ``1 - depth`` and ``1 + depth``."""
        slow = np.zeros(self.n // 2 + 1, dtype=complex)
        turns = max(2, round(self.duration_s / period_s))
        slow[1 : turns + 1] = self.rng.standard_normal(turns) + 1j * self.rng.standard_normal(turns)
        wave = np.fft.irfft(slow, self.n)
        made: Sound = 1.0 + depth * wave / np.abs(wave).max()
        return made

    def time_s(self, duration_s: float) -> Sound:
        """The times of an event's samples."""
        made: Sound = np.arange(s_to_samples(duration_s, self.rate_hz)) / self.rate_hz
        return made


def _babble(scene: _Scene, n_talkers: int) -> Sound:
    """People who talk, without words; RMS 1."""
    sound = np.zeros(scene.n)
    for _ in range(n_talkers):
        woman = scene.rng.random() < WOMEN_SHARE
        f0_hz, tract = (210.0, 1.17) if woman else (120.0, 1.0)
        gain, at_s = scene.rng.uniform(0.5, 1.0), scene.rng.uniform(0.0, scene.duration_s)
        end_s = at_s + scene.duration_s
        while at_s < end_s:
            phrase_s = scene.rng.uniform(0.8, 3.0)
            stop_s = min(at_s + phrase_s, end_s)
            while at_s < stop_s:
                length_s = scene.rng.uniform(0.7, 1.4) / _SYLLABLES_PER_S
                declining = f0_hz * (0.85 + 0.3 * (stop_s - at_s) / phrase_s) * scene.rng.uniform(0.9, 1.15)
                scene.add(sound, _syllable(scene, length_s, declining, tract), at_s, gain)
                at_s += length_s
            at_s += scene.rng.uniform(0.2, 1.2)
    made: Sound = sound / np.sqrt(np.mean(sound**2))
    return made


def _syllable(scene: _Scene, length_s: float, f0_hz: float, tract: float) -> Sound:
    """A consonant's breath, then a vowel."""
    time_s = scene.time_s(length_s)
    n = len(time_s)
    glide = f0_hz * (1.0 + scene.rng.uniform(-0.12, 0.12) * time_s / length_s)
    phase = np.cumsum(glide) / scene.rate_hz % 1.0
    source = (1.0 - 2.0 * phase) + 0.05 * scene.rng.standard_normal(n)
    frequency_hz = np.fft.rfftfreq(n, 1.0 / scene.rate_hz)
    gain = np.zeros(len(frequency_hz))
    for weight, formant_hz in zip((1.0, 0.5, 0.25), scene.rng.choice(_VOWELS_HZ), strict=True):
        gain += weight / np.sqrt(1.0 + ((frequency_hz - formant_hz * tract) / _BANDWIDTH_HZ) ** 2)
    vowel = np.fft.irfft(np.fft.rfft(source) * gain, n) * np.sin(np.pi * time_s / length_s) ** 0.7
    breath = (
        scene.shaped(2500.0, 7000.0, 0.0, n) * np.exp(-time_s / 0.03) * scene.rng.choice([0.0, 0.02, 0.05])
    )
    made: Sound = vowel / (np.sqrt(np.mean(vowel**2)) + 1e-9) * 0.2 + breath
    return made


def _office(scene: _Scene) -> Sound:
    """Colleagues on the telephone, air conditioning, keyboards, a telephone that rings far off."""
    sound = 0.35 * scene.shaped(60.0, 500.0, -6.0) + 1.0 * _babble(scene, 5) * scene.swell(6.0, 0.4)
    for at_s in scene.moments(25.0):
        moment_s = at_s
        for _ in range(int(scene.rng.integers(4, 20))):
            scene.add(sound, _click(scene), moment_s, scene.rng.uniform(0.5, 1.5))
            moment_s += scene.rng.uniform(0.07, 0.22)
    for at_s in scene.moments(2.0):
        for ring in range(2):
            scene.add(sound, _ring(scene), at_s + 2.0 * ring, 0.4)
    return sound


def _street(scene: _Scene) -> Sound:
    """Traffic that rolls, cars that pass, a horn now and then, people who walk by."""
    sound = 1.0 * scene.shaped(40.0, 1500.0, -5.0) * scene.swell(8.0, 0.5) + 0.2 * _babble(scene, 2)
    for at_s in scene.moments(14.0):
        scene.add(sound, _car(scene), at_s, scene.rng.uniform(1.0, 2.5))
    for at_s in scene.moments(3.0):
        scene.add(sound, _horn(scene), at_s, 1.2)
    return sound


def _cafe(scene: _Scene) -> Sound:
    """Guests at the tables, cups and spoons, the steam of the coffee machine."""
    sound = 1.0 * _babble(scene, 10) + 0.15 * scene.shaped(80.0, 4000.0, -4.0)
    for at_s in scene.moments(40.0):
        for bounce in range(int(scene.rng.integers(1, 4))):
            scene.add(sound, _clink(scene), at_s + 0.09 * bounce, scene.rng.uniform(0.3, 1.2))
    for at_s in scene.moments(2.0):
        time_s = scene.time_s(3.0)
        steam = scene.shaped(1500.0, 9000.0, -2.0, len(time_s)) * np.sin(np.pi * time_s / 3.0)
        scene.add(sound, steam, at_s, 0.5)
    return sound


def _click(scene: _Scene) -> Sound:
    """A key that is struck."""
    time_s = scene.time_s(0.03)
    return scene.shaped(1200.0, 6000.0, 0.0, len(time_s)) * np.exp(-time_s / 0.005)


def _ring(scene: _Scene) -> Sound:
    """A telephone's ring: two tones in turn, one second."""
    time_s = scene.time_s(1.0)
    tone_hz = np.where(np.floor(time_s * 20.0) % 2 == 0, 1300.0, 1600.0)
    made: Sound = np.sin(2.0 * np.pi * np.cumsum(tone_hz) / scene.rate_hz) * np.sin(np.pi * time_s) ** 0.5
    return made


def _car(scene: _Scene) -> Sound:
    """A car that passes: the closer the louder and the brighter."""
    time_s = scene.time_s(scene.rng.uniform(4.0, 7.0))
    n = len(time_s)
    near = 1.0 / (1.0 + ((time_s - time_s[-1] / 2.0) / 0.7) ** 2) * np.sin(np.pi * time_s / time_s[-1]) ** 0.5
    made: Sound = near * scene.shaped(60.0, 900.0, -4.0, n) + 0.5 * near**2 * scene.shaped(
        600.0, 4000.0, -3.0, n
    )
    return made


def _horn(scene: _Scene) -> Sound:
    """A horn: two tones, far off."""
    time_s = scene.time_s(scene.rng.uniform(0.2, 0.7))
    edge = np.minimum(1.0, np.minimum(time_s, time_s[-1] - time_s) / 0.03)
    partials = sum(
        np.sin(2.0 * np.pi * tone_hz * k * time_s) / k for tone_hz in (415.0, 520.0) for k in range(1, 6)
    )
    made: Sound = 0.5 * edge * partials
    return made


def _clink(scene: _Scene) -> Sound:
    """A cup or a spoon: inharmonic partials of a struck shell, each with its own decay."""
    time_s = scene.time_s(0.35)
    base_hz = scene.rng.uniform(1800.0, 3600.0)
    made: Sound = np.zeros(len(time_s))
    for ratio, decay_s in ((1.0, 0.08), (1.71, 0.06), (2.43, 0.04), (3.3, 0.02)):
        if base_hz * ratio < scene.rate_hz / 2.0:
            made += np.sin(2.0 * np.pi * base_hz * ratio * time_s) * np.exp(-time_s / decay_s)
    return made
