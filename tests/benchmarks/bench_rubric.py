"""Rubric coverage and forbidden language on written answers.

The sets of tests/data were written independently of the exemplars: `ordinary_a`, `answers_a` and `answers_c`
were tuned on (cross-validated figures come from `rubric/fit_coverage.py`), `ordinary_b`, `textbook_b`,
`answers_b` and `answers_d` only reported, and so are the sides of real agents in the folder of human
recordings; `agent_sides_own` are chats by the writer of exemplars. With VOICECOACH_RUBRIC_DEV (a JSONL file
of that format) the dev answers are
measured too: clean, without punctuation, and with one Hanzi in ten replaced by a homophone. Intervals
are 95 % bootstrap intervals over answers.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmark import Row, corpora, f1, options, show, spread
from pypinyin import Style, lazy_pinyin

from voicecoach import wiring
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language

DATA = Path(__file__).parents[1] / "data"
CORE = (
    "late_delivery", "over_return", "why_jd", "rule_violation",
    "partial_receipt", "opened_return", "abuse", "privacy",
)  # fmt: skip
HOMOPHONE_SHARE = 0.10
HOMOPHONE_DRAWS = 3
BOOTSTRAPS = 1000
SMALLEST = 2
WRONG_ANSWERS = 40
SPEED_RUNS = 3
BINS = 5
ROUNDING = 1e-9
HELD_OUT = (
    ("ordinary_b", "> .75"),
    ("textbook_b", "> .86"),
    ("answers_b", ">= .92"),
    ("answers_d", ">= .92"),
)
ORDINARY = (
    "ordinary", "partial", "colloquial", "colloquial_partial", "anecdote", "negators", "terse",
    "real_agent", "agent", "played",
)  # fmt: skip
"""Styles of people who answer the question as they would."""

Counts = tuple[int, int, int]


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@cache
def coverage(prompt_id: str, text: str, language: Language = "zh") -> Coverage:
    """What the engine makes of an answer."""
    prompt = library()[prompt_id]
    return wiring.rubric_engine().cover(prompt, SpokenText.from_text(text), language=language)


@cache
def library() -> dict[str, Prompt]:
    """All prompts by id."""
    return {prompt.id: prompt for prompt in wiring.prompt_library().prompts()}


def states(prompt_id: str, text: str, language: Language = "zh") -> dict[str, str]:
    """State by point."""
    return {point.id: point.state for point in coverage(prompt_id, text, language).points}


def counts(row: dict[str, Any], text: str, *, maybe: bool) -> Counts:
    """(found, missed, invented) of one answer."""
    found = states(row["prompt"], text, row.get("language", "zh"))
    hit = missed = wrong = 0
    for point, label in row["labels"].items():
        if label is None:
            continue
        heard = found[point] == "covered" or (maybe and found[point] == "maybe")
        hit += heard and label == 1
        wrong += heard and label == 0
        missed += not heard and label == 1
    return hit, missed, wrong


def interval(each: list[Counts]) -> str:
    """95 % bootstrap interval over answers."""
    rng = np.random.default_rng(1)
    drawn = [f1([each[i] for i in rng.integers(0, len(each), len(each))]) for _ in range(BOOTSTRAPS)]
    return spread(drawn)


def row(name: str, value: float, n: int, target: str = "", seen: str = "") -> Row:
    """One line of the table."""
    return {"name": name, "value": round(value, 3), "unit": "", "n": n, "interval": seen, "target": target}


def set_rows(name: str, rows: list[dict[str, Any]], texts: list[str], target: str) -> list[Row]:
    """F1 of covered, and of covered or maybe."""
    sure = [counts(one, text, maybe=False) for one, text in zip(rows, texts, strict=True)]
    both = [counts(one, text, maybe=True) for one, text in zip(rows, texts, strict=True)]
    return [
        row(f"{name}: F1 of covered", f1(sure), len(rows), target, interval(sure)),
        row(f"{name}: F1 of covered or maybe", f1(both), len(rows), "", interval(both)),
    ]


def range_row(name: str, rows: list[dict[str, Any]]) -> Row:
    """How often the range of the coverage holds the share of the weights that is labelled covered."""
    held = []
    for one in rows:
        found = coverage(one["prompt"], one["text"], one.get("language", "zh"))
        weight = {point.id: point.weight for point in library()[one["prompt"]].points if point.counts}
        if all(one["labels"].get(point) is not None for point in weight):
            true = sum(weight[point] for point in weight if one["labels"][point]) / sum(weight.values())
            held.append(found.low - ROUNDING <= true <= found.high + ROUNDING)
    rng = np.random.default_rng(1)
    drawn = [float(np.mean(rng.choice(held, len(held)))) for _ in range(BOOTSTRAPS)] if held else [0.0]
    value = float(np.mean(held)) if held else 0.0
    return row(f"{name}: range holds the true share", value, len(held), ">= .75", spread(drawn))


def reliability_rows(name: str, rows: list[dict[str, Any]]) -> list[Row]:
    """Of the points that get a probability, the share that is labelled covered."""
    said, true = [], []
    for one in rows:
        for point in coverage(one["prompt"], one["text"], one.get("language", "zh")).points:
            if one["labels"].get(point.id) is not None:
                said.append(point.score)
                true.append(one["labels"][point.id])
    chance, label = np.array(said), np.array(true)
    results = []
    for low, high in pairwise(np.linspace(0.0, 1.0, BINS + 1)):
        inside = (chance >= low) & ((chance < high) | (high == 1.0))
        if inside.any():
            mean = f"{name}: truly covered of those with a probability of {low:.1f}-{high:.1f}"
            results.append(
                row(
                    mean,
                    float(label[inside].mean()),
                    int(inside.sum()),
                    f"as said, {chance[inside].mean():.2f}",
                )
            )
    return results


def without_punctuation(text: str) -> str:
    """The text as some recognisers write it."""
    return re.sub(r"[，。？！；：、,.?!;:]", "", text)


@cache
def homophones() -> dict[str, list[str]]:
    """Common Hanzi by toneless reading (GB 2312 level 1)."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                character = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            by_sound[lazy_pinyin(character, style=Style.NORMAL)[0]].append(character)
    return by_sound


