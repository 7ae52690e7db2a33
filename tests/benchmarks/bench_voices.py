"""The voices: are furious readings heard as such by our own metric, and are all prompts understood?

Every text of the packs (prompts and callers' lines) is read calm (mood 1) and furious (mood 5) by the voice
that it is cast with. Agitation: a line's value in the baseline of the same voice's calm readings of *other*
prompts. Character error: whisper base, simplified, figures read out on both sides, punctuation stripped. What
is rendered stays in the cache, so that the benchmark can be broken off and taken up again.

    python tests/benchmarks/bench_voices.py [--lines N] [--engine kokoro|pyttsx3] [--lang zh|en]
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr
from benchmark import Row, options, show
from rapidfuzz.distance import Levenshtein

from voicecoach import wiring
from voicecoach.adapters.whisper import weights
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
from voicecoach.app.practise.say import CALLER, cast, lines_of
from voicecoach.features.extract import Gate, complete, gate
from voicecoach.features.text.reading import read_out
from voicecoach.metrics.agitation import Voice, agitation, baseline_of_units, voiced_units
from voicecoach.model.audio import Waveform

if TYPE_CHECKING:
    from voicecoach.adapters.tts.voice_cache import CachedSpeaker
    from voicecoach.app.practise.say import Line
    from voicecoach.metrics.agitation import VoicedUnit
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.transcript import Language

RATE_HZ = 16_000
EDGE_S = 0.5
"""Silence put around a reading, as a recording has it, seconds."""
CALM, FURIOUS = 1, 5
CER_LIMITS = {CALM: 0.06, FURIOUS: 0.10}
WORST_CER = 0.25
RANKED_LIMIT = 0.95
CACHED_LIMIT_S = 0.3
FRESH_LIMIT = 1.5
SEED = 1
SMALLEST = 1


@dataclass(frozen=True, eq=False)
class Reading:
    """One line in one mood: as a recording at 16 kHz, and where speech is in it."""

    line: Line
    voice: str
    mood: int
    waveform: Waveform
    gate: Gate


def measure(
    *, n_lines: int | None = None, engine: str = "kokoro", language: Language = "zh", smallest: bool = False
) -> list[Row]:
    """The rows of this benchmark: name, value, unit, n, target. ``n_lines``: a seeded sample of the texts."""
    n_lines = SMALLEST if smallest else n_lines
    lines = [line for prompt in wiring.prompt_library().prompts() for line in lines_of(prompt, language)]
    if n_lines is not None:
        lines = random.Random(SEED).sample(lines, min(n_lines, len(lines)))
    speaker = wiring.speaker(engine)
    readings = [_reading(speaker, line, mood) for line in lines for mood in (CALM, FURIOUS)]
    return [*_agitation_rows(readings), *_error_rows(readings, language), *_latency_rows(speaker, lines)]


def _reading(speaker: CachedSpeaker, line: Line, mood: int) -> Reading:
    voice = cast(line, speaker.voices(), known=wiring.neural_voices())
    said = speaker.speak(line.text, voice=voice, mood=mood)
    edge = np.zeros(int(EDGE_S * RATE_HZ), dtype=np.float32)
    samples = np.asarray(soxr.resample(said.samples, said.rate_hz, RATE_HZ), dtype=np.float32)
    waveform = Waveform(np.concatenate([edge, samples, edge]), RATE_HZ)
    print(f"{line.prompt_id}.{line.number} {voice} {mood}", file=sys.stderr)
    return Reading(line, voice, mood, waveform, gate(waveform))


def _agitation_rows(readings: list[Reading]) -> list[Row]:
    units = {id(one): voiced_units(complete(one.waveform, one.gate)) for one in readings}
    calm_units: dict[str, list[tuple[str, VoicedUnit]]] = defaultdict(list)
    for one in readings:
        if one.mood == CALM:
            calm_units[one.voice] += [(one.line.prompt_id, unit) for unit in units[id(one)]]
    right, margins, by_role = 0, [], {True: [0, 0], False: [0, 0]}
    for calm, furious in zip(readings[::2], readings[1::2], strict=True):
        others = [unit for prompt_id, unit in calm_units[calm.voice] if prompt_id != calm.line.prompt_id]
        if not others or not units[id(calm)] or not units[id(furious)]:
            continue
        baseline = baseline_of_units(others)
        low, high = (_agitation(units[id(one)], baseline) for one in (calm, furious))
        margins.append(high - low)
        right += high > low
        tally = by_role[calm.line.role == CALLER]
        tally[0] += high > low
        tally[1] += 1
        if high <= low:
            print(
                f"ranked wrongly: {calm.line.prompt_id}.{calm.line.number}: {low:.2f} {high:.2f}",
                file=sys.stderr,
            )
    if not margins:
        return []
    good, n_called = by_role[True]
    return [
        _row(
            "mood 5 above mood 1 by agitation",
            right / len(margins),
            "ratio",
            len(margins),
            f">= {RANKED_LIMIT}",
        ),
        *(
            [_row("the same, callers' lines", good / n_called, "ratio", n_called, f">= {RANKED_LIMIT}")]
            if n_called
            else []
        ),
        _row("agitation, mood 5 less mood 1, median", statistics.median(margins), "-1..1", len(margins)),
        _row("the same, lowest", min(margins), "-1..1", len(margins)),
    ]


def _agitation(units: tuple[VoicedUnit, ...], baseline: Baseline) -> float:
    weight = [unit.voiced_s for unit in units]
    f0_st = float(np.average([unit.f0_high_st for unit in units], weights=weight))
    hf1000_db = float(np.average([unit.hf1000_db for unit in units], weights=weight))
    return agitation(Voice(f0_st, hf1000_db), baseline)


def _error_rows(readings: list[Reading], language: Language) -> list[Row]:
    """Errors by prompt (its text and its further lines together), and by line."""
    recogniser = WhisperTranscriber(weights.resolve("base"))
    counts: dict[int, dict[str, list[tuple[int, int]]]] = {
        CALM: defaultdict(list),
        FURIOUS: defaultdict(list),
    }
    for one in readings:
        heard = recogniser.transcribe(one.waveform, language=language, speech=one.gate.speech).text
        wrong, said = errors(one.line.text, heard, language)
        counts[one.mood][one.line.prompt_id].append((wrong, said))
        if wrong / said > CER_LIMITS[FURIOUS]:
            print(
                f"{wrong / said:.2f} {one.line.prompt_id}.{one.line.number} {one.voice} {one.mood}: {heard}",
                file=sys.stderr,
            )
    rows = []
    for mood, name in ((CALM, "calm"), (FURIOUS, "furious")):
        prompts = [
            sum(wrong for wrong, _ in each) / sum(said for _, said in each) for each in counts[mood].values()
        ]
        lines = [wrong / said for each in counts[mood].values() for wrong, said in each]
        limit = f"<= {CER_LIMITS[mood]}"
        what = f"recognition error, {name}"
        rows += [
            _row(f"{what}, mean over prompts", statistics.mean(prompts), "ratio", len(prompts), limit),
            _row(f"{what}, worst prompt", max(prompts), "ratio", len(prompts), f"<= {WORST_CER}"),
            _row(f"{what}, mean over single lines", statistics.mean(lines), "ratio", len(lines)),
            _row(f"{what}, worst line", max(lines), "ratio", len(lines)),
        ]
    return rows


def errors(said: str, heard: str, language: Language) -> tuple[int, int]:
    """Edit distance by characters (zh) or words (en), and the length of what was said."""
    wanted, met = _tokens(said, language), _tokens(heard, language)
    return Levenshtein.distance(wanted, met), len(wanted)


def _tokens(text: str, language: Language) -> list[str]:
    if language == "en":
        return re.findall(r"[a-z0-9']+", text.lower())
    import opencc

    simplified = opencc.OpenCC("t2s").convert(read_out(text).text.lower())
    return re.findall(r"\w", simplified)


def _latency_rows(speaker: CachedSpeaker, lines: list[Line]) -> list[Row]:
    """What is kept, from the cache; and fresh text of two sentences, against its first sentence alone."""
    cached, ratios = [], []
    for line in lines[:20]:
        voice = cast(line, speaker.voices(), known=wiring.neural_voices())
        start_s = time.perf_counter()
        next(speaker.stream(line.text, voice=voice, mood=CALM))
        cached.append(time.perf_counter() - start_s)
    engine = speaker.uncached
    voice = cast(lines[0], speaker.voices(), known=wiring.neural_voices())
    zh = lines[0].language == "zh"
    first = "请问您为什么想做客服？" if zh else "Why do you want to work in customer service?"
    second = "请举一个您自己的例子，说说您是怎么做的。" if zh else "Please give me an example of your own."
    engine.speak(first, voice=voice, mood=CALM)  # loads the model
    for _ in range(5):
        start_s = time.perf_counter()
        engine.speak(first, voice=voice, mood=CALM)
        alone_s = time.perf_counter() - start_s
        start_s = time.perf_counter()
        next(engine.stream(first + second, voice=voice, mood=CALM))
        ratios.append((time.perf_counter() - start_s) / alone_s)
    return [
        _row("first sound of a kept prompt, slowest", max(cached), "s", len(cached), f"<= {CACHED_LIMIT_S}"),
        _row("first sound of a fresh text by its first sentence alone, median", statistics.median(ratios),
             "ratio", len(ratios), f"<= {FRESH_LIMIT}"),
    ]  # fmt: skip


def _row(name: str, value: float, unit: str, n: int, target: str = "") -> Row:
    return {"name": name, "value": round(value, 3), "unit": unit, "n": n, "interval": None, "target": target}


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--lines", type=int)
    parser.add_argument("--engine", default="kokoro", choices=["kokoro", "pyttsx3"])
    parser.add_argument("--lang", default="zh", choices=["zh", "en"])
    given = parser.parse_args()
    show(measure(n_lines=given.lines, engine=given.engine, language=given.lang, smallest=given.smallest))
