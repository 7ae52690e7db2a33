"""What human recordings give for every banded figure: the ground that the bands of profiles.yaml stand on.

Sets: two read passages; read utterances of one speaker, five joined (their own silences stay between them);
read utterances one by one, for pitch; two conversations, the segments of each speaker joined; acted neutral
sentences, ten of a speaker joined, for tone alone; English sentences read by Mandarin speakers, those of one
speaker joined; English clips of all kinds. Texts are the corpora's own, so that no recogniser's error is in
the figures. A set whose joints would make a figure (pauses between joined sentences) does not give it.

The interval of a row is how many of its recordings the shipped interview band calls green.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import Row, manifest, needed_corpora, options, show

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.audio import decode
from voicecoach.features.extract import extract
from voicecoach.features.text.words import spoken_syllables, word_count
from voicecoach.metrics.agitation import baseline_of
from voicecoach.metrics.fillers import fillers
from voicecoach.metrics.pace import measure_pace
from voicecoach.metrics.pauses import measure_pauses
from voicecoach.metrics.quality import measure_quality
from voicecoach.metrics.turns import exchange, measure_turns
from voicecoach.metrics.voice import measure_voice
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.transcript import Language

    Entry = dict[str, Any]
    Figures = dict[str, float]

READ_JOINED, ACTED_JOINED = 5, 10
"""Utterances that make one take of some 15 to 25 s."""
SEGMENT_S = 0.8
"""Shorter segments of a conversation are back-channels."""
TALK_S = 8.0
"""A speaker of a conversation who says less is left out."""
PACE = ("speech_rate",)
PAUSES = ("pause_rate", "longest_pause", "phonation_time_ratio", "mean_length_of_run", "dead_air")
TONE = ("pitch_variety", "level_surges")
FILLERS = ("filled_pauses_lexical",)
TURNS = ("talk_share", "turn_latency", "interruptions", "call_dead_air")
_MARKS = re.compile(r"<.*?>|\[.*?\]")


@dataclass(frozen=True, eq=False)
class Take:
    """One recording, or several joined: float32 (n,) at 16 kHz, and what is said when."""

    samples: NDArray[np.float32]
    words: tuple[Word, ...]

    @classmethod
    def joined(cls, parts: Iterable[tuple[NDArray[np.float32], str]]) -> Take:
        """The parts one after the other, each with its text."""
        samples, words, start_s = [], [], 0.0
        for sound, text in parts:
            end_s = start_s + len(sound) / decode.RATE_HZ
            samples.append(sound)
            if text:
                words.append(Word(text, Span(start_s, end_s), 1.0))
            start_s = end_s
        return cls(np.concatenate(samples), tuple(words))


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark: figure and set, p5 / p50 / p95, unit, n, how many are green, the band."""
    rows: list[Row] = []
    for name, language, wanted, takes in _sets(folder):
        measured = [_figures(take, language) for take in (takes[:1] if smallest else takes)]
        rows += _rows(name, language, wanted, measured)
        if smallest:
            return rows
    rows += _rows("acted neutral Mandarin in the baseline of its speaker's other takes", "zh", ("agitation",),
                  _in_own_baseline(folder))  # fmt: skip
    return rows + _rows("Mandarin conversation, each side", "zh", TURNS, _turns(folder))


def _sets(folder: Path) -> Iterator[tuple[str, Language, tuple[str, ...], list[Take]]]:
    """Name, language, the figures that it can give, and the takes of each set."""
    passages = _takes(folder / "zh_pauses", 1)
    yield "read Mandarin passages", "zh", (*PACE, *PAUSES, *TONE, "snr"), passages
    read = folder / "zh_read"
    one = max(_by_speaker(manifest(read)).values(), key=len)
    yield (
        "read Mandarin, five utterances of a speaker joined", "zh", (*PACE, *PAUSES, *TONE, "snr"),
        _grouped(read, one, READ_JOINED),
    )  # fmt: skip
    yield "read Mandarin utterances", "zh", ("pitch_variety", "snr"), _takes(read, 1)
    yield (
        "Mandarin conversation, each speaker's segments joined",
        "zh",
        (*PACE, *TONE, *FILLERS),
        [take for take in _talk(folder / "zh_dialogue") if len(take.samples) >= TALK_S * decode.RATE_HZ],
    )
    acted = [take for speaker in "AB" for take in _neutral_takes(folder, speaker)]
    yield "acted neutral Mandarin, ten sentences joined", "zh", TONE, acted
    fluency = folder / "en_fluency"
    speakers = _by_speaker(manifest(fluency))
    yield (
        "read English of Mandarin speakers, joined by speaker",
        "en",
        (*PACE, *PAUSES, *TONE, "snr"),
        [Take.joined(_parts(fluency, entries)) for entries in speakers.values() if len(entries) > 1],
    )
    yield "read English sentences of Mandarin speakers", "en", ("pitch_variety",), _takes(fluency, 1)
    clips = [Take(_sound(folder / "hand_vad", entry), ()) for entry in manifest(folder / "hand_vad")]
    yield "English clips of all kinds, partly noisy", "en", (*PAUSES, *TONE, "snr"), clips
    yield (
        "spontaneous English with um and uh",
        "en",
        (*PACE, *PAUSES, *TONE),
        _takes(folder / "en_filled_pauses", 1),
    )


