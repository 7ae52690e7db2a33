"""Which of two sound streams is judged, the voice or what lies beside it; is a track a party a call.

Takes of 8 s are read sentences joined (Mandarin, English, noisy English). Beside each lies a stream of
silence, pink noise, chords or a noise bed, once before and once behind it, flagged as the default one.
Calls are made of sentences of two speakers in turns, a track each; no calls are two such takes at once.
AT_ONCE was chosen on these, nothing else was. Intervals: Wilson, 95 %.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "support" / "made"))

from benchmark import Row, manifest, needed_corpora, options, pink, show
from sound_files import write_streams

from voicecoach.app.score.streams import chosen
from voicecoach.audio.decode import RATE_HZ, load
from voicecoach.features.noise import LOOP_S, bed
from voicecoach.metrics.comparison.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.features.noise import NoiseKind

    Samples = NDArray[np.float32]

SETS: Final = ("zh_read", "hand_vad", "en_fluency")
TAKE_S: Final = 8
JOINED: Final = 6
GAP_S: Final = 0.3
TURNS: Final = 4
BEDS: Final[tuple[NoiseKind, ...]] = ("office", "street", "cafe")
BESIDE: Final = ("silence", "pink noise", "chords", *BEDS)
LOUD: Final = 0.15
HISS: Final = 1e-3


def sentences(folder: Path, most: int) -> list[Samples]:
    """The first recordings of a set, float32 (n,) each."""
    return [load(folder / entry["audio"]).waveform.samples for entry in manifest(folder, most)]


def take(spoken: list[Samples], first: int) -> Samples:
    """Some eight seconds of speech."""
    joined = np.concatenate([spoken[(first + place) % len(spoken)] for place in range(JOINED)])
    return joined[: TAKE_S * RATE_HZ]


def beside(kind: str, n: int, seed: int) -> Samples:
    """What lies beside a voice, float32 (n,)."""
    rng = np.random.default_rng(seed)
    if kind == "silence":
        sound = np.zeros(n)
    elif kind == "pink noise":
        sound = LOUD * pink(n, seed)
    elif kind == "chords":
        time_s = np.arange(n) / RATE_HZ
        roots = rng.choice([196.0, 220.0, 261.6, 293.7, 329.6, 392.0], 64)[(time_s / 0.4).astype(int) % 64]
        tones = [np.sin(2 * np.pi * np.cumsum(ratio * roots) / RATE_HZ) for ratio in (1.0, 1.25, 1.5, 2.0)]
        sound = LOUD * np.sum(tones, axis=0)
    else:
        loop = bed(next(each for each in BEDS if each == kind), LOOP_S, RATE_HZ).samples
        sound = np.resize(np.roll(loop, int(rng.integers(len(loop)))), n) * (0.5 / np.abs(loop).max())
    return sound.astype(np.float32)


def call(first: list[Samples], second: list[Samples], number: int) -> list[Samples]:
    """Two sides that take turns, each on its own track over a little hiss."""
    gap = np.zeros(round(GAP_S * RATE_HZ), dtype=np.float32)
    sides: list[list[Samples]] = [[], []]
    for turn in range(TURNS):
        for side, spoken in enumerate((first, second)):
            said = spoken[(number + turn) % len(spoken)]
            sides[side] += [said, gap]
            sides[1 - side] += [np.zeros_like(said), gap]
    rng = np.random.default_rng(number)
    whole = [np.concatenate(parts) for parts in sides]
    return [side + (HISS * rng.standard_normal(len(side))).astype(np.float32) for side in whole]


def row(name: str, right: list[bool], target: str) -> Row:
    """One row: how many of the tries went right."""
    low, high = wilson(sum(right), len(right))
    interval = f"{low:.2f}-{high:.2f}"
    return {
        "name": name,
        "value": sum(right),
        "unit": "",
        "n": len(right),
        "interval": interval,
        "target": target,
    }


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """The rows of the page, on human recordings of ``folder``."""
    return list(rows(folder, smallest=smallest))


def rows(corpora: Path, *, smallest: bool = False) -> Iterator[Row]:
    spoken = {name: sentences(corpora / name, 4 if smallest else 40) for name in SETS}
    takes = [
        take(each, first) for each in spoken.values() for first in range(0, len(each), 4 if smallest else 2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.mkv")
        for kind in BESIDE[:1] if smallest else BESIDE:
            right = []
            for number, voice in enumerate(takes):
                tracks = [voice, beside(kind, len(voice), number)][:: 1 if number % 2 == 0 else -1]
                write_streams(path, tracks, RATE_HZ, default=1 - number % 2)
                right.append(chosen(path).streams == (number % 2,))
            yield row(f"streams: the voice beside {kind}", right, "all")
        right = []
        for number in range(1 if smallest else 30):
            write_streams(path, call(spoken["zh_read"], spoken["en_fluency"], number), RATE_HZ)
            right.append(chosen(path).streams == (0, 1))
        yield row("streams: a track a party is a call", right, "all")
        right = []
        for number in range(1 if smallest else 30):
            both = [takes[number % len(takes)], takes[(number + len(takes) // 2) % len(takes)]]
            write_streams(path, both, RATE_HZ)
            right.append(len(chosen(path).streams) == 1)
        yield row("streams: two voices at once are no call", right, ".9")


def main() -> None:
    """Show the rows."""
    given = options(__doc__).parse_args()
    show(rows(needed_corpora(), smallest=given.smallest))


if __name__ == "__main__":
    main()
