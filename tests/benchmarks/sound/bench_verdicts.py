"""Forty recordings a draw, each with its right verdict; and what the noise over time is measured to be.

Recipes ``a`` are those that the program was built with, ``b`` others, with seeds not seen then; seeds draw
music, tones, places, talkers. Voices: the committed recordings; with human recordings also two read passages,
read sentences of one speaker joined to answers of half a minute, and English clips for foreign speech.
Foreign speech is heard by whisper base, the rest is judged with the true words.

Interval: Wilson's.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from benchmark import Row, corpora, manifest, options, pink, show
from made_sounds import with_noise
from verdicts import Judge, Voice, cases, fixture_voices, judged

from voicecoach import wiring
from voicecoach.audio import decode
from voicecoach.audio.decode import RATE_HZ
from voicecoach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from made_sounds import Recipe

    from voicecoach.ports import Transcriber

MODEL = "base"
ANSWER_S = 28.0
PASSAGES = 2
JOINED = 3
GAP_S = 0.6
NOISE_DB = (20.0, 10.0, 5.0)
Z = 1.96


def measure(*, smallest: bool = False) -> list[Row]:
    """All rows."""
    own = fixture_voices()
    mandarin = [voice for voice in own.values() if voice.language == "zh"]
    foreign = [voice for voice in own.values() if voice.language != "zh"]
    rows = []
    draws: list[tuple[str, Recipe, list[int]]] = [
        ("a (built with)", "a", [1]),
        ("b (other seeds)", "b", [2, 3]),
    ]
    for title, recipe, seeds in draws[:1] if smallest else draws:
        rows += _verdicts(
            f"made recordings, recipes {title}", mandarin, foreign, recipe, seeds, smallest=smallest
        )
    folder = corpora()
    if folder and not smallest:
        human, english = _human(folder)
        rows += _verdicts("human recordings, recipes b", human, english, "b", [11, 12], smallest=False)
        rows += _noise("human recordings", human[:PASSAGES])
    return [*rows, *_noise("made recordings", mandarin[:1])]


def _transcriber() -> Transcriber:
    return wiring.analyser(MODEL).transcriber


def _verdicts(
    title: str,
    voices: Sequence[Voice],
    foreign: Sequence[Voice],
    recipe: Recipe,
    seeds: Sequence[int],
    *,
    smallest: bool,
) -> list[Row]:
    judge = Judge(wiring.profile("interview", "zh"), None if smallest else _transcriber)
    outcomes: dict[bool, list[bool]] = {True: [], False: []}
    for case in chain.from_iterable(cases(voices, foreign, seed, recipe) for seed in seeds):
        must_be_scored = case.verdict == "scored"
        if not judge.can(case) or (smallest and outcomes[must_be_scored]):
            continue
        fault = judge.fault(case)
        outcomes[must_be_scored].append(not fault)
        if fault:
            print(f"{title}: {case.name}: {fault}", file=sys.stderr)
    return [
        {
            "name": f"{title}: {'scored' if must else 'refused, or the figure withheld'}, as they must be",
            "value": f"{sum(right)} of {len(right)}",
            "unit": "recordings",
            "n": str(len(right)),
            "interval": _wilson(sum(right), len(right)),
            "target": "all",
        }
        for must, right in outcomes.items()
    ]


def _wilson(hits: int, n: int) -> str:
    share, spread = hits / n, Z * Z / n
    middle = (share + spread / 2.0) / (1.0 + spread)
    reach = Z / (1.0 + spread) * np.sqrt(share * (1.0 - share) / n + spread / (4.0 * n))
    return f"{max(middle - reach, 0.0):.2f} to {min(middle + reach, 1.0):.2f}"


def _noise(title: str, voices: Sequence[Voice]) -> list[Row]:
    """SNR of pink noise that comes late against the same noise throughout."""
    profile = wiring.profile("interview", "zh")
    errors: dict[str, list[float]] = {"after .3 s": [], "in the second half (3 dB more)": []}
    for voice in voices:
        half_s = len(voice.sound) / RATE_HZ / 2.0
        for seed, snr_db in enumerate(NOISE_DB):
            noise = pink(len(voice.sound), seed)
            whole, late, half = (
                judged(with_noise(voice.sound, noise, snr_db, since_s), voice.text, "zh", profile, None)[0][
                    "snr"
                ]
                for since_s in (0.0, 0.3, half_s)
            )
            if whole.value is None or late.value is None or half.value is None:
                errors = {name: [*known, np.inf] for name, known in errors.items()}
                continue
            errors["after .3 s"].append(late.value - whole.value)
            errors["in the second half (3 dB more)"].append(half.value - whole.value - 3.0)
    return [
        {
            "name": f"{title}: SNR of noise {name} less that of the same noise throughout, largest",
            "value": f"{max(map(abs, values)):.1f}",
            "unit": "dB",
            "n": str(len(values)),
            "interval": None,
            "target": "<= 1" if "after" in name else "<= 2",
        }
        for name, values in errors.items()
    ]


def _human(folder: Path) -> tuple[list[Voice], list[Voice]]:
    """Mandarin answers of half a minute, the longest first, and English ones."""
    read = _read(folder / "zh_read")
    joined = []
    for index in range(JOINED):
        sounds, texts, length_s = [np.zeros(RATE_HZ // 2)], [], 0.0
        for sound, text in read[index::JOINED]:
            if length_s < ANSWER_S + 8.0 * (index == 0):
                sounds += [sound, np.zeros(round(GAP_S * RATE_HZ))]
                texts.append(text)
                length_s += len(sound) / RATE_HZ + GAP_S
        hiss = 10.0 ** (-70.0 / 20.0) * pink(sum(map(len, sounds)), index)
        joined.append(Voice(f"joined sentences {index}", np.concatenate(sounds) + hiss, "，".join(texts)))
    passages = [Voice(f"passage {i}", *each) for i, each in enumerate(_read(folder / "zh_pauses"))]
    clips = [sound for sound, _ in _read(folder / "hand_vad")]
    english = Voice("English clips", np.concatenate(clips)[: round(ANSWER_S * RATE_HZ)], "hello", "en")
    return [joined[0], *passages, *joined[1:]], [english]


def _read(folder: Path) -> list[tuple[np.ndarray, str]]:
    """Sounds of about one level, with their texts."""
    sounds = []
    for entry in manifest(folder):
        try:
            samples = decode.load(folder / entry["audio"]).waveform.samples.astype(np.float64)
        except InputError:
            continue
        scaled = samples * 0.05 / np.sqrt(np.mean(np.square(samples)))
        sounds.append((np.clip(scaled, -1.0, 1.0), entry.get("text", "")))
    return sounds


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(smallest=given.smallest))
