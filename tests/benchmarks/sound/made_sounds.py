"""What happens to recordings of answers, made here: voices in the room, music, tones, loss, noise, rooms.

Two recipes of each kind: ``a`` is what the program was built with, ``b`` differs in kind. Everything is
float64 (n,) at 16 kHz, full scale +-1, and the same seed gives the same sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from benchmark import pink

from voicecoach.audio.decode import RATE_HZ
from voicecoach.features.noise import bed
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

Recipe = Literal["a", "b"]
SOUNDING_DB = 25.0
"""Frames within so much of the loud ones are speech."""


def active_rms(voice: Sound) -> float:
    """RMS of the sounding part."""
    frames = voice[: len(voice) // 320 * 320].reshape(-1, 320)
    power = np.mean(frames**2, axis=1)
    return float(np.sqrt(np.mean(power[power > np.percentile(power, 95) * 10.0 ** (-SOUNDING_DB / 10.0)])))


def with_noise(
    voice: Sound, noise: Sound, snr_db: float, since_s: float = 0.0, until_s: float = np.inf
) -> Sound:
    """The voice with noise of that SNR over its sounding part, from ``since_s`` to ``until_s``."""
    scaled = np.resize(noise, len(voice)) / np.sqrt(np.mean(noise**2)) * active_rms(voice)
    times_s = np.arange(len(voice)) / RATE_HZ
    gain = db_to_amplitude(-snr_db) * ((times_s >= since_s) & (times_s < until_s))
    mixed: Sound = np.clip(voice + gain * scaled, -1.0, 1.0)
    return mixed


def babble(talkers: Sequence[Sound], n: int, seed: int, recipe: Recipe) -> Sound:
    """Many who talk at once; a: five of them, b: eight, half of them backwards, under an office's bed."""
    rng = np.random.default_rng(seed)
    sound = np.zeros(n)
    for index in range(5 if recipe == "a" else 8):
        talker = talkers[int(rng.integers(len(talkers)))]
        talker = np.roll(np.resize(talker, n), int(rng.integers(n)))
        if recipe == "b" and index % 2:
            talker = talker[::-1]
        sound += talker / active_rms(talker) * rng.uniform(0.6, 1.0)
    if recipe == "b":
        office = np.resize(bed("office", 30.0, RATE_HZ, seed).samples.astype(np.float64), n)
        sound += 0.5 * office / np.sqrt(np.mean(office**2))
    return sound


def noise(n: int, seed: int, recipe: Recipe) -> Sound:
    """Steady noise; a: pink, b: a street's rumble, white on top."""
    if recipe == "a":
        return pink(n, seed)
    rng = np.random.default_rng(seed)
    return pink(n, seed + 7) + 0.4 * rng.standard_normal(n)


