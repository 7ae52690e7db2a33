"""Fits the weights of ``voicecoach/rubric/forbidden/families`` on their sentences.

Against them stand the innocent contrasts beside them, ordinary background talk, the model answers of the
packs, and of tests/data part a of ``innocent`` and the answers of ``ordinary_a`` and ``answers_a`` in which
no forbidden language was heard. A multinomial logistic model; the score of a family is its log-odds against
ordinary talk. The limit is the lowest at which, cross-validated by sentence, :data:`ALARMS` of 1,000 innocent
sentences (the contrasts, which were sought out, are left out) hold a stretch above it.

    python tests/benchmarks/language/fit_families.py [--write]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmark import ROOT

from voicecoach import wiring
from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.rubric.coverage.background import background
from voicecoach.rubric.forbidden.families.codes import FAMILIES
from voicecoach.rubric.forbidden.families.detector import in_context, stretches, surest
from voicecoach.rubric.forbidden.families.lifted import is_lifted
from voicecoach.rubric.forbidden.families.weights import BUCKETS, Weights, buckets
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.rubric.text.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.model.assessment import LanguageCode
    from voicecoach.model.transcript import Language

DATA = ROOT / "tests" / "data"
TARGET = ROOT / "voicecoach" / "rubric" / "forbidden" / "families"
ENCODER = "use"
ORDINARY = len(FAMILIES)
ALARMS = 1.5
"""Innocent sentences of 1,000 that may be taken for one of a family."""
SHARPNESS = 1.0
"""Inverse of the ridge penalty; .3 to 3 do as well."""
SCALE = 5.0
"""By which unit vectors are stretched, so that the penalty bears less on them."""
FAMILY_WEIGHT = 3.0
"""Weight of a sentence of a family, which are few, against a stretch of ordinary talk."""
FOLDS = 5
LOWEST = -50.0
"""A score below all others."""
STEPS = 150
_SENTENCE = re.compile(r"(?<=[。！？；.!?;])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A reading of the ``sentence``-th sentence; ``family`` its index (:data:`ORDINARY`: none)."""

    text: str
    sentence: int
    window: Window
    group: str
    source: str
    family: int
    whole: bool
    lifted: tuple[bool, ...]


Sentence = tuple[str, str, str, int]
"""Group, source, text and family; variants of one sentence share a group."""


def sentences(language: Language) -> Iterator[Sentence]:
    """All sentences that are learnt from."""
    own = yaml.safe_load((TARGET / f"{language}.yaml").read_text("utf-8"))
    for name, texts in own.items():
        family = FAMILIES.index(name) if name in FAMILIES else ORDINARY
        yield from ((text, name, text, family) for text in texts)
    yield from ((text, "background", text, ORDINARY) for text in background(language=language))
    points = [point for prompt in wiring.prompt_library().prompts() for point in prompt.points]
    for point in points:
        yield from ((text, "packs", text, ORDINARY) for text in point.exemplars.get(language, ()))
    yield from innocents(language)


def innocents(language: Language) -> Iterator[Sentence]:
    """Innocent sentences of tests/data."""
    if language == "zh":
        for row in lines("innocent"):
            if row["part"] == "a":
                yield row["id"][:-1], "innocent a", row["text"], ORDINARY
    for row in (*lines("ordinary_a"), *lines("answers_a")):
        clear = not row["violations"] and not row["violations_unsure"]
        if clear and row.get("language", "zh") == language:
            spoken = filter(str.strip, _SENTENCE.split(row["text"]))
            yield from ((row["id"], "answers", text, ORDINARY) for text in spoken)


def lines(name: str) -> list[dict[str, Any]]:
    """The objects of a JSONL file of tests/data."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def cut(language: Language) -> list[Stretch]:
    """The stretches of all sentences, each text once a sentence; of a family's sentences the whole alone."""
    cut_up: list[Stretch] = []
    for number, (group, source, text, family) in enumerate(sentences(language)):
        clean = SpokenText.from_text(text).clean()
        for window in stretches(clean, language=language):
            lifted = tuple(
                is_lifted(code, text=clean.text, start=window.start, end=window.end, language=language)
                for code in FAMILIES
            )
            whole = window.end - window.start >= len(clean.text.strip("，。 "))
            cut_up.append(
                Stretch(
                    clean.text[window.start : window.end],
                    number,
                    window,
                    group,
                    source,
                    family,
                    whole,
                    lifted,
                )
            )
    return cut_up


class Features:
    """Vectors and wording of stretches, as a sparse matrix."""

    def __init__(self, cut_up: list[Stretch], language: Language) -> None:
        from scipy import sparse

        texts = [stretch.text for stretch in cut_up]
        vectors = wiring.sentence_encoder().encode(texts)
        rows, places, values = [], [], []
        for row, text in enumerate(texts):
            own = buckets(text, language)
            rows += [row] * len(own)
            places += own
            values += [1.0 / np.sqrt(len(own))] * len(own)
        wording = sparse.csr_matrix((values, (rows, places)), shape=(len(texts), BUCKETS))
        self.all = sparse.hstack([sparse.csr_matrix(vectors), wording]).tocsr() * SCALE
        self.n_meaning = vectors.shape[1]


