"""Filled pauses against verbatim texts, and against takes cut together with filled pauses at known times.

*Cut together*: read Mandarin sentences (zh_read), before two of three of them a filled pause, cut from the
English recordings and brought to the pitch of the reader, or made from a glottal source and the formants of
ɤ, ə or ŋ; between it and the sentence 0 to .5 s. The tuned half has the even sentences and the um and uh of
two recordings, the other half the odd sentences and those of two others. A filled pause is found when a
filler overlaps it; a filler elsewhere is invented.

*Verbatim*: English recordings, count against count a file. Mandarin conversations: a segment that begins
with 嗯 呃 啊 额 is looked for about its start, one that has it after a marked pause anywhere in it.

*Without one*: takes of read and of acted sentences, joined with half a second between them, in which nobody
hesitates: every filled pause is invented.

Recall and precision with Wilson's interval (1927), 95 %.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import Row, manifest, needed_corpora, options, show

from voicecoach import wiring
from voicecoach.audio.decode import load, load_channels
from voicecoach.features import extract
from voicecoach.features.call.sides import parted
from voicecoach.features.pitch import pitch_track
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.fillers import fillers
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.features.extract import Gate
    from voicecoach.metrics.fillers import Filler
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Recogniser

    Samples = NDArray[np.float64]

RATE_HZ = 16_000
N_TAKES = 8
N_SENTENCES = 6
NEAR_S = 0.1
START_S = 0.4
WITHOUT = ("zh_read", "zh_pauses", "zh_emotion")
FILES_A_TAKE = 8
SPOKEN_EN = re.compile(r"\b(?:um|uh|er|erm|hm)\b")
AT_START = re.compile(r"^[嗯呃啊额]")
AFTER_PAUSE = re.compile(r"<pause>[嗯呃啊额]")
SOUNDS = {
    "tuned": (
        ("mfa_uhum", 1.9, 2.24), ("mfa_uhum", 2.32, 2.84), ("mfa_uhum", 3.06, 3.4),
        ("mfa_uhum", 4.02, 4.6), ("mfa_uh", 2.45, 2.95), ("mfa_uh", 3.0, 3.55),
    ),
    "not tuned": (
        ("acoustic_corpus", 8.06, 8.58), ("acoustic_corpus", 14.56, 15.04),
        ("acoustic_corpus", 22.94, 23.5), ("cold_corpus3", 14.62, 14.93),
    ),
}  # fmt: skip
FORMANTS_HZ = ((480.0, 1150.0, 2450.0), (520.0, 1450.0, 2500.0), (270.0, 1100.0, 2300.0))
BANDWIDTHS_HZ = ((70.0, 90.0, 150.0), (80.0, 100.0, 150.0), (60.0, 300.0, 400.0))
"""Of ɤ, ə and ŋ, of a man; 15 % higher for who speaks above :data:`HIGH_HZ`."""
HIGH_HZ = 160.0


@dataclass
class Count:
    """Filled pauses said, found, found by the sound alone, and invented."""

    said: int = 0
    found: int = 0
    by_sound: int = 0
    invented: int = 0

    def add(self, other: Count) -> None:
        """Take another file in."""
        self.said += other.said
        self.found += other.found
        self.by_sound += other.by_sound
        self.invented += other.invented


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """All rows; ``folder`` holds the corpora."""
    recogniser = wiring.recogniser("base")
    rows: list[Row] = []
    for half in ("not tuned",) if smallest else tuple(SOUNDS):
        counts = {"cut": Count(), "made": Count()}
        for take, truth in _takes(folder, half, 1 if smallest else N_TAKES):
            heard = _vocalised(recogniser, take, "zh")
            for kind, count in counts.items():
                count.add(_at_times([span for span, made in truth if made == kind], heard))
            spans = [span for span, _ in truth]
            counts["cut"].invented += _elsewhere(spans, heard)
        both = Count()
        for count in counts.values():
            both.add(count)
        rows += _rows(f"cut together, {half}: human um and uh", counts["cut"], precision=False)
        rows += _rows(f"cut together, {half}: made ɤ ə ŋ", counts["made"], precision=False)
        rows += _rows(f"cut together, {half}: all", both)
    english = Count()
    for entry in manifest(folder / "en_filled_pauses", 1 if smallest else None):
        waveform = load(folder / "en_filled_pauses" / entry["audio"]).waveform
        heard = _vocalised(recogniser, waveform, "en")
        said = len(SPOKEN_EN.findall(entry["text"]))
        found = min(said, len(heard))
        by_sound = sum(filler.by == "sound" for filler in heard)
        english.add(Count(said, found, min(by_sound, found), len(heard) - found))
    rows += _rows("verbatim English, count a file", english)
    dialogue = Count()
    for entry in manifest(folder / "zh_dialogue", 1 if smallest else None):
        dialogue.add(_conversation(recogniser, folder / "zh_dialogue" / entry["audio"], entry["segments"]))
    rows += _rows("verbatim Mandarin conversations", dialogue)
    return rows + [_invented(recogniser, folder / name, smallest=smallest) for name in WITHOUT]


def _invented(recogniser: Recogniser, folder: Path, *, smallest: bool) -> Row:
    """How many filled pauses are found where there are none."""
    files = [entry["audio"] for entry in manifest(folder, 2 if smallest else None)]
    found = 0
    for first in range(0, len(files), FILES_A_TAKE):
        parts: list[NDArray[np.float32]] = []
        for name in files[first : first + FILES_A_TAKE]:
            parts += [load(folder / name).waveform.samples, np.zeros(RATE_HZ // 2, np.float32)]
        found += len(_vocalised(recogniser, Waveform(np.concatenate(parts), RATE_HZ), "zh"))
    return {
        "name": f"without one, {folder.name}: invented",
        "value": found,
        "unit": "filled pauses",
        "n": len(files),
        "interval": _wilson(found, len(files)),
        "target": "0",
    }


def _rows(name: str, count: Count, *, precision: bool = True) -> list[Row]:
    shares = [("recall", count.found, count.said, ">= .6")]
    if precision:
        shares.append(("precision", count.found, count.found + count.invented, ">= .9"))
    return [
        {
            "name": f"{name}: {title}" + (f" ({count.by_sound} by the sound)" if title == "recall" else ""),
            "value": f"{share / n:.2f}" if n else "-",
            "unit": "ratio",
            "n": n,
            "interval": _wilson(share, n),
            "target": target,
        }
        for title, share, n, target in shares
    ]


def _wilson(k: int, n: int, z: float = 1.96) -> str | None:
    if not n:
        return None
    middle, spread = k / n + z * z / (2 * n), z * np.sqrt(k * (n - k) / n**3 + z * z / (4 * n * n))
    return f"{(middle - spread) / (1 + z * z / n):.2f}-{(middle + spread) / (1 + z * z / n):.2f}"


def _vocalised(
    recogniser: Recogniser, waveform: Waveform, language: Language, gate: Gate | None = None
) -> tuple[Filler, ...]:
    gate = gate or extract.gate(waveform)
    said = recogniser.transcribe(waveform, language=language, speech=gate.speech)
    features = extract.complete(waveform, gate)
    return fillers(said, features, spoken_syllables(said, language), language).vocalised


def _at_times(truth: Sequence[Span], heard: Sequence[Filler]) -> Count:
    on = [[filler.by for filler in heard if filler.span.overlap_s(span) > 0.0] for span in truth]
    return Count(len(truth), sum(map(bool, on)), sum("sound" in by for by in on))


def _elsewhere(truth: Sequence[Span], heard: Sequence[Filler]) -> int:
    near = [span.widened(NEAR_S) for span in truth]
    return sum(not any(filler.span.overlap_s(span) > 0.0 for span in near) for filler in heard)


def _conversation(recogniser: Recogniser, path: Path, segments: Sequence[dict[str, Any]]) -> Count:
    total = Count()
    sides = parted(*(one.waveform for one in load_channels(path)))
    for channel, side in enumerate(sides or ()):
        heard = _vocalised(recogniser, side.waveform, "zh", side.gate)
        truth = []
        for part in segments:
            text = part["text"] or ""
            if part["channel"] != channel:
                continue
            if AT_START.match(text):
                truth.append(Span(part["start"], part["start"] + START_S).widened(NEAR_S))
            truth += [Span(part["start"], part["end"])] * len(AFTER_PAUSE.findall(text))
        left = list(heard)
        count = Count(len(truth))
        for span in truth:
            hit = next((filler for filler in left if filler.span.overlap_s(span) > 0.0), None)
            if hit is not None:
                left.remove(hit)
                count.found += 1
                count.by_sound += hit.by == "sound"
        count.invented = len(left)
        total.add(count)
    return total


def _takes(folder: Path, half: str, n: int) -> Iterator[tuple[Waveform, list[tuple[Span, str]]]]:
    """Takes of half a minute, and when each filled pause sounds and of which kind it is."""
    sentences = [
        _sentence(folder / "zh_read" / entry["audio"])
        for entry in manifest(folder / "zh_read")[half != "tuned" :: 2]
    ]
    recordings = {name: load(folder / "en_filled_pauses" / f"{name}.flac") for name, _, _ in SOUNDS[half]}
    sounds = [
        recordings[name].waveform.cut(Span(start_s, end_s)).astype(np.float64)
        for name, start_s, end_s in SOUNDS[half]
    ]
    for seed in range(n):
        rng = np.random.default_rng(100 * seed + (half != "tuned"))
        parts: list[Samples] = [np.zeros(round(0.6 * RATE_HZ))]
        truth: list[tuple[Span, str]] = []
        for place in range(N_SENTENCES):
            sentence, f0_hz = sentences[(seed * N_SENTENCES + place) % len(sentences)]
            if place % 3 != 2:
                kind = "made" if rng.random() < 0.4 else "cut"
                wanted_hz = f0_hz * rng.uniform(0.8, 1.0)
                filler = _made(wanted_hz, rng) if kind == "made" else _at_pitch(sounds, wanted_hz, rng)
                start_s = sum(map(len, parts)) / RATE_HZ
                parts.append(_faded(_levelled(filler) * 10 ** (-rng.uniform(0.0, 8.0) / 20.0)))
                truth.append((Span(start_s, start_s + len(filler) / RATE_HZ), kind))
                parts.append(np.zeros(round(rng.choice([0.0, 0.03, 0.1, 0.25, 0.5]) * RATE_HZ)))
            parts += [_faded(sentence), np.zeros(round(rng.uniform(0.4, 1.0) * RATE_HZ))]
        take = np.concatenate(parts)
        take += rng.normal(size=len(take)) * 10.0 ** (-72.0 / 20.0)
        yield Waveform(take.astype(np.float32), RATE_HZ), truth


def _sentence(path: Path) -> tuple[Samples, float]:
    samples = load(path).waveform.samples.astype(np.float64)
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    samples = _levelled(samples[loud[0] : loud[-1] + 1])
    return samples, _f0_hz(samples)


def _f0_hz(samples: Samples) -> float:
    waveform = Waveform(samples.astype(np.float32), RATE_HZ)
    f0_hz = pitch_track(waveform, (Span(0.0, waveform.duration_s),)).values
    return float(np.nanmedian(f0_hz)) if np.isfinite(f0_hz).any() else 120.0


def _at_pitch(sounds: Sequence[Samples], wanted_hz: float, rng: np.random.Generator) -> Samples:
    import soxr

    sound = sounds[int(rng.integers(len(sounds)))]
    factor = float(np.clip(wanted_hz / _f0_hz(sound), 0.8, 2.2))
    shifted = np.asarray(soxr.resample(sound, RATE_HZ, RATE_HZ / factor))
    return shifted if len(shifted) >= 0.3 * RATE_HZ else np.concatenate([shifted, shifted[::-1]])


def _made(f0_hz: float, rng: np.random.Generator) -> Samples:
    """A held vowel: pulses through a low-pass and three formants, F0 drifting by up to 4 st/s."""
    n = round(rng.uniform(0.3, 0.7) * RATE_HZ)
    times_s = np.arange(n) / RATE_HZ
    drift_st = rng.uniform(-4.0, 2.0) * times_s + 0.25 * np.cumsum(rng.normal(size=n)) / np.sqrt(n)
    cycles = np.floor(np.cumsum(f0_hz * 2.0 ** (drift_st / 12.0)) / RATE_HZ)
    source = np.diff(cycles, prepend=0.0) * (1.0 + 0.1 * rng.normal(size=n))
    which = rng.integers(len(FORMANTS_HZ))
    scale = 1.15 if f0_hz > HIGH_HZ else 1.0
    spectrum, hz = np.fft.rfft(source, 2 * n), np.fft.rfftfreq(2 * n, 1.0 / RATE_HZ)
    gain = 1.0 / (1.0 + (hz / 120.0) ** 2)
    for formant_hz, width_hz in zip(FORMANTS_HZ[which], BANDWIDTHS_HZ[which], strict=True):
        centre_hz = scale * formant_hz
        gain = gain * centre_hz**2 / np.abs(centre_hz**2 - hz**2 + 1j * width_hz * hz)
    voiced: Samples = np.fft.irfft(spectrum * gain, 2 * n)[:n]
    breathy: Samples = voiced + 0.003 * np.abs(voiced).max() * rng.normal(size=n)
    return breathy


def _levelled(samples: Samples) -> Samples:
    levelled: Samples = samples * 10.0 ** (-23.0 / 20.0) / np.sqrt(np.mean(np.square(samples)))
    return levelled


def _faded(samples: Samples) -> Samples:
    n = min(round(0.03 * RATE_HZ), len(samples) // 4)
    ramp = np.minimum(1.0, np.minimum(np.arange(len(samples)), np.arange(len(samples))[::-1]) / n)
    faded: Samples = samples * ramp
    return faded


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
