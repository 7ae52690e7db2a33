"""Fits the weights of ``voicecoach/rubric/coverage/calibration.json`` on labelled answers.

Fitted on: the dev answers (VOICECOACH_RUBRIC_DEV names their file), and of tests/data ``ordinary_a``,
``answers_a``, ``answers_en`` and the sentences of ``denied_affirmed``; each language on those of the other
too, at less weight. Every answer is also held against :data:`STRANGERS` other prompts, where it covers
nothing but by chance; those checks weigh :data:`STRANGER_WEIGHT` each. A ridge penalty keeps weights small.
Before it writes, it prints F1, Brier score and reliability, cross-validated by prompt and by set.

    python tests/benchmarks/rubric/fit_coverage.py [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import ROOT, f1

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
FITTED_ON = ("ordinary_a", "answers_a", "answers_en")
PAIRS = "denied_affirmed"
STRANGERS = 2
STRANGER_WEIGHT = 0.3
OTHER_LANGUAGE_WEIGHT = 0.3
"""Weight of a check in another language: what a signal is worth is much the same in all."""
RISING = ("best", "margin", "topic", "share")
"""Signals that may only speak for a point, and those that may only speak against it."""
FALLING = ("rival", "short", "ill", "hostile", "routine")
RIDGE = 1.0
FOLDS = 8
STEPS = 50
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Check:
    """One labelled point of one answer: its set, prompt, label 0 or 1, and signals (None: unheard)."""

    source: str
    prompt: str
    label: int
    stranger: bool
    signals: tuple[float, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Checks as arrays: ``signals`` float64 (n, n_signals), ``label`` and ``weight`` float64 (n,)."""

    signals: NDArray[np.float64]
    label: NDArray[np.float64]
    weight: NDArray[np.float64]


def answers() -> Iterator[tuple[str, dict[str, Any]]]:
    """The labelled answers to fit on, with the names of their sets."""
    dev = os.environ.get("VOICECOACH_RUBRIC_DEV")
    named = [("dev", Path(dev))] if dev else []
    for name, path in [*named, *((name, DATA / f"{name}.jsonl") for name in FITTED_ON)]:
        yield from ((name, one) for one in lines(path))
    for pair in lines(DATA / f"{PAIRS}.jsonl"):
        for form, label in (("affirmed", 1), ("denied", 0)):
            labels = {pair["point"]: label}
            yield PAIRS, {"id": pair["id"], "prompt": pair["prompt"], "text": pair[form], "labels": labels}


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def checks(language: Language) -> list[Check]:
    """All checks of the answers in ``language``."""
    library = {prompt.id: prompt for prompt in wiring.prompt_library().prompts()}
    plain = [prompt for prompt in library.values() if not any(point.rule for point in prompt.points)]
    able = [prompt.id for prompt in plain if all(point.exemplars.get(language) for point in prompt.points)]
    found: list[Check] = []
    for name, answer in answers():
        if answer.get("language", "zh") != language or answer["prompt"] not in able:
            continue
        drawn = random.Random(answer["id"]).sample(
            [one for one in able if one != answer["prompt"]], STRANGERS
        )
        for asked in (answer["prompt"], *(drawn if name != PAIRS else ())):
            stranger = asked != answer["prompt"]
            reading, standing = wiring.rubric_engine().read(
                library[asked], SpokenText.from_text(answer["text"]), language=language
            )
            for point, own in zip(library[asked].points, signals(reading, standing), strict=True):
                label = 0 if stranger else answer["labels"].get(point.id)
                if label is not None:
                    numbers = None if own is None else tuple(asdict(own).values())
                    found.append(Check(name, answer["prompt"], label, stranger, numbers))
    return found


def table(checks: Sequence[Check], others: Sequence[Check] = ()) -> Table:
    """The checks that have signals, with ``others`` of another language."""
    weighed = [(check, 1.0) for check in checks] + [(check, OTHER_LANGUAGE_WEIGHT) for check in others]
    heard = [(check, weight) for check, weight in weighed if check.signals is not None]
    return Table(
        np.array([check.signals for check, _ in heard], dtype=np.float64).reshape(-1, len(NAMES)),
        np.array([check.label for check, _ in heard], dtype=np.float64),
        np.array([weight * (STRANGER_WEIGHT if check.stranger else 1.0) for check, weight in heard]),
    )


def fitted(data: Table) -> NDArray[np.float64]:
    """Weights float64 (n_signals + 1,), the intercept last.

    A signal whose weight comes out with the sign that it may not have counts for nothing.
    """
    used = np.ones(len(NAMES), dtype=bool)
    while True:
        weights = _fitted(replace(data, signals=data.signals * used))
        wrong = np.array(
            [
                (name in RISING and weight < 0.0) or (name in FALLING and weight > 0.0)
                for name, weight in zip(NAMES, weights, strict=False)
            ]
        )
        if not (wrong & used).any():
            weights[:-1][~used] = 0.0
            return weights
        used &= ~wrong


def _fitted(data: Table) -> NDArray[np.float64]:
    """The weights by Newton's steps with a ridge penalty, whatever their signs.

    The penalty acts on signals in units of their spread, so that it does not depend on their scales.
    """
    mean = np.average(data.signals, axis=0, weights=data.weight)
    spread = np.sqrt(np.average(np.square(data.signals - mean), axis=0, weights=data.weight)) + 1e-9
    rows = np.c_[(data.signals - mean) / spread, np.ones(len(data.label))]
    penalty = np.diag([*[RIDGE] * len(NAMES), 0.0])
    weights = np.zeros(len(NAMES) + 1)
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (data.weight * (chance - data.label)) + penalty @ weights
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
    checks: Sequence[Check], groups: Sequence[str], others: Sequence[Check]
) -> NDArray[np.float64]:
    """Each check's probability by weights fitted on other folds of ``groups`` and on ``others``."""
    names = sorted(set(groups))
    random.Random(1).shuffle(names)
    fold = {name: index % FOLDS for index, name in enumerate(names)}
    own = np.array([fold[group] for group in groups])
    result = np.zeros(len(checks))
    for index in np.unique(own):
        inside = own == index
        pairs = list(zip(checks, inside.tolist(), strict=True))
        weights = fitted(table([check for check, held_out in pairs if not held_out], others))
        result[inside] = probabilities(weights, [check for check, held_out in pairs if held_out])
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


def main() -> None:
    """Fit, tell, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    write = parser.parse_args().write
    own: dict[str, Any] = {}
    by_language = {language: checks(language) for language in LANGUAGES}
    for language, found in by_language.items():
        others = [check for other, theirs in by_language.items() if other != language for check in theirs]
        by_prompt = cross_validated(found, [check.prompt for check in found], others)
        told(f"{language} by prompt", found, by_prompt)
        sources = [check.source for check in found]
        if len(set(sources)) > 1:
            told(f"{language} by set", found, cross_validated(found, sources, others))
        weights = [round(float(weight), 4) for weight in fitted(table(found, others))]
        own[language] = {
            "intercept": weights[-1],
            "weights": dict(zip(NAMES, weights, strict=False)),
            "n_checks": sum(not check.stranger for check in found),
        }
        print(own[language])
    if write:
        TARGET.write_text(json.dumps({"schema": SCHEMA, "languages": own}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
