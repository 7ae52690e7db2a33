"""From the end of a 60 s answer to its printed report, as `voicecoach practise` makes it.

The answer arrives in real time, as from a microphone, and is analysed while it does. Measured are the wall
time from its last sample to the printed report, and beside it what the words that were not transcribed before
alone take: what is beyond that is the program's own. Times are of this machine.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
import wave
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from benchmark import Row, options, show
from rich.console import Console

from voicecoach import wiring
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.practise.judge import LiveJudge, Terms
from voicecoach.audio import decode
from voicecoach.documents.assessment import encode_assessment
from voicecoach.features import extract
from voicecoach.model.audio import Waveform
from voicecoach.report.one.terminal import print_report

if TYPE_CHECKING:
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.ports import Recogniser

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
ANSWER_S, SMALLEST_S = 60.0, 8.0
RUNS = 5
MEDIAN_LIMIT_S, OWN_LIMIT_S = 2.0, 0.7


def answer(length_s: float) -> Waveform:
    """A good answer, and the beginning of a weak one: ``length_s`` that end in speech."""
    parts = [
        decode.load(FIXTURES / f"late_delivery_{name}.flac").waveform.samples for name in ("good", "weak")
    ]
    return Waveform(np.concatenate(parts)[: round(length_s * decode.RATE_HZ)], decode.RATE_HZ)


def write(path: Path, sound: Waveform) -> None:
    """The take's file, as the recorder leaves it."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, sound.rate_hz, 0, "NONE", ""))
        file.writeframes((sound.samples * 32767).astype("<i2").tobytes())


def run(judge: LiveJudge, sound: Waveform, path: Path) -> tuple[float, float]:
    """Seconds from the end to the report, and those that the last words alone take."""
    prompt = wiring.prompt_library().prompt("late_delivery")
    task = judge.task(prompt, prompt.profile, prompt_end_s=0.0)
    judge.warm(task)
    begun_s = time.monotonic()

    def so_far() -> Waveform:
        heard_s = min(time.monotonic() - begun_s, sound.duration_s)
        return Waveform(sound.samples[: round(heard_s * sound.rate_hz)], sound.rate_hz)

    with judge.follow(task, so_far) as analysis:
        time.sleep(max(0.0, begun_s + sound.duration_s - time.monotonic()))
        ended_s = time.monotonic()
        listened = [future.result() for future in analysis._futures if future.done()]
        made = analysis.finish(path, task, source=path.name)
        encode_assessment(made)
        console = Console(file=io.StringIO(), width=80)
        print_report(made, prompt, task.profile, short=True, console=console)
        took_s = time.monotonic() - ended_s
    done_s = max((part.chunk.end_s for part in listened), default=0.0)
    gate = extract.gate(sound)
    rest = [span for span in gate.speech if span.end_s > done_s]
    asked_s = time.monotonic()
    wiring_parts()[1].transcribe(sound, language="zh", speech=rest)
    return took_s, time.monotonic() - asked_s


@cache
def wiring_parts() -> tuple[Analyser, Recogniser]:
    """Analyser and recogniser, once."""
    return wiring.live_parts("base")


def measure(runs: int = RUNS, *, smallest: bool = False) -> list[Row]:
    """The rows of the table."""
    length_s, runs = (SMALLEST_S, 1) if smallest else (ANSWER_S, runs)
    judge = LiveJudge(
        wiring_parts,
        wiring.rubric_engine,
        lambda name: load_profile(name, "zh"),
        Terms("zh", provenance=wiring.rubric_provenance()),
    )
    sound = answer(length_s)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.wav"
        write(path, sound)
        times = [run(judge, sound, path) for _ in range(runs)]
    took = sorted(whole_s for whole_s, _ in times)
    own = statistics.median(whole_s - words_s for whole_s, words_s in times)
    seen = f"{took[0]:.2f} to {took[-1]:.2f}"
    return [
        {
            "name": f"end of a {length_s:g} s answer to its report",
            "value": f"{statistics.median(took):.2f}",
            "unit": "s",
            "n": runs,
            "interval": seen,
            "target": f"<= {MEDIAN_LIMIT_S}",
        },
        {
            "name": "of it beyond the words not yet transcribed then",
            "value": f"{own:.2f}",
            "unit": "s",
            "n": runs,
            "target": f"<= {OWN_LIMIT_S}",
        },
    ]


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("runs", nargs="?", type=int, default=RUNS)
    given = parser.parse_args()
    show(measure(given.runs, smallest=given.smallest))
