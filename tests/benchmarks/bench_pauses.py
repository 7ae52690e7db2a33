"""Silent pauses (>= 250 ms) against two truths: read passages marked by hand, and clips joined by us.

Read passages: the gaps between the marked speech units. Joined clips: single sentences without an inner
silence of 150 ms, cut where their level is 25 dB under their loud frames, of one level each, joined with
silences of .2 to 3 s (log-uniform) over pink noise 60 dB below. Pink noise is added at an SNR over the speech
alone. A pause is found when it and a measured one share at least half of their union, one to one.

Intervals: 2.5th to 97.5th percentile of 1000 resamplings, of pauses (found, missed, invented) or edges.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from benchmark import Row, f1, manifest, needed_corpora, options, pink, show, spread

from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.errors import InputError
from voicecoach.features.level import level_track
from voicecoach.features.sound import SILENT_PAUSE_S
from voicecoach.features.speech import noise_floor_dbfs, speech_probability, speech_spans
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import gaps, total_s, union
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SEEDS = range(5)
SNRS_DB = (None, 20.0, 10.0, 5.0)
LEAST_F1 = {None: 0.95, 20.0: 0.95, 10.0: 0.95, 5.0: 0.90}
MOST_EDGE_MS = 25.0
MOST_PHONATION_ERROR = 0.03
LESS_GAIN_DB = -30.0
N_RESAMPLINGS = 1000
N_JOINED = 5
CLIPS_JOINED = 10
CUT_DB = 25.0
INNER_SILENCE_S = 0.150
COST_S = 120.0


@dataclass(frozen=True, eq=False)
class Spoken:
    """Sound at 16 kHz, float (n,), and when somebody really speaks in it."""

    samples: NDArray[np.float64]
    speech: tuple[Span, ...]


@dataclass
class Tally:
    """What became of every pause, of every edge, and of every phonation-time ratio."""

    outcomes: list[tuple[int, int, int]] = field(default_factory=list)
    """(found, missed, invented): one of them is 1."""
    edges_ms: list[float] = field(default_factory=list)
    phonation_errors: list[float] = field(default_factory=list)

    def add(self, truth: Sequence[Span], found: Sequence[Span]) -> None:
        """Compare the speech of one recording with its truth."""
        true_pauses, found_pauses = _pauses(truth), _pauses(found)
        left = list(found_pauses)
        for pause in true_pauses:
            best = max(left, key=pause.overlap_s, default=None)
            if best and pause.overlap_s(best) >= 0.5 * total_s(union([pause, best])):
                left.remove(best)
                self.outcomes.append((1, 0, 0))
                self.edges_ms += [
                    1000.0 * abs(best.start_s - pause.start_s),
                    1000.0 * abs(best.end_s - pause.end_s),
                ]
            else:
                self.outcomes.append((0, 1, 0))
        self.outcomes += [(0, 0, 1)] * len(left)
        self.phonation_errors.append(_phonation(found, found_pauses) / _phonation(truth, true_pauses) - 1.0)

    def rows(self, name: str, least_f1: float | None, *, targets: bool) -> list[Row]:
        """The rows of the table."""
        outcomes = np.array(self.outcomes)
        n_true = int(outcomes[:, :2].sum())
        rng = np.random.default_rng(0)
        drawn = [f1(outcomes[rng.integers(0, len(outcomes), len(outcomes))]) for _ in range(N_RESAMPLINGS)]
        edges = np.array(self.edges_ms)
        medians = [np.median(edges[rng.integers(0, len(edges), len(edges))]) for _ in range(N_RESAMPLINGS)]
        errors = np.abs(self.phonation_errors)
        return [
            {
                "name": f"{name}: F1",
                "value": f"{f1(outcomes):.3f}",
                "unit": "ratio",
                "n": f"{n_true} pauses",
                "interval": spread(drawn, "{:.3f} to {:.3f}"),
                "target": f">= {least_f1}" if least_f1 else None,
            },
            {
                "name": f"{name}: edge error, median",
                "value": f"{np.median(edges):.1f}",
                "unit": "ms",
                "n": f"{len(edges)} edges",
                "interval": spread(medians, "{:.1f} to {:.1f}"),
                "target": f"<= {MOST_EDGE_MS:.0f}" if targets else None,
            },
            {
                "name": f"{name}: phonation-time ratio, error, median (largest)",
                "value": f"{np.median(errors):.3f} ({errors.max():.3f})",
                "unit": "relative",
                "n": f"{len(errors)} recordings",
                "interval": None,
                "target": f"<= {MOST_PHONATION_ERROR}" if targets else None,
            },
        ]


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """All rows; ``folder`` holds ``zh_pauses`` and ``zh_read``."""
    passages = list(islice(_passages(folder / "zh_pauses"), 1 if smallest else None))
    clips = list(islice(_clips(folder / "zh_read"), CLIPS_JOINED if smallest else None))
    joined = [_joined(clips, seed) for seed in range(1 if smallest else N_JOINED)]
    rows: list[Row] = []
    for title, items, official in (("read passages", passages, True), ("joined clips", joined, False)):
        for snr_db in SNRS_DB[:2] if smallest else SNRS_DB:
            tally = Tally()
            for item in items:
                for seed in SEEDS if snr_db and official and not smallest else (0,):
                    tally.add(item.speech, _found(_noisy(item, snr_db, seed)))
            name = f"{title}, {'clean' if snr_db is None else f'{snr_db:.0f} dB SNR'}"
            least = LEAST_F1[snr_db] if official else None
            rows += tally.rows(name, least, targets=official and snr_db is None)
    quiet = Tally()
    for item in passages:
        quiet.add(item.speech, _found(_rounded(item.samples * db_to_amplitude(LESS_GAIN_DB))))
    rows += quiet.rows(
        f"read passages, {-LESS_GAIN_DB:.0f} dB less gain, 16 bits", LEAST_F1[None], targets=True
    )
    return [*rows, _cost(passages[0])]


def _cost(item: Spoken) -> Row:
    samples = np.resize(item.samples, round(COST_S * RATE_HZ))
    _found(samples[: 2 * RATE_HZ])  # imports and loads
    start_s = time.process_time()
    waveform = Waveform(samples.astype(np.float32), RATE_HZ)
    level, probability = level_track(waveform), speech_probability(waveform)
    speech_spans(level, probability)
    noise_floor_dbfs(level, probability)
    return {
        "name": "level, gate, spans and floor: CPU time",
        "value": f"{(time.process_time() - start_s) / COST_S:.4f}",
        "unit": "x length",
        "n": f"{COST_S:.0f} s",
        "interval": None,
        "target": "<= 0.006",
    }


def _passages(folder: Path) -> Iterable[Spoken]:
    for entry in manifest(folder):
        speech = tuple(Span(start_s, end_s) for start_s, end_s, text in entry["speech_units"] if text != "#")
        yield Spoken(load(folder / entry["audio"]).waveform.samples.astype(np.float64), speech)


def _clips(folder: Path) -> Iterable[NDArray[np.float64]]:
    """Clips cut to their speech, -23 dB RMS, without an inner silence."""
    for path in sorted(folder.glob("*.flac")):
        try:
            samples = load(path).waveform.samples
        except InputError as error:
            print(error, file=sys.stderr)
            continue
        level = level_track(Waveform(samples, RATE_HZ))
        loud, floor = np.percentile(level.values, [97.0, 3.0])
        sounding = np.flatnonzero(level.values > max(loud - CUT_DB, floor + 8.0))
        inner_s = np.diff(np.flatnonzero(level.values > loud - CUT_DB + 3.0)).max() * level.hop_s
        if inner_s >= INNER_SILENCE_S or loud - floor < CUT_DB + 2.0:
            continue
        hop = round(level.hop_s * RATE_HZ)
        clip = samples[max(sounding[0] - 2, 0) * hop : (sounding[-1] + 3) * hop].astype(np.float64)
        yield clip * db_to_amplitude(-23.0) / np.sqrt(np.mean(np.square(clip)))


def _joined(clips: Sequence[NDArray[np.float64]], seed: int) -> Spoken:
    rng = np.random.default_rng(seed)
    parts, spans, n = [np.zeros(RATE_HZ // 2)], [], RATE_HZ // 2
    for index in rng.permutation(len(clips))[:CLIPS_JOINED]:
        silence = np.zeros(round(np.exp(rng.uniform(np.log(0.2), np.log(3.0))) * RATE_HZ))
        parts += [clips[index], silence]
        spans.append(Span(n / RATE_HZ, (n + len(clips[index])) / RATE_HZ))
        n += len(clips[index]) + len(silence)
    sound = np.concatenate(parts)
    return Spoken(sound + db_to_amplitude(-83.0) * pink(len(sound), seed + 1000), tuple(spans))


def _noisy(item: Spoken, snr_db: float | None, seed: int) -> NDArray[np.float64]:
    if snr_db is None:
        return item.samples
    cuts = [item.samples[round(s.start_s * RATE_HZ) : round(s.end_s * RATE_HZ)] for s in item.speech]
    rms = np.sqrt(np.mean(np.square(np.concatenate(cuts))))
    noisy: NDArray[np.float64] = item.samples + rms * db_to_amplitude(-snr_db) * pink(len(item.samples), seed)
    return noisy


def _rounded(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(samples * 32768.0) / 32768.0


def _found(samples: NDArray[np.float64]) -> tuple[Span, ...]:
    waveform = Waveform(samples.astype(np.float32), RATE_HZ)
    return speech_spans(level_track(waveform), speech_probability(waveform))


def _pauses(speech: Sequence[Span]) -> tuple[Span, ...]:
    return gaps(speech, shortest_s=SILENT_PAUSE_S)


def _phonation(speech: Sequence[Span], pauses: Sequence[Span]) -> float:
    return 1.0 - total_s(pauses) / (speech[-1].end_s - speech[0].start_s)


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
