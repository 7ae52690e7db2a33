"""Calls of two against two truths: calls made by us with known overlaps, and annotated conversations.

Made calls: phrases of the committed recordings (and 嗯, 是的, 好的 by the neural voice where it is installed,
else the recordings' own 嗯 and 呃) laid on two channels by a seeded plan: answers after .2 to 1.5 s, early
answers (.1 to .8 s of overlap), interruptions (begun 1.2 s or more into a turn, overlap of 1.2 s or more),
back-channels, silences of 3.3 to 6 s. Pink noise is added at an SNR over the speech of each channel, and each
channel leaks into the other (the caller's is 6 dB softer, so a leak of -12 dB lies 6 dB under his voice). An
event is found when one of its kind begins within :data:`NEAR_S` of it, one to one. Words are not used:
length alone tells back-channels here.

Annotated conversations (not part of the project): talk share against the annotated segments, file by file.

Intervals: 2.5th to 97.5th percentile of 1000 resamplings of calls.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from benchmark import Row, corpora, f1, manifest, not_measured, options, pink, show, spread

from voicecoach.audio.decode import RATE_HZ, load_channels
from voicecoach.errors import EngineError
from voicecoach.features.call.sides import parted
from voicecoach.metrics.turns import UTTERANCE_GAP_S, exchange, measure_turns
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import total_s, union
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.metrics.turns import Exchange
    from voicecoach.model.assessment import Measurement

    Samples = NDArray[np.float64]

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
N_CALLS = 12
"""Calls a condition."""
N_TURNS = 14
NEAR_S = 0.5
N_RESAMPLINGS = 1000
NOISE_FREE_DB = 60.0
CONDITIONS: tuple[tuple[float | None, float | None], ...] = (
    (None, None),
    (None, -30.0),
    (None, -20.0),
    (None, -12.0),
    (20.0, None),
    (20.0, -20.0),
    (10.0, None),
    (10.0, -20.0),
)
"""SNR and leak, dB; None = none."""
LEAST_F1 = 0.95
MOST_SHARE_ERROR = 0.02
MOST_SHARE_ERROR_PEOPLE = 0.02
BACK_CHANNELS = ("嗯。", "嗯嗯。", "是的。", "好的。", "对。")
CALLER_GAIN_DB = -6.0
KINDS = ("interruptions", "interrupted", "back_channels", "caller_back_channels")


@dataclass(frozen=True, eq=False)
class Voices:
    """Phrases and back-channels of each side, float (n,), -23 dB RMS."""

    phrases: tuple[list[Samples], list[Samples]]
    short: tuple[list[Samples], list[Samples]]


@dataclass
class Call:
    """Both sides' sound, when they speak, and what they do."""

    sides: tuple[list[tuple[float, Samples]], list[tuple[float, Samples]]] = field(
        default_factory=lambda: ([], [])
    )
    events: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    n_dead_air: int = 0

    def lay(self, side: int, start_s: float, sound: Samples) -> float:
        """Place a sound; returns its end."""
        self.sides[side].append((start_s, sound))
        return start_s + len(sound) / RATE_HZ

    def speech_s(self, side: int) -> float:
        """How long one side speaks, a breath between two phrases included as in the figure."""
        own = [Span(at_s, at_s + len(sound) / RATE_HZ) for at_s, sound in self.sides[side]]
        return total_s(union(own, closing_s=UTTERANCE_GAP_S))


def measure(folder: Path | None = None, *, smallest: bool = False) -> list[Row]:
    """All rows; ``folder`` holds ``zh_dialogue``."""
    voices = _voices()
    calls = [_plan(voices, seed) for seed in range(1 if smallest else N_CALLS)]
    rows: list[Row] = []
    for snr_db, leak_db in CONDITIONS[-1:] if smallest else CONDITIONS:
        name = f"made calls, {'clean' if snr_db is None else f'{snr_db:.0f} dB SNR'}"
        name += ", no leak" if leak_db is None else f", leak {leak_db:.0f} dB"
        rows += _rows(name, [_judge(call, snr_db, leak_db, seed) for seed, call in enumerate(calls)])
    if folder is not None:
        rows += _people(folder / "zh_dialogue", 1 if smallest else None)
    return rows