def with_homophones(text: str, seed: int) -> str:
    """One Hanzi in ten replaced by another of the same toneless sound."""
    rng = random.Random(seed)
    sounds = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]  # one entry a character is allowed
    slipped = []
    for character, sound in zip(text, sounds, strict=True):
        others = [other for other in homophones().get(sound, []) if other != character]
        replace = "\u4e00" <= character <= "\u9fff" and others and rng.random() < HOMOPHONE_SHARE
        slipped.append(rng.choice(others) if replace else character)
    return "".join(slipped)


def dev_rows(path: Path) -> list[Row]:
    """The dev answers, in four ways."""
    dev = lines(path)
    plain = [one["text"] for one in dev]
    slips = [
        with_homophones(text, 1000 * draw + seed)
        for draw in range(HOMOPHONE_DRAWS)
        for seed, text in enumerate(plain)
    ]
    rows = [
        *set_rows("dev answers", dev, plain, ">= .90"),
        *set_rows("dev answers without punctuation", dev, [without_punctuation(t) for t in plain], ">= .88"),
        *set_rows("dev answers, 10 % homophones", dev * HOMOPHONE_DRAWS, slips, ">= .87"),
    ]
    nonsense = [one for one in dev if one["style"] in {"stuffed", "offtopic"}]
    covered = sum(s == "covered" for one in nonsense for s in states(one["prompt"], one["text"]).values())
    rows.append(row("stuffed and off-topic answers: points covered", covered, len(nonsense), "0"))
    drawn = random.Random(1).sample(dev, min(WRONG_ANSWERS, len(dev)))
    checks = [
        state == "covered"
        for one in drawn
        for prompt in CORE
        if prompt != one["prompt"]
        for state in states(prompt, one["text"]).values()
    ]
    rows.append(
        row("answers against the seven other prompts: covered", float(np.mean(checks)), len(checks), "<= .03")
    )
    return rows


def pair_rows(most: int | None) -> list[Row]:
    """Denied and affirmed sentences."""
    pairs = lines(DATA / "denied_affirmed.jsonl")[:most]
    affirmed = [states(one["prompt"], one["affirmed"])[one["point"]] == "covered" for one in pairs]
    denied = [states(one["prompt"], one["denied"])[one["point"]] == "covered" for one in pairs]
    return [
        row("affirmed sentences covered", float(np.mean(affirmed)), len(pairs), "1"),
        row("denied sentences covered", float(np.mean(denied)), len(pairs), "0"),
    ]


