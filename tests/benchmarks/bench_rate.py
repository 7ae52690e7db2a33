"""Speech rate, characters and vocalised fillers of recognised text, against what was really said.

``measure(folder)`` returns one row a figure. Rates are compared on the same sound, so their relative
error is that of the syllable count; the interval is the 2.5th to 97.5th percentile of 1000 resamplings
of the files.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import numpy as np
from benchmark import Row, manifest, needed_corpora, options, show, spread

from voicecoach import wiring
from voicecoach.audio import decode
from voicecoach.features import extract
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.comparison.recognition import character_error_rate
from voicecoach.metrics.fillers import fillers

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.ports import Recogniser

N_RESAMPLINGS = 1000
SPOKEN_FILLER = re.compile(r"\b(?:um|uh|er|erm|hm)\b")


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark: name, value, unit, n, interval, target."""
    recogniser = wiring.recogniser("base")
    rows = []
    for name in ("zh_read", "zh_pauses"):
        errors, wrong = [], []
        for entry in manifest(folder / name, 1 if smallest else None):
            waveform = decode.load(folder / name / entry["audio"]).waveform
            gate = extract.gate(waveform)
            heard = recogniser.transcribe(waveform, language="zh", speech=gate.speech)
            n_true = len(spoken_syllables(entry["text"], "zh"))
            errors.append((len(spoken_syllables(heard, "zh")) - n_true) / n_true)
            wrong.append(character_error_rate(heard.text, entry["text"]))
        rows += _error_rows(name, np.array(errors))
        rows.append(_character_row(name, np.array(wrong)))
    return rows + _filler_rows(folder / "en_filled_pauses", recogniser, smallest=smallest)


def _error_rows(name: str, errors: np.ndarray) -> list[Row]:
    rng = np.random.default_rng(0)
    drawn = rng.choice(np.abs(errors), (N_RESAMPLINGS, len(errors)))
    interval = spread(np.median(drawn, axis=1), "{:.4f} to {:.4f}")
    share = {"unit": "ratio", "n": len(errors), "interval": None, "target": None}
    return [
        {
            "name": f"speech rate on {name}, recognised text: median relative error",
            "value": round(float(np.median(np.abs(errors))), 4),
            **share,
            "interval": interval,
            "target": "<= .05",
        },
        {
            "name": f"the same on {name}: mean relative error",
            "value": round(float(np.abs(errors).mean()), 4),
            **share,
        },
        {"name": f"the same on {name}: bias", "value": round(float(errors.mean()), 4), **share},
    ]


def _character_row(name: str, wrong: np.ndarray) -> Row:
    drawn = np.random.default_rng(0).choice(wrong, (N_RESAMPLINGS, len(wrong)))
    return {
        "name": f"characters recognised wrongly on {name}, mean over recordings",
        "value": round(float(wrong.mean()), 3),
        "unit": "ratio",
        "n": len(wrong),
        "interval": spread(drawn.mean(axis=1), "{:.3f} to {:.3f}"),
        "target": None,
    }


def _filler_rows(folder: Path, recogniser: Recogniser, *, smallest: bool) -> list[Row]:
    n_true = n_found = n_matched = n_by_sound = 0
    for entry in manifest(folder, 1 if smallest else None):
        waveform = decode.load(folder / entry["audio"]).waveform
        gate = extract.gate(waveform)
        heard = recogniser.transcribe(waveform, language="en", speech=gate.speech)
        features = extract.complete(waveform, gate)
        found = fillers(heard, features, spoken_syllables(heard, "en"), "en").vocalised
        expected = len(SPOKEN_FILLER.findall(entry["text"]))
        n_true += expected
        n_found += len(found)
        n_matched += min(len(found), expected)
        n_by_sound += sum(filler.by == "sound" for filler in found)
        if os.environ.get("VOICECOACH_BENCH_VERBOSE"):
            print(entry["audio"], expected, [(f.text, f.by, f.span) for f in found], heard.text)
    note = {"unit": "ratio", "interval": None, "target": None}
    return [
        {
            "name": "vocalised fillers, count recall a file",
            "value": round(n_matched / max(n_true, 1), 3),
            "n": n_true,
            **note,
        },
        {
            "name": "vocalised fillers, count precision a file",
            "value": round(n_matched / n_found, 3) if n_found else 0.0,
            "n": n_found,
            **note,
        },
        {
            "name": "of these found by the sound alone",
            "value": n_by_sound,
            "n": n_found,
            **note,
            "unit": "count",
        },
    ]


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
