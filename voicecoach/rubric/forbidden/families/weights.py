"""The fitted heads of a language: one linear score a family, over sentence vectors and wording.

A score is the log-odds of the family against ordinary talk. Weights belong to one sentence encoder and say
which; with another one they mean nothing.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.rubric.forbidden.families.codes import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language

BUCKETS: Final = 8192
"""Places that runs of letters share."""
RUNS: Final = {"zh": (1, 2), "en": (3, 4, 5)}
"""Characters of the runs that make up the wording."""
_EDGE: Final = "|"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """``meaning`` float32 (4, d) and ``wording`` float32 (4, BUCKETS) weigh, ``intercepts`` (4,) are added.

    ``limits`` (4,): the scores from which a family is worth a look. Rows are in the order of
    :data:`.codes.FAMILIES`. ``encoder``: the beginning of the identity of the encoder they belong to.
    """

    language: Language
    encoder: str
    meaning: NDArray[np.float32]
    wording: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    limits: NDArray[np.float32]

    def scores(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores float32 (n, 4) of n readings and their vectors (n, d)."""
        scores = vectors @ self.meaning.T + self.intercepts
        for row, text in enumerate(texts):
            places = buckets(text, self.language)
            scores[row] += self.wording[:, places].sum(axis=1) / np.sqrt(max(len(places), 1))
        settled: NDArray[np.float32] = scores
        return settled


def buckets(text: str, language: Language) -> list[int]:
    """The places of the different runs of characters of a reading, in order."""
    edged = f"{_EDGE}{text}{_EDGE}"
    runs = chain.from_iterable(
        (edged[at : at + length] for at in range(len(edged) - length + 1)) for length in RUNS[language]
    )
    return sorted({zlib.crc32(run.encode()) % BUCKETS for run in runs})


@cache
def weights(language: Language) -> Weights:
    """The fitted weights of a language."""
    file = resources.files(__package__) / f"{language}.npz"
    with file.open("rb") as content, np.load(content, allow_pickle=False) as kept:
        arrays = {
            name: kept[name].astype(np.float32) for name in ("meaning", "wording", "intercepts", "limits")
        }
        encoder = str(kept["encoder"])
    if len(arrays["meaning"]) != len(FAMILIES):
        msg = f"{language}.npz must hold a row for each of {', '.join(FAMILIES)}"
        raise ValueError(msg)
    return Weights(language, encoder, **arrays)
