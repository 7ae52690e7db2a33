"""Fit the weights by which clause ends are told from words, and write them to the package.

Texts: prompts of the packs in both languages, and for Mandarin the answers and sentences in ``tests/data``;
``answers_b.jsonl`` is held out. Texts with fewer than a mark in 12 syllables (25 English words) tell nothing
and are left out. Short texts are joined to answers; in each, pauses are drawn at three clause ends of four
and at a share of the other word boundaries, most of them behind function words. Prints how the held-out part
comes out: for English every pack in turn.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import ROOT

from voicecoach.features.text import clauses
from voicecoach.features.text.clauses import Token, seen_at, tokens_of
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language

DATA = ROOT / "tests" / "data"
MANDARIN = ("ordinary_a", "ordinary_b", "textbook_b", "answers_a", "innocent")
HELD_OUT = "answers_b"
ANSWER_TOKENS = {"zh": 130, "en": 90}
FEWEST_TOKENS = 8
LEAST_DENSITY = {"zh": 1 / 12, "en": 1 / 25}
PAUSES_AT_ENDS = 0.75
PAUSES_INSIDE = (0.01, 0.10)
AFTER_FUNCTION = 3.0
"""Speakers search for the next content word mostly behind a function word (Boomer 1965)."""
FUNCTION_WORDS = frozenset(
    "的地得把被给跟和对在从向为让用按由就都也先会不没再还要能可才又很太最这那个些是有"
) | {
    *("a", "an", "the", "of", "to", "in", "on", "at", "for", "with", "and", "or", "but", "so", "that", "is"),
    *("are", "was", "my", "your", "his", "her", "our", "their", "this", "i", "we"),
}
DRAWS = 8
FEWEST_SEEN = 2 * DRAWS
PENALTY = 1.0
SMALLEST_WEIGHT = 0.05
HELD_OUT_SEED = 99


def words_of(text: str, language: Language) -> list[Word]:
    """Bare text as words without a length in time."""
    cut = [text] if language == "zh" else [f"{word} " for word in text.split()]
    return [Word(word, Span(0.0, 0.0), 1.0) for word in cut]


def pack_texts(language: Language) -> dict[str, list[str]]:
    """The longer texts of each pack in a language."""
    texts: dict[str, list[str]] = {}
    for path in sorted((ROOT / "prompts").glob("*.yaml")):
        strings = _strings(yaml.safe_load(path.read_text("utf-8")))
        mandarin = language == "zh"
        texts[path.stem] = list(
            dict.fromkeys(s for s in strings if mandarin == any("一" <= c <= "鿿" for c in s))
        )
    return texts


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def lines(name: str) -> list[str]:
    """The Mandarin texts of a file of ``tests/data``."""
    text = (DATA / f"{name}.jsonl").read_text("utf-8")
    return [
        chat_commas(entry["text"])
        for entry in map(json.loads, text.splitlines())
        if entry.get("language", "zh") == "zh"
    ]


def chat_commas(text: str) -> str:
    """A space between Hanzi, as chats have it, is a comma."""
    return re.sub("(?<=[一-鿿]) +(?=[一-鿿])", "，", text)


def punctuated(
    texts: Iterable[str], language: Language, least_density: float | None = None
) -> list[tuple[Token, ...]]:
    """The texts as tokens, those with fewer marks a token left out."""
    least = LEAST_DENSITY[language] if least_density is None else least_density
    kept = []
    for text in dict.fromkeys(texts):
        tokens = tokens_of(words_of(text, language), language)
        n_ends = sum(token.ends_clause for token in tokens)
        if len(tokens) >= FEWEST_TOKENS and n_ends >= least * len(tokens):
            kept.append((*tokens[:-1], Token(tokens[-1].text, None, ends_clause=True)))
    return kept


def answers(
    texts: Sequence[tuple[Token, ...]], language: Language, rng: np.random.Generator
) -> list[list[Token]]:
    """Texts in any order joined to answers."""
    joined: list[list[Token]] = [[]]
    for index in rng.permutation(len(texts)):
        if len(joined[-1]) >= ANSWER_TOKENS[language]:
            joined.append([])
        joined[-1] += texts[index]
    return joined


def drawn(
    texts: Sequence[tuple[Token, ...]], language: Language, seed: int
) -> tuple[list[list[str]], list[bool], list[int]]:
    """Pauses of speakers who read the texts: what is seen at each, whether a clause ends, whose it is."""
    rng = np.random.default_rng(seed)
    seen, ends, whose = [], [], []
    for speaker, answer in enumerate(answers(texts, language, rng)):
        inside = rng.uniform(*PAUSES_INSIDE)
        chances = [
            PAUSES_AT_ENDS
            if t.ends_clause
            else inside * (AFTER_FUNCTION if t.text in FUNCTION_WORDS else 1.0)
            for t in answer[:-1]
        ]
        whole = _word_ends(answer, language)
        places = [
            place
            for place, chance in enumerate(chances)
            if rng.random() < chance and (whole[place] or answer[place].ends_clause)
        ]
        edges = [-1, *places, len(answer) - 1]
        for place, (first, last) in zip(places, zip(edges, edges[2:], strict=False), strict=True):
            seen.append(seen_at(answer, place, place - first, last - place, language))
            ends.append(answer[place].ends_clause)
            whose.append(speaker)
    return seen, ends, whose


def _word_ends(answer: Sequence[Token], language: Language) -> list[bool]:
    """Where a Mandarin word ends, by jieba; everywhere in English."""
    if language == "en":
        return [True] * len(answer)
    import jieba

    lengths = [len(word) for word in jieba.cut("".join(token.text for token in answer), HMM=False)]
    stops = set(np.cumsum(lengths).tolist())
    return [place + 1 in stops for place in range(len(answer))]


def fit(texts: Sequence[tuple[Token, ...]], language: Language) -> dict[str, float]:
    """The weights, by name."""
    draws = [drawn(texts, language, seed) for seed in range(DRAWS)]
    seen = [names for part in draws for names in part[0]]
    truth = np.array([end for part in draws for end in part[1]], dtype=np.float64)
    counted = Counter(name for names in seen for name in names)
    columns = {name: i for i, name in enumerate(sorted(n for n, k in counted.items() if k >= FEWEST_SEEN))}
    rows = [[columns[name] for name in names if name in columns] for names in seen]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    flat = [column for row in rows for column in row]
    matrix = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(columns)))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = matrix @ weights[:-1] + weights[-1]
        slope = 1.0 / (1.0 + np.exp(-odds)) - truth
        value = (np.logaddexp(0.0, odds) - truth * odds).sum() + 0.5 / PENALTY * (weights[:-1] ** 2).sum()
        return value, np.append(matrix.T @ slope + weights[:-1] / PENALTY, slope.sum())

    best = minimize(loss, np.zeros(len(columns) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    kept = {name: round(float(best[i]), 2) for name, i in columns.items() if abs(best[i]) >= SMALLEST_WEIGHT}
    return {"bias": round(float(best[-1]), 2), **kept}


def odds_of(seen: Iterable[list[str]], weights: dict[str, float]) -> NDArray[np.float64]:
    """Log odds at every pause."""
    return np.array([weights["bias"] + sum(weights.get(name, 0.0) for name in names) for names in seen])


def held_out(weights: dict[str, float], texts: Sequence[tuple[Token, ...]], language: Language) -> str:
    """How pauses in texts that nothing was fitted on come out."""
    seen, truth, whose = drawn(texts, language, HELD_OUT_SEED)
    odds, ends = odds_of(seen, weights), np.array(truth)
    errors = [
        np.mean(odds[mine] <= 0) - np.mean(~ends[mine])
        for speaker in sorted(set(whose))
        if (mine := np.array(whose) == speaker).sum() >= FEWEST_TOKENS
    ]
    hits = np.sum((odds > 0) & ends)
    f1 = 2.0 * hits / (np.sum(odds > 0) + np.sum(ends))
    return (
        f"{len(ends)} pauses, {np.mean(ends):.0%} at clause ends: F1 {f1:.3f}, "
        f"right {np.mean((odds > 0) == ends):.3f}, "
        f"share of an answer off by {np.median(np.abs(errors)):.2f} (median), bias {np.mean(errors):+.2f}"
    )


def main() -> None:
    """Fit, print, write."""
    mandarin = [text for texts in pack_texts("zh").values() for text in texts]
    mandarin += [text for name in MANDARIN for text in lines(name)]
    zh = fit(punctuated(mandarin, "zh"), "zh")
    print("zh:", held_out(zh, punctuated(lines(HELD_OUT), "zh"), "zh"))
    packs = {name: punctuated(texts, "en") for name, texts in pack_texts("en").items()}
    for name, texts in packs.items():
        others = [text for other, known in packs.items() if other != name for text in known]
        print(f"en, {name} held out:", held_out(fit(others, "en"), texts, "en"))
    en = fit([text for texts in packs.values() for text in texts], "en")
    page = json.dumps({"zh": zh, "en": en}, ensure_ascii=False, indent=0, sort_keys=True)
    clauses.WEIGHTS.write_text(page + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
