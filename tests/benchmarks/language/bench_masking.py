"""Hiding personal data: values hidden whole, by kind, and innocent sentences changed.

``tests/data/masking_spoken.jsonl`` names each value by its place; the set ``unseen`` was written before the
rules, and its failures were never looked at. ``masking_others.jsonl`` is by another hand, who mended on
``others_a`` and measured ``others_b`` once; ``others_f`` is by a third, who mended on it and measured
``others_g`` once. Innocent are its sentences without a value, ``innocent.jsonl`` and, with the human corpora,
sentences of real agents. Some of those hold a value after all (王先生, 尾号3572): what was judged one is left
out by its text. Intervals are 95 % Wilson intervals.

    python tests/benchmarks/language/bench_masking.py
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_language import SMALLEST, lines
from bench_rubric import homophones, with_homophones
from benchmark import Row, corpora, options, show
from pypinyin import Style, lazy_pinyin

from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.rubric.personal.data import find_personal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Sentence = dict[str, Any]

DATA = Path(__file__).parents[2] / "data"
SETS = ("tuned", "unseen", "others_a", "others_b", "others_f", "others_g")
RECALL_TARGET, FALSE_TARGET = 0.95, 0.01
MARKS = frozenset("，。！？、；：,!?;:")
VALUES = frozenset(
    (
        *("陈", "刘", "赵", "周", "孙", "王", "李", "吴", "小满", "小周", "小赵", "小王", "小张"),
        *("三五七二", "七八六", "六栋二单元", "弓长张", "立早章"),
    )
)
"""What sentences counted as innocent hold of values, judged by hand."""


def measure(*, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark."""
    spoken = [*lines(DATA / "masking_spoken.jsonl"), *lines(DATA / "masking_others.jsonl")]
    rows: list[Row] = []
    for part in SETS:
        chosen = [row for row in spoken if row["set"] == part and row["personal"]]
        for name, change in CHANGES.items():
            changed = [change(row, seed) for seed, row in enumerate(chosen)]
            rows += recall(
                f"{part}, {name}",
                changed[: SMALLEST if smallest else None],
                kinds=part in {"unseen", "others_b", "others_g"},
            )
    for name, texts in innocents(spoken):
        rows.append(changed_sentences(name, texts[: SMALLEST if smallest else None]))
    return rows


def without_marks(row: Sentence, _seed: int = 0) -> Sentence:
    """The sentence as a recogniser writes it, its values moved."""
    moved = [0]
    for character in row["text"]:
        moved.append(moved[-1] + (character not in MARKS))
    values = [[moved[start], moved[end], rule] for start, end, rule in row["personal"]]
    return row | {"text": "".join(c for c in row["text"] if c not in MARKS), "personal": values}


def slipped(row: Sentence, seed: int) -> Sentence:
    """One Hanzi in ten replaced by another of its sound."""
    return row | {"text": with_homophones(row["text"], seed)}


def slipped_names(row: Sentence, seed: int) -> Sentence:
    """One character of every Chinese name replaced by another of its sound."""
    rng = random.Random(seed)
    text = list(row["text"])
    for start, end, rule in row["personal"]:
        if rule == "name" and all("\u4e00" <= character <= "\u9fff" for character in text[start:end]):
            place = rng.randrange(start, end)
            (sound,) = lazy_pinyin(text[place], style=Style.NORMAL)
            others = [other for other in homophones().get(sound, []) if other != text[place]]
            text[place] = rng.choice(others) if others else text[place]
    return row | {"text": "".join(text)}


CHANGES: dict[str, Callable[[Sentence, int], Sentence]] = {
    "as written": lambda row, _seed: row,
    "without marks": without_marks,
    "one Hanzi in ten a homophone": slipped,
    "a homophone in every name": slipped_names,
}


def recall(name: str, sentences: list[Sentence], *, kinds: bool) -> Iterable[Row]:
    """Values hidden whole: all of them, and by kind in one line."""
    whole: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for row in sentences:
        text = row["text"]
        hidden = {place for hit in find_personal(text) for place in range(hit.start, hit.end)}
        for start, end, rule in row["personal"]:
            wanted[rule] += 1
            whole[rule] += all(place in hidden for place in range(start, end) if text[place].isalnum())
    yield share(name, whole.total(), wanted.total(), "" if "homophone" in name else f">= {RECALL_TARGET}")
    if kinds:
        told = ", ".join(f"{rule} {whole[rule]}/{wanted[rule]}" for rule in sorted(wanted))
        yield {"name": f"{name}: by kind", "value": told, "unit": "", "n": wanted.total()}


def innocents(spoken: list[Sentence]) -> Iterable[tuple[str, list[str]]]:
    """The sets of innocent sentences, by name."""
    for part in SETS:
        yield (
            f"innocent sentences, {part}",
            [row["text"] for row in spoken if row["set"] == part and not row["personal"]],
        )
    yield "innocent talk of service", [row["text"] for row in lines(DATA / "innocent.jsonl")]
    folder = corpora()
    real = folder / "zh_service" / "innocent.jsonl" if folder else None
    if real is not None and real.is_file():
        yield "innocent sentences of real agents", [row["text"] for row in lines(real)]


def changed_sentences(name: str, texts: list[str]) -> Row:
    """How many sentences lose something that is no value."""
    n_changed = sum(
        any(text[hit.start : hit.end] not in VALUES for hit in find_personal(text)) for text in texts
    )
    return share(f"{name}: changed", n_changed, len(texts), f"<= {FALSE_TARGET}")


def share(name: str, k: int, n: int, target: str) -> Row:
    """One line: ``k`` of ``n`` with its interval."""
    low, high = wilson(k, n)
    return {
        "name": name, "value": f"{k / n:.3f} ({k})", "unit": "share", "n": n,
        "interval": f"{low:.3f}-{high:.3f}", "target": target,
    }  # fmt: skip


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