def fit(features: Any, cut_up: list[Stretch], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights (4, n_features + 1), the intercepts last, of the families against ordinary talk."""
    taken = np.array([row for row in rows if _teaches(cut_up[row])])
    target = np.array([cut_up[row].family for row in taken])
    weight = np.where(target < ORDINARY, FAMILY_WEIGHT, 1.0)
    model = LogisticRegression(C=SHARPNESS, max_iter=STEPS).fit(features[taken], target, sample_weight=weight)
    heads = np.hstack([model.coef_, model.intercept_[:, None]])
    against: NDArray[np.float64] = heads[:ORDINARY] - heads[ORDINARY]
    return against


def _teaches(stretch: Stretch) -> bool:
    """Whether a stretch is a whole sentence of a family, or ordinary talk that no context takes back."""
    if stretch.family < ORDINARY:
        return stretch.whole
    return not all(stretch.lifted)


def validated(features: Any, cut_up: list[Stretch]) -> NDArray[np.float64]:
    """Scores (n, 4) of each stretch by a model that did not see its sentence, in its context."""
    groups = sorted({stretch.group for stretch in cut_up})
    draw = dict(zip(groups, np.random.default_rng(1).integers(0, FOLDS, len(groups)), strict=True))
    fold = np.array([draw[stretch.group] for stretch in cut_up])
    scores = np.zeros((len(cut_up), ORDINARY))
    for left_out in range(FOLDS):
        own = np.flatnonzero(fold == left_out)
        heads = fit(features, cut_up, np.flatnonzero(fold != left_out))
        scores[own] = features[own] @ heads[:, :-1].T + heads[:, -1]
    return among_others(scores, cut_up)


def among_others(scores: NDArray[np.float64], cut_up: list[Stretch]) -> NDArray[np.float64]:
    """The scores of all stretches in the context of those of their sentences, which stand together."""
    mixed = np.empty_like(scores)
    for _, rows in sentence_rows(cut_up):
        windows = [stretch.window for stretch in cut_up[rows]]
        mixed[rows] = in_context(scores[rows].astype(np.float32), windows)
    return mixed


def best(scores: NDArray[np.float64], cut_up: list[Stretch]) -> dict[str, list[tuple[str, float, int]]]:
    """By source, each sentence's (text, highest score that is not taken back, its family)."""
    tops: dict[str, list[tuple[str, float, int]]] = {}
    anything = np.full(ORDINARY, LOWEST, np.float32)
    for (source, _), rows in sentence_rows(cut_up):
        own = cut_up[rows]
        windows = [stretch.window for stretch in own]

        def taken_back(code: LanguageCode, *, start: int, end: int, own: list[Stretch] = own) -> bool:
            place = next(stretch for stretch in own if stretch.window == Window(start, end))
            return place.lifted[FAMILIES.index(code)]

        place, family = next(
            surest(scores[rows].astype(np.float32), anything, windows, taken_back), (0, ORDINARY)
        )
        score = LOWEST if family == ORDINARY else float(scores[rows][place, family])
        tops.setdefault(source, []).append((own[place].text, score, family))
    return tops


def sentence_rows(cut_up: list[Stretch]) -> Iterator[tuple[tuple[str, int], slice]]:
    """Source and number of each sentence, and its rows, which stand together."""
    first = 0
    for key, own in groupby(cut_up, key=lambda stretch: (stretch.source, stretch.sentence)):
        last = first + sum(1 for _ in own)
        yield key, slice(first, last)
        first = last


def limit(tops: dict[str, list[tuple[str, float, int]]]) -> float:
    """The lowest limit that :data:`ALARMS` allow, and what it does, printed."""
    innocent = sorted(
        (top[1] for source, own in tops.items() if source not in {*FAMILIES, "contrast"} for top in own),
        reverse=True,
    )
    allowed = innocent[int(len(innocent) * ALARMS / 1000)]
    for source, own in tops.items():
        n = sum(top[1] > allowed for top in own)
        low, high = wilson(n, len(own))
        print(f"{source:12} {n:4} of {len(own):5} above the limit  {n / len(own):.4f}  {low:.4f}-{high:.4f}")
    return allowed


def main() -> None:
    """Fit, print what cross-validation shows, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("--show", type=int, default=0, help="innocent stretches nearest to a family")
    given = parser.parse_args()
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        cut_up = cut(language)
        features = Features(cut_up, language)
        print(f"{language}: {len(cut_up)} stretches")
        tops = best(validated(features.all, cut_up), cut_up)
        allowed = limit(tops)
        near = sorted((top for source, own in tops.items() if source not in FAMILIES for top in own),
                      key=lambda top: -top[1])  # fmt: skip
        for text, score, family in near[: given.show]:
            print(f"  {score:6.2f} {[*FAMILIES, 'none'][family]:12} {text}")
        heads = fit(features.all, cut_up, np.arange(len(cut_up)))
        heads[:, :-1] *= SCALE
        if given.write:
            keep(language, heads, features.n_meaning, allowed)


def keep(language: Language, heads: NDArray[np.float64], n_meaning: int, allowed: float) -> None:
    """Write the weights, to half precision."""
    settled = Weights(
        language,
        ENCODER,
        heads[:, :n_meaning].astype(np.float16),
        heads[:, n_meaning:-1].astype(np.float16),
        heads[:, -1].astype(np.float32),
        np.full(ORDINARY, allowed, np.float32),
    )
    np.savez_compressed(
        TARGET / f"{language}.npz",
        encoder=settled.encoder,
        meaning=settled.meaning,
        wording=settled.wording,
        intercepts=settled.intercepts,
        limits=settled.limits,
    )


if __name__ == "__main__":
    main()
