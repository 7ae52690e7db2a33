"""Fits the weights of ``voicecoach/rubric/coverage/calibration.json`` on labelled answers.

Fitted on: the dev answers (VOICECOACH_RUBRIC_DEV names their file), and of tests/data ``ordinary_a``,
``answers_a``, ``answers_c``, ``answers_en`` and the sentences of ``denied_affirmed``. Every answer is also
held against another prompt, where it covers nothing but by chance; those checks weigh
:data:`STRANGER_WEIGHT` each. A ridge penalty keeps weights small; those of English, which has fewer answers,
are kept near those of Mandarin.
Printed are F1, Brier score and reliability: cross-validated by prompt and by set (each set has its own
writer), and on answers that are never fitted on. ``--checks FILE`` keeps the signals there, or takes them
from there.

    python tests/benchmarks/rubric/fit_coverage.py [--write] [--checks FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import ROOT, corpora, f1

from voicecoach import wiring
from voicecoach.rubric.coverage.calibration import COVERED, SCHEMA
from voicecoach.rubric.coverage.signals import NAMES, signals
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language

DATA = ROOT / "tests" / "data"
TARGET = ROOT / "voicecoach" / "rubric" / "coverage" / "calibration.json"
FITTED_ON = ("ordinary_a", "answers_a", "answers_c", "answers_en")
PAIRS = "denied_affirmed"
HELD_OUT = ("ordinary_b", "textbook_b", "answers_b", "answers_d")
STRANGER_WEIGHT = 0.3
RIDGE = 10.0
PARTS = 2
FOLDS = 8
STEPS = 50
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Check:
    """One labelled point of one answer: its set, prompt, label 0 or 1, and signals (None: unheard).

    ``stranger``: the answer is one to another prompt.
    """

    source: str
    prompt: str
    style: str
    label: int
    stranger: bool
    signals: tuple[float, ...] | None

    @property
    def held_out(self) -> bool:
        """Whether nothing is fitted on it."""
        return self.source in {*HELD_OUT, "agents"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Checks as arrays: ``signals`` float64 (n, n_signals), ``label`` and ``weight`` float64 (n,)."""

    signals: NDArray[np.float64]
    label: NDArray[np.float64]
    weight: NDArray[np.float64]


def answers() -> Iterator[tuple[str, dict[str, Any]]]:
    """The labelled answers, with the names of their sets."""
    dev = os.environ.get("VOICECOACH_RUBRIC_DEV")
    named = [("dev", Path(dev))] if dev else []
    named += [(name, DATA / f"{name}.jsonl") for name in (*FITTED_ON, *HELD_OUT)]
    folder = corpora()
    if folder:
        named.append(("agents", folder / "zh_service" / "agent_sides.jsonl"))
    for name, path in named:
        yield from ((name, one) for one in lines(path))
    for pair in lines(DATA / f"{PAIRS}.jsonl"):
        for form, label in (("affirmed", 1), ("denied", 0)):
            labels = {pair["point"]: label}
            yield PAIRS, {"id": pair["id"], "prompt": pair["prompt"], "text": pair[form], "labels": labels}


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def checks(language: Language, part: int) -> list[Check]:
    """The checks of one answer in :data:`PARTS` of those in ``language``."""
    library = {prompt.id: prompt for prompt in wiring.prompt_library().prompts()}
    plain = [prompt for prompt in library.values() if not any(point.rule for point in prompt.points)]
    able = [prompt.id for prompt in plain if all(point.exemplars.get(language) for point in prompt.points)]
    found: list[Check] = []
    for name, answer in islice(answers(), part, None, PARTS):
        if answer.get("language", "zh") != language or answer["prompt"] not in able:
            continue
        others = [prompt for prompt in able if prompt != answer["prompt"]]
        strangers = [random.Random(answer["id"]).choice(others)] if name != PAIRS else []
        for asked in (answer["prompt"], *strangers):
            stranger = asked != answer["prompt"]
            reading, standing = wiring.rubric_engine().read(
                library[asked], SpokenText.from_text(answer["text"]), language=language
            )
            for point, own in zip(library[asked].points, signals(reading, standing), strict=True):
                label = 0 if stranger else answer["labels"].get(point.id)
                if label is not None:
                    numbers = None if own is None else tuple(asdict(own).values())
                    style = str(answer.get("style", ""))
                    found.append(Check(name, answer["prompt"], style, label, stranger, numbers))
    return found


def table(checks: Sequence[Check]) -> Table:
    """The checks that have signals."""
    heard = [check for check in checks if check.signals is not None]
    return Table(
        np.array([check.signals for check in heard], dtype=np.float64).reshape(-1, len(NAMES)),
        np.array([check.label for check in heard], dtype=np.float64),
        np.array([STRANGER_WEIGHT if check.stranger else 1.0 for check in heard]),
    )


