"""Every model answer, read by the neural voice, recorded to a file and scored as `voicecoach score` does.

Against its own prompt it must cover its points and commit no fatal item; against another prompt (three
drawn for each answer, of another kind) it must not. What is rendered stays in the cache, so that the
benchmark can be broken off and taken up again.

    python tests/benchmarks/bench_answers.py [--answers N] [--lang zh|en]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from benchmark import Row, options, show, spread

from voicecoach import wiring
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import Task
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.audio import Waveform
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language

OWN_LIMIT, WRONG_LIMIT = 0.80, 0.25
OTHERS = 3
BOOTSTRAPS = 1000
SMALLEST = 1
SEED = 1


def measure(*, n_answers: int | None = None, language: Language = "zh", smallest: bool = False) -> list[Row]:
    """The rows of this benchmark. ``n_answers``: a seeded sample of the answers."""
    n_answers = SMALLEST if smallest else n_answers
    library = wiring.prompt_library().prompts()
    prompts = [prompt for prompt in library if prompt.model_answer.get(language)]
    if n_answers is not None:
        prompts = random.Random(SEED).sample(prompts, min(n_answers, len(prompts)))
    speaker, analyser = wiring.speaker("kokoro"), wiring.analyser("base")
    voices = [one for one in speaker.voices() if one.language == language and "candidate" in one.roles]
    own: list[float] = []
    wrong: list[float] = []
    n_fatal = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, prompt in enumerate(prompts):
            voice = voices[number % len(voices)].id
            path = Path(folder) / f"{prompt.id}.wav"
            written(speaker.speak(prompt.model_answer[language], voice=voice, mood=1), path)
            task = Task(prompt, language, load_profile(prompt.profile, language))
            found = analyser.analyse(path, task)
            own.append(found.coverage.low if found.coverage else 0.0)
            fatal = (
                found.total == 0.0 or any(hit.certain for hit in found.coverage.language)
                if found.coverage
                else True
            )
            n_fatal += fatal
            spoken = SpokenText.from_transcript(found.transcript)
            cover = wiring.rubric_engine().cover
            wrong += [cover(other, spoken, language=language).low for other in others(prompt, library)]
            missed = [p.id for p in found.coverage.points if p.state != "covered"] if found.coverage else []
            print(
                f"{number + 1}/{len(prompts)} {prompt.id} {voice} {own[-1]:.2f} {missed}"
                f"{' FATAL' if fatal else ''} total {found.total} {[r.code for r in found.refusals]}",
                file=sys.stderr,
            )
    return [
        row("model answers, spoken: own points covered, mean", statistics.mean(own), own, f">= {OWN_LIMIT}"),
        row("the same, lowest", min(own), own, ""),
        row("the same, fatal items", n_fatal, own, "0"),
        row("the same answers against another prompt", statistics.mean(wrong), wrong, f"<= {WRONG_LIMIT}"),
    ]


def others(prompt: Prompt, library: tuple[Prompt, ...]) -> list[Prompt]:
    """Some prompts that ask something else."""
    strangers = [other for other in library if other.id != prompt.id and other.kind != prompt.kind]
    return random.Random(f"{SEED} {prompt.id}").sample(strangers, OTHERS)


def written(said: Waveform, path: Path) -> None:
    """A 16-bit wav with half a second of silence around."""
    edge = np.zeros(said.rate_hz // 2, dtype=np.float32)
    samples = np.concatenate([edge, said.samples, edge])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(said.rate_hz)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())


def row(name: str, value: float, values: list[float], target: str) -> Row:
    """One line of the table, with a bootstrap interval of the mean."""
    rng = np.random.default_rng(SEED)
    drawn = [np.mean(rng.choice(values, len(values))) for _ in range(BOOTSTRAPS)]
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "share",
        "n": len(values),
        "interval": spread(drawn) if "mean" in name or "another" in name else "",
        "target": target,
    }


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--answers", type=int)
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    given = parser.parse_args()
    show(measure(n_answers=given.answers, language=given.lang, smallest=given.smallest))