def _rows(name: str, judged: Sequence[tuple[dict[str, tuple[int, int, int]], float]]) -> list[Row]:
    rows: list[Row] = []
    for title, kinds in (("interruptions", KINDS[:2]), ("back-channels", KINDS[2:])):
        counts = np.array([np.sum([outcome[kind] for kind in kinds], axis=0) for outcome, _ in judged])
        rng = np.random.default_rng(0)
        drawn = [f1(counts[rng.integers(0, len(counts), len(counts))]) for _ in range(N_RESAMPLINGS)]
        rows.append(
            {
                "name": f"{name}: {title}, F1",
                "value": f"{f1(counts):.3f}",
                "unit": "ratio",
                "n": f"{int(counts[:, :2].sum())} events, {len(counts)} calls",
                "interval": spread(drawn, "{:.3f} to {:.3f}"),
                "target": f">= {LEAST_F1}",
            }
        )
    errors = np.array([error for _, error in judged])
    rows.append(
        {
            "name": f"{name}: talk share, error, median (largest)",
            "value": f"{np.median(errors):.4f} ({errors.max():.4f})",
            "unit": "share",
            "n": f"{len(errors)} calls",
            "interval": None,
            "target": f"<= {MOST_SHARE_ERROR}",
        }
    )
    return rows


def _voices() -> Voices:
    phrases: dict[str, list[Samples]] = {}
    fillers: list[Samples] = []
    for path in sorted(FIXTURES.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth.get("made_from") or truth["language"] != "zh" or not truth["segments"]:
            continue
        recordings = load_channels(FIXTURES / truth["file"])
        for part in truth["segments"]:
            samples = recordings[part.get("channel", 0)].waveform.samples.astype(np.float64)
            sound = _levelled(samples[round(part["start_s"] * RATE_HZ) : round(part["end_s"] * RATE_HZ)])
            if part["kind"] == "filler":
                fillers.append(sound)
            elif len(sound) > RATE_HZ:
                phrases.setdefault(part["voice"], []).append(sound)
    ranked = sorted(phrases.values(), key=len, reverse=True)
    short = _spoken_back_channels() or (fillers, fillers)
    return Voices((ranked[0], [sound for other in ranked[1:] for sound in other]), short)


def _spoken_back_channels() -> tuple[list[Samples], list[Samples]] | None:
    from voicecoach import wiring

    try:
        speaker = wiring.speaker("kokoro")
        names = ("zf_xiaoxiao", "zm_yunjian")
        made = [[speaker.speak(text, voice=name, mood=2) for text in BACK_CHANNELS] for name in names]
    except EngineError as error:
        print(f"back-channels are the recordings' own fillers: {error}")
        return None
    return tuple([_levelled(_trimmed(_at_rate(one))) for one in own] for own in made)  # type: ignore[return-value]


def _at_rate(waveform: Waveform) -> Samples:
    import soxr

    return np.asarray(soxr.resample(waveform.samples.astype(np.float64), waveform.rate_hz, RATE_HZ))


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]


def _levelled(samples: Samples) -> Samples:
    levelled: Samples = samples * db_to_amplitude(-23.0) / np.sqrt(np.mean(np.square(samples)))
    return levelled


def _plan(voices: Voices, seed: int) -> Call:
    """A call with a known course; side 0 is the agent."""
    rng = np.random.default_rng(seed)
    call = Call()
    phrases = [[own[i] for i in rng.permutation(len(own))] for own in voices.phrases]

    def next_turn(side: int, start_s: float, *, least_s: float = 0.0) -> float:
        end_s = start_s
        while True:
            sound = phrases[side].pop(0)
            phrases[side].append(sound)
            end_s = call.lay(side, end_s, sound)
            if end_s - start_s >= least_s:
                return end_s
            end_s += rng.uniform(0.1, 0.3)

    side, now_s = 1, 0.7
    for _ in range(N_TURNS):
        start_s = now_s
        kind = rng.choice(["plain", "early", "cut", "short", "silence"], p=[0.25, 0.15, 0.3, 0.2, 0.1])
        end_s = next_turn(side, start_s, least_s=4.0 if kind in {"cut", "short"} else 0.0)
        other = 1 - side
        if kind == "short":
            sound = voices.short[other][rng.integers(len(voices.short[other]))]
            length_s = len(sound) / RATE_HZ
            at_s = rng.uniform(start_s + 0.8, end_s - length_s - 0.8)
            call.lay(other, at_s, sound)
            call.events["back_channels" if other == 0 else "caller_back_channels"].append(at_s)
        if kind == "cut":
            now_s = end_s - rng.uniform(1.2, min(2.5, end_s - start_s - 1.2))
            call.events["interruptions" if other == 0 else "interrupted"].append(now_s)
            end_s = next_turn(other, now_s, least_s=end_s - now_s + 1.1)
            side = other  # it is the interrupted one's turn again
            other = 1 - side
        if kind == "early":
            now_s = end_s - rng.uniform(0.1, 0.8)
        elif kind == "silence":
            now_s = end_s + rng.uniform(3.3, 6.0)
            call.n_dead_air += 1
        else:
            now_s = end_s + rng.uniform(0.2, 1.5)
        side = other
    return call