def music(duration_s: float, seed: int, recipe: Recipe) -> Sound:
    """Hold music, RMS 1; a: chords with a melody on decaying strings, b: an organ's arpeggios and a drum."""
    rng = np.random.default_rng(seed)
    n = round(duration_s * RATE_HZ)
    sound = np.zeros(n + 4 * RATE_HZ)
    beat_s = 60.0 / rng.uniform(80, 120)
    root_hz = 220.0 * 2.0 ** (rng.integers(-5, 6) / 12.0)
    degrees = [0, 4, 7, 12, 16] if rng.random() < 0.5 else [0, 3, 7, 12, 15]
    at_s, step = 0.0, 0
    while at_s < duration_s:
        shift = [0, 5, 7, -3][(step // (4 if recipe == "a" else 8)) % 4]
        if recipe == "a":
            notes = [(d, 2.0 * beat_s, 0.4) for d in degrees[:3]] if step % 2 == 0 else []
            notes.append((int(rng.choice(degrees)) + 12, beat_s, 0.8))
        else:
            notes = [(degrees[step % 5], beat_s, 1.0)]
            _add(sound, _drum(rng), at_s, 0.5)
        for degree, length_s, gain in notes:
            hz = root_hz * 2.0 ** ((degree + shift) / 12.0)
            _add(sound, _note(hz, length_s, recipe), at_s, gain)
        at_s += beat_s if recipe == "a" else beat_s / 2.0
        step += 1
    made = sound[:n]
    edge = np.minimum(1.0, np.minimum(np.arange(n), np.arange(n)[::-1]) / (0.02 * RATE_HZ))
    return np.asarray(made * edge / np.sqrt(np.mean(made**2)), dtype=np.float64)


def _note(hz: float, length_s: float, recipe: Recipe) -> Sound:
    times_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    decay = np.exp(-times_s / 0.6) if recipe == "a" else np.ones(len(times_s))
    edge = np.minimum(1.0, np.minimum(times_s, times_s[::-1]) / 0.01)
    partials = range(1, 9) if recipe == "a" else (1, 2, 3, 4, 6, 8)
    tone: Sound = sum(
        (np.sin(2.0 * np.pi * hz * k * times_s) / k**1.2 for k in partials if hz * k < RATE_HZ / 2.2),
        start=np.zeros(len(times_s)),
    )
    return np.asarray(tone * decay * edge, dtype=np.float64)


def _drum(rng: np.random.Generator) -> Sound:
    times_s = np.arange(round(0.1 * RATE_HZ)) / RATE_HZ
    made: Sound = rng.standard_normal(len(times_s)) * np.exp(-times_s / 0.02)
    return made


def _add(target: Sound, event: Sound, at_s: float, gain: float) -> None:
    first = round(at_s * RATE_HZ)
    stop = min(first + len(event), len(target))
    target[first:stop] += gain * event[: stop - first]


def tone(duration_s: float, seed: int, recipe: Recipe) -> Sound:
    """A beep that hides something, RMS 1; a: one tone, b: two at once, as keys or a telephone's ring."""
    rng = np.random.default_rng(seed)
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    if recipe == "a":
        tones_hz = [float(rng.choice([440.0, 800.0, 1000.0, 1400.0]))]
    else:
        tones_hz = [float(rng.choice([697.0, 852.0, 440.0])), float(rng.choice([1209.0, 1477.0, 480.0]))]
    made: Sound = sum((np.sin(2.0 * np.pi * hz * times_s) for hz in tones_hz), start=np.zeros(len(times_s)))
    edge = np.minimum(1.0, np.minimum(times_s, times_s[::-1]) / 0.005)
    return np.asarray(made * edge / np.sqrt(np.mean(made**2)), dtype=np.float64)


def inserted(voice: Sound, at_s: float, what: Sound, level_db: float = 0.0) -> Sound:
    """``what`` put between two moments of the voice, ``level_db`` over its sounding part."""
    place = round(at_s * RATE_HZ)
    return np.concatenate(
        [voice[:place], active_rms(voice) * db_to_amplitude(level_db) * what, voice[place:]]
    )


def laid_over(voice: Sound, at_s: float, what: Sound, level_db: float = 0.0) -> Sound:
    """``what`` in place of the voice, as a beep that hides a name."""
    place = round(at_s * RATE_HZ)
    made = voice.copy()
    made[place : place + len(what)] = active_rms(voice) * db_to_amplitude(level_db) * what
    return made


def lost(voice: Sound, seed: int, recipe: Recipe, share: float = 0.04) -> Sound:
    """Packets of 20 ms lost in bursts, ``share`` of the time; a: zeros, b: the last one again, then zeros."""
    rng = np.random.default_rng(seed)
    packet = RATE_HZ // 50
    made = voice.copy()
    n_packets = len(voice) // packet
    left = round(share * n_packets)
    while left > 0:
        burst = min(int(rng.integers(1, 16)), left)
        first = int(rng.integers(1, n_packets - burst))
        for index in range(burst):
            place = (first + index) * packet
            repeat = recipe == "b" and index < 3
            made[place : place + packet] = made[(first - 1) * packet : first * packet] if repeat else 0.0
        left -= burst
    return made


def gated(voice: Sound, threshold_db: float = -35.0, release_s: float = 0.05) -> Sound:
    """A noise gate: zeros where the level stays under the threshold, after a decay."""
    power = np.convolve(voice**2, np.ones(320) / 320, "same")
    is_open = power > active_rms(voice) ** 2 * 10.0 ** (threshold_db / 10.0)
    hold = round(release_s * RATE_HZ)
    held = np.convolve(is_open, np.ones(hold), "full")[: len(voice)] > 0
    gain = np.minimum(1.0, np.convolve(held, np.ones(hold) / hold, "full")[: len(voice)])
    gain[gain < 1e-6] = 0.0
    made: Sound = voice * gain
    return made


def room(voice: Sound, seed: int, rt60_s: float, direct: float = 1.0) -> Sound:
    """Far from the microphone: exponential decay of noise after the direct sound."""
    rng = np.random.default_rng(seed)
    times_s = np.arange(round(rt60_s * RATE_HZ)) / RATE_HZ
    tail = rng.standard_normal(len(times_s)) * 10.0 ** (-3.0 * times_s / rt60_s)
    tail *= 0.8 / np.sqrt(np.sum(tail**2))
    tail[0] += direct
    size = 1 << (len(voice) + len(tail)).bit_length()
    made: Sound = np.fft.irfft(np.fft.rfft(voice, size) * np.fft.rfft(tail, size), size)[: len(voice)]
    return np.asarray(made / np.abs(made).max() * 0.5, dtype=np.float64)


def telephone(voice: Sound) -> Sound:
    """300 to 3400 Hz, 8-bit mu-law."""
    spectrum = np.fft.rfft(voice)
    hz = np.fft.rfftfreq(len(voice), 1.0 / RATE_HZ)
    narrow = np.fft.irfft(spectrum * ((hz > 300.0) & (hz < 3400.0)), len(voice))
    narrow = np.clip(narrow / max(1.0, np.abs(narrow).max()), -1.0, 1.0)
    coded = np.round(np.sign(narrow) * np.log1p(255.0 * np.abs(narrow)) / np.log(256.0) * 127.0) / 127.0
    made: Sound = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256.0)) / 255.0
    return made


def shouted(voice: Sound) -> Sound:
    """Loud and bright: 6 dB an octave more above 500 Hz, compressed, peaks just under full scale."""
    spectrum = np.fft.rfft(voice)
    hz = np.maximum(np.fft.rfftfreq(len(voice), 1.0 / RATE_HZ), 500.0)
    bright = np.fft.irfft(spectrum * (hz / 500.0), len(voice))
    made: Sound = np.tanh(3.0 * bright / np.percentile(np.abs(bright), 99.5))
    return np.asarray(0.95 * made / np.abs(made).max(), dtype=np.float64)


def whispered(voice: Sound, seed: int) -> Sound:
    """The voice's spectral envelope on noise: no pitch."""
    rng = np.random.default_rng(seed)
    n, hop = 512, 128
    window = np.hanning(n)
    made = np.zeros(len(voice) + n)
    for first in range(0, len(voice) - n, hop):
        log_power = np.log(np.abs(np.fft.rfft(voice[first : first + n] * window)) + 1e-9)
        cepstrum = np.fft.irfft(log_power)
        cepstrum[30:-30] = 0.0
        envelope = np.exp(np.fft.rfft(cepstrum).real)
        excited = np.fft.rfft(rng.standard_normal(n) * window) * envelope
        made[first : first + n] += np.fft.irfft(excited) * window
    return np.asarray(made[: len(voice)] / np.abs(made).max() * 0.3, dtype=np.float64)
