"""How a recording of this folder is put together from phrases and silences, and written with its truth.

Phrases are laid out at chosen times over a low room noise, so that the time of every phrase and of every
inserted pause is exact to the sample. Seeds are fixed.
"""

from __future__ import annotations

import hashlib
import json
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

    from voicecoach.model.transcript import Language

    Samples = NDArray[np.float64]

FOLDER = Path(__file__).parent
RATE_HZ = 16_000
TELEPHONE_RATE_HZ = 8_000
TELEPHONE_BAND_HZ = (300.0, 3400.0)
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


def assembled(
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
    take.samples = np.column_stack([pink(n_samples, room_dbfs, SEED + c) for c in range(n_channels)])
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


def scaled(take: Take, gain_db: float) -> Take:
    """The take at ``gain_db`` more."""
    return Take(take.samples * db_to_amplitude(gain_db), take.segments, take.pauses)


def padded(take: Take, duration_s: float) -> Take:
    """The take, ``duration_s`` long: cut, or with room noise behind it."""
    n_samples = s_to_samples(duration_s, RATE_HZ)
    n_missing = n_samples - len(take.samples)
    room = pink(max(0, n_missing), ROOM_DBFS, SEED + 7)[:, None]
    return Take(np.concatenate([take.samples, room])[:n_samples], take.segments, take.pauses)


def pink(n_samples: int, level_dbfs: float, seed: int) -> Samples:
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
    spectrum[(frequency_hz < TELEPHONE_BAND_HZ[0]) | (frequency_hz > TELEPHONE_BAND_HZ[1])] = 0.0
    return np.asarray(soxr.resample(np.fft.irfft(spectrum, len(samples), axis=0), RATE_HZ, TELEPHONE_RATE_HZ))


def save(name: str, take: Take, phrases: Sequence[Phrase], *, rate_hz: int = RATE_HZ, **more: object) -> None:
    """Write ``name``.flac and its truth; ``more`` are keys of the truth, and its ``language`` (zh)."""
    samples = _telephone(take.samples) if rate_hz == TELEPHONE_RATE_HZ else take.samples
    pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
    path = FOLDER / f"{name}.flac"
    _write_flac(path, pcm, rate_hz)
    language: Language = "en" if more.pop("language", "zh") == "en" else "zh"
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
    layout = "mono" if pcm.shape[1] == 1 else "stereo"
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=rate_hz, layout=layout, options={"compression_level": "8"})
        stream.format = "s16"
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate_hz
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