def _sound(call: Call, snr_db: float | None, leak_db: float | None, seed: int) -> list[Waveform]:
    n = max(round(at_s * RATE_HZ) + len(sound) for own in call.sides for at_s, sound in own) + RATE_HZ
    clean = np.zeros((2, n))
    for side, own in enumerate(call.sides):
        for at_s, sound in own:
            first = round(at_s * RATE_HZ)
            clean[side, first : first + len(sound)] += sound
    clean[1] *= db_to_amplitude(CALLER_GAIN_DB)
    leak = 0.0 if leak_db is None else db_to_amplitude(leak_db)
    mixed = clean + leak * clean[::-1]
    noise_db = -23.0 - (NOISE_FREE_DB if snr_db is None else snr_db)
    for side, gain_db in ((0, 0.0), (1, CALLER_GAIN_DB)):
        mixed[side] += db_to_amplitude(noise_db + gain_db) * pink(n, 2 * seed + side)
    return [
        Waveform(np.round(own * 32768.0).astype(np.float32) / np.float32(32768.0), RATE_HZ) for own in mixed
    ]


def _judge(
    call: Call, snr_db: float | None, leak_db: float | None, seed: int
) -> tuple[dict[str, tuple[int, int, int]], float]:
    """(found, missed, invented) by kind, and the error of the talk share."""
    heard_call = _heard(*_sound(call, snr_db, leak_db, seed))
    if heard_call is None:
        return {kind: (0, len(events), 0) for kind, events in call.events.items()}, 1.0
    found, figures = heard_call
    heard = {name: figures[name].evidence for name in KINDS[:3]} | {
        "caller_back_channels": found.caller.back_channels
    }
    outcomes = {kind: _match(call.events[kind], heard[kind]) for kind in KINDS}
    truth = call.speech_s(0) / (call.speech_s(0) + call.speech_s(1))
    return outcomes, abs((figures["talk_share"].value or 0.0) - truth)


def _heard(first: Waveform, second: Waveform) -> tuple[Exchange, dict[str, Measurement]] | None:
    """The exchange and its figures by name, as in a scored call but for the words."""
    sides = parted(first, second)
    if sides is None:
        return None
    mine, theirs = sides
    found = exchange(mine.gate.speech, theirs.gate.speech)
    return found, {figure.name: figure for figure in measure_turns(found, voices=(mine.voice, theirs.voice))}


def _match(truth: Sequence[float], found: Sequence[Span]) -> tuple[int, int, int]:
    left = [span.start_s for span in found]
    hits = 0
    for at_s in truth:
        best = min(left, key=lambda other: abs(other - at_s), default=None)
        if best is not None and abs(best - at_s) <= NEAR_S:
            left.remove(best)
            hits += 1
    return hits, len(truth) - hits, len(left)


def _people(folder: Path, most: int | None) -> list[Row]:
    rows: list[Row] = []
    for entry in manifest(folder, most):
        told = [0.0, 0.0]
        for part in entry["segments"]:
            told[part["channel"]] += part["end"] - part["start"]
        heard = _heard(*(one.waveform for one in load_channels(folder / entry["audio"])))
        share = None if heard is None else heard[1]["talk_share"].value
        truth = told[0] / sum(told)
        rows.append(
            {
                "name": f"conversation {entry['audio']}: talk share (annotated {truth:.3f}), error",
                "value": "refused" if share is None else f"{abs(share - truth):.3f}",
                "unit": "share",
                "n": f"{len(entry['segments'])} segments",
                "interval": None,
                "target": f"<= {MOST_SHARE_ERROR_PEOPLE}",
            }
        )
    return rows


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(corpora(), smallest=given.smallest))
    if corpora() is None:
        print(not_measured())
