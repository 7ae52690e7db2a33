"""Which takes are refused for their language, and whether rates are doubted where the text is wrong.

Takes: short recordings joined to some 12 s with .3 s of silence between, one speaker where there are several
recordings of him; conversations by speaker; longer recordings as they are. Each is recognised as Mandarin and
as English by whisper base, and refused by the rules of ``score``. The bounds were chosen on every other take;
the rest is shown. Doubt: Mandarin takes of some 15 s with a known text, every fourth in pink noise of 10 and
5 dB too; the text is right when its syllables are within 5 % of the true ones, wrong when over 10 % off.

Intervals: Wilson, 95 %.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import Row, manifest, needed_corpora, options, pink, show

from voicecoach import wiring
from voicecoach.app.score.refusals import of_language
from voicecoach.audio import decode
from voicecoach.features import extract
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.comparison.recognition import rate_doubt
from voicecoach.metrics.nuclei import DIP_DB, nuclei_s
from voicecoach.metrics.quality import measure_quality
from voicecoach.model.audio import Waveform
from voicecoach.units import db_to_amplitude

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language
    from voicecoach.ports import Recogniser

SETS = {
    "zh_read": "zh", "zh_pauses": "zh", "zh_emotion": "zh", "zh_dialogue": "zh",
    "en_filled_pauses": "en", "hand_vad": "en", "en_fluency": "L2 en", "de_emotion": "de",
}  # fmt: skip
"""What is spoken in each; L2 en: English of Mandarin speakers."""
MIXED = {"zh_read", "en_fluency"}
"""Few recordings a speaker: takes may hold several."""
WHOLE = {"zh_pauses", "en_filled_pauses", "hand_vad"}
"""Long enough as they are."""
TAKE_S, RATED_S, GAP_S = 12.0, 15.0, 0.3
NOISY_EVERY, SNRS_DB = 4, (10.0, 5.0)
RIGHT, WRONG = 0.05, 0.10
Z = 1.96


@dataclass(frozen=True, eq=False)
class Take:
    """Sound at 16 kHz, what is spoken in it, and its text where that is known."""

    samples: NDArray[np.float32]
    spoken: str
    text: str


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark."""
    recogniser = wiring.recogniser("base")
    sets = {"zh_pauses": "zh", "hand_vad": "en"} if smallest else SETS
    takes = {name: list(_takes(folder / name, spoken, TAKE_S)) for name, spoken in sets.items()}
    if smallest:
        takes = {name: some[:2] for name, some in takes.items()}
    refused: dict[tuple[str, Language], list[bool]] = defaultdict(list)
    for some in takes.values():
        for take in some[1::2]:
            for language in ("zh", "en"):
                refused[take.spoken, language].append(_is_refused(recogniser, take, language))
    rows = [
        _share(f"{spoken} recognised as {language}: refused", outcomes, _target(spoken, language))
        for (spoken, language), outcomes in sorted(refused.items())
    ]
    known = [take for name in ("zh_read", "zh_pauses") for take in _takes(folder / name, "zh", RATED_S)]
    return rows + _doubt_rows(recogniser, known[:1] if smallest else known)


def _target(spoken: str, language: Language) -> str:
    if spoken.endswith(language):
        return "0"
    return "" if spoken == "L2 en" else "all"


def _takes(folder: Path, spoken: str, take_s: float) -> Iterator[Take]:
    """The takes of one set, joined until they last ``take_s``."""
    entries = manifest(folder)
    if folder.name == "zh_dialogue":
        for entry in entries:
            for channel in (0, 1):
                waveform = decode.load(folder / entry["audio"], channel=channel).waveform
                yield Take(waveform.samples, spoken, "")
        return
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in entries:
        groups["all" if folder.name in MIXED | WHOLE else entry["speaker"]].append(entry)
    least_s = 0.0 if folder.name in WHOLE else take_s
    for group in groups.values():
        parts: list[NDArray[np.float32]] = []
        texts: list[str] = []
        for entry in group:
            samples = decode.load(folder / entry["audio"]).waveform.samples
            parts += [samples, np.zeros(round(GAP_S * decode.RATE_HZ), dtype=np.float32)]
            texts.append(entry.get("text", ""))
            if sum(map(len, parts)) >= least_s * decode.RATE_HZ:
                yield Take(np.concatenate(parts), spoken, "".join(texts))
                parts, texts = [], []


def _is_refused(recogniser: Recogniser, take: Take, language: Language) -> bool:
    waveform = Waveform(take.samples, decode.RATE_HZ)
    speech = extract.gate(waveform).speech
    return any(of_language(recogniser.transcribe(waveform, language=language, speech=speech)))


def _doubt_rows(recogniser: Recogniser, takes: list[Take]) -> list[Row]:
    doubted: dict[str, list[bool]] = {"right": [], "wrong": []}
    for number, take in enumerate(takes):
        for snr_db in (None, *SNRS_DB) if number % NOISY_EVERY == 0 else (None,):
            off, doubt = _rated(recogniser, _noisy(take.samples, snr_db, number), take.text)
            if abs(off) <= RIGHT or abs(off) > WRONG:
                doubted["right" if abs(off) <= RIGHT else "wrong"].append(bool(doubt))
    return [
        _share("Mandarin rates of a right text: doubted", doubted["right"], "<= .05"),
        _share("Mandarin rates of a wrong text: doubted", doubted["wrong"], ">= .8"),
    ]


def _rated(recogniser: Recogniser, samples: NDArray[np.float32], text: str) -> tuple[float, str]:
    """How far the syllables are off, and why the rates are doubted."""
    waveform = Waveform(samples, decode.RATE_HZ)
    gate = extract.gate(waveform)
    transcript = recogniser.transcribe(waveform, language="zh", speech=gate.speech)
    features = extract.complete(waveform, gate)
    n_syllables, n_true = len(spoken_syllables(transcript, "zh")), len(spoken_syllables(text, "zh"))
    snr_db = next(row.value for row in measure_quality(features, clipping_ratio=0.0) if row.name == "snr")
    doubt = rate_doubt(
        transcript,
        features.speech,
        n_syllables=n_syllables,
        n_nuclei=len(nuclei_s(features, dip_db=DIP_DB["zh"])),
        snr_db=snr_db,
    )
    return (n_syllables - n_true) / n_true, doubt


def _noisy(samples: NDArray[np.float32], snr_db: float | None, seed: int) -> NDArray[np.float32]:
    """The samples with pink noise at this ratio under their loud part."""
    if snr_db is None:
        return samples
    loud = samples[np.abs(samples) > 0.1 * np.abs(samples).max()]
    gain = float(np.sqrt(np.mean(np.square(loud)))) * db_to_amplitude(-snr_db)
    return (samples + gain * pink(len(samples), seed)).astype(np.float32)


def _share(name: str, outcomes: list[bool], target: str) -> Row:
    """One line of the table: a share with its Wilson interval."""
    n, k = len(outcomes), sum(outcomes)
    row: Row = {"name": name, "value": f"{k} of {n}", "unit": "takes", "n": n, "target": target}
    if n:
        share, wide = k / n, 1.0 + Z * Z / n
        middle = (share + Z * Z / 2 / n) / wide
        half = Z * math.sqrt(share * (1.0 - share) / n + Z * Z / 4 / n / n) / wide
        row["interval"] = f"{max(0.0, middle - half):.2f}-{min(1.0, middle + half):.2f}"
    return row


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