def language_rows(most: int | None) -> list[Row]:
    """Forbidden language on sentences written after the rules (`test2`)."""
    fresh = [one for one in lines(DATA / "language_fresh.jsonl") if one["part"] == "test2"][:most]
    hit = wrong = missed = sure = sure_wrong = 0
    for one in fresh:
        found = find_forbidden(one["text"], language="zh")
        codes, certain = {h.code for h in found}, {h.code for h in found if h.certain}
        wanted = set(one["violations"])
        hit += len(codes & wanted)
        wrong += len(codes - wanted)
        missed += len(wanted - codes)
        sure += len(certain & wanted)
        sure_wrong += len(certain - wanted)
    return [
        row("forbidden language, fresh wording: precision", hit / max(1, hit + wrong), len(fresh)),
        row("forbidden language, fresh wording: recall", hit / max(1, hit + missed), len(fresh)),
        row("the same, certain hits: precision", sure / max(1, sure + sure_wrong), len(fresh), ">= .95"),
    ]


def able(answer: dict[str, Any]) -> bool:
    """Whether the prompt of an answer has exemplars in its language: without them nothing can be heard."""
    return all(point.exemplars.get(answer["language"]) for point in library()[answer["prompt"]].points)


def speed_rows() -> list[Row]:
    """Seconds for a 600-character answer, the prompt fitted."""
    text = "".join(one["text"] for one in lines(DATA / "ordinary_a.jsonl")[:6])[:600]
    spoken, engine = SpokenText.from_text(text), wiring.rubric_engine()
    took = []
    for _ in range(1 + SPEED_RUNS):
        began = time.perf_counter()
        engine.cover(library()["late_delivery"], spoken, language="zh")
        took.append(time.perf_counter() - began)
    best = round(min(took[1:]), 3)
    return [
        {
            "name": "cover, 600 characters, warm",
            "value": best,
            "unit": "s",
            "n": SPEED_RUNS,
            "target": "<= .5",
        }
    ]


def measure(*, smallest: bool = False) -> list[Row]:
    """All rows."""
    most = SMALLEST if smallest else None
    rows: list[Row] = []
    dev = os.environ.get("VOICECOACH_RUBRIC_DEV")
    if dev:
        rows += dev_rows(Path(dev))
    for name, target in (("ordinary_a", ""), ("answers_a", ""), ("answers_c", ""), *HELD_OUT):
        answers = [one for one in lines(DATA / f"{name}.jsonl") if one.get("language", "zh") == "zh"][:most]
        tuned = " (tuned on)" if name.endswith(("_a", "_c")) else " (not tuned on)"
        rows += set_rows(name + tuned, answers, [one["text"] for one in answers], target)
        if name.startswith("answers"):
            ordinary = [one for one in answers if one["style"] in ORDINARY]
            rows += set_rows(
                f"{name}, ordinary styles", ordinary, [one["text"] for one in ordinary], ">= .94"
            )
    sides = lines(DATA / "agent_sides_own.jsonl")[:most]
    rows += set_rows("agent_sides_own (tuned on)", sides, [one["text"] for one in sides], "")
    held_out = [one for name, _ in HELD_OUT for one in lines(DATA / f"{name}.jsonl")]
    english = [one for one in held_out if one.get("language") == "en" and able(one)][:most]
    rows += set_rows("English (not tuned on)", english, [one["text"] for one in english], ">= .90")
    mandarin = [one for one in held_out if one.get("language", "zh") == "zh"][:most]
    rows += [range_row("not tuned on", mandarin), *reliability_rows("not tuned on", mandarin)]
    folder = corpora()
    if folder:
        agents = lines(folder / "zh_service" / "agent_sides.jsonl")[:most]
        rows += set_rows("real agent sides (not tuned on)", agents, [one["text"] for one in agents], ">= .80")
        rows.append(range_row("real agent sides", agents))
    return [*rows, *pair_rows(most), *language_rows(most), *speed_rows()]


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