def _rows(name: str, language: Language, wanted: Sequence[str], measured: Sequence[Figures]) -> list[Row]:
    bands = load_profile("interview", language).bands
    rows: list[Row] = []
    for figure in wanted:
        values = [figures[figure] for figures in measured if figure in figures]
        if values:
            band = bands[figure]
            n_green = sum(band.verdict(value) == "green" for value in values)
            rows.append(
                {
                    "name": f"{figure}: {name}, p5 / p50 / p95",
                    "value": " / ".join(f"{value:.2f}" for value in np.percentile(values, (5, 50, 95))),
                    "unit": "",
                    "n": len(values),
                    "interval": f"green {n_green}",
                    "target": f"green {list(band.green)}, amber {list(band.amber)}",
                }
            )
    return rows


def _figures(take: Take, language: Language) -> Figures:
    features = extract(Waveform(take.samples, decode.RATE_HZ))
    transcript = Transcript(take.words, language, Provenance("", "", "", ""))
    syllables = spoken_syllables(transcript, language)
    measured: list[Measurement] = [
        *measure_voice(features, language=language),
        *measure_quality(features, clipping_ratio=0.0),
        *measure_pauses(features, clause_end_odds=None, n_syllables=len(syllables) or None),
    ]
    if syllables:
        n_words = word_count(transcript, language)
        measured += measure_pace(features, syllables, language, n_words=n_words)
        measured += fillers(transcript, features, syllables, language).measurements
    return _values(measured)


def _in_own_baseline(folder: Path) -> list[Figures]:
    """Each neutral take of a speaker among the others of the same."""
    measured = []
    for speaker in "AB":
        heard: list[SoundFeatures] = [
            extract(Waveform(take.samples, decode.RATE_HZ)) for take in _neutral_takes(folder, speaker)
        ]
        for i, features in enumerate(heard):
            baseline = baseline_of(heard[:i] + heard[i + 1 :])
            measured.append(_values(measure_voice(features, language="zh", baseline=baseline)))
    return measured


def _turns(folder: Path) -> list[Figures]:
    """The exchange as it is annotated, once from each side."""
    measured = []
    for entry in manifest(folder / "zh_dialogue"):
        sides: tuple[list[Span], list[Span]] = ([], [])
        for segment in entry["segments"]:
            sides[segment["channel"]].append(Span(segment["start"], segment["end"]))
        for mine, theirs in (sides, sides[::-1]):
            measured.append(_values(measure_turns(exchange(mine, theirs))))
    return measured


def _values(measured: Iterable[Measurement]) -> Figures:
    return {figure.name: figure.value for figure in measured if figure.value is not None}


def _takes(folder: Path, n: int) -> list[Take]:
    return _grouped(folder, manifest(folder), n)


def _grouped(folder: Path, entries: Sequence[Entry], n: int) -> list[Take]:
    """``n`` neighbouring recordings each; what is left over is left out."""
    return [
        Take.joined(_parts(folder, entries[first : first + n])) for first in range(0, len(entries) - n + 1, n)
    ]


def _parts(folder: Path, entries: Sequence[Entry]) -> Iterator[tuple[NDArray[np.float32], str]]:
    for entry in entries:
        yield _sound(folder, entry), entry.get("text", "")


def _talk(folder: Path) -> Iterator[Take]:
    """The longer segments of each side of the conversations; one that the clip cuts is left out."""
    for entry in manifest(folder):
        for side in (0, 1):
            sound = _sound(folder, entry, channel=side)
            yield Take.joined(
                (
                    sound[round(segment["start"] * decode.RATE_HZ) : round(segment["end"] * decode.RATE_HZ)],
                    _MARKS.sub("", segment["text"]),
                )
                for segment in entry["segments"]
                if segment["channel"] == side
                and segment["text"]
                and segment["end"] - segment["start"] >= SEGMENT_S
                and not segment["note"]
            )


def _neutral_takes(folder: Path, speaker: str) -> list[Take]:
    """Takes of the neutral sentences of an actor."""
    acted = folder / "zh_emotion"
    kind = (speaker, "neutral")
    entries = [entry for entry in manifest(acted) if (entry["speaker"], entry["emotion"]) == kind]
    return _grouped(acted, entries, ACTED_JOINED)


def _by_speaker(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    speakers: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        speakers[entry["speaker"]].append(entry)
    return speakers


def _sound(folder: Path, entry: Entry, *, channel: int | None = None) -> NDArray[np.float32]:
    return decode.load(folder / entry["audio"], channel=channel).waveform.samples


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