def fitted(data: Table, near: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Weights float64 (n_signals + 1,), the intercept last, by Newton's steps with a ridge penalty.

    The penalty acts on signals in units of their spread, so that it does not depend on their scales; it keeps
    the weights close to those that they are to be ``near`` (else to 0).
    """
    mean = np.average(data.signals, axis=0, weights=data.weight)
    spread = np.sqrt(np.average(np.square(data.signals - mean), axis=0, weights=data.weight)) + 1e-9
    rows = np.c_[(data.signals - mean) / spread, np.ones(len(data.label))]
    penalty = np.diag([*[RIDGE] * len(NAMES), 0.0 if near is None else RIDGE])
    start = np.zeros(len(NAMES) + 1)
    if near is not None:
        start = np.append(near[:-1] * spread, near[-1] + near[:-1] @ mean)
    weights = start.copy()
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (data.weight * (chance - data.label)) + penalty @ (weights - start)
        curve = rows.T @ (rows * (data.weight * chance * (1.0 - chance))[:, None]) + penalty
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def probabilities(weights: NDArray[np.float64], checks: Sequence[Check]) -> NDArray[np.float64]:
    """The probability of each check; 0 for the unheard."""
    numbers = np.array([check.signals or (0.0,) * len(NAMES) for check in checks])
    chance = 1.0 / (1.0 + np.exp(-(numbers @ weights[:-1] + weights[-1])))
    return np.where([check.signals is None for check in checks], 0.0, chance)


def cross_validated(
    checks: Sequence[Check], groups: Sequence[str], near: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Each check's probability by weights fitted on the checks of other folds of ``groups``."""
    names = sorted(set(groups))
    random.Random(1).shuffle(names)
    fold = {name: index % FOLDS for index, name in enumerate(names)}
    own = np.array([fold[group] for group in groups])
    result = np.zeros(len(checks))
    for index in np.unique(own):
        inside = own == index
        pairs = list(zip(checks, inside.tolist(), strict=True))
        weights = fitted(table([check for check, left_out in pairs if not left_out]), near)
        result[inside] = probabilities(weights, [check for check, left_out in pairs if left_out])
    return result


def told(name: str, checks: Sequence[Check], chance: NDArray[np.float64]) -> None:
    """Print how good probabilities are."""
    label = np.array([check.label for check in checks])
    stranger = np.array([check.stranger for check in checks])
    sure = chance >= COVERED
    for source in (*dict.fromkeys(check.source for check in checks), "all"):
        inside = ~stranger & np.array([source in {"all", check.source} for check in checks])
        hit, miss = (sure & (label == 1) & inside).sum(), (~sure & (label == 1) & inside).sum()
        wrong = (sure & (label == 0) & inside).sum()
        brier = np.mean(np.square(chance - label)[inside])
        print(f"{name}, {source}: F1 {f1([(hit, miss, wrong)]):.3f} Brier {brier:.3f} n {inside.sum()}")
    print(f"{name}, other prompts: covered {sure[stranger].mean():.3f} n {stranger.sum()}")
    edges = np.linspace(0.0, 1.0, 6)
    for low, high in pairwise(edges):
        inside = ~stranger & (chance >= low) & (chance < high + (high == 1.0)) & (chance > 0.0)
        if inside.any():
            said, true = chance[inside].mean(), label[inside].mean()
            print(f"  {low:.1f}-{high:.1f}: said {said:.2f}, true {true:.2f}, n {inside.sum()}")


def kept(file: Path | None) -> dict[Language, list[Check]]:
    """The checks by language, from ``file`` where it is there."""
    if file is not None and file.exists():
        document = json.loads(file.read_text("utf-8"))
        return {language: [Check(**check) for check in document[language]] for language in LANGUAGES}
    with ProcessPoolExecutor(PARTS) as pool:
        worked_out = {
            language: [one for part in pool.map(checks, [language] * PARTS, range(PARTS)) for one in part]
            for language in LANGUAGES
        }
    if file is not None:
        document = {language: [asdict(check) for check in own] for language, own in worked_out.items()}
        file.write_text(json.dumps(document), "utf-8")
    return worked_out


def main() -> None:
    """Fit, tell, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    parser.add_argument("--checks", type=Path, metavar="FILE", help="where signals are kept")
    options = parser.parse_args()
    languages: dict[str, Any] = {}
    near: NDArray[np.float64] | None = None
    for language, found in kept(options.checks).items():
        own = [check for check in found if not check.held_out]
        told(f"{language} by prompt", own, cross_validated(own, [check.prompt for check in own], near))
        sources = [check.source for check in own]
        if len(set(sources)) > 1:
            told(f"{language} by set", own, cross_validated(own, sources, near))
        weights = fitted(table(own), near)
        held_out = [check for check in found if check.held_out]
        told(f"{language} never fitted on", held_out, probabilities(weights, held_out))
        near = weights if near is None else near
        rounded = [round(float(weight), 4) for weight in weights]
        languages[language] = {
            "intercept": rounded[-1],
            "weights": dict(zip(NAMES, rounded, strict=False)),
            "n_checks": sum(not check.stranger for check in own),
        }
        print(languages[language])
    if options.write:
        TARGET.write_text(json.dumps({"schema": SCHEMA, "languages": languages}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
